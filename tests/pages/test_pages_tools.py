"""What programs that share no code with this one make of the press file."""

import re
import subprocess
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image
from printed import Geometry, Printed
from readback import Box, ReadPage

from layout.house.model import House

DPI = 96
LIMIT = 0.005
"""A plate's value is a byte: half a percent of ink is no ink."""


def ran(*command: str | Path) -> str:
    """All that a program says; it must be content."""
    done = subprocess.run(command, capture_output=True, check=False)
    output = (done.stdout + done.stderr).decode(errors="replace")
    assert done.returncode == 0, output
    return output


@pytest.mark.tools("qpdf")
def test_qpdf_finds_no_fault(built: Path) -> None:
    said = ran("qpdf", "--check", built)
    assert "No syntax or stream encoding errors found" in said
    assert "WARNING" not in said


@pytest.mark.tools("pdffonts")
def test_every_font_is_embedded_subset_and_readable(built: Path, page: ReadPage) -> None:
    rows = ran("pdffonts", built).splitlines()[2:]
    assert len(rows) == len(page.fonts)
    assert all(re.search(r"CID TrueType +Identity-H +yes yes yes", row) for row in rows)


@pytest.mark.tools("pdfinfo")
def test_poppler_sees_a_pdf_x_4_page(built: Path) -> None:
    said = ran("pdfinfo", built)
    assert re.search(r"^PDF subtype: +PDF/X-4$", said, re.MULTILINE)
    assert re.search(r"^Pages: +1$", said, re.MULTILINE)


@pytest.mark.tools("mutool")
def test_mutool_draws_without_a_word(built: Path, tmp_path: Path) -> None:
    said = ran("mutool", "draw", "-q", "-r", "36", "-o", tmp_path / "page.png", built).splitlines()
    assert [line for line in said if line != "warning: ICC support is not available"] == []


@pytest.fixture(scope="session")
def plates(
    built: Path, pdf: pikepdf.Pdf, house: House, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, np.ndarray]:
    """Ink 0..1 on each plate inside the trim.

    The press profile is source and target at once; else Ghostscript would convert the inks.
    """
    folder, profile = tmp_path_factory.mktemp("plates"), house.press.profile
    said = ran(
        "gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-dPDFSTOPONERROR", "-sDEVICE=tiffsep", f"-r{DPI}",
        f"-sDefaultCMYKProfile={profile}", f"-sOutputICCProfile={profile}", f"--permit-file-read={profile}",
        f"-sOutputFile={folder / 'page%d.tif'}", built,
    )  # fmt: skip
    assert said == ""
    left, top, right, foot = (round(edge / 72 * DPI) for edge in trim_in_media(pdf))
    found = {}
    for file in folder.glob("page1(*).tif"):
        with Image.open(file) as image:
            found[file.stem[6:-1]] = (1 - np.asarray(image.convert("L"), dtype=np.float32) / 255)[top:foot, left:right]
    return found


def trim_in_media(pdf: pikepdf.Pdf) -> Box:
    """The trim from the medium's top left corner."""
    left, low, right, high = map(float, pdf.pages[0].trimbox)
    edge, _, _, ceiling = map(float, pdf.pages[0].mediabox)
    return left - edge, ceiling - high, right - edge, ceiling - low


def cut(plate: np.ndarray, box: Box, grow: float = 0) -> np.ndarray:
    """A view of a box of the page (points), grown on every side."""
    left, top, right, foot = box
    return plate[
        round((top - grow) / 72 * DPI) : round((foot + grow) / 72 * DPI),
        round((left - grow) / 72 * DPI) : round((right + grow) / 72 * DPI),
    ]


@pytest.mark.tools("gs")
def test_there_are_four_plates(plates: dict[str, np.ndarray]) -> None:
    assert set(plates) == {"Cyan", "Magenta", "Yellow", "Black"}


@pytest.mark.tools("gs")
def test_nothing_but_pictures_and_red_heads_is_off_the_black_plate(
    plates: dict[str, np.ndarray], page: ReadPage, printed: Printed
) -> None:
    for name in ("Cyan", "Magenta", "Yellow"):
        plate = plates[name].copy()
        for image in page.images:
            cut(plate, image.box, 1)[:] = 0
        red = [path.box for path in page.paths if path.colour[1] == (0, 1, 1, 0)]
        for head in printed.heads:
            left, right = printed.geometry.columns[head[0].column]
            cut(plate, (left, head[0].baseline - 20, right, head[-1].baseline + 4), 1)[:] = 0
        for box in red:
            cut(plate, box, 2)[:] = 0
        assert plate.max() <= LIMIT, name


@pytest.mark.tools("gs")
def test_body_text_is_solid_black(plates: dict[str, np.ndarray], printed: Printed) -> None:
    for row in printed.body:
        box = (row.left, row.baseline - 7.5, row.right, row.baseline + 1)
        assert cut(plates["Black"], box).max() == pytest.approx(1, abs=LIMIT)


@pytest.mark.tools("gs")
def test_red_heads_are_solid_magenta_and_yellow_and_nothing_else(
    plates: dict[str, np.ndarray], printed: Printed
) -> None:
    for head in printed.heads:
        for row in head:
            box = (row.left, row.baseline - 0.8 * row.glyphs[0].size, row.right, row.baseline)
            tints = {name: cut(plate, box) for name, plate in plates.items()}
            assert tints["Magenta"].max() == pytest.approx(1, abs=LIMIT)
            assert np.array_equal(tints["Magenta"], tints["Yellow"])
            assert max(tints["Cyan"].max(), tints["Black"].max()) <= LIMIT


@pytest.mark.tools("gs")
def test_the_ink_inside_the_trim_keeps_the_limit_of_the_press(plates: dict[str, np.ndarray], house: House) -> None:
    total = np.sum(list(plates.values()), axis=0)
    assert total.max() > 1
    assert (total <= house.press.ink_limit + 0.005).mean() >= 0.9998


@pytest.mark.tools("gs")
def test_the_paper_round_the_type_area_is_blank(
    plates: dict[str, np.ndarray], geometry: Geometry, house: House
) -> None:
    left, _, right, foot = geometry.area
    width, height = house.trim.width, house.trim.height
    for plate in plates.values():
        for box in ((0, 0, left - 1, height), (right + 1, 0, width, height), (0, foot + 1, width, height)):
            assert cut(plate, box).max() <= LIMIT
