"""What the interpreter tells: every mark with its geometry in default user space."""

from msgspec import Struct

from layout.preflight.content.matrix import Corner, Matrix
from layout.preflight.model import Box, Colour, Flaw, Font, Kind, Space, Trait
from layout.preflight.objects import Value


class Mark(Struct, frozen=True):
    """One mark. ``box`` is cut to the clip; ``outline`` is the shape before that. For the rest see ``Paint``."""

    kind: Kind
    colour: Colour
    size: float
    font: str
    asks: bool
    overprints: bool
    alpha: float
    box: Box
    outline: tuple[Corner, ...]


class Picture(Struct, frozen=True):
    """One use of a picture under ``matrix`` (unit square to page); ``source`` is its stream, None for an inline one."""

    width: int
    height: int
    bits: int
    stencil: bool
    space: Space | None
    soft_mask: bool
    overprints: bool
    alpha: float
    colour: Colour
    matrix: Matrix
    box: Box
    source: Value


class Sink:
    """Takes what the interpreter tells; this one forgets it. Boxes are in default user space."""

    def mark(self, mark: Mark) -> None:
        """Something is painted."""

    def picture(self, picture: Picture) -> None:
        """A picture is painted."""

    def font(self, font: Font, *, visible: bool, box: Box) -> None:
        """A font is used for text."""

    def use(self, trait: Trait, detail: str, box: Box) -> None:
        """A trait comes into use."""

    def group(self, role: str, space: Space | None) -> None:
        """A transparency group is entered."""

    def defect(self, flaw: Flaw, detail: str) -> None:
        """Something in the stream is wrong."""

    def filters(self, names: tuple[str, ...]) -> None:
        """An inline image names its filters."""
