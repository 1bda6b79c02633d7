"""The reader that the tests of this folder rely on: by hand-made pages, and against pdfium on the real one."""

import ctypes
import math
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium_c
import pytest
from pikepdf import Array, Dictionary, Name
from readback import ReadPage, read_page

CMAP = b"""2 beginbfchar <0001> <4E00> <0002> <4E8C4E09> endbfchar
1 beginbfrange <0010> <0012> <0030> endbfrange
1 beginbfchar <0020> <200B> endbfchar"""


def read(content: str) -> ReadPage:
    """A page, trim 10 pt inside a medium of 220 x 120, with the font F: codes 1 and 2 one em wide, 10-12 half an em."""
    pdf = pikepdf.new()
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name("/ABCDEF+Song"),
        Encoding=Name("/Identity-H"),
        ToUnicode=pdf.make_stream(CMAP),
        DescendantFonts=Array(
            [
                Dictionary(
                    FontDescriptor=Dictionary(),
                    CIDToGIDMap=Name("/Identity"),
                    DW=1000,
                    W=Array([16, 18, 500, 32, Array([250])]),
                )
            ]
        ),
    )
    states = Dictionary(on=Dictionary(OP=True, op=True, OPM=1), half=Dictionary(op=True, OPM=0))
    all_inks = Array([Name.Separation, Name("/All"), Name.DeviceCMYK, Dictionary()])
    pdf.add_blank_page(page_size=(220, 120))
    page = pdf.pages[0]
    page.TrimBox = Array([10, 10, 210, 110])
    page.Resources = Dictionary(
        Font=Dictionary(F=font), ExtGState=states, ColorSpace=Dictionary(R=all_inks), XObject=Dictionary()
    )
    page.Contents = pdf.make_stream(content.encode())
    return read_page(page)


def places(page: ReadPage) -> list[tuple[str, float, float]]:
    return [(glyph.text, round(glyph.x, 3), round(glyph.baseline, 3)) for glyph in page.glyphs]


def test_td_and_tj_place_glyphs_from_the_trims_top_left() -> None:
    page = read("BT /F 10 Tf 30 100 Td <00010010>Tj 0 -12 Td [<0001>-250<0011>]TJ ET")
    assert places(page) == [("一", 20, 10), ("0", 30, 10), ("一", 20, 22), ("1", 32.5, 22)]
    assert [glyph.width for glyph in page.glyphs] == [10, 5, 10, 5]
    assert (page.glyphs[0].face, page.glyphs[0].code, page.faults) == ("Song", 1, [])


def test_tm_tz_tc_and_ts_count() -> None:
    page = read("BT /F 10 Tf 2 0 0 2 10 110 Tm 50 Tz 1 Tc 3 Ts <00010010>Tj ET")
    assert places(page) == [("一", 0, -6), ("0", 11, -6)]  # (10 + 1) * 2 * 0.5
    assert [(glyph.size, glyph.stretch, glyph.width) for glyph in page.glyphs] == [(20, 0.5, 10), (20, 0.5, 5)]


def test_td_with_leading_t_star_and_quotes_start_lines() -> None:
    page = read("BT /F 10 Tf 10 110 Td 5 -12 TD <0001>Tj T* <0001>Tj <0001>' 0 2 <0001>\" 14 TL T* <0001>Tj ET")
    assert [place[1:] for place in places(page)] == [(5, 12), (5, 24), (5, 36), (5, 48), (5, 62)]


def test_the_matrix_of_the_page_moves_type_and_shapes_and_q_brings_it_back() -> None:
    page = read("q 2 0 0 2 10 10 cm 0 0 5 5 re f BT /F 10 Tf <0001>Tj ET Q 10 10 5 5 re f")
    assert [path.box for path in page.paths] == [(0, 90, 10, 100), (0, 95, 5, 100)]
    assert (page.glyphs[0].size, places(page)) == (20, [("一", 0, 100)])


def test_actual_text_is_dealt_out_to_its_glyphs() -> None:
    page = read(
        "BT /F 10 Tf /Span<</ActualText<FEFF7532000031>>>BDC EMC "
        "/Span<</ActualText<FEFF75324E594E19>>>BDC <00010002>Tj EMC "
        "/Span<</ActualText<FEFF0041004200430044>>>BDC <00010020>Tj EMC <0001>Tj ET"
    )
    assert [glyph.text for glyph in page.glyphs] == ["甲", "乙丙", "ABCD", "", "一"]


def test_overprint_counts_only_with_mode_1() -> None:
    page = read("0 0 0 1 k BT /F 10 Tf <0001>Tj /half gs <0001>Tj /on gs <0001>Tj ET q /on gs 0 0 1 1 re f Q")
    assert [glyph.overprint for glyph in page.glyphs] == [False, False, True]
    assert page.paths[0].overprint


def test_colours_are_kept_by_space() -> None:
    page = read("0 0 0 1 k 0 1 1 0 K 2 w 10 10 m 20 10 l S 0 0 1 1 re f 0.5 g 0 0 1 1 re f /R CS 1 SCN 0 0 m 1 1 l S")
    assert [(path.colour, path.width) for path in page.paths] == [
        (("DeviceCMYK", (0, 1, 1, 0)), 2),
        (("DeviceCMYK", (0, 0, 0, 1)), 0),
        (("DeviceGray", (0.5,)), 0),
        (("All", (1,)), 2),
    ]


@pytest.mark.parametrize(
    "content",
    [
        "BT 0 0 m 1 1 l S ET",
        "BT q Q ET",
        "<0001>Tj",
        "0 0 m 1 w 1 1 l S",
        "q",
        "Q",
        "BT",
        "0 0 1 1 0 0 sh",
        "BT 0 1 -1 0 0 0 Tm <0001>Tj ET",
        "BT 1 0 0.2 1 0 0 Tm <0001>Tj ET",
    ],
)
def test_operators_out_of_order_are_faults(content: str) -> None:
    assert read("/F 10 Tf " + content).faults


def without_actual_text(path: Path) -> bytes:
    """The file with its marked content taken away, so that pdfium tells the place of every single glyph."""
    with pikepdf.open(path) as pdf:
        page = pdf.pages[0]
        kept = [each for each in pikepdf.parse_content_stream(page) if str(each.operator) not in {"BDC", "EMC"}]
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))
        held = BytesIO()
        pdf.save(held)
    return held.getvalue()


def test_pdfium_finds_every_glyph_where_the_reader_does(built: Path, page: ReadPage, pdf: pikepdf.Pdf) -> None:
    left, _, _, high = map(float, pdf.pages[0].trimbox)
    x, y = ctypes.c_double(), ctypes.c_double()
    found: dict[str, list[tuple[float, float]]] = {}
    with pypdfium2.PdfDocument(without_actual_text(built)) as document:
        text = document[0].get_textpage()
        for place in range(pdfium_c.FPDFText_CountChars(text)):
            pdfium_c.FPDFText_GetCharOrigin(text, place, x, y)
            found.setdefault(chr(pdfium_c.FPDFText_GetUnicode(text, place)), []).append(
                (x.value - left, high - y.value)
            )
    for glyph in page.glyphs:
        origins = found[page.fonts[glyph.font].text(glyph.code)[0]]
        assert min(math.dist(origin, (glyph.x, glyph.baseline)) for origin in origins) < 0.01, glyph
