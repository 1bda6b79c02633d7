import pytest
from proof_samples import CYAN, TRIM, drawn
from pytest import approx

from layout.core import MM, Point, Rect, Size
from layout.proof.raster import opened, whole
from layout.proof.sheets import (
    HEAD,
    MARGIN,
    OVERLAP,
    PAPERS,
    Layer,
    Sheet,
    fitted,
    joints,
    tiled,
    turned_for_tiles,
    write_sheets,
)

PAGE = Size(390 * MM, 550 * MM)


@pytest.mark.parametrize("paper", PAPERS)
def test_a_page_fits_on_the_paper(paper):
    size = PAPERS[paper]
    scale, at = fitted(PAGE, size, foot=30)
    assert scale < 1
    assert at.x >= MARGIN - 1e-6
    assert at.x + PAGE.width * scale <= size.width - MARGIN + 1e-6
    assert at.y == MARGIN + HEAD
    assert at.y + PAGE.height * scale <= size.height - MARGIN - 30 + 1e-6


def test_a_small_page_is_not_enlarged():
    scale, at = fitted(Size(100, 100), PAPERS["a4"], foot=0)
    assert scale == 1
    assert at.x == approx((PAPERS["a4"].width - 100) / 2)


def test_the_tiles_cover_the_page_and_overlap():
    paper = PAPERS["a4"]
    tiles = tiled(PAGE, paper)
    assert [(tile.row, tile.column) for tile in tiles] == [(1, 1), (1, 2), (2, 1), (2, 2)], "a broadsheet on four A4"
    room = Size(paper.width - 2 * MARGIN, paper.height - 2 * MARGIN - HEAD)
    first, second, _, last = (tile.part for tile in tiles)
    assert (first.x, first.y, first.width, first.height) == (0, 0, room.width, room.height)
    assert second.x == approx(room.width - OVERLAP)
    assert last.right >= PAGE.width - 1e-6
    assert last.bottom >= PAGE.height - 1e-6
    assert tiles[0].at == Point(MARGIN, MARGIN + HEAD)
    assert len(tiled(Size(10, 10), paper)) == 1


def test_paper_lies_as_it_takes_fewer_sheets():
    paper = PAPERS["a4"]
    assert turned_for_tiles(PAGE, paper) == paper
    wide = Size(560 * MM, 180 * MM)
    assert turned_for_tiles(wide, paper) == Size(paper.height, paper.width)


def test_both_tiles_show_the_marks_of_their_joint():
    tiles = tiled(Size(PAGE.width * 1.3, PAGE.height), PAPERS["a4"])
    places = tuple(joints(tiles))
    assert len(places) == 2 * (tiles[-1].row * (tiles[-1].column - 1) + tiles[-1].column * (tiles[-1].row - 1))
    for place in places:
        assert sum(_shows(tile.part, place) for tile in tiles) >= 2


def _shows(part, place):
    return part.x <= place.x <= part.right and part.y <= place.y <= part.bottom


def test_layers_lie_where_they_are_put():
    pdf = drawn((Rect(0, 0, 100, 50), CYAN, False))
    made = write_sheets(
        [Sheet(Size(400, 500), (Layer(pdf, 0.5, Point(40, 60)),)), Sheet(TRIM, (Layer(pdf, 1.0, Point(0, 0)),))]
    )
    with opened(made) as document:
        assert [page.get_size() for page in document] == [(400, 500), (TRIM.width, TRIM.height)]
        image = whole(document[0], 72)
        second = whole(document[1], 72)
    assert image.getpixel((42, 62)) != (255, 255, 255)
    assert image.getpixel((88, 83)) != (255, 255, 255)
    assert image.getpixel((92, 62)) == image.getpixel((38, 62)) == image.getpixel((42, 87)) == (255, 255, 255)
    assert second.getpixel((98, 48)) != (255, 255, 255)


def test_a_layer_that_is_shown_often_is_stored_once():
    pdf = drawn((Rect(0, 0, 100, 50), CYAN, False), text="x" * 2000)
    one, nine = (len(write_sheets([Sheet(TRIM, (Layer(pdf, 1.0, Point(0, 0)),))] * count)) for count in (1, 9))
    assert nine < 2 * one + 9 * 600
