"""L1, the waist of the hourglass: what stands where on each page, as plain serialisable data."""

from layout.display.digest import content_digest
from layout.display.document import DisplayPage, Document
from layout.display.halves import between, halves
from layout.display.items import Curve, Fill, Flow, Foreign, Glyph, GlyphRun, Item, Picture, Stroke
from layout.display.packed import packed, unpacked

__all__ = [
    "Curve",
    "DisplayPage",
    "Document",
    "Fill",
    "Flow",
    "Foreign",
    "Glyph",
    "GlyphRun",
    "Item",
    "Picture",
    "Stroke",
    "between",
    "content_digest",
    "halves",
    "packed",
    "unpacked",
]
