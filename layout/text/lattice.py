"""The passes of total fit and, for each, the places where a line may start and end (rules J-7, J-9, L-5, L-7, L-10)."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, compress, islice, repeat
from math import inf
from operator import add, itemgetter, mul, sub
from typing import Final, NamedTuple, TypeAlias

from msgspec import Struct

from layout.text.metrics import ADVANCE
from layout.text.paragraph import Paragraph
from layout.text.widths import SENTENCE_TIER

NARROW: Final = 10.0
"""Below this measure, em, quantities part more easily and L-5 does not count (rules L-7, J-12)."""

RAGGED: Final = 8.0
"""Below this measure lines are not justified (rule J-12)."""

HYPHEN: Final = 150.0**2
HYPHENS: Final = 3000.0**2
"""What a hyphen costs, and what one costs besides that follows another (rule L-8)."""

_ORPHAN: Final = 2.5e7
_NATURAL: Final = itemgetter(0)
"""The natural width of ``Sums``."""


class Limits(Struct, frozen=True):
    """What one pass allows (rule J-9): tracking and ragged ``white`` in em, the share of the blanks of 。！？ (T6).

    ``costs`` is what each kind of break costs, infinite when it is barred; ``narrow`` the same below 10 em.
    """

    number: int
    tracking: float
    sentence: float
    white: float
    costs: tuple[float, ...]
    narrow: tuple[float, ...]
    orphan: float = inf


def _costs(connector: float, two_em: float, quantity: float, *need: float) -> tuple[float, ...]:
    """Costs by ``Break``: squared penalties, then those of breaks that need alone allows, then that of a hyphen."""
    return (0.0, connector**2, two_em**2, quantity**2, *(need or (inf, inf, inf, inf)), HYPHEN)


_IN_NEED: Final = (2.5e8, 1e10, 1e14, 1e16)
"""Inside a word and before the third closing mark, rather than tracking beyond half an em and beyond one (L-10).

Inside a number and against a prohibition only what is wider than its line: any tracking costs less.
"""

# Pass 3 first tries without tearing a quantity: to the desk that is an error, a loose line is not (rule L-7).
PASSES: Final = (
    Limits(1, 0.10, 0.0, 3.0, _costs(100, 200, inf), _costs(0, 0, inf)),
    Limits(2, 0.25, 0.5, 6.0, _costs(100, 200, inf), _costs(0, 0, inf)),
    Limits(3, 0.50, 1.0, inf, _costs(100, 200, inf), _costs(0, 0, 300), _ORPHAN),
    Limits(3, 0.50, 1.0, inf, _costs(100, 200, 1000), _costs(0, 0, 300), _ORPHAN),
    Limits(4, 1e3, 1.0, inf, _costs(100, 200, 1000, *_IN_NEED), _costs(0, 0, 300, *_IN_NEED), _ORPHAN),
)
NARROW_SENTENCE: Final = 0.5
"""T6 comes with pass 1 below 10 em (rule J-12)."""


Sums: TypeAlias = tuple[float, float, float, float, float, float, float]
"""Sums over clusters and glue: natural width, shrink T1-T5, blanks of T6, flex S1-S2, gaps for tracking; of these how
many take only so much tracking, and how much those take together. A plain tuple: every line that is tried unpacks two.
"""


class Lattice(Struct, frozen=True):
    """The places where lines may start and end in one pass, as sums from the paragraph's start to each place.

    ``places`` are cluster numbers, the first 0, the last the paragraph's end; ``breaks`` what a break at each does.
    ``starts`` holds the ``Sums`` up to each place, ``ends`` the same without the glue that a line's end drops.
    ``stretched`` and ``widest`` are the natural widths of both with all the stretch of the pass.
    """

    places: tuple[int, ...]
    breaks: tuple[int, ...]
    starts: tuple[Sums, ...]
    ends: tuple[Sums, ...]
    stretched: tuple[float, ...]
    widest: tuple[float, ...]
    weights: tuple[float, ...]


class _Totals(NamedTuple):
    """The ``Sums`` at every cluster and at the end: with the glue before it, and without, as a line's end drops it.

    ``flex``, ``gaps`` and ``limits`` are those of each glue.
    """

    starts: tuple[Sums, ...]
    ends: tuple[Sums, ...]
    weights: tuple[float, ...]
    flex: Sequence[float]
    gaps: Sequence[int]
    limits: Sequence[float]

    def stretches(self, tracking: float) -> list[float]:
        """All that each glue stretches in a pass."""
        limits = repeat(tracking) if min(self.limits) == inf else map(min, self.limits, repeat(tracking))
        return list(map(add, self.flex, map(mul, self.gaps, limits)))


@lru_cache(maxsize=8)
def lattice(paragraph: Paragraph, limits: Limits) -> Lattice:
    """The lattice of a paragraph for one pass. Kept for a while: the optimum and those near it are sought in one."""
    totals, kinds = _totals(paragraph), bytes(paragraph.breaks)
    open_to = bytes(cost < inf or narrow < inf for cost, narrow in zip(limits.costs, limits.narrow, strict=True))
    inner = kinds[:-1].translate(open_to.ljust(256, b"\0"))
    places = (0, *compress(range(1, len(kinds)), inner), len(kinds))
    pick = itemgetter(*places)
    starts, ends = pick(totals.starts), pick(totals.ends)
    stretches = totals.stretches(limits.tracking)
    before = list(accumulate(stretches, initial=0.0))
    after = [0.0, *map(sub, islice(before, 1, None), stretches)]
    return Lattice(
        places=places,
        breaks=(0, *compress(kinds, inner), 0),
        starts=starts,
        ends=ends,
        stretched=tuple(map(add, map(_NATURAL, starts), pick(before))),
        widest=tuple(map(add, map(_NATURAL, ends), pick(after))),
        weights=pick(totals.weights),
    )


@lru_cache(maxsize=8)
def _totals(paragraph: Paragraph) -> _Totals:
    """What is the same in every pass."""
    cores = list(accumulate(map(ADVANCE, paragraph.cells), initial=0.0))
    none = [0.0] * len(cores)
    natural, tiers, shrink, flex, gaps, limits, _ = zip(*paragraph.glue, strict=True)
    starts, ends = [], []
    for row in (natural, *_squeezes(shrink, tiers), flex, gaps, *_limited(limits)):
        if not any(row):  # most paragraphs have nothing of most
            starts.append(none)
            ends.append(none)
            continue
        before = list(accumulate(row, initial=0.0))
        starts.append(before)
        ends.append([0.0, *map(sub, islice(before, 1, None), row)])
    starts[0], ends[0] = list(map(add, starts[0], cores)), list(map(add, ends[0], cores))
    for place, hyphen in paragraph.hyphens.items():
        ends[0][place] += hyphen.advance
    weights = tuple(accumulate(paragraph.weights, initial=0.0))
    return _Totals(tuple(zip(*starts, strict=True)), tuple(zip(*ends, strict=True)), weights, flex, gaps, limits)


def _squeezes(shrink: Sequence[float], tiers: Sequence[int]) -> tuple[Sequence[float], Sequence[float]]:
    """What each glue gives in tiers T1 to T5, and what the blanks of 。！？ give in T6."""
    if SENTENCE_TIER not in tiers:
        return shrink, ()
    sentence = [give if tier == SENTENCE_TIER else 0.0 for give, tier in zip(shrink, tiers, strict=True)]
    return list(map(sub, shrink, sentence)), sentence


def _limited(limits: Sequence[float]) -> tuple[Sequence[float], Sequence[float]]:
    """Which glue takes only so much tracking, and how much that is."""
    if min(limits) == inf:
        return (), ()
    return [1 if limit < inf else 0 for limit in limits], [limit if limit < inf else 0.0 for limit in limits]
