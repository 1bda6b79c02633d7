"""Pouring a story's copy into its slots: which line stands where, and where columns break.

A column break is to a story what a line break is to a paragraph, so it is found the same way: by the least cost over
the whole story. Each paragraph may take the line count of its best breaking, or one line less or more; a section head
may take a blank line more; a slot at a column's foot may stay empty. Hard rules (J-13, J-14): no last line of a
paragraph alone at a column's head, no section head without ``keep`` lines of text after it in its column.
"""

from collections.abc import Iterator
from itertools import chain
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
SPLIT: Final = 6000.0
"""A table that goes on in the next column: worse than two slots left empty, or than to float it."""
TOGETHER: Final = 2
"""Rows of a part of a table at least."""
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
    """A block of ``lines`` grid lines in the flow of the text: a table.

    ``space`` blank lines keep text off it above and below, but not where a column begins or ends. It may be parted at
    the ``cuts``: each a line, and the rows above it. A part behind a cut has the ``again`` lines of the head once more.
    """

    lines: int
    space: int
    again: int = 0
    cuts: tuple[tuple[int, int], ...] = ()


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


_Stretches: TypeAlias = tuple[tuple[int, int], ...]
"""Slots as stretches of consecutive ones, ends exclusive: spelled out one by one only for the way that is taken."""


class _State(Struct, frozen=True):
    """The cheapest way to a slot: the last element's stretches and variant, and the state before it."""

    cost: float
    stretches: _Stretches = ()
    broken: Broken | None = None
    before: "_State | None" = None


_Step: TypeAlias = tuple[int, float, _Stretches, Broken | None]
"""End slot, cost, the stretches taken, the variant that fills them."""


def pour(elements: tuple[Element, ...], pieces: Pieces, *, measure: float, limit: float = inf) -> Pour | None:
    """Place every element in order at the least cost; None when that costs ``limit`` or more.

    ``measure`` is the columns' measure in em.
    """
    states: dict[int, _State] = {0: _State(0.0)}
    for element in elements:
        reached: dict[int, _State] = {}
        for start, state in states.items():
            for end, cost, stretches, broken in _steps(element, start, state, pieces, measure):
                total = state.cost + cost
                if end > pieces.capacity:
                    total += OVERSET * (end - max(start, pieces.capacity))
                known = reached.get(end)
                if total < limit and (known is None or total < known.cost):
                    reached[end] = _State(total, stretches, broken, state)
        if not reached:
            return None
        states = reached
    end, last = min(states.items(), key=lambda item: (item[1].cost + _rest_cost(item[0], pieces), item[0]))
    return Pour(_trace(last), last.cost + _rest_cost(end, pieces), end, pieces.capacity)


def _rest_cost(end: int, pieces: Pieces) -> float:
    rest = max(0, pieces.capacity - end)
    return SHORT * rest * rest


def _trace(last: _State) -> tuple[Placed, ...]:
    states: list[_State] = []
    state: _State | None = last
    while state is not None and state.before is not None:
        states.append(state)
        state = state.before
    return tuple(
        Placed(index, tuple(chain.from_iterable(range(*stretch) for stretch in each.stretches)), each.broken)
        for index, each in enumerate(reversed(states))
    )


def _steps(element: Element, start: int, state: _State, pieces: Pieces, measure: float) -> Iterator[_Step]:
    match element:
        case Text():
            best = element.variants[0].cost
            for nth, broken in enumerate(element.variants):
                variant = (VARIANT + max(0.0, broken.cost - best) / 100) if nth else 0.0
                for stretches, cost in _runs(start, len(broken.lines), pieces, first=True):
                    yield stretches[-1][1], variant + cost, stretches, broken
        case Head():
            yield from _head_steps(element, start, pieces)
        case Inset():
            yield _inset_step(element, start, pieces)
            yield from _parted_step(element, start, pieces)
        case Credit():
            if _shares_line(element, state, measure):
                yield start, 0.0, (), None
            else:
                for stretches, cost in _runs(start, element.lines, pieces, first=True):
                    yield stretches[-1][1], cost, stretches, None


def _runs(start: int, count: int, pieces: Pieces, *, first: bool) -> Iterator[tuple[_Stretches, float]]:
    """Ways to put ``count`` lines from ``start`` on; the paragraph began there if ``first``."""
    room = pieces.room(start)
    if count <= room:
        yield ((start, start + count),), 0.0
        return
    for before in (room, room - 1):
        after = count - before
        if before < 0 or after == 1:
            continue
        cost = EMPTY * (room - before) + (FOOT if first and before == 1 else 0.0)
        for tail, more in _runs(start + room, after, pieces, first=first and before == 0):
            yield ((start, start + before), *tail), cost + more


def _head_steps(head: Head, start: int, pieces: Pieces) -> Iterator[_Step]:
    for extra in range(head.extra + 1):
        lines = head.lines + extra
        skipped = 0 if pieces.room(start) >= lines + head.keep else pieces.room(start)
        first = start + skipped
        while pieces.room(first) < lines + head.keep:  # a piece too short for any head stays empty
            skipped += pieces.room(first)
            first = start + skipped
        yield first + lines, EMPTY * skipped + HEAD_EXTRA * extra * extra, ((first, first + lines),), None


def _inset_step(inset: Inset, start: int, pieces: Pieces) -> _Step:
    """A block at the next place that holds all of it."""
    first = start
    while pieces.room(first) < (above := 0 if pieces.begins(first) else inset.space) + inset.lines:
        first += pieces.room(first)
    end = first + above + inset.lines
    below = min(inset.space, 0 if pieces.begins(end) else pieces.room(end))
    return end + below, EMPTY * (first - start), ((first + above, end),), None


def _parted_step(inset: Inset, start: int, pieces: Pieces) -> Iterator[_Step]:
    """A block that goes on from piece to piece, as much in each as it holds; nothing where it is not parted."""
    if not inset.cuts:
        return
    parts: list[tuple[int, int]] = []
    first, done, rows, cost = start, 0, 0, 0.0
    while True:
        above = 0 if pieces.begins(first) else inset.space
        again = inset.again if done else 0
        room = pieces.room(first) - above - again
        if inset.lines - done <= room:
            break
        fitting = [(line, n) for line, n in inset.cuts if line - done <= room and n >= rows + TOGETHER]
        if fitting:
            line, rows = fitting[-1]
            parts.append((first + above, first + above + again + line - done))
            cost += SPLIT + EMPTY * (room - line + done)
            done = line
        else:
            cost += EMPTY * pieces.room(first)
        first += pieces.room(first)
    if done:
        end = first + above + again + inset.lines - done
        below = min(inset.space, 0 if pieces.begins(end) else pieces.room(end))
        yield end + below, cost, (*parts, (first + above, end)), None


def _shares_line(credit: Credit, state: _State, measure: float) -> bool:
    if state.broken is None:
        return False
    line = state.broken.lines[-1]
    return line.indent + line.width + 1 + credit.width <= measure + EPSILON
