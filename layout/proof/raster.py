"""A page's PDF as pixels, by pdfium: strips, tiles at several resolutions, single images."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from math import ceil
from pathlib import Path
from typing import Any, Final

import pypdfium2
from PIL import Image, ImageChops

from layout.core import Rect

TILE: Final = 1024
"""Edge of a tile in pixels; those at the right and at the foot are smaller."""
LEVELS: Final = (300, 150, 75)
"""Resolutions in pixels an inch, each half of the one before."""
BASE: Final = 75
"""The resolution that is shown first, and compared."""
THUMB: Final = 4
"""The page list's picture is the base divided by this."""
ROWS: Final = 8
"""Rows of tiles in a strip: an even number, so that no tile of the next level lies across two strips."""
WAITING: Final = 8
"""Tiles that may wait to be written while the next strip is drawn; each keeps its strip in memory."""
QUALITY: Final = 84
"""Of JPEG."""
_SUBSAMPLING: Final = dict(zip(LEVELS, ("4:2:0", "4:4:4", "4:4:4"), strict=True))
"""Coloured type keeps clean edges without subsampling; at 300 dpi half the colour's resolution is enough."""


@dataclass(frozen=True, slots=True)
class Medium:
    """The PDF page's medium in points, and where the trim lies on it (from its top left)."""

    width: float
    height: float
    trim: Rect


class PdfError(Exception):
    """What is no PDF, is damaged beyond use, or wants a password."""


@contextmanager
def opened(pdf: bytes) -> Iterator[Any]:
    """The pdfium document. Raises PdfError."""
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as fault:
        raise PdfError(str(fault)) from None
    try:
        yield document
    finally:
        document.close()


def medium(page: Any) -> Medium:
    """The medium and the trim of a pdfium page; a page without a trim is all trim."""
    left, bottom, right, top = page.get_mediabox()
    x0, y0, x1, y1 = page.get_trimbox()
    return Medium(right - left, top - bottom, Rect(x0 - left, top - y1, x1 - x0, y1 - y0))


def strip(page: Any, resolution: float, top: int, height: int) -> Image.Image:
    """``height`` rows of pixels of the page from row ``top`` on, in RGBX; fewer at its foot."""
    scale = resolution / 72
    below = ceil(page.get_height() * scale) - top - height
    # pdfium's binding rounds cuts up to whole pixels: half a pixel less makes them these and no others.
    crop = (0.0, max(0.0, below - 0.5) / scale, 0.0, max(0.0, top - 0.5) / scale)
    bitmap = page.render(scale=scale, crop=crop, prefer_bgrx=True, rev_byteorder=True)
    image: Image.Image = bitmap.to_pil()
    return image


def whole(page: Any, resolution: float) -> Image.Image:
    """The whole page in RGB."""
    image: Image.Image = page.render(scale=resolution / 72, rev_byteorder=True).to_pil()
    return image.convert("RGB")


def write_quick(page: Any, folder: Path) -> None:
    """The base level and the page list's picture, drawn directly: there in a third of a second."""
    _write_base(whole(page, BASE), folder)


def write_levels(page: Any, folder: Path, pool: Executor) -> None:
    """Tiles of all resolutions and the page list's picture.

    The page is drawn once, at the highest resolution, in strips that bound memory; the others are its reductions.
    Drawing costs most for the pictures, which pdfium decodes again for every strip: hence few strips.
    """
    height = ceil(page.get_height() * LEVELS[0] / 72)
    jobs: list[Future[None]] = []
    quarters = []
    for top in range(0, height, ROWS * TILE):
        image = strip(page, LEVELS[0], top, ROWS * TILE)
        half = image.reduce(2)
        quarters.append(half.reduce(2))
        row = top // TILE
        for part, resolution, first in ((image, LEVELS[0], row), (half, LEVELS[1], row // 2)):
            jobs += [pool.submit(job) for job in tiles(part, folder, resolution, first)]
        while len(jobs) > WAITING:
            jobs.pop(0).result()
    _write_base(_stacked(quarters), folder)
    for job in jobs:
        job.result()


def _write_base(image: Image.Image, folder: Path) -> None:
    for job in tiles(image, folder, BASE, 0):
        job()
    image.convert("RGB").reduce(THUMB).save(folder / "thumb.jpg", quality=QUALITY)


def _stacked(parts: Sequence[Image.Image]) -> Image.Image:
    """Images of one width, one under the other."""
    sheet = Image.new("RGB", (parts[0].width, sum(part.height for part in parts)))
    top = 0
    for part in parts:
        sheet.paste(part.convert("RGB"), (0, top))
        top += part.height
    return sheet


def tiles(image: Image.Image, folder: Path, resolution: int, first_row: int) -> Iterator[partial[None]]:
    """The work of writing each tile of an image whose rows of tiles begin at ``first_row``."""
    at = folder / str(resolution)
    at.mkdir(exist_ok=True)
    for top in range(0, image.height, TILE):
        for left in range(0, image.width, TILE):
            box = (left, top, min(left + TILE, image.width), min(top + TILE, image.height))
            yield partial(_write, image, box, at / f"{first_row + top // TILE}-{left // TILE}.jpg", resolution)


def _write(image: Image.Image, box: tuple[int, int, int, int], path: Path, resolution: int) -> None:
    tile = image.crop(box).convert("RGB")
    if is_grey(tile):
        tile = tile.getchannel(1)
    tile.save(path, "JPEG", quality=QUALITY, subsampling=_SUBSAMPLING[resolution])


def is_grey(image: Image.Image) -> bool:
    """Whether an RGB image has no colour: such tiles are a third of the data."""
    red, green, blue = image.split()
    pairs = ((red, green), (green, blue))
    return all(ImageChops.difference(*pair).getextrema() == (0, 0) for pair in pairs)
