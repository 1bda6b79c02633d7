"""A house style: every measure, face and ink that the paper decides once. All lengths are points."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal, TypeAlias

from msgspec import Struct, field

from layout.core import Ink, Insets, Pt, Size, Span, Spot
from layout.core.placed import Placed
from layout.house.palette import use_of
from layout.house.plant import InkRules, Marks, Press, Sharpening, Signoff, Spread

__all__ = [
    "STYLE_NAMES",
    "Ads",
    "Align",
    "Copyfit",
    "Corner",
    "FaceRef",
    "Furniture",
    "Grid",
    "HeadBlock",
    "House",
    "InkRules",
    "Marks",
    "PhotoBlock",
    "Press",
    "RuleStyle",
    "SectionHead",
    "Sharpening",
    "Signoff",
    "Spread",
    "TableBlock",
    "TypeStyle",
    "VerticalStory",
]

STYLE_NAMES = (
    "body",
    "headline",
    "kicker",
    "deck",
    "byline",
    "subhead",
    "subhead-long",
    "caption",
    "credit",
    "table",
    "table-head",
    "table-title",
    "table-note",
    "folio",
    "folio-number",
    "slug",
    "ad-label",
)
"""The kinds of copy that every house style must say how to set."""

Align: TypeAlias = Literal["justify", "start", "centre", "end"]
Corner: TypeAlias = Literal["top-left", "top-right", "bottom-left", "bottom-right"]


class FaceRef(Placed, frozen=True):
    """A face by file: ``index`` in a collection, ``axes`` fixed in a variable font; ``span`` is where it is named."""

    path: Path
    index: int = 0
    axes: tuple[tuple[str, float], ...] = ()


class Grid(Struct, frozen=True):
    """The page's grid: base columns of whole characters, and lines at one pitch.

    The type area stands at ``margins.left`` and ``margins.top`` from the trim; it is
    ``columns * characters + (columns - 1) * gutter`` characters of ``size`` wide and ``lines`` pitches high (the
    last line without its leading). On a spread the gutter in the middle is ``fold`` points wide and lies on the fold;
    0 on a single page.
    """

    columns: int
    characters: int
    gutter: float  # characters
    lines: int
    size: Pt
    pitch: Pt
    margins: Insets
    fold: Pt = 0.0

    @property
    def width(self) -> Pt:
        """Width of the type area."""
        natural = (self.columns * self.characters + (self.columns - 1) * self.gutter) * self.size
        return natural + (self.fold - self.gutter * self.size if self.fold else 0.0)


class TypeStyle(Struct, frozen=True):
    """How one kind of copy is set.

    ``role`` names the chain of faces; ``leading`` is the pitch of its own lines where they do not stand on the body
    grid; ``ink`` is a name of the palette; ``indent`` and ``tracking`` are in em of ``size``; ``lines_min`` and the
    like belong to the blocks, not here.
    """

    role: str
    size: Pt
    leading: Pt
    ink: str
    align: Align = "justify"
    indent: float = 0.0
    tracking: float = 0.0
    level: str = "news"
    punctuation: str = "quanjiao"
    han_latin: float = 0.25
    hyphenate: bool = True


class RuleStyle(Struct, frozen=True):
    """A rule (线): one stroke, or a pair (文武线) when ``second`` is above 0, ``gap`` apart."""

    width: Pt
    ink: str
    second: Pt = 0.0
    gap: Pt = 0.0
    dash: tuple[Pt, ...] = ()


class HeadBlock(Struct, frozen=True):
    """The headline block: space in whole body lines around its parts, limits of the fit (rule H-7)."""

    lines_above: int
    lines_below: int
    gap: Pt  # between kicker, headline, deck and byline
    size_step: float  # the size of a part may change by this share either way
    tracking_min: float
    tracking_max: float
    scale_min: float  # its shapes may be condensed and widened to these shares of their width
    scale_max: float
    lines_max: int  # lines of one part
    align: Align
    tint: str | None = None  # a ground behind the block


class SectionHead(Struct, frozen=True):
    """A section head (小标题): a unit of whole grid lines set apart by rules and colour.

    ``lines`` is its height; a clause longer than ``short`` characters is the long phrase and gets its own line;
    ``keep`` body lines must follow it in the column.
    """

    lines: int
    short: int
    keep: int
    rule: str | None
    tint: str | None


class PhotoBlock(Struct, frozen=True):
    """Photographs: their frame, their caption, and how far their height may move to fit the copy."""

    aspect: float  # width over height when nothing else decides
    lines_min: int
    caption_gap: Pt  # picture to caption
    lines_after: int  # blank body lines between caption and text
    frame: str | None  # a rule round the picture
    stretch: int  # lines that copyfitting may add to a row of pictures
    shrink: int  # lines that it may take away


class TableBlock(Struct, frozen=True):
    """Tables of figures (表格): their rules and grounds; names of ``rules`` and of the palette, None for none.

    ``head`` stands above the head rows, ``line`` below them, ``foot`` below the last row; ``row`` between rows,
    ``column`` between columns. ``tint`` lies under the head rows, ``stripe`` under every other row. ``split`` lets a
    table in the text go on in the next column, its head again above.
    """

    gap: float = 0.8  # least space between columns, em of the table's type
    words: float = 4.0  # cells are not made narrower than this for the sake of others, em
    space: int = 1  # blank body lines between a table and the text
    split: bool = False
    head: str | None = None
    line: str | None = None
    foot: str | None = None
    row: str | None = None
    column: str | None = None
    tint: str | None = None
    stripe: str | None = None


class Ads(Struct, frozen=True):
    """Advertisements: the mark that the law asks for (广告法, article 14), and how well they must fit their areas.

    ``tolerance``: the size of an ad may differ from its area's by so much on each axis; it is brought to it exactly.
    ``scale_min`` and ``scale_max`` are the limits of ``fit: scale``.
    """

    label: str
    corner: Corner  # of the ad, where the label stands
    frame: str | None  # a rule round the ad
    tolerance: Pt
    scale_min: float
    scale_max: float


class VerticalStory(Struct, frozen=True):
    """Vertical stories (竖排): how figures (rule V-4) and quotes (V-3) stand, what parts two tiers, their pitch."""

    profile: str
    gutter: float  # body characters
    rule: str | None
    pitch: Pt | None = None  # None: the grid's, in proportion to the body's size
    quotes: str = "double-first"


class Copyfit(Struct, frozen=True):
    """How a story is made to end with its columns: limits, in whole lines."""

    head_stretch: int  # lines of space that the headline block may gain
    head_shrink: int
    short: int  # lines by which the last column may stay short without a warning


class Furniture(Struct, frozen=True):
    """The folio line (报眉) and its rule: templates for the page number at the outer edge, left, centre and right."""

    folio_number: str
    folio_left: str
    folio_centre: str
    folio_right: str
    folio_offset: Pt  # baseline above the type area
    rule: str
    rule_offset: Pt  # above the type area
    column_rule: str | None  # between text columns
    slug: str  # the line for the plant, outside the trim
    over_picture: str = "white"  # ink of a folio line that stands on a picture


class House(Struct, frozen=True):
    """One resolved house style.

    ``places`` holds where inks, styles and rules are written (``palette.red``, ``styles.deck.ink``, ``rules.thin``), as
    far as they do not come from a built-in style; findings name them, so they count in what a kept page is known by.
    """

    name: str
    trim: Size
    bleed: Pt
    grid: Grid
    faces: Mapping[str, tuple[FaceRef, ...]]  # role -> faces, the first that has the character sets it
    palette: Mapping[str, Ink]
    styles: Mapping[str, TypeStyle]  # by STYLE_NAMES
    rules: Mapping[str, RuleStyle]
    head: HeadBlock
    section: SectionHead
    photo: PhotoBlock
    ads: Ads
    vertical: VerticalStory
    copyfit: Copyfit
    furniture: Furniture
    marks: Marks
    press: Press
    standard: str
    preflight: str  # the profile of checks for press files and ads
    signoff: Signoff
    table: TableBlock = TableBlock()
    spread: Spread = Spread()
    places: Mapping[str, Span] = field(default_factory=dict)

    def place(self, settings: Iterable[str], otherwise: Span) -> Span:
        """Where the first of the settings is written that does not come from a built-in style."""
        return next((self.places[one] for one in settings if one in self.places), otherwise)

    def refuses(self, spot: Spot) -> bool:
        """Whether the press condition has no plate for a spot ink."""
        return use_of(spot, self.press.spots) == "refuse"
