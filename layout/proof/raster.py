"""A page's PDF as pixels, by pdfium: strips, tiles at several resolutions, single images."""

import ctypes
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import partial
from itertools import cycle
from math import ceil
from pathlib import Path
from typing import Any, Final, TypeAlias

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec import Struct
from PIL import Image, ImageChops

from layout.core import Rect
from layout.proof.folder import BASE, FINE, TILE, Medium

STEP: Final = FINE // BASE
THUMB: Final = 6
"""The page list's picture is the base divided by this."""
STRIP: Final = 40_000_000
"""Bytes of a high strip: a broadsheet page in four."""
QUALITY: Final = 84
"""Of JPEG."""
_RGBX: Final = 4  # bytes of a pixel
_WHITE: Final = (255, 255, 255, 255)
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


class Strip(Struct, frozen=True):
    """Rows of a page's pixels, in RGBX; ``pixels`` are theirs and one row's more."""

    pixels: Any
    size: tuple[int, int]

    def cut(self, box: Box) -> Image.Image:
        """A part of it, which is good as long as the strip is: nothing is copied."""
        left, top, right, bottom = box
        row = self.size[0] * _RGBX
        part: Any = memoryview(self.pixels)[top * row + left * _RGBX :]
        return Image.frombuffer("RGBX", (right - left, bottom - top), part, "raw", "RGBX", row, 1)


class Strips:
    """Cuts a page into strips of ``height`` rows of pixels, drawn into the same memory by turns.

    Fresh memory for each would cost as much as drawing its text. A strip is good until ``sheets`` more are drawn.
    """

    def __init__(self, page: Any, resolution: float, height: int, sheets: int = 1) -> None:
        self.width, self.height = (ceil(length * resolution / 72) for length in page.get_size())
        self.rows = min(height, self.height)
        self._page = page
        self._sheets = cycle([self._sheet() for _ in range(sheets)])

    def _sheet(self) -> Any:
        memory = (ctypes.c_ubyte * (self.width * _RGBX * (self.rows + 1)))()
        shape = {"format": pdfium.FPDFBitmap_BGRx, "rev_byteorder": True, "buffer": memory}
        return pypdfium2.PdfBitmap.new_native(self.width, self.rows, **shape)

    def __iter__(self) -> Iterator[Strip]:
        """The strips from the head to the foot; the last one may be lower."""
        return (self._drawn(top) for top in range(0, self.height, self.rows))

    def _drawn(self, top: int) -> Strip:
        sheet = next(self._sheets)
        sheet.fill_rect(_WHITE, 0, 0, self.width, self.rows)
        place = (0, -top, self.width, self.height, 0)
        pdfium.FPDF_RenderPageBitmap(sheet, self._page, *place, pdfium.FPDF_ANNOT | pdfium.FPDF_REVERSE_BYTE_ORDER)
        return Strip(sheet.buffer, (self.width, min(self.rows, self.height - top)))


def whole(page: Any, resolution: float) -> Image.Image:
    """The whole page in RGB."""
    image: Image.Image = page.render(scale=resolution / 72, rev_byteorder=True).to_pil()
    return image.convert("RGB")


def write_quick(page: Any, folder: Path) -> None:
    """The base level and the page list's picture, drawn directly: there in a third of a second."""
    _write_base(whole(page, BASE), folder)


def write_levels(page: Any, folder: Path, pool: Executor | None = None, *, high: bool = False) -> None:
    """Tiles of both resolutions and the page list's picture.

    The page is drawn once, at the fine resolution, in strips of one row of tiles, or ``high`` ones for a page with
    pictures that are decoded for every strip; the base is its reduction. A ``pool`` of threads, for a page by itself,
    writes the tiles of one strip while the next is drawn.
    """
    (folder / str(FINE)).mkdir(exist_ok=True)
    rows = max(1, round(STRIP / (page.get_width() * FINE / 72 * 4 * TILE))) if high else 1
    written: Iterator[None] = iter(())
    reduced = []
    for nth, strip in enumerate(Strips(page, FINE, rows * TILE, sheets=2 if pool else 1)):
        small = strip.cut((0, 0, *strip.size)).reduce(STEP).convert("RGB")
        reduced.append(small)
        _end(written)
        tiles = fine_tiles(strip, small, folder, nth * rows)
        written = pool.map(_call, tiles) if pool else map(_call, tiles)
        if pool is None:
            _end(written)  # before the next strip is drawn
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


def fine_tiles(strip: Strip, small: Image.Image, folder: Path, first_row: int) -> Iterator[partial[None]]:
    """The work of writing each tile of a strip whose rows of tiles begin at ``first_row``.

    Whether a tile has colour is seen on ``small``, the strip reduced: a ninth of the work.
    """
    for box in boxes(strip.size):
        left, top, right, bottom = box
        grey = is_grey(small.crop((left // STEP, top // STEP, -(-right // STEP), -(-bottom // STEP))))
        path = _tile(folder / str(FINE), box, first_row)
        yield partial(_write_fine, strip.cut(box), path, grey=grey)


def _write_fine(tile: Image.Image, path: Path, *, grey: bool) -> None:
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
