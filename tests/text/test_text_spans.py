"""Spans in a paragraph: other faces and inks, ruby, dots, lines, notes, breaks (rules R-1 to R-5, B-3)."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.core import BLACK, Ink
from layout.display import Curve, GlyphRun, Item, Stroke
from layout.fonts import Book
from layout.house.model import FaceRef
from layout.text import (
    FaceMetrics,
    Line,
    ReferenceMetrics,
    Setting,
    Span,
    break_lines,
    line_runs,
    set_line,
    set_paragraph,
)
from layout.text.dateline import dateline_spans

RED = Ink(magenta=1.0, yellow=1.0)
REFERENCE = Setting(ReferenceMetrics())
FACES = {"body": "NotoSerifSC-Regular", "hei": "NotoSansSC-Bold", "kai": "LXGWWenKai-Regular"}


@pytest.fixture(scope="module")
def faces(root: Path) -> dict[str, FaceMetrics]:
    book = Book({role: (FaceRef(root / "fonts" / f"{name}.ttf"),) for role, name in FACES.items()})
    return {role: FaceMetrics(book, role) for role in FACES}


@pytest.fixture(scope="module")
def setting(faces: dict[str, FaceMetrics]) -> Setting:
    return Setting(faces["body"])


def lines(copy: str, setting: Setting, spans: Sequence[Span], measure: float) -> tuple[Line, ...]:
    broken = break_lines(set_paragraph(copy, setting, spans), (measure,))
    assert broken is not None
    return broken.lines


def items(line: Line, size: float = 10.0) -> tuple[Item, ...]:
    return line_runs(line, x=0.0, baseline=50.0, size=size, ink=BLACK, overprint=True, tag="body")


def runs(line: Line) -> list[GlyphRun]:
    return [item for item in items(line) if isinstance(item, GlyphRun)]


def test_a_span_sets_its_own_face_and_ink_on_the_same_baseline(setting: Setting, faces: dict[str, FaceMetrics]) -> None:
    spans = (Span(2, 4, metrics=faces["hei"]), Span(5, 6, ink=RED), Span(6, 7, metrics=faces["kai"]))
    found = runs(set_line("这是黑体和红楷字", setting, spans))
    assert [run.text for run in found] == ["这是", "黑体", "和", "红", "楷", "字"]
    assert [run.face.split("-")[0] for run in found] == [
        *("NotoSerifSC", "NotoSansSC", "NotoSerifSC"),
        *("NotoSerifSC", "LXGWWenKai", "NotoSerifSC"),
    ]
    assert {(run.size, run.baseline) for run in found} == {(10.0, 50.0)}
    assert [run.ink for run in found] == [BLACK, BLACK, BLACK, RED, BLACK, BLACK]
    assert [run.overprint for run in found] == [True, True, True, False, True, True]
    for before, after in pairwise(found):
        assert after.x == pytest.approx(before.x + before.width)


def test_the_inner_span_wins(setting: Setting, faces: dict[str, FaceMetrics]) -> None:
    spans = (Span(0, 3, metrics=faces["hei"], ink=RED), Span(1, 2, metrics=faces["kai"], ink=BLACK))
    found = runs(set_line("黑楷黑", setting, spans))
    assert [(run.face[:4], run.ink) for run in found] == [("Noto", RED), ("LXGW", BLACK), ("Noto", RED)]


def test_a_plain_line_is_the_same_with_and_without_an_empty_span(setting: Setting) -> None:
    copy = "他说：“好（的）。”共12.5%"
    assert runs(set_line(copy, setting)) == runs(set_line(copy, setting, (Span(3, 3),)))


def test_ruby_stands_over_its_base_at_half_size_or_less(setting: Setting) -> None:
    """Rule R-1. Ruby is silent: it is no part of the copy."""
    line = set_line("见魑魅。", setting, (Span(1, 3, ruby=("chī", "mèi")),))
    base, *ruby = runs(line)
    assert base.text == line.text == "见魑魅。"
    assert [run.text for run in ruby] == ["", ""]
    for number, run in enumerate(ruby, 1):
        assert run.size <= 5.0
        assert run.baseline == base.baseline
        assert all(-glyph.dy > 8.8 for glyph in run.glyphs)  # clear of the ink of Han, which ends at 0.86 em
        assert run.x + run.width / 2 == pytest.approx(10.0 * number + 5.0, abs=0.01)
    assert line.width == 3.5


def test_wide_ruby_opens_its_base(setting: Setting) -> None:
    line = set_line("装床装", setting, (Span(0, 3, ruby=("zhuāng", "chuáng", "zhuāng")),))
    _, *ruby = runs(line)
    assert line.width > 3.2
    for before, after in pairwise(ruby):
        assert after.x - before.x - before.width > 1.0
    assert ruby[0].x >= 0.0


def test_one_reading_over_two_characters_is_not_broken() -> None:
    copy = "国人民大会堂前广场上"
    for at in range(1, 9):
        for line in lines(copy, REFERENCE, (Span(at, at + 2, ruby=("hànzì",)),), 9.0)[:-1]:
            assert len(line.text) != at + 1
    paragraph = set_paragraph(copy, REFERENCE, (Span(2, 4, ruby=("hàn", "zì")),))
    assert len({paragraph.breaks[2], paragraph.breaks[5]}) == 1  # a reading for each may part


def test_dots_stand_below_every_han_and_no_mark(setting: Setting) -> None:
    """Rule R-2."""
    line = set_line("的，“好”A1", setting, (Span(0, 7, dots=True),))
    dots = [item for item in items(line) if isinstance(item, Curve)]
    assert len(dots) == 2
    centres = [(min(p.x for p in dot.points) + max(p.x for p in dot.points)) / 2 for dot in dots]
    assert centres[0] == pytest.approx(5.0)
    for dot in dots:
        assert dot.width == 0.0
        assert 51.2 < min(point.y for point in dot.points) < max(point.y for point in dot.points) < 54.0
    loose = set_line("的的", setting, (Span(0, 2, dots=True),), tracking=0.5)
    first, second = (item for item in items(loose) if isinstance(item, Curve))
    assert second.points[0].x - first.points[0].x == pytest.approx(15.0)


def test_names_side_by_side_have_a_line_each(setting: Setting) -> None:
    """Rule R-4."""
    line = set_line("张三李四来", setting, (Span(0, 2, line="name"), Span(2, 4, line="name", ink=RED)))
    first, second = (item for item in items(line) if isinstance(item, Stroke))
    assert (first.start.x, first.end.x) == pytest.approx((0.6, 19.4))
    assert (second.start.x, second.end.x) == pytest.approx((20.6, 39.4))
    assert (first.ink, second.ink) == (BLACK, RED)
    assert first.start.y == first.end.y > 51.2


def test_a_line_is_nearer_to_the_text_than_dots(setting: Setting) -> None:
    spans = (Span(0, 1, line="name"), Span(0, 2, dots=True))
    found = items(set_line("张来", setting, spans))
    (rule,) = (item for item in found if isinstance(item, Stroke))
    near, far = sorted(min(p.y for p in item.points) for item in found if isinstance(item, Curve))
    assert far > rule.start.y + rule.width / 2
    assert near < far


def test_a_title_has_a_line_of_whole_waves(setting: Setting) -> None:
    """Rule R-3."""
    (wave,) = (
        item for item in items(set_line("论语", setting, (Span(0, 2, line="title"),))) if isinstance(item, Curve)
    )
    assert wave.width > 0.0
    assert len(wave.points) % 6 == 1
    assert wave.points[0].y == wave.points[-1].y
    assert (wave.points[0].x, wave.points[-1].x) == pytest.approx((0.6, 19.4))


def test_a_line_broken_inside_a_name_underlines_both_parts() -> None:
    copy = "国人民大会堂前广场上天"
    found = lines(copy, REFERENCE, (Span(6, 11, line="name"),), 8.0)
    drawn = [[item for item in items(line) if isinstance(item, Stroke)] for line in found]
    assert [len(part) for part in drawn] == [1, 1]


NOTES = (Span(2, 3, note=True),)


def test_a_note_is_small_raised_and_close(setting: Setting) -> None:
    """Rule R-5: superscript, no gap before it."""
    found = runs(set_line("增长1，又", setting, NOTES))
    assert [run.text for run in found] == ["增长", "1", "，又"]
    assert found[1].size < 7.0
    assert found[1].baseline == 50.0
    assert found[1].glyphs[0].dy < -2.0
    assert found[1].x == pytest.approx(20.0)
    assert found[1].width < 4.0


@pytest.mark.parametrize("copy", ["增长1，又", "增长1又是", "增长1”又", "增长1A"])
def test_a_note_never_starts_a_line_nor_lets_go_of_what_follows(copy: str) -> None:
    paragraph = set_paragraph(copy, REFERENCE, NOTES)
    assert paragraph.breaks[1] == paragraph.breaks[2] == max(paragraph.breaks)


def test_a_note_is_no_part_of_a_number_or_a_stack() -> None:
    paragraph = set_paragraph("共51万元", REFERENCE, (Span(2, 3, note=True),))
    assert paragraph.cells[2].size < 1.0
    assert set_line("停”1。", REFERENCE, NOTES).width == pytest.approx(1 + 0.5 + 0.3 + 0.5)
    across = set_paragraph("共51人", Setting(ReferenceMetrics(), vertical=True), (Span(2, 3, note=True),))
    assert across.clusters == ("共", "5", "1", "人")


def test_what_is_kept_together_is_not_broken() -> None:
    copy = "一国务院办公厅今天发布了一个通知给各地的人们"
    at_ease = [line.text for line in lines(copy, REFERENCE, (), 8.0)]
    kept = [line.text for line in lines(copy, REFERENCE, (Span(6, 12, keep=True),), 8.0)]
    assert any("厅今天发布了" in line for line in kept)
    assert not any("厅今天发布了" in line for line in at_ease)


def test_a_line_can_end_by_hand() -> None:
    setting = Setting(ReferenceMetrics(), indent=2.0)
    turns = (Span(0, 0, turn=True), Span(4, 4, turn=True), Span(8, 8, turn=True), Span(12, 12, turn=True))
    found = lines("春眠不觉处处闻啼夜来风雨", setting, turns, 13.0)
    assert [line.text for line in found] == ["春眠不觉", "处处闻啼", "夜来风雨"]
    assert [line.indent for line in found] == [2.0, 0.0, 0.0]
    assert all(line.last for line in found), "a line that is ended by hand need not be full"
    assert all(line.tracking == 0.0 for line in found)


def test_the_parts_of_a_paragraph_take_their_measures_in_turn() -> None:
    paragraph = set_paragraph("国人" * 8 + "民大" * 8, REFERENCE, (Span(16, 16, turn=True),))
    broken = break_lines(paragraph, (10.0, 9.0, 8.0))
    assert broken is not None
    assert [line.measure for line in broken.lines] == [10.0, 9.0, 8.0, 8.0]
    shorter = break_lines(paragraph, (10.0, 9.0, 8.0), looseness=-1)
    longer = break_lines(
        set_paragraph("国" * 19 + "人" * 30, REFERENCE, (Span(19, 19, turn=True),)), (10.0,), looseness=1
    )
    assert shorter is None
    assert longer is None or len(longer.lines) == 6


@pytest.mark.parametrize(
    ("copy", "dateline"),
    [
        (
            "新华社北京5月6日电\u3000（记者\u3000张\u3000三）\u3000今天",
            "新华社北京5月6日电\u3000（记者\u3000张\u3000三）",
        ),
        ("新华社北京5月6日电（记者张三）今天", "新华社北京5月6日电（记者张三）"),
        ("新华社北京5月6日电今天", "新华社北京5月6日电"),
        ("本报讯\u3000今天", "本报讯"),
        ("本报讯今天", "本报讯"),
        ("本报北京5月6日电\u3000今天", "本报北京5月6日电"),
        ("本报记者从国家电网获悉", ""),
        ("本报讯", ""),
        ("今天本报讯\u3000说", ""),
    ],
)
def test_datelines(copy: str, dateline: str) -> None:
    found = next((copy[: span.end] for span in dateline_spans(copy, ReferenceMetrics()) if span.metrics), "")
    assert found == dateline


@pytest.mark.parametrize("copy", ["本报讯（记者张三）今天", "本报讯（记者张三）\u3000今天"])
def test_a_dateline_is_followed_by_an_em_and_keeps_its_bracket(copy: str) -> None:
    """Rule B-3."""
    paragraph = set_paragraph(copy, REFERENCE, tuple(dateline_spans(copy, ReferenceMetrics())))
    assert paragraph.breaks[2] == paragraph.breaks[3] == max(paragraph.breaks)
    line = set_line(copy, REFERENCE, tuple(dateline_spans(copy, ReferenceMetrics())))
    behind = copy.index("）")
    start = sum(placed.advance for placed in line.clusters[: copy.index("今")])
    end = sum(placed.advance for placed in line.clusters[:behind]) + 0.5
    assert start - end == pytest.approx(1.0)


COPY = st.lists(
    st.sampled_from(["国", "人民", "，", "。", "“", "”", "5", "12.5%", "A", "word", "——", "……", "《", "》"]),
    min_size=4,
    max_size=40,
)
KINDS = st.sampled_from(
    [
        {"ink": RED},
        {"dots": True},
        {"line": "name"},
        {"line": "title"},
        {"ruby": ("reading",)},
        {"keep": True},
        {"note": True},
        {"turn": True},
        {"gap": 1.0},
        {"metrics": ReferenceMetrics()},
    ]
)


@settings(max_examples=200, deadline=None)
@given(
    COPY.map("".join),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 6), KINDS), max_size=5),
    st.integers(8, 20).map(float),
    st.booleans(),
)
def test_whatever_the_spans_nothing_is_lost(
    copy: str, spans: list[tuple[int, int, dict[str, object]]], measure: float, vertical: bool
) -> None:
    given_spans = tuple(
        Span(min(start, len(copy)), min(start + (0 if "turn" in kind else length), len(copy)), **kind)  # type: ignore[arg-type]
        for start, length, kind in spans
    )
    setting = Setting(ReferenceMetrics(), indent=2.0, vertical=vertical)
    broken = break_lines(set_paragraph(copy, setting, given_spans), (measure,))
    assert broken is not None
    assert "".join(line.text for line in broken.lines) == copy
    for line in broken.lines:
        assert line.indent + sum(placed.advance for placed in line.clusters) == pytest.approx(line.width, abs=1e-9)
        assert line.width <= measure + 1e-6 or broken.passed == 4
        items(line)
