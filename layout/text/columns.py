"""How wide the columns of a table are: by their content, fitted to the measure (rule B-7). Lengths in em."""

from collections.abc import Sequence
from math import ceil
from typing import Final, NamedTuple

from msgspec import Struct

from layout.core import EPSILON
from layout.text.paragraph import Paragraph
from layout.text.prohibition import Break

STEP: Final = 0.5
"""By so much a column is narrowed at a time."""

CRAMPED: Final = 2
"""As many lines costs a line that a cell only has because it is narrower than is worth a line."""


class Need(NamedTuple):
    """What a cell needs: its width on one line, the least that is worth a line, the least that holds its units."""

    natural: float
    least: float
    units: float

    def scaled(self, share: float) -> "Need":
        """The same for type of another size."""
        return Need(self.natural * share, self.least * share, self.units * share)


class Fitting(Struct, frozen=True):
    """The columns' widths, and the space round each: half of ``gap`` on either side.

    ``over`` is by how much the table is too wide even so, else 0.
    """

    widths: tuple[float, ...]
    gap: float
    over: float = 0.0


_NOTHING: Final = Need(0.0, 0.0, 0.0)


def need_of(paragraph: Paragraph, words: float) -> Need:
    """What a cell of words needs; ``words`` em are the least that is worth a line."""
    natural, widest, start = 0.0, 0.0, 0.0
    glue = 0.0
    for cell, after, kind in zip(paragraph.cells, paragraph.glue, paragraph.breaks, strict=True):
        natural += glue + cell.advance
        glue = after.natural
        if kind is Break.FREE:
            widest, start = max(widest, natural - start), natural + glue
    units = max(widest, natural - start)
    return Need(natural, min(natural, max(units, words)), units)


def spread_needs(
    rows: Sequence[Sequence[Need | None]], wide: Sequence[tuple[int, int, Need]], gap: float
) -> list[list[Need | None]]:
    """What cells over several columns (the first, how many, the need) ask of those beyond what ``rows`` ask already.

    What they lack is shared evenly; the gaps between the columns count for the cell.
    """
    made: list[list[Need | None]] = [list(row) for row in rows]
    for first, count, need in wide:
        own = [row[first : first + count] for row in made]
        most = [
            Need(*map(max, zip(*(cell or _NOTHING for cell in column), strict=True)))
            for column in zip(*own, strict=True)
        ]
        lacking = [
            max(0.0, asked - gap * (count - 1) - sum(has)) / count
            for asked, has in zip(need, zip(*most, strict=True), strict=True)
        ]
        if max(lacking) > EPSILON:
            asked = [Need(*(has + more for has, more in zip(each, lacking, strict=True))) for each in most]
            made.append([*[None] * first, *asked, *[None] * (len(rows[0]) - first - count)])
    return made


def fit_columns(rows: Sequence[Sequence[Need | None]], measure: float, gap: float) -> Fitting:
    """Columns for ``rows`` of cells in a measure, at least ``gap`` apart.

    What is left over opens the gaps; what lacks is taken from the columns that lose fewest lines by it.
    """
    columns = [[cell or _NOTHING for cell in column] for column in zip(*rows, strict=True)]
    most = [Need(*map(max, zip(*column, strict=True))) for column in columns]
    widths, leasts, units = (list(each) for each in zip(*most, strict=True))
    target = measure - gap * len(columns)
    if sum(widths) <= target + EPSILON:
        return Fitting(tuple(widths), (measure - sum(widths)) / len(columns))
    for limits in (leasts, units):
        if sum(limits) <= target + EPSILON:
            return Fitting(tuple(_narrowed(rows, widths, limits, target)), gap)
    return Fitting(tuple(units), gap, sum(units) - target)


def _narrowed(
    rows: Sequence[Sequence[Need | None]], widths: list[float], leasts: Sequence[float], target: float
) -> list[float]:
    """The widths brought down to ``target`` em in all, step by step where it costs fewest lines."""
    while (over := sum(widths) - target) > EPSILON:
        tries = [
            [*widths[:at], max(least, width - min(STEP, over)), *widths[at + 1 :]]
            for at, (width, least) in enumerate(zip(widths, leasts, strict=True))
            if width > least + EPSILON
        ]
        widths = min(tries, key=lambda each: (_cost(rows, each), max(each)))
    return widths


def _cost(rows: Sequence[Sequence[Need | None]], widths: Sequence[float]) -> int:
    """About how many lines the rows take together, and what the lines of cramped cells cost besides."""
    pairs = [list(zip(row, widths, strict=True)) for row in rows]
    cramped = sum(
        _lines(cell, width) - _lines(cell, max(width, cell.least)) for row in pairs for cell, width in row if cell
    )
    return sum(max(_lines(cell, width) for cell, width in row) for row in pairs) + CRAMPED * cramped


def _lines(cell: Need | None, width: float) -> int:
    if cell is None or cell.natural <= width + EPSILON:
        return 1
    return ceil(cell.natural / max(width - STEP, STEP))  # ragged lines are not full
