"""Colours and the spaces they are counted in."""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

PROCESS: Final = ("Cyan", "Magenta", "Yellow", "Black")
"""The four plates that every page has."""


_NOTHING: Final = 1e-6


class Profile(Struct, frozen=True):
    """An ICC profile by its header (ICC.1, 7.2). ``digest`` tells two apart; ``intact`` is false for a wreck."""

    kind: str
    space: str
    version: int
    components: int | None
    digest: str
    intact: bool


class Space(Struct, frozen=True):
    """A colour space. ``names`` are the colourants of Separation and DeviceN.

    ``remapped``: a default space of the resources stands in for the device space. ``base`` is what an Indexed or a
    Pattern space counts in, ``alternate`` what a Separation falls back to.
    """

    family: str
    components: int
    names: tuple[str, ...] = ()
    base: "Space | None" = None
    alternate: "Space | None" = None
    profile: Profile | None = None
    remapped: bool = False

    def parts(self) -> Iterator["Space"]:
        """The space and the spaces it counts in, without alternates."""
        yield self
        if self.base is not None:
            yield from self.base.parts()


class Colour(Struct, frozen=True):
    """A colour in use. ``inks`` are the tints by plate, 0..1; None when the press decides them (RGB, ICC, patterns)."""

    space: Space
    inks: tuple[tuple[str, float], ...] | None = None

    @property
    def white(self) -> bool:
        """Whether no plate carries it."""
        return self.inks is not None and all(tint <= _NOTHING for _, tint in self.inks)

    @property
    def black_only(self) -> bool:
        """Whether it is solid black on the black plate alone."""
        return (
            self.inks is not None
            and all(tint >= 1 - _NOTHING if plate == "Black" else tint <= _NOTHING for plate, tint in self.inks)
            and any(plate == "Black" for plate, _ in self.inks)
        )

    @property
    def colourants(self) -> int:
        """How many plates carry it; 0 when that is not known."""
        return sum(tint > _NOTHING for _, tint in self.inks or ())

    @property
    def total(self) -> float:
        """Coverage on all plates together, 1.0 for one solid."""
        return sum(tint for _, tint in self.inks or ())

    @property
    def black(self) -> float:
        """Tint on the black plate."""
        return sum(tint for plate, tint in self.inks or () if plate == "Black")

    def __str__(self) -> str:
        if self.inks is None:
            return self.space.family
        shown = [f"{plate[0] if plate in PROCESS else plate + ' '}{tint * 100:.3g}" for plate, tint in self.inks]
        return " ".join(("K" + one[1:] if one[0] == "B" else one) for one in shown)
