"""L5: the display list as press-ready PDF/X. The only home of ReportLab; knows nothing of copy, stories or issues."""

from layout.house.press import PressError
from layout.pdf.pictures import prepare_pictures
from layout.pdf.profile import STANDARDS, Standard
from layout.pdf.writer import write_pdf

__all__ = ["STANDARDS", "PressError", "Standard", "prepare_pictures", "write_pdf"]
