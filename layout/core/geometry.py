"""Points, sizes and rectangles. Origin: top-left corner of the page's trim, x right, y down."""

from msgspec import Struct

from layout.core.units import EPSILON, Pt


class Point(Struct, frozen=True):
    """A place on the page, in points."""

    x: Pt
    y: Pt


class Size(Struct, frozen=True):
    """Width and height in points."""

    width: Pt
    height: Pt


class Insets(Struct, frozen=True):
    """Distances from the four edges of a rectangle, in points."""

    top: Pt = 0.0
    right: Pt = 0.0
    bottom: Pt = 0.0
    left: Pt = 0.0


class Rect(Struct, frozen=True):
    """A rectangle by its top-left corner and its extent, in points."""

    x: Pt
    y: Pt
    width: Pt
    height: Pt

    @property
    def right(self) -> Pt:
        """X of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> Pt:
        """Y of the lower edge (y runs down)."""
        return self.y + self.height

    def inset(self, by: Insets) -> "Rect":
        """The rectangle that is left when each edge moves inwards."""
        return Rect(
            self.x + by.left,
            self.y + by.top,
            self.width - by.left - by.right,
            self.height - by.top - by.bottom,
        )

    def outset(self, by: Pt) -> "Rect":
        """The rectangle grown by ``by`` on every side."""
        return self.inset(Insets(-by, -by, -by, -by))

    def overlaps(self, other: "Rect") -> bool:
        """Whether the two share an area (touching edges do not count)."""
        return (
            self.x < other.right - EPSILON
            and other.x < self.right - EPSILON
            and self.y < other.bottom - EPSILON
            and other.y < self.bottom - EPSILON
        )

    def contains(self, other: "Rect") -> bool:
        """Whether ``other`` lies wholly inside, edges included."""
        return (
            other.x >= self.x - EPSILON
            and other.y >= self.y - EPSILON
            and other.right <= self.right + EPSILON
            and other.bottom <= self.bottom + EPSILON
        )
