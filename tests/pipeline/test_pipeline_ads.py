"""Advertisements on a page: placed exactly, refused with a reason, the same in every build."""

import hashlib
import json
import subprocess
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from io import BytesIO
from pathlib import Path
from time import process_time
from typing import Any

import pikepdf
import pypdfium2
import pytest
from ad_samples import X1A, X4, Ad, Change, ad_pdf, drawn, photograph, shop
from hostile_samples import HOSTILE
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageChops, ImageStat
from reportlab.lib.colors import CMYKColor, Color
from reportlab.pdfgen.canvas import Canvas

from layout.compose.grid import area_rect
from layout.core import MM, Rect, Span, has_errors
from layout.foreign import ForeignFault
from layout.foreign.lift import lift
from layout.house import load_house
from layout.house.model import House
from layout.issue.model import Ad as IssueAd
from layout.issue.model import Area
from layout.pipeline import build, check
from layout.pipeline.ads import UNSAFE, read_ad
from layout.pipeline.load import prepare
from layout.pipeline.report import Report

LEFT, RIGHT = Area(1, 3, 60, 79), Area(4, 6, 60, 79)
ISSUE = """
paper: {{name: 小报}}
date: 2024-03-05
style: tabloid
{house}
pages:
  - number: 2
    title: 综合
    stories:
      - slug: main
        area: {{columns: 1-6, lines: 1-20}}
        headline: 一片新绿
        text: 昨日上午，1200余名群众来到北山脚下，栽下第一批树苗。
    ads:
{ads}
"""


@cache
def tabloid() -> House:
    house = load_house("tabloid").value
    assert house is not None
    return house


def rect_of(area: Area) -> Rect:
    return area_rect(tabloid().grid, area)


def size_of(area: Area, share: float = 1.0) -> tuple[float, float]:
    """An area's size in millimetres."""
    rect = rect_of(area)
    return rect.width / MM * share, rect.height / MM * share


@cache
def fitting(level: str = X1A, rotate: int = 0) -> bytes:
    """An ad of the size of either area."""
    width, height = size_of(LEFT)
    return ad_pdf(Ad((height, width) if rotate % 180 else (width, height), level=level, rotate=rotate))


def issue(folder: Path, *ads: str, house: str = "") -> Path:
    """An issue with ads; each begins with its file's name."""
    rows = "".join(f"      - {{file: {ad}}}\n" for ad in ads)
    (folder / "issue.yaml").write_text(ISSUE.format(ads=rows, house=house), encoding="utf-8")
    return folder / "issue.yaml"


AT_LEFT = "area: {columns: 1-3, lines: 60-79}"
AT_RIGHT = "area: {columns: 4-6, lines: 60-79}"


def told(report: Report) -> list[str]:
    """The codes of errors and warnings, but for what the copy's length gives."""
    return [one.code for one in report.diagnostics if one.code != "underset"]


def forms(data: bytes) -> list[Any]:
    with pikepdf.open(BytesIO(data)) as pdf:
        held = pdf.pages[0].obj.Resources.get("/XObject", {})
        return [str(one.Subtype) for one in held.values()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "shop.pdf").write_bytes(fitting())
    (tmp_path / "turned.pdf").write_bytes(fitting(rotate=90))
    return tmp_path


@pytest.mark.parametrize("standard", ["x4", "x1a"])
def test_a_page_with_two_ads(folder: Path, standard: str) -> None:
    path = issue(folder, f"shop.pdf, {AT_LEFT}", f"turned.pdf, {AT_RIGHT}")
    report = build(path, folder / "out", standard=standard, jobs=1)
    assert report.ok, report.diagnostics
    assert told(report) in ([], ["image-low"])  # the turned one stretches its photograph
    data = (folder / "out" / "issue.pdf").read_bytes()
    assert forms(data) == ["/Form", "/Form"]
    again = build(path, folder / "again", standard=standard, jobs=1)
    assert again.data["files"] == report.data["files"]


def test_the_report_lists_the_ads(folder: Path) -> None:
    report = build(issue(folder, f"shop.pdf, {AT_LEFT}"), folder / "out", jobs=1)
    (ad,) = json.loads((folder / "out" / "report.json").read_text("utf-8"))["ads"]
    assert ad == report.data["ads"][0]
    rect = rect_of(LEFT)
    assert ad == {
        "page": 2,
        "name": "shop.pdf",
        "file": str(folder / "shop.pdf"),
        "pdf_page": 1,
        "sha256": hashlib.sha256(fitting()).hexdigest(),
        "size": pytest.approx([rect.width / MM, rect.height / MM], abs=0.01),
        "frame": [round(length, 2) for length in (rect.x, rect.y, rect.width, rect.height)],
        "scale": pytest.approx(1.0, abs=0.001),
        "condition": "IFRA26",
        "findings": [],
    }


def test_an_ad_that_stands_twice_is_stored_once(folder: Path) -> None:
    (folder / "copy.pdf").write_bytes(fitting())
    once = build(issue(folder, f"shop.pdf, {AT_LEFT}"), folder / "once", jobs=1)
    for second in ("shop.pdf", "copy.pdf"):
        twice = build(issue(folder, f"shop.pdf, {AT_LEFT}", f"{second}, {AT_RIGHT}"), folder / "twice", jobs=1)
        sizes = [report.data["files"]["issue.pdf"]["bytes"] for report in (once, twice)]
        assert abs(sizes[1] - sizes[0]) < len(fitting()) / 20
        assert [ad["name"] for ad in twice.data["ads"]] == [
            "shop.pdf",
            {"shop.pdf": "shop.pdf (2)"}.get(second, second),
        ]


def corners(canvas: Canvas, width: float, height: float) -> None:
    """Cyan at the lower left, magenta at the lower right, yellow at the upper right, black at the upper left."""
    half = min(width, height) / 4
    for x, y, ink in (
        (0, 0, (1, 0, 0, 0)),
        (width - half, 0, (0, 1, 0, 0)),
        (width - half, height - half, (0, 0, 1, 0)),
        (0, height - half, (0, 0, 0, 1)),
    ):
        canvas.setFillColor(CMYKColor(*ink))
        canvas.rect(x, y, half, half, stroke=0, fill=1)
    canvas.setFillColor(CMYKColor(1, 1, 0, 0))
    canvas.rect(-20, -20, width + 40, 19, stroke=0, fill=1)  # below the trim: must be cut off


TURNED = {0: "KYMC", 90: "CKYM", 180: "MCKY", 270: "YMCK"}
"""What stands at the upper left, upper right, lower right, lower left when the page is turned clockwise."""


@pytest.mark.parametrize("rotate", TURNED)
def test_trim_and_turn(tmp_path: Path, rotate: int) -> None:
    width, height = size_of(LEFT)
    size = (height, width) if rotate % 180 else (width, height)
    (tmp_path / "ad.pdf").write_bytes(ad_pdf(Ad(size, rotate=rotate), corners))
    report = build(issue(tmp_path, f"ad.pdf, label: none, {AT_LEFT}"), tmp_path / "out", jobs=1)
    assert report.ok, report.diagnostics
    with pypdfium2.PdfDocument(tmp_path / "out" / "issue.pdf") as pdf:
        picture = pdf[0].render(scale=2).to_pil().convert("RGB")
    paper = (pdf_margin := (picture.width / 2 - tabloid().trim.width) / 2)
    rect = rect_of(LEFT)
    inside = 4.0
    places = [
        (rect.x + inside, rect.y + inside),
        (rect.right - inside, rect.y + inside),
        (rect.right - inside, rect.bottom - inside),
        (rect.x + inside, rect.bottom - inside),
    ]
    seen = [picture.getpixel((int((x + paper) * 2), int((y + pdf_margin) * 2))) for x, y in places]
    assert "".join(map(_ink, seen)) == TURNED[rotate]
    below = picture.getpixel((int((rect.x + rect.width / 2 + paper) * 2), int((rect.bottom + 3 + paper) * 2)))
    assert below == (255, 255, 255)


def _ink(pixel: Any) -> str:
    """The ink that a pixel shows."""
    named = {"C": (0, 174, 239), "M": (236, 0, 140), "Y": (255, 242, 0), "K": (35, 31, 32)}
    return min(named, key=lambda name: sum(abs(one - other) for one, other in zip(named[name], pixel, strict=True)))


def sized(folder: Path, share: float, how: str = "") -> Report:
    (folder / "ad.pdf").write_bytes(ad_pdf(Ad(size_of(LEFT, share)), corners))
    return check(issue(folder, f"ad.pdf, {how}{AT_LEFT}"), jobs=1)


def test_half_a_millimetre_is_nothing(tmp_path: Path) -> None:
    assert told(sized(tmp_path, 1.002)) == []


@pytest.mark.parametrize("share", [0.95, 1.08])
def test_scaled_within_the_limits_of_the_house(tmp_path: Path, share: float) -> None:
    assert told(sized(tmp_path, share)) == ["ad-size"]
    scaled = sized(tmp_path, share, "fit: scale, ")
    assert told(scaled) == []
    assert scaled.data["ads"][0]["scale"] == pytest.approx(1 / share, abs=0.001)


def test_a_wrong_size_is_told_with_both_sizes_and_the_scale(tmp_path: Path) -> None:
    report = sized(tmp_path, 0.5, "fit: scale, ")
    (fault,) = [one for one in report.diagnostics if one.code == "ad-size"]
    width, height = size_of(LEFT)
    for part in (f"{width / 2:.1f} x {height / 2:.1f} mm", f"{width:.1f} x {height:.1f} mm", "200.0 % across"):
        assert part in fault.message
    assert "90 to 110 %" in fault.hint
    assert (fault.span.line, fault.page) == (15, 2)


def test_other_proportions_do_not_scale(tmp_path: Path) -> None:
    width, height = size_of(LEFT)
    (tmp_path / "ad.pdf").write_bytes(ad_pdf(Ad((width, height * 1.05)), corners))
    report = check(issue(tmp_path, f"ad.pdf, fit: scale, {AT_LEFT}"), jobs=1)
    assert told(report) == ["ad-size"]
    assert "proportions" in report.diagnostics[-1].hint


def rgb(canvas: Canvas, width: float, height: float) -> None:
    canvas.setFillColor(Color(1, 0, 0))
    canvas.rect(0, 0, width, height, stroke=0, fill=1)


def rgb_picture(canvas: Canvas, width: float, height: float) -> None:
    canvas.drawImage(photograph("RGB"), 0, 0, width, height)


def spot(canvas: Canvas, width: float, height: float) -> None:
    from reportlab.lib.colors import CMYKColorSep

    canvas.setFillColor(CMYKColorSep(0, 0.6, 1, 0, spotName="PANTONE 151 C"))
    canvas.rect(0, 0, width, height, stroke=0, fill=1)


def tiny(canvas: Canvas, width: float, height: float) -> None:
    corners(canvas, width, height)
    canvas.setFillColor(CMYKColor(1, 1, 0, 0))
    canvas.setFont("AdSong", 5)
    canvas.drawString(60, 60, "小字")


def blended(pdf: pikepdf.Pdf) -> None:
    drawn("/X gs 0 0 0 1 k 30 30 50 50 re f", ExtGState_X=Dictionary(ca=0.5))(pdf)


def note_on_page(subtype: str) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        note = Dictionary(Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=Array([60, 60, 90, 90]))
        note = pdf.make_indirect(note)
        pdf.pages[0].obj.Annots = Array([note])
        if subtype == "Widget":
            pdf.Root.AcroForm = Dictionary(Fields=Array([note]))

    return change


def hidden_layer(pdf: pikepdf.Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="draft"))
    default = Dictionary(Name="all", OFF=Array([layer]))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=default)
    drawn("/OC /L BDC 0 0 0 1 k 60 60 20 20 re f EMC", Properties_L=layer)(pdf)


def all_hidden(pdf: pikepdf.Pdf) -> None:
    hidden_layer(pdf)
    pdf.Root.OCProperties.D = Dictionary(Name="all", BaseState=Name.OFF)


def helvetica(pdf: pikepdf.Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    drawn("BT /H 12 Tf 60 60 Td (x) Tj ET", Font_H=font)(pdf)


def two_pages(pdf: pikepdf.Pdf) -> None:
    """A second page that nobody places: in RGB."""
    pdf.pages.append(pdf.pages[0])
    pdf.pages[1].contents_add(pdf.make_stream(b"1 0 0 rg 60 60 20 20 re f"))


def _nothing(_pdf: pikepdf.Pdf) -> None:
    """No change."""


REFUSED: dict[str, tuple[Callable[[Canvas, float, float], None], Change, str, str]] = {
    "RGB colour": (rgb, _nothing, X1A, "colour-rgb"),
    "RGB picture": (rgb_picture, _nothing, X4, "colour-rgb"),
    "spot colour": (spot, _nothing, X1A, "spot-colour"),
    "type too small": (tiny, _nothing, X1A, "text-inks-tiny"),
    "font not embedded": (corners, helvetica, X1A, "font-not-embedded"),
    "a stamp": (corners, note_on_page("Stamp"), X4, "annotation-lost"),
    "a form field": (corners, note_on_page("Widget"), X4, "annotation-lost"),
    "a hidden layer": (corners, hidden_layer, X4, "layer-hidden"),
    "layers hidden from the start": (corners, all_hidden, X4, "layer-hidden"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(tmp_path: Path, name: str) -> None:
    paint, change, level, code = REFUSED[name]
    (tmp_path / "ad.pdf").write_bytes(ad_pdf(Ad(size_of(LEFT), level=level), paint, change))
    report = check(issue(tmp_path, f"ad.pdf, {AT_LEFT}"), jobs=1)
    (fault,) = [one for one in report.diagnostics if one.severity == "error"]
    assert (fault.code, fault.span.line, fault.page) == (code, 15, 2)
    assert fault.message.startswith("ad ad.pdf: ")
    assert fault.hint


def plain_file(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents
    del pdf.docinfo[Name.GTS_PDFXVersion]


def no_boxes(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0].obj
    page.MediaBox = Array(page.TrimBox)
    del page.TrimBox
    del page.BleedBox


WARNED: dict[str, tuple[Change, str, list[str]]] = {
    "no PDF/X": (plain_file, "", ["ad-not-pdfx"]),
    "no trim": (no_boxes, X1A, ["trim-box"]),
    "a link": (note_on_page("Link"), X4, ["annotation-on-page"]),
    "another page in RGB": (two_pages, X1A, []),
}


@pytest.mark.parametrize("name", WARNED)
def test_taken_with_a_warning(tmp_path: Path, name: str) -> None:
    change, level, codes = WARNED[name]
    (tmp_path / "ad.pdf").write_bytes(ad_pdf(Ad(size_of(LEFT), level=level or X1A), corners, change))
    report = build(issue(tmp_path, f"ad.pdf, {AT_LEFT}"), tmp_path / "out", jobs=1)
    assert report.ok, report.diagnostics
    assert told(report) == codes


def test_a_warning_is_told_once(tmp_path: Path) -> None:
    def smallish(canvas: Canvas, width: float, height: float) -> None:
        corners(canvas, width, height)
        canvas.setFillColor(CMYKColor(1, 1, 0, 0))
        canvas.setFont("AdSong", 8)
        canvas.drawString(60, 60, "小字")

    (tmp_path / "ad.pdf").write_bytes(ad_pdf(Ad(size_of(LEFT)), smallish))
    report = build(issue(tmp_path, f"ad.pdf, {AT_LEFT}"), tmp_path / "out", jobs=1)
    assert told(report) == ["text-inks-small"]
    (found,) = [one for one in report.diagnostics if one.code == "text-inks-small"]
    assert found.message.startswith("ad ad.pdf: ")


def test_made_for_another_press(tmp_path: Path) -> None:
    (tmp_path / "ad.pdf").write_bytes(ad_pdf(Ad(size_of(LEFT), condition="FOGRA39"), corners))
    report = build(issue(tmp_path, f"ad.pdf, {AT_LEFT}"), tmp_path / "out", jobs=1)
    assert report.ok
    assert told(report) == ["ad-condition"]
    assert "FOGRA39" in report.diagnostics[0].message or "FOGRA39" in report.diagnostics[-1].message


def test_too_much_ink(tmp_path: Path) -> None:
    """Made for coated paper: 300 % in its dark parts."""

    def heavy(canvas: Canvas, width: float, height: float) -> None:
        canvas.setFillColor(CMYKColor(0.8, 0.7, 0.6, 0.9))
        canvas.rect(20, 20, width / 2, height / 2, stroke=0, fill=1)

    (tmp_path / "ad.pdf").write_bytes(ad_pdf(Ad(size_of(LEFT)), heavy))
    report = check(issue(tmp_path, f"ad.pdf, {AT_LEFT}"), jobs=1)
    assert set(told(report)) == {"ink-limit", "ink-square"}
    (found,) = [one for one in report.diagnostics if one.code == "ink-limit"]
    assert "300 % ink" in found.message
    assert (found.severity, found.span.line) == ("warning", 15)


def test_transparency_by_standard(tmp_path: Path) -> None:
    (tmp_path / "ad.pdf").write_bytes(ad_pdf(Ad(size_of(LEFT), level=X4), corners, blended))
    path = issue(tmp_path, f"ad.pdf, {AT_LEFT}")
    assert build(path, tmp_path / "x4", standard="x4", jobs=1).ok
    refused = build(path, tmp_path / "x1a", standard="x1a", jobs=1)
    assert "transparency" in told(refused)
    assert not (tmp_path / "x1a").exists()


def test_a_page_group_alone_is_no_transparency(tmp_path: Path) -> None:
    def grouped(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)

    (tmp_path / "ad.pdf").write_bytes(ad_pdf(Ad(size_of(LEFT), level=X4), corners, grouped))
    report = build(issue(tmp_path, f"ad.pdf, {AT_LEFT}"), tmp_path / "out", standard="x1a", jobs=1)
    assert report.ok, report.diagnostics


def grey_only(canvas: Canvas, width: float, height: float) -> None:
    canvas.setFillColor(CMYKColor(0, 0, 0, 0.4))
    canvas.rect(0, 0, width, height, stroke=0, fill=1)


def test_a_page_in_black_only(tmp_path: Path) -> None:
    house = "house: {press: {grey: true}}"
    for paint, codes in ((corners, ["ad-colour"]), (shop, ["ad-colour"]), (grey_only, [])):
        (tmp_path / "ad.pdf").write_bytes(ad_pdf(Ad(size_of(LEFT)), paint))
        report = check(issue(tmp_path, f"ad.pdf, {AT_LEFT}", house=house), jobs=1)
        assert [code for code in told(report) if code != "image-low"] == codes


def test_what_overlaps(folder: Path) -> None:
    path = issue(folder, f"shop.pdf, {AT_LEFT}", "shop.pdf, area: {columns: 3-5, lines: 60-79}")
    report = check(path, jobs=1)
    assert "area-overlap" in told(report)
    path = issue(folder, "shop.pdf, area: {columns: 1-3, lines: 10-29}")
    (fault,) = [one for one in check(path, jobs=1).diagnostics if one.code == "area-overlap"]
    assert fault.message == "story main and ad shop.pdf overlap"
    report = check(issue(folder, "shop.pdf, area: {columns: 1-3, lines: 70-89}"), jobs=1)
    assert "area-outside" in told(report)


def test_a_story_without_an_area_has_no_room_beside_an_ad(folder: Path) -> None:
    path = issue(folder, f"shop.pdf, {AT_LEFT}")
    path.write_text(path.read_text("utf-8").replace("        area: {columns: 1-6, lines: 1-20}\n", ""), "utf-8")
    assert "area-missing" in told(check(path, jobs=1))


def test_a_page_of_ads_alone(folder: Path) -> None:
    path = issue(folder, f"shop.pdf, {AT_LEFT}", f"turned.pdf, {AT_RIGHT}")
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("    stories")] + text[text.index("    ads:") :], "utf-8")
    assert build(path, folder / "out", jobs=1).ok
    path.write_text(text[: text.index("    stories")], "utf-8")
    assert told(check(path, jobs=1)) == ["empty-page"]


def labels(report: Report, out: Path) -> str:
    assert report.ok, report.diagnostics
    with pypdfium2.PdfDocument(out / "issue.pdf") as pdf:
        return str(pdf[0].get_textpage().get_text_range())


def test_the_mark(folder: Path) -> None:
    out = folder / "out"
    text = labels(build(issue(folder, f"shop.pdf, {AT_LEFT}"), out, jobs=1), out)
    assert "广告" in text
    text = labels(build(issue(folder, f"shop.pdf, label: 公益广告, {AT_LEFT}"), out, jobs=1), out)
    assert "公益广告" in text
    report = build(issue(folder, f"shop.pdf, label: none, {AT_LEFT}"), out, jobs=1)
    assert "广告" not in labels(report, out)
    assert told(report) == ["ad-unmarked"]


@pytest.mark.parametrize("corner", ["top-left", "top-right", "bottom-left", "bottom-right"])
def test_the_mark_stands_in_its_corner(folder: Path, corner: str) -> None:
    house = f"house: {{ads: {{corner: {corner}, frame: thin}}}}"
    report = build(issue(folder, f"shop.pdf, {AT_LEFT}", house=house), folder / "out", jobs=1)
    assert report.ok, report.diagnostics
    with pypdfium2.PdfDocument(folder / "out" / "issue.pdf") as pdf:
        page = pdf[0]
        text = page.get_textpage()
        left, bottom, _, _ = text.get_charbox(text.get_text_range().index("广告"))
        paper = (page.get_width() - tabloid().trim.width) / 2
        x, y = left - paper, page.get_height() - bottom - paper
    rect = rect_of(LEFT)
    assert (x < rect.x + 20) if corner.endswith("left") else (rect.right - 20 < x < rect.right)
    assert (rect.y < y < rect.y + 15) if corner.startswith("top") else (rect.bottom - 15 < y < rect.bottom)


def picture(folder: Path, width: int, height: int) -> None:
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(folder / "ad.jpg", quality=90)


def test_a_picture_as_an_ad(tmp_path: Path) -> None:
    width, height = size_of(LEFT)
    picture(tmp_path, round(width * 8), round(height * 8))
    report = build(issue(tmp_path, f"ad.jpg, {AT_LEFT}"), tmp_path / "out", jobs=1)
    assert report.ok, report.diagnostics
    assert report.data["images"][0]["ppi"] == pytest.approx(203, abs=2)
    assert report.data["ads"][0]["pdf_page"] is None
    assert forms((tmp_path / "out" / "issue.pdf").read_bytes()) == ["/Image"]
    picture(tmp_path, round(width * 8), round(height * 9))
    assert told(check(tmp_path / "issue.yaml", jobs=1)) == ["ad-size"]
    picture(tmp_path, round(width * 2), round(height * 2))
    assert told(check(tmp_path / "issue.yaml", jobs=1)) == ["image-resolution"]


def test_what_is_no_ad(tmp_path: Path) -> None:
    (tmp_path / "ad.txt").write_text("买", encoding="utf-8")
    assert told(check(issue(tmp_path, f"ad.txt, {AT_LEFT}"), jobs=1)) == ["image-unsupported"]
    assert told(check(issue(tmp_path, f"gone.pdf, {AT_LEFT}"), jobs=1)) == ["file-missing"]
    assert told(check(issue(tmp_path, f"../gone.pdf, {AT_LEFT}"), jobs=1)) == ["path-escapes"]
    (tmp_path / "ad.pdf").write_bytes(fitting())
    assert told(check(issue(tmp_path, f"ad.pdf, page: 2, {AT_LEFT}"), jobs=1)) == ["ad-page"]
    (tmp_path / "ad.pdf").write_bytes(b"%PDF-1.4 and nothing else")
    assert told(check(issue(tmp_path, f"ad.pdf, {AT_LEFT}"), jobs=1)) == ["file-unreadable"]


@pytest.mark.parametrize(
    "name",
    [
        "a pattern that fills itself",
        "a glyph that sets itself",
        "a bomb in a bomb",
        "a picture of 10^18 pixels",
        "a JPEG that is none",
    ],
)
def test_hostile_ads_end_in_a_finding(tmp_path: Path, name: str) -> None:
    (tmp_path / "ad.pdf").write_bytes(HOSTILE[name]())
    ad = IssueAd(tmp_path / "ad.pdf", Span("issue.yaml", 1, 1), LEFT)
    began = process_time()
    read = read_ad(ad, tabloid(), 2)
    assert read.diagnostics
    if read.value is not None and not UNSAFE & set(read.value.findings):
        with suppress(ForeignFault):
            lift(ad.file.read_bytes(), 1)
    assert process_time() - began < 30


@pytest.mark.tools("chromium")
def test_a_page_that_a_browser_prints(tmp_path: Path) -> None:
    (tmp_path / "ad.html").write_text("<p style='color:red'>大减价 SALE</p>", encoding="utf-8")
    to = f"--print-to-pdf={tmp_path / 'ad.pdf'}"
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", to, str(tmp_path / "ad.html")]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    report = check(issue(tmp_path, f"ad.pdf, {AT_LEFT}"), jobs=1)
    codes = told(report)
    assert {"colour-rgb", "ad-not-pdfx", "ad-size"} <= set(codes)
    (fault, *_) = [one for one in report.diagnostics if one.code == "colour-rgb"]
    assert "CMYK" in fault.hint


def test_what_was_found_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ad.pdf").write_bytes(ad_pdf(Ad(size_of(LEFT), condition="FOGRA39"), corners))
    path = issue(tmp_path, f"ad.pdf, {AT_LEFT}")
    first = build(path, tmp_path / "out", jobs=1, cache=tmp_path / "cache")
    monkeypatch.setattr("layout.preflight.preflight", None)
    again = build(path, tmp_path / "out", jobs=1, cache=tmp_path / "cache")
    assert again.diagnostics == first.diagnostics
    assert again.data["ads"] == first.data["ads"]
    assert again.data["files"] == first.data["files"]
    path.write_text("\n" + path.read_text("utf-8"), "utf-8")
    loaded = prepare(path, cache=tmp_path / "cache")
    (found,) = loaded.diagnostics
    assert (found.code, found.span.line) == ("ad-condition", 16)


def test_an_error_is_kept_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for data in (b"%PDF-1.4 torn", ad_pdf(Ad(size_of(LEFT)), rgb)):
        (tmp_path / "ad.pdf").write_bytes(data)
        path = issue(tmp_path, f"ad.pdf, {AT_LEFT}")
        first = prepare(path, cache=tmp_path / "cache")
        with monkeypatch.context() as patch:
            patch.setattr("layout.preflight.preflight", None)
            assert prepare(path, cache=tmp_path / "cache") == first
        assert has_errors(first.diagnostics)


def test_a_changed_ad_makes_a_new_page(folder: Path) -> None:
    path = issue(folder, f"shop.pdf, {AT_LEFT}")
    first = build(path, folder / "out", jobs=1, cache=folder / "cache")
    (folder / "shop.pdf").write_bytes(ad_pdf(Ad(size_of(LEFT)), corners))
    second = build(path, folder / "out", jobs=1, cache=folder / "cache")
    assert second.ok
    assert second.data["files"] != first.data["files"]


def busy(pdf: pikepdf.Pdf) -> None:
    """Blending, opacity and a soft mask on a layer."""
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="price"))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(Name="all", Order=Array([layer])))
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    mask = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 600, 600]), Group=group)
    drawn(
        "/OC /L BDC q /X gs 1 0 0 0 k 60 60 150 80 re f Q q /Y gs 0 0 0 1 k 100 90 150 40 re f Q "
        "q /Z gs 0 1 0 0 k 150 60 120 90 re f Q EMC",
        Properties_L=layer,
        ExtGState_X=Dictionary(BM=Name.Multiply),
        ExtGState_Y=Dictionary(ca=0.5),
        ExtGState_Z=lambda file: Dictionary(
            SMask=Dictionary(S=Name.Luminosity, G=file.make_stream(b"0.5 g 0 0 400 400 re f", mask))
        ),
    )(pdf)


def render(path: Path, rect: Rect) -> Any:
    """A part of a PDF's page, in points from its trim's top left."""
    with pypdfium2.PdfDocument(path) as pdf:
        page = pdf[0]
        left, _, _, top = page.get_trimbox()
        x, y = left + rect.x, page.get_height() - top + rect.y
        picture = page.render(scale=2).to_pil().convert("RGB")
    return picture.crop((round(2 * x), round(2 * y), round(2 * (x + rect.width)), round(2 * (y + rect.height))))


def test_it_looks_as_it_does_alone(tmp_path: Path) -> None:
    (tmp_path / "ad.pdf").write_bytes(ad_pdf(Ad(size_of(LEFT), level=X4), shop, busy))
    report = build(issue(tmp_path, f"ad.pdf, label: none, {AT_LEFT}"), tmp_path / "out", jobs=1)
    assert report.ok, report.diagnostics
    rect = rect_of(LEFT)
    placed = render(tmp_path / "out" / "issue.pdf", rect)
    alone = render(tmp_path / "ad.pdf", Rect(0.0, 0.0, rect.width, rect.height)).resize(placed.size)
    difference = ImageStat.Stat(ImageChops.difference(placed, alone))
    assert max(difference.mean) < 2.5  # edges fall between other pixels
    assert max(ImageStat.Stat(alone).stddev) > 40
