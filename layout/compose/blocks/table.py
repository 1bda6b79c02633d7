"""A table of figures 表格 on the body grid: each of its lines is a line of the grid (rule B-7)."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from layout.compose.blocks.table_cells import Cells, CellSet, Column, set_cells
from layout.compose.grid import EM_TOP, Block, Frame
from layout.compose.rules import horizontal_rule, middle_rule
from layout.compose.setting import Setter
from layout.core import EPSILON, Diagnostic, Pt, Rect, error
from layout.display import Fill, Item
from layout.issue.model import Passage, TableCopy
from layout.text import Line, break_lines
from layout.text.columns import fit_columns

EDGE: Final = 0.5
"""Most space between a table's edge and its first or last column, em of its type."""

_EM_FOOT: Final = EM_TOP - 1.0
_SPACE: Final = " "


class TableText(Struct, frozen=True):
    """A line of a table: its left edge from the table's, and the line of the grid from the table's first."""

    line: Line
    style: str
    x: Pt
    row: int


class TablePlan(Struct, frozen=True):
    """A table fitted to a width, ``lines`` lines of the grid high.

    The first ``head`` of them hold the title: they stand half a gap between lines higher, clear of the rule below.
    ``rules`` stand above a line of the grid, ``uprights`` at an x from line to line (exclusive), ``grounds`` lie under
    lines; each with its name in the house style.
    """

    width: Pt
    lines: int
    head: int
    texts: tuple[TableText, ...]
    rules: tuple[tuple[int, str], ...]
    uprights: tuple[tuple[Pt, int, int, str], ...]
    grounds: tuple[tuple[int, int, str], ...]
    findings: tuple[Diagnostic, ...]


def table_columns(copy: TableCopy, setter: Setter, frame: Frame) -> int:
    """The text columns that a table takes: as told, else as few as hold each of its cells on one line."""
    if copy.columns is not None:
        return min(copy.columns, frame.columns)
    cells = set_cells(copy, setter)
    widths = [max((need.natural for need in column if need), default=0.0) for column in zip(*cells.needs, strict=True)]
    wanted = (sum(widths) + setter.house.table.gap * len(widths)) * setter.style("table").size
    enough = (n for n in range(1, frame.columns) if frame.rect(Block(0, n, 0, 1)).width >= wanted - EPSILON)
    return next(enough, frame.columns)


def plan_table(copy: TableCopy, setter: Setter, frame: Frame, columns: int, *, page: int) -> TablePlan:
    """Fit a table to the width of ``columns`` text columns. Code table-too-wide."""
    width = frame.rect(Block(0, columns, 0, 1)).width
    return _Maker(copy, setter, frame, width, set_cells(copy, setter), page).plan()


class _Maker(Struct):
    """A table while it is put together, from the top down.

    ``row`` is the next free line of the grid, ``whole`` are the lines of rows that go over all columns.
    """

    copy: TableCopy
    setter: Setter
    frame: Frame
    width: Pt
    cells: Cells
    page: int
    row: int = 0
    texts: list[TableText] = field(default_factory=list)
    rules: list[tuple[int, str]] = field(default_factory=list)
    uprights: list[tuple[Pt, int, int, str]] = field(default_factory=list)
    grounds: list[tuple[int, int, str]] = field(default_factory=list)
    whole: list[tuple[int, int]] = field(default_factory=list)

    @property
    def size(self) -> Pt:
        return self.setter.style("table").size

    def plan(self) -> TablePlan:
        """The finished table."""
        block = self.setter.house.table
        self._title()
        widths, lefts, findings = self._fit()
        first = self.row
        self._rule(block.head)
        for row in self.cells.heads:
            self._put(row, widths, lefts)
        if self.cells.heads:
            self._ground(first, self.row, block.tint)
            self._rule(block.line)
        for number, row in enumerate(self.cells.rows):
            top = self.row
            self._put(row, widths, lefts)
            self._ground(top, self.row, block.stripe if number % 2 else None)
            if number + 1 < len(self.cells.rows):
                self._rule(block.line if self.copy.rows[number].ruled else block.row)
        self._rule(block.foot)
        self._columns(widths, lefts, first)
        for note in self.copy.note:
            self._line(note, "table-note")
        return TablePlan(
            self.width,
            self.row,
            first,
            tuple(self.texts),
            tuple(self.rules),
            tuple(self.uprights),
            tuple(self.grounds),
            findings,
        )

    def _fit(self) -> tuple[list[Pt], list[Pt], tuple[Diagnostic, ...]]:
        """The columns' widths and left edges, and what is wrong with them."""
        measure = self.width / self.size
        fitting = fit_columns(self.cells.needs, measure, self.setter.house.table.gap)
        widths = [
            max(_used(row[n], self.cells.columns[n], w) for row in self._full()) for n, w in enumerate(fitting.widths)
        ]
        free = measure - sum(widths)
        edge = max(0.0, min(EDGE, free / len(widths) / 2)) if len(widths) > 1 else free / 2
        gap = (free - 2 * edge) / max(1, len(widths) - 1)
        lefts, x = [], edge
        for width in widths:
            lefts.append(x * self.size)
            x += width + gap
        return [width * self.size for width in widths], lefts, self._too_wide(fitting.over)

    def _too_wide(self, over: float) -> tuple[Diagnostic, ...]:
        if not over:
            return ()
        message = f"the table is {ceil(over)} characters too wide for its {self.width / self.size:.0f}"
        hint = "place it over more text columns (tables: columns), shorten its cells, or leave a column out"
        return (error("table-too-wide", message, self.copy.span, hint, self.page),)

    def _full(self) -> list[tuple[CellSet | None, ...]]:
        """The rows that have a cell for each column."""
        return [row for row in (*self.cells.heads, *self.cells.rows) if len(row) == len(self.cells.columns)]

    def _rule(self, name: str | None) -> None:
        if name is not None:
            self.rules.append((self.row, name))

    def _ground(self, first: int, last: int, ink: str | None) -> None:
        if ink is not None:
            self.grounds.append((first, last, ink))

    def _columns(self, widths: Sequence[Pt], lefts: Sequence[Pt], first: int) -> None:
        """Uprights between the columns, but for the rows that go over all of them."""
        name = self.setter.house.table.column
        if name is not None:
            places = [(left + width + right) / 2 for (left, right), width in zip(pairwise(lefts), widths, strict=False)]
            edges = pairwise((first, *(edge for whole in self.whole for edge in whole), self.row))
            stretches = [(start, end) for start, end in list(edges)[::2] if start < end]
            self.uprights += [(x, start, end, name) for x in places for start, end in stretches]

    def _title(self) -> None:
        """The title, and the unit on its line where there is room, else on the next."""
        if self.copy.title is not None:
            self._line(self.copy.title, "table-title")
        if self.copy.unit is None:
            return
        style = self.setter.style("table-note")
        copy, spans = self.setter.marked(self.copy.unit)
        line = self.setter.line(copy, "table-note", source=self.copy.unit, spans=spans)
        x = self.width - line.width * style.size
        last = self.texts[-1] if self.texts else None
        taken = last.x + last.line.width * self.setter.style(last.style).size if last else self.width
        if taken + style.size / 2 > x:
            self.row += 1
        self.texts.append(TableText(line, "table-note", x, self.row - 1))

    def _line(self, passage: Passage, style: str) -> None:
        """Copy over the whole width."""
        of = self.setter.style(style)
        broken = break_lines(self.setter.passage(passage, self.setter.setting(style)), (self.width / of.size,))
        assert broken is not None  # only looser or tighter breakings may be impossible
        for line in broken.lines:
            self.row += ceil(of.leading / self.frame.pitch - EPSILON)
            self.texts.append(TableText(line, style, 0.0, self.row - 1))

    def _put(self, row: Sequence[CellSet | None], widths: Sequence[Pt], lefts: Sequence[Pt]) -> None:
        """A row of cells, each in the middle of the row's lines."""
        whole = len(row) != len(self.cells.columns)
        if whole:
            widths, lefts = [self.width - 2 * lefts[0]], lefts[:1]
        lines = [cell.lines(width / self.size) if cell else () for cell, width in zip(row, widths, strict=True)]
        high = max(1, *(len(each) for each in lines))
        for number, cell in enumerate(row):
            column = Column("start") if whole else self.cells.columns[number]
            for nth, line in enumerate(lines[number]):
                assert cell is not None
                x = lefts[number] + self._shift(cell, column, line, widths[number])
                self.texts.append(TableText(line, cell.style, x, self.row + (high - len(lines[number])) // 2 + nth))
        if whole:
            self.whole.append((self.row, self.row + high))
        self.row += high

    def _shift(self, cell: CellSet, column: Column, line: Line, width: Pt) -> Pt:
        """Where a line of a cell begins in its column."""
        aside = {"start": 0.0, "centre": 0.5, "end": 1.0}[column.align]
        if cell.before is not None:
            free = width / self.size - column.left - column.right
            return (free * aside + column.left - cell.before) * self.size
        return (width - line.width * cell.share * self.size) * aside


def _used(cell: CellSet | None, column: Column, width: float) -> float:
    """How much of a column's width a cell fills."""
    if cell is None:
        return 0.0
    if cell.before is not None:
        return column.left + column.right
    return max(line.width for line in cell.lines(width)) * cell.share


def draw_table(plan: TablePlan, setter: Setter, frame: Frame, x: Pt, first: int) -> tuple[Item, ...]:
    """The table with its left edge at ``x`` from line ``first`` of the frame on: grounds, rules, copy row by row."""
    return tuple(_items(plan, setter, frame, x, first))


def _items(plan: TablePlan, setter: Setter, frame: Frame, x: Pt, first: int) -> Iterator[Item]:
    house, size = setter.house, setter.style("table").size

    def baseline(row: int) -> Pt:
        return frame.start(0.0, frame.across(first + row), frame.size).y

    def edge(row: int) -> Pt:
        """The middle between the type of a line and that of the one above."""
        foot, head = _EM_FOOT * size, EM_TOP * size
        return baseline(row) - (frame.pitch + head + foot) / 2

    for start, end, ink in plan.grounds:
        yield Fill(Rect(x, edge(start), plan.width, edge(end) - edge(start)), house.palette[ink], tag="table")
    for row, name in plan.rules:
        style = house.rules[name]
        y = edge(row) - (style.width + style.gap + style.second) / 2
        yield from horizontal_rule(house, name, x, x + plan.width, y, tag="table")
    for upright, start, end, name in plan.uprights:
        middle = Rect(x + upright, edge(start), 0.0, edge(end) - edge(start))
        yield middle_rule(house, name, middle, vertical=True, tag="table")
    for text, after in zip(plan.texts, (*plan.texts[1:], None), strict=True):
        y = baseline(text.row) - ((frame.pitch - frame.size) / 2 if text.row < plan.head else 0.0)
        yield from setter.runs(text.line, text.style, x=x + text.x, baseline=y)
        if after is not None and after.row == text.row:
            yield from _space(text, after, setter, x, y)


def _space(text: TableText, after: TableText, setter: Setter, x: Pt, baseline: Pt) -> Iterator[Item]:
    """A word space between two cells of a row: copied out they stay apart."""
    size = setter.style(text.style).size
    end = text.x + text.line.width * size
    start = after.x + after.line.indent * setter.style(after.style).size
    line = setter.line(_SPACE, text.style)
    wide = line.clusters[0]._replace(advance=(start - end) / size)
    if start > end:
        yield from setter.runs(replace(line, clusters=(wide,)), text.style, x=x + end, baseline=baseline)
