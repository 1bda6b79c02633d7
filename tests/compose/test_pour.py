"""Pouring: every line gets one slot, in order, and the rules of column breaks hold."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from layout.compose.pour import Credit, Head, Pieces, Text, pour

MEASURE = 17.0


@dataclass(frozen=True)
class FakeLine:
    width: float = 10.0
    indent: float = 0.0
    text: str = "国" * 10


@dataclass(frozen=True)
class FakeBroken:
    lines: tuple[FakeLine, ...]
    cost: float = 100.0
    passed: int = 1


def paragraph(*counts: int, last: float = 10.0) -> Text:
    return Text(tuple(FakeBroken((*(FakeLine(),) * (n - 1), FakeLine(last))) for n in counts))


def columns(*heights: int) -> Pieces:
    ends = []
    for height in heights:
        ends += [len(ends) + height] * height
    return Pieces(tuple(ends), len(ends))


def test_lines_fill_the_columns_in_order() -> None:
    poured = pour((paragraph(6), paragraph(6)), columns(6, 6), measure=MEASURE)
    assert [placed.slots for placed in poured.placed] == [tuple(range(6)), tuple(range(6, 12))]
    assert (poured.over, poured.left) == (0, 0)


def test_no_last_line_alone_at_a_columns_head() -> None:
    poured = pour((paragraph(7),), columns(6, 6), measure=MEASURE)
    assert poured.placed[0].slots == (0, 1, 2, 3, 4, 6, 7)


def test_a_variant_that_is_a_line_shorter_avoids_the_widow_and_the_hole() -> None:
    poured = pour((paragraph(7, 6), paragraph(6)), columns(6, 6), measure=MEASURE)
    assert poured.placed[0].slots == tuple(range(6))
    assert poured.left == 0


def test_a_section_head_keeps_its_text() -> None:
    elements = (paragraph(5), Head(lines=3, keep=2, extra=0), paragraph(4))
    poured = pour(elements, columns(9, 9), measure=MEASURE)
    assert poured.placed[1].slots == (9, 10, 11)


def test_a_section_head_takes_a_blank_line_rather_than_leave_one() -> None:
    elements = (paragraph(3), Head(lines=3, keep=2, extra=1), paragraph(4), paragraph(7))
    poured = pour(elements, columns(9, 9), measure=MEASURE)
    assert len(poured.placed[1].slots) == 4
    assert poured.left == 0


def test_the_credit_shares_the_last_line_where_there_is_room() -> None:
    shared = pour((paragraph(2, last=4.0), Credit(10.0)), columns(6), measure=MEASURE)
    alone = pour((paragraph(2, last=9.0), Credit(10.0)), columns(6), measure=MEASURE)
    assert shared.placed[1].slots == ()
    assert alone.placed[1].slots == (2,)


def test_what_finds_no_slot_is_counted() -> None:
    poured = pour((paragraph(8),), columns(5), measure=MEASURE)
    assert poured.over == 3


ELEMENTS = st.one_of(
    st.builds(
        lambda n, d: paragraph(*dict.fromkeys((n, max(1, n + d)))), st.integers(1, 12), st.sampled_from((-1, 0, 1))
    ),
    st.builds(Head, st.integers(2, 4), st.just(2), st.integers(0, 1)),
)


@given(st.lists(ELEMENTS, max_size=14), st.lists(st.integers(1, 14), min_size=1, max_size=6))
def test_every_line_has_one_slot_and_the_hard_rules_hold(elements: list, heights: list[int]) -> None:
    pieces = columns(*heights)
    poured = pour(tuple(elements), pieces, measure=MEASURE)
    used = [slot for placed in poured.placed for slot in placed.slots]
    assert used == sorted(set(used))
    assert len(poured.placed) == len(elements)
    for placed in poured.placed:
        element = elements[placed.element]
        ends = [pieces.end(slot) for slot in placed.slots]
        match element:
            case Text():
                assert len(placed.slots) == len(placed.broken.lines)
                if len(placed.slots) > 1:
                    assert ends.count(ends[-1]) > 1, "a last line alone at a column's head"
            case Head():
                assert len(set(ends)) == 1
                assert placed.slots[-1] + element.keep < ends[0]
