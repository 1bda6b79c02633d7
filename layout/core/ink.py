"""Press inks. A colour is what goes on the plates: four tints, 0 (none) to 1 (solid)."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Ink:
    """A process colour: tints of cyan, magenta, yellow and black, each 0..1."""

    cyan: float = 0.0
    magenta: float = 0.0
    yellow: float = 0.0
    black: float = 0.0

    @property
    def coverage(self) -> float:
        """Total area coverage, 1.0 for one solid ink."""
        return self.cyan + self.magenta + self.yellow + self.black

    @property
    def black_only(self) -> bool:
        """Whether only the black plate carries it: such type and rules overprint."""
        return self.black > 0 and not (self.cyan or self.magenta or self.yellow)

    @property
    def grey(self) -> "Ink":
        """The tint of black that looks as dark: what a page printed in black only shows of it.

        The inks darken in the shares of luma that their complements have (ITU-R BT.601).
        """
        light = 1 - min(1.0, 0.299 * self.cyan + 0.587 * self.magenta + 0.114 * self.yellow)
        return Ink(black=round(1 - light * (1 - self.black), 4))

    @property
    def colourants(self) -> int:
        """How many plates carry it."""
        return sum(tint > 0 for tint in (self.cyan, self.magenta, self.yellow, self.black))


BLACK: Final = Ink(black=1.0)
WHITE: Final = Ink()
