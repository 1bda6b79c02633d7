"""What is drawn beside type: emphasis dots, proper-name lines, wavy title lines (rules R-2 to R-4)."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from layout.core import Ink, Point, Pt
from layout.display import Curve, Item, Stroke
from layout.text.justify import Placed
from layout.text.spans import Span

LINE_AT: Final = 0.58
"""From the middle of the em box to a line beside it, em: clear of the ink of Han by a tenth of an em."""

DOT_AT: Final = 0.62
DOT_BEHIND_LINE_AT: Final = 0.72
"""To the middle of an emphasis dot, and where a line stands nearer to the text (rule R-4), em."""

_DOT: Final = 0.065  # radius, em
_RULE: Final = 0.045  # thickness, em
_APART: Final = 0.06  # em at each end of a line, so that two names have two lines
_WAVE: Final = 0.5  # em
_HEIGHT: Final = 0.11  # em, of a wave's controls
_ROUND: Final = 0.5523
"""Length of the controls of a quarter circle of radius 1."""


class Side(NamedTuple):
    """Where marks of one kind stand: a line beside the type, ``away`` em from the middle of its em box.

    ``x`` and ``y`` are the middle of the em box where the line of type starts.
    """

    x: Pt
    y: Pt
    size: Pt
    away: float = LINE_AT
    vertical: bool = False
    left: bool = False

    def point(self, along: Pt, more: float = 0.0) -> Point:
        """The place ``along`` points down the line of type, ``more`` em farther away from it."""
        off = (self.away + more) * self.size
        if not self.vertical:
            return Point(self.x + along, self.y + off)
        return Point(self.x - off if self.left else self.x + off, self.y + along)


class Drawn(NamedTuple):
    """How a mark is drawn."""

    ink: Ink
    overprint: bool
    tag: str


def dot(side: Side, along: Pt, drawn: Drawn) -> Curve:
    """An emphasis dot (rule R-2)."""
    centre, r = side.point(along), _DOT * side.size
    k = _ROUND * r
    offsets = (
        *((r, 0.0), (r, k), (k, r), (0.0, r), (-k, r), (-r, k), (-r, 0.0)),
        *((-r, -k), (-k, -r), (0.0, -r), (k, -r), (r, -k), (r, 0.0)),
    )
    points = tuple(Point(centre.x + x, centre.y + y) for x, y in offsets)
    return Curve(points, drawn.ink, 0.0, drawn.overprint, drawn.tag)


def straight(side: Side, start: Pt, end: Pt, drawn: Drawn) -> Stroke:
    """A proper-name line (rule R-4)."""
    apart = _APART * side.size
    ends = side.point(start + apart), side.point(end - apart)
    return Stroke(*ends, _RULE * side.size, drawn.ink, drawn.overprint, tag=drawn.tag)


def wavy(side: Side, start: Pt, end: Pt, drawn: Drawn) -> Curve:
    """A wavy title line of whole waves (rule R-3)."""
    apart = _APART * side.size
    first, length = start + apart, end - start - 2 * apart
    halves = 2 * max(1, round(length / (_WAVE * side.size)))
    points = [side.point(first)]
    for number, (left, right) in enumerate(pairwise(_steps(first, length, halves))):
        more = -_HEIGHT if number % 2 else _HEIGHT
        third = (right - left) / 3
        points += side.point(left + third, more), side.point(right - third, more), side.point(right)
    return Curve(tuple(points), drawn.ink, _RULE * side.size, drawn.overprint, drawn.tag)


def _steps(first: Pt, length: Pt, count: int) -> Iterator[Pt]:
    return (first + length * number / count for number in range(count + 1))


def marks(
    clusters: Sequence[Placed], cores: Sequence[tuple[Pt, Pt]], side: Side, drawn: Callable[[Ink | None], Drawn]
) -> Iterator[Item]:
    """The lines, then the dots, beside clusters whose cores start and end at ``cores``.

    In a column lines stand on the left and dots on the right. ``drawn`` tells how to draw in the ink of a cluster.
    """
    for span, (first, last) in _extents(clusters).items():
        beside = side._replace(away=LINE_AT, left=True)
        draw = wavy if span.line == "title" else straight
        yield draw(beside, cores[first][0], cores[last][1], drawn(clusters[first].dress.ink))
    for placed, (start, end) in zip(clusters, cores, strict=True):
        if placed.dress.dots:
            behind = placed.dress.lines and not side.vertical
            beside = side._replace(away=DOT_BEHIND_LINE_AT if behind else DOT_AT)
            yield dot(beside, (start + end) / 2, drawn(placed.dress.ink))


def _extents(clusters: Sequence[Placed]) -> dict[Span, tuple[int, int]]:
    """The spans that have a line, each with its first and last cluster."""
    extents: dict[Span, tuple[int, int]] = {}
    for at, placed in enumerate(clusters):
        for span in placed.dress.lines:
            extents[span] = (extents.get(span, (at, at))[0], at)
    return extents
