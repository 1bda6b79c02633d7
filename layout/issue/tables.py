r"""Tables 表格 as an editor types them: rows of cells between bars, or parted by tabs as a spreadsheet hands them over.

    |2023年各镇粮食产量|          a cell alone above the head: the title
    |单位：吨|                    one that begins with 单位: what the figures count
    |镇|小麦|水稻|               the head: the row above the dashes; without dashes the first row
    |:--|--:|--:|                 dashes for each column; colons align it to the left, the middle, the right
    |沙湖镇|1,203.5|880|
    |---|                         dashes in a cell alone: a rule below that row
    |数据来源：区农业农村局|     a cell alone below all rows: a note

A cell alone between rows goes over all columns. ``\|`` is the sign itself; a bar inside braces is markup. A cell that
holds ``<`` alone is taken by the cell on its left, one that holds ``^`` by the cell above:

    |镇|2025年|<|                 2025年 goes over two columns, 镇 over two rows of the head
    |^|产量|同比|
    |--|--|--|
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from msgspec import Struct

from layout.core import Diagnostic, Span, error
from layout.core.patterns import late
from layout.issue.copy import passage_of
from layout.issue.merged import ABOVE, MARKS, Merged, merge
from layout.issue.model import CellAlign, Passage, Spread, TableCopy, TableRow
from layout.source import Placed

ROLE: Final = "table"
"""The role of all copy in tables."""

_SIGN: Final = late(r"\\.|[{}|]")
_DASHES: Final = late(r"-{2,}|:-+:?|-+:")
_BLANKS: Final = " \u3000\ufeff"
_UNIT: Final = "单位"


class _Part(NamedTuple):
    """A cell as typed: offset into the copy, text without blanks at its ends."""

    offset: int
    text: str


class TableRead(Struct, frozen=True):
    """A table as read, and what is wrong with it; None when there is no table in it."""

    table: TableCopy | None
    faults: tuple[Diagnostic, ...]


class _Typed(NamedTuple):
    """The lines of a table as typed; the numbers of those that are dashes, and of those of two cells or more."""

    lines: Sequence[Sequence[_Part]]
    dashes: Sequence[int]
    full: Sequence[int]

    @property
    def columns(self) -> int:
        """How many columns the table has."""
        return len(self.lines[self.full[0]])

    @property
    def under(self) -> int | None:
        """The line of dashes for each column, which ends the head."""
        return next((at for at in self.dashes if len(self.lines[at]) == self.columns), None)

    def says_something(self) -> bool:
        """Whether a cell of the full lines holds more than a mark."""
        return any(_says_something(part) for at in self.full for part in self.lines[at])


def read_rows(lines: Sequence[tuple[int, str]], copy: Placed, *, page: int) -> TableRead:
    """The table in some lines of copy, each with the offset of its first character; blank lines count for nothing.

    Codes: table-empty, table-ragged, table-spread.
    """
    typed = _typed(lines)
    span = copy.at(typed.lines[0][0].offset if typed.lines else 0)
    if not typed.says_something():
        message = f"the table has {'nothing in its cells' if typed.full else 'no row of two cells or more'}"
        return TableRead(None, (error("table-empty", message, span, "part the cells of a row by | or by tabs", page),))
    texts = {at: [part.text for part in typed.lines[at]] for at in typed.full}
    body = _behind_head(texts) if typed.under is None else typed.under
    heads = [at for at in typed.full if at < body]
    merged = merge(texts, heads, [at for at in typed.full if at >= body], typed.dashes)
    rows = {
        at: _row(row, copy, ruled=at + 1 in typed.dashes, spreads=merged.spreads.get(at, ()))
        for at, row in enumerate(typed.lines)
        if at not in typed.dashes
    }
    ragged = tuple(_ragged((rows[at] for at in typed.full), typed.columns, page))
    return TableRead(_table(typed, rows, body, span), ragged or tuple(_not_spread(merged, typed.lines, copy, page)))


def _typed(lines: Sequence[tuple[int, str]]) -> _Typed:
    rows = [_parts(offset, line) for offset, line in lines if line.strip(f"{_BLANKS}\t")]
    dashes = [at for at, row in enumerate(rows) if _is_dashes(row)]
    return _Typed(rows, dashes, [at for at, row in enumerate(rows) if len(row) > 1 and at not in dashes])


def _table(typed: _Typed, rows: Mapping[int, TableRow], body: int, span: Span) -> TableCopy:
    """The table of some rows; its body begins at a line, title and notes stand above and below its full lines."""
    first, last, under = typed.full[0], typed.full[-1], typed.under
    title, unit, groups = _above([row.cells[0] for at, row in rows.items() if at < first and row.cells[0] is not None])
    return TableCopy(
        span=span,
        heads=tuple(row for at, row in rows.items() if first <= at <= last and at < body),
        rows=(
            *(TableRow((cell,), cell.span) for cell in groups),
            *(row for at, row in rows.items() if first <= at <= last and at >= body),
        ),
        aligns=(None,) * typed.columns if under is None else tuple(_align(part.text) for part in typed.lines[under]),
        title=title,
        unit=unit,
        note=tuple(cell for at, row in rows.items() if at > last for cell in row.cells if cell is not None),
    )


def _behind_head(rows: Mapping[int, Sequence[str]]) -> int:
    """The line behind a head that no dashes end: its first row, and those in which cells of the head go on."""
    first, *others = rows
    for at in others:
        if ABOVE not in rows[at]:
            break
        first = at
    return first + 1


def _not_spread(merged: Merged, typed: Sequence[Sequence[_Part]], copy: Placed, page: int) -> Iterator[Diagnostic]:
    for at, column in merged.wrong:
        part = typed[at][column]
        told = "has no cell beside it to belong to" if part.text in MARKS else "does not go over a rectangle"
        hint = "< gives its place to the cell on its left, ^ to the one above it; heads and rows keep apart"
        yield error("table-spread", f"the cell {part.text} {told}", copy.at(part.offset), hint, page)


def _parts(offset: int, line: str) -> list[_Part]:
    """The cells of a line: between bars that stand in no braces, else between tabs.

    A line that begins with a bar may end with one; in another a bar at the end stands before an empty cell.
    """
    cuts = _bars(line)
    framed = bool(cuts) and not line[: cuts[0]].strip()
    cuts = cuts or [match.start() for match in re.finditer("\t", line)]
    closed = framed and len(cuts) > 1 and not line[cuts[-1] + 1 :].strip()
    edges = [*([] if framed else [-1]), *cuts, *([] if closed else [len(line)])]
    return [_part(offset, line, start + 1, end) for start, end in pairwise(edges)]


def _part(offset: int, line: str, start: int, end: int) -> _Part:
    text = line[start:end]
    blank = len(text) - len(text.lstrip(f"{_BLANKS}\t"))
    return _Part(offset + start + blank, text.strip(f"{_BLANKS}\t"))


def _bars(line: str) -> list[int]:
    """Where bars stand that part cells: in no braces, unless those do not pair."""
    depth = 0
    found: list[int] = []
    inside: list[int] = []
    for match in _SIGN.finditer(line):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if match[0] == "|":
            (inside if depth > 0 else found).append(match.start())
    return found if depth == 0 else sorted((*found, *inside))


def _is_dashes(row: Sequence[_Part]) -> bool:
    return all(_DASHES.fullmatch(part.text) for part in row)


def _align(dashes: str) -> CellAlign | None:
    """What the colons of a column say."""
    if dashes.startswith(":"):
        return "centre" if dashes.endswith(":") else "start"
    return "end" if dashes.endswith(":") else None


def _row(row: Sequence[_Part], copy: Placed, *, ruled: bool, spreads: tuple[tuple[int, Spread], ...] = ()) -> TableRow:
    return TableRow(tuple(_cell(part, copy) for part in row), copy.at(row[0].offset), ruled, spreads)


def _cell(part: _Part, copy: Placed) -> Passage | None:
    """A cell as a passage; one that holds nothing, or whose place another takes, is None."""
    return passage_of(ROLE, [part], copy) if _says_something(part) else None


def _says_something(part: _Part) -> bool:
    return part.text != "" and part.text not in MARKS


def _above(cells: Sequence[Passage]) -> tuple[Passage | None, Passage | None, list[Passage]]:
    """What the cells above the head are: the title, the unit, and what is left."""
    unit = next((cell for cell in cells if cell.text.startswith(_UNIT)), None)
    others = [cell for cell in cells if cell is not unit]
    return (others[0] if others else None), unit, others[1:]


def _ragged(rows: Iterable[TableRow], columns: int, page: int) -> Iterator[Diagnostic]:
    for row in rows:
        if len(row.cells) not in (1, columns):
            message = f"the row has {len(row.cells)} cells, the table {columns} columns"
            yield error("table-ragged", message, row.span, "leave a cell empty where there is nothing: | |", page)
