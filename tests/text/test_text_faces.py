"""Cells of real faces, and of faces with the faults that the rules provide for."""

import itertools
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from layout.fonts import Book, ShapedGlyph
from layout.house.model import FaceRef
from layout.text import Cell, FaceMetrics, Setting, break_lines, cells, set_paragraph
from layout.text.kinds import kind_of

FACES = ["NotoSerifSC-Regular", "NotoSerifSC-Black", "NotoSansSC-Medium", "NotoSansSC-Bold", "LXGWWenKai-Regular"]


@pytest.fixture(scope="module")
def book(root: Path) -> Book:
    return Book({name: (FaceRef(root / "fonts" / f"{name}.ttf"),) for name in FACES})


def cell(book: Book, name: str, cluster: str) -> Cell:
    return FaceMetrics(book, name).cell(cluster, kind_of(cluster))


def ink(book: Book, name: str, found: Cell) -> tuple[float, float]:
    """Left and right of the ink in the cell."""
    (face,) = book.chain(name)
    box = face.ink(found.glyphs[0].gid)
    assert box is not None
    start = found.origin + found.glyphs[0].dx
    return start + box[0] * found.xscale, start + box[2] * found.xscale


@pytest.mark.parametrize("name", FACES)
@pytest.mark.parametrize("mark", "“‘（《【〔”’）》】〕，。、；：！？")
def test_ink_lies_in_the_trimmed_cell(book: Book, name: str, mark: str) -> None:
    """Rules P-7, P-8, P-12."""
    found = cell(book, name, mark)
    left, right = ink(book, name, found)
    assert (found.advance, found.blank) == (0.5, 0.5)
    assert left >= -0.001
    assert right <= 0.501


@pytest.mark.parametrize("name", FACES)
@pytest.mark.parametrize("mark", "·–/")
def test_half_em_marks_are_centred(book: Book, name: str, mark: str) -> None:
    """Rule P-12."""
    found = cell(book, name, mark)
    assert found.advance == 0.5
    assert sum(ink(book, name, found)) == pytest.approx(0.5, abs=0.002)


@pytest.mark.parametrize("name", FACES)
def test_digits_take_half_an_em(book: Book, name: str) -> None:
    """Rule P-13: by hwid, in LXGW WenKai by condensing."""
    found = [cell(book, name, digit) for digit in "0123456789"]
    assert [c.advance for c in found] == [0.5] * 10
    assert {round(c.xscale, 3) for c in found} == ({0.833} if name.startswith("LXGW") else {1.0})


@pytest.mark.parametrize("name", FACES)
def test_dash_is_one_stroke(book: Book, name: str) -> None:
    """Rules P-9, P-10, check Q-8."""
    found = cell(book, name, "——")
    (face,) = book.chain(name)
    pen, inks = 0.0, []
    for glyph in found.glyphs:
        box = face.ink(glyph.gid)
        assert box is not None
        inks.append((pen + box[0], pen + box[2]))
        pen += glyph.advance
    assert found.advance == 2.0
    assert 1.7 <= inks[-1][1] - inks[0][0] <= 2.0
    assert all(b[0] - a[1] <= 0.005 for a, b in itertools.pairwise(inks))
    assert "".join(glyph.text for glyph in found.glyphs) == "——"


@pytest.mark.parametrize("name", FACES)
@pytest.mark.parametrize("char", "国〇①×■℃")
def test_han_and_signs_take_an_em(book: Book, name: str, char: str) -> None:
    assert cell(book, name, char).advance == pytest.approx(1.0)


def test_ellipsis_is_two_em_of_copy(book: Book) -> None:
    found = cell(book, "NotoSerifSC-Regular", "……")
    assert (found.advance, [glyph.text for glyph in found.glyphs]) == (2.0, ["…", "…"])


def test_apostrophe_in_latin_is_narrow(book: Book) -> None:
    """Rule P-11."""
    paragraph = set_paragraph("节目It’s好", Setting(FaceMetrics(book, "NotoSerifSC-Regular")))
    assert paragraph.cells[4].advance < 0.35


def test_what_no_face_has_is_told(book: Book) -> None:
    paragraph = set_paragraph("国\U000323af人", Setting(FaceMetrics(book, "NotoSansSC-Medium")))
    assert paragraph.missing == ((1, "\U000323af"),)
    assert paragraph.cells[1].glyphs == ()
    assert paragraph.cells[1].advance == 1.0


def test_next_face_of_the_chain_helps(root: Path) -> None:
    refs = tuple(FaceRef(root / "fonts" / f"{name}.ttf") for name in ("NotoSerifSC-Regular", "LXGWWenKai-Regular"))
    book = Book({"body": refs})
    paragraph = set_paragraph("国𠮷", Setting(FaceMetrics(book, "body")))
    assert paragraph.missing == ()
    assert [c.face for c in paragraph.cells] == [face.key for face in book.chain("body")]


def test_vertical_glyphs_are_others(book: Book) -> None:
    """Rule V-2."""
    for name in FACES:
        upright = set_paragraph("（，“", Setting(FaceMetrics(book, name)))
        column = set_paragraph("（，“国", Setting(FaceMetrics(book, name), vertical=True))
        assert [c.form for c in column.cells[:3]] == ["substitute:U+FE35", "substitute:U+FE10", "substitute:U+FE43"]
        pairs = zip(upright.cells, column.cells[:3], strict=True)
        assert all(a.glyphs[0].gid != b.glyphs[0].gid for a, b in pairs)


def test_quotes_change_places_in_corner_first(book: Book) -> None:
    """Rule V-3: the glyphs and their places are the partner's, what they stand for is the copy."""
    for name in FACES:
        usual, swapped = (
            set_paragraph("“国‘人’家”", Setting(FaceMetrics(book, name), vertical=True, quotes=quotes)).cells
            for quotes in ("double-first", "corner-first")
        )
        for mark, partner in ((0, 2), (2, 0), (4, 6), (6, 4)):
            assert [g.gid for g in swapped[mark].glyphs] == [g.gid for g in usual[partner].glyphs]
            assert swapped[mark].glyphs != usual[mark].glyphs
            assert swapped[mark]._replace(glyphs=()) == usual[partner]._replace(glyphs=())
        assert "".join(g.text for cell in swapped for g in cell.glyphs) == "“国‘人’家”"


def test_figures_across_a_column_fit_it(book: Book) -> None:
    """Rule V-4."""
    for name in FACES:
        (found,) = set_paragraph("365", Setting(FaceMetrics(book, name), vertical=True)).cells
        assert found.form == "tcy"
        (face,) = book.chain(name)
        inks = [(glyph.dx, face.ink(glyph.gid)) for glyph in found.glyphs]
        assert all(dx >= -0.55 and dx + box[2] * found.xscale <= 0.55 for dx, box in inks if box)


def test_breaks_do_not_depend_on_the_face(book: Book) -> None:
    """Rule F-1, for copy without Latin letters, whose widths are the face's own."""
    copy = "“书读多了，人就沉得住气。”老校长（78岁）常常说——语气很温和……在场100余人都记住了《论语》里的话。"
    breaks = set()
    for name in FACES:
        result = break_lines(set_paragraph(copy, Setting(FaceMetrics(book, name), indent=2.0)), (13.0,))
        assert result is not None
        breaks.add(tuple(line.text for line in result.lines))
    assert len(breaks) == 1


@dataclass
class FakeFace:
    """A face of glyphs numbered by code point: advance and ink by character, no features but those named."""

    advances: dict[str, float]
    inks: dict[str, tuple[float, float]] = field(default_factory=dict)
    key: str = "Fake"

    def shape(self, text: str, features: Any = (), **_: Any) -> tuple[ShapedGlyph, ...]:
        return tuple(ShapedGlyph(ord(c), self.advances[c], 0.0, 0.0, n) for n, c in enumerate(text))

    def has_feature(self, tag: str) -> bool:
        return False

    def covers(self, cluster: str) -> bool:
        return cluster in self.advances

    def gid(self, code: int) -> int:
        return code

    def ink(self, gid: int) -> tuple[float, float, float, float]:
        left, right = self.inks.get(chr(gid), (0.0, self.advances[chr(gid)]))
        return left, 0.0, right, 1.0


def fake(advances: dict[str, float], **inks: Any) -> Any:
    return FakeFace(advances, **inks)


class FakeBook:
    """A book of one face."""

    def __init__(self, face: Any) -> None:
        self.face = face

    def face_for(self, role: str, cluster: str) -> Any:
        return self.face if self.face.covers(cluster) else None


def standing(face: Any, cluster: str) -> Cell:
    """The cell of a cluster in a column."""
    book: Any = FakeBook(face)
    (found,) = set_paragraph(cluster, Setting(FaceMetrics(book, "body"), vertical=True)).cells
    return found


def test_a_face_without_vertical_forms() -> None:
    """Rule V-2: presentation form, else brackets are turned and stops moved to their corner."""
    assert standing(fake({"（": 1.0, "\ufe35": 1.0}), "（").glyphs[0].gid == 0xFE35
    assert standing(fake({"（": 1.0}), "（").form == "rotated"
    stop = standing(fake({"，": 1.0}, inks={"，": (0.1, 0.4)}), "，")
    assert (stop.form, stop.advance, stop.origin) == ("upright", 0.5, 0.0)
    assert (stop.glyphs[0].dx, stop.glyphs[0].dy) == (0.5, 0.5)
    query = standing(fake({"？": 1.0}), "？")
    assert (query.form, query.advance, query.glyphs[0].dx) == ("upright", 1.0, 0.0)


def test_the_ink_of_an_interpunct_is_what_is_centred() -> None:
    found = standing(fake({"·": 0.3}, inks={"·": (0.1, 0.3)}), "·")
    assert (found.advance, found.glyphs[0].dx, found.glyphs[0].dy) == pytest.approx((0.5, -0.2, -0.75))


def test_dash_with_a_gap_takes_the_long_dash() -> None:
    face = fake({"—": 1.0, "⸺": 2.0}, inks={"—": (0.07, 0.93)})
    found = cells.dash_cell(face, "——")
    assert [(g.gid, g.text) for g in found.glyphs] == [(ord("⸺"), "——")]


@pytest.mark.parametrize("advance", [0.89, 1.0])
def test_dash_without_any_help_is_widened(advance: float) -> None:
    face = fake({"—": advance}, inks={"—": (0.07, advance - 0.07)})
    found = cells.dash_cell(face, "——")
    assert (found.advance, len(found.glyphs), found.glyphs[0].text) == (2.0, 1, "——")
    assert found.xscale == pytest.approx(2.0 / advance)


def test_narrow_ellipsis_is_spread() -> None:
    found = cells.ellipsis_cell(fake({"…": 0.8}), "……")
    assert (found.advance, [g.advance for g in found.glyphs]) == (2.0, [1.0, 1.0])
    assert found.origin == pytest.approx(0.1)


def test_wide_ink_keeps_what_it_needs_of_the_blank() -> None:
    """Rule P-8: the free part alone is trimmed, and the pair total stays."""
    found = cells.mark_cell(fake({"？": 1.0}, inks={"？": (0.1, 0.7)}), "？", opening=False)
    assert found.advance + found.blank == pytest.approx(1.0)
    assert found.advance == pytest.approx(0.62)


def test_centred_comma_is_moved_into_its_cell() -> None:
    found = cells.mark_cell(fake({"，": 1.0}, inks={"，": (0.4, 0.6)}), "，", opening=False)
    assert (found.advance, found.origin) == (0.5, pytest.approx(-0.12))


@pytest.mark.parametrize(("advance", "width", "scale"), [(0.55, 0.5, 0.909), (0.62, 0.62, 1.0), (0.4, 0.5, 1.0)])
def test_digits_without_hwid(advance: float, width: float, scale: float) -> None:
    found = cells.digit_cell(fake({"8": advance}), "8")
    assert (found.advance, found.xscale) == (pytest.approx(width), pytest.approx(scale, abs=0.001))


def test_no_copy_is_lost_in_a_ligature() -> None:
    shaped = (ShapedGlyph(7, 0.6, 0.0, 0.0, 0), ShapedGlyph(8, 0.1, 0.0, 0.0, 0), ShapedGlyph(9, 0.5, 0.0, 0.0, 2))
    assert [p.text for p in cells.placements("fia", shaped)] == ["fi", "", "a"]
