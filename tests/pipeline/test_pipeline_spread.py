"""A spread that goes out in halves: an ad over its fold, and both files judged."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from ad_samples import MM, Ad, ad_pdf
from msgspec.structs import replace
from preflight_samples import changed, text
from reportlab.lib.colors import CMYKColor
from reportlab.pdfgen.canvas import Canvas

from layout.compose.grid import area_rect
from layout.core import Rect
from layout.issue.model import Area
from layout.pdf import PressFile, write_page
from layout.pipeline import build, press
from layout.pipeline.load import prepare

ACROSS = Area(5, 8, 60, 79)
ISSUE = """\
paper: {name: 小报}
date: 2024-03-05
style: tabloid
pages:
  - number: 4-5
    title: 综合
    stories:
      - slug: left
        area: {columns: 1-6, lines: 1-58}
        text: 昨日上午，1200余名群众来到北山脚下，栽下第一批树苗。
      - slug: right
        area: {columns: 7-12, lines: 1-58}
        text: 昨日上午，1200余名群众来到北山脚下，栽下第一批树苗。
    ads:
      - {file: across.pdf, area: {columns: 5-8, lines: 60-79}, label: none}
"""


def bands(canvas: Canvas, width: float, height: float) -> None:
    """Cyan on the left half, magenta on the right one."""
    for x, ink in ((0.0, CMYKColor(1, 0, 0, 0)), (width / 2, CMYKColor(0, 1, 0, 0))):
        canvas.setFillColor(ink)
        canvas.rect(x, 0, width / 2, height, stroke=0, fill=1)


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    path = tmp_path / "issue.yaml"
    path.write_text(ISSUE, encoding="utf-8")
    rect = place(path)
    (tmp_path / "across.pdf").write_bytes(ad_pdf(Ad((rect.width / MM, rect.height / MM)), bands))
    return path


def place(path: Path) -> Rect:
    """Where the ad stands on the spread."""
    path.with_name("across.pdf").write_bytes(ad_pdf())
    prepared = prepare(path).value
    assert prepared is not None
    return area_rect(prepared.houses[4, ""].grid, ACROSS)


def pixels(path: Path) -> tuple[Any, float]:
    """The trim of a page as an RGB picture of 72 dpi, and its width."""
    data = path.read_bytes()
    with pikepdf.open(BytesIO(data)) as pdf:
        left, low, right, high = map(float, pdf.pages[0].trimbox)
        _, _, edge, ceiling = map(float, pdf.pages[0].mediabox)
    document = pypdfium2.PdfDocument(data)
    picture = document[0].render(crop=(left, low, edge - right, ceiling - high)).to_pil().convert("RGB")
    document.close()
    return picture, right - left


def test_an_ad_over_the_fold_is_cut_there(issue: Path) -> None:
    out = issue.parent / "out"
    report = build(issue, out, jobs=1)
    assert report.ok, report.diagnostics
    (ad,) = report.data["ads"]
    assert (ad["page"], ad["spread"]) == (4, [4, 5])
    left, top, width, height = ad["frame"]
    middle, fold = round(top + height / 2), left + width / 2  # the ad stands in the spread's middle
    for number, here, there in ((4, 0, 1), (5, 1, 0)):  # red is what cyan takes, green what magenta takes
        picture, page = pixels(out / "pages" / f"{number:02d}.pdf")
        assert page == pytest.approx(fold, abs=0.01)
        inside, outside = (page - 9, left - 9) if number == 4 else (9, width / 2 + 9)
        pixel = picture.getpixel((inside, middle))
        assert pixel[here] < 60 < 120 < pixel[there] or pixel[here] + 60 < pixel[there]
        assert min(picture.getpixel((outside, middle))) > 250


def test_a_finding_stands_at_its_story_on_either_half(issue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def written(*what: Any, **how: Any) -> PressFile:
        file = write_page(*what, **how)
        return replace(file, data=changed(file.data, text(8.0, before="0 g", at=(200, 900))))

    monkeypatch.setattr(press, "write_page", written)
    report = build(issue, issue.parent / "out", jobs=1)
    found = [(one.page, one.span.line) for one in report.diagnostics if one.code == "gray-text"]
    assert found == [(4, 8), (4, 11)]
