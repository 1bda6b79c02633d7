"""L1: faces, their characters, shaping and subsets. The only home of uharfbuzz; knows nothing of styles or pages."""

from layout.fonts.book import Book, FaceSource
from layout.fonts.errors import FontError
from layout.fonts.face import Face, open_face
from layout.fonts.shaping import ShapedGlyph
from layout.fonts.subset import FontSubset, subset

__all__ = ["Book", "Face", "FaceSource", "FontError", "FontSubset", "ShapedGlyph", "open_face", "subset"]
