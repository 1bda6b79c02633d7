import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace
from pdf_samples import (
    ALL_MARKS,
    PAPER,
    PRESS,
    RED,
    TRIM,
    box,
    busy_page,
    content,
    content_of,
    document_of,
    glyphs_of,
    glyphs_on,
    opened,
    page_of,
    set_run,
    written,
)

from layout.core import BLACK, Ink, Point, Rect
from layout.display import Fill, Stroke
from layout.pdf import STANDARDS, PressError
from layout.pdf.objects import name, number

XMP = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
}


@pytest.fixture(scope="module")
def busy() -> bytes:
    page, pictures = busy_page()
    return written(document_of(page), pictures=pictures, marks=ALL_MARKS)


@pytest.fixture(scope="module")
def pdf(busy: bytes) -> Iterator[pikepdf.Pdf]:
    with opened(busy) as pdf:
        yield pdf


def xmp(pdf: pikepdf.Pdf, prefix: str, key: str) -> str | None:
    element = ET.fromstring(pdf.Root.Metadata.read_bytes().decode()).find(f".//{{{XMP[prefix]}}}{key}")
    return None if element is None else "".join(element.itertext())


def inks(text: str) -> set[str]:
    return set(re.findall(r"(?<=\s)(?:g|G|rg|RG|k|K|cs|CS|sc|scn|SC|SCN)(?=\s)", text))


def test_file_is_plain_pdf_1_6(busy: bytes, pdf: pikepdf.Pdf) -> None:
    assert busy.startswith(b"%PDF-1.6\n")
    assert b"\nxref\n" in busy
    assert b"ObjStm" not in busy
    assert b"ASCII85" not in busy
    assert b"Helvetica" not in busy
    assert all(
        str(obj.get("/Filter", "/FlateDecode")) in ("/FlateDecode", "/DCTDecode")
        for obj in pdf.objects
        if isinstance(obj, pikepdf.Stream)
    )
    assert len(re.findall(rb"\nendstream\n", busy)) == busy.count(b"endstream")


def test_page_has_what_it_needs_and_nothing_else(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0].obj
    assert set(page.keys()) == {
        "/Type",
        "/Parent",
        "/MediaBox",
        "/BleedBox",
        "/TrimBox",
        "/Contents",
        "/Resources",
        "/Group",
    }
    assert dict(page.Group) == {"/Type": "/Group", "/S": "/Transparency", "/CS": "/DeviceCMYK"}
    assert set(pdf.Root.keys()) == {"/Type", "/Pages", "/PageMode", "/Lang", "/Metadata", "/OutputIntents"}


def test_boxes(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    bleed = 8.504
    width, height = int(TRIM.width * 1000) / 1000, int(TRIM.height * 1000) / 1000
    assert box(page, "/BleedBox") == pytest.approx([30, 30, 30 + width + 2 * bleed, 30 + height + 2 * bleed])
    assert box(page, "/TrimBox") == pytest.approx([30 + bleed, 30 + bleed, 30 + bleed + width, 30 + bleed + height])
    assert box(page, "/MediaBox") == pytest.approx([0, 0, 60 + width + 2 * bleed, 60 + height + 2 * bleed])


def test_inks_are_cmyk_and_marks_registration(pdf: pikepdf.Pdf) -> None:
    inside, marks = content(pdf.pages[0]).rsplit("W* n", 1)
    assert inks(inside) == {"k", "K"}
    assert inks(marks) == {"k", "CS", "SCN"}
    space = pdf.pages[0].obj.Resources.ColorSpace.CSr
    assert [str(part) for part in list(space)[:3]] == ["/Separation", "/All", "/DeviceCMYK"]


def test_inks_and_overprint_reach_the_glyphs() -> None:
    page = page_of(
        set_run("黑字", 40, 60),
        set_run("红字", 40, 80, ink=RED, overprint=False),
        set_run("白字", 40, 100, ink=PAPER, overprint=True),
        set_run("又黑", 40, 120),
    )
    found = glyphs_of(written(document_of(page)))
    assert [(glyph.text, glyph.ink, glyph.overprint) for glyph in found][::2] == [
        ("黑", (0, 0, 0, 1), True),
        ("红", (0, 1, 0.9, 0), False),
        ("白", (0, 0, 0, 0), False),  # paper white would vanish
        ("又", (0, 0, 0, 1), True),
    ]


def test_overprint_states(pdf: pikepdf.Pdf) -> None:
    states = pdf.pages[0].obj.Resources.ExtGState
    assert {key: (state.OP, state.op, state.get("/OPM")) for key, state in states.items()} == {
        "/GSk": (False, False, 0),
        "/GSo": (True, True, 1),
    }


def test_rules_and_fills() -> None:
    page = page_of(
        Fill(Rect(10, 20, 30, 40), Ink(cyan=0.5), overprint=True),
        Fill(Rect(60, 20, 30, 40), Ink(cyan=0.5), overprint=True),
        Stroke(Point(10, 100), Point(200, 100), 0.5, BLACK, overprint=True),
        Stroke(Point(10, 110), Point(200, 110), 0.5, BLACK, overprint=True, dash=(2.0, 1.0)),
        trim=replace(TRIM, width=500.0, height=700.0),
    )
    lines = content_of(written(document_of(page))).split("\n")
    assert lines == [
        "q",
        "0 0 500 700 re W n",
        "/GSo gs",
        "0.5 0 0 0 k",
        "10 640 30 40 re f",
        "60 640 30 40 re f",
        "0 0 0 1 K",
        "0.5 w",
        "10 600 m 200 600 l S",
        "[2 1] 0 d",
        "10 590 m 200 590 l S",
        "Q",
    ]


def test_text_objects_are_shared() -> None:
    runs = [set_run("一行十个字的正文文字", 40, 60 + 12 * line) for line in range(30)]
    text = content_of(written(document_of(page_of(*runs))))
    assert (text.count("BT"), text.count("ET"), text.count("Tf"), text.count(" k\n"), text.count(" gs\n")) == (
        1,
        1,
        1,
        1,
        1,
    )


def test_condensed_setting() -> None:
    page = page_of(set_run("缩窄标题", 40, 60, size=24, xscale=0.85), set_run("正文", 40, 90))
    text = content_of(written(document_of(page)))
    assert re.findall(r"(\S+) Tz", text) == ["85", "100"]


def test_identification(pdf: pikepdf.Pdf) -> None:
    info = pdf.docinfo
    assert str(info.Title) == xmp(pdf, "dc", "title") == "试验报 第1版 <A&B>"
    assert info.Trapped == pikepdf.Name("/False")
    assert xmp(pdf, "pdf", "Trapped") == "False"
    assert str(info.CreationDate) == str(info.ModDate) == "D:20260720120000+08'00'"
    assert {xmp(pdf, "xmp", key) for key in ("CreateDate", "ModifyDate", "MetadataDate")} == {
        "2026-07-20T12:00:00+08:00"
    }
    assert str(info.GTS_PDFXVersion) == xmp(pdf, "pdfxid", "GTS_PDFXVersion") == "PDF/X-4"
    assert str(info.Producer) == xmp(pdf, "pdf", "Producer")
    assert str(info.Creator) == xmp(pdf, "xmp", "CreatorTool")
    assert re.fullmatch(
        r"uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
        xmp(pdf, "xmpMM", "DocumentID") or "",
    )
    assert xmp(pdf, "xmpMM", "VersionID") == "1"
    assert xmp(pdf, "xmpMM", "RenditionClass") == "default"
    assert "/Filter" not in pdf.Root.Metadata
    assert str(pdf.Root.Metadata.Type) == "/Metadata"
    assert [len(bytes(half)) for half in pdf.trailer.ID] == [16, 16]


def test_the_id_follows_the_content() -> None:
    def identity(**changed: object) -> bytes:
        document = replace(document_of(page_of(set_run("报纸"))), **changed)
        return bytes(opened(written(document)).trailer.ID[0])

    same = identity()
    assert same == identity()
    assert same != identity(title="另一个题")
    assert same != identity(pages=(page_of(set_run("纸报")),))
    assert same != identity(pages=(page_of(set_run("报纸"), bleed=1.0),))


def test_titles_with_control_characters_stay_legal() -> None:
    with opened(written(document_of(page_of(set_run("报")), title="第\x01一\n\ud800版"))) as pdf:
        assert str(pdf.docinfo.Title) == xmp(pdf, "dc", "title") == "第一版"


def test_output_intent(pdf: pikepdf.Pdf) -> None:
    (intent,) = pdf.Root.OutputIntents
    assert str(intent.S) == "/GTS_PDFX"
    assert str(intent.OutputConditionIdentifier) == "IFRA26"
    assert str(intent.RegistryName) == "http://www.color.org"
    assert str(intent.Info) == "IFRA26 newsprint"
    assert intent.DestOutputProfile.N == 4
    assert intent.DestOutputProfile.read_bytes() == PRESS.profile.read_bytes()


def test_a_condition_of_ones_own_has_no_registry() -> None:
    press = replace(PRESS, registry="", condition="Custom")
    with opened(written(document_of(page_of(set_run("报"))), press=press)) as pdf:
        assert "/RegistryName" not in pdf.Root.OutputIntents[0]


def test_unusable_profiles_are_refused(tmp_path: Path) -> None:
    document = document_of(page_of(set_run("报")))
    whole = PRESS.profile.read_bytes()
    cases = {"short": whole[:-1], "text": b"not a profile", "display": whole[:12] + b"mntr" + whole[16:]}
    for label, data in cases.items():
        path = tmp_path / f"{label}.icc"
        path.write_bytes(data)
        with pytest.raises(PressError) as caught:
            written(document, press=replace(PRESS, profile=path))
        assert caught.value.code == "profile-broken"
    with pytest.raises(PressError) as caught:
        written(document, press=replace(PRESS, profile=tmp_path / "none.icc"))
    assert caught.value.code == "profile-missing"


def test_an_unknown_standard_is_refused() -> None:
    with pytest.raises(PressError) as caught:
        written(document_of(page_of()), standard="x9")
    assert caught.value.code == "standard-unknown"


def test_x1a() -> None:
    page, pictures = busy_page()
    data = written(document_of(page), pictures=pictures, marks=ALL_MARKS, standard="x1a")
    with opened(data) as pdf:
        assert data.startswith(b"%PDF-1.4\n")
        assert "/Group" not in pdf.pages[0].obj
        assert str(pdf.docinfo.GTS_PDFXVersion) == STANDARDS["x1a"].title == "PDF/X-1a:2003"
        assert xmp(pdf, "pdfxid", "GTS_PDFXVersion") is None
        assert b"/SMask" not in data
        assert re.search(rb"/(ca|CA|BM) ", data) is None


def test_pages_are_in_order_and_share_their_fonts() -> None:
    pages = [page_of(set_run(text), folio=folio) for folio, text in enumerate(("一版", "二版", "三版"), start=1)]
    with opened(written(document_of(*pages))) as pdf:
        assert ["".join(glyph.text for glyph in glyphs_on(page)) for page in pdf.pages] == ["一版", "二版", "三版"]
        assert len({page.obj.Resources.Font.F1.objgen for page in pdf.pages}) == 1


def test_an_empty_page_is_a_page() -> None:
    with opened(written(document_of(page_of()))) as pdf:
        assert content(pdf.pages[0]).startswith("q\n")


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (-0.0001, "0"), (12.0, "12"), (0.5, "0.5"), (-1.2345, "-1.234"), (100.0, "100"), (1e6, "1000000")],
)
def test_numbers(value: float, text: str) -> None:
    assert number(value) == text


def test_names_are_utf_8() -> None:
    assert name("专色") == "/#e4#b8#93#e8#89#b2"
