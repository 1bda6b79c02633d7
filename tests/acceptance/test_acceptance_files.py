"""What checkers and readers that share no code with this program make of the acceptance pages."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from acceptance_builds import PAGES, Built
from press_plates import run

from layout.preflight import preflight

SPOT = "12"
"""The page with a spot ink, which a newspaper's profile refuses (GWG 2022, R0020) and which has a fifth plate."""

each_page = pytest.mark.parametrize("name", PAGES)


@each_page
def test_our_own_preflight_is_content(built: Built, name: str) -> None:
    found = preflight(built.page(name), ink=False).findings
    assert [one.code for one in found if one.severity != "note"] == (["spot-colour"] if name == SPOT else [])


def test_a_press_with_plates_for_it_takes_the_spot_ink(built: Built) -> None:
    result = preflight(built.page(SPOT), profile="coated", ink=False)
    assert result.ok, result.findings


@pytest.fixture(scope="session")
def checker(root: Path) -> Path:
    """The independent PDF/X checker that lies beside the checkout on some machines."""
    path = root.parent / "shared" / "tools" / "pdfx_check.py"
    if not path.is_file():
        pytest.skip("the independent PDF/X checker is not on this machine")
    return path


def complaints(checker: Path, file: Path) -> list[str]:
    """What the checker has against a file, by rule."""
    command = (sys.executable, str(checker), "-q", "--dpi", "36", str(file))
    said = subprocess.run(command, capture_output=True, check=False, text=True).stdout
    assert "---- claims" in said
    found = [line.split(maxsplit=2)[2] for line in said.splitlines() if line.startswith(("FAIL", "WARN"))]
    return [one.partition("  ")[0] for one in found]


@each_page
@pytest.mark.tools("gs", "qpdf", "pdffonts", "mutool")
def test_an_independent_checker_finds_nothing(checker: Path, builds: dict[str, Built], name: str) -> None:
    found = complaints(checker, builds["x4"].page(name))
    assert found == (["R0020 no spot colours", "p1 plates"] if name == SPOT else [])


@pytest.mark.tools("gs", "qpdf", "pdffonts", "mutool")
def test_it_finds_nothing_in_all_pages_as_one_file(checker: Path, built: Built) -> None:
    """In both standards; that there are several pages, of two sizes, it says too."""
    found = complaints(checker, built.issue)
    spot = f"p{PAGES.index(SPOT) + 1} plates"
    assert found == ["R0006 one page", "R0004 same trim size", "R0020 no spot colours", spot]


@pytest.mark.tools("qpdf", "pdftoppm", "mutool")
def test_readers_have_nothing_to_say(built: Built, tmp_path: Path) -> None:
    checked = run("qpdf", "--check", built.issue)
    assert "No syntax or stream encoding errors found" in checked
    assert "WARNING" not in checked
    assert run("pdftoppm", "-r", "18", "-png", built.issue, tmp_path / "poppler") == ""
    said = run("mutool", "draw", "-q", "-r", "18", "-o", tmp_path / "mupdf%d.png", built.issue)
    assert [line for line in said.splitlines() if line != "warning: ICC support is not available"] == []


def test_other_surroundings_build_the_same_bytes(
    builds: dict[str, Built], source: Path, root: Path, tmp_path: Path
) -> None:
    """Another hash seed, locale, time zone, working folder, number of processes, and no cache."""
    surroundings = {"PYTHONHASHSEED": "4711", "TZ": "America/Lima", "LC_ALL": "C", "PYTHONPATH": str(root)}
    command = [sys.executable, "-m", "layout", "build", source, "-o", "out", "--standard", "x4", "--no-cache"]
    subprocess.run(
        [*command, "--jobs", "2"], cwd=tmp_path, env=os.environ | surroundings, check=True, capture_output=True
    )
    for name in ("issue.pdf", *(f"pages/{page}.pdf" for page in PAGES)):
        assert (tmp_path / "out" / name).read_bytes() == (builds["x4"].out / name).read_bytes(), name
