"""Tables that find no room where they were typed go to the head of the next column; the text runs on before them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.compose.floating import pour_round
from layout.compose.grid import Slot
from layout.compose.pour import Credit, Element, Head, Inset, Pour, Text
from layout.text import Broken, ReferenceMetrics, Setting, break_lines, set_paragraph


def slots(*heights: int) -> tuple[Slot, ...]:
    return tuple(Slot(column, line, 0.0, 0.0, 100.0) for column, height in enumerate(heights) for line in range(height))


def paragraph(lines: int) -> Text:
    made = break_lines(set_paragraph("国" * (17 * lines - 4), Setting(ReferenceMetrics())), (17.0,))
    assert isinstance(made, Broken)
    assert len(made.lines) == lines
    return Text((made,))


def poured(elements: tuple[Element, ...], *heights: int) -> Pour:
    made = pour_round(elements, slots(*heights), measure=17.0, limit=float("inf"))
    assert made is not None
    return made


def test_a_table_stands_where_it_was_typed_when_there_is_room() -> None:
    made = poured((paragraph(3), Inset(4, 1), paragraph(3)), 12)
    assert [placed.slots for placed in made.placed] == [(0, 1, 2), (4, 5, 6, 7), (9, 10, 11)]


def test_no_blank_lines_at_the_edges_of_columns() -> None:
    made = poured((Inset(4, 1), paragraph(3), Inset(3, 1)), 12)
    assert [placed.slots for placed in made.placed] == [(0, 1, 2, 3), (5, 6, 7), (9, 10, 11)]


def test_text_fills_the_column_before_a_table_that_does_not_fit() -> None:
    made = poured((paragraph(5), Inset(6, 1), paragraph(8)), 10, 10)
    assert [placed.slots for placed in made.placed] == [
        (0, 1, 2, 3, 4),
        (10, 11, 12, 13, 14, 15),
        (5, 6, 7, 8, 9, 17, 18, 19),
    ]
    assert (made.over, made.left) == (0, 0)


def test_what_is_overset_is_counted() -> None:
    made = poured((paragraph(5), Inset(6, 1), paragraph(9)), 10, 10)
    assert made.over == 2  # no last line alone, beyond the last column either
    assert poured((paragraph(2), Inset(30, 1)), 10).over == 30


def test_a_pour_that_costs_the_limit_is_none() -> None:
    elements = (paragraph(5), Inset(6, 1), paragraph(8))
    cost = poured(elements, 10, 10).cost
    assert pour_round(elements, slots(10, 10), measure=17.0, limit=cost) is None


elements = st.one_of(
    st.integers(1, 9).map(paragraph), st.integers(1, 9).map(lambda n: Inset(n, 1)), st.just(Head(3, 2))
)


@settings(max_examples=80, deadline=None)
@given(st.lists(elements, min_size=1, max_size=8), st.lists(st.integers(4, 15), min_size=1, max_size=5), st.booleans())
def test_every_line_has_a_slot_of_its_own(told: list[Element], heights: list[int], credited: bool) -> None:
    given_ = (*told, *([Credit(5.0)] if credited else []))
    made = poured(given_, *heights)
    taken = [slot for placed in made.placed for slot in placed.slots]
    assert len(taken) == len(set(taken))
    assert [placed.element for placed in made.placed] == list(range(len(given_)))
    there = slots(*heights)
    for placed in made.placed:
        element = given_[placed.element]
        if isinstance(element, Inset):
            assert placed.slots == tuple(range(placed.slots[0], placed.slots[0] + element.lines))
            assert len({there[slot].column for slot in placed.slots if slot < len(there)}) <= 1
        if isinstance(element, Text):
            assert len(placed.slots) == len(element.variants[0].lines)
            assert list(placed.slots) == sorted(placed.slots)
    assert made.over == sum(slot >= len(there) for slot in taken)
    assert made.left == pytest.approx(max(0, made.capacity - made.end))
