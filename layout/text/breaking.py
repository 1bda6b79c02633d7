"""Total fit: the cheapest way to break a whole paragraph (rules J-5 to J-12, L-9, L-10; Knuth and Plass 1981).

Almost every boundary between Han characters is a legal break, so a line tries only the ends that it can reach within
the tolerance of the pass; when a paragraph has no breaking at all within it, the next pass is looser (rule J-9).
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from math import inf
from operator import attrgetter
from typing import Final, NamedTuple, TypeAlias

from msgspec import Struct

from layout.core import EPSILON
from layout.text.costs import Terms, cost_of, fitness_of, ratio_of, terms_of
from layout.text.hyphens import hyphenated
from layout.text.justify import Line, justify
from layout.text.lattice import HYPHEN, PASSES, RAGGED, Lattice, Limits, lattice
from layout.text.paragraph import Paragraph
from layout.text.prohibition import Break

_JUMP: Final = 1e4  # between fitness classes that are no neighbours (rule J-8)
_JUMPS: Final = tuple(tuple(_JUMP if abs(here - there) > 1 else 0.0 for here in range(4)) for there in range(4))
_DROPPED: Final = 1.0  # the widest glue that a line's end drops, em
_ASIDE: Final = 1  # lines that a breaking with more or fewer may stray from the optimum's course on either side
_LADDER: Final = 1e12  # a third hyphen in a row, in need: rather a word torn without one (rule L-10)
_AT_HYPHEN: Final = int(Break.AT_HYPHEN)
_OVERFULL: Final = 1e18  # a single cluster wider than the measure

_by_cost = attrgetter("cost")


class Broken(Struct, frozen=True):
    """A paragraph in lines. ``passed`` is the pass that found them, 1 to 4; from 3 on they are a defect (rule J-9)."""

    lines: tuple[Line, ...]
    passed: int
    cost: float


class Node(Struct, frozen=True, gc=False):
    """A line's end: cost so far, lines so far, place in the lattice, the line before, fitness class."""

    cost: float
    lines: int
    place: int
    parent: "Node | None"
    fitness: int


class _Way(NamedTuple):
    """A breaking before its lines are set: of which paragraph, hyphenated or not, in which pass, and its last node."""

    paragraph: Paragraph
    measures: Sequence[float]
    limits: Limits
    final: Node


Slot: TypeAlias = list[Node | None]
"""The cheapest node of each fitness class at one place."""

Candidate: TypeAlias = tuple[int, int, float]
"""A line that may start at a place: the place where it ends, its fitness class and its cost."""


def break_lines(paragraph: Paragraph, measures: Sequence[float], *, looseness: int = 0) -> Broken | None:
    """The lines of a paragraph: line ``n`` fills ``measures[n]`` em, the last measure repeats.

    ``looseness`` asks for so many lines more than the optimum has (negative: fewer), within the quality of pass 2;
    None when there is no such breaking. Without it there is always a result. Raises ValueError for measures that hold
    nothing.
    """
    _check(paragraph, measures)
    if not paragraph.clusters:
        return Broken((), 1, 0.0)
    if paragraph.parts:
        return _in_parts(paragraph.parts, measures, looseness)
    best = _best(paragraph, measures)
    found = _loosened(best, looseness) if looseness else best
    return found and _set(found)


def breakings(
    paragraph: Paragraph, measures: Sequence[float], worth: Callable[[Broken], Iterable[int]]
) -> tuple[Broken, ...]:
    """The best lines of a paragraph, then those of each looseness that they make ``worth`` a try, as far as there are.

    As often ``break_lines``, but the best breaking, near which the others are looked for, is found only once.
    """
    if paragraph.parts or not paragraph.clusters:
        best = break_lines(paragraph, measures)
        assert best is not None  # only looser or tighter breakings may be impossible
        others = (break_lines(paragraph, measures, looseness=looseness) for looseness in worth(best))
        return best, *filter(None, others)
    _check(paragraph, measures)
    found = _best(paragraph, measures)
    best = _set(found)
    ways = (_loosened(found, looseness) for looseness in worth(best))
    return best, *(_set(way) for way in ways if way is not None)


def _check(paragraph: Paragraph, measures: Sequence[float]) -> None:
    if not measures or min(measures) <= 0.0 or measures[0] <= paragraph.setting.indent:
        raise ValueError("a paragraph needs measures, the first wider than its indent")


def _best(paragraph: Paragraph, measures: Sequence[float]) -> _Way:
    limits, final = _optimum(paragraph, measures)
    if paragraph.words and (limits.number > 1 or final.cost > HYPHEN):  # else no breaking with a hyphen is cheaper
        paragraph = hyphenated(paragraph)
        limits, final = _optimum(paragraph, measures)
    return _Way(paragraph, measures, limits, final)


def _loosened(best: _Way, looseness: int) -> _Way | None:
    paragraph, measures, limits, final = best
    found = _with_lines(paragraph, measures, _stops(paragraph, final, limits), looseness)
    return None if found is None else _Way(paragraph, measures, *found)


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
        lines += broken.lines
        passed, cost = max(passed, broken.passed), cost + broken.cost
    return Broken(tuple(lines), passed, cost)


def _optimum(paragraph: Paragraph, measures: Sequence[float]) -> tuple[Limits, Node]:
    for limits in PASSES:
        ends = _fit(paragraph, limits, _terms(paragraph, measures, limits))
        if ends:
            return limits, min(ends, key=_by_cost)
    raise AssertionError("pass 4 breaks anything")


def _stops(paragraph: Paragraph, final: Node, limits: Limits) -> tuple[int, ...]:
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
    """The best breaking with ``looseness`` lines more than the one whose ``course`` is given (``_stops``)."""
    wanted = len(course) + looseness
    if wanted < 1:
        return None
    for limits in PASSES[:2]:
        net, terms = lattice(paragraph, limits), _terms(paragraph, measures, limits, wanted)
        ends = _fit(paragraph, limits, terms, _Corridor(net, terms, course, looseness))
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

    def ways(self, place: int, rows: dict[int, Slot]) -> list[tuple[int, Slot]]:
        """Of the ways to a place those that may go on to the wanted number of lines: line ``row`` starts there.

        The key of a way is its row, or the complement of its row.
        """
        usual = bisect_left(self._course, self._net.places[place])
        rows_here = range(usual - self._fewer, min(usual + self._more, len(self._most) - 2) + 1)
        natural, shrink, sentence, _, _, _, _ = self._net.starts[place]
        all_natural, all_shrink, all_sentence, _, _, _, _ = self._net.starts[-1]
        least = all_natural - natural - (all_shrink - shrink) - (all_sentence - sentence)
        most = self._net.stretched[-1] - self._net.stretched[place] + self._last + EPSILON
        return [
            (key, slot)
            for key, slot in rows.items()
            for row in (key if key >= 0 else ~key,)
            if row in rows_here and least <= self._most[row] and most >= self._least[row]
        ]


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


class _Lines:
    """The lines of a paragraph in one pass, tried when a search first comes to where they start."""

    def __init__(self, paragraph: Paragraph, limits: Limits) -> None:
        self._net = lattice(paragraph, limits)
        self._indent = paragraph.setting.indent
        self._tried: dict[tuple[int, float], list[Candidate]] = {}

    def starting(self, place: int, terms: Terms) -> list[Candidate]:
        """Those that may start at a place and fill a measure; they are the same in any row."""
        key = place, terms.measure
        tried = self._tried.get(key)
        if tried is None:
            room = terms.measure - (0.0 if place else self._indent)
            tried = self._tried[key] = _candidates(self._net, place, room, terms)
        return tried


_lines: Final = lru_cache(maxsize=8)(_Lines)
"""Kept for a while: a search for a line more or fewer comes to the same lines as that for the optimum."""


def _fit(
    paragraph: Paragraph, limits: Limits, terms: tuple[Terms, ...], corridor: _Corridor | None = None
) -> list[Node]:
    """The cheapest breakings of the whole, one for each line number (as far as terms differ) and fitness class.

    A ``corridor`` is what the search does not leave. Ways whose last two lines end with hyphens are kept apart (under
    the complement of their line number), for no third may follow unless there is no other way at all (rule L-8).
    """
    net, lines = lattice(paragraph, limits), _lines(paragraph, limits)
    reached: list[dict[int, Slot]] = [{} for _ in net.places]
    reached[0][0] = [Node(0.0, 0, 0, None, fitness) for fitness in range(4)]
    settled = len(terms) - 1
    for place in range(len(net.places) - 1):
        rows = reached[place]
        if not rows:
            continue
        reached[place] = {}  # ways that lead nowhere are let go
        hyphened = net.breaks[place] == _AT_HYPHEN
        for key, slot in rows.items() if corridor is None else corridor.ways(place, rows):
            row = key if key >= 0 else ~key
            following = row + 1 if row < settled else settled
            for end, fitness, cost in lines.starting(place, terms[row]):
                into, more = following, 0.0
                if hyphened and net.breaks[end] == _AT_HYPHEN:
                    into, more = ~following, _ladder(key, terms[row])
                target = reached[end].get(into)
                if target is None:
                    target = reached[end][into] = [None] * 4
                _extend(slot, target, end, fitness, cost + more)
    return [node for slot in reached[-1].values() for node in slot if node is not None]


def _ladder(key: int, terms: Terms) -> float:
    """What a hyphen costs behind another beside its penalty: nothing, if it is the second and not the third."""
    return 0.0 if key >= 0 else _LADDER if terms.in_need else inf


def _extend(slot: Slot, target: Slot, end: int, fitness: int, cost: float) -> None:
    """Reach a line's end from the cheapest of the ways to its start, jumps between fitness classes counted (J-8)."""
    jumps, best, parent = _JUMPS[fitness], inf, None
    for node in slot:
        if node is not None and (reached := node.cost + jumps[node.fitness]) < best:
            best, parent = reached, node
    known = target[fitness]
    if parent is not None and best + cost < (inf if known is None else known.cost):
        target[fitness] = Node(best + cost, parent.lines + 1, end, parent, fitness)


def _candidates(net: Lattice, place: int, room: float, terms: Terms) -> list[Candidate]:
    """The lines that may start at a place and fill ``room``."""
    last = len(net.places) - 1
    first = place + 1
    if not (terms.ragged or terms.in_need):
        first = min(last, max(first, bisect_left(net.widest, room + net.stretched[place] - EPSILON)))
    start, ends = net.starts[place], net.ends
    found: list[Candidate] = []
    for end in range(first, last + 1):
        ratio = ratio_of(start, ends[end], room, terms, end == last)
        if ratio == -inf:
            break
        if ratio < inf:
            cost = cost_of(ratio, net, place, end, terms)
            if cost < inf:
                found.append((end, fitness_of(ratio), cost))
    if terms.in_need and not found:
        return [(first, fitness_of(-1.0), _OVERFULL)]
    return found


def _set(way: _Way) -> Broken:
    """A breaking as lines of their final widths."""
    paragraph, measures, limits, final = way
    stops = (0, *_stops(paragraph, final, limits))
    align, lines = paragraph.setting.align, []
    for row, (start, end) in enumerate(pairwise(stops)):
        measure = measures[min(row, len(measures) - 1)]
        line = justify(
            paragraph,
            start,
            end,
            measure=measure,
            indent=0.0 if start else paragraph.setting.indent,
            flush=align == "justify" and measure >= RAGGED,
            last=end == stops[-1],
        )
        lines.append(line)
    return Broken(tuple(lines), limits.number, final.cost)
