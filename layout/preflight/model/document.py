"""The file as a whole, and all facts of a file together."""

from enum import StrEnum

from msgspec import Struct

from layout.preflight.model.colour import Profile
from layout.preflight.model.content import Coverage, Defect, FontUse, Group, Image, Paint, Use
from layout.preflight.model.page import Page


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


class Trace(Struct, frozen=True):
    """A feature that was found, with its detail and how often."""

    feature: Feature
    detail: str
    count: int


class Intent(Struct, frozen=True):
    """An output intent of the catalog. ``same_profile``: its profile is the very object of the first PDF/X intent's."""

    subtype: str
    condition: str
    registry: str
    info: str
    profile: Profile | None
    same_profile: bool


class Metadata(Struct, frozen=True):
    """The document's XMP packet: values by prefix and local name (``xmp:CreateDate``); ``fault`` when it is no XMP."""

    values: tuple[tuple[str, str], ...] = ()
    fault: str = ""
    filtered: bool = False

    def get(self, key: str) -> str | None:
        """The value of ``prefix:name``; None when there is none."""
        return next((value for name, value in self.values if name == key), None)


class Info(Struct, frozen=True):
    """The Info dictionary: text values, Trapped as written, and the keys whose value is no text."""

    texts: tuple[tuple[str, str], ...] = ()
    trapped: str | None = None
    strange: tuple[str, ...] = ()

    def get(self, key: str) -> str | None:
        """The text of a key; None when there is none."""
        return next((value for name, value in self.texts if name == key), None)


class Layers(Struct, frozen=True):
    """Optional content: names of its configurations (None: unnamed), whether one has an /AS, what is switched off."""

    configurations: tuple[str | None, ...]
    automatic: bool
    alternatives: bool
    hidden: tuple[str, ...]


class Document(Struct, frozen=True):
    """The file as a whole. ``version`` is the higher of header's and catalog's; ``weights`` are bytes by kind."""

    version: tuple[int, int]
    object_streams: bool
    encrypted: bool
    identified: bool
    damage: tuple[str, ...]
    info: Info
    metadata: Metadata | None
    intents: tuple[Intent, ...]
    layers: Layers | None
    weights: tuple[tuple[str, int], ...] = ()


class Shortfall(Struct, frozen=True):
    """Something that was not read to its end; page 0 when it is the file's."""

    page: int
    what: str


class Facts(Struct, frozen=True):
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
    coverage: tuple[Coverage, ...] = ()
