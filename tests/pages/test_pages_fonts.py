"""The fonts of the press file: embedded, subset, readable, and true to their programs."""

import re

import pikepdf
import pytest
from readback import ReadPage

from layout.fonts import Book
from layout.house.model import House


def used(page: ReadPage) -> dict[str, set[int]]:
    """The codes that the page shows, by font resource."""
    codes: dict[str, set[int]] = {}
    for glyph in page.glyphs:
        codes.setdefault(glyph.font, set()).add(glyph.code)
    return codes


def test_one_type0_font_stands_for_each_face(page: ReadPage, house: House) -> None:
    book = Book(house.faces)
    known = {face.ps_name for role in book.roles for face in book.chain(role)}
    faces = [font.face for font in page.fonts.values()]
    assert len(faces) == len(set(faces))
    assert set(faces) <= known
    assert {glyph.face for glyph in page.glyphs} == set(faces)


def test_the_page_carries_no_font_that_it_does_not_use(page: ReadPage, pdf: pikepdf.Pdf) -> None:
    assert set(used(page)) == set(page.fonts)
    programs = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"]
    assert len(programs) == len(page.fonts)


def test_fonts_are_embedded_subsets_over_identity_h(page: ReadPage) -> None:
    for font in page.fonts.values():
        assert (font.resource.Subtype, font.resource.Encoding) == ("/Type0", "/Identity-H")
        assert font.descendant.Subtype == "/CIDFontType2"
        assert re.match(r"[A-Z]{6}\+", font.base_name)
        assert font.base_name == str(font.descendant.BaseFont)[1:] == str(font.descriptor.FontName)[1:]
        assert font.descriptor.FontFile2.Length1 == len(font.descriptor.FontFile2.read_bytes())


def test_a_subset_holds_hardly_more_than_is_shown(page: ReadPage) -> None:
    for name, codes in used(page).items():
        font = page.fonts[name]
        shown = {font.glyph(code) for code in codes}
        assert shown < set(range(font.program["maxp"].numGlyphs))
        assert font.program["maxp"].numGlyphs <= len(shown) + 20  # .notdef, and parts of composite glyphs


def test_the_widths_are_those_of_the_programs(page: ReadPage) -> None:
    for name, codes in used(page).items():
        font = page.fonts[name]
        advances, upem = font.program["hmtx"].metrics, font.program["head"].unitsPerEm
        for code in codes:
            advance = advances[font.program.getGlyphName(font.glyph(code))][0]
            assert font.width(code) == pytest.approx(advance / upem, abs=0.00001)


def test_every_code_that_is_shown_has_its_reading(page: ReadPage) -> None:
    for name, codes in used(page).items():
        unicodes = page.fonts[name].unicodes
        assert codes <= set(unicodes)
        assert not [text for text in unicodes.values() if re.search("[\ue000-\uf8ff\ufe10-\ufe4f\ufffd]", text)]
