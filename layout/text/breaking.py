"""Total fit: the cheapest way to break a whole paragraph (rules J-5 to J-12, L-9, L-10; Knuth and Plass 1981).

Almost every boundary between Han characters is a legal break, so a line tries only the ends that it can reach within
the tolerance of the pass; when a paragraph has no breaking at all within it, the next pass is looser (rule J-9).
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from math import inf
from operator import attrgetter
from typing import Final, NamedTuple, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from layout.core import EPSILON
from layout.text.costs import Terms, cost_of, fitness_of, ratio_of, terms_of
from layout.text.hyphens import hyphenated
from layout.text.justify import Line, justify
from layout.text.lattice import HYPHEN, PASSES, RAGGED, Lattice, Limits, lattice
from layout.text.paragraph import Paragraph

_JUMP: Final = 1e4  # between fitness classes that are no neighbours (rule J-8)
_DROPPED: Final = 1.0  # the widest glue that a line's end drops, em
_ASIDE: Final = 1  # lines that a breaking with more or fewer may stray from the optimum's course on either side
_OVERFULL: Final = 1e18  # a single cluster wider than the measure

_by_cost = attrgetter("cost")


class Broken(Struct, frozen=True):
    """A paragraph in lines. ``passed`` is the pass that found them, 1 to 4; from 3 on they are a defect (rule J-9)."""

    lines: tuple[Line, ...]
    passed: int
    cost: float


class Node(NamedTuple):
    """A line's end: cost so far, lines so far, place in the lattice, the line before, fitness class."""

    cost: float
    lines: int
    place: int
    parent: "Node | None"
    fitness: int


Slot: TypeAlias = list[Node | None]
"""The cheapest node of each fitness class at one place."""


def break_lines(paragraph: Paragraph, measures: Sequence[float], *, looseness: int = 0) -> Broken | None:
    """The lines of a paragraph: line ``n`` fills ``measures[n]`` em, the last measure repeats.

    ``looseness`` asks for so many lines more than the optimum has (negative: fewer), within the quality of pass 2;
    None when there is no such breaking. Without it there is always a result. Raises ValueError for measures that hold
    nothing.
    """
    if not measures or min(measures) <= 0.0 or measures[0] <= paragraph.setting.indent:
        raise ValueError("a paragraph needs measures, the first wider than its indent")
    if not paragraph.clusters:
        return Broken((), 1, 0.0)
    if paragraph.parts:
        return _in_parts(paragraph.parts, measures, looseness)
    limits, best = _optimum(paragraph, measures)
    if paragraph.words and (limits.number > 1 or best.cost > HYPHEN):  # else no breaking with a hyphen is cheaper
        paragraph = hyphenated(paragraph)
        limits, best = _optimum(paragraph, measures)
    if looseness:
        found = _with_lines(paragraph, measures, _course(paragraph, best, limits), looseness)
        if found is None:
            return None
        limits, best = found
    return Broken(_lines(paragraph, measures, best, limits), limits.number, best.cost)


def _in_parts(parts: tuple[Paragraph, ...], measures: Sequence[float], looseness: int) -> Broken | None:
    """A paragraph some of whose lines end by hand; what looseness asks for is done where it costs least."""
    if not looseness:
        return _joined(parts, measures, [0] * len(parts))
    asked = ([looseness if number == place else 0 for number in range(len(parts))] for place in range(len(parts)))
    ways = (_joined(parts, measures, each) for each in asked)
    return min((way for way in ways if way is not None), key=_by_cost, default=None)


def _joined(parts: tuple[Paragraph, ...], measures: Sequence[float], looseness: list[int]) -> Broken | None:
    lines: list[Line] = []
    passed, cost = 1, 0.0
    for part, wanted in zip(parts, looseness, strict=True):
        broken = break_lines(part, measures[min(len(lines), len(measures) - 1) :], looseness=wanted)
        if broken is None:
            return None
        lines += broken.lines if part is parts[-1] else (replace(line, last=False) for line in broken.lines)
        passed, cost = max(passed, broken.passed), cost + broken.cost
    return Broken(tuple(lines), passed, cost)


def _optimum(paragraph: Paragraph, measures: Sequence[float]) -> tuple[Limits, Node]:
    for limits in PASSES:
        ends = _fit(lattice(paragraph, limits), _terms(paragraph, measures, limits), paragraph.setting.indent)
        if ends:
            return limits, min(ends, key=_by_cost)
    raise AssertionError("pass 4 breaks anything")


def _course(paragraph: Paragraph, final: Node, limits: Limits) -> tuple[int, ...]:
    """The clusters that the lines of a breaking start with, the first left out, and the paragraph's end."""
    places, stops = lattice(paragraph, limits).places, []
    node: Node | None = final
    while node is not None and node.place:
        stops.append(places[node.place])
        node = node.parent
    return tuple(reversed(stops))


def _with_lines(
    paragraph: Paragraph, measures: Sequence[float], course: tuple[int, ...], looseness: int
) -> tuple[Limits, Node] | None:
    """The best breaking with ``looseness`` lines more than the one whose ``course`` is given (``_course``)."""
    wanted = len(course) + looseness
    if wanted < 1:
        return None
    for limits in PASSES[:2]:
        net, terms = lattice(paragraph, limits), _terms(paragraph, measures, limits, wanted)
        ends = _fit(net, terms, paragraph.setting.indent, _Corridor(net, terms, course, looseness))
        exact = [node for node in ends if node.lines == wanted]
        if exact:
            return limits, min(exact, key=_by_cost)
    return None


class _Corridor:
    """Where a search for a line more or fewer stays: near the optimum's course, so that its effort grows with the text.

    A breaking that is farther off than that somewhere has gained or lost lines that it does not need.
    """

    def __init__(self, net: Lattice, terms: tuple[Terms, ...], course: tuple[int, ...], looseness: int) -> None:
        self._net = net
        self._course = course
        self._fewer, self._more = _ASIDE - min(0, looseness), _ASIDE + max(0, looseness)
        lines = terms[:-1]
        self._most = _sums_after(term.measure + _DROPPED for term in lines)
        self._least = _sums_after(term.measure - (term.white if term.ragged else 0.0) for term in lines)
        self._last = lines[-1].measure - (lines[-1].white if lines[-1].ragged else 0.0)

    def holds(self, place: int, row: int) -> bool:
        """Whether a way to the wanted number of lines may pass here: line ``row`` starts at a place."""
        usual = bisect_left(self._course, self._net.places[place])
        return usual - self._fewer <= row <= usual + self._more and self._can_fill(place, row)

    def _can_fill(self, place: int, row: int) -> bool:
        """Whether what follows a place may be as long as the lines that are left; a necessary condition."""
        if row >= len(self._most) - 1:
            return False
        net, start, end = self._net, self._net.starts[place], self._net.starts[-1]
        least = end.natural - start.natural - (end.shrink - start.shrink) - (end.sentence - start.sentence)
        most = net.stretched[-1] - net.stretched[place]
        return least <= self._most[row] and most >= self._least[row] - self._last - EPSILON


def _sums_after(lengths: Iterable[float]) -> tuple[float, ...]:
    """The sum from each number on; the last is 0."""
    return tuple(accumulate(reversed(tuple(lengths)), initial=0.0))[::-1]


def _terms(
    paragraph: Paragraph, measures: Sequence[float], limits: Limits, lines: int | None = None
) -> tuple[Terms, ...]:
    """The terms of each line as far as they differ; or of as many ``lines`` as there shall be, and one beyond."""
    settled = len(measures)
    while settled > 1 and measures[settled - 2] == measures[-1]:
        settled -= 1
    rows = range(settled if lines is None else lines + 1)
    return tuple(terms_of(measures[min(row, settled - 1)], limits, paragraph.setting.align) for row in rows)


def _fit(net: Lattice, terms: tuple[Terms, ...], indent: float, corridor: _Corridor | None = None) -> list[Node]:
    """The cheapest breakings of the whole, one for each line number (as far as terms differ) and fitness class.

    A ``corridor`` is what the search does not leave.
    """
    reached: list[dict[int, Slot]] = [{} for _ in net.places]
    reached[0][0] = [Node(0.0, 0, 0, None, fitness) for fitness in range(4)]
    settled = len(terms) - 1
    for place in range(len(net.places) - 1):
        rows, reached[place] = reached[place], {}  # ways that lead nowhere are let go
        lines: dict[float, tuple[tuple[int, float, float], ...]] = {}  # of one measure they are the same in any row
        for row, slot in rows.items():
            if corridor is not None and not corridor.holds(place, row):
                continue
            measure = terms[row].measure
            if measure not in lines:
                room = measure - (0.0 if place else indent)
                lines[measure] = tuple(_candidates(net, place, room, terms[row]))
            for end, ratio, cost in lines[measure]:
                _extend(slot, reached[end].setdefault(min(row + 1, settled), [None] * 4), end, ratio, cost)
    return [node for slot in reached[-1].values() for node in slot if node is not None]


def _extend(slot: Slot, target: Slot, end: int, ratio: float, cost: float) -> None:
    """Reach a line's end from the cheapest of the ways to its start, jumps between fitness classes counted (J-8)."""
    fitness = fitness_of(ratio)
    best, parent = inf, None
    for node in slot:
        if node is not None:
            total = node.cost + _JUMP if abs(node.fitness - fitness) > 1 else node.cost
            if total < best:
                best, parent = total, node
    known = target[fitness]
    if parent is not None and (known is None or best + cost < known.cost):
        target[fitness] = Node(best + cost, parent.lines + 1, end, parent, fitness)


def _candidates(net: Lattice, place: int, room: float, terms: Terms) -> Iterator[tuple[int, float, float]]:
    """The lines that may start at a place and fill ``room``: (end, ratio, cost)."""
    last = len(net.places) - 1
    first = place + 1
    if not (terms.ragged or terms.in_need):
        first = min(last, max(first, bisect_left(net.widest, room + net.stretched[place] - EPSILON)))
    start = net.starts[place]
    found = False
    for end in range(first, last + 1):
        ratio = ratio_of(start, net.ends[end], room, terms, last=end == last)
        if ratio == -inf:
            break
        if ratio < inf:
            cost = cost_of(ratio, net, place, end, terms)
            if cost < inf:
                found = True
                yield end, ratio, cost
    if terms.in_need and not found:
        yield first, -1.0, _OVERFULL


def _lines(paragraph: Paragraph, measures: Sequence[float], final: Node, limits: Limits) -> tuple[Line, ...]:
    places = lattice(paragraph, limits).places
    stops: list[int] = []
    node: Node | None = final
    while node is not None:
        stops.append(places[node.place])
        node = node.parent
    stops.reverse()
    return tuple(
        justify(
            paragraph,
            start,
            end,
            measure=measure,
            indent=0.0 if start else paragraph.setting.indent,
            flush=paragraph.setting.align == "justify" and measure >= RAGGED,
            last=end == stops[-1],
        )
        for row, (start, end) in enumerate(pairwise(stops))
        for measure in (measures[min(row, len(measures) - 1)],)
    )
