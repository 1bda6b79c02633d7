"""Lifting a page out of its file: its content as one form, with the fonts, colours and pictures that it uses.

Streams are taken over as they lie in the file, so that nothing is converted or compressed again.
"""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

import pikepdf

from layout.foreign.layers import has_layers, without_layers
from layout.foreign.model import ForeignFault, ForeignPage
from layout.foreign.objects import Collector, plain

_BOXES: Final = ("/TrimBox", "/ArtBox", "/CropBox", "/MediaBox")
"""Which part of a page is placed: the first that it has."""
_NAME: Final = re.compile(rb"/([^\x00\t\n\f\r ()<>\[\]{}/%]+)")
_LEVEL: Final = 6


def lift(data: bytes, number: int) -> ForeignPage:
    """The page ``number`` (from 1) of a PDF that has passed preflight. Raises ForeignFault."""
    try:
        with pikepdf.open(BytesIO(data), suppress_warnings=True) as pdf:
            return _lifted(pdf.pages[number - 1].obj)
    except (pikepdf.PdfError, IndexError, ValueError, TypeError, RecursionError, zlib.error) as fault:
        raise ForeignFault(f"page {number} cannot be taken out of its file ({fault})") from None


def _lifted(page: Any) -> ForeignPage:
    box = _trim(page)
    resources = page.get("/Resources")
    content = b"\n".join(_contents(page))
    if has_layers(resources):
        content = without_layers(content)
    collector = Collector()
    entries = collector.resources(resources, _names(content))
    group = collector.group(page.get("/Group"))  # asked last: by now it is known whether anything is transparent
    packed = zlib.compress(content, _LEVEL)
    head = b"<< /Type /XObject /Subtype /Form /FormType 1 /BBox [%s] /Filter /FlateDecode /Length %d" % (
        b" ".join(plain(edge) for edge in box),
        len(packed),
    )
    form = (head, b" /Resources ", *entries, *group, b" >>\nstream\n" + packed + b"\nendstream")
    return ForeignPage(box, _turn(page), (form, *collector.finished()))


def _trim(page: Any) -> tuple[float, float, float, float]:
    for key in _BOXES:
        box = page.get(key)
        if isinstance(box, pikepdf.Array) and len(box) == 4:
            x, y = sorted(float(box[nth]) for nth in (0, 2)), sorted(float(box[nth]) for nth in (1, 3))
            return x[0], y[0], x[1], y[1]
    raise ForeignFault("the page has no boxes")


def _turn(page: Any) -> int:
    return int(page.get("/Rotate", 0)) % 360


def _contents(page: Any) -> Iterator[bytes]:
    """The content streams of a page, decoded: an operation may begin in one and end in the next."""
    contents = page.get("/Contents")
    for stream in contents if isinstance(contents, pikepdf.Array) else (contents,):
        if isinstance(stream, pikepdf.Stream):
            yield stream.read_bytes()


def _names(content: bytes) -> frozenset[str] | None:
    """The names that stand in the content; None when some are written with escapes, so that all must be kept."""
    found = set(_NAME.findall(content))
    if any(b"#" in name or not name.isascii() for name in found):
        return None
    return frozenset(f"/{name.decode('ascii')}" for name in found)
