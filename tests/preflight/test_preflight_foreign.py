"""A page by Chromium: as it comes, with the claims of PDF/X put on, and converted to inks before that."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from layout.core import Severity
from layout.preflight import preflight
from layout.resources import PRESS

pytestmark = pytest.mark.tools("chromium", "gs")

PAGE = """<!doctype html><meta charset="utf-8"><title>ad</title>
<style>@page {size: 150mm 200mm; margin: 10mm} .red {background: #c00; color: #fff; padding: 4mm}
.pale {opacity: .5; background: #08f; height: 20mm}</style>
<h1>Riverside opens</h1><p>Four kilometres of boardwalk.</p><div class="red">Reversed</div><div class="pale"></div>
<a href="http://example.org">More</a>
"""


def errors(data: bytes) -> set[str]:
    return {one.code for one in preflight(data, ink=False).findings if one.severity is Severity.ERROR}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What Chromium prints."""
    folder = tmp_path_factory.mktemp("chromium")
    (folder / "page.html").write_text(PAGE, encoding="utf-8")
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={folder}/user")
    command = ("chromium", *flags, "--print-to-pdf=page.pdf", "page.html")
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    return folder / "page.pdf"


@pytest.fixture(scope="module")
def converted(printed: Path) -> Path:
    """The same with its colours turned into the inks of the press by Ghostscript."""
    made, profile = printed.with_name("inks.pdf"), PRESS / "NEWS26_TAC240.icc"
    command = (
        "gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=pdfwrite", "-dCompatibilityLevel=1.6",
        "-sColorConversionStrategy=CMYK", "-sProcessColorModel=DeviceCMYK", f"-sOutputICCProfile={profile}",
        f"--permit-file-read={profile}", f"-sOutputFile={made}", str(printed),
    )  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    return made


def claimed(foreign: Path, good: bytes) -> bytes:
    """The foreign page in a file that says everything that PDF/X-4 wants to be said, without its links."""
    with pikepdf.open(BytesIO(good)) as pdf, pikepdf.open(foreign) as other:
        pdf.pages.append(other.pages[0])
        del pdf.pages[0]
        page = pdf.pages[0].obj
        page.TrimBox = page.BleedBox = page.MediaBox
        if "/Annots" in page:
            del page["/Annots"]
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


def test_as_it_comes_it_is_no_press_file(printed: Path) -> None:
    assert errors(printed.read_bytes()) == {
        "file-id", "xmp-missing", "intent-count", "trim-box", "annotation-on-page", "action", "colour-rgb",
    }  # fmt: skip


def test_claims_do_not_make_one_of_it(printed: Path, good: dict[str, bytes]) -> None:
    assert errors(claimed(printed, good["x4"])) == {"colour-rgb"}


def test_in_inks_and_with_its_claims_it_passes_with_warnings(converted: Path, good: dict[str, bytes]) -> None:
    data = claimed(converted, good["x4"])
    assert errors(data) == set()
    found = {one.code for one in preflight(data, ink=False).findings}
    assert found <= {"page-group", "text-rich-black"}
    assert "page-group" in found


@pytest.mark.parametrize("made", ["printed", "converted"])
@pytest.mark.tools("qpdf", "pdffonts", "mutool")
def test_an_independent_checker_says_the_same(
    made: str, request: pytest.FixtureRequest, good: dict[str, bytes], root: Path, tmp_path: Path
) -> None:
    checker = root.parent / "shared" / "tools" / "pdfx_check.py"
    if not checker.is_file():
        pytest.skip("the independent PDF/X checker is not on this machine")
    data = claimed(request.getfixturevalue(made), good["x4"])
    (tmp_path / "page.pdf").write_bytes(data)
    command = (sys.executable, str(checker), "-q", "--std", "x4", "--no-render", str(tmp_path / "page.pdf"))
    said = subprocess.run(command, capture_output=True, check=False, text=True)
    assert (said.returncode == 0) == (errors(data) == set()), said.stdout
