"""Rules (线): single, double (文武线) or dashed strokes of the house style, with black ones overprinting."""

from collections.abc import Iterator

from layout.core import Point, Pt, Rect
from layout.display import Stroke
from layout.house.model import House


def horizontal_rule(
    house: House, name: str, left: Pt, right: Pt, y: Pt, *, up: bool = False, tag: str
) -> Iterator[Stroke]:
    """A rule whose outer edge lies at ``y``; the second stroke of a pair lies below it, or above with ``up``."""
    style = house.rules[name]
    ink = house.palette[style.ink]
    sign = -1.0 if up else 1.0
    offset = 0.0
    for width in (style.width, style.second):
        if width > 0:
            middle = y + sign * (offset + width / 2)
            yield Stroke(Point(left, middle), Point(right, middle), width, ink, ink.black_only, style.dash, tag)
        offset += width + style.gap


def vertical_rule(house: House, name: str, x: Pt, top: Pt, bottom: Pt, *, tag: str) -> Stroke:
    """A single rule centred on ``x``."""
    style = house.rules[name]
    ink = house.palette[style.ink]
    return Stroke(Point(x, top), Point(x, bottom), style.width, ink, ink.black_only, style.dash, tag)


def frame_rule(house: House, name: str, rect: Rect, *, tag: str) -> Iterator[Stroke]:
    """A rule round a rectangle, its strokes centred on the edges."""
    style = house.rules[name]
    ink = house.palette[style.ink]
    half = style.width / 2  # the corners are closed by the horizontal strokes
    edges = (
        (Point(rect.x - half, rect.y), Point(rect.right + half, rect.y)),
        (Point(rect.x - half, rect.bottom), Point(rect.right + half, rect.bottom)),
        (Point(rect.x, rect.y), Point(rect.x, rect.bottom)),
        (Point(rect.right, rect.y), Point(rect.right, rect.bottom)),
    )
    for start, end in edges:
        yield Stroke(start, end, style.width, ink, ink.black_only, style.dash, tag)
