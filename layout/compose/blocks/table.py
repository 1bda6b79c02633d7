"""A table of figures 表格 on the body grid: each of its lines is a line of the grid (rule B-7)."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from math import ceil
from typing import Final

from msgspec import Struct, field

from layout.compose.blocks.table_cells import Cells, CellSet, Column, set_cells
from layout.compose.blocks.table_grid import Lattice
from layout.compose.blocks.table_plan import Cut, TablePlan, TableRule, TableText
from layout.compose.grid import Block, Frame
from layout.compose.pour import TOGETHER
from layout.compose.setting import Setter
from layout.core import EPSILON, Diagnostic, Pt, error
from layout.house.model import TableBlock
from layout.issue.model import Passage, TableCopy, TableRow
from layout.text import Line, break_lines
from layout.text.columns import Fitting, fit_columns

EDGE: Final = 0.5
"""Most space between a table's edge and its first or last column, em of its type."""


def table_columns(copy: TableCopy, setter: Setter, frame: Frame) -> int:
    """The text columns that a table takes: as told, else as few as hold each of its cells on one line."""
    if copy.columns is not None:
        return min(copy.columns, frame.columns)
    cells = set_cells(copy, setter)
    widths = [
        max((need.natural for need in column if need), default=0.0)
        for column in zip(*cells.needs(setter.house.table.gap), strict=True)
    ]
    wanted = (sum(widths) + setter.house.table.gap * len(widths)) * setter.style("table").size
    enough = (n for n in range(1, frame.columns) if frame.rect(Block(0, n, 0, 1)).width >= wanted - EPSILON)
    return next(enough, frame.columns)


def plan_table(copy: TableCopy, setter: Setter, frame: Frame, columns: int, *, page: int) -> TablePlan:
    """Fit a table to the width of ``columns`` text columns. Code table-too-wide."""
    width = frame.rect(Block(0, columns, 0, 1)).width
    return _Maker(copy, setter, frame, width, set_cells(copy, setter), page).plan()


class _Maker(Struct):
    """A table while it is put together, from the top down. ``row`` is the next free line of the grid."""

    copy: TableCopy
    setter: Setter
    frame: Frame
    width: Pt
    cells: Cells
    page: int
    row: int = 0
    widths: list[Pt] = field(default_factory=list)
    lefts: list[Pt] = field(default_factory=list)
    texts: list[TableText] = field(default_factory=list)
    rules: list[TableRule] = field(default_factory=list)
    upright: list[list[tuple[int, int]]] = field(default_factory=list)
    grounds: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def size(self) -> Pt:
        return self.setter.style("table").size

    def plan(self) -> TablePlan:
        """The finished table."""
        block = self.setter.house.table
        self._title()
        findings = self._fit()
        head = self.row
        self._rule(block.head, head)
        if self.cells.heads:
            self._heads(block)
        body = self.row
        tops, lattice = self._put(self.copy.rows, self.cells.rows)
        for number, (row, top) in enumerate(zip(self.copy.rows, tops, strict=True)):
            bottom = [*tops, self.row][number + 1]
            self._ground(top, bottom, block.stripe if number % 2 else None)
            if number + 1 < len(tops):
                self._rules(block.line if row.ruled else block.row, bottom, lattice.below(number))
        self._rule(block.foot, self.row)
        for note in self.copy.note:
            self._line(note, "table-note")
        return TablePlan(
            width=self.width,
            lines=self.row,
            head=head,
            body=body,
            texts=tuple(self.texts),
            rules=tuple(self.rules),
            uprights=tuple(self._uprights(block.column)),
            grounds=tuple(self.grounds),
            findings=findings,
            foot=block.foot,
            cuts=tuple(_cuts(tops, lattice)) if block.split else (),
        )

    def _heads(self, block: TableBlock) -> None:
        """The head rows: a rule under each cell over several columns, one below all."""
        first = self.row
        tops, lattice = self._put(self.copy.heads, self.cells.heads)
        self._ground(first, self.row, block.tint)
        for number, bottom in enumerate(tops[1:]):
            self._rules(block.row or block.line, bottom, lattice.under_spreads(number), short=True)
        self._rule(block.line, self.row)

    def _fit(self) -> tuple[Diagnostic, ...]:
        """The columns' widths and left edges; what is wrong with them."""
        measure, gap = self.width / self.size, self.setter.house.table.gap
        fitting = fit_columns(self.cells.needs(gap), measure, gap)
        full = self.cells.full
        widths = [max(_used(row[n], self.cells.columns[n], w) for row in full) for n, w in enumerate(fitting.widths)]
        widths = self._with_spreads(widths, fitting)
        free = measure - sum(widths)
        edge = max(0.0, min(EDGE, free / len(widths) / 2)) if len(widths) > 1 else free / 2
        gap = gap if fitting.over else (free - 2 * edge) / max(1, len(widths) - 1)
        x = edge
        for width in widths:
            self.lefts.append(x * self.size)
            self.widths.append(width * self.size)
            x += width + gap
        return self._too_wide(fitting.over)

    def _with_spreads(self, widths: list[float], fitting: Fitting) -> list[float]:
        """Columns that hold a cell over several of them keep the width that was found for it."""
        wide = {
            column
            for row in self.cells.full
            for first, cell in enumerate(row)
            if cell and cell.spread.columns > 1
            for column in range(first, first + cell.spread.columns)
        }
        return [fitting.widths[n] if n in wide else width for n, width in enumerate(widths)]

    def _too_wide(self, over: float) -> tuple[Diagnostic, ...]:
        if not over:
            return ()
        message = f"the table is {ceil(over)} characters too wide for its {self.width / self.size:.0f}"
        hint = "place it over more text columns (tables: columns), shorten its cells, or leave a column out"
        return (error("table-too-wide", message, self.copy.span, hint, self.page),)

    def _rule(self, name: str | None, row: int) -> None:
        """A rule over the whole width above a line."""
        if name is not None:
            self.rules.append(TableRule(row, name, 0.0, self.width))

    def _rules(self, name: str | None, row: int, parts: Iterable[tuple[int, int]], *, short: bool = False) -> None:
        """A rule above a line over some columns; a ``short`` one is as wide as what stands in them."""
        for first, last in parts if name is not None else ():
            left, right = self._between(first), self._between(last)
            if short:
                left, right = self.lefts[first], self.lefts[last - 1] + self.widths[last - 1]
            self.rules.append(TableRule(row, name or "", left, right))

    def _between(self, column: int) -> Pt:
        """The middle of the gap before a column; before the first and behind the last the table's edge."""
        if not 0 < column < len(self.lefts):
            return self.width if column else 0.0
        return (self.lefts[column - 1] + self.widths[column - 1] + self.lefts[column]) / 2

    def _ground(self, first: int, last: int, ink: str | None) -> None:
        if ink is not None:
            self.grounds.append((first, last, ink))

    def _uprights(self, name: str | None) -> Iterator[tuple[Pt, int, int, str]]:
        """Uprights between the columns, but for the cells that go over several of them."""
        for column, stretches in enumerate(self.upright if name is not None else ()):
            for start, end in _joined(stretches):
                yield self._between(column + 1), start, end, name or ""

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

    def _put(self, rows: Sequence[TableRow], cells: Sequence[Sequence[CellSet | None]]) -> tuple[list[int], Lattice]:
        """Rows of cells, each in the middle of its lines; the line that each row begins with."""
        lattice = Lattice(rows, len(self.cells.columns))
        lines = {
            (number, column): cell.lines(self._room(column, cell, whole=lattice.is_whole(number)) / self.size)
            for number, row in enumerate(cells)
            for column, cell in enumerate(row)
            if cell is not None
        }
        heights = lattice.heights({place: len(own) for place, own in lines.items()})
        tops = list(accumulate(heights, initial=self.row))
        for (number, column), own in lines.items():
            cell = cells[number][column]
            assert cell is not None
            spare = tops[number + cell.spread.rows] - tops[number] - len(own)
            top = tops[number] + (spare / 2 if cell.spread.rows > 1 else spare // 2)
            aligned = self._column(column, cell, whole=lattice.is_whole(number))
            room = self._room(column, cell, whole=lattice.is_whole(number))
            for nth, line in enumerate(own):
                x = self.lefts[column] + self._shift(cell, aligned, line, room)
                self.texts.append(TableText(line, cell.style, x, top + nth))
        self._note_uprights(lattice, tops)
        self.row = tops.pop()
        return tops, lattice

    def _room(self, column: int, cell: CellSet, *, whole: bool) -> Pt:
        """How wide a cell may be."""
        if whole:
            return self.width - 2 * self.lefts[0]
        last = column + cell.spread.columns - 1
        return self.lefts[last] + self.widths[last] - self.lefts[column]

    def _column(self, column: int, cell: CellSet, *, whole: bool) -> Column:
        """How a cell is aligned: over several columns in their middle, over all at the left."""
        if whole:
            return Column("start")
        return self.cells.columns[column] if cell.spread.columns == 1 else Column("centre")

    def _note_uprights(self, lattice: Lattice, tops: Sequence[int]) -> None:
        """Where rows let uprights through between their columns."""
        count = len(self.cells.columns) - 1
        self.upright = self.upright or [[] for _ in range(count)]
        for column in range(count):
            self.upright[column] += [(tops[first], tops[last]) for first, last in lattice.beside(column)]

    def _shift(self, cell: CellSet, column: Column, line: Line, width: Pt) -> Pt:
        """Where a line of a cell begins in its column."""
        aside = {"start": 0.0, "centre": 0.5, "end": 1.0}[column.align]
        if cell.before is not None:
            free = width / self.size - column.left - column.right
            return (free * aside + column.left - cell.before) * self.size
        return (width - line.width * cell.share * self.size) * aside


def _used(cell: CellSet | None, column: Column, width: float) -> float:
    """How much of a column's width a cell fills; one over several columns none: they keep what was found for it."""
    if cell is None or cell.spread.columns > 1:
        return 0.0
    if cell.before is not None:
        return column.left + column.right
    return max(line.width for line in cell.lines(width)) * cell.share


def _joined(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches of lines, those that meet as one."""
    found: list[tuple[int, int]] = []
    for start, end in stretches:
        if found and found[-1][1] == start:
            start = found.pop()[0]  # noqa: PLW2901 - it goes on
        found.append((start, end))
    return found


def _cuts(tops: Sequence[int], lattice: Lattice) -> Iterator[Cut]:
    """Where the table may be parted: ``TOGETHER`` rows on either side at least, none of their cells in two parts."""
    for number in range(TOGETHER, len(tops) - TOGETHER + 1):
        if lattice.parts(number - 1):
            yield Cut(tops[number], number)
