"""Figures of tables, and the widths of their columns (rule B-7)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.text import ReferenceMetrics, Setting, set_paragraph
from layout.text.columns import Need, fit_columns, need_of
from layout.text.figures import aligned_at, holds_figures, is_nothing


@pytest.mark.parametrize(
    ("text", "shared"),
    [
        ("1,203.5", "1,203"),
        ("12", "12"),
        ("−1.2%", "−1"),
        ("-8℃", "-8"),
        ("12.5万", "12"),
        ("3000万元", "3000"),
        ("¥88", "¥88"),
        ("12\u202f500户", "12\u202f500"),
        ("▲3.1", "▲3"),
        ("2023年", "2023"),
    ],
)
def test_where_figures_are_aligned(text: str, shared: str) -> None:
    at = aligned_at(text)
    assert at is not None
    assert text[:at] == shared


@pytest.mark.parametrize("text", ["3～4级", "19:30", "2：1", "微风", "1月8日", "", "1,20", "第3名", "3.1.4"])
def test_what_is_no_single_figure(text: str) -> None:
    assert aligned_at(text) is None


def test_columns_of_figures() -> None:
    assert holds_figures(["1", "2.5", "—", "缺"])
    assert not holds_figures(["1", "微风", "小雪"])
    assert not holds_figures(["—", "……"])
    assert all(map(is_nothing, ("—", "——", "…", "/", "无")))


def need(text: str, words: float = 4.0) -> Need:
    return need_of(set_paragraph(text, Setting(ReferenceMetrics())), words)


def test_what_a_cell_needs() -> None:
    assert need("青山街道") == Need(4.0, 4.0, 1.0)
    assert need("青山街道办事处") == Need(7.0, 4.0, 1.0)
    assert need("12.48万元").units == need("12.48万元").natural  # a quantity is one
    assert need("internationalization组织").units == 10.0


def test_what_is_left_over_opens_the_gaps() -> None:
    fitting = fit_columns([[Need(3, 3, 1), Need(2, 2, 1)]], 13.0, 0.8)
    assert (fitting.widths, fitting.gap, fitting.over) == ((3, 2), 4.0, 0.0)


def test_words_give_way_before_figures() -> None:
    rows = [[Need(12, 4, 1), Need(4, 4, 4)], [Need(3, 3, 1), Need(5, 5, 5)]]
    fitting = fit_columns(rows, 13.0, 1.0)
    assert fitting.widths == (6.0, 5)
    assert fitting.over == 0.0


def test_short_words_give_way_last() -> None:
    rows = [[Need(3, 3, 1), Need(20, 4, 1)], [Need(2, 2, 1), Need(9, 4, 1)]]
    assert fit_columns(rows, 9.0, 1.0).widths == (3, 4.0)
    cramped = fit_columns(rows, 6.0, 1.0)
    assert sum(cramped.widths) == pytest.approx(4.0)
    assert cramped.over == 0.0


def test_a_table_too_wide_says_by_how_much() -> None:
    fitting = fit_columns([[Need(4, 4, 4), Need(9, 9, 9), None]], 13.0, 1.0)
    assert (fitting.widths, fitting.over) == ((4, 9, 0), 3.0)


needs = st.tuples(st.floats(0, 30), st.floats(0, 1), st.floats(0, 1)).map(
    lambda n: Need(n[0], n[0] * max(n[1:]), n[0] * min(n[1:]))
)


@given(st.lists(st.lists(needs, min_size=3, max_size=3), min_size=1, max_size=6), st.floats(8, 60))
def test_columns_fill_the_measure_or_say_why_not(rows: list[list[Need]], measure: float) -> None:
    fitting = fit_columns(rows, measure, 0.8)
    for column, width in zip(zip(*rows, strict=True), fitting.widths, strict=True):
        assert width >= max(cell.units for cell in column) - 1e-6
        assert width <= max(cell.natural for cell in column) + 1e-6
    total = sum(fitting.widths) + fitting.gap * 3
    assert total == pytest.approx(measure + fitting.over, abs=1e-6) or (fitting.over == 0 and total <= measure + 1e-6)
    assert fitting.gap >= 0.8 - 1e-9
