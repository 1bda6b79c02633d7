"""The page as it looks, drawn by pdfium at a pixel a point."""

from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageOps
from printed import Geometry, Printed
from readback import Box, ReadPage

from layout.display import DisplayPage, Picture
from layout.pipeline.load import Prepared

WHITE = 250
CELL = 3
"""Holes are looked for on a raster of cells, points wide and high."""


@pytest.fixture(scope="session")
def raster(pdfium: pypdfium2.PdfDocument, pdf: pikepdf.Pdf) -> np.ndarray:
    """The trim, a pixel a point, 0 black to 255 white."""
    image = pdfium[0].render(scale=1, grayscale=True).to_numpy()
    whole = np.asarray(image).reshape(image.shape[0], image.shape[1])
    left, _, right, high = map(float, pdf.pages[0].trimbox)
    top = round(float(pdf.pages[0].mediabox[3]) - high)
    height = round(high - float(pdf.pages[0].trimbox[1]))
    return whole[top : top + height, round(left) : round(right)]


def cut(raster: np.ndarray, box: Box) -> np.ndarray:
    left, top, right, foot = (round(edge) for edge in box)
    return raster[top:foot, left:right]


def largest_hole(raster: np.ndarray) -> int:
    """The side of the largest white square, in points, to a cell's accuracy."""
    rows, columns = raster.shape[0] // CELL, raster.shape[1] // CELL
    cells = raster[: rows * CELL, : columns * CELL].reshape(rows, CELL, columns, CELL)
    blank = (cells.min(axis=(1, 3)) >= WHITE).tolist()
    best, above = 0, [0] * (columns + 1)
    for row in blank:
        here = [0] * (columns + 1)
        for place, white in enumerate(row, 1):
            if white:
                here[place] = 1 + min(above[place], above[place - 1], here[place - 1])
        best, above = max(best, *here), here
    return best * CELL


def test_a_hole_is_found() -> None:
    raster = np.zeros((120, 90), dtype=np.uint8)
    raster[30:90, 15:60] = 255
    assert largest_hole(raster) == 45


def test_the_text_and_pictures_leave_no_hole(
    raster: np.ndarray, geometry: Geometry, page: ReadPage, printed: Printed
) -> None:
    left, _, right, foot = geometry.area
    top = min(*(image.box[1] for image in page.images), *(row.baseline for row in printed.rows))
    assert largest_hole(cut(raster, (left, top, right, foot))) <= 4 * geometry.pitch


def test_the_head_leaves_no_hole(raster: np.ndarray, geometry: Geometry) -> None:
    assert largest_hole(cut(raster, geometry.area)) <= 8 * geometry.pitch


def placed(display: DisplayPage) -> list[Picture]:
    return [item for item in display.items if isinstance(item, Picture)]


def box_of(picture: Picture) -> Box:
    rect = picture.rect
    return rect.x, rect.y, rect.right, rect.bottom


def test_pictures_stand_where_the_display_list_says(page: ReadPage, display: DisplayPage) -> None:
    meant = [box_of(picture) for picture in placed(display)]
    assert len(meant) == 8
    for found, box in zip((image.box for image in page.images), meant, strict=True):
        assert found == pytest.approx(box, abs=0.002)


def test_each_place_shows_its_own_photograph_upright_and_whole(
    raster: np.ndarray, display: DisplayPage, prepared: Prepared
) -> None:
    for picture in placed(display):
        shown = Image.fromarray(cut(raster, box_of(picture)))
        meant = cropped(prepared.facts[picture.source].path, picture)
        one, other = (np.asarray(image.resize((48, 36)), dtype=np.float64).ravel() for image in (shown, meant))
        assert np.corrcoef(one, other)[0, 1] > 0.9, picture.source


def cropped(path: Path, picture: Picture) -> Image.Image:
    with Image.open(path) as photograph:
        upright = ImageOps.exif_transpose(photograph).convert("L")
    width, height, crop = *upright.size, picture.crop
    return upright.crop(
        (round(crop.x * width), round(crop.y * height), round(crop.right * width), round(crop.bottom * height))
    )


def test_paper_shows_round_every_picture(raster: np.ndarray, display: DisplayPage) -> None:
    """Nothing touches a picture: two points off its edges the paper is white."""
    for picture in placed(display):
        left, top, right, foot = box_of(picture)
        for side in (
            (left - 3, top, left - 1, foot),
            (right + 2, top, right + 4, foot),
            (left, top - 4, right, top - 1),
        ):
            assert cut(raster, side).min() >= WHITE, picture.source
