"""What stands outside the bleed for the plant: the slug line, the name of each ink in it, the colour bar."""

from collections.abc import Iterator, Sequence
from typing import Final

from layout.compose.overprint import extent
from layout.compose.setting import Setter
from layout.core import BLACK, MM, Ink, Pt, Rect
from layout.display import Fill, Foreign, Item, Picture
from layout.house.model import House
from layout.house.template import Value, fill
from layout.text import line_runs

SLUG_RISE: Final = 4 * MM
"""From the bleed up to the baseline of the slug line."""

_PATCH: Final = 5 * MM
"""Side of a patch of the colour bar: a densitometer's aperture is 3 to 4 mm."""
_CLEAR: Final = 1 * MM  # left free above and below the bar in a narrow margin
_NAMES_APART: Final = 1.5  # em
_HALF: Final = 0.5
_PLATES: Final = (
    ("Cyan", Ink(cyan=1.0)),
    ("Magenta", Ink(magenta=1.0)),
    ("Yellow", Ink(yellow=1.0)),
    ("Black", BLACK),
)
_OVERPRINTS: Final = (
    Ink(magenta=1.0, yellow=1.0),
    Ink(cyan=1.0, yellow=1.0),
    Ink(cyan=1.0, magenta=1.0),
)
"""Red, green and blue: how the inks take on one another (trapping)."""


def outside(setter: Setter, items: Sequence[Item], values: dict[str, Value], area: Rect) -> tuple[Item, ...]:
    """What the house style wants outside the bleed of a page with these items; ``values`` fill the slug's template.

    ``area`` is the page's type area: of a spread each page has its own.
    """
    return tuple(_items(setter, items, values, area))


def _items(setter: Setter, items: Sequence[Item], values: dict[str, Value], area: Rect) -> Iterator[Item]:
    marks = setter.house.marks
    slug = _slug(setter, values, area.x) if marks.slug else ()
    yield from slug
    plates = plates_of(items) if marks.inks or marks.bar else ()
    if marks.inks:
        after = max((extent(item).right for item in slug), default=area.x)
        yield from _names(setter, plates, after=after, right=area.right)
    if marks.bar:
        yield from _bar(setter.house, [ink for _, ink in plates], area.x)


def plates_of(items: Sequence[Item]) -> tuple[tuple[str, Ink], ...]:
    """The plates that a page needs, each with its solid: black at least, the process inks, spots as they first come."""
    pictures = any(not item.grey for item in items if isinstance(item, Picture))
    inks = dict.fromkeys(item.ink for item in items if not isinstance(item, Picture | Foreign))
    ads = {plate for item in items if isinstance(item, Foreign) for plate in item.plates}
    process = [
        max((ink.tints[nth] for ink in inks), default=0.0) > 0 or pictures or _PLATES[nth][0] in ads for nth in range(4)
    ]
    spots = dict.fromkeys(ink.spot for ink in inks if ink.spot is not None)
    used = [plate for plate, there in zip(_PLATES, process, strict=True) if there or plate[1] == BLACK]
    return (*used, *((spot.name, Ink(spot=spot, tint=1.0)) for spot in spots))


def _baseline(house: House) -> Pt:
    return -house.bleed - SLUG_RISE


def _slug(setter: Setter, values: dict[str, Value], x: Pt) -> tuple[Item, ...]:
    """One line that tells the plant which page this is."""
    text = fill(setter.house.furniture.slug, values)
    if not text:
        return ()
    line = setter.line(text, "slug")
    return setter.runs(line, "slug", x=x, baseline=_baseline(setter.house))


def _names(setter: Setter, plates: Sequence[tuple[str, Ink]], *, after: Pt, right: Pt) -> Iterator[Item]:
    """The names of the inks, each on its own plate, at the right end of the slug's line, but never in its type."""
    house, size = setter.house, setter.style("slug").size
    lines = [(setter.line(name, "slug"), ink) for name, ink in plates]
    apart = _NAMES_APART * size
    x = max(after + apart, right + apart - sum(line.width * size + apart for line, _ in lines))
    for line, ink in lines:
        yield from line_runs(
            line, x=x, baseline=_baseline(house), size=size, ink=ink, overprint=ink.black_only, tag="ink-name"
        )
        x += line.width * size + apart


def _bar(house: House, solids: Sequence[Ink], x: Pt) -> Iterator[Fill]:
    """Solids, overprints and half tints in the margin below the page, from the type area's left edge."""
    side = min(_PATCH, house.marks.margin - 2 * _CLEAR)
    if side <= 0:
        return
    overprints = (mix for mix in _OVERPRINTS if all(one in solids for one in _parts(mix)))
    patches = (*solids, *overprints, *(ink.screened(_HALF) for ink in solids))
    top = house.trim.height + house.bleed + (house.marks.margin - side) / 2
    for nth, ink in enumerate(patches):
        yield Fill(Rect(x + nth * side, top, side, side), ink, tag="bar")


def _parts(mix: Ink) -> list[Ink]:
    """The solids that a mixture consists of: a page without one of their plates must not get it for the bar's sake."""
    return [solid for (_, solid), tint in zip(_PLATES, mix.tints, strict=True) if tint > 0]
