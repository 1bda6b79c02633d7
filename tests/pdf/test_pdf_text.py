import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from pdf_samples import TRIM, content_of, document_of, face, faces_of, glyphs_of, hand_run, page_of, set_run, written

from layout.core import BLACK, Rect
from layout.display import Fill, Glyph, GlyphRun
from layout.pdf.codes import press_fonts
from layout.pdf.text import lines, pieces


def spans(*runs: GlyphRun) -> list[str]:
    """The ActualText of a line's Spans."""
    document = document_of(page_of(*runs))
    return [piece.copy for piece in pieces(runs, press_fonts(runs, faces_of(document))) if piece.copy is not None]


def expected(run: GlyphRun, height: float) -> list[tuple[float, float]]:
    pen, places = run.x, []
    for glyph in run.glyphs:
        places.append((pen + glyph.dx, height - run.baseline - glyph.dy))
        pen += glyph.advance
    return places


def assert_placed(*runs: GlyphRun) -> None:
    height = int(TRIM.height * 1000) / 1000
    wanted = [place for run in runs for place in expected(run, height)]
    found = [(glyph.x, glyph.y) for glyph in glyphs_of(written(document_of(page_of(*runs))))]
    assert len(found) == len(wanted)
    for here, there in zip(found, wanted, strict=True):
        assert here == pytest.approx(there, abs=0.005)


@given(
    size=st.floats(4.0, 160.0),
    gaps=st.lists(st.floats(-0.5, 0.9), min_size=1, max_size=60),
    xscale=st.floats(0.7, 1.2),
    x=st.floats(0, 900),
)
def test_glyphs_stand_where_they_were_composed(size: float, gaps: list[float], xscale: float, x: float) -> None:
    font = face()
    gid = font.gid(ord("国"))
    glyphs = tuple(Glyph(gid, (xscale + gap) * size, "国", dx=gap * size / 3) for gap in gaps)
    assert_placed(GlyphRun(x, 100.0, font.key, size, BLACK, glyphs, xscale=xscale))


def test_a_line_of_55_em_is_flush() -> None:
    rounds = random.Random(1)
    for size in (9.0, 9.35, 10.5):
        extra = 1 / 3 / 54
        run = set_run("".join(rounds.choices("报纸版面的文字，。、", k=55)), size=size, extra=extra)
        last = glyphs_of(written(document_of(page_of(run))))[-1]
        assert last.x + last.width == pytest.approx(run.x + run.width - extra * size, abs=0.01)


def test_raised_and_lowered_glyphs() -> None:
    run = set_run("水分子H2O式")
    lowered = tuple(replace(glyph, dy=2.0 if glyph.text == "2" else 0.0) for glyph in run.glyphs)
    assert_placed(replace(run, glyphs=lowered))


def test_natural_setting_needs_no_steps() -> None:
    document = document_of(page_of(set_run("全国人民代表大会")))
    content = content_of(written(document))
    assert "TJ" not in content
    assert content.count("Tj") == 1


def test_runs_of_one_baseline_are_a_line() -> None:
    first = set_run("截至二零二六年", 40, 60)
    second = set_run("增长", 40 + first.width, 60, name="NotoSansSC-Bold")
    below = set_run("下一行", 40, 72)
    bar = Fill(Rect(0, 0, 10, 10), BLACK)
    assert list(lines((first, second, bar, below))) == [[first, second], bar, [below]]


def test_neighbouring_columns_are_not_a_line() -> None:
    left = set_run("左栏", 40, 60)
    right = set_run("右栏", 40 + left.width + 9.0, 60)
    assert list(lines((left, right))) == [[left], [right]]


def test_only_what_stands_apart_needs_a_span() -> None:
    assert spans(set_run("增长五月的报纸", extra=0.05)) == []
    assert spans(set_run("增长5月")) == ["长5月"]
    assert spans(set_run("增长", extra=0.3)) == ["增长"]


def test_word_spaces_need_none() -> None:
    assert spans(set_run("the quick", extra=0.05)) == []
    run = set_run("a b")
    wide = tuple(replace(glyph, advance=glyph.advance + 4.0) if glyph.text in "a " else glyph for glyph in run.glyphs)
    assert spans(replace(run, glyphs=wide)) == []


def test_squeezed_marks_are_spanned() -> None:
    run = set_run("好，报")
    squeezed = tuple(replace(glyph, advance=4.5) if glyph.text == "，" else glyph for glyph in run.glyphs)
    assert spans(replace(run, glyphs=squeezed)) == ["，报"]


def test_a_span_over_two_faces_goes_to_the_end_of_the_line() -> None:
    first = set_run("截至二零", 40, 60)
    second = set_run("GDP增长", 40 + first.width + 2.25, 60, name="NotoSansSC-Bold")
    assert spans(first, second) == ["零GDP增长"]


def test_characters_beyond_the_basic_plane_stay_out_of_spans() -> None:
    copies = spans(set_run("增长\U00020bb7野家", extra=0.3))
    assert copies == ["增长", "野家"]


def test_a_glyph_without_copy_is_spanned_with_its_cluster() -> None:
    assert spans(hand_run([("增", "增"), ("二", "一"), ("", "二"), ("五", "五")])) == ["二"]


def test_spans_are_balanced_within_text_objects() -> None:
    first = set_run("截至2026年", 40, 60)
    second = set_run("GDP增长", 40 + first.width + 2.25, 60, name="NotoSansSC-Bold")
    content = content_of(written(document_of(page_of(first, second))))
    for block in re.findall(r"BT(.*?)ET", content, re.DOTALL):
        opens = [match.group() for match in re.finditer(r"BDC|EMC", block)]
        assert opens == ["BDC", "EMC"] * (len(opens) // 2)
    assert content.count("BDC") == 2


@given(
    steps=st.lists(st.tuples(st.sampled_from("国，a \U00020000"), st.floats(-1.5, 1.5)), min_size=2, max_size=24),
    lowered=st.floats(0.0, 1.0),
)
def test_what_follows_close_behind_needs_no_copy(steps: list[tuple[str, float]], lowered: float) -> None:
    """The short cut of a page's usual pairs comes to what all questions come to."""
    run = set_run("国" * len(steps))
    moved = [
        replace(glyph, text=text, advance=glyph.advance + gap, dy=lowered if text == "，" else 0.0)
        for glyph, (text, gap) in zip(run.glyphs, steps, strict=True)
    ]
    runs = (replace(run, glyphs=tuple(moved)),)
    usual = spans(*runs)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("layout.pdf.text._follows", lambda _before, _after: False)
        assert spans(*runs) == usual
