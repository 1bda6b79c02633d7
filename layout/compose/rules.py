"""Rules (线): single, double (文武线) or dashed strokes of the house style, with black ones overprinting."""

from collections.abc import Iterator

from msgspec.structs import replace

from layout.core import Ink, Point, Pt, Rect
from layout.display import Foreign, Item, Picture, Stroke
from layout.house.model import House


def horizontal_rule(house: House, name: str, left: Pt, right: Pt, y: Pt, *, tag: str) -> Iterator[Stroke]:
    """A rule whose outer edge lies at ``y``; the second stroke of a pair lies below it."""
    return edge_rule(house, name, Point(left, y), Point(right, y), inwards=(0.0, 1.0), tag=tag)


def edge_rule(
    house: House, name: str, start: Point, end: Point, *, inwards: tuple[float, float], tag: str
) -> Iterator[Stroke]:
    """A rule along an edge, its strokes on the side of it to which the unit vector ``inwards`` leads."""
    style = house.rules[name]
    ink = house.palette[style.ink]
    right, down = inwards
    offset = 0.0
    for width in (style.width, style.second):
        if width > 0:
            x, y = right * (offset + width / 2), down * (offset + width / 2)
            ends = Point(start.x + x, start.y + y), Point(end.x + x, end.y + y)
            yield Stroke(*ends, width, ink, ink.black_only, style.dash, tag)
        offset += width + style.gap


def middle_rule(house: House, name: str, rect: Rect, *, vertical: bool, tag: str) -> Stroke:
    """A single rule from edge to edge through the middle of a rectangle."""
    style = house.rules[name]
    ink = house.palette[style.ink]
    x, y = rect.x + rect.width / 2, rect.y + rect.height / 2
    ends = (Point(x, rect.y), Point(x, rect.bottom)) if vertical else (Point(rect.x, y), Point(rect.right, y))
    return Stroke(*ends, style.width, ink, ink.black_only, style.dash, tag)


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


def on_picture(item: Item, ink: Ink) -> Item:
    """The item in another ink that knocks out what lies below."""
    return item if isinstance(item, Picture | Foreign) else replace(item, ink=ink, overprint=False)
