"""Photographs in the colours of the screen, made before the page on which they stand is there.

pdfium turns the inks of a picture into screen colours again for every strip that the picture touches: three quarters of
the work of drawing a page. What is made here is its own work, done once: the page looks the same to the last pixel.
"""

import hashlib
import struct
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from layout import keeping
from layout.proof.model import fingerprint

MOST: Final = 16_000_000
"""Pixels of photographs that are made ready for one page; further ones pdfium draws from their inks. Each takes six
bytes."""
_FRAME: Final = struct.Struct(">III")  # width, height, bytes of a row; after the pixels, which so can be used in place

_ready: Final[dict[bytes, Any]] = {}
"""Photographs that wait in this process for the page that comes next, by content."""


def make_ready(jpegs: Iterable[bytes], cache: Path | None = None) -> None:
    """Make photographs ready in this process: JPEGs of four inks, as they will stand in the file of the next page.

    With a folder ``cache`` they are kept from one proof to the next.
    """
    _ready.clear()
    for jpeg in jpegs:
        _ready[fingerprint(jpeg)] = _on_screen(jpeg, cache)


def serve(page: Any, photographs: frozenset[bytes], cache: Path | None = None) -> int:
    """Replace these ``photographs`` of a pdfium page, which is then good for drawing only.

    They are known by the ``fingerprint`` of their content, and nothing shows through them. How many pixels are left in
    other pictures, which pdfium has to decode for every strip.
    """
    left, room = 0, MOST
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]):
        width, height = item.get_px_size()
        if width * height <= room and _replaced(item, photographs, cache):
            room -= width * height
        else:
            left += width * height
    _ready.clear()
    return left


def _replaced(item: Any, photographs: frozenset[bytes], cache: Path | None) -> bool:
    """Put a photograph in screen colours in a picture's place, if it is one of these."""
    try:
        jpeg = bytes(item.get_data())
        known = fingerprint(jpeg)
        if known not in photographs:
            return False
        item.set_bitmap(_ready.get(known) or _on_screen(jpeg, cache))
    except pypdfium2.PdfiumError:
        return False  # what pdfium cannot take apart it draws as it can
    return True


def _on_screen(jpeg: bytes, cache: Path | None) -> Any:
    """The photograph as pdfium would show it."""
    entry = cache and cache / f"{hashlib.sha256(jpeg + _maker()).hexdigest()}.screen"
    kept = entry and keeping.fetch(entry)
    return _opened(kept) if kept else _made(jpeg, entry)


def _opened(kept: bytes) -> Any:
    width, height, stride = _FRAME.unpack(kept[-_FRAME.size :])
    return pypdfium2.PdfBitmap.new_native(width, height, pdfium.FPDFBitmap_BGR, buffer=kept, stride=stride)


def _made(jpeg: bytes, entry: Path | None) -> Any:
    document = pypdfium2.PdfDocument.new()
    try:
        image = pypdfium2.PdfImage.new(document)
        image.load_jpeg(BytesIO(jpeg), inline=True)
        made = image.get_bitmap()
        image.close()
    finally:
        document.close()
    if entry is not None and made.format == pdfium.FPDFBitmap_BGR:
        keeping.keep(entry, bytes(made.buffer) + _FRAME.pack(made.width, made.height, made.stride))
    return made


@cache
def _maker() -> bytes:
    """The library: another one may see other colours."""
    return str(pypdfium2.PDFIUM_INFO).encode()
