"""Which cells of a table lie where, some of them over several columns or rows: heights, and where rules may run."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypeAlias

from layout.issue.model import TableRow

Place: TypeAlias = tuple[int, int]
"""A row and a column."""


class Lattice:
    """The cells of rows of ``columns`` cells, and whose place each is."""

    def __init__(self, rows: Sequence[TableRow], columns: int) -> None:
        self._rows = rows
        self._columns = columns
        self._owners: dict[Place, Place] = {}
        for number, row in enumerate(rows):
            for column, spread in row.spreads:
                places = ((r, c) for r in range(spread.rows) for c in range(spread.columns))
                self._owners.update({(number + r, column + c): (number, column) for r, c in places})

    def _owner(self, row: int, column: int) -> Place:
        return self._owners.get((row, column), (row, column))

    def is_whole(self, row: int) -> bool:
        """Whether a row is one cell over all columns."""
        return len(self._rows[row].cells) != self._columns

    def heights(self, lines: Mapping[Place, int]) -> list[int]:
        """The height of each row, from the lines that its cells have; the last of several rows takes what they lack."""
        heights = [1] * len(self._rows)
        for (row, column), count in lines.items():
            if self._rows[row].spread(column).rows == 1:
                heights[row] = max(heights[row], count)
        for (row, column), count in lines.items():
            last = row + self._rows[row].spread(column).rows - 1
            heights[last] += max(0, count - sum(heights[row : last + 1]))
        return heights

    def below(self, row: int) -> Iterator[tuple[int, int]]:
        """The columns, first and last (exclusive), that a rule below a row parts from the next."""
        parted = [self._owner(row, c) != self._owner(row + 1, c) for c in range(self._columns)]
        return _stretches(parted)

    def under_spreads(self, row: int) -> Iterator[tuple[int, int]]:
        """The columns below the cells over several columns that end with a row."""
        for number, each in enumerate(self._rows):
            for column, spread in each.spreads:
                if spread.columns > 1 and number + spread.rows - 1 == row:
                    yield column, column + spread.columns

    def beside(self, column: int) -> Iterator[tuple[int, int]]:
        """The rows, first and last (exclusive), that an upright behind a column parts from the next column."""
        parted = [
            not self.is_whole(r) and self._owner(r, column) != self._owner(r, column + 1)
            for r in range(len(self._rows))
        ]
        return _stretches(parted)

    def parts(self, row: int) -> bool:
        """Whether the rows may be parted below one: no cell goes on there, no heading is left without its rows."""
        return not self.is_whole(row) and list(self.below(row)) == [(0, self._columns)]


def _stretches(parted: Sequence[bool]) -> Iterator[tuple[int, int]]:
    for kept, group in groupby(range(len(parted)), key=lambda n: parted[n]):
        numbers = list(group)
        if kept:
            yield numbers[0], numbers[-1] + 1
