"""The grid: whole characters, whole lines, one set of baselines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.compose.grid import Block, area_rect, make_frame, type_area, whole_page
from layout.core import Insets
from layout.house.model import Grid
from layout.issue.model import Area

BROADSHEET = Grid(
    columns=8, characters=13, gutter=1.0, lines=115, size=9.0, pitch=12.0, margins=Insets(100, 50, 50, 53)
)


def test_runs_of_base_columns_hold_the_characters_of_the_trade_table() -> None:
    widths = [area_rect(BROADSHEET, Area(1, n, 1, 1)).width / 9 for n in range(1, 9)]
    assert widths == [13, 27, 41, 55, 69, 83, 97, 111]


@pytest.mark.parametrize(("run", "columns", "measure"), [(3, 2, 20), (5, 3, 22), (8, 6, 17), (8, 5, 21), (2, 1, 27)])
def test_broken_columns_hold_whole_characters(run: int, columns: int, measure: int) -> None:
    frame = make_frame(BROADSHEET, Area(1, run, 1, 10), size=9.0, columns=columns)
    assert frame.measure == measure
    assert frame.x + frame.width <= frame.x + area_rect(BROADSHEET, Area(1, run, 1, 1)).width + 1e-6


def test_what_is_left_over_widens_the_gutters() -> None:
    frame = make_frame(BROADSHEET, Area(1, 8, 1, 10), size=9.0, columns=6)
    assert frame.gutter == pytest.approx(9 * 9 / 5)
    assert frame.width == pytest.approx(111 * 9)


def test_first_and_last_line_are_flush_with_the_type_area() -> None:
    frame = make_frame(BROADSHEET, whole_page(BROADSHEET), size=9.0)
    whole = frame.rect(Block(0, 8, 0, frame.lines))
    assert (whole.x, whole.y, whole.right, whole.bottom) == pytest.approx(
        (type_area(BROADSHEET).x, type_area(BROADSHEET).y, type_area(BROADSHEET).right, type_area(BROADSHEET).bottom)
    )
    assert frame.lines == 115


@given(st.integers(1, 8), st.integers(1, 110), st.integers(1, 6), st.integers(2, 40))
def test_every_baseline_is_on_the_pages_grid(first: int, line: int, columns: int, lines: int) -> None:
    area = Area(min(first, 5), 8, line, min(115, line + lines))
    frame = make_frame(BROADSHEET, area, size=9.0, columns=min(columns, 4))
    origin = type_area(BROADSHEET).y + 0.88 * 9
    for slot in frame.slots((Block(0, 1, 1, 2),)):
        lines = (slot.baseline - origin) / 12
        assert lines == pytest.approx(round(lines), abs=1e-6)
        assert not (slot.column == 0 and slot.line == 1)
