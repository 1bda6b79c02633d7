"""Whole files: our own pages, pages of other programs, and what a report says of them."""

import json
from io import BytesIO
from pathlib import Path
from time import process_time

import pytest
from click.testing import CliRunner
from preflight_samples import changed, drawing, good_page, photograph
from reportlab.pdfgen.canvas import Canvas

from layout.cli.main import cli
from layout.core import Severity
from layout.pipeline import build
from layout.preflight import PROFILES, preflight
from layout.preflight.checks import CHECKS
from layout.preflight.profiles import placed
from layout.preflight.report import as_html, as_json

FILES = Path(__file__).parent / "files"


def codes(data: bytes, **how: object) -> set[str]:
    result = preflight(data, ink=False, **how)  # type: ignore[arg-type]
    return {one.code for one in result.findings if one.severity is Severity.ERROR}


@pytest.fixture(scope="session")
def issue_of_two(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An issue of two pages in one file."""
    folder = tmp_path_factory.mktemp("two")
    (folder / "photo.png").write_bytes(photograph())
    head, _, page = good_page().partition("pages:\n")
    second = page.replace("number: 2", "number: 3").replace("一片新绿", "满城春色")
    (folder / "issue.yaml").write_text(f"{head}pages:\n{page}{second}", encoding="utf-8")
    report = build(folder / "issue.yaml", folder / "out", jobs=1)
    assert report.ok, report.diagnostics
    return (folder / "out" / "issue.pdf").read_bytes()


@pytest.mark.parametrize("profile", PROFILES)
def test_the_seed_page_passes(seed_page: bytes, profile: str) -> None:
    result = preflight(seed_page, profile=profile, ink=profile != "coated")
    assert result.ok, result.findings
    assert result.facts is not None
    assert result.facts.shortfalls == ()


def test_an_issue_of_two_pages_passes(issue_of_two: bytes) -> None:
    result = preflight(issue_of_two, ink=False)
    assert {(one.severity, one.code) for one in result.findings} == {(Severity.WARNING, "page-count")}
    assert result.facts is not None
    assert [page.number for page in result.facts.pages] == [1, 2]


def test_preflight_takes_less_than_building(root: Path, seed_page: bytes, tmp_path: Path) -> None:
    start = process_time()
    build(root / "issue.yaml", tmp_path, jobs=1)
    built = process_time()
    preflight(seed_page, ink=False)
    assert process_time() - built < built - start


def test_a_plain_reportlab_file_is_no_press_file() -> None:
    out = BytesIO()
    canvas = Canvas(out, pagesize=(300, 400))
    canvas.setFillColorRGB(1, 0, 0)
    canvas.drawString(50, 200, "RGB in Helvetica")
    canvas.linkURL("http://example.org", (0, 0, 50, 50))
    canvas.showPage()
    canvas.save()
    assert codes(out.getvalue()) >= {
        "xmp-missing",
        "intent-count",
        "trim-box",
        "colour-rgb",
        "font-not-embedded",
        "action",
        "annotation-on-page",
    }


def test_a_claim_is_not_believed() -> None:
    """A page by WeasyPrint 70, which writes PDF/X-4 over any colours, and without an output intent."""
    assert codes((FILES / "weasyprint-x4.pdf").read_bytes()) >= {"colour-rgb", "intent-count"}


def test_the_level_that_a_file_claims_is_taken(good: dict[str, bytes]) -> None:
    assert preflight(good["x1a"], ink=False).standard == "PDF/X-1a:2003"
    assert preflight(good["x4"], ink=False).standard == "PDF/X-4"


def test_another_level_can_be_asked(good: dict[str, bytes]) -> None:
    assert codes(good["x4"], standard="x1a") == {"pdf-version", "pdfx-version", "transparency"}
    assert "xmp-incomplete" in codes(good["x1a"], standard="x4") or "pdfx-version" in codes(good["x1a"], standard="x4")


def test_profiles_differ(good: dict[str, bytes]) -> None:
    spot = changed(good["x4"], _spot_area)
    assert codes(spot) == {"spot-colour"}
    assert codes(spot, profile="coated") == set()
    assert "bleed-small" in {one.code for one in preflight(spot, profile="coated", ink=False).findings}


def _spot_area(pdf: object) -> None:
    from pikepdf import Name
    from preflight_samples import separation

    drawing("/S cs 1 scn 300 700 90 90 re f", ColorSpace_S=separation("Gold", Name.DeviceCMYK))(pdf)  # type: ignore[arg-type]


def test_a_profile_of_ones_own(good: dict[str, bytes]) -> None:
    from msgspec.structs import replace

    own = replace(PROFILES["newspaper"], severities={})
    assert {one.code for one in preflight(changed(good["x4"], _spot_area), profile=own, ink=False).findings} == set()


def test_findings_stand_where_they_are(good: dict[str, bytes]) -> None:
    """In millimetres from the trim's top left: the trim of the sample begins 34.016 pt from the medium's edge."""
    red = drawing("1 0 0 1 34.016 34.016 cm 1 0 0 rg 72 144 36 18 re f")
    (found,) = preflight(changed(good["x4"], red), ink=False).findings
    assert found.code == "colour-rgb"
    assert (found.page, found.place.x, found.place.width, found.place.height) == (1, 25.4, 12.7, 6.3)
    height = preflight(good["x4"], ink=False).facts.pages[0].boxes.frame[3] - 34.016
    assert found.place.y == pytest.approx((height - 162) / 72 * 25.4, abs=0.06)


def test_many_findings_of_one_kind_are_counted(good: dict[str, bytes]) -> None:
    lines = " ".join(f"0 0 0 1 K 0.{width:02} w 300 {600 + width} m 400 {600 + width} l S" for width in range(30, 70))
    found = [
        one
        for one in preflight(changed(good["x4"], drawing(lines)), ink=False).findings
        if one.code == "knockout-black-line"
    ]
    assert len(found) == 21
    assert found[-1].message == "and 20 more of the kind"


def test_every_check_says_why_and_what_to_do() -> None:
    assert len({check.code for check in CHECKS}) == len(CHECKS)
    profiles = (*PROFILES.values(), placed(PROFILES["house"]))
    for check in CHECKS:
        assert check.rationale.endswith(".")
        assert check.source
        assert check.hint
        assert check.standards or any(check.code in profile.severities for profile in profiles)


def test_every_code_of_a_profile_is_a_check() -> None:
    for profile in PROFILES.values():
        assert set(profile.severities) <= {check.code for check in CHECKS}


def test_the_json_report(good: dict[str, bytes]) -> None:
    data = json.loads(as_json(preflight(changed(good["x4"], drawing("1 0 0 rg 0 0 900 900 re f"))), "a.pdf"))
    assert (data["version"], data["file"], data["ok"]) == (1, "a.pdf", False)
    assert data["findings"][0]["code"] == "colour-rgb"
    assert data["findings"][0]["place"]["x"] < 0
    assert "DeviceRGB" in data["facts"]["colour_spaces"]
    assert data["facts"]["ink"][0]["page"] == 1


def test_the_html_report_is_whole_and_safe(good: dict[str, bytes]) -> None:
    page = as_html(preflight(changed(good["x4"], drawing("<script> Do")), ink=False), "<b>.pdf")
    assert page.startswith("<!doctype html>")
    assert "<script" not in page
    assert "<b>.pdf" not in page
    assert "http" not in page.replace("http://www.color.org", "")
    assert next(check.rationale for check in CHECKS if check.code == "operator-unknown").split(",")[0] in page


# the command


@pytest.fixture
def spoiled(good: dict[str, bytes], tmp_path: Path) -> Path:
    path = tmp_path / "spoiled.pdf"
    path.write_bytes(changed(good["x4"], drawing("1 0 0 rg 300 700 9 9 re f")))
    return path


def test_the_command_passes_a_good_file(good: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "good.pdf"
    path.write_bytes(good["x1a"])
    done = CliRunner().invoke(cli, ["check", str(path), "--no-ink"])
    assert done.exit_code == 0
    assert "passes: PDF/X-1a:2003" in done.output


def test_the_command_fails_a_bad_one(spoiled: Path) -> None:
    html = spoiled.with_suffix(".html")
    done = CliRunner().invoke(cli, ["check", str(spoiled), "--no-ink", "--html", str(html)])
    assert done.exit_code == 1
    assert f"{spoiled}: error[colour-rgb]" in done.output
    assert "colour-rgb" in html.read_text(encoding="utf-8")


def test_the_command_prints_json(spoiled: Path) -> None:
    done = CliRunner().invoke(cli, ["check", str(spoiled), "--no-ink", "--json", "--standard", "x1a"])
    assert done.exit_code == 1
    assert json.loads(done.stdout)["standard"] == "PDF/X-1a:2003"


def test_the_report_that_cannot_be_written(spoiled: Path) -> None:
    done = CliRunner().invoke(cli, ["check", str(spoiled), "--no-ink", "--html", str(spoiled / "no" / "folder.html")])
    assert done.exit_code == 3


def test_an_issue_is_still_an_issue(tmp_path: Path) -> None:
    path = tmp_path / "issue.yaml"
    path.write_text("paper: {name: 小报}\n", encoding="utf-8")
    done = CliRunner().invoke(cli, ["check", str(path)])
    assert done.exit_code == 1
    assert "PDF/X" not in done.output
