"""The page's grid as geometry: where base columns and body lines stand, and how a story's area splits into columns.

Han characters fill an em box whose top is 0.88 em above the baseline and whose foot 0.12 em below it. Line n of the
grid is the n-th em box of the body size from the top of the type area, one pitch apart, so the first and the last
line are flush with the type area and a block over whole lines is as high as the text beside it.

A vertical story (竖排) is planned like any other: its tiers (栏, one above the other) are text columns, its lines
follow one another from right to left. Only ``Frame`` knows how columns and lines lie on the page: ``along`` is measured
from the start of a line of type, ``across`` from the first line on.
"""

from math import floor, inf
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from layout.core import EPSILON, Insets, Point, Pt, Rect
from layout.house.model import Grid
from layout.issue.model import Area

EM_TOP: Final = 0.88
"""The em box's top above the baseline, in em: the ideographic em box of the BASE table of CJK faces."""


NARROWEST: Final = 4
"""Characters: what a story has less of on one side of a fold, it sets no column in."""


class Slot(Struct, frozen=True):
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


class Block(Struct, frozen=True):
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


class Frame(Struct, frozen=True):
    """A story's area: ``columns`` text columns of ``measure`` characters, ``lines`` lines high.

    ``x`` and ``y`` are the top-left corner of the first em box; in a ``vertical`` story its top-right corner, the
    columns are tiers, and lines go down. In an area over the fold of a spread the first ``split`` columns stand left of
    it, the others further to the right by ``jump``; 0 where there is no fold.
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
    split: int = 0
    jump: Pt = 0.0

    @property
    def column_width(self) -> Pt:
        """Width of one text column, height of a tier."""
        return self.measure * self.size

    @property
    def width(self) -> Pt:
        """Width over all columns."""
        return self.length(self.columns)

    def length(self, columns: int, first: int = 0) -> Pt:
        """Width over so many columns, from the ``first`` on, with the gutters between them."""
        natural = columns * self.column_width + (columns - 1) * self.gutter
        return natural + (self.jump if first < self.split < first + columns else 0.0)

    def breadth(self, lines: int) -> Pt:
        """From the first em box of so many lines to the last, without the leading behind it."""
        return (lines - 1) * self.pitch + self.size

    def along(self, column: int) -> Pt:
        """Where a text column (from 0) starts."""
        return column * (self.column_width + self.gutter) + (self.jump if 0 < self.split <= column else 0.0)

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
        length = self.length(block.last_column - block.first_column, block.first_column)
        along, across = self.along(block.first_column), self.across(block.first_line)
        return self.box(along, across, length, self.breadth(block.last_line - block.first_line))

    def beside_fold(self, block: Block) -> Block:
        """The block's columns on the one side of the fold where it has more of them."""
        if not block.first_column < self.split < block.last_column:
            return block
        if self.split - block.first_column >= block.last_column - self.split:
            return replace(block, last_column=self.split)
        return replace(block, first_column=self.split)

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
    left = base_column(grid, area.first_column)[0]
    width = (area.columns * grid.characters + (area.columns - 1) * grid.gutter) * grid.size
    if grid.fold and area.first_column <= grid.columns // 2 < area.last_column:
        width += grid.fold - grid.gutter * grid.size
    top = type_area(grid).y + (area.first_line - 1) * grid.pitch
    return Rect(left, top, width, (area.lines - 1) * grid.pitch + grid.size)


def base_column(grid: Grid, number: int) -> tuple[Pt, Pt]:
    """Left and right edge of a base column, counted from 1 over both pages of a spread."""
    left = grid.margins.left + (number - 1) * (grid.characters + grid.gutter) * grid.size
    if grid.fold and number > grid.columns // 2:
        left += grid.fold - grid.gutter * grid.size
    return left, left + grid.characters * grid.size


def fold_gutter(grid: Grid) -> tuple[Pt, Pt] | None:
    """What columns keep clear over the fold of a spread, as left and right edge; None on a single page."""
    if not grid.fold:
        return None
    middle = grid.margins.left + grid.width / 2
    return middle - grid.fold / 2, middle + grid.fold / 2


def whole_page(grid: Grid) -> Area:
    """The area of all columns and lines."""
    return Area(1, grid.columns, 1, grid.lines)


def make_frame(grid: Grid, area: Area, *, size: Pt, columns: int | None = None, inset: Insets = Insets()) -> Frame:
    """The text columns of an area (变栏 when ``columns`` differs from the area's base columns).

    Every column holds a whole number of characters of ``size``; what is left over widens the gutters evenly. Its
    baselines are those of the page's grid, whatever its size. ``inset`` (a box's padding) is taken off first; its
    vertical part must be whole pitches. Over the fold of a spread the columns are shared out between both pages, at
    least one to each.
    """
    rect = area_rect(grid, area).inset(inset)
    lines = round((rect.height - grid.size) / grid.pitch) + 1
    parts = _beside_fold(grid, rect)
    count = max(columns or area.columns, len(parts))
    counts = _shared_out(count, parts)
    split_up = [_columns(grid, part, size, n) for part, n in zip(parts, counts, strict=True)]
    measure, gutter = (min(values) for values in zip(*split_up, strict=True))
    top = rect.y + EM_TOP * (grid.size - size)
    whole = Frame(parts[0].x, top, count, measure, gutter if gutter < inf else 0.0, size, lines, grid.pitch)
    if len(parts) == 1:
        return whole
    return replace(whole, split=counts[0], jump=parts[1].right - whole.x - whole.width)


def _beside_fold(grid: Grid, rect: Rect) -> tuple[Rect, ...]:
    """A rectangle's parts that text may stand in: all of it, or what lies on each side of the fold."""
    clear = fold_gutter(grid)
    if clear is None:
        return (rect,)
    left = replace(rect, width=min(rect.right, clear[0]) - rect.x)
    start = max(rect.x, clear[1])
    right = Rect(start, rect.y, rect.right - start, rect.height)
    parts = tuple(part for part in (left, right) if part.width > NARROWEST * grid.size)
    return parts or (rect,)


def _shared_out(count: int, parts: tuple[Rect, ...]) -> tuple[int, ...]:
    """How many of the columns each part gets, by its width."""
    if len(parts) == 1:
        return (count,)
    first = round(count * parts[0].width / (parts[0].width + parts[1].width))
    first = min(max(first, 1), count - 1)
    return first, count - first


def _columns(grid: Grid, part: Rect, size: Pt, count: int) -> tuple[int, Pt]:
    """Characters a column and the gutter between the columns of a part."""
    characters = part.width / size + EPSILON
    measure = floor((characters - (count - 1) * grid.gutter) / count)
    return measure, (part.width - count * measure * size) / (count - 1) if count > 1 else inf


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
