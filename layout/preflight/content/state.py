"""The graphics state (ISO 32000-1, 8.4.1 and 9.3.1), as far as print cares."""

from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from layout.preflight.content.matrix import EVERYWHERE, IDENTITY, Matrix
from layout.preflight.model import Box, Colour, Space

if TYPE_CHECKING:
    from layout.preflight.content.fonts import LoadedFont

GRAY: Final = Space("DeviceGray", 1)
BLACK: Final = Colour(GRAY, (("Black", 1.0),))


class Pen(Struct):
    """One of the two sets of colour parameters: for filling or for stroking."""

    space: Space = GRAY
    colour: Colour = BLACK
    overprint: bool = False
    alpha: float = 1.0

    def copy(self) -> "Pen":
        """The same parameters, to be changed by themselves."""
        return Pen(self.space, self.colour, self.overprint, self.alpha)


class State(Struct):
    """The state that q keeps and Q brings back. ``clip`` is a box round the clipping path, in default user space."""

    ctm: Matrix = IDENTITY
    clip: Box = EVERYWHERE
    fill: Pen = field(default_factory=Pen)
    stroke: Pen = field(default_factory=Pen)
    width: float = 1.0
    overprint_mode: int = 0
    font: "LoadedFont | None" = None
    size: float = 0.0
    character_space: float = 0.0
    word_space: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0

    def saved(self) -> "State":
        """A copy that later operators do not change."""
        return State(
            self.ctm,
            self.clip,
            self.fill.copy(),
            self.stroke.copy(),
            self.width,
            self.overprint_mode,
            self.font,
            self.size,
            self.character_space,
            self.word_space,
            self.scale,
            self.leading,
            self.rise,
            self.mode,
        )

    def overprints(self, pen: Pen) -> bool:
        """Whether what lies below on other plates survives.

        A DeviceCMYK colour sets all four plates, its zeros too, unless OPM is 1 (ISO 32000-1, 8.6.7).
        """
        return pen.overprint and (pen.space.family != "DeviceCMYK" or self.overprint_mode == 1)
