"""Total fit: the cheapest way to break a whole paragraph (rules J-5 to J-12, L-9, L-10; Knuth and Plass 1981).

Almost every boundary between Han characters is a legal break, so a line tries only the ends that it can reach within
the tolerance of the pass; when a paragraph has no breaking at all within it, the next pass is looser (rule J-9).
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf
from operator import attrgetter
from typing import Final, NamedTuple, TypeAlias

from layout.core import EPSILON
from layout.text.costs import Terms, cost_of, fitness_of, ratio_of, terms_of
from layout.text.hyphens import hyphenated
from layout.text.justify import Line, justify
from layout.text.lattice import HYPHEN, PASSES, RAGGED, Lattice, Limits, lattice
from layout.text.paragraph import Paragraph

_JUMP: Final = 1e4  # between fitness classes that are no neighbours (rule J-8)
_DROPPED: Final = 1.0  # the widest glue that a line's end drops, em
_OVERFULL: Final = 1e26  # a single cluster wider than the measure

_by_cost = attrgetter("cost")


@dataclass(frozen=True, slots=True)
class Broken:
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
        found = _with_lines(paragraph, measures, best.lines + looseness)
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


def _with_lines(paragraph: Paragraph, measures: Sequence[float], wanted: int) -> tuple[Limits, Node] | None:
    for limits in PASSES[:2]:
        terms = _terms(paragraph, measures, limits, wanted)
        ends = _fit(lattice(paragraph, limits), terms, paragraph.setting.indent, counted=True)
        exact = [node for node in ends if node.lines == wanted]
        if exact:
            return limits, min(exact, key=_by_cost)
    return None


def _terms(
    paragraph: Paragraph, measures: Sequence[float], limits: Limits, lines: int | None = None
) -> tuple[Terms, ...]:
    """The terms of each line as far as they differ; or of as many ``lines`` as there shall be, and one beyond."""
    settled = len(measures)
    while settled > 1 and measures[settled - 2] == measures[-1]:
        settled -= 1
    rows = range(settled if lines is None else lines + 1)
    return tuple(terms_of(measures[min(row, settled - 1)], limits, paragraph.setting.align) for row in rows)


def _fit(net: Lattice, terms: tuple[Terms, ...], indent: float, *, counted: bool = False) -> list[Node]:
    """The cheapest breakings of the whole, one for each line number (as far as terms differ) and fitness class.

    ``counted`` leaves out what can no longer end with one line fewer than there are terms.
    """
    reached: list[dict[int, Slot]] = [{} for _ in net.places]
    reached[0][0] = [Node(0.0, 0, 0, None, fitness) for fitness in range(4)]
    settled = len(terms) - 1
    for place in range(len(net.places) - 1):
        for row, slot in reached[place].items():
            if counted and not _can_fill(net, place, terms[row:-1]):
                continue
            room = terms[row].measure - (0.0 if place else indent)
            for end, ratio, cost in _candidates(net, place, room, terms[row]):
                _extend(slot, reached[end].setdefault(min(row + 1, settled), [None] * 4), end, ratio, cost)
    return [node for slot in reached[-1].values() for node in slot if node is not None]


def _can_fill(net: Lattice, place: int, terms: tuple[Terms, ...]) -> bool:
    """Whether what follows a place may be as long as the lines that are left; a necessary condition."""
    lengths = [term.measure for term in terms]
    filled = sum(term.measure - (term.white if term.ragged else 0.0) for term in terms[:-1])
    start, end = net.starts[place], net.starts[-1]
    least = end.natural - start.natural - (end.shrink - start.shrink) - (end.sentence - start.sentence)
    most = net.stretched[-1] - net.stretched[place]
    return least <= sum(lengths) + len(lengths) * _DROPPED and most >= filled - EPSILON


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
