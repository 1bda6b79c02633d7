"""Pages that show what a plant must be able to take: spot inks, all marks, bleed, a reversed head, a grey page.

Each is built in both standards and read by programs that share nothing with this one.
"""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from layout.core import Severity
from layout.pipeline import build
from layout.preflight import preflight

CHECKER = Path(__file__).parents[3] / "shared" / "tools" / "pdfx_check.py"
"""A checker by another hand, where there is one."""

SENTENCE = "报纸的版面是一张看不见的方格纸，每一行都落在同一套基线上，左邻右舍行行对齐。"
ISSUE = f"""\
paper: {{name: 样报}}
date: 2024-01-08
house:
  trim: {{width: 150mm, height: 190mm}}
  grid: {{columns: 4, characters: 9, lines: 30, margins: {{top: 30mm}}}}
  copyfit: {{short: 500}}
  marks: {{margin: 14mm, centre: true, bar: true, inks: true, folds_across: [95mm], folds_down: [75mm]}}
  palette:
    tin: {{spot: PANTONE 185 C, cmyk: [0, 91, 76, 0]}}
    light: {{of: tin, tint: 15}}
  rules: {{tin: {{width: 1pt, ink: tin}}}}
HOUSE
pages:
  - number: 1
    stories:
      - area: {{columns: 1-4, lines: 1-20}}
        headline: 字对字行对行
        byline: 本报记者 方 格
        text: |
          ## 举旗帜 明方向

          {SENTENCE * 5}
        photos:
          - {{file: a.jpg, caption: 一张图片, columns: 2}}
      - area: {{columns: 1-4, lines: 22-30}}
        box: BOX
        text: {SENTENCE * 2}
"""
HEAD = "headline: {size: 24pt, leading: 28pt, ink: %s}, byline: {ink: %s}"


@dataclass(frozen=True)
class Sample:
    """A page by its settings. ``plates`` are those that carry ink inside the trim."""

    house: str
    plates: frozenset[str]
    box: str = "{rule: thin}"
    bleed: float = 0.0


PROCESS = frozenset({"Cyan", "Magenta", "Yellow", "Black"})
SAMPLES = {
    "spot": Sample(
        "  press: {spots: plates}\n  section: {rule: tin, tint: light}\n  head: {tint: tin}\n"
        f"  styles: {{{HEAD % ('white', 'white')}, subhead: {{ink: tin}}, subhead-long: {{ink: tin}}}}",
        PROCESS | {"PANTONE 185 C"},
        "{rule: tin, tint: light}",
    ),
    "spot-to-process": Sample(
        "  press: {spots: {PANTONE 185 C: process}}\n  section: {rule: tin, tint: light}\n"
        f"  styles: {{{HEAD % ('tin', 'black')}}}",
        PROCESS,
        "{rule: tin, tint: light}",
    ),
    "bleed": Sample(f"  bleed: 3mm\n  styles: {{{HEAD % ('black', 'black')}}}", PROCESS, bleed=3),
    "reversed": Sample(
        f"  head: {{tint: grey-dark}}\n  section: {{tint: red, rule: null}}\n"
        f"  styles: {{{HEAD % ('white', 'white')}, subhead: {{ink: white}}, subhead-long: {{ink: white}}}}",
        PROCESS,
        "{tint: grey}",
    ),
    "grey": Sample(
        f"  press: {{grey: true}}\n  section: {{rule: tin, tint: light}}\n  styles: {{{HEAD % ('tin', 'black')}}}",
        frozenset({"Black"}),
        "{rule: tin, tint: light}",
    ),
}


MADE = [
    (name, standard)
    for name in SAMPLES
    for standard in ("x4", "x1a")
    if standard == "x4" or name in {"spot", "bleed", "reversed"}  # the others differ in nothing that X-1a knows
]


@pytest.fixture(scope="module", params=MADE, ids="-".join)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Sample, str, Path]:
    """A sample, its standard, and its press file."""
    name, standard = request.param
    folder = tmp_path_factory.mktemp(f"{name}-{standard}")
    ramp = Image.linear_gradient("L").resize((700, 500))
    Image.merge("RGB", (ramp, ramp.transpose(Image.Transpose.FLIP_TOP_BOTTOM), ramp)).save(folder / "a.jpg")
    sample = SAMPLES[name]
    settings = ISSUE.replace("HOUSE", sample.house).replace("BOX", sample.box)
    (folder / "issue.yaml").write_text(settings, encoding="utf-8")
    report = build(folder / "issue.yaml", folder / "out", standard=standard, jobs=1)
    assert report.diagnostics == ()
    return sample, standard, folder / "out" / "issue.pdf"


def silent(*command: str | Path) -> str:
    """What a program prints while it finds nothing to complain of."""
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b""), (done.stderr + done.stdout)[-2000:]
    return done.stdout.decode()


def test_our_preflight_finds_the_spot_and_nothing_else(made: tuple[Sample, str, Path]) -> None:
    sample, standard, path = made
    found = preflight(path, profile="house", standard=standard, ink=False).findings
    told = {one.code for one in found if one.severity is not Severity.NOTE}
    assert told == ({"spot-colour"} if "PANTONE 185 C" in sample.plates else set())


@pytest.mark.tools("qpdf", "pdftoppm", "mutool")
def test_other_programs_read_it_without_a_word(made: tuple[Sample, str, Path], tmp_path: Path) -> None:
    *_, path = made
    assert "No syntax or stream encoding errors found" in silent("qpdf", "--check", path)
    assert silent("pdftoppm", "-r", "30", "-png", path, tmp_path / "p") == ""
    done = subprocess.run(
        ("mutool", "draw", "-q", "-r", "30", "-o", tmp_path / "m.png", path), capture_output=True, check=True
    )
    words = [line for line in (done.stdout + done.stderr).decode().splitlines() if "ICC support" not in line]
    assert words == []


@pytest.fixture
def plates(made: tuple[Sample, str, Path], tmp_path: Path) -> dict[str, np.ndarray]:
    """Ghostscript's plates of the whole sheet at 72 dpi, ink 0..1."""
    *_, path = made
    call = (
        "gs",
        "-q",
        "-dNOPAUSE",
        "-dBATCH",
        "-dSAFER",
        "-sDEVICE=tiffsep",
        "-r72",
        f"-sOutputFile={tmp_path}/p.tif",
        path,
    )
    assert silent(*call) == ""
    found = {}
    for file in tmp_path.glob("p(*).tif"):
        with Image.open(file) as image:
            found[file.stem[2:-1]] = 1 - np.asarray(image.convert("L")) / 255
    return found


@pytest.mark.tools("gs")
def test_the_plates_are_the_samples(made: tuple[Sample, str, Path], plates: dict[str, np.ndarray]) -> None:
    sample, _, path = made
    with pikepdf.open(path) as pdf:
        page = pdf.pages[0]
        left, bottom, right, top = (float(edge) for edge in page.obj.TrimBox)
        height = float(page.obj.MediaBox[3])
        bleed = left - float(page.obj.BleedBox[0])
    assert bleed == pytest.approx(sample.bleed * 72 / 25.4, abs=0.01)
    assert set(plates) == PROCESS | sample.plates
    inside = np.s_[round(height - top) : round(height - bottom), round(left) : round(right)]
    used = {name for name, plate in plates.items() if plate[inside].max() > 0.005}
    assert used == sample.plates
    total = sum(plate[inside] for plate in plates.values())
    assert total.max() <= 2.42
    outside = plates["Cyan"].copy()
    outside[inside] = 0
    assert outside.sum() > 50, "marks are on every plate"


@pytest.mark.tools("gs")
def test_each_plate_carries_its_own_name(made: tuple[Sample, str, Path], plates: dict[str, np.ndarray]) -> None:
    """On the right above the page each plate has ink where no other has: the letters of its name."""
    sample, *_ = made
    used = [name for name in plates if name in sample.plates]
    band = {name: plates[name][8:32, plates[name].shape[1] // 2 - 40 :] for name in used}
    for name, plate in band.items():
        others = sum((other for key, other in band.items() if key != name), start=np.zeros_like(plate))
        assert ((plate > 0.3) & (others < 0.05)).sum() > 20, name


@pytest.mark.tools("gs", "qpdf", "mutool", "pdftoppm")
@pytest.mark.skipif(not CHECKER.is_file(), reason="no other checker here")
def test_the_other_checker_agrees(made: tuple[Sample, str, Path], tmp_path: Path) -> None:
    sample, standard, path = made
    shutil.copy(path, tmp_path / "page.pdf")
    call = (sys.executable, CHECKER, tmp_path / "page.pdf", "--std", standard, "-q", "--json", tmp_path / "told.json")
    subprocess.run(call, capture_output=True, check=False)
    told = json.loads((tmp_path / "told.json").read_text("utf-8"))
    asked = {standard.upper(), "NEWS", "TOOL"}
    failed = {one["rule"] for one in told if one["status"] == "FAIL" and one["group"] in asked}
    spots = {"R0020 no spot colours", "p1 plates"} if "PANTONE 185 C" in sample.plates else set()
    assert len(told) > 100
    assert failed == spots
