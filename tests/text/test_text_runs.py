"""Lines as display items."""

import itertools
from pathlib import Path

import pytest

from layout.core import BLACK
from layout.display import GlyphRun
from layout.fonts import Book
from layout.house.model import FaceRef
from layout.text import FaceMetrics, Line, Setting, break_lines, line_runs, set_line, set_paragraph

COPY = "“谁干的？！”他说：“走（去）吧——好……”阿依·买提5月6日花12.5%，读《诗》《书》3～5天，在南京—武汉之间。It’s 25℃呢？"


@pytest.fixture(scope="module", params=["NotoSerifSC-Regular", "LXGWWenKai-Regular"])
def setting(request: pytest.FixtureRequest, root: Path) -> Setting:
    book = Book({"body": (FaceRef(root / "fonts" / f"{request.param}.ttf"),)})
    return Setting(FaceMetrics(book, "body"), indent=2.0)


def lines(copy: str, setting: Setting, measure: float) -> tuple[Line, ...]:
    result = break_lines(set_paragraph(copy, setting), (measure,))
    assert result is not None
    return result.lines


def runs_of(line: Line, size: float = 9.0) -> tuple[GlyphRun, ...]:
    return line_runs(line, x=100.0, baseline=50.0, size=size, ink=BLACK, overprint=True, tag="body")


@pytest.mark.parametrize("measure", [9.0, 13.0, 17.0])
def test_advances_fill_the_measure_to_the_last_point(setting: Setting, measure: float) -> None:
    for line in lines(COPY, setting, measure):
        runs = runs_of(line)
        assert "".join(run.text for run in runs) == line.text
        assert sum(run.width for run in runs) == pytest.approx((line.width - line.indent) * 9.0, abs=1e-9)
        assert runs[0].x == pytest.approx(100.0 + line.indent * 9.0)
        for before, after in itertools.pairwise(runs):
            assert after.x == pytest.approx(before.x + before.width)
        if not line.last:
            assert runs[-1].x + runs[-1].width == pytest.approx(100.0 + measure * 9.0, abs=0.001)


def test_runs_group_by_face_and_scale(setting: Setting) -> None:
    keys = [(run.face, run.xscale) for run in runs_of(set_line("共12人和34人", setting))]
    assert all(a != b for a, b in itertools.pairwise(keys))
    assert len(set(keys)) == (2 if keys[0][0].startswith("LXGW") else 1)


def test_opening_mark_at_line_start_has_its_core_at_the_edge(setting: Setting) -> None:
    """Check Q-2: the half-em core of the mark stands at the edge."""
    (line,) = lines("“国", setting, 17.0)
    glyph = runs_of(line)[0].glyphs[0]
    assert glyph.advance == pytest.approx(4.5)
    assert glyph.dx == pytest.approx(line.clusters[0].offset * 9.0)


def test_what_no_face_has_leaves_a_gap(setting: Setting) -> None:
    runs = runs_of(set_line("国\U000323af人", setting))
    assert [run.text for run in runs] == ["国", "人"]
    assert runs[1].x - runs[0].x == pytest.approx(18.0)


def test_runs_carry_what_they_are_given(setting: Setting) -> None:
    (run,) = runs_of(set_line("国人", setting), size=12.0)
    assert (run.baseline, run.size, run.ink, run.overprint, run.tag) == (50.0, 12.0, BLACK, True, "body")
