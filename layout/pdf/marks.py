"""Marks and slug, in the paper between the bleed and the edge of the medium; nothing of them reaches the page."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from layout.core import MM, Point, Pt
from layout.display import DisplayPage, Fill, GlyphRun, Item
from layout.house.model import Marks
from layout.pdf.boxes import Boxes
from layout.pdf.canvas import PressCanvas

_TARGET: Final = 2.0 * MM  # radius of a registration target's ring, where there is room
_ARM: Final = 1.5  # its cross, in radii
_FOLD_DASH: Final = (2.0, 1.0)  # folds are dashed, cuts are not
_CLEAR: Final = 2.0 * MM  # between a target and the slug
_KAPPA: Final = 0.5522847498  # control points of a quarter circle
_TURNS: Final = ((1, 0), (0, 1), (-1, 0), (0, -1), (1, 0))


def crop_marks(boxes: Boxes, marks: Marks) -> tuple[tuple[Point, Point], ...]:
    """Two lines at each corner of the trim, from the offset, but never within the bleed, outwards."""
    trim = boxes.trim
    near, far = _reach(boxes, marks)
    if far <= near:
        return ()
    corners = [
        (x, y, across, down)
        for x, across in ((trim.x, -1), (trim.right, 1))
        for y, down in ((trim.y, -1), (trim.bottom, 1))
    ]
    level = [(Point(x + across * near, y), Point(x + across * far, y)) for x, y, across, _ in corners]
    upright = [(Point(x, y + down * near), Point(x, y + down * far)) for x, y, _, down in corners]
    return (*level, *upright)


def outside_items(page: DisplayPage, marks: Marks) -> tuple[Item, ...]:
    """The items outside the bleed that are asked for: the slug line, ink names, the colour bar."""
    wanted = {"ink-name": marks.inks, "bar": marks.bar}
    return tuple(item for item in page.slug if wanted.get(item.tag, marks.slug))


def centre_marks(
    boxes: Boxes, marks: Marks, items: Sequence[Item], fold: Pt | None = None
) -> tuple[tuple[Point, Point], ...]:
    """A line at the middle of each side, as long as a crop mark; none where something else stands in its way.

    On a spread the ``fold`` is marked above and below.
    """
    trim = boxes.trim
    across = _sides(boxes, marks, trim.height / 2, upright=False)
    above, below = _sides(boxes, marks, trim.width / 2, upright=True) or (None, None)
    free = [
        line
        for line, level in ((above, _above(items)), (below, _below(items)))
        if line is not None and fold is None and _beside(line[0].x, level, _CLEAR) == line[0].x
    ]
    return (*across, *free)


def fold_marks(boxes: Boxes, marks: Marks, fold: Pt | None = None) -> tuple[tuple[Point, Point], ...]:
    """Lines at the ends of each fold, with crop marks also of the ``fold`` of a spread."""
    downs = (*marks.folds_down, fold) if fold is not None and marks.crop else marks.folds_down
    across = [line for y in marks.folds_across for line in _sides(boxes, marks, y, upright=False)]
    down = [line for x in downs for line in _sides(boxes, marks, x, upright=True)]
    return (*across, *down)


def _sides(boxes: Boxes, marks: Marks, at: Pt, *, upright: bool) -> tuple[tuple[Point, Point], ...]:
    """Two lines outwards from opposite sides of the trim, ``at`` from its left or upper edge."""
    near, far = _reach(boxes, marks)
    if far <= near:
        return ()
    if upright:
        foot = boxes.trim.bottom
        return (Point(at, -near), Point(at, -far)), (Point(at, foot + near), Point(at, foot + far))
    right = boxes.trim.right
    return (Point(-near, at), Point(-far, at)), (Point(right + near, at), Point(right + far, at))


def _reach(boxes: Boxes, marks: Marks) -> tuple[Pt, Pt]:
    """How far from the trim lines begin and end: from the offset, but never within the bleed, to the paper's edge."""
    near = max(marks.offset, -boxes.bled.x)
    return near, min(near + marks.length, -boxes.medium.x)


def target_places(boxes: Boxes, slug: Sequence[Item], fold: Pt | None = None) -> tuple[Point, ...]:
    """The middles of the registration targets: half-way along each side, moved beside the slug or the bar.

    On a spread, whose fold is marked there, those above and below stand half-way along the left page.
    """
    band = _band(boxes)
    trim, bled = boxes.trim, boxes.bled
    x, y = trim.width / 2 if fold is None else fold / 2, trim.height / 2
    reach = _radius(boxes) * _ARM + _CLEAR
    above, below = _beside(x, _above(slug), reach), _beside(x, _below(slug), reach)
    return (
        Point(bled.x - band / 2, y),
        Point(bled.right + band / 2, y),
        Point(above, bled.y - band / 2),
        Point(below, bled.bottom + band / 2),
    )


def _above(items: Sequence[Item]) -> list[tuple[Pt, Pt]]:
    """From where to where type stands above the page, from the left."""
    return sorted((run.x, run.x + run.width) for run in items if isinstance(run, GlyphRun) and run.baseline <= 0)


def _below(items: Sequence[Item]) -> list[tuple[Pt, Pt]]:
    """The same below the page, where the bar is."""
    runs = [(run.x, run.x + run.width) for run in items if isinstance(run, GlyphRun) and run.baseline > 0]
    return sorted((*runs, *((fill.rect.x, fill.rect.right) for fill in items if isinstance(fill, Fill))))


def _beside(x: Pt, taken: Sequence[tuple[Pt, Pt]], reach: Pt) -> Pt:
    """``x``, or the first place to the right of what it would touch."""
    for left, right in taken:
        if left - reach < x < right + reach:
            x = right + reach
    return x


def _band(boxes: Boxes) -> Pt:
    """The width of the paper outside the bleed."""
    return boxes.bled.x - boxes.medium.x


def _radius(boxes: Boxes) -> Pt:
    return min(_TARGET, _band(boxes) / 2 / _ARM)


def _ring(middle: Point, radius: Pt) -> Iterator[tuple[str, tuple[Point, ...]]]:
    """A circle of four curves."""
    pull = radius * _KAPPA

    def at(towards: tuple[int, int], aside: tuple[int, int] = (0, 0)) -> Point:
        return Point(middle.x + towards[0] * radius + aside[0] * pull, middle.y + towards[1] * radius + aside[1] * pull)

    yield "m", (at(_TURNS[0]),)
    for here, there in pairwise(_TURNS):
        yield "c", (at(here, there), at(there, here), at(there))


def _cross(middle: Point, arm: Pt) -> Iterator[tuple[str, tuple[Point, ...]]]:
    for x, y in ((arm, 0.0), (0.0, arm)):
        yield "m", (Point(middle.x - x, middle.y - y),)
        yield "l", (Point(middle.x + x, middle.y + y),)


def draw_marks(canvas: PressCanvas, page: DisplayPage, boxes: Boxes, marks: Marks) -> None:
    """Draw the marks that are asked for, and the slug, clipped to the paper outside the bleed."""
    items = outside_items(page, marks)
    canvas.save()
    canvas.clip_between(boxes.medium, boxes.bled)
    canvas.draw(items)
    canvas.registration_ink(marks.weight)
    lines = (
        *(crop_marks(boxes, marks) if marks.crop else ()),
        *(centre_marks(boxes, marks, items, page.fold) if marks.centre else ()),
    )
    for start, end in lines:
        canvas.path(("m", (start,)), ("l", (end,)))
    for middle in target_places(boxes, items, page.fold) if marks.registration else ():
        canvas.path(*_ring(middle, _radius(boxes)), *_cross(middle, _radius(boxes) * _ARM))
    folds = fold_marks(boxes, marks, page.fold)
    if folds:
        canvas.registration_ink(marks.weight, dash=_FOLD_DASH)
    for start, end in folds:
        canvas.path(("m", (start,)), ("l", (end,)))
    canvas.restore()
