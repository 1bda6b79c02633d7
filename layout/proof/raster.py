"""A page's PDF as pixels, by pdfium: strips, tiles at several resolutions, single images."""

import ctypes
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import partial
from math import ceil
from pathlib import Path
from typing import Any, Final, TypeAlias

import pypdfium2
from PIL import Image, ImageChops

from layout.core import Rect
from layout.proof.folder import BASE, FINE, TILE, Medium

STEP: Final = FINE // BASE
THUMB: Final = 6
"""The page list's picture is the base divided by this."""
STRIP: Final = 40_000_000
"""Bytes of one strip at most: a broadsheet page in four. Pictures that lie across a cut are decoded for either side."""
QUALITY: Final = 84
"""Of JPEG."""
_SUBSAMPLING: Final = {FINE: "4:2:0", BASE: "4:4:4"}
"""Coloured type keeps clean edges without subsampling; at 300 dpi half the colour's resolution is enough."""


Box: TypeAlias = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""


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


def write_levels(page: Any, folder: Path, pool: Executor | None = None) -> None:
    """Tiles of both resolutions and the page list's picture.

    The page is drawn once, at the fine resolution, in strips that bound memory; the base is its reduction. A ``pool``
    of threads, for a page by itself, writes the tiles of one strip while the next is drawn; strips then are twice as
    high, for there is room.
    """
    width, height = (ceil(length * FINE / 72) for length in page.get_size())
    (folder / str(FINE)).mkdir(exist_ok=True)
    rows = max(1, (2 if pool else 1) * STRIP // (width * 4 * TILE))
    written: Iterator[None] = iter(())
    reduced = []
    for top in range(0, height, rows * TILE):
        image = strip(page, FINE, top, rows * TILE)
        small = image.reduce(STEP).convert("RGB")
        reduced.append(small)
        _end(written)
        tiles = fine_tiles(image, small, folder, top // TILE)
        written = pool.map(_call, tiles) if pool else map(_call, tiles)
        if pool is None:
            _end(written)
            del image, tiles, written  # before the next strip is drawn
            written = iter(())
    _write_base(_stacked(reduced), folder)
    _end(written)


def _call(work: Callable[[], None]) -> None:
    work()


def _end(work: Iterator[None]) -> None:
    for _ in work:
        pass


def _write_base(image: Image.Image, folder: Path) -> None:
    at = folder / str(BASE)
    at.mkdir(exist_ok=True)
    for box in boxes(image.size):
        _write(image.crop(box), _tile(at, box), BASE)
    image.reduce(THUMB).save(folder / "thumb.jpg", quality=QUALITY)


def _stacked(parts: Sequence[Image.Image]) -> Image.Image:
    """Images of one width, one under the other."""
    if len(parts) == 1:
        return parts[0]
    sheet = Image.new("RGB", (parts[0].width, sum(part.height for part in parts)))
    top = 0
    for part in parts:
        sheet.paste(part, (0, top))
        top += part.height
    return sheet


def boxes(size: tuple[int, int]) -> Iterator[Box]:
    """The tiles of an image, row by row."""
    width, height = size
    for top in range(0, height, TILE):
        for left in range(0, width, TILE):
            yield left, top, min(left + TILE, width), min(top + TILE, height)


def _tile(folder: Path, box: Box, first_row: int = 0) -> Path:
    return folder / f"{first_row + box[1] // TILE}-{box[0] // TILE}.jpg"


def fine_tiles(image: Image.Image, small: Image.Image, folder: Path, first_row: int) -> Iterator[partial[None]]:
    """The work of writing each tile of a strip whose rows of tiles begin at ``first_row``.

    Whether a tile has colour is seen on ``small``, the strip reduced: a ninth of the work.
    """
    for box in boxes(image.size):
        left, top, right, bottom = box
        grey = is_grey(small.crop((left // STEP, top // STEP, -(-right // STEP), -(-bottom // STEP))))
        path = _tile(folder / str(FINE), box, first_row)
        yield partial(_write_fine, image, box, path, grey=grey)


def _write_fine(image: Image.Image, box: Box, path: Path, *, grey: bool) -> None:
    tile = image.crop(box)
    _write(tile.getchannel(1) if grey else tile, path, FINE)


def _write(tile: Image.Image, path: Path, resolution: int) -> None:
    tile.save(path, "JPEG", quality=QUALITY, subsampling=_SUBSAMPLING[resolution])


def give_back() -> None:
    """Return what was freed to the system: the C library of Linux keeps it, up to 60 MB a process, until asked."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc's; musl keeps nothing
        if trim is not None:
            trim(0)


def is_grey(image: Image.Image) -> bool:
    """Whether an RGB image has no colour: such tiles are a third of the data."""
    red, green, blue = image.split()
    pairs = ((red, green), (green, blue))
    return all(ImageChops.difference(*pair).getextrema() == (0, 0) for pair in pairs)
