"""Press inks. A colour is what goes on the plates: four tints, 0 (none) to 1 (solid), or a tint of a spot ink."""

from typing import Final, TypeAlias

from msgspec import Struct

Tints: TypeAlias = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black, each 0..1."""


class Spot(Struct, frozen=True):
    """A spot ink 专色 by the name of its plate.

    ``solid`` are the process tints that look most like it at full strength: what is printed where it has no plate.
    """

    name: str
    solid: Tints


class Ink(Struct, frozen=True):
    """A colour: tints of cyan, magenta, yellow and black, each 0..1; or ``tint`` (0..1) of a ``spot`` and none of them.

    The two are never mixed: an item lies on the process plates or on the plate of its spot.
    """

    cyan: float = 0.0
    magenta: float = 0.0
    yellow: float = 0.0
    black: float = 0.0
    spot: Spot | None = None
    tint: float = 0.0

    @property
    def tints(self) -> Tints:
        """The tints of the process inks."""
        return self.cyan, self.magenta, self.yellow, self.black

    @property
    def coverage(self) -> float:
        """Total area coverage, 1.0 for one solid ink."""
        return self.cyan + self.magenta + self.yellow + self.black + self.tint

    @property
    def black_only(self) -> bool:
        """Whether only the black plate carries it: such type and rules overprint."""
        return self.black > 0 and not (self.cyan or self.magenta or self.yellow or self.spot)

    @property
    def process(self) -> "Ink":
        """The same out of the process inks: of a tint of a spot, that share of what its solid looks like."""
        if self.spot is None:
            return self
        return Ink(*_screened(self.spot.solid, self.tint))

    @property
    def grey(self) -> "Ink":
        """The tint of black that looks as dark: what a page printed in black only shows of it.

        The inks darken in the shares of luma that their complements have (ITU-R BT.601).
        """
        if self.spot is not None:
            return self.process.grey
        light = 1 - min(1.0, 0.299 * self.cyan + 0.587 * self.magenta + 0.114 * self.yellow)
        return Ink(black=round(1 - light * (1 - self.black), 4))

    @property
    def colourants(self) -> int:
        """How many plates carry it."""
        return sum(tint > 0 for tint in (*self.tints, self.tint))

    def screened(self, share: float) -> "Ink":
        """A tint of the colour, 0..1 of it."""
        if self.spot is not None:
            return Ink(spot=self.spot, tint=round(share * self.tint, 6))
        return Ink(*_screened(self.tints, share))


def _screened(tints: Tints, share: float) -> Tints:
    cyan, magenta, yellow, black = (round(share * tint, 6) for tint in tints)
    return cyan, magenta, yellow, black


BLACK: Final = Ink(black=1.0)
WHITE: Final = Ink()
