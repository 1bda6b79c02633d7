"""Pages: boxes, places, annotations."""

from typing import TypeAlias

from msgspec import Struct

Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""


class Place(Struct, frozen=True):
    """A rectangle on the page in millimetres from the trim's top left."""

    x: float
    y: float
    width: float = 0.0
    height: float = 0.0


class Boxes(Struct, frozen=True):
    """The boxes of a page. ``trim``, ``bleed`` and ``art`` are the page's own, ``media`` and ``crop`` may be inherited.

    ``broken`` are the keys whose value is no rectangle with an area.
    """

    media: Box | None
    crop: Box | None
    bleed: Box | None
    trim: Box | None
    art: Box | None
    broken: tuple[str, ...]

    @property
    def frame(self) -> Box:
        """What places are counted from: the trim, or the next best box."""
        return self.trim or self.art or self.crop or self.media or (0.0, 0.0, 612.0, 792.0)

    @property
    def edge(self) -> Box:
        """Where the printed page and its bleed end: annotations stay outside."""
        return self.bleed or self.frame


class Annotation(Struct, frozen=True):
    """An annotation with its rectangle, None when it has none or an empty one."""

    subtype: str
    box: Box | None
    place: Place


class Page(Struct, frozen=True):
    """A page by its number from 1. ``keys`` are those entries of its dictionary that checks may object to."""

    number: int
    boxes: Boxes
    rotation: int
    user_unit: float
    keys: frozenset[str]
    annotations: tuple[Annotation, ...]
