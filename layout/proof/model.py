"""What a proof shows of a page, as plain data. Lengths are points from the trim's top left, y down."""

import hashlib
from pathlib import Path

from msgspec import Struct

from layout.core import Pt, Rect, Size


class GridLines(Struct, frozen=True):
    """The page's grid: type area, left and right of every base column, every baseline, what is safe from the knife."""

    type_area: Rect
    columns: tuple[tuple[Pt, Pt], ...]
    baselines: tuple[Pt, ...]
    pitch: Pt
    safe: Rect


class Line(Struct, frozen=True):
    """One line as set. ``number`` counts the body's lines from 1 and is 0 for other copy.

    ``opened`` is how far the line's characters stand apart beyond their own width, in em; negative when they were
    drawn together.
    """

    role: str
    number: int
    text: str
    rect: Rect
    opened: float = 0.0
    vertical: bool = False


class Edit(Struct, frozen=True):
    """One change that normalising made: the rule, the copy before and after with what stands round it."""

    code: str
    before: str
    after: str
    left: str
    right: str
    summary: str


class Fit(Struct, frozen=True):
    """How a story fits, in lines and characters over (多, positive) or short (欠, negative).

    ``written_*`` is before copyfitting, ``left_*`` what remains; ``head``, ``bands`` and ``foot`` are the lines that
    the headline, the bands of pictures and the columns' foot gave or took.
    """

    written_lines: int
    written_characters: int
    left_lines: int
    left_characters: int
    head: int
    bands: tuple[int, ...]
    foot: int


class Story(Struct, frozen=True):
    """A story on its page: its frame and text columns, its galley (小样), what found no place, what normalising did."""

    slug: str
    rect: Rect
    columns: tuple[Rect, ...]
    fit: Fit
    lines: tuple[Line, ...]
    overset: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()


class Photo(Struct, frozen=True):
    """A photograph: pixels of its file, the part that shows (fractions), resolution at its printed size.

    ``ppi`` is 0 and ``pixels`` are (0, 0) for a file that cannot be shown.
    """

    name: str
    story: str
    rect: Rect
    crop: Rect
    pixels: tuple[int, int]
    ppi: float
    grey: bool
    digest: str


class Advert(Struct, frozen=True):
    """An advertisement: its place, how much larger than its own size it prints, the checksum of its file.

    ``findings`` are the codes of what its preflight found.
    """

    name: str
    rect: Rect
    scale: float
    digest: str
    findings: tuple[str, ...] = ()


class Fault(Struct, frozen=True):
    """One finding with its place in the issue's files and, where it has one, on the page.

    ``rule`` is what a finding of the preflight goes back to (ISO 15930-7, GWG 2022 R0035); the issue's have none.
    """

    severity: str
    code: str
    message: str
    hint: str
    place: str
    story: str
    rect: Rect | None
    rule: str = ""


def fingerprint(jpeg: bytes) -> bytes:
    """What a photograph's content is known by."""
    return hashlib.sha256(jpeg).digest()


class Printed(Struct, frozen=True):
    """One page as it is printed: its PDF (one page), the place of the trim on its medium, the press it is made for.

    ``profile`` is the ICC profile of the press, ``ink_limit`` its total ink (2.4 for 240 %), ``standard`` the PDF/X
    level that the file has (x4, x1a). ``photographs`` are those in four inks that stand on it with nothing showing
    through, by the ``fingerprint`` of their JPEGs.
    """

    folio: int
    pdf: bytes
    at: Rect
    profile: Path
    press: str
    ink_limit: float
    standard: str
    photographs: frozenset[bytes] = frozenset()


class ProofPage(Printed, frozen=True, kw_only=True):
    """One page to be proofed, with what the desk wants to know of it; ``judged``: the preflight has seen its file.

    ``name`` is what the desk calls it: 4, or 4-5 for a spread, which has its ``fold`` at that x.
    """

    name: str
    title: str
    fold: Pt | None
    trim: Size
    bleed: Pt
    grid: GridLines
    stories: tuple[Story, ...]
    photos: tuple[Photo, ...]
    faults: tuple[Fault, ...]
    resolution_warn: float
    resolution_min: float
    ads: tuple[Advert, ...] = ()
    judged: bool = True
