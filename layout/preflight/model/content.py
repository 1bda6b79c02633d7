"""What pages paint, and with what."""

from enum import StrEnum

from msgspec import Struct

from layout.preflight.model.colour import Colour, Space
from layout.preflight.model.page import Place


class Kind(StrEnum):
    """What a mark is."""

    TEXT = "text"
    INVISIBLE = "invisible text"
    FILL = "area"
    STROKE = "line"
    STENCIL = "stencil mask"
    SHADING = "shading"


class Paint(Struct, frozen=True):
    """Marks that are alike, as a group: where the first stands and how many there are.

    ``size`` in points as printed, under text matrix and CTM: the height of type, the width of a line, the smaller
    side of a filled rectangle, infinite for any other area. ``overprints``: on paper, so a DeviceCMYK colour only with
    OPM 1. ``asks``: the overprint parameter itself. ``printed``: reaches into the trim.
    """

    page: int
    kind: Kind
    colour: Colour
    size: float
    font: str
    asks: bool
    overprints: bool
    printed: bool
    place: Place
    count: int


class Image(Struct, frozen=True):
    """One use of a picture; ``ppi`` is the lower of its two resolutions as printed, ``space`` None for a stencil mask.

    ``covers``: the page's trim, nearly all of it.
    """

    page: int
    width: int
    height: int
    bits: int
    stencil: bool
    space: Space | None
    ppi: float
    soft_mask: bool
    printed: bool
    covers: bool
    overprints: bool
    place: Place
    count: int


class Font(Struct, frozen=True):
    """A font of the file. ``program`` is the key and subtype under which it is embedded, empty when it is not.

    ``sound``: the program starts like what it claims to be. ``cid_map``: a CIDFontType2 says which glyph a CID is.
    """

    name: str
    subtype: str
    program: str
    sound: bool
    cid_map: bool
    encoding_known: bool


class FontUse(Struct, frozen=True):
    """A font that paints on a page, also invisibly."""

    page: int
    font: Font
    visible: bool
    place: Place


class Trait(StrEnum):
    """Things that a page does beside painting."""

    SOFT_MASK = "soft mask"
    IMAGE_MASK = "soft mask of a picture"
    ALPHA = "opacity"
    BLEND = "blend mode"
    GROUP = "transparency group"
    POSTSCRIPT = "PostScript"


class Use(Struct, frozen=True):
    """A trait in use: ``detail`` says which or how much."""

    page: int
    trait: Trait
    detail: str
    place: Place


class Group(Struct, frozen=True):
    """A transparency group's blend space, None when it names none. ``role``: page, form or luminosity mask."""

    page: int
    role: str
    space: Space | None


class Flaw(StrEnum):
    """What can be wrong with a content stream."""

    OPERATOR = "unknown operator"
    OPERANDS = "bad operands"
    NESTING = "unbalanced state"
    RESOURCE = "missing resource"
    STREAM = "unreadable stream"
    LOOP = "loop"
    DEPTH = "too deep"
    SPACE = "broken colour space"


class Defect(Struct, frozen=True):
    """A flaw of a page's content, how often, and its first instance."""

    page: int
    flaw: Flaw
    detail: str
    count: int


class Coverage(Struct, frozen=True):
    """Total ink inside the trim of a page, 1.0 for one solid. ``method`` says where the plates come from.

    ``peak``: the highest pixel; ``above``: the share of the area above ``limit``; ``square``: the highest mean of a 15
    mm square. ``dpi`` is the plates' resolution.
    """

    page: int
    method: str
    dpi: float
    limit: float
    peak: float
    peak_place: Place
    above: float
    square: float
    square_place: Place
