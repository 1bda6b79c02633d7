"""What programs that share no code with this one say of the files."""

import re
import subprocess
from pathlib import Path

import numpy as np
import pytest
from pdf_samples import (
    ALL_MARKS,
    NO_MARKS,
    PRESS,
    busy_page,
    document_of,
    page_of,
    press_picture,
    saved,
    set_run,
    written,
)
from PIL import Image

from layout.core import Ink, Rect, Size
from layout.display import Fill, Picture


def ran(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, check=False)
    output = (done.stdout + done.stderr).decode(errors="replace")
    assert done.returncode == 0, output
    return output


@pytest.fixture(scope="module", params=["x4", "x1a"])
def busy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    page, pictures = busy_page()
    data = written(document_of(page, page), pictures=pictures, marks=ALL_MARKS, standard=request.param)
    return saved(tmp_path_factory.mktemp("tools") / f"{request.param}.pdf", data)


@pytest.mark.tools("qpdf")
def test_qpdf_finds_no_fault(busy: Path) -> None:
    assert "No syntax or stream encoding errors found" in ran("qpdf", "--check", busy)


@pytest.mark.tools("pdffonts")
def test_every_font_is_embedded_subset_and_readable(busy: Path) -> None:
    rows = ran("pdffonts", busy).splitlines()[2:]
    assert len(rows) == 5
    assert all(re.search(r"CID TrueType +Identity-H +yes yes yes", row) for row in rows)


@pytest.mark.tools("pdfinfo")
def test_poppler_sees_the_claim(busy: Path) -> None:
    found = re.search(r"PDF subtype: +(\S+)", ran("pdfinfo", busy))
    assert found is not None
    assert found[1] == {"x4": "PDF/X-4", "x1a": "PDF/X-1a:2003"}[busy.stem]


def plates(path: Path, folder: Path, dpi: int = 72) -> dict[str, np.ndarray]:
    """Ink 0..1 on each plate. With the intent as source and target, so that CMYK is not converted."""
    profile = PRESS.profile
    ran(
        "gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", f"-r{dpi}",
        f"-sDefaultCMYKProfile={profile}", f"-sOutputICCProfile={profile}", f"--permit-file-read={profile}",
        f"-sOutputFile={folder / 'plate%d.tif'}", path,
    )  # fmt: skip
    found = {}
    for file in folder.glob("plate1(*).tif"):
        with Image.open(file) as image:
            found[file.stem[7:-1]] = 1 - np.asarray(image.convert("L")) / 255
    return found


@pytest.mark.tools("gs")
def test_black_text_is_on_the_black_plate_alone(tmp_path: Path) -> None:
    page = page_of(set_run("黑色正文只在黑版", 20, 60, size=24), trim=Size(300, 100))
    inks = plates(saved(tmp_path / "k.pdf", written(document_of(page), marks=NO_MARKS)), tmp_path)
    assert inks["Black"].max() > 0.9
    assert inks["Cyan"].max() == inks["Magenta"].max() == inks["Yellow"].max() == 0


@pytest.mark.tools("gs")
def test_black_overprints_and_colour_knocks_out(tmp_path: Path) -> None:
    yellow = Fill(Rect(0, 0, 200, 100), Ink(yellow=1.0))
    black = Fill(Rect(20, 20, 40, 40), Ink(black=1.0), overprint=True)
    cyan = Fill(Rect(120, 20, 40, 40), Ink(cyan=1.0))
    page = page_of(yellow, black, cyan, trim=Size(200, 100))
    inks = plates(saved(tmp_path / "over.pdf", written(document_of(page))), tmp_path)
    assert (inks["Yellow"][40, 40], inks["Black"][40, 40]) == (1, 1)
    assert (inks["Yellow"][40, 140], inks["Cyan"][40, 140]) == (0, 1)


@pytest.mark.tools("gs")
def test_grey_pictures_are_on_the_black_plate_alone(tmp_path: Path) -> None:
    item = Picture(Rect(10, 10, 80, 80), "a", grey=True)
    page = page_of(Fill(Rect(0, 0, 200, 100), Ink(yellow=1.0)), item, trim=Size(200, 100))
    data = written(document_of(page), pictures={item: press_picture("L", level=102)})
    inks = plates(saved(tmp_path / "grey.pdf", data), tmp_path)
    assert inks["Black"][50, 50] == pytest.approx(0.6, abs=0.02)
    assert inks["Yellow"][50, 50] == inks["Cyan"][50, 50] == 0, "the picture knocks out what lies below"


@pytest.mark.tools("gs")
def test_marks_are_on_every_plate(tmp_path: Path) -> None:
    page = page_of(trim=Size(200, 100))
    inks = plates(saved(tmp_path / "marks.pdf", written(document_of(page), marks=ALL_MARKS)), tmp_path, dpi=144)
    assert set(inks) == {"Cyan", "Magenta", "Yellow", "Black"}
    outside = {name: plate.copy() for name, plate in inks.items()}
    for plate in outside.values():
        assert plate.sum() > 10
        assert (plate == outside["Black"]).all()
        assert plate[61:259, 61:459].max() == 0
