"""Copyfit (量稿): how much copy there is for the slots, and how the story is made to end with its columns.

Slack inside the house style's limits is taken in whole lines by the heights of the bands of pictures, by the space of
the headline block and, last, by blank lines at the foot of all columns. Every combination is worth trying whose lines
come out near enough for the paragraphs' variants to take the rest.
"""

from collections.abc import Callable
from itertools import product
from math import inf
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from layout.compose.pour import Credit, Element, Head, Inset, Pour, Text
from layout.house.model import Copyfit

HEAD_COST: Final = 30.0
BAND_COST: Final = 18.0
REST_COST: Final = 45.0
SHORT_COST: Final = 220.0
"""A column that ends a line before the first ones."""
SPARE: Final = (0, 1, 2)
"""Slots kept for lines that the rules of column breaks leave empty, when blank lines are shared out."""
TRIALS: Final = 12
"""How many of the most promising combinations are poured, once one has been found that holds all of the copy."""
MOST_TRIALS: Final = 160
"""How many are poured while none holds it, before everything gives all the room that it can."""


class Give(Struct, frozen=True):
    """One place that can give or take lines: a change by 1 moves ``slots`` slots; ``low``..``high`` lines."""

    slots: int
    low: int
    high: int
    cost: float

    def price(self, lines: int) -> float:
        """What a change costs: its square, so that several places share it."""
        return self.cost * lines * lines


class Adjustment(Struct, frozen=True):
    """Lines added to the headline block, to each band of pictures, and left blank at the columns' foot.

    The last ``short`` columns end one line before the others: what does not divide by the columns is shared out so.
    """

    head: int
    bands: tuple[int, ...]
    foot: int
    cost: float
    short: int = 0


class Fitted(Struct, frozen=True):
    """The adjustment that was chosen and its pour."""

    adjustment: Adjustment
    pour: Pour

    @property
    def cost(self) -> float:
        """What the page pays for both."""
        return self.adjustment.cost + self.pour.cost


def natural_lines(elements: tuple[Element, ...]) -> int:
    """Slots that the elements take when every one is set at its best."""
    return sum(_natural(element) for element in elements)


def _natural(element: Element) -> int:
    match element:
        case Text():
            return len(element.variants[0].lines)
        case Head():
            return element.lines
        case Credit():
            return element.lines
        case Inset():
            return element.lines + 2 * element.space


def elasticity(elements: tuple[Element, ...]) -> tuple[int, int]:
    """How many lines fewer and more the elements can take (negative, positive)."""
    low = high = 0
    for element in elements:
        match element:
            case Text():
                counts = [len(broken.lines) for broken in element.variants]
                low += min(counts) - counts[0]
                high += max(counts) - counts[0]
            case Head():
                high += element.extra
            case Credit():
                low -= element.lines == 1
            case Inset():
                low -= 2 * element.space
    return low, high


def fit(
    gap: int,
    *,
    limits: Copyfit,
    columns: int,
    bands: tuple[Give, ...],
    head_columns: int,
    elastic: tuple[int, int],
    attempt: Callable[[Adjustment, float], Pour | None],
) -> Fitted:
    """The least costly adjustment with its pour; ``gap`` is slots minus lines before any adjustment.

    ``columns`` are the story's text columns, ``head_columns`` those that its headline block covers.
    ``attempt`` pours with an adjustment, or says None when that costs more than a limit. When the limits of the house
    style do not reach, everything gives all that it can: a story that is over stays overset, one that is under keeps
    its columns level by blank lines at their foot.
    """
    shrink, stretch = (limits.head_shrink, limits.head_stretch) if head_columns else (0, 0)
    head = Give(head_columns, -shrink, stretch, HEAD_COST)
    within = _within_reach(gap, (head, *bands), columns, elastic)
    adjustments = (*within[:MOST_TRIALS], _roomiest(head, bands)) if within else _utmost(gap, columns, head, bands)
    best: Fitted | None = None
    for trial, adjustment in enumerate(adjustments):
        if within and trial >= TRIALS and best is not None and not best.pour.over:
            break
        if best is not None and adjustment.cost >= best.cost:
            continue  # it costs as much before a line of it is poured
        limit = inf if best is None else best.cost - adjustment.cost
        poured = attempt(adjustment, limit)
        if poured is not None and poured.cost < limit:
            best = Fitted(adjustment, poured)
    assert best is not None  # there is always an utmost to try
    return best


def _within_reach(gap: int, gives: tuple[Give, ...], columns: int, elastic: tuple[int, int]) -> list[Adjustment]:
    """Adjustments that bring the gap within reach of the paragraphs' variants, the most promising first."""
    low, high = elastic
    found: list[tuple[float, int, int, tuple[int, ...]]] = []
    ways = [[(n, give.slots * n, give.price(n)) for n in range(give.low, give.high + 1)] for give in gives]
    for lines, slots, prices in (zip(*way, strict=True) for way in product(*ways)):
        rest = gap - sum(slots)
        if low <= rest < high + columns:
            price = sum(prices)
            found += [
                (price + SHORT_COST * short, abs(rest - short), short, lines)
                for short in dict.fromkeys((0, *(max(0, min(rest - spare, columns - 1)) for spare in SPARE)))
            ]
    promising = sorted(found, key=lambda each: (each[0] + REST_COST * each[1], each[3], each[2]))
    return [Adjustment(lines[0], lines[1:], 0, price, short) for price, _, short, lines in promising]


def _roomiest(head: Give, bands: tuple[Give, ...]) -> Adjustment:
    """Everything as small as it may be: all the room for text that there is."""
    return Adjustment(head.low, tuple(band.low for band in bands), 0, 0.0)


def _utmost(gap: int, columns: int, head: Give, bands: tuple[Give, ...]) -> tuple[Adjustment, ...]:
    """Everything given that can be given, for a story that is out of reach."""
    if gap < 0:
        return (_roomiest(head, bands),)
    rest = max(0, gap - head.slots * head.high - sum(band.slots * band.high for band in bands))
    full = Adjustment(head.high, tuple(band.high for band in bands), 0, 0.0)
    blank = [divmod(max(0, rest - spare), columns) for spare in range(3 * columns)]
    # Fewer blank lines come into question where so many would push the pictures into one another.
    blank += [(max(0, blank[0][0] - 1), 0), (blank[0][0] // 2, 0), (0, 0)]
    return tuple(replace(full, foot=foot, short=short) for foot, short in dict.fromkeys(blank))
