"""Tables that find no room where they were typed: they go to the head of the next column, the text runs on before them.

Poured in its place such a table leaves the foot of the column empty. So the story is poured again round it, as round a
photograph, and the better of the two is kept. Where that does not help, since no column holds the table or none is
left, and the house style allows it, the table is parted between its rows.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from math import inf
from typing import Final

from msgspec.structs import replace

from layout.compose.grid import Slot
from layout.compose.pour import Element, Inset, Placed, Pour, pieces, pour

FLOAT: Final = 300.0
"""What it costs that a table does not stand where it was typed."""

_GONE: Final = Inset(0, 0)
"""Stands in the flow for a table that has its place."""


def pour_round(elements: tuple[Element, ...], slots: tuple[Slot, ...], *, measure: float, limit: float) -> Pour | None:
    """``pour``, with tables that would leave a hole at the heads of their columns; None where it costs the limit."""
    if not any(isinstance(element, Inset) for element in elements):
        return pour(elements, pieces(slots), measure=measure, limit=limit)
    whole = tuple(replace(each, cuts=()) if isinstance(each, Inset) else each for each in elements)
    best = _floated(whole, slots, measure)
    if whole != elements:
        parted = _poured(elements, slots, measure, {})
        best = parted if parted.cost < best.cost else best
    return best if best.cost < limit else None


def _floated(elements: tuple[Element, ...], slots: tuple[Slot, ...], measure: float) -> Pour:
    """The best pour with every table whole, where it was typed or at the head of a column."""
    here = best = _poured(elements, slots, measure, {})
    floated: dict[int, tuple[int, ...]] = {}
    while (found := _holed(elements, here, floated)) is not None:
        floated[found.element] = found.slots
        here = _poured(elements, slots, measure, floated)
        if here.cost < best.cost:
            best = here
    return best


def _holed(elements: Sequence[Element], poured: Pour, floated: Mapping[int, object]) -> Placed | None:
    """The first table that left slots before it empty, though its own are there."""
    ends = accumulate((placed.slots[-1] + 1 if placed.slots else 0 for placed in poured.placed), max, initial=0)
    for placed, end in zip(poured.placed, ends, strict=False):
        element = elements[placed.element]
        if isinstance(element, Inset) and placed.element not in floated and placed.slots:
            hole = placed.slots[0] - end > element.space
            if hole and placed.slots[-1] < poured.capacity:
                return placed
    return None


def _poured(
    elements: tuple[Element, ...], slots: tuple[Slot, ...], measure: float, floated: Mapping[int, tuple[int, ...]]
) -> Pour:
    """The story poured with some of its tables in slots of their own; its slots are those of all."""
    spaces = {index: element.space for index, element in enumerate(elements) if isinstance(element, Inset)}
    taken = {slot for index, own in floated.items() for slot in (*own, *_below(own, spaces[index], slots))}
    free = [slot for slot in range(len(slots)) if slot not in taken]
    flow = tuple(_GONE if index in floated else element for index, element in enumerate(elements))
    poured = pour(flow, pieces(tuple(slots[slot] for slot in free)), measure=measure, limit=inf)
    assert poured is not None  # without a limit there is always a way
    beyond = len(slots) - len(free)
    places = [
        replace(placed, slots=floated.get(placed.element) or tuple(_at(free, slot, beyond) for slot in placed.slots))
        for placed in poured.placed
    ]
    cost = poured.cost + FLOAT * len(floated)
    return Pour(tuple(places), cost, poured.end + beyond, poured.capacity + beyond)


def _at(free: Sequence[int], slot: int, beyond: int) -> int:
    """The slot of the story for one of those that are free; beyond the last they go on."""
    return free[slot] if slot < len(free) else slot + beyond


def _below(own: Sequence[int], space: int, slots: Sequence[Slot]) -> list[int]:
    """The blank slots below a table, as far as its column goes."""
    found: list[int] = []
    for slot in range(own[-1] + 1, min(own[-1] + 1 + space, len(slots))):
        if not slots[slot].follows(slots[slot - 1]):
            break
        found.append(slot)
    return found
