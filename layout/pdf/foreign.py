"""Foreign pages: their objects as the file takes them in, and the matrix that puts one in its place."""

from collections.abc import Sequence
from typing import Any

from reportlab.pdfbase import pdfdoc

from layout.foreign import Lifted
from layout.pdf.objects import number


class ForeignObject(pdfdoc.PDFObject):  # type: ignore[misc]  # ReportLab has no type information
    """One object of a foreign page; ``others`` are the references to all of its objects, by their numbers."""

    others: Sequence[Any] = ()

    def __init__(self, lifted: Lifted) -> None:
        self._lifted = lifted

    def format(self, document: Any) -> bytes:
        """The object as it stands in the file."""
        return b"".join(
            part if isinstance(part, bytes) else self.others[part].format(document) for part in self._lifted
        )


def placing(box: tuple[float, float, float, float], rotation: int, onto: tuple[float, float, float, float]) -> str:
    """The operator that maps a box, turned clockwise by ``rotation`` degrees, onto left, bottom, width and height."""
    left, bottom, right, top = box
    x, y, width, height = onto
    across, up = right - left, top - bottom
    wide, high = (width / up, height / across) if rotation % 180 else (width / across, height / up)
    matrix = {
        0: (wide, 0.0, 0.0, high, x - left * wide, y - bottom * high),
        90: (0.0, -high, wide, 0.0, x - bottom * wide, y + right * high),
        180: (-wide, 0.0, 0.0, -high, x + right * wide, y + top * high),
        270: (0.0, high, -wide, 0.0, x + top * wide, y - left * high),
    }[rotation]
    return f"{' '.join(number(each, 7) for each in matrix)} cm"
