"""What stands between two clusters: blanks of marks, the Han-Latin gap, word spaces (rules P-1 to P-6, S-1 to S-5).

All that may shrink or stretch stands between clusters, so a line's edges need no rules of their own: what would stand
before its first and after its last cluster is simply not there (rules P-4 and S-3).
"""

from functools import lru_cache
from operator import itemgetter
from typing import Final, NamedTuple

from layout.text.kinds import CLOSES, HAN_LIKE, RUN_KINDS, STOPS, Kind

BLANK: Final = 0.5
"""The blank of a mark, em (rule P-1)."""

WORD_SPACE: Final = 1 / 3
WORD_SPACE_LEAST: Final = 1 / 4
WORD_SPACE_MOST: Final = 1 / 2
WORD_FLEX: Final = WORD_SPACE_MOST - WORD_SPACE
HAN_LATIN_LEAST: Final = 1 / 8
HAN_LATIN_EASY: Final = 1 / 3
HAN_LATIN_MOST: Final = 1 / 2

WORD_TIER, BRACKET_TIER, STOP_TIER, GAP_TIER, SENTENCE_TIER = 1, 3, 4, 5, 6
"""Shrink tiers T1, T3, T4, T5 and T6 of rule J-2. (T2, the wide interpunct, is always at its least here.)"""

STYLES: Final = ("quanjiao", "kaiming", "banjiao")
"""The styles of punctuation (rule P-6)."""


class Glue(NamedTuple):
    """The space between two clusters. Lengths in em.

    ``shrink`` is what tier ``tier`` may take away, ``flex`` the stretch of tiers S1 and S2; ``gap`` is 1 where tracking
    may go (rules J-3, J-4) and ``limit`` how much of it goes here at most. ``right`` says that the space is the blank
    of the following mark, else it belongs to the cluster before.
    """

    natural: float = 0.0
    tier: int = 0
    shrink: float = 0.0
    flex: float = 0.0
    gap: int = 0
    limit: float = float("inf")
    right: bool = False


NOTHING: Final = Glue()
NATURAL_WIDTH: Final = itemgetter(0)
"""The natural width of a glue, for ``map``."""


class PairTable(dict[tuple[int, int], Glue]):
    """The glue between two kinds: ``table[first, second]``. A pair is worked out when it first occurs."""

    def __init__(self, style: str, han_latin: float, tracking: float) -> None:
        super().__init__()
        self._terms = style, han_latin, tracking

    def __missing__(self, pair: tuple[int, int]) -> Glue:
        first, second = map(Kind, pair)
        glue = self[pair] = _between(first, second, *self._terms)
        return glue


_EDGE_TIERS: Final = {
    Kind.CLOSE: BRACKET_TIER,
    Kind.STOP_MID: STOP_TIER,
    Kind.STOP_END: SENTENCE_TIER,
    Kind.CLOSE_PAUSED: SENTENCE_TIER,
}
_BLANK_AFTER: Final = {
    "quanjiao": frozenset({Kind.CLOSE, Kind.STOP_MID, Kind.STOP_END}),
    "kaiming": frozenset({Kind.STOP_END, Kind.CLOSE_PAUSED}),
    "banjiao": frozenset(),
}
_SPACES: Final = frozenset({Kind.SPACE, Kind.EM_SPACE})
_TAKES_BLANK_BEFORE: Final = STOPS | CLOSES | _SPACES | {Kind.INTERPUNCT, Kind.MARK_CLOSE, Kind.NOTE}
"""A blank before one of these goes (rules P-2, R-5)."""

_TAKES_BLANK_AFTER: Final = _SPACES | {Kind.OPEN, Kind.INTERPUNCT, Kind.STOP_FIXED, Kind.MARK_OPEN}
"""The blank of an opening mark after one of these goes (rules P-2, V-6)."""

_LATIN_SIDE: Final = frozenset({Kind.LETTER, Kind.DIGIT, Kind.PREFIX_LATIN, Kind.POSTFIX_LATIN})
"""Latin to rules S-1 and S-2."""

_NUMBER_SIDE: Final = _LATIN_SIDE - {Kind.LETTER}

_SOLID_AFTER: Final = _SPACES | {Kind.OPEN, Kind.MARK_OPEN, Kind.CONNECTOR, Kind.SOLIDUS, Kind.INTERPUNCT}
_SOLID_BEFORE: Final = (
    STOPS
    | CLOSES
    | _SPACES
    | {Kind.MARK_CLOSE, Kind.CONNECTOR, Kind.SOLIDUS, Kind.INTERPUNCT, Kind.POSTFIX_LATIN, Kind.POSTFIX_SIGN}
    | {Kind.NOTE}
)
"""No tracking after the ones, before the others (rule J-4)."""


@lru_cache(maxsize=64)
def pair_table(style: str, han_latin: float, tracking: float) -> PairTable:
    """The glue between any two kinds in a style of punctuation.

    ``han_latin`` is the natural Han-Latin gap, ``tracking`` is added wherever tracking may go; both em.
    """
    return PairTable(style, han_latin, tracking)


def _between(a: Kind, b: Kind, style: str, han_latin: float, tracking: float) -> Glue:
    if a is Kind.SPACE:
        return Glue(WORD_SPACE, WORD_TIER, WORD_SPACE - WORD_SPACE_LEAST, WORD_FLEX)
    if a is Kind.EM_SPACE:
        return Glue(1.0)
    gap = int(may_track(a, b))
    extra = tracking if gap else 0.0
    if _has_gap(a, b):
        return _han_latin(han_latin, extra)
    tier, right = _blank(a, b, style)
    if not tier:
        return Glue(extra, gap=gap)
    return Glue(BLANK + extra, tier, BLANK, gap=gap, right=right)


def _han_latin(natural: float, extra: float) -> Glue:
    """The Han-Latin gap: shrinks in T5, stretches in S2, takes tracking up to half an em (rules S-1, J-3)."""
    flex = max(0.0, HAN_LATIN_EASY - natural)
    limit = max(0.0, HAN_LATIN_MOST - natural - flex)
    return Glue(natural + extra, GAP_TIER, max(0.0, natural - HAN_LATIN_LEAST), flex, 1, limit)


def _blank(a: Kind, b: Kind, style: str) -> tuple[int, bool]:
    """The one blank that survives between two clusters: its tier (0: none) and whether it is the second's."""
    after = a in _BLANK_AFTER[style]
    before = b is Kind.OPEN and style == "quanjiao"
    if before and a not in _TAKES_BLANK_AFTER:
        return BRACKET_TIER, True
    if after and b not in _TAKES_BLANK_BEFORE:
        return _EDGE_TIERS[a], False
    return 0, False


def _has_gap(a: Kind, b: Kind) -> bool:
    """Whether rule S-1 puts a gap between the two; one-em signs take none next to numbers (rule S-2)."""
    han, other = (a, b) if a in HAN_LIKE else (b, a)
    return han in HAN_LIKE and other in (_NUMBER_SIDE ^ _LATIN_SIDE if han is Kind.SIGN else _LATIN_SIDE)


def may_track(a: Kind, b: Kind) -> bool:
    """Whether tracking may go between the two (rule J-4)."""
    if a in _SOLID_AFTER or b in _SOLID_BEFORE or (a is Kind.TWO_EM and b is Kind.TWO_EM):
        return False
    return not (a in RUN_KINDS and b in RUN_KINDS)
