"""A headline cut into lines: where a reader pauses, evenly, in as few lines as the measure allows (rules H-1, H-5)."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import inf
from typing import Final

from msgspec import Struct

from layout.core import EPSILON
from layout.text.classes import is_han
from layout.text.headline.places import Place, Rank

BALANCE_EM: Final = 1.5
BALANCE_SHARE: Final = 0.15
"""How much two lines may differ: em, or a share of the longer one (rule H-5)."""

WORD_HAN: Final = 2
"""A line of so few Han is one word, whatever ends it."""

EVENNESS: Final = 10.0
"""What a squared em of remainder costs."""


class Division(Struct, frozen=True):
    """The breaks of a headline in order, none for one line."""

    breaks: tuple[Place, ...]
    cost: float
    even: bool


class Divider:
    """Cuts one headline.

    ``width`` measures a part of the copy in em, ``fitting`` tells what goes into the measure, and ``words`` are the
    offsets between words, as far as they are known.
    """

    def __init__(
        self,
        text: str,
        measure: float,
        *,
        width: Callable[[int, int], float],
        fitting: Callable[[int, int], bool],
        words: frozenset[int] = frozenset(),
    ) -> None:
        self._text = text
        self._measure = measure
        self._width = width
        self._fitting = fitting
        self._words = words

    def divide(self, places: Sequence[Place], lines: int, end: int) -> Division | None:
        """The best division into exactly so many lines of a copy that is printed to ``end``; even ones come first.

        None when no choice of the places makes lines that go into the measure.
        """
        found = (self._judge(breaks, end) for breaks in self._ways((), 0, places, lines, end))
        return min(found, key=lambda each: (not each.even, each.cost), default=None)

    def _ways(
        self, taken: tuple[Place, ...], start: int, places: Sequence[Place], lines: int, end: int
    ) -> Iterator[tuple[Place, ...]]:
        """Every choice of ``lines`` - 1 further breaks whose lines all fit, from ``start`` on."""
        if lines == 1:
            if start < end and self._fitting(start, end):
                yield taken
            return
        for number, place in enumerate(places):
            if place.end > start:
                if not self._fitting(start, place.end):
                    break
                yield from self._ways((*taken, place), place.start, places[number + 1 :], lines - 1, end)

    def _judge(self, breaks: tuple[Place, ...], end: int) -> Division:
        edges = [0, *(at for place in breaks for at in (place.end, place.start)), end]
        spans = list(zip(edges[::2], edges[1::2], strict=True))
        widths = [self._width(*span) for span in spans]
        cost = sum(place.cost for place in breaks) + EVENNESS * sum((self._measure - width) ** 2 for width in widths)
        decided = all(place.rank is Rank.MANUAL for place in breaks)  # by the desk, however the lines differ
        return Division(breaks, cost, decided or (is_even(widths) and not any(self._lone_words(spans, breaks))))

    def _lone_words(self, spans: Sequence[tuple[int, int]], breaks: Sequence[Place]) -> Iterator[bool]:
        """Whether each line is a single word; a clause of its own is not, short as it may be."""
        ranks = [Rank.MANUAL, *(place.rank for place in breaks), Rank.MANUAL]
        for (start, end), (before, after) in zip(spans, pairwise(ranks), strict=True):
            if before is after is Rank.MANUAL:
                yield False
            elif sum(map(is_han, self._text[start:end])) <= WORD_HAN:
                yield True
            else:
                cut = Rank.WORD in {before, after}
                yield cut and not any(at in self._words for at in range(start + 1, end))


def is_even(widths: Sequence[float]) -> bool:
    """Rule H-5: two lines differ little; of more, none between the first and the last is the shortest."""
    if len(widths) == 2:
        return abs(widths[0] - widths[1]) <= max(BALANCE_EM, BALANCE_SHARE * max(widths)) + EPSILON
    return min(widths[1:-1], default=inf) >= min(widths[0], widths[-1]) - EPSILON
