"""The boxes of a page. Counted in whole thousandths of a point, so that they nest exactly once they are written.

A RIP or preflight that compares boxes as decimal numbers refuses a trim that leaves the bleed by 0.0001 pt
(print.md, section 1): every box is derived once, from whole numbers, the trim rounded inwards, the others outwards.
"""

from math import ceil, floor

from msgspec import Struct

from layout.core import EPSILON, Point, Pt, Rect, Size
from layout.house.model import Marks
from layout.pdf.objects import array, number

_GRAIN = 1000  # thousandths of a point


class Boxes(Struct, frozen=True):
    """Trim, bleed and medium of one page, thousandths of a point. All three are centred on each other."""

    width: int  # of the trim
    height: int
    bleed: int  # beyond the trim, on every side
    margin: int  # beyond the bleed

    def point(self, place: Point) -> tuple[float, float]:
        """A place on the page (from the trim's top left, y down) in PDF's space: the one flip of y."""
        around = self.bleed + self.margin
        return around / _GRAIN + place.x, (around + self.height) / _GRAIN - place.y

    def box(self, beyond: int) -> tuple[float, float, float, float]:
        """Left, bottom, right, top of the trim grown by ``beyond`` thousandths, in PDF's space."""
        near = self.bleed + self.margin - beyond
        return (
            near / _GRAIN,
            near / _GRAIN,
            (near + self.width + 2 * beyond) / _GRAIN,
            (near + self.height + 2 * beyond) / _GRAIN,
        )

    @property
    def trim(self) -> Rect:
        """The trim in page coordinates."""
        return self._around(0)

    @property
    def bled(self) -> Rect:
        """The bleed box in page coordinates."""
        return self._around(self.bleed)

    @property
    def medium(self) -> Rect:
        """The medium in page coordinates."""
        return self._around(self.bleed + self.margin)

    def _around(self, beyond: int) -> Rect:
        return Rect(0.0, 0.0, self.width / _GRAIN, self.height / _GRAIN).outset(beyond / _GRAIN)

    def entries(self) -> dict[str, object]:
        """The entries of the page dictionary."""
        return {
            "MediaBox": _written(self.box(self.bleed + self.margin)),
            "BleedBox": _written(self.box(self.bleed)),
            "TrimBox": _written(self.box(0)),
        }


def page_boxes(trim: Size, bleed: Pt, marks: Marks) -> Boxes:
    """The boxes of a page; the margin is there only when there is something to stand in it."""
    margin = marks.margin if marks.any else 0.0
    return Boxes(_inwards(trim.width), _inwards(trim.height), _outwards(bleed), _outwards(margin))


def _inwards(length: Pt) -> int:
    return floor((length + EPSILON) * _GRAIN)


def _outwards(length: Pt) -> int:
    return ceil((length - EPSILON) * _GRAIN)


def _written(box: tuple[float, float, float, float]) -> object:
    return array([number(edge) for edge in box])
