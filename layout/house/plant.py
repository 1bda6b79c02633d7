"""What a house style settles with its printing plant: press, marks, spreads, sign-offs. Lengths are points."""

from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from layout.core import MM, Pt
from layout.core.placed import Placed
from layout.house.palette import Spots


class Sharpening(Struct, frozen=True):
    """Unsharp masking of pictures at press size: ``radius`` on paper, ``amount`` 1.2 for 120 %, ``threshold`` 0..255.

    Without a radius it is half a cell of the screen. An amount of 0 leaves pictures as they are.
    """

    radius: Pt | None = None
    amount: float = 0.0
    threshold: int = 3


class InkRules(Struct, frozen=True):
    """What type and rules the press holds (GWG 2022, R0009 to R0019; plants' terms).

    Smaller than ``_warn`` is a warning, smaller than ``_min`` an error: type out of several inks, and type reversed out
    of a ground. Black type from ``knockout`` on does not overprint pictures and grounds that are full of ink.
    """

    inks_warn: Pt = 10.0
    inks_min: Pt = 7.0
    reversed_warn: Pt = 10.0
    reversed_min: Pt = 7.0
    knockout: Pt = 24.0
    rule_inks_min: Pt = 0.25
    rule_min: Pt = 0.25


class Press(Placed, frozen=True):
    """A press condition: the output intent and what pictures and ink must respect.

    ``span`` is where its profile is named.
    """

    name: str
    profile: Path
    condition: str  # output condition identifier
    registry: str
    info: str
    ink_limit: float  # total area coverage, 2.4 for 240 %
    resolution: float  # ppi that pictures are brought to
    resolution_warn: float
    resolution_min: float
    jpeg_quality: int
    intent: Literal["perceptual", "relative"]
    grey: bool = False  # the page is printed in black only
    spots: Spots = "refuse"  # what becomes of spot inks
    screen: float = 100.0  # halftone lines an inch
    sharpen: Sharpening = Sharpening()
    ink_rules: InkRules = InkRules()


class Marks(Struct, frozen=True):
    """Marks outside the trim. ``margin`` is the paper added round the bleed when there are marks.

    ``centre``: lines at the middle of each side; ``folds_across`` and ``folds_down``: dashed ones where the page is
    folded, from the trim's upper and left edge. ``bar``: the colour bar; ``inks``: the name of each ink, in it.
    """

    crop: bool
    registration: bool
    slug: bool
    margin: Pt
    offset: Pt  # crop marks start this far from the trim
    length: Pt
    weight: Pt
    centre: bool = False
    bar: bool = False
    inks: bool = False
    folds_across: tuple[Pt, ...] = ()
    folds_down: tuple[Pt, ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything stands outside the bleed."""
        drawn = (self.crop, self.registration, self.slug, self.centre, self.bar, self.inks)
        return any(drawn) or bool(self.folds_across or self.folds_down)

    def off(self) -> "Marks":
        """None of them."""
        none = Marks(crop=False, registration=False, slug=False, margin=0.0, offset=0.0, length=0.0, weight=0.0)
        return replace(none, margin=self.margin, offset=self.offset, length=self.length, weight=self.weight)


class Spread(Struct, frozen=True):
    """Two facing pages made up as one (跨版, 通版), and what the plant gets of them.

    ``gutter`` is what columns keep clear over the fold. ``files``: each page by itself (``halves``), or both on one
    page twice as wide (``whole``). A half runs on over the fold by ``overlap``.
    """

    gutter: Pt = 12 * MM
    files: Literal["halves", "whole"] = "halves"
    overlap: Pt = 0.0


class Signoff(Struct, frozen=True):
    """Who must sign before press files may leave the house (三审制): the stages in order, first to last.

    ``same_person`` allows one person to sign for more than one stage.
    """

    roles: tuple[str, ...]
    same_person: bool = False
