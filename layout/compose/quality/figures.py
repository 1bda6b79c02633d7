"""A story's quality in numbers, so that a regression shows as a number (rules Q-5 to Q-7)."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from msgspec import Struct

from layout.compose.grid import Slot
from layout.core import EPSILON, Pt
from layout.issue.model import Passage
from layout.text import Broken, Line
from layout.text.costs import COMFORTABLE

TRACKING: Final = (0.0, 0.05, COMFORTABLE, 0.25)
"""Edges of the classes that justified lines are counted in by their tracking, em: at most so much."""

RIVER: Final = 3
"""Loose lines one below the other that make a river."""


class Poured(NamedTuple):
    """A paragraph on the page: what it sets, its breaking, the slot of each line that has one."""

    passage: Passage
    broken: Broken
    slots: tuple[Slot, ...]


class Quality(Struct, frozen=True):
    """How a story's text came out.

    ``lines`` are those that stand in a column, ``justified`` those of them that fill it. ``tracking`` counts the
    justified ones by their tracking: none, at most 0.05, 0.10, 0.25 em, more. ``loose`` are those above 0.10 em and
    ``rivers`` counts three or more of those one below the other. ``mean`` is the mean tracking and ``widest`` the
    widest, em. ``flaws`` counts broken rules by their code. ``uneven`` is by how many lines the columns' ends differ,
    ``off_grid`` and ``off_edge`` how far the worst baseline is from the page's grid and the worst line reaches over
    its column, points.
    """

    lines: int
    justified: int
    tracking: tuple[int, ...]
    loose: int
    rivers: int
    mean: float
    widest: float
    flaws: tuple[tuple[str, int], ...]
    uneven: int
    off_grid: Pt
    off_edge: Pt


def justified(poured: Poured) -> Iterator[tuple[Line, Slot]]:
    """The lines that fill their column, each with its slot."""
    for line, slot in zip(poured.broken.lines, poured.slots, strict=False):
        if not line.last and abs(line.width - line.measure) < EPSILON * line.measure:
            yield line, slot


def tracking_classes(tracking: Sequence[float]) -> tuple[int, ...]:
    """How many lines fall into each class of ``TRACKING``, and into the one beyond."""
    counts = [0] * (len(TRACKING) + 1)
    for each in tracking:
        counts[bisect_left(TRACKING, each - EPSILON)] += 1
    return tuple(counts)


def rivers(lines: Sequence[tuple[Line, Slot]]) -> int:
    """Runs of loose lines one below the other."""
    loose = [slot for line, slot in lines if line.tracking > COMFORTABLE + EPSILON]
    runs = groupby(enumerate(loose), key=lambda nth: (nth[1].column, nth[1].line - nth[0]))
    return sum(len(tuple(run)) >= RIVER for _, run in runs)


def unevenness(slots: Sequence[Slot], used: Iterable[Slot]) -> int:
    """By how many lines the columns' ends differ: the free lines behind the last one used in each (rule J-16).

    ``slots`` are all lines of the story that text may stand on, those that copyfitting left blank among them.
    """
    last = dict.fromkeys((slot.column for slot in slots), -1)
    for slot in used:
        last[slot.column] = max(last[slot.column], slot.line)
    blank = Counter(slot.column for slot in slots if slot.line > last[slot.column])
    counts = [blank[column] for column in last]
    return max(counts, default=0) - min(counts, default=0)
