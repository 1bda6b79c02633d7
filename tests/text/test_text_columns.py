"""Vertical setting as display items (rules V-1 to V-9): where the ink of each glyph is, in faces that differ."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from layout.core import BLACK
from layout.display import Curve, GlyphRun, Item, Stroke
from layout.fonts import Book
from layout.house.model import FaceRef
from layout.text import FaceMetrics, Line, Setting, Span, column_runs, set_line

FACES = ("NotoSerifSC-Regular", "NotoSerifSC-Black", "NotoSansSC-Bold", "LXGWWenKai-Regular")
SIZE = 10.0
X, TOP = 100.0, 50.0


class Inked(NamedTuple):
    """The ink of one glyph on the page, from the middle of the column and the top of the line, em."""

    text: str
    flow: str
    left: float
    top: float
    right: float
    bottom: float


@pytest.fixture(scope="module")
def book(root: Path) -> Book:
    return Book({name: (FaceRef(root / "fonts" / f"{name}.ttf"),) for name in FACES})


@pytest.fixture(params=FACES)
def setting(request: pytest.FixtureRequest, book: Book) -> Setting:
    return Setting(FaceMetrics(book, request.param), vertical=True)


def items(line: Line) -> tuple[Item, ...]:
    return column_runs(line, x=X, top=TOP, size=SIZE, ink=BLACK, overprint=True, tag="v")


def runs(line: Line) -> list[GlyphRun]:
    return [item for item in items(line) if isinstance(item, GlyphRun)]


def inks(line: Line, book: Book) -> Iterator[Inked]:
    for run in runs(line):
        pen, size, face = run.baseline, run.size, book.faces()[run.face]
        for glyph in run.glyphs:
            x, y = run.x + glyph.dx - X, pen + glyph.dy - TOP
            pen += glyph.advance
            box = face.ink(glyph.gid)
            if box is None:
                continue
            left, low, right, high = (edge * size for edge in box)
            if run.flow == "turned":
                edges = (x + low, y + left * run.xscale, x + high, y + right * run.xscale)
            else:
                edges = (x + left * run.xscale, y - high, x + right * run.xscale, y - low)
            yield Inked(glyph.text, run.flow, *(edge / SIZE for edge in edges))


def of(copy: str, text: str, setting: Setting, book: Book) -> Inked:
    return next(ink for ink in inks(set_line(copy, setting), book) if ink.text == text)


COPY = (
    "他说：“走（去）吧——好……真的？”《论语·学而》，3～5天；共12人和365天，2024年GDP增长5.2%，用iPhone看。成都—重庆/上海"
)


def test_runs_follow_each_other_down_the_column(setting: Setting) -> None:
    line = set_line(COPY, setting)
    found = runs(line)
    assert "".join(run.text for run in found) == COPY
    assert {run.x for run in found} == {X}
    assert found[0].baseline == TOP
    for before, after in pairwise(found):
        assert after.baseline == pytest.approx(before.baseline + before.width)
    assert sum(run.width for run in found) == pytest.approx(line.width * SIZE)


def test_no_ink_leaves_the_column_or_touches_another(setting: Setting, book: Book) -> None:
    found = list(inks(set_line(COPY, setting), book))
    for ink in found:
        assert -0.56 < ink.left < ink.right < 0.56, ink
    for before, after in pairwise(found):
        apart = after.top >= before.bottom - 0.03 or after.left >= before.right - 0.03  # below, or beside (12)
        assert apart or before.text == after.text or "—" in before.text, (before, after)


@pytest.mark.parametrize("mark", list("，。、"))
def test_stops_are_in_the_upper_right(mark: str, setting: Setting, book: Book) -> None:
    """Rule V-7."""
    ink = of(f"国{mark}国", mark, setting, book)
    assert 0.0 < ink.left < ink.right < 0.5
    assert 1.0 <= ink.top < ink.bottom <= 1.5


@pytest.mark.parametrize("mark", list("：；？！"))
def test_other_stops_keep_their_em(mark: str, setting: Setting, book: Book) -> None:
    """Rule V-6."""
    ink = of(f"国{mark}国", mark, setting, book)
    assert 1.0 <= ink.top < ink.bottom <= 2.0
    assert set_line(f"国{mark}国", setting).width == 3.0
    assert ink.flow == "down"


@pytest.mark.parametrize("mark", list("（《〈“‘【"))
def test_opening_marks_are_at_the_foot_of_their_em(mark: str, setting: Setting, book: Book) -> None:
    ink = of(f"国{mark}国", mark, setting, book)
    assert 1.5 <= ink.top < ink.bottom <= 2.0
    first = of(f"{mark}国", mark, setting, book)
    assert 0.0 <= first.top < first.bottom <= 0.5  # rule P-4: at the head of a column without its blank


@pytest.mark.parametrize("mark", list("）》〉”’】"))
def test_closing_marks_are_at_the_head_of_their_em(mark: str, setting: Setting, book: Book) -> None:
    ink = of(f"国{mark}国", mark, setting, book)
    assert 1.0 <= ink.top < ink.bottom <= 1.5
    assert ink.text == mark  # the copy has the mark itself, not its presentation form (rule Q-9)


def test_quotes_are_corners(setting: Setting, book: Book) -> None:
    """Rule V-3: 『 at the right, 』 at the left."""
    opening, closing = of("国“国", "“", setting, book), of("国”国", "”", setting, book)
    assert opening.right > 0.4
    assert closing.left < -0.4


@pytest.mark.parametrize("copy", ["——", "……", "～", "—", "/"])
def test_dashes_run_down_the_middle(copy: str, setting: Setting, book: Book) -> None:
    """Rule V-7."""
    line = set_line(f"国{copy}国", setting)
    found = [ink for ink in inks(line, book) if ink.text != "国"]
    assert {ink.flow for ink in found} == {"turned"}
    assert (min(i.left for i in found) + max(i.right for i in found)) / 2 == pytest.approx(0.0, abs=0.01)
    length = {"——": 2.0, "……": 2.0, "/": 0.5}.get(copy, 1.0)
    assert line.width == 2.0 + length
    middle = (found[0].top + found[-1].bottom) / 2
    assert middle == pytest.approx(1.0 + length / 2, abs=0.06)


def test_the_long_dash_has_no_gap(setting: Setting, book: Book) -> None:
    """Rules P-10, Q-8."""
    found = [ink for ink in inks(set_line("国——国", setting), book) if ink.text != "国"]
    assert 1.7 <= found[-1].bottom - found[0].top <= 2.01
    for before, after in pairwise(found):
        assert after.top - before.bottom <= 0.005


def test_the_interpunct_is_in_the_middle(setting: Setting, book: Book) -> None:
    """Rule V-1."""
    ink = of("国·国", "·", setting, book)
    assert ((ink.left + ink.right) / 2, (ink.top + ink.bottom) / 2) == pytest.approx((0.0, 1.25), abs=0.005)


@pytest.mark.parametrize("number", ["5", "12", "365"])
def test_short_numbers_stand_across(number: str, setting: Setting, book: Book) -> None:
    """Rule V-4."""
    line = set_line(f"国{number}国", setting)
    found = list(inks(line, book))[1:-1]
    assert {ink.flow for ink in found} == {"down"}
    assert line.width == 3.0
    assert (found[0].left + found[-1].right) / 2 == pytest.approx(0.0, abs=0.06)
    assert (min(i.top for i in found) + max(i.bottom for i in found)) / 2 == pytest.approx(1.5, abs=0.05)
    assert "".join(run.text for run in runs(line)) == f"国{number}国"


def test_long_numbers_and_words_are_turned(setting: Setting, book: Book) -> None:
    found = list(inks(set_line("国2024国iPhone国", setting), book))
    assert [ink.text for ink in found if ink.flow == "turned"] == list("2024iPhone")
    assert [ink.text for ink in found if ink.flow == "down"] == list("国国国")


def test_letters_of_a_short_acronym_stand_one_below_the_other(setting: Setting, book: Book) -> None:
    """Rule V-5."""
    found = list(inks(set_line("GDP", setting), book))
    assert {ink.flow for ink in found} == {"down"}
    for ink in found:
        assert (ink.left + ink.right) / 2 == pytest.approx(0.0, abs=0.06)


def test_dots_and_ruby_are_on_the_right_names_on_the_left(book: Book) -> None:
    """Rules R-1, R-2, R-4."""
    setting = Setting(FaceMetrics(book, FACES[0]), vertical=True)
    spans = (Span(0, 2, line="name"), Span(2, 3, dots=True), Span(3, 4, ruby=("hàn",)))
    found = items(set_line("张三点汉", setting, spans))
    (rule,) = (item for item in found if isinstance(item, Stroke))
    assert rule.start.x == rule.end.x < X - 5.0
    assert (rule.start.y, rule.end.y) == pytest.approx((TOP + 0.6, TOP + 19.4))
    (dot,) = (item for item in found if isinstance(item, Curve))
    assert min(point.x for point in dot.points) > X + 5.0
    ruby = [item for item in found if isinstance(item, GlyphRun) and not item.text]
    assert {run.flow for run in ruby} == {"turned"}
    assert ruby[0].x > X + 6.0
    assert ruby[0].baseline + ruby[0].width / 2 == pytest.approx(TOP + 35.0, abs=0.01)


def test_a_note_stands_on_the_right(book: Book) -> None:
    setting = Setting(FaceMetrics(book, FACES[0]), vertical=True)
    found = list(inks(set_line("长1。", setting, (Span(1, 2, note=True),)), book))
    assert found[1].flow == "down"
    assert found[1].left > 0.0
    assert found[0].bottom < found[1].top < found[1].bottom < found[2].top
