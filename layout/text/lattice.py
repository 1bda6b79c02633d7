"""The passes of total fit and, for each, the places where a line may start and end (rules J-7, J-9, L-5, L-7, L-10)."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from math import inf
from operator import add, itemgetter, sub
from typing import Final, NamedTuple

from msgspec import Struct

from layout.text.paragraph import Paragraph
from layout.text.widths import SENTENCE_TIER, Glue

NARROW: Final = 10.0
"""Below this measure, em, quantities part more easily and L-5 does not count (rules L-7, J-12)."""

RAGGED: Final = 8.0
"""Below this measure lines are not justified (rule J-12)."""

HYPHEN: Final = 150.0**2
HYPHENS: Final = 3000.0**2
"""What a hyphen costs, and what one costs besides that follows another (rule L-8)."""

_ORPHAN: Final = 2.5e7


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


class Sums(NamedTuple):
    """Sums over clusters and glue: natural width, shrink T1-T5, blanks of T6, flex S1-S2, gaps for tracking.

    ``limited`` of the gaps take only so much tracking, ``limit`` together.
    """

    natural: float
    shrink: float
    sentence: float
    flex: float
    gaps: float
    limited: float
    limit: float


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


@lru_cache(maxsize=64)
def lattice(paragraph: Paragraph, limits: Limits) -> Lattice:
    """The lattice of a paragraph for one pass. Kept for a while: copyfit breaks one paragraph several times."""
    costs, count = limits.costs, len(paragraph.breaks)
    inner = [n for n, kind in enumerate(paragraph.breaks[:-1], 1) if costs[kind] < inf or limits.narrow[kind] < inf]
    places = (0, *inner, count)
    pick = itemgetter(*places)
    cores = list(accumulate((cell.advance for cell in paragraph.cells), initial=0.0))
    starts, ends = [], []
    for row in _rows(paragraph.glue, limits.tracking):
        before = list(accumulate(row, initial=0.0))
        after = [0.0, *map(sub, before[1:], row)]
        starts.append(pick(before))
        ends.append(pick(after))
    core = pick(cores)
    for sums in (starts, ends):
        sums[0] = tuple(map(add, sums[0], core))
    if paragraph.hyphens:
        ends[0] = tuple(sum_ + _hyphen(paragraph, place) for sum_, place in zip(ends[0], places, strict=True))
    return Lattice(
        places=places,
        breaks=(0, *(paragraph.breaks[n - 1] for n in inner), 0),
        starts=tuple(map(Sums, *starts[:7])),
        ends=tuple(map(Sums, *ends[:7])),
        stretched=tuple(map(add, starts[0], starts[7])),
        widest=tuple(map(add, ends[0], ends[7])),
        weights=pick(list(accumulate(paragraph.weights, initial=0.0))),
    )


def _hyphen(paragraph: Paragraph, place: int) -> float:
    """The width of the hyphen that a line ends with at a place."""
    cell = paragraph.hyphens.get(place)
    return cell.advance if cell else 0.0


def _rows(glue: tuple[Glue, ...], tracking: float) -> tuple[Sequence[float], ...]:
    """What each glue adds to the seven ``Sums``, and all that it stretches in the pass."""
    return (
        [g.natural for g in glue],
        [0.0 if g.tier == SENTENCE_TIER else g.shrink for g in glue],
        [g.shrink if g.tier == SENTENCE_TIER else 0.0 for g in glue],
        [g.flex for g in glue],
        [g.gap for g in glue],
        [1 if g.limit < inf else 0 for g in glue],
        [g.limit if g.limit < inf else 0.0 for g in glue],
        [g.flex + min(tracking, g.limit) if g.gap else g.flex for g in glue],
    )
