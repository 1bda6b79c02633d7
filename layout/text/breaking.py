"""Total fit: the cheapest way to break a whole paragraph (rules J-5 to J-12, L-9, L-10; Knuth and Plass 1981).

Almost every boundary between Han characters is a legal break, so a line tries only the ends that it can reach within
the tolerance of the pass; when a paragraph has no breaking at all within it, the next pass is looser (rule J-9).
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from operator import attrgetter
from typing import Final, NamedTuple, TypeAlias

from layout.core import EPSILON
from layout.text.justify import Line, justify, tracking_for
from layout.text.lattice import NARROW, NARROW_SENTENCE, PASSES, RAGGED, Lattice, Limits, Sums, lattice
from layout.text.paragraph import Paragraph
from layout.text.widths import WORD_FLEX

COMFORTABLE: Final = 0.10
"""Tracking of badness 100, em (rule J-3)."""

_SHRINK_WEIGHT: Final = 0.6  # reduce before expand (rule J-7)
_FLEX_WEIGHT: Final = 0.3
_RAGGED_WHITE: Final = 3.0  # em at the end of a ragged line that count as comfortable tracking
_JUMP: Final = 1e4  # between fitness classes that are no neighbours (rule J-8)
_SHORT_LAST: Final = 2500.0  # for a last line below 2.5 em (rule J-8)
_SHORT: Final = 2.5
_ORPHAN_WEIGHT: Final = 2.0  # a last line holds two Han (rule J-6)
_DROPPED: Final = 1.0  # the widest glue that a line's end drops, em
_HOPELESS: Final = 1e2  # what a line without any gap counts as tracking, em
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


class Terms(NamedTuple):
    """What a pass allows a line of one measure."""

    measure: float
    ragged: bool
    tracking: float
    sentence: float
    white: float
    costs: tuple[float, ...]
    orphan: float
    in_need: bool


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
    limits, best = _optimum(paragraph, measures)
    if looseness:
        found = _with_lines(paragraph, measures, best.lines + looseness)
        if found is None:
            return None
        limits, best = found
    return Broken(_lines(paragraph, measures, best, limits), limits.number, best.cost)


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
    return tuple(_terms_of(measures[min(row, settled - 1)], limits, paragraph.setting.align) for row in rows)


def _terms_of(measure: float, limits: Limits, align: str) -> Terms:
    narrow = measure < NARROW
    return Terms(
        measure=measure,
        ragged=align != "justify" or measure < RAGGED,
        tracking=limits.tracking,
        sentence=max(limits.sentence, NARROW_SENTENCE) if narrow else limits.sentence,
        white=limits.white,
        costs=limits.narrow if narrow else limits.costs,
        orphan=limits.orphan,
        in_need=limits is PASSES[-1],
    )


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
    start, end = net.starts[place], net.starts[-1]
    least = end.natural - start.natural - (end.shrink - start.shrink) - (end.sentence - start.sentence)
    most = net.stretched[-1] - net.stretched[place]
    return least <= sum(lengths) + len(lengths) * _DROPPED and most >= sum(lengths[:-1]) - EPSILON


def _extend(slot: Slot, target: Slot, end: int, ratio: float, cost: float) -> None:
    """Reach a line's end from the cheapest of the ways to its start, jumps between fitness classes counted (J-8)."""
    fitness = _fitness(ratio)
    best, parent = inf, None
    for node in slot:
        if node is not None:
            total = node.cost + _JUMP if abs(node.fitness - fitness) > 1 else node.cost
            if total < best:
                best, parent = total, node
    known = target[fitness]
    if parent is not None and (known is None or best + cost < known.cost):
        target[fitness] = Node(best + cost, parent.lines + 1, end, parent, fitness)


def _fitness(ratio: float) -> int:
    """Squeezed, decent, open, loose (rule J-8)."""
    if ratio < -0.61:
        return 0
    return 1 if ratio <= 0.5 else 2 if ratio <= 1.0 else 3


def _candidates(net: Lattice, place: int, room: float, terms: Terms) -> Iterator[tuple[int, float, float]]:
    """The lines that may start at a place and fill ``room``: (end, ratio, cost)."""
    last = len(net.places) - 1
    first = place + 1
    if not (terms.ragged or terms.in_need):
        first = min(last, max(first, bisect_left(net.widest, room + net.stretched[place] - EPSILON)))
    start = net.starts[place]
    found = False
    for end in range(first, last + 1):
        ratio = _ratio(start, net.ends[end], room, terms, last=end == last)
        if ratio == -inf:
            break
        if ratio < inf:
            cost = _cost(ratio, net, place, end, terms)
            if cost < inf:
                found = True
                yield end, ratio, cost
    if terms.in_need and not found:
        yield first, -1.0, _OVERFULL


def _ratio(start: Sums, end: Sums, room: float, terms: Terms, *, last: bool) -> float:
    """How hard a line is squeezed (negative) or opened (rule J-7); infinite when it cannot be."""
    free = room - end.natural + start.natural
    if free < 0.0:
        return _squeeze(-free, end.shrink - start.shrink, (end.sentence - start.sentence) * terms.sentence)
    if last:
        return 0.0
    if terms.ragged:
        return free / _RAGGED_WHITE if free <= terms.white else inf
    flex = end.flex - start.flex
    if free <= flex:
        return _FLEX_WEIGHT * free / flex if flex > EPSILON else 0.0
    gaps, limited, limit = end.gaps - start.gaps, end.limited - start.limited, end.limit - start.limit
    tracking = tracking_for(free - flex, gaps, limited, limit)
    if tracking == inf and terms.in_need:
        tracking = (free - flex) / words if (words := flex / WORD_FLEX) > EPSILON else _HOPELESS
    if tracking > terms.tracking + EPSILON:
        return inf
    return (_FLEX_WEIGHT if flex > EPSILON else 0.0) + tracking / COMFORTABLE


def _squeeze(need: float, shrink: float, sentence: float) -> float:
    if need <= shrink + EPSILON:
        return -_SHRINK_WEIGHT * need / shrink if shrink > EPSILON else 0.0
    rest = need - shrink
    if rest <= sentence + EPSILON:
        return -_SHRINK_WEIGHT - _SHRINK_WEIGHT * rest / sentence if sentence > EPSILON else -_SHRINK_WEIGHT
    return -inf


def _cost(ratio: float, net: Lattice, place: int, end: int, terms: Terms) -> float:
    """The cost of a line (rules J-7, J-8)."""
    badness = 100.0 * abs(ratio) ** 3
    cost = (10.0 + badness) ** 2 + terms.costs[net.breaks[end]]
    if place and end == len(net.places) - 1:
        if net.weights[end] - net.weights[place] < _ORPHAN_WEIGHT:
            cost += terms.orphan
        if net.ends[end].natural - net.starts[place].natural < _SHORT - EPSILON:
            cost += _SHORT_LAST
    return cost


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
