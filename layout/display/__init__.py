"""L1, the waist of the hourglass: what stands where on each page, as plain serialisable data."""

from layout.display.document import DisplayPage, Document
from layout.display.items import Fill, Glyph, GlyphRun, Item, Picture, Stroke

__all__ = ["DisplayPage", "Document", "Fill", "Glyph", "GlyphRun", "Item", "Picture", "Stroke"]
