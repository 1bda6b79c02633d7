"""What a line costs: how hard it is squeezed or opened, and what its end does (rules J-7, J-8)."""

from math import inf
from typing import Final

from msgspec import Struct

from layout.core import EPSILON
from layout.text.justify import tracking_for
from layout.text.lattice import HYPHENS, NARROW, NARROW_SENTENCE, PASSES, RAGGED, Lattice, Limits, Sums
from layout.text.prohibition import Break
from layout.text.widths import WORD_FLEX

COMFORTABLE: Final = 0.10
"""Tracking of badness 100, em (rule J-3)."""

_SHRINK_WEIGHT: Final = 0.6  # reduce before expand (rule J-7)
_FLEX_WEIGHT: Final = 0.3
_RAGGED_WHITE: Final = 3.0  # em at the end of a ragged line that count as comfortable tracking
_SHORT_LAST: Final = 2500.0  # for a last line below 2.5 em (rule J-8)
_SHORT: Final = 2.5
_ORPHAN_WEIGHT: Final = 2.0  # a last line holds two Han (rule J-6)
_HOPELESS: Final = 1e2  # what a line without any gap counts as tracking, em
_AT_HYPHEN: Final = int(Break.AT_HYPHEN)
_EM: Final = 10.0  # the ratio of an em of tracking; from there on a line's cost grows evenly


class Terms(Struct, frozen=True, gc=False):
    """What a pass allows a line of one measure."""

    measure: float
    ragged: bool
    tracking: float
    sentence: float
    white: float
    costs: tuple[float, ...]
    orphan: float
    in_need: bool


def terms_of(measure: float, limits: Limits, align: str) -> Terms:
    """The terms of a pass for lines of ``measure`` em."""
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


def fitness_of(ratio: float) -> int:
    """Squeezed, decent, open, loose (rule J-8)."""
    if ratio < -0.61:
        return 0
    return 1 if ratio <= 0.5 else 2 if ratio <= 1.0 else 3


def ratio_of(start: Sums, end: Sums, room: float, terms: Terms, last: bool) -> float:  # noqa: FBT001 - called for every line tried
    """How hard a line is squeezed (negative) or opened (rule J-7); infinite when it cannot be."""
    natural, shrink, sentence, flex, gaps, limited, limit = end
    natural_before, shrink_before, sentence_before, flex_before, gaps_before, limited_before, limit_before = start
    free = room - natural + natural_before
    if free < 0.0:
        shrink -= shrink_before
        if -free <= shrink + EPSILON:
            return -_SHRINK_WEIGHT * -free / shrink if shrink > EPSILON else 0.0
        return _squeeze_stops(-free - shrink, (sentence - sentence_before) * terms.sentence)
    if last:
        return 0.0
    if terms.ragged:
        return free / _RAGGED_WHITE if free <= terms.white else inf
    flex -= flex_before
    if free <= flex:
        return _FLEX_WEIGHT * free / flex if flex > EPSILON else 0.0
    rest, gaps, limited = free - flex, gaps - gaps_before, limited - limited_before
    if gaps and not limited and rest > EPSILON:  # nearly always
        tracking = rest / gaps
    else:
        tracking = tracking_for(rest, gaps, limited, limit - limit_before)
    if tracking == inf and terms.in_need:
        tracking = (free - flex) / words if (words := flex / WORD_FLEX) > EPSILON else _HOPELESS
    open_to = tracking <= terms.tracking + EPSILON
    return (_FLEX_WEIGHT if flex > EPSILON else 0.0) + tracking / COMFORTABLE if open_to else inf


def _squeeze_stops(rest: float, sentence: float) -> float:
    """The ratio of a line that takes ``rest`` from the blanks of 。！？ (T6) as well, which may give ``sentence``."""
    if rest <= sentence + EPSILON:
        return -_SHRINK_WEIGHT - _SHRINK_WEIGHT * rest / sentence if sentence > EPSILON else -_SHRINK_WEIGHT
    return -inf


def cost_of(ratio: float, net: Lattice, place: int, end: int, terms: Terms) -> float:
    """The cost of the line between two places of the lattice (rules J-7, J-8)."""
    badness = 100.0 * abs(ratio) ** 3 if ratio <= _EM else 1e2 * _EM**3
    kind = net.breaks[end]
    cost = (10.0 + badness) ** 2 + terms.costs[kind]
    if ratio > _EM:
        cost *= ratio / _EM
    if kind == _AT_HYPHEN and net.breaks[place] == kind:
        cost += HYPHENS
    if place and end == len(net.places) - 1:
        if net.weights[end] - net.weights[place] < _ORPHAN_WEIGHT:
            cost += terms.orphan
        if net.ends[end][0] - net.starts[place][0] < _SHORT - EPSILON:
            cost += _SHORT_LAST
    return cost
