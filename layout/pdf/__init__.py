"""L5: the display list as press-ready PDF/X. The only home of ReportLab; knows nothing of copy, stories or issues."""

from layout.house.press import PressError
from layout.pdf.leaf import Leaf, unpacked
from layout.pdf.pictures import prepare_pictures
from layout.pdf.profile import STANDARDS, Standard
from layout.pdf.writer import PressFile, write_leaves, write_page, write_pdf

__all__ = [
    "STANDARDS",
    "Leaf",
    "PressError",
    "PressFile",
    "Standard",
    "prepare_pictures",
    "unpacked",
    "write_leaves",
    "write_page",
    "write_pdf",
]
