"""Headlines set: balanced, fitted alike, nothing lost, nothing at a line's edge that does not belong there."""

import builtins
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from layout.core import Ink
from layout.display import GlyphRun
from layout.fonts import Book
from layout.house import load_house
from layout.text import FaceMetrics, ReferenceMetrics, Setting, line_runs
from layout.text.headline import (
    Headline,
    Lexicon,
    Limits,
    Rank,
    head_copy,
    set_headline,
    shipped_lexicon,
    unmarked,
)
from layout.text.headline.places import DROPPED, NEVER_FIRST, NEVER_LAST
from layout.text.headline.words import words_of
from layout.text.markup import press_copy

BASE = 30.0
SETTING = Setting(ReferenceMetrics(), size=BASE, punctuation="kaiming", han_latin=0.125)
LIMITS = Limits()
SQUEEZED = 0.25
"""Em by which negative tracking may move the difference of two lines, as one of them has more digits."""

PHRASES = (
    *(
        "大武口区政协",
        "习近平总书记",
        "全市275户居民",
        "国务院常务会议",
        "2024年1月8日",
        "GDP",
        "“一老一小”",
        "增长5.2%",
    ),
    *(
        "的",
        "和",
        "了",
        "在",
        "将",
        "把",
        "着力",
        "等",
        "调研",
        "发布",
        "新规",
        "高质量",
        "发展",
        "履职尽责",
        "水",
        "新",
    ),
    *("，", "：", "？", "、", "\u3000", "|", "——", "……", "《行政复议法》", "乡村全面振兴"),
)


def setting(typed: str, em: float, limits: Limits = LIMITS, **options: object) -> Headline:
    return set_headline(head_copy(typed), SETTING, em * BASE, limits, **options)


def texts(headline: Headline) -> list[str]:
    return [line.text for line in headline.lines]


def test_one_line_where_it_fits() -> None:
    made = setting("国产航母下水试航", 12)
    assert texts(made) == ["国产航母下水试航"]
    assert (made.size, made.tracking, made.scale) == (BASE, 0.0, 1.0)


def test_clause_spaces_are_the_first_places() -> None:
    assert texts(setting("履职尽责结硕果 团结奋斗启新程", 9)) == ["履职尽责结硕果", "团结奋斗启新程"]


def test_the_desks_own_mark_comes_before_everything_and_is_not_printed() -> None:
    assert texts(setting("履职尽责|结硕果 团结奋斗启新程", 12)) == ["履职尽责", "结硕果\u3000团结奋斗启新程"]


def test_a_mark_with_a_space_is_a_clause_space_too() -> None:
    assert texts(setting("促发展 | 惠民生", 9)) == ["促发展\u3000惠民生"]
    assert texts(setting("促发展|惠民生", 9)) == ["促发展惠民生"]
    assert texts(setting("让Smart | City落地", 19)) == ["让Smart City落地"]
    assert texts(setting("GDP | 增长", 9)) == ["GDP增长"]


@pytest.mark.parametrize("typed", ["|", "，", " | ", "。|，"])
def test_a_headline_of_marks_alone_prints_nothing(typed: str) -> None:
    assert texts(setting(typed, 9)) == [""]


def test_no_comma_ends_a_line_and_no_full_stop_a_headline() -> None:
    assert texts(setting("践行“两山”理念，守护蓝天碧水。", 9)) == ["践行“两山”理念", "守护蓝天碧水"]
    assert texts(setting("谁来种好地？", 9)) == ["谁来种好地？"]


def test_a_full_stop_inside_takes_half_an_em() -> None:
    (line,) = setting("水清了。岸绿了", 12).lines
    assert line.width == pytest.approx(6.5)


def test_clause_spaces_shrink_before_the_size_does() -> None:
    made = setting("促发展 惠民生", 6.5)
    assert (made.size, [line.width for line in made.lines]) == (BASE, [6.5])


def test_clause_spaces_stretch_where_that_makes_lines_equal() -> None:
    limits = replace(LIMITS, fill=False)
    equal = setting("促发展 惠民生 开新局|大武口区政协在行动再出发", 12.5, limits)
    assert [round(line.width, 6) for line in equal.lines] == [12.0, 12.0]
    apart = setting("促发展 惠民生|大武口区政协在行动", 9.5, limits)
    assert [round(line.width, 6) for line in apart.lines] == [7.0, 9.0]


def test_size_then_tracking_then_scale_give() -> None:
    copy = "国产航母下水试航"
    assert setting(copy, 7.6).size == pytest.approx(BASE * 0.95)
    tracked = setting(copy, 7.4)
    assert (tracked.size, tracked.scale) == (pytest.approx(BASE * 0.94), 1.0)
    assert -0.03 <= tracked.tracking < 0.0
    scaled = setting(copy, 7.1)
    assert (scaled.size, scaled.tracking) == (pytest.approx(BASE * 0.94), -0.03)
    assert 0.92 <= scaled.scale < 1.0
    assert scaled.lines[0].width * scaled.size == pytest.approx(7.1 * BASE)


def test_a_headline_that_nearly_fills_is_opened_to_fill() -> None:
    made = setting("国产航母下水试航", 9.0)
    assert made.lines[0].width * made.size == pytest.approx(9.0 * BASE)
    assert setting("国产航母下水试航", 9.0, replace(LIMITS, fill=False)).size == BASE


def test_short_heads_are_opened() -> None:
    widths = [setting("深化改革开放"[:count], 30).lines[0].width for count in (1, 2, 3, 4, 5)]
    assert widths == pytest.approx([1.0, 4.0, 5.0, 5.5, 5.0])
    assert setting("新区", 3.5).lines[0].width == pytest.approx(3.5)


def test_what_is_too_long_is_set_small_and_told() -> None:
    made = setting("新疆生产建设兵团第八师" * 6, 8)
    assert not made.within
    assert len(made.lines) == LIMITS.lines
    assert max(line.width for line in made.lines) * made.size <= 8 * BASE + 1e-6


def test_terms_stay_whole() -> None:
    made = setting("苏州局限时装电话", 4.6, terms=("苏州局", "限时"))
    assert {place.start for place in made.breaks} <= {3, 5}
    assert made.breaks


def test_without_a_lexicon_only_marks_break(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = builtins.__import__

    def refuse(name: str, *rest: object) -> object:
        if name == "rjieba":
            raise ImportError(name)
        return asked(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refuse)
    shipped_lexicon.cache_clear()
    try:
        made = setting("践行“两山”理念，守护蓝天碧水", 9)
        long = setting("新疆生产建设兵团第八师大力发展特色产业", 9)
    finally:
        shipped_lexicon.cache_clear()
    assert len(made.lines) == 2
    assert (len(long.lines), long.within) == (1, False)


def test_the_lexicon_stays_closed_where_pauses_are_enough() -> None:
    def never(text: str) -> object:
        raise AssertionError(text)

    closed = Lexicon(never, never, never)
    assert len(setting("履职尽责结硕果 团结奋斗启新程", 9, lexicon=closed).lines) == 2
    assert len(setting("国产航母下水试航", 9, lexicon=closed).lines) == 1


def test_the_scale_reaches_the_glyphs() -> None:
    house = load_house("broadsheet").value
    assert house is not None
    real = replace(SETTING, metrics=FaceMetrics(Book(house.faces), "headline"))
    made = set_headline(head_copy("国产航母下水试航2024"), real, 9.0 * BASE, LIMITS)
    assert made.scale < 1.0
    runs = line_runs(made.lines[0], x=0.0, baseline=0.0, size=made.size, ink=Ink(), overprint=True, tag="headline")
    glyph_runs = [run for run in runs if isinstance(run, GlyphRun)]
    assert glyph_runs[0].xscale == pytest.approx(made.scale)
    assert sum(run.width for run in glyph_runs) == pytest.approx(made.lines[0].width * made.size)
    assert max(run.x + run.width for run in glyph_runs) == pytest.approx(9.0 * BASE)


@settings(max_examples=250, deadline=None)
@given(st.lists(st.sampled_from(PHRASES), min_size=1, max_size=12), st.floats(4.0, 30.0))
def test_whatever_is_typed_is_set_whole_within_its_measure(phrases: list[str], em: float) -> None:
    copy = head_copy("".join(phrases))
    if not copy.text.strip("".join(DROPPED) + "\u3000 "):
        return
    made = set_headline(copy, SETTING, em * BASE, LIMITS)
    edges = [0, *(at for place in made.breaks for at in (place.end, place.start)), len(copy.text)]
    between = [copy.text[end:start] for end, start in pairwise(edges)][1::2]
    assert all(set(piece) <= DROPPED | set("\u3000 ") for piece in between)
    kept = "".join(texts(made))
    unprinted = DROPPED | set("\u3000 ")
    assert [sign for sign in kept if sign not in unprinted] == [sign for sign in copy.text if sign not in unprinted]
    assert max(line.width for line in made.lines) * made.size <= em * BASE + 1e-6
    assert not any(set(text[-1:]) & DROPPED for text in texts(made))
    check_edges(made)
    check_balance(made)


def check_edges(made: Headline) -> None:
    """Rule H-3: no line starts or ends with certain words (着 and 等, but not 着力 and 等等)."""
    lexicon = shipped_lexicon()
    assert lexicon is not None
    words = words_of(made.text, lexicon)
    first, last = {word.start: word.text for word in words}, {word.end: word.text for word in words}
    for place in made.breaks:
        if place.rank is Rank.WORD:
            assert first[place.start] not in NEVER_FIRST
            assert last[place.end] not in NEVER_LAST


def check_balance(made: Headline) -> None:
    """Rule H-5 wherever the engine says that it holds."""
    decided = all(place.rank is Rank.MANUAL for place in made.breaks)
    if made.even and made.within and not decided:
        widths = [line.width for line in made.lines]
        if len(widths) == 2:
            assert abs(widths[0] - widths[1]) <= max(1.5, 0.15 * max(widths)) + SQUEEZED
        elif len(widths) == 3:
            assert widths[1] >= min(widths[0], widths[2]) - SQUEEZED


@pytest.mark.parametrize(
    ("typed", "printed"), [("甲|乙", "甲乙"), (r"甲\|乙", "甲|乙"), ("**甲|乙**丙|丁", "甲乙丙丁"), ("甲乙", "甲乙")]
)
def test_break_marks_are_not_printed_in_other_copy(typed: str, printed: str) -> None:
    copy = unmarked(press_copy(typed), typed)
    assert copy.text == printed
    assert len(copy.origin) == len(printed) + 1
    assert [copy.text[mark.start : mark.end] for mark in copy.marks] == (["甲乙"] if "*" in typed else [])


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("国家 |A1.,“”‘’\"'《》（）()<>:/-—…。，、|\u3000"), max_size=20))
def test_no_copy_of_a_headline_has_a_break_mark(typed: str) -> None:
    copy = head_copy(typed)
    assert "|" not in copy.text
    assert all(0 < at < len(copy.text) for at in copy.manual)
    printed = copy.text.strip("".join(DROPPED) + "\u3000 ")
    if printed:
        assert set_headline(copy, SETTING, 300.0, LIMITS).lines
