"""Spot inks in the file: a Separation by its name, with the tints that the house style gives it, and its own plate."""

import subprocess
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from msgspec.structs import replace
from pdf_samples import NO_MARKS, document_of, opened, page_of, saved, set_run, written
from PIL import Image

from layout.core import BLACK, Ink, Point, Rect, Size, Spot
from layout.display import Curve, Fill, Stroke

TIN = Spot("PANTONE 185 C", (0.0, 0.91, 0.76, 0.0))
GOLD = Spot("专金 871/2#", (0.2, 0.25, 0.6, 0.255))
SOLID = Ink(spot=TIN, tint=1.0)
TRIM = Size(200, 100)


def spaces(page: pikepdf.Page) -> dict[str, pikepdf.Object]:
    return {str(space[1]): space for space in page.obj.Resources.get("/ColorSpace", pikepdf.Dictionary()).values()}


@pytest.mark.parametrize("standard", ["x4", "x1a"])
def test_a_spot_is_a_separation_over_cmyk(standard: str) -> None:
    page = page_of(Fill(Rect(0, 0, 50, 50), SOLID), Fill(Rect(60, 0, 50, 50), Ink(spot=GOLD, tint=0.4)), trim=TRIM)
    with opened(written(document_of(page), standard=standard)) as pdf:
        found = spaces(pdf.pages[0])
        assert set(found) == {"/PANTONE 185 C", "/专金 871/2#"}, "the names are UTF-8"
        family, _, alternate, function = found["/专金 871/2#"]
        assert (str(family), str(alternate)) == ("/Separation", "/DeviceCMYK")
        assert (int(function.FunctionType), float(function.N)) == (2, 1.0)
        assert [float(tint) for tint in function.C0] == [0, 0, 0, 0]
        assert [float(tint) for tint in function.C1] == pytest.approx(GOLD.solid)


def test_the_name_in_the_file_is_the_bytes_of_its_utf_8() -> None:
    data = written(document_of(page_of(Fill(Rect(0, 0, 50, 50), Ink(spot=GOLD, tint=1.0)), trim=TRIM)))
    assert b"/#e4#b8#93#e9#87#91#20871#2f2#23" in data


def test_operators_of_type_rules_curves_and_fills() -> None:
    items = (
        Fill(Rect(0, 0, 50, 50), replace(SOLID, tint=0.15)),
        set_run("专色", 10, 30, size=18, ink=SOLID, overprint=False),
        Stroke(Point(0, 60), Point(50, 60), 1.0, SOLID),
        Curve((Point(0, 70), Point(1, 71), Point(2, 72), Point(3, 73)), SOLID),
        Curve((Point(0, 70), Point(1, 71), Point(2, 72), Point(3, 73)), SOLID, width=0.5),
        Fill(Rect(60, 0, 50, 50), BLACK),
    )
    with opened(written(document_of(page_of(*items, trim=TRIM)))) as pdf:
        text = pdf.pages[0].obj.Contents.read_bytes().decode()
    wanted = {"/CS1 cs 0.15 scn": 1, "/CS1 cs 1 scn": 1, "/CS1 CS 1 SCN": 1, "0 0 0 1 k": 1}
    assert {each: text.count(each) for each in wanted} == wanted, "each is set where it changes"


def test_pages_share_one_space_and_have_only_their_own() -> None:
    one = page_of(Fill(Rect(0, 0, 50, 50), SOLID), folio=1, trim=TRIM)
    two = page_of(Fill(Rect(0, 0, 9, 9), Ink(spot=GOLD, tint=1.0)), Fill(Rect(0, 0, 9, 9), SOLID), folio=2, trim=TRIM)
    plain = page_of(Fill(Rect(0, 0, 50, 50), BLACK), folio=3, trim=TRIM)
    with opened(written(document_of(one, two, plain))) as pdf:
        names = [sorted(spaces(page)) for page in pdf.pages]
        assert names == [["/PANTONE 185 C"], ["/PANTONE 185 C", "/专金 871/2#"], []]
        first, second = (spaces(page)["/PANTONE 185 C"].objgen for page in pdf.pages[:2])
        assert first == second != (0, 0)


def test_what_a_spot_looks_like_counts_in_the_files_identity() -> None:
    other = Ink(spot=replace(TIN, solid=(0.0, 0.9, 0.76, 0.0)), tint=1.0)
    ids = set()
    for ink in (SOLID, other):
        with opened(written(document_of(page_of(Fill(Rect(0, 0, 9, 9), ink), trim=TRIM)))) as pdf:
            ids.add(bytes(pdf.trailer.ID[0]))
    assert len(ids) == 2


def plates(data: bytes, folder: Path) -> dict[str, np.ndarray]:
    """Ink 0..1 on each plate at 72 dpi."""
    path = saved(folder / "page.pdf", data)
    call = ("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", "-r72", f"-sOutputFile={folder}/p.tif")
    done = subprocess.run((*call, path), capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")
    found = {}
    for file in folder.glob("p(*).tif"):
        with Image.open(file) as image:
            found[file.stem[2:-1]] = 1 - np.asarray(image.convert("L")) / 255
    return found


@pytest.mark.tools("gs")
@pytest.mark.parametrize("standard", ["x4", "x1a"])
def test_plates_show_overprint_and_knockout(standard: str, tmp_path: Path) -> None:
    cyan, spot = Ink(cyan=1.0), replace(SOLID, tint=0.4)
    items = (
        Fill(Rect(0, 0, 100, 100), cyan),
        Fill(Rect(100, 0, 100, 100), spot),
        Fill(Rect(20, 20, 40, 40), SOLID),  # knocks out of the cyan
        Fill(Rect(120, 20, 40, 40), BLACK, overprint=True),  # black over a tint of the spot
        Fill(Rect(120, 70, 40, 20), Ink()),  # white knocks out of the spot
    )
    data = written(document_of(page_of(*items, trim=TRIM)), marks=NO_MARKS, standard=standard)
    inks = plates(data, tmp_path)
    assert set(inks) == {"Cyan", "Magenta", "Yellow", "Black", "PANTONE 185 C"}
    tin = inks["PANTONE 185 C"]
    assert (inks["Cyan"][10, 10], inks["Cyan"][40, 40], tin[40, 40]) == (1, 0, 1)
    assert (inks["Black"][40, 140], tin[40, 140]) == (1, pytest.approx(0.4, abs=0.005))
    assert (tin[80, 140], tin[50, 180]) == (0, pytest.approx(0.4, abs=0.005))
    assert inks["Magenta"].max() == inks["Yellow"].max() == 0, "the spot leaves nothing on the process plates"
