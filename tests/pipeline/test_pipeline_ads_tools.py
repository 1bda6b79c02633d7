"""What programs that share no code with this one make of a page with two ads, in both standards."""

import subprocess
from pathlib import Path

import numpy as np
import pytest
from ad_samples import Ad, ad_pdf
from PIL import Image
from test_pipeline_ads import AT_LEFT, AT_RIGHT, LEFT, fitting, issue, rect_of, size_of, tabloid

from layout.pipeline import build

DPI = 72


@pytest.fixture(scope="module", params=["x4", "x1a"])
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The press file of the page."""
    folder = tmp_path_factory.mktemp("ads")
    (folder / "shop.pdf").write_bytes(fitting())
    width, height = size_of(LEFT)
    (folder / "turned.pdf").write_bytes(ad_pdf(Ad((height, width), rotate=270)))
    report = build(
        issue(folder, f"shop.pdf, {AT_LEFT}", f"turned.pdf, {AT_RIGHT}"),
        folder / "out",
        standard=str(request.param),
        jobs=1,
    )
    assert report.ok, report.diagnostics
    return folder / "out" / "issue.pdf"


def said(*command: str | Path) -> str:
    """All that a program says; it must be content."""
    done = subprocess.run(command, capture_output=True, check=False)
    output = (done.stdout + done.stderr).decode(errors="replace")
    assert done.returncode == 0, output
    return output


@pytest.mark.tools("qpdf", "pdffonts", "mutool")
def test_readers_are_content(printed: Path, tmp_path: Path) -> None:
    assert "No syntax or stream encoding errors found" in said("qpdf", "--check", printed)
    rows = said("pdffonts", printed).splitlines()[2:]
    assert len(rows) >= 4
    assert all(row.split()[-5:-2] == ["yes", "yes", "yes"] for row in rows)
    words = said("mutool", "draw", "-q", "-r", "36", "-o", tmp_path / "page.png", printed).splitlines()
    assert [line for line in words if line != "warning: ICC support is not available"] == []


@pytest.mark.tools("pdftotext")
def test_the_ads_copy_can_be_searched(printed: Path) -> None:
    text = said("pdftotext", printed, "-")
    assert text.count("新茶上市") >= 1
    assert text.count("广告") == 2


@pytest.mark.tools("gs")
def test_plates(printed: Path, tmp_path: Path) -> None:
    """Ghostscript says nothing; the ads' inks are on their plates, inside their areas, and under the limit of ink."""
    to = f"-sOutputFile={tmp_path / 'p.tif'}"
    words = said("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", f"-r{DPI}", to, printed)
    assert words == ""
    plates = {
        name: 1 - np.asarray(Image.open(tmp_path / f"p({name}).tif"), dtype=float) / 255
        for name in ("Cyan", "Magenta", "Yellow", "Black")
    }
    paper = (plates["Black"].shape[1] - tabloid().trim.width) / 2
    left = rect_of(LEFT)
    x, y = round(left.x + paper), round(left.y + paper)
    band = plates["Magenta"][y + 4 : y + 20, x + 4 : x + round(left.width) - 40]
    assert np.quantile(band, 0.9) > 0.97  # the red head
    above = sum(plate[y - 30 : y - 2, x : x + round(left.width)] for plate in plates.values())
    assert float(above.max()) == 0.0  # the bleed of the ad is cut off
    total = sum(plates.values())[round(paper) : -round(paper), round(paper) : -round(paper)]
    assert float(np.quantile(total, 0.9999)) <= 2.4
