"""Cells of a table that go over several columns or rows 合并单元格, as typed: ``<`` and ``^`` give up their places."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple, TypeAlias

from layout.issue.model import ONE, Spread

LEFT: Final = "<"
"""Gives its place to the cell on its left."""

ABOVE: Final = "^"
"""Gives its place to the cell above."""

MARKS: Final = frozenset({LEFT, ABOVE})

Place: TypeAlias = tuple[int, int]
"""A line of the table as typed, and a column."""


class Merged(NamedTuple):
    """The cells that go over more than themselves, by line and column, and the marks and cells that make no sense."""

    spreads: Mapping[int, tuple[tuple[int, Spread], ...]]
    wrong: tuple[Place, ...]


def merge(rows: Mapping[int, Sequence[str]], head: Sequence[int], body: Sequence[int], dashes: Sequence[int]) -> Merged:
    """Follow the marks of ``rows``, the cells of each line, to the cells that they belong to.

    Head and body keep their cells to themselves, and so do rows with a row over all columns between them; ``dashes``
    are lines that part nothing.
    """
    if not any(MARKS.intersection(row) for row in rows.values()):
        return Merged({}, ())
    above = {lower: upper for part in (head, body) for upper, lower in pairwise(part) if _adjoin(upper, lower, dashes)}
    owners: dict[Place, Place] = {}
    wrong: list[Place] = []
    for at in sorted(rows):
        for column, text in enumerate(rows[at]):
            place = (at, column)
            asked = (at, column - 1) if text == LEFT else (above.get(at, -1), column)
            owners[place] = owners.get(asked, place) if text in MARKS else place
            if text in MARKS and asked not in owners:
                wrong.append(place)
    covered: defaultdict[Place, list[Place]] = defaultdict(list)
    for place, owner in owners.items():
        covered[owner].append(place)
    sizes = {owner: _size(places) for owner, places in covered.items()}
    wrong += [owner for owner, size in sizes.items() if size.columns * size.rows != len(covered[owner])]
    spreads: defaultdict[int, list[tuple[int, Spread]]] = defaultdict(list)
    for (line, column), size in sizes.items():
        if size != ONE:
            spreads[line].append((column, size))
    return Merged({line: tuple(found) for line, found in spreads.items()}, tuple(wrong))


def _adjoin(upper: int, lower: int, dashes: Sequence[int]) -> bool:
    return all(between in dashes for between in range(upper + 1, lower))


def _size(places: Iterable[Place]) -> Spread:
    lines, columns = zip(*places, strict=True)
    return Spread(len(set(columns)), len(set(lines)))
