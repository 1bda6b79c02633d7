"""The page's grid as geometry: where base columns and body lines stand, and how a story's area splits into columns.

Han characters fill an em box whose top is 0.88 em above the baseline and whose foot 0.12 em below it. Line n of the
grid is the n-th em box of the body size from the top of the type area, one pitch apart, so the first and the last
line are flush with the type area and a block over whole lines is as high as the text beside it.

A vertical story (竖排) is planned like any other: its tiers (栏, one above the other) are text columns, its lines
follow one another from right to left. Only ``Frame`` knows how columns and lines lie on the page: ``along`` is measured
from the start of a line of type, ``across`` from the first line on.
"""

from dataclasses import dataclass
from math import floor
from typing import Final

from layout.core import EPSILON, Insets, Point, Pt, Rect
from layout.house.model import Grid
from layout.issue.model import Area

EM_TOP: Final = 0.88
"""The em box's top above the baseline, in em: the ideographic em box of the BASE table of CJK faces."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for one line of text: where it starts and its measure in points; column and line from 0.

    ``x`` is its left edge; of a vertical line ``x`` is the centre line and ``baseline`` the top, as in ``GlyphRun``.
    """

    column: int
    line: int
    x: Pt
    baseline: Pt
    width: Pt

    def follows(self, other: "Slot") -> bool:
        """Whether it is the next line of the same column."""
        return (self.column, self.line) == (other.column, other.line + 1)


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines of whole text columns that something else than text takes. Counted from 0, ends exclusive."""

    first_column: int
    last_column: int
    first_line: int
    last_line: int

    def overlaps(self, other: "Block") -> bool:
        """Whether two blocks want the same line of the same column."""
        return (
            self.first_column < other.last_column
            and other.first_column < self.last_column
            and self.first_line < other.last_line
            and other.first_line < self.last_line
        )


@dataclass(frozen=True, slots=True)
class Frame:
    """A story's area: ``columns`` text columns of ``measure`` characters, ``lines`` lines high.

    ``x`` and ``y`` are the top-left corner of the first em box; in a ``vertical`` story its top-right corner, the
    columns are tiers, and lines go down.
    """

    x: Pt
    y: Pt
    columns: int
    measure: int
    gutter: Pt
    size: Pt
    lines: int
    pitch: Pt
    vertical: bool = False

    @property
    def column_width(self) -> Pt:
        """Width of one text column, height of a tier."""
        return self.measure * self.size

    @property
    def width(self) -> Pt:
        """Width over all columns."""
        return self.length(self.columns)

    def length(self, columns: int) -> Pt:
        """Width over so many columns with the gutters between them."""
        return columns * self.column_width + (columns - 1) * self.gutter

    def breadth(self, lines: int) -> Pt:
        """From the first em box of so many lines to the last, without the leading behind it."""
        return (lines - 1) * self.pitch + self.size

    def along(self, column: int) -> Pt:
        """Where a text column (from 0) starts."""
        return column * (self.column_width + self.gutter)

    def across(self, line: int) -> Pt:
        """Where the em box of a line (from 0) starts."""
        return line * self.pitch

    def start(self, along: Pt, across: Pt, size: Pt) -> Point:
        """Where a line of type starts whose em boxes of ``size`` start at a place: baseline, or centre line and top."""
        if self.vertical:
            return Point(self.x - across - size / 2, self.y + along)
        return Point(self.x + along, self.y + across + EM_TOP * size)

    def box(self, along: Pt, across: Pt, length: Pt, breadth: Pt) -> Rect:
        """The page's rectangle of a length down the lines and a breadth over them."""
        if self.vertical:
            return Rect(self.x - across - breadth, self.y + along, breadth, length)
        return Rect(self.x + along, self.y + across, length, breadth)

    def rect(self, block: Block) -> Rect:
        """What a block covers: from its first em box to its last, without the leading below."""
        length, breadth = block.last_column - block.first_column, block.last_line - block.first_line
        along, across = self.along(block.first_column), self.across(block.first_line)
        return self.box(along, across, self.length(length), self.breadth(breadth))

    def slots(
        self, obstacles: tuple[Block, ...], *, first_line: int = 0, last_line: int | None = None
    ) -> tuple[Slot, ...]:
        """The free lines in reading order, column after column, from the top down."""
        end, width = self.lines if last_line is None else last_line, self.column_width
        right, down = (-self.pitch, 0.0) if self.vertical else (0.0, self.pitch)
        found: list[Slot] = []
        for column in range(self.columns):
            first = self.start(self.along(column), 0.0, self.size)
            free = _free(column, obstacles, first_line, end)
            found += [Slot(column, line, first.x + line * right, first.y + line * down, width) for line in free]
        return tuple(found)


def shortened(slots: tuple[Slot, ...], first: int) -> tuple[Slot, ...]:
    """The slots without the last one of each column from ``first`` on."""
    last = {slot.column: slot for slot in slots}
    return tuple(slot for slot in slots if slot.column < first or slot is not last[slot.column])


def _free(column: int, obstacles: tuple[Block, ...], first: int, end: int) -> list[int]:
    """The lines of a column that no obstacle takes."""
    here = [block for block in obstacles if block.first_column <= column < block.last_column]
    taken = {line for block in here for line in range(block.first_line, block.last_line)}
    return [line for line in range(first, end) if line not in taken]


def type_area(grid: Grid) -> Rect:
    """The type area (版心) in points from the trim."""
    return Rect(grid.margins.left, grid.margins.top, grid.width, (grid.lines - 1) * grid.pitch + grid.size)


def area_rect(grid: Grid, area: Area) -> Rect:
    """What an area covers, in points from the trim."""
    origin = type_area(grid)
    left = origin.x + (area.first_column - 1) * (grid.characters + grid.gutter) * grid.size
    width = (area.columns * grid.characters + (area.columns - 1) * grid.gutter) * grid.size
    top = origin.y + (area.first_line - 1) * grid.pitch
    return Rect(left, top, width, (area.lines - 1) * grid.pitch + grid.size)


def whole_page(grid: Grid) -> Area:
    """The area of all columns and lines."""
    return Area(1, grid.columns, 1, grid.lines)


def make_frame(grid: Grid, area: Area, *, size: Pt, columns: int | None = None, inset: Insets = Insets()) -> Frame:
    """The text columns of an area (变栏 when ``columns`` differs from the area's base columns).

    Every column holds a whole number of characters of ``size``; what is left over widens the gutters evenly. ``inset``
    (a box's padding) is taken off first; its vertical part must be whole pitches.
    """
    rect = area_rect(grid, area).inset(inset)
    count = columns or area.columns
    characters = rect.width / size + EPSILON
    measure = floor((characters - (count - 1) * grid.gutter) / count)
    gutter = (rect.width - count * measure * size) / (count - 1) if count > 1 else 0.0
    lines = round((rect.height - grid.size) / grid.pitch) + 1
    return Frame(rect.x, rect.y, count, measure, gutter, size, lines, grid.pitch)


def make_tiers(rect: Rect, *, size: Pt, pitch: Pt, gutter: float, tiers: int) -> Frame:
    """The tiers of a vertical story in a rectangle, its first line flush right.

    Every tier holds a whole number of characters of ``size``, at least one. ``gutter`` characters stand between two,
    and what is left over widens that space. Lines are one ``pitch`` apart.
    """
    characters = rect.height / size + EPSILON
    measure = max(1, floor((characters - (tiers - 1) * gutter) / tiers))
    space = (rect.height - tiers * measure * size) / (tiers - 1) if tiers > 1 else 0.0
    lines = max(1, floor((rect.width - size) / pitch + EPSILON) + 1)
    return Frame(rect.right, rect.y, tiers, measure, space, size, lines, pitch, vertical=True)


def strip(rect: Rect, *, pitch: Pt) -> Frame:
    """One tier as high as a rectangle, of no whole characters: for a vertical head, its first line flush right."""
    return Frame(rect.right, rect.y, 1, 1, 0.0, rect.height, 1, pitch, vertical=True)
