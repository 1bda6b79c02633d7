from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from pdf_samples import NO_MARKS, PRESS, cmap, document_of, face, hand_run, opened, page_of, set_run, widths, written

from layout.core import BLACK
from layout.display import Glyph, GlyphRun
from layout.fonts import Face, open_face
from layout.pdf import write_pdf
from layout.pdf.codes import press_fonts
from layout.pdf.type0 import _widths


@pytest.fixture
def cff_face(tmp_path: Path) -> Face:
    """A small OpenType face with PostScript outlines: A, B and C as boxes."""
    names, codes = [".notdef", "A", "B", "C"], {65: "A", 66: "B", 67: "C"}
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(codes)
    shapes = {}
    for place, name in enumerate(names):
        pen = T2CharStringPen(500 + 50 * place, None)
        pen.moveTo((50, 0))
        pen.lineTo((50, 700))
        pen.lineTo((400, 700))
        pen.closePath()
        shapes[name] = pen.getCharString()
    builder.setupCFF("Boxes-Regular", {"FullName": "Boxes Regular"}, shapes, {})
    builder.setupHorizontalMetrics({name: (500 + 50 * place, 50) for place, name in enumerate(names)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Boxes", "styleName": "Regular", "psName": "Boxes-Regular"})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, fsType=0)
    builder.setupPost()
    builder.save(tmp_path / "boxes.otf")
    return open_face(tmp_path / "boxes.otf")


def test_one_font_per_face() -> None:
    page = page_of(set_run("报纸"), set_run("排版", 40, 80), set_run("黑体", 40, 100, name="NotoSansSC-Bold"))
    with opened(written(document_of(page))) as pdf:
        fonts = pdf.pages[0].obj.Resources.Font
        assert sorted(str(font.BaseFont)[8:] for font in fonts.values()) == ["NotoSansSC-Bold", "NotoSerifSC-Regular"]
        for font in fonts.values():
            assert (str(font.Subtype), str(font.Encoding)) == ("/Type0", "/Identity-H")
            descendant = font.DescendantFonts[0]
            assert str(descendant.Subtype) == "/CIDFontType2"
            glyphs = descendant.CIDToGIDMap.read_bytes()
            assert len(glyphs) % 2 == 0
            assert len({glyphs[2 * cid : 2 * cid + 2] for cid in cmap(font.ToUnicode)}) == len(cmap(font.ToUnicode))
            assert font.BaseFont == descendant.BaseFont == descendant.FontDescriptor.FontName
            assert str(font.BaseFont)[1:7].isupper()
            assert str(font.BaseFont)[7] == "+"
            assert descendant.FontDescriptor.FontFile2.Length1 == len(descendant.FontDescriptor.FontFile2.read_bytes())


def test_descriptor_tells_the_face() -> None:
    font = face("NotoSerifSC-Black")
    with opened(written(document_of(page_of(set_run("黑", name="NotoSerifSC-Black"))))) as pdf:
        descriptor = pdf.pages[0].obj.Resources.Font.F1.DescendantFonts[0].FontDescriptor
        assert descriptor.Ascent == round(font.ascent * 1000)
        assert descriptor.Descent == round(font.descent * 1000) < 0
        assert descriptor.CapHeight == round(font.cap_height * 1000)
        assert [int(edge) for edge in descriptor.FontBBox] == pytest.approx([edge * 1000 for edge in font.bbox], abs=1)
        assert descriptor.StemV > 200


def test_ligatures_and_characters_beyond_the_basic_plane_are_read() -> None:
    run = hand_run([("——", "一"), ("\U00020bb7", "二"), ("\U0002f800", "三")])
    with opened(written(document_of(page_of(run)))) as pdf:
        assert sorted(cmap(pdf.pages[0].obj.Resources.Font.F1.ToUnicode).values()) == sorted(
            ["——", "\U00020bb7", "\U0002f800"]
        )


TWO_READINGS = [("长", "长"), ("長", "长"), ("长", "长"), ("\U0002f800", "长")]


def test_a_second_reading_of_a_truetype_glyph_is_a_second_cid_of_the_same_font() -> None:
    with opened(written(document_of(page_of(hand_run(TWO_READINGS))))) as pdf:
        (font,) = pdf.pages[0].obj.Resources.Font.values()
        read = cmap(font.ToUnicode)
        assert sorted(read.values()) == sorted(["长", "長", "\U0002f800"])
        glyphs = font.DescendantFonts[0].CIDToGIDMap.read_bytes()
        assert len({glyphs[2 * cid : 2 * cid + 2] for cid in read}) == 1


def test_the_reading_that_is_used_most_is_the_first() -> None:
    run = hand_run([("長", "长"), ("长", "长"), ("长", "长")])
    (font,) = press_fonts([run], {face().key: face()}).values()
    (only,) = font.dictionaries
    assert [text for _, text in only.uses.values()] == ["长", "長"]
    gid = face().gid(ord("长"))
    assert [*only.uses] == [gid, face().glyph_count]


def test_widths_are_those_of_the_face() -> None:
    text = "报A纸ijk0123456789，WM"
    font = face()
    with opened(written(document_of(page_of(set_run(text))))) as pdf:
        type0 = pdf.pages[0].obj.Resources.Font.F1
        for code, character in cmap(type0.ToUnicode).items():
            advance = font.advance(font.gid(ord(character))) * 1000
            assert widths(type0.DescendantFonts[0], code) == pytest.approx(advance, abs=0.01)


def test_widths_are_written_short() -> None:
    alike = dict.fromkeys(range(3, 9), 500.0)
    assert _widths(alike | {1: 1000.0, 9: 250.5, 10: 250.0, 12: 1000.0}, 1000.0) == "[3 8 500 9 [250.5 250]]"
    assert _widths({5: 1000.0}, 1000.0) == "[]"


def test_postscript_outlines(cff_face: Face) -> None:
    gids = [cff_face.gid(ord(character)) for character in "ABCA"]
    glyphs = tuple(Glyph(gid, cff_face.advance(gid) * 20, text) for gid, text in zip(gids, "ABCΑ", strict=True))
    document = document_of(page_of(GlyphRun(40, 60, cff_face.key, 20, BLACK, glyphs)))
    known = {cff_face.key: cff_face}
    with opened(write_pdf(document, faces=known, pictures={}, press=PRESS, marks=NO_MARKS)) as pdf:
        fonts = pdf.pages[0].obj.Resources.Font
        descendant = fonts.F1.DescendantFonts[0]
        assert str(fonts.F1.BaseFont).endswith("+Boxes-Regular-Identity-H")
        assert str(descendant.Subtype) == "/CIDFontType0"
        assert "/CIDToGIDMap" not in descendant
        assert str(descendant.FontDescriptor.FontFile3.Subtype) == "/CIDFontType0C"
        assert fonts.F1r2.DescendantFonts[0].objgen == descendant.objgen
        assert list(cmap(fonts.F1r2.ToUnicode).values()) == ["Α"]


def test_postscript_outlines_down_a_column(cff_face: Face) -> None:
    gid = cff_face.gid(ord("A"))
    runs = [GlyphRun(40, 60, cff_face.key, 20, BLACK, (Glyph(gid, 20, "A"),), flow=flow) for flow in ("across", "down")]
    known = {cff_face.key: cff_face}
    document = document_of(page_of(*runs))
    with opened(write_pdf(document, faces=known, pictures={}, press=PRESS, marks=NO_MARKS)) as pdf:
        fonts = pdf.pages[0].obj.Resources.Font
        assert str(fonts.F1.BaseFont).endswith("+Boxes-Regular-Identity-H")
        assert str(fonts.F1v.BaseFont).endswith("+Boxes-Regular-Identity-V")
        assert fonts.F1.DescendantFonts[0].objgen == fonts.F1v.DescendantFonts[0].objgen
        assert list(cmap(fonts.F1v.ToUnicode).values()) == ["A"]


def test_an_unknown_face_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="NotoSerifSC"):
        written(document_of(page_of(set_run("报"))), faces={})


def test_a_run_without_glyphs_leaves_no_font() -> None:
    empty = GlyphRun(0, 0, face().key, 9, BLACK, ())
    with opened(written(document_of(page_of(empty)))) as pdf:
        assert not pdf.pages[0].obj.Resources.Font.keys()
