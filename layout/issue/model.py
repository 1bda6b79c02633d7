"""What the desk wrote, read and checked: pages, stories, photographs, each with its place in the file."""

from datetime import date
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from msgspec import Struct

from layout.core import NOWHERE, Span

Edge: TypeAlias = Literal["top", "bottom", "right", "left"]
Fit: TypeAlias = Literal["exact", "scale"]
Side: TypeAlias = Literal["left", "right"]
CellAlign: TypeAlias = Literal["start", "centre", "end"]
Direction: TypeAlias = Literal["horizontal", "vertical"]
PageEdge: TypeAlias = Literal["top", "right", "bottom", "left"]
Overrides: TypeAlias = tuple[tuple[Any, Span], ...]
"""House-style settings given where they are used: (mapping, place), outermost first.

The mapping is a ``layout.source.Table``, which knows the place of every setting in it.
"""


class Passage(Struct, frozen=True):
    """One paragraph of copy as typed, not yet normalised, on one line.

    ``role`` is a role of ``layout normalise``: body, headline, kicker, deck, subhead, byline, caption, credit, table.
    ``as_typed`` says that the desk wants it as typed: it is not brought into press orthography.
    ``span`` is the place of its first character. ``breaks`` are the offsets where the place does not simply go on
    one column further (the paragraph goes on in the next line of the file, an escape), each with its place.
    """

    role: str
    text: str
    span: Span
    breaks: tuple[tuple[int, Span], ...] = ()
    as_typed: bool = False

    @property
    def orthography(self) -> str:
        """The role by which it is normalised."""
        return "as-typed" if self.as_typed else self.role

    def at(self, offset: int) -> Span:
        """The place in the file of the character at ``offset`` of ``text``."""
        start, place = 0, self.span
        for begins, span in self.breaks:
            if begins <= offset:
                start, place = begins, span
        return Span(place.path, place.line, place.column + offset - start)


class Area(Struct, frozen=True):
    """A part of the page's grid: base columns and body lines, counted from 1, inclusive."""

    first_column: int
    last_column: int
    first_line: int
    last_line: int
    span: Span = NOWHERE

    @property
    def columns(self) -> int:
        """How many base columns."""
        return self.last_column - self.first_column + 1

    @property
    def lines(self) -> int:
        """How many body lines."""
        return self.last_line - self.first_line + 1


class Cell(Struct, frozen=True):
    """A place in a story's area: text column (in a vertical story: tier) and line, counted from 1."""

    column: int
    line: int


class Photo(Struct, frozen=True):
    """A photograph in a story. What is left out (None) the engine decides.

    ``columns`` is its width in text columns, ``lines`` the picture's height in body lines (caption not counted),
    ``focus`` the point (fractions 0..1 from the top left) that a crop keeps in view. In a vertical story ``tiers`` is
    its height in tiers (caption counted), ``lines`` its width in lines, and it stands ``right`` or ``left``. At the
    page's edges in ``bleed`` it runs on over the trim (出血图).
    """

    file: Path
    span: Span
    caption: Passage | None = None
    columns: int | None = None
    tiers: int | None = None
    lines: int | None = None
    at: Cell | Edge | None = None
    focus: tuple[float, float] = (0.5, 0.5)
    bleed: tuple[PageEdge, ...] = ()


class Spread(NamedTuple):
    """Columns and rows that a cell of a table goes over (合并单元格)."""

    columns: int
    rows: int


ONE: Final = Spread(1, 1)
"""A cell by itself."""


class TableRow(Struct, frozen=True):
    """A row of a table: a cell for each column, None where nothing was typed.

    A row of one cell goes over all columns (分组行). ``ruled`` says that the desk wants a rule below it. ``spreads``
    are the cells that go over several columns or rows, by their column; what they cover is None.
    """

    cells: tuple[Passage | None, ...]
    span: Span
    ruled: bool = False
    spreads: tuple[tuple[int, Spread], ...] = ()

    def spread(self, column: int) -> Spread:
        """How many columns and rows the cell that begins in a column goes over."""
        return dict(self.spreads).get(column, ONE)


class TableCopy(Struct, frozen=True):
    """A table of figures 表格 as typed. What is left out (None) the engine decides.

    ``heads`` are the rows above the head rule; ``aligns`` holds one entry a column, None where the engine decides by
    what stands in it. ``unit`` is the line that says what the figures count (单位：万元). ``columns`` is its width in
    text columns. ``before`` is the number of the passage of the story's text that it stands before; None for a table
    that has a place of its own in the story, like a photograph.
    """

    span: Span
    heads: tuple[TableRow, ...]
    rows: tuple[TableRow, ...]
    aligns: tuple[CellAlign | None, ...]
    title: Passage | None = None
    unit: Passage | None = None
    note: tuple[Passage, ...] = ()
    columns: int | None = None
    at: Cell | Edge | None = None
    before: int | None = None

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All of its copy in reading order."""
        cells = (cell for row in (*self.heads, *self.rows) for cell in row.cells)
        return tuple(each for each in (self.title, self.unit, *cells, *self.note) if each is not None)


class Box(Struct, frozen=True):
    """A frame round a story: rule and tint are names of the house style."""

    rule: str | None = None
    tint: str | None = None


class HeadPlace(Struct, frozen=True):
    """Where a story's head stands: over its first ``columns`` text columns (串文), or over all of them (None, 盖文).

    A ``vertical`` head (竖题) stands beside the text instead, as high as the story, on the side that it names. The head
    of a vertical story is vertical and stands on the right, beside its first ``tiers`` or all of them, unless it is
    ``horizontal``, over the text. One that is ``over`` stands on the picture at the story's top, in the ink of the
    palette that it names (反白).
    """

    columns: int | None = None
    span: Span = NOWHERE
    vertical: Side | None = None
    tiers: int | None = None
    horizontal: bool = False
    over: str | None = None


class Story(Struct, frozen=True):
    """One story: its copy in reading order (roles body and subhead), its head, its photographs and its tables.

    ``columns`` are the text columns of a horizontal story, ``tiers`` those of a vertical one (竖排). Of one that is not
    to ``normalise`` every passage is as typed.
    """

    slug: str
    span: Span
    area: Area | None = None
    kicker: Passage | None = None
    headline: Passage | None = None
    deck: Passage | None = None
    byline: Passage | None = None
    head: HeadPlace = HeadPlace()
    direction: Direction = "horizontal"
    tiers: int | None = None
    columns: int | None = None
    text: tuple[Passage, ...] = ()
    photos: tuple[Photo, ...] = ()
    tables: tuple[TableCopy, ...] = ()
    credit: Passage | None = None
    normalise: bool = True
    box: Box | None = None
    overrides: Overrides = ()

    @property
    def vertical(self) -> bool:
        """Whether its copy runs from top to bottom."""
        return self.direction == "vertical"


class Ad(Struct, frozen=True):
    """An advertisement: a page of a PDF, or a picture, that fills an area.

    ``page`` counts from 1. ``fit`` scale may change its size within the house's limits. ``label`` is its mark; None is
    the house's, "" none at all: the artwork carries it.
    """

    file: Path
    span: Span
    area: Area
    page: int = 1
    fit: Fit = "exact"
    label: str | None = None


class Page(Struct, frozen=True):
    """One page of the issue, or the two facing pages of a spread (跨版), which go by the first one's number.

    ``version`` counts how often it went to the plant.
    """

    number: int
    span: Span
    title: str = ""
    stories: tuple[Story, ...] = ()
    ads: tuple[Ad, ...] = ()
    staff: tuple[tuple[str, str], ...] = ()
    overrides: Overrides = ()
    version: int = 1
    spread: bool = False

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the pages of the paper that it is."""
        return (self.number, self.number + 1) if self.spread else (self.number,)

    @property
    def name(self) -> str:
        """How the desk calls it: 4, or 4-5 for a spread."""
        return "-".join(map(str, self.numbers))


class Paper(Struct, frozen=True):
    """What the nameplate and the folio line need. ``notes`` are further furniture texts by name."""

    name: str
    notes: tuple[tuple[str, str], ...] = ()


class Issue(Struct, frozen=True):
    """One issue as the desk wrote it.

    ``root`` is the folder that paths are relative to; ``style`` is a built-in name or a path, ``style_span`` where
    it is named. ``terms`` are names and set phrases that no headline breaks. ``time`` is what the command line says
    of when it is made, for the slug.
    """

    paper: Paper
    date: date
    style: str
    pages: tuple[Page, ...]
    root: Path
    span: Span
    number: str = ""
    terms: tuple[str, ...] = ()
    overrides: Overrides = ()
    style_span: Span = NOWHERE
    time: str = ""
