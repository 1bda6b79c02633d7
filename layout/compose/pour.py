"""Pouring a story's copy into its slots: which line stands where, and where columns break.

A column break is to a story what a line break is to a paragraph, so it is found the same way: by the least cost over
the whole story. Each paragraph may take the line count of its best breaking, or one line less or more; a section head
may take a blank line more; a slot at a column's foot may stay empty. Hard rules (J-13, J-14): no last line of a
paragraph alone at a column's head, no section head without ``keep`` lines of text after it in its column.
"""

from collections.abc import Iterator
from math import inf
from typing import Final, TypeAlias

from msgspec import Struct

from layout.compose.grid import Slot
from layout.core import EPSILON
from layout.text import Broken

FOOT: Final = 300.0
"""A paragraph's first line alone at a column's foot (rule J-13)."""
EMPTY: Final = 2500.0
"""A slot left empty at a column's foot."""
VARIANT: Final = 60.0
"""A paragraph set a line shorter or longer than its best breaking, before the quality of the lines is counted."""
HEAD_EXTRA: Final = 250.0
"""A blank line more in a section head, times its square."""
SHORT: Final = 400.0
"""A slot left over at the end of the last column."""
OVERSET: Final = 1e6
"""A line that has no slot."""


ENDLESS: Final = 1_000_000
"""Slots of the piece that takes what is overset."""


class Text(Struct, frozen=True):
    """A paragraph in its line-count variants, the best one first."""

    variants: tuple[Broken, ...]


class Head(Struct, frozen=True):
    """A section head of ``lines`` grid lines that may take up to ``extra`` blank ones more."""

    lines: int
    keep: int
    extra: int = 1


class Credit(Struct, frozen=True):
    """A closing credit of ``width`` em: on the last text line if 1 em remains there (rule B-2), else on its own.

    One that is wider than a column takes ``lines`` of its own (rule B-5).
    """

    width: float
    lines: int = 1


class Inset(Struct, frozen=True):
    """A block of ``lines`` grid lines in the flow of the text, never parted: a table.

    ``space`` blank lines keep text off it above and below, but not where a column begins or ends.
    """

    lines: int
    space: int


Element: TypeAlias = Text | Head | Credit | Inset


class Placed(Struct, frozen=True):
    """What one element got: the slot of each of its lines, and for a paragraph the variant that fills them."""

    element: int
    slots: tuple[int, ...]
    broken: Broken | None = None


class Pour(Struct, frozen=True):
    """A poured story. Slots from ``capacity`` on do not exist: lines there are overset."""

    placed: tuple[Placed, ...]
    cost: float
    end: int
    capacity: int

    @property
    def over(self) -> int:
        """Lines that found no slot."""
        return sum(slot >= self.capacity for placed in self.placed for slot in placed.slots)

    @property
    def left(self) -> int:
        """Slots after the last line."""
        return max(0, self.capacity - self.end)


class Pieces(Struct, frozen=True):
    """The slots as unbroken pieces of column: ``ends[i]`` is the end (exclusive) of the piece that slot i lies in."""

    ends: tuple[int, ...]
    capacity: int

    def end(self, slot: int) -> int:
        """End of the slot's piece; beyond the last slot lies one endless piece for what is overset."""
        return self.ends[slot] if slot < self.capacity else self.capacity + ENDLESS

    def begins(self, slot: int) -> bool:
        """Whether a piece begins at a slot."""
        return slot == 0 or self.end(slot - 1) == slot

    def room(self, slot: int) -> int:
        """Slots from this one to the end of its piece."""
        return self.end(slot) - slot


def pieces(slots: tuple[Slot, ...]) -> Pieces:
    """Where unbroken pieces of column end in a list of slots."""
    ends = [0] * len(slots)
    end = len(slots)
    for index in range(len(slots) - 1, -1, -1):
        ends[index] = end
        if index == 0 or not slots[index].follows(slots[index - 1]):
            end = index
    return Pieces(tuple(ends), len(slots))


class _State(Struct, frozen=True):
    cost: float
    placed: Placed | None
    before: "_State | None"


_Step: TypeAlias = tuple[int, float, Placed]
"""End slot, cost, what was placed."""


def pour(elements: tuple[Element, ...], pieces: Pieces, *, measure: float, limit: float = inf) -> Pour | None:
    """Place every element in order at the least cost; None when that costs ``limit`` or more.

    ``measure`` is the columns' measure in em.
    """
    states: dict[int, _State] = {0: _State(0.0, None, None)}
    for index, element in enumerate(elements):
        reached: dict[int, _State] = {}
        for start, state in states.items():
            for end, cost, placed in _steps(index, element, start, state, pieces, measure):
                total = state.cost + cost + OVERSET * max(0, end - max(start, pieces.capacity))
                if total < limit and (end not in reached or total < reached[end].cost):
                    reached[end] = _State(total, placed, state)
        if not reached:
            return None
        states = reached
    end, last = min(states.items(), key=lambda item: (item[1].cost + _rest_cost(item[0], pieces), item[0]))
    return Pour(_trace(last), last.cost + _rest_cost(end, pieces), end, pieces.capacity)


def _rest_cost(end: int, pieces: Pieces) -> float:
    rest = max(0, pieces.capacity - end)
    return SHORT * rest * rest


def _trace(state: _State) -> tuple[Placed, ...]:
    placed: list[Placed] = []
    here: _State | None = state
    while here is not None and here.placed is not None:
        placed.append(here.placed)
        here = here.before
    return tuple(reversed(placed))


def _steps(index: int, element: Element, start: int, state: _State, pieces: Pieces, measure: float) -> Iterator[_Step]:
    match element:
        case Text():
            best = element.variants[0].cost
            for nth, broken in enumerate(element.variants):
                variant = (VARIANT + max(0.0, broken.cost - best) / 100) if nth else 0.0
                for slots, cost in _runs(start, len(broken.lines), pieces, first=True):
                    yield slots[-1] + 1, variant + cost, Placed(index, slots, broken)
        case Head():
            yield from _head_steps(index, element, start, pieces)
        case Inset():
            yield _inset_step(index, element, start, pieces)
        case Credit():
            if _shares_line(element, state, measure):
                yield start, 0.0, Placed(index, ())
            else:
                for slots, cost in _runs(start, element.lines, pieces, first=True):
                    yield slots[-1] + 1, cost, Placed(index, slots)


def _runs(start: int, count: int, pieces: Pieces, *, first: bool) -> Iterator[tuple[tuple[int, ...], float]]:
    """Ways to put ``count`` lines from ``start`` on; the paragraph began there if ``first``."""
    room = pieces.room(start)
    if count <= room:
        yield tuple(range(start, start + count)), 0.0
        return
    for before in (room, room - 1):
        after = count - before
        if before < 0 or after == 1:
            continue
        cost = EMPTY * (room - before) + (FOOT if first and before == 1 else 0.0)
        head = tuple(range(start, start + before))
        for tail, more in _runs(start + room, after, pieces, first=first and before == 0):
            yield head + tail, cost + more


def _head_steps(index: int, head: Head, start: int, pieces: Pieces) -> Iterator[_Step]:
    for extra in range(head.extra + 1):
        lines = head.lines + extra
        skipped = 0 if pieces.room(start) >= lines + head.keep else pieces.room(start)
        first = start + skipped
        while pieces.room(first) < lines + head.keep:  # a piece too short for any head stays empty
            skipped += pieces.room(first)
            first = start + skipped
        yield (
            first + lines,
            EMPTY * skipped + HEAD_EXTRA * extra * extra,
            Placed(index, tuple(range(first, first + lines))),
        )


def _inset_step(index: int, inset: Inset, start: int, pieces: Pieces) -> _Step:
    """A block at the next place that holds all of it."""
    first = start
    while pieces.room(first) < (above := 0 if pieces.begins(first) else inset.space) + inset.lines:
        first += pieces.room(first)
    end = first + above + inset.lines
    below = min(inset.space, 0 if pieces.begins(end) else pieces.room(end))
    return end + below, EMPTY * (first - start), Placed(index, tuple(range(first + above, end)))


def _shares_line(credit: Credit, state: _State, measure: float) -> bool:
    placed = state.placed
    if placed is None or placed.broken is None:
        return False
    line = placed.broken.lines[-1]
    return line.indent + line.width + 1 + credit.width <= measure + EPSILON
