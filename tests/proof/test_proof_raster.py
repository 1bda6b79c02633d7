from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image, ImageChops
from proof_samples import CYAN, MARGIN, TRIM, drawn

from layout.core import Rect, Size
from layout.proof import raster
from layout.proof.folder import BASE, FINE, TILE
from layout.proof.raster import PdfError, medium, opened

BOX = Rect(50, 60, 100, 30)


def picture(path):
    with Image.open(path) as image:
        return image.copy()


@pytest.fixture
def folder(tmp_path):
    with opened(drawn((BOX, CYAN, False), trim=Size(300, 1000))) as document, ThreadPoolExecutor(2) as pool:
        raster.write_levels(document[0], tmp_path, pool)
    return tmp_path


def test_the_trim_lies_on_the_medium():
    with opened(drawn()) as document:
        found = medium(document[0])
    assert (found.width, found.height) == (TRIM.width + 2 * MARGIN, TRIM.height + 2 * MARGIN)
    assert found.trim == Rect(MARGIN, MARGIN, TRIM.width, TRIM.height)


@pytest.mark.parametrize("data", [b"", b"no pdf at all", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_pdf(data):
    with pytest.raises(PdfError), opened(data):
        pass


def test_strips_are_cut_from_the_whole():
    with opened(drawn((BOX, CYAN, False))) as document:
        page = document[0]
        whole = page.render(scale=300 / 72).to_pil().convert("RGB")
        parts = [strip.cut((0, 0, *strip.size)).convert("RGB") for strip in raster.Strips(page, 300, 700)]
    assert [part.height for part in parts] == [700, 700, whole.height - 1400]
    top = 0
    for part in parts:
        expected = whole.crop((0, top, whole.width, top + part.height))
        assert ImageChops.difference(part, expected).getbbox() is None
        top += part.height


def test_a_part_is_cut_from_a_strip():
    with opened(drawn((BOX, CYAN, False))) as document:
        (strip,) = raster.Strips(document[0], 300, 5000)
        whole = strip.cut((0, 0, *strip.size)).convert("RGB")
        for box in ((0, 0, 9, 5), (200, 300, 500, 501), (*(length - 40 for length in strip.size), *strip.size)):
            assert ImageChops.difference(strip.cut(box).convert("RGB"), whole.crop(box)).getbbox() is None


@pytest.mark.parametrize("level", [BASE, FINE])
def test_the_tiles_are_the_page(folder, level):
    paths = (folder / str(level)).glob("*.jpg")
    tiles = {tuple(map(int, path.stem.split("-"))): picture(path) for path in paths}
    width = sum(tiles[0, column].width for column in range(1 + max(column for _, column in tiles)))
    height = sum(tiles[row, 0].height for row in range(1 + max(row for row, _ in tiles)))
    assert (width, height) == pytest.approx((340 / 72 * level, 1040 / 72 * level), abs=2)
    assert all(tile.width <= TILE and tile.height <= TILE for tile in tiles.values())
    x, y = (MARGIN + 100) / 72 * level, (MARGIN + 75) / 72 * level
    red, _green, blue = tiles[int(y) // TILE, int(x) // TILE].convert("RGB").getpixel((int(x) % TILE, int(y) % TILE))
    assert red < 60 < blue


def test_a_tile_without_colour_is_grey(folder):
    assert picture(folder / "300" / "3-0.jpg").mode == "L"
    assert picture(folder / "300" / "0-0.jpg").mode == "RGB"


@pytest.mark.parametrize("threads", [0, 2])
@pytest.mark.parametrize("strip", [12_000_000, 40_000_000])
def test_in_high_strips_come_the_same_tiles(tmp_path, folder, monkeypatch, strip, threads):
    monkeypatch.setattr(raster, "STRIP", strip)
    pdf = drawn((BOX, CYAN, False), trim=Size(300, 1000))
    (tmp_path / "strips").mkdir()
    with opened(pdf) as document, ThreadPoolExecutor(max(1, threads)) as pool:
        raster.write_levels(document[0], tmp_path / "strips", pool if threads else None, high=True)
    tiles = sorted(path.relative_to(folder) for path in folder.glob("*00/*.jpg"))
    assert tiles == sorted(path.relative_to(tmp_path / "strips") for path in tmp_path.glob("strips/*00/*.jpg"))
    for tile in tiles:
        assert (tmp_path / "strips" / tile).read_bytes() == (folder / tile).read_bytes()


def test_the_quick_picture_stands_where_the_fine_one_will(tmp_path, folder):
    with opened(drawn((BOX, CYAN, False), trim=Size(300, 1000))) as document:
        (tmp_path / "quick").mkdir()
        raster.write_quick(document[0], tmp_path / "quick")
    names = [sorted(path.name for path in at.glob("100/*.jpg")) for at in (tmp_path / "quick", folder)]
    assert names[0] == names[1]
    assert picture(tmp_path / "quick/thumb.jpg").size == picture(folder / "thumb.jpg").size
