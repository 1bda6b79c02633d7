"""Whatever the copy: nothing lost, nothing overfull, every justified line flush, no hard rule broken."""

import itertools
import re
from math import inf

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from layout.text import Broken, Line, ReferenceMetrics, Setting, break_lines, set_paragraph
from layout.text.classes import CLOSE, OPEN, STOP_END, STOP_MID
from layout.text.justify import fitting

METRICS = ReferenceMetrics()
HAN = "国人民大会堂前广场上天气晴朗我们一起走过春夏秋冬"
MARKS = "，。、；：？！”’）》】“‘（《【·"
TOKENS = st.one_of(
    st.text(HAN, min_size=1, max_size=9),
    st.sampled_from(MARKS),
    st.sampled_from(["——", "……", "～", "—", "/", "？！", "》《", "。”", "：“", "）、"]),
    st.sampled_from(["5", "12.48", "3,000", "400余人次", "2024年", "第3届", "50%", "25℃", "¥99", "12月31日"]),
    st.sampled_from(["A", "GDP", "COVID-19", "iPhone", "It’s", "www.example.cn/news", " "]),
)
COPY = st.lists(TOKENS, min_size=1, max_size=60).map("".join)
MEASURES = st.integers(8, 30).map(float)
LEVELS = st.sampled_from(["basic", "gb", "news", "strict"])

NOT_AT_START = CLOSE | STOP_END | STOP_MID | frozenset("·～/℃%")
NUMBER = re.compile(r"[0-9]+(?:[.,:][0-9]+)*[%℃]?")


def lines_of(copy: str, measure: float, **options: object) -> Broken:
    broken = break_lines(set_paragraph(copy, Setting(METRICS, **options)), (measure,))  # type: ignore[arg-type]
    assert broken is not None
    return broken


def advance(line: Line) -> float:
    return sum(placed.advance for placed in line.clusters)


@settings(max_examples=300, deadline=None)
@given(COPY, MEASURES, LEVELS, st.sampled_from(["quanjiao", "kaiming", "banjiao"]), st.booleans())
def test_nothing_lost_nothing_overfull_all_flush(
    copy: str, measure: float, level: str, punctuation: str, vertical: bool
) -> None:
    broken = lines_of(copy, measure, level=level, punctuation=punctuation, vertical=vertical, indent=2.0)
    assert "".join(line.text for line in broken.lines) == copy
    for line in broken.lines:
        assert line.indent + advance(line) == pytest.approx(line.width, abs=1e-9)
        assert line.width <= measure + 1e-6
        if not line.last and len(line.clusters) > 1:
            assert line.width == pytest.approx(measure, abs=1e-6)  # 0.01 pt at 9 pt is 0.001 em


@settings(max_examples=300, deadline=None)
@given(COPY, MEASURES, LEVELS)
def test_no_hard_rule_is_broken(copy: str, measure: float, level: str) -> None:
    broken = lines_of(copy, measure, level=level, indent=2.0)
    if broken.passed == 4:
        return
    ends = [line.text.rstrip(" ") for line in broken.lines]
    for before, after in itertools.pairwise(ends):
        assert after[0] not in NOT_AT_START
        assert before[-1] not in OPEN
        for mark in "—…":
            assert not after.startswith(mark) or (len(before) - len(before.rstrip(mark))) % 2 == 0
        if level in {"gb", "news", "strict"} and "www" not in copy:  # a web address breaks after its solidus
            assert before[-1] != "/"
        assert level != "strict" or not after.startswith(("——", "……"))
    starts = {sum(map(len, (line.text for line in broken.lines[:n]))) for n in range(1, len(broken.lines))}
    for match in NUMBER.finditer(copy) if "www" not in copy else ():
        assert not starts & set(range(match.start() + 1, match.end()))


@settings(max_examples=200, deadline=None)
@given(COPY, st.integers(0, 100).map(lambda percent: percent / 100), st.booleans())
def test_tiers_give_way_in_order(copy: str, share: float, stretch: bool) -> None:
    """Rule J-2: a tier shrinks only when the tiers before it are used up; rule J-3: tracking only after S1 and S2."""
    glue = set_paragraph(copy, Setting(METRICS)).glue[:-1]
    room = share * (sum(g.flex + g.gap for g in glue) if stretch else -sum(g.shrink for g in glue))
    fit = fitting(glue, room, stretch=True)
    assume(fit.tracking < inf)
    assert sum(fit.sizes(glue)) == pytest.approx(sum(g.natural for g in glue) + room, abs=1e-5)
    used = [round(share, 9) for tier, share in enumerate(fit.shrink) if any(g.shrink and g.tier == tier for g in glue)]
    assert used == sorted(used, reverse=True)
    assert sum(0.0 < share < 1.0 for share in used) <= 1
    assert fit.tracking == 0.0 or fit.flex == 1.0
    assert not any(used) or fit.flex == fit.tracking == 0.0


@settings(max_examples=100, deadline=None)
@given(COPY, MEASURES)
def test_shrink_and_tracking_never_meet(copy: str, measure: float) -> None:
    for line in lines_of(copy, measure, indent=2.0).lines:
        assert line.tracking >= 0.0
        assert line.tracking == 0.0 or line.natural <= measure + 1e-9


@settings(max_examples=60, deadline=None)
@given(COPY, st.lists(st.integers(8, 24).map(float), min_size=1, max_size=5))
def test_every_line_fills_its_own_measure(copy: str, measures: list[float]) -> None:
    broken = break_lines(set_paragraph(copy, Setting(METRICS, indent=2.0)), measures)
    assert broken is not None
    for number, line in enumerate(broken.lines):
        assert line.measure == measures[min(number, len(measures) - 1)]
        if not line.last and len(line.clusters) > 1:
            assert line.width == pytest.approx(line.measure, abs=1e-6)
