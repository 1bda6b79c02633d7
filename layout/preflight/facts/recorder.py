"""Gathers what the interpreter tells of a page into facts: marks that are alike are one fact with a count."""

from collections import Counter
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from layout.preflight.budget import Budget
from layout.preflight.content.marks import Mark, Picture, Sink
from layout.preflight.content.matrix import across, common, overlap, upright
from layout.preflight.facts.places import place_of
from layout.preflight.model import (
    Box,
    Defect,
    Feature,
    Flaw,
    Font,
    FontUse,
    Group,
    Image,
    Paint,
    Place,
    Space,
    Trace,
    Trait,
    Use,
)

_COVERS: Final = 0.98
"""A picture over this share of the trim is the page."""

_KNOWN_MAX: Final = 1000
_INCH: Final = 72.0
_ANYWHERE: Final = Place(0.0, 0.0)


class _Tally(Struct):
    """Where a fact came first, and how often it came."""

    place: Place
    count: int = 0


class Recorder(Sink):
    """The facts of one page while it is being read. ``frame`` is the box from which places are counted: the trim.

    Its dictionaries are keyed by facts without their place and count, so that only what differs costs memory.
    """

    def __init__(self, page: int, frame: Box, budget: Budget) -> None:
        self._page, self._frame, self._budget = page, frame, budget
        self._tallies: dict[Paint | Image | FontUse | Use, _Tally] = {}
        self._known: dict[tuple[object, ...], tuple[_Tally, object]] = {}
        self._groups: dict[Group, None] = {}
        self._defects: Counter[tuple[Flaw, str]] = Counter()
        self._filters: Counter[str] = Counter()

    def mark(self, mark: Mark) -> None:
        """Something is painted."""
        printed = overlap(mark.box, self._frame)
        key = id(mark.colour), mark.kind, mark.size, mark.font, mark.asks, mark.overprints, printed
        if key in self._known:
            self._known[key][0].count += 1
            return
        alike = Paint(
            self._page,
            mark.kind,
            mark.colour,
            round(mark.size, 2),
            mark.font,
            mark.asks,
            mark.overprints,
            printed,
            _ANYWHERE,
            0,
        )
        self._know(key, self._note(alike, mark.box), mark.colour)

    def picture(self, picture: Picture) -> None:
        """A picture is painted."""
        wide, high = across(picture.matrix) / _INCH, upright(picture.matrix) / _INCH
        seen = common(picture.box, self._frame)
        alike = Image(
            self._page,
            picture.width,
            picture.height,
            picture.bits,
            picture.stencil,
            picture.space,
            round(min(picture.width / wide if wide else 1e6, picture.height / high if high else 1e6), 1),
            picture.soft_mask,
            overlap(picture.box, self._frame),
            seen is not None and _area(seen) >= _COVERS * _area(self._frame),
            picture.overprints,
            _ANYWHERE,
            0,
        )
        self._note(alike, picture.box)

    def font(self, font: Font, *, visible: bool, box: Box) -> None:
        """A font is used for text."""
        key = id(font), visible
        if key in self._known:
            self._known[key][0].count += 1
            return
        self._know(key, self._note(FontUse(self._page, font, visible, _ANYWHERE), box), font)

    def use(self, trait: Trait, detail: str, box: Box) -> None:
        """A trait comes into use."""
        self._note(Use(self._page, trait, detail, _ANYWHERE), box)

    def group(self, role: str, space: Space | None) -> None:
        """A transparency group is entered."""
        self._groups[Group(self._page, role, space)] = None

    def defect(self, flaw: Flaw, detail: str) -> None:
        """Something in the stream is wrong."""
        if (flaw, detail) not in self._defects:
            self._budget.spend_fact()
        self._defects[flaw, detail] += 1

    def filters(self, names: tuple[str, ...]) -> None:
        """An inline image names its filters."""
        self._filters.update(names)

    def _note(self, alike: Paint | Image | FontUse | Use, box: Box) -> _Tally:
        tally = self._tallies.get(alike)
        if tally is None:
            self._budget.spend_fact()
            tally = self._tallies[alike] = _Tally(place_of(box, self._frame))
        tally.count += 1
        return tally

    def _know(self, key: tuple[object, ...], tally: _Tally, kept: object) -> None:
        """Remember by identity what the next mark is most likely like; ``kept`` is what the identity is of."""
        if len(self._known) >= _KNOWN_MAX:
            self._known.clear()
        self._known[key] = tally, kept

    @property
    def paints(self) -> tuple[Paint, ...]:
        """Marks, in the order in which they first came."""
        return tuple(
            replace(one, place=tally.place, count=tally.count)
            for one, tally in self._tallies.items()
            if isinstance(one, Paint)
        )

    @property
    def images(self) -> tuple[Image, ...]:
        """Pictures."""
        return tuple(
            replace(one, place=tally.place, count=tally.count)
            for one, tally in self._tallies.items()
            if isinstance(one, Image)
        )

    @property
    def fonts(self) -> tuple[FontUse, ...]:
        """Fonts in use."""
        return tuple(replace(one, place=each.place) for one, each in self._tallies.items() if isinstance(one, FontUse))

    @property
    def uses(self) -> tuple[Use, ...]:
        """Traits in use."""
        return tuple(replace(one, place=each.place) for one, each in self._tallies.items() if isinstance(one, Use))

    @property
    def groups(self) -> tuple[Group, ...]:
        """Transparency groups."""
        return tuple(self._groups)

    @property
    def defects(self) -> tuple[Defect, ...]:
        """Flaws of the content."""
        return tuple(Defect(self._page, flaw, detail, count) for (flaw, detail), count in sorted(self._defects.items()))

    @property
    def traces(self) -> tuple[Trace, ...]:
        """Filters of inline images."""
        return tuple(Trace(Feature.FILTER, used, count) for used, count in sorted(self._filters.items()))


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
