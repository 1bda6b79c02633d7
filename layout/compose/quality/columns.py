"""What column breaks may not do, looked for in a poured story (rules J-13, J-14, Q-6)."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from layout.compose.galley import Galley
from layout.compose.grid import Slot
from layout.compose.pour import Head, Placed, Pour, Text

WITH_HEAD = 2
"""Lines of text that a section head has behind it in its column (rule J-14)."""


class ColumnFlaw(NamedTuple):
    """A fault at a column's edge: its code and the element that it is about."""

    code: str
    element: int


def column_flaws(galley: Galley, poured: Pour, slots: tuple[Slot, ...]) -> Iterator[ColumnFlaw]:
    """Last lines alone at a column's head (``widow``), section heads without their text (``section-alone``)."""
    for placed, after in pairwise((*poured.placed, None)):
        assert placed is not None  # only the last of the pairs has None, and behind
        here = [slots[n] for n in placed.slots if n < len(slots)]
        match galley.elements[placed.element]:
            case Text() if len(here) == len(placed.slots) > 1 and not here[-1].follows(here[-2]):
                yield ColumnFlaw("widow", placed.element)
            case Head() if here and not _has_text(here[-1], after, slots):
                yield ColumnFlaw("section-alone", placed.element)


def _has_text(foot: Slot, after: Placed | None, slots: tuple[Slot, ...]) -> bool:
    """Whether the lines behind a section head's last one go on in its column; a shorter paragraph's all."""
    following = [slots[n] for n in after.slots[:WITH_HEAD] if n < len(slots)] if after else []
    return bool(following) and all(lower.follows(upper) for upper, lower in pairwise((foot, *following)))
