"""What was read from a file: small frozen facts. Checks see these and nothing else.

Boxes are in default user space (points, y up) as the file has them; a ``Place`` is where a reader finds something:
millimetres from the trim's top left corner, x right, y down.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeAlias

Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""

PROCESS: Final = ("Cyan", "Magenta", "Yellow", "Black")
"""The four plates that every page has."""

_NOTHING: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle on the page in millimetres from the trim's top left."""

    x: float
    y: float
    width: float = 0.0
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class Profile:
    """An ICC profile by its header (ICC.1, 7.2). ``digest`` tells two apart; ``intact`` is false for a wreck."""

    kind: str
    space: str
    version: int
    components: int | None
    digest: str
    intact: bool


@dataclass(frozen=True, slots=True)
class Space:
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


@dataclass(frozen=True, slots=True)
class Colour:
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


class Kind(StrEnum):
    """What a mark is."""

    TEXT = "text"
    INVISIBLE = "invisible text"
    FILL = "area"
    STROKE = "line"
    STENCIL = "stencil mask"
    SHADING = "shading"


@dataclass(frozen=True, slots=True)
class Paint:
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


@dataclass(frozen=True, slots=True)
class Image:
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


@dataclass(frozen=True, slots=True)
class Font:
    """A font of the file. ``program`` is the key and subtype under which it is embedded, empty when it is not.

    ``sound``: the program starts like what it claims to be. ``cid_map``: a CIDFontType2 says which glyph a CID is.
    """

    name: str
    subtype: str
    program: str
    sound: bool
    cid_map: bool
    encoding_known: bool


@dataclass(frozen=True, slots=True)
class FontUse:
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


@dataclass(frozen=True, slots=True)
class Use:
    """A trait in use: ``detail`` says which or how much."""

    page: int
    trait: Trait
    detail: str
    place: Place


@dataclass(frozen=True, slots=True)
class Group:
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


@dataclass(frozen=True, slots=True)
class Defect:
    """A flaw of a page's content, how often, and its first instance."""

    page: int
    flaw: Flaw
    detail: str
    count: int


@dataclass(frozen=True, slots=True)
class Boxes:
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


@dataclass(frozen=True, slots=True)
class Annotation:
    """An annotation with its rectangle, None when it has none or an empty one."""

    subtype: str
    box: Box | None
    place: Place


@dataclass(frozen=True, slots=True)
class Page:
    """A page by its number from 1. ``keys`` are those entries of its dictionary that checks may object to."""

    number: int
    boxes: Boxes
    rotation: int
    user_unit: float
    keys: frozenset[str]
    annotations: tuple[Annotation, ...]


class Feature(StrEnum):
    """Things in a file that have no business in print."""

    ACTION = "action"
    JAVASCRIPT = "JavaScript"
    FORM_FIELD = "form field"
    XFA = "XFA form"
    ATTACHMENT = "attached file"
    EXTERNAL = "stream in another file"
    POSTSCRIPT = "PostScript XObject"
    OPI = "OPI comment"
    ALTERNATES = "alternate image"
    REFERENCE = "reference XObject"
    TRANSFER = "transfer curve"
    HALFTONE_ORIGIN = "halftone phase"
    HALFTONE = "halftone"
    FILTER = "filter"
    VIEW_AREA = "view area"


@dataclass(frozen=True, slots=True)
class Trace:
    """A feature that was found, with its detail and how often."""

    feature: Feature
    detail: str
    count: int


@dataclass(frozen=True, slots=True)
class Intent:
    """An output intent of the catalog. ``same_profile``: its profile is the very object of the first PDF/X intent's."""

    subtype: str
    condition: str
    registry: str
    info: str
    profile: Profile | None
    same_profile: bool


@dataclass(frozen=True, slots=True)
class Metadata:
    """The document's XMP packet: values by prefix and local name (``xmp:CreateDate``); ``fault`` when it is no XMP."""

    values: tuple[tuple[str, str], ...] = ()
    fault: str = ""
    filtered: bool = False

    def get(self, key: str) -> str | None:
        """The value of ``prefix:name``; None when there is none."""
        return next((value for name, value in self.values if name == key), None)


@dataclass(frozen=True, slots=True)
class Info:
    """The Info dictionary: text values, Trapped as written, and the keys whose value is no text."""

    texts: tuple[tuple[str, str], ...] = ()
    trapped: str | None = None
    strange: tuple[str, ...] = ()

    def get(self, key: str) -> str | None:
        """The text of a key; None when there is none."""
        return next((value for name, value in self.texts if name == key), None)


@dataclass(frozen=True, slots=True)
class Layers:
    """Optional content: names of its configurations (None: unnamed), whether one has an /AS, what is switched off."""

    configurations: tuple[str | None, ...]
    automatic: bool
    alternatives: bool
    hidden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The file as a whole. ``version`` is the higher of header's and catalog's."""

    version: tuple[int, int]
    object_streams: bool
    encrypted: bool
    identified: bool
    damage: tuple[str, ...]
    info: Info
    metadata: Metadata | None
    intents: tuple[Intent, ...]
    layers: Layers | None


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Something that was not read to its end; page 0 when it is the file's."""

    page: int
    what: str


@dataclass(frozen=True, slots=True)
class Coverage:
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


@dataclass(frozen=True, slots=True)
class Facts:
    """All that checks know of a file."""

    document: Document
    pages: tuple[Page, ...]
    paints: tuple[Paint, ...] = ()
    images: tuple[Image, ...] = ()
    fonts: tuple[FontUse, ...] = ()
    uses: tuple[Use, ...] = ()
    groups: tuple[Group, ...] = ()
    defects: tuple[Defect, ...] = ()
    traces: tuple[Trace, ...] = ()
    shortfalls: tuple[Shortfall, ...] = ()
    coverage: tuple[Coverage, ...] = field(default=())
