"""Marks and slug, in the paper between the bleed and the edge of the medium; nothing of them reaches the page."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from layout.core import MM, Point, Pt
from layout.display import DisplayPage, GlyphRun, Item
from layout.house.model import Marks
from layout.pdf.boxes import Boxes
from layout.pdf.canvas import PressCanvas

_TARGET: Final = 2.0 * MM  # radius of a registration target's ring, where there is room
_ARM: Final = 1.5  # its cross, in radii
_CLEAR: Final = 2.0 * MM  # between a target and the slug
_KAPPA: Final = 0.5522847498  # control points of a quarter circle
_TURNS: Final = ((1, 0), (0, 1), (-1, 0), (0, -1), (1, 0))


def crop_marks(boxes: Boxes, marks: Marks) -> tuple[tuple[Point, Point], ...]:
    """Two lines at each corner of the trim, from the offset, but never within the bleed, outwards."""
    trim = boxes.trim
    near = max(marks.offset, -boxes.bled.x)
    far = min(near + marks.length, -boxes.medium.x)
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


def target_places(boxes: Boxes, slug: Iterable[Item]) -> tuple[Point, ...]:
    """The middles of the registration targets: half-way along each side, moved aside where the slug runs."""
    band = _band(boxes)
    trim, bled = boxes.trim, boxes.bled
    x, y = trim.width / 2, trim.height / 2
    reach = _radius(boxes) * _ARM + _CLEAR
    runs = [item for item in slug if isinstance(item, GlyphRun)]
    above = _beside(x, [run for run in runs if run.baseline <= 0], reach)
    below = _beside(x, [run for run in runs if run.baseline > 0], reach)
    return (
        Point(bled.x - band / 2, y),
        Point(bled.right + band / 2, y),
        Point(above, bled.y - band / 2),
        Point(below, bled.bottom + band / 2),
    )


def _beside(x: Pt, runs: list[GlyphRun], reach: Pt) -> Pt:
    """``x``, or the first place to the right of the runs that it would touch."""
    for run in sorted(runs, key=lambda run: run.x):
        if run.x - reach < x < run.x + run.width + reach:
            x = run.x + run.width + reach
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
    slug = page.slug if marks.slug else ()
    canvas.save()
    canvas.clip_between(boxes.medium, boxes.bled)
    canvas.draw(slug)
    canvas.registration_ink(marks.weight)
    for start, end in crop_marks(boxes, marks) if marks.crop else ():
        canvas.path(("m", (start,)), ("l", (end,)))
    for middle in target_places(boxes, slug) if marks.registration else ():
        canvas.path(*_ring(middle, _radius(boxes)), *_cross(middle, _radius(boxes) * _ARM))
    canvas.restore()
