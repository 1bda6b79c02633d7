"""The ink of marks held against their cells, on display items (rules P-8, P-10, Q-8)."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from layout.compose.quality.ink import InkFlaw, ink_flaws
from layout.core import BLACK
from layout.display import Glyph, GlyphRun
from layout.fonts import Book
from layout.house.model import FaceRef
from layout.text import FaceMetrics, Setting, column_runs, line_runs, set_line

FACES = ("NotoSerifSC-Regular", "NotoSansSC-Bold", "LXGWWenKai-Regular")
COPY = "他说：“不——《好》……”（对）·丙！？"


@pytest.fixture(scope="module")
def book(root: Path) -> Book:
    return Book({name: (FaceRef(root / "fonts" / f"{name}.ttf"),) for name in FACES})


def drawn(book: Book, name: str, copy: str = COPY, *, vertical: bool = False) -> tuple[GlyphRun, ...]:
    line = set_line(copy, Setting(FaceMetrics(book, name), vertical=vertical))
    if vertical:
        items = column_runs(line, x=50.0, top=10.0, size=10.0, ink=BLACK, overprint=True, tag="body")
    else:
        items = line_runs(line, x=10.0, baseline=20.0, size=10.0, ink=BLACK, overprint=True, tag="body")
    return tuple(item for item in items if isinstance(item, GlyphRun))


def changed(runs: tuple[GlyphRun, ...], text: str, **change: float) -> tuple[GlyphRun, ...]:
    """The runs with each glyph of a text moved."""

    def glyph(old: Glyph) -> Glyph:
        return replace(old, **{name: getattr(old, name) + by for name, by in change.items()})

    return tuple(replace(run, glyphs=tuple(glyph(g) if g.text == text else g for g in run.glyphs)) for run in runs)


def codes(book: Book, runs: tuple[GlyphRun, ...]) -> list[str]:
    return [flaw.code for flaw in ink_flaws(runs, book.faces())]


@pytest.mark.parametrize("vertical", [False, True])
@pytest.mark.parametrize("name", FACES)
def test_marks_of_our_faces_stand_in_their_cells(book: Book, name: str, vertical: bool) -> None:
    assert codes(book, drawn(book, name, vertical=vertical)) == []


def test_mark_that_leaves_its_cell_is_told_once(book: Book) -> None:
    runs = changed(drawn(book, FACES[0], "“好”“好”"), "“", dx=-4.0)
    assert ink_flaws(runs, book.faces()) == (InkFlaw("mark-ink", FACES[0], "body", "“"),)


@pytest.mark.parametrize(("name", "text"), [(FACES[0], "——"), (FACES[2], "—")])
def test_dash_off_the_middle_is_told(book: Book, name: str, text: str) -> None:
    assert codes(book, changed(drawn(book, name), text, dy=0.6)) == ["dash-ink"]
    assert codes(book, changed(drawn(book, name, vertical=True), text, dx=0.6)) == ["dash-ink"]


def test_dash_in_two_strokes_is_told(book: Book) -> None:
    runs = drawn(book, FACES[2], "甲——乙")
    assert codes(book, runs) == []
    assert codes(book, changed(runs, "—", advance=0.2)) == ["dash-ink"]


def test_lone_dash_is_a_connector(book: Book) -> None:
    assert codes(book, changed(drawn(book, FACES[2], "成都—重庆"), "—", dy=3.0)) == []


def test_dots_out_of_step_are_told(book: Book) -> None:
    assert codes(book, changed(drawn(book, FACES[0], "好……"), "…", advance=0.8)) == ["ellipsis-ink"]


def test_condensed_head_keeps_its_dash(book: Book) -> None:
    runs = drawn(book, FACES[0], "——记")
    narrow = tuple(
        replace(run, xscale=0.92, glyphs=tuple(replace(g, advance=g.advance * 0.92) for g in run.glyphs))
        for run in runs
    )
    assert codes(book, narrow) == []


def test_glyph_without_ink_is_no_dash(book: Book) -> None:
    (run,) = drawn(book, FACES[0], "——")
    space = next(iter(book.faces().values())).gid(ord(" "))
    blank = replace(run, glyphs=tuple(replace(glyph, gid=space) for glyph in run.glyphs))
    assert codes(book, (blank,)) == ["dash-ink"]
