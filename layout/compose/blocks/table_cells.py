"""The cells of a table, set: what each column holds, how it is aligned, how wide it wants to be (rule B-7)."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from layout.compose.setting import Setter
from layout.issue.model import ONE, CellAlign, Passage, Spread, TableCopy, TableRow
from layout.text import Line, Paragraph, Span, break_lines
from layout.text.columns import Need, need_of, spread_needs
from layout.text.figures import aligned_at, holds_figures
from layout.text.justify import natural_line

HEAD_WORDS: Final = 2.0
"""The head of a column is broken into lines of at least so many em."""

_SHORT: Final = 6.0
"""Words up to this width, em, stand in the middle of their column; longer ones begin at its left edge."""


class CellSet(Struct, frozen=True, eq=False):
    """A cell, shaped. Lengths are em of the table's type.

    ``copy`` is what it says, without note marks at its end; ``share`` the size of its own type in that of the table's.
    ``before`` is what of it stands left of the place at which the figures of its column are aligned; None for what is
    not aligned so. ``spread`` are the columns and rows that it goes over.
    """

    copy: str
    paragraph: Paragraph
    style: str
    share: float
    need: Need
    before: float | None = None
    spread: Spread = ONE

    def lines(self, width: float) -> tuple[Line, ...]:
        """Its lines in a column of ``width`` em."""
        if self.need.natural <= width or self.before is not None:
            return (natural_line(self.paragraph),) if not self.paragraph.parts else self._broken(width)
        return self._broken(width)

    def _broken(self, width: float) -> tuple[Line, ...]:
        broken = break_lines(self.paragraph, (width / self.share,))
        assert broken is not None  # only looser or tighter breakings may be impossible
        return broken.lines


class Column(Struct, frozen=True):
    """How the cells of a column are aligned; of one with figures, their widths left and right of the point."""

    align: CellAlign
    left: float = 0.0
    right: float = 0.0


class Cells(Struct, frozen=True):
    """All rows of a table that have a cell for each column, set, and the columns that they make.

    Rows over all columns stand in ``heads`` and ``rows`` as one cell.
    """

    heads: tuple[tuple[CellSet | None, ...], ...]
    rows: tuple[tuple[CellSet | None, ...], ...]
    columns: tuple[Column, ...]

    @property
    def full(self) -> list[tuple[CellSet | None, ...]]:
        """The rows that have a cell for each column."""
        return [row for row in (*self.heads, *self.rows) if len(row) == len(self.columns)]

    def needs(self, gap: float) -> list[list[Need | None]]:
        """What the columns, ``gap`` apart, need for their cells; figures of one column all need the same."""
        rows = [[self._need(cell, column) for cell, column in zip(row, self.columns, strict=True)] for row in self.full]
        wide = [
            (first, cell.spread.columns, cell.need)
            for row in self.full
            for first, cell in enumerate(row)
            if cell and cell.spread.columns > 1
        ]
        return spread_needs(rows, wide, gap)

    @staticmethod
    def _need(cell: CellSet | None, column: Column) -> Need | None:
        if cell is None or cell.spread.columns > 1:
            return None
        if cell.before is None:
            return cell.need
        return Need(*[column.left + column.right] * 3)


def set_cells(copy: TableCopy, setter: Setter) -> Cells:
    """Set the cells of a table and settle how its columns stand."""
    heads = tuple(_row(row, "table-head", setter) for row in copy.heads)
    rows = tuple(_row(row, "table" if len(row.cells) > 1 else "table-head", setter) for row in copy.rows)
    full = [row for row in rows if len(row) == len(copy.aligns)]
    columns, aligned = [], []
    for number, align in enumerate(copy.aligns):
        cells = [cell for row in full if (cell := row[number]) is None or cell.spread.columns == 1]
        figures = align in (None, "end") and holds_figures([cell.copy for cell in cells if cell])
        aligned.append(figures)
        columns.append(_figures(cells, align or "centre") if figures else Column(align or _usual(number, cells)))
    return Cells(heads, tuple(_unaligned(row, aligned) for row in rows), tuple(columns))


def _row(row: TableRow, style: str, setter: Setter) -> tuple[CellSet | None, ...]:
    return tuple(
        None if cell is None else _cell(cell, style, setter, row.spread(column))
        for column, cell in enumerate(row.cells)
    )


def _cell(passage: Passage, style: str, setter: Setter, spread: Spread) -> CellSet:
    paragraph = setter.passage(passage, setter.setting(style, align="start", indent=0.0))
    share = setter.style(style).size / setter.style("table").size
    need = need_of(paragraph, HEAD_WORDS if style == "table-head" else setter.house.table.words)
    copy = _without_notes(*setter.marked(passage))
    at = aligned_at(copy) if style == "table" and spread.columns == 1 else None
    before = None if at is None else _width_to(paragraph, at) * share
    return CellSet(copy, paragraph, style, share, need.scaled(share), before, spread)


def _without_notes(copy: str, spans: Sequence[Span]) -> str:
    """A cell's copy up to its first note mark: 98[^1] is the figure 98."""
    return copy[: min((span.start for span in spans if span.note), default=len(copy))]


def _width_to(paragraph: Paragraph, offset: int) -> float:
    """How wide the copy is up to an offset, em of its own size."""
    width, at = 0.0, 0
    for placed in natural_line(paragraph).clusters:
        if at >= offset:
            break
        width, at = width + placed.advance, at + len(placed.text)
    return width


def _figures(cells: Sequence[CellSet | None], align: CellAlign) -> Column:
    """A column of figures: aligned on the decimal point or behind the last digit, together in its middle or as told."""
    aligned = [(cell, cell.before) for cell in cells if cell and cell.before is not None]
    return Column(
        align,
        left=max(before for _, before in aligned),
        right=max(cell.need.natural - before for cell, before in aligned),
    )


def _usual(number: int, cells: Sequence[CellSet | None]) -> CellAlign:
    """Words stand in the middle of their column when they are short; those of the first column begin at its edge."""
    return "start" if number == 0 or any(cell and cell.need.natural > _SHORT for cell in cells) else "centre"


def _unaligned(row: tuple[CellSet | None, ...], aligned: Sequence[bool]) -> tuple[CellSet | None, ...]:
    """A row whose figures keep their alignment only in columns that are aligned on it."""
    if len(row) != len(aligned):
        return row
    return tuple(
        cell if keep or cell is None else replace(cell, before=None) for cell, keep in zip(row, aligned, strict=True)
    )
