"""What a check is given and what it gives back."""

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from msgspec import Struct

from layout.core import MM
from layout.preflight.model import Facts, Intent, Place


class Standard(Struct, frozen=True):
    """What sets the PDF/X levels apart, as far as a number can tell it. ``version`` is the highest allowed."""

    name: str
    title: str
    version: tuple[int, int]
    filters: frozenset[str]


X4: Final = "x4"
X1A: Final = "x1a"

STANDARDS: Final = {
    X4: Standard(X4, "PDF/X-4", (1, 6), frozenset({"LZWDecode", "LZW", "Crypt"})),
    X1A: Standard(X1A, "PDF/X-1a:2003", (1, 4), frozenset({"LZWDecode", "LZW", "Crypt", "JBIG2Decode", "JPXDecode"})),
}
"""Levels by name; ``filters`` are those that a level forbids (ISO 15930-7:2010 and 15930-4:2003)."""


class Limits(Struct, frozen=True):
    """The numbers of a profile: sizes and widths in points, resolutions in ppi, ink as a share (2.4 is 240 %).

    A value at a ``coarse`` or ``low`` limit is still too low, as GWG counts. ``bleed`` in points. ``early_binding``:
    every colour is an ink already. ``spots`` are the spot inks that the press has plates for, None any. The defaults
    are those of GWG 2022, Newspaper Ads CMYK.
    """

    early_binding: bool = True
    spots: frozenset[str] | None = frozenset()
    black_text: float = 12.0
    black_line: float = 2.0
    rich_black: float = 0.85
    rich_total: float = 2.2
    white_text: float = 10.0
    white_text_least: float = 7.0
    ink_text: float = 10.0
    ink_text_least: float = 7.0
    text_least: float = 5.0
    white_line: float = 0.25
    ink_line: float = 0.25
    line_least: float = 0.25
    image_coarse: float = 99.0
    image_low: float = 149.0
    image_fine: float = 450.0
    bitmap_coarse: float = 549.0
    bitmap_low: float = 799.0
    picture_page_coarse: float = 99.0
    picture_page_low: float = 449.0
    image_exempt: int = 16
    ink_pixel: float = 2.4
    ink_share: float = 0.0002
    ink_high: float = 2.2
    ink_square: float = 2.45
    bleed: float = 0.0
    size_tolerance: float = 0.5 * MM


class Case(Struct, frozen=True):
    """A file before its checks."""

    facts: Facts
    standard: Standard
    limits: Limits

    @property
    def press_intent(self) -> Intent | None:
        """The PDF/X output intent; the first when there are several."""
        return next((one for one in self.facts.document.intents if one.subtype == "GTS_PDFX"), None)

    @property
    def press_space(self) -> str:
        """The colour space of the press: CMYK unless the intent's profile says otherwise."""
        intent = self.press_intent
        return intent.profile.space if intent and intent.profile and intent.profile.intact else "CMYK"


class Found(Struct, frozen=True):
    """One thing that a check found."""

    message: str
    page: int | None = None
    place: Place | None = None


Examine: TypeAlias = Callable[[Case], Iterator[Found]]


class Check(Struct, frozen=True):
    """A row of the table of checks.

    ``code`` is stable; ``standards`` are the levels for which it is an error in every profile. What it is in a profile
    beyond that, the profile says. The rationale is the function's docstring.
    """

    code: str
    examine: Examine
    source: str
    hint: str
    standards: frozenset[str] = frozenset()

    @property
    def rationale(self) -> str:
        """Why print cares, in a sentence or two."""
        return " ".join((self.examine.__doc__ or "").split())
