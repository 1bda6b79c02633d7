"""What overprints and what knocks out: black on pictures and on grounds that are full of ink. Small ruby is black.

Black that overprints adds its ink to what lies below. Small type and fine rules must do so even there (GWG 2022, R0009
and R0010): a hair of misregister would show white rims. White never overprints, colours knock out.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec.structs import replace

from layout.compose.grid import EM_TOP
from layout.core import BLACK, Ink, Rect
from layout.display import Curve, Fill, Foreign, GlyphRun, Item, Picture, Stroke
from layout.house.model import House

MAY_KNOCK_OUT: Final = 12.0
"""Smaller black type must overprint, whatever lies below (GWG 2022, R0009)."""
_THICK: Final = 2.0  # points; thinner black rules must overprint (R0010)


def extent(item: Item) -> Rect:
    """The rectangle that an item marks, type by its em boxes."""
    match item:
        case GlyphRun():
            return _run_extent(item)
        case Stroke():
            half = item.width / 2
            left, right = sorted((item.start.x, item.end.x))
            top, bottom = sorted((item.start.y, item.end.y))
            return Rect(left, top, right - left, bottom - top).outset(half)
        case Curve():
            xs, ys = [point.x for point in item.points], [point.y for point in item.points]
            return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)).outset(item.width / 2)
        case Fill() | Picture() | Foreign():
            return item.rect


def _run_extent(run: GlyphRun) -> Rect:
    if run.flow == "across":
        return Rect(run.x, run.baseline - EM_TOP * run.size, run.width, run.size)
    return Rect(run.x - run.size / 2, run.baseline, run.size, run.width)


def plain_ruby(items: Sequence[Item], house: House) -> tuple[Item, ...]:
    """The items in their order, ruby that is too small for its inks in black (GWG 2022, R0015).

    A section head in red is large enough for two inks, its ruby is not: out of register it could not be read.
    """
    least = house.press.ink_rules.inks_min
    return tuple(
        replace(item, ink=BLACK, overprint=True)
        if isinstance(item, GlyphRun) and item.size < least and item.ink.colourants > 1 and not item.text
        else item
        for item in items
    )


def knocked_out(items: Sequence[Item], house: House) -> tuple[Item, ...]:
    """The items in their order, with large black type and thick black rules knocking out where they would be too much.

    That is on pictures, whose ink may reach the limit, and on grounds that leave no room for a solid more.
    """
    grounds: list[Fill | Picture | Foreign] = []
    made: list[Item] = []
    for item in items:
        if isinstance(item, Fill | Picture | Foreign):
            grounds.append(item)
            made.append(item)
        else:
            made.append(replace(item, overprint=False) if grounds and _drops(item, grounds, house) else item)
    return tuple(made)


def _drops(item: GlyphRun | Stroke | Curve, grounds: Iterable[Fill | Picture | Foreign], house: House) -> bool:
    """Whether a black item must not overprint what it lies on."""
    if not item.overprint:
        return False
    if isinstance(item, GlyphRun):
        large, full = item.size >= house.press.ink_rules.knockout, item.size >= MAY_KNOCK_OUT
    else:
        large = full = item.width >= _THICK
    if not full:
        return False
    place = extent(item)
    return any(
        too_much(item.ink, ground, house) if isinstance(ground, Fill) else large
        for ground in grounds
        if ground.rect.overlaps(place)
    )


def too_much(ink: Ink, ground: Fill, house: House) -> bool:
    """Whether black over a ground is more than the press's limit."""
    below = ground.ink.coverage - ground.ink.black  # black on black is one solid, not two
    return below + ink.black > house.press.ink_limit
