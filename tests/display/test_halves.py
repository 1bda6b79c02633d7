"""The halves of a spread: everything once, cut at the fold, nothing of the other page beyond the overlap."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.core import BLACK, Point, Rect, Size
from layout.display import Curve, DisplayPage, Fill, Foreign, Glyph, GlyphRun, Item, Picture, Stroke, halves
from layout.display.document import Document
from layout.display.dump import dump

FOLD = 300.0


def spread(*items: Item, slug: tuple[Item, ...] = (), bleed: float = 0.0) -> DisplayPage:
    return DisplayPage(4, Size(2 * FOLD, 400.0), bleed, items, slug, FOLD)


def run(x: float, text: str, size: float = 10.0) -> GlyphRun:
    return GlyphRun(x, 50.0, "song", size, BLACK, tuple(Glyph(7, size, sign) for sign in text))


def test_pages_have_their_numbers_trims_and_windows() -> None:
    left, right = halves(spread(bleed=9.0), overlap=2.0)
    assert [(half.folio, half.trim, half.fold) for half in (left, right)] == [
        (4, Size(FOLD, 400.0), None),
        (5, Size(FOLD, 400.0), None),
    ]
    assert left.within == Rect(-9.0, -9.0, FOLD + 11.0, 418.0)
    assert right.within == Rect(-2.0, -9.0, FOLD + 11.0, 418.0)


def test_a_run_is_parted_between_its_glyphs() -> None:
    left, right = halves(spread(run(280.0, "一二三四")))
    (one,), (other,) = left.items, right.items
    assert (one.text, one.x) == ("一二", 280.0)
    assert (other.text, other.x) == ("三四", 0.0)


def test_a_glyph_on_the_fold_stands_on_both_pages() -> None:
    left, right = halves(spread(run(275.0, "一二三四")))
    assert left.items[0].text == "一二三"
    assert (right.items[0].text, right.items[0].x) == ("三四", -5.0)


def test_the_overlap_shows_what_lies_beyond_the_fold() -> None:
    left, right = halves(spread(run(280.0, "一二三四五六"), bleed=12.0), overlap=12.0)
    assert left.items[0].text == "一二三四"
    assert right.items[0].text == "一二三四五六"  # 12 points back stand both glyphs before the fold
    assert right.items[0].x == -20.0


def test_glyphs_of_one_cluster_stay_together() -> None:
    cluster = GlyphRun(
        290.0, 50.0, "song", 10.0, BLACK, (Glyph(1, 10.0, "fi"), Glyph(2, 10.0, ""), Glyph(3, 10.0, "x"))
    )
    left, right = halves(spread(cluster))
    assert [glyph.gid for glyph in left.items[0].glyphs] == [1, 2]
    assert [glyph.gid for glyph in right.items[0].glyphs] == [3]


@given(st.floats(0, 500), st.floats(10, 400), st.floats(0, 0.5), st.floats(0.1, 0.5))
def test_a_picture_is_cropped_as_it_is_cut(x: float, width: float, crop_x: float, crop_width: float) -> None:
    picture = Picture(Rect(x, 10.0, width, 80.0), "a.jpg", Rect(crop_x, 0.2, crop_width, 0.5))
    parts = [item for half in halves(spread(picture)) for item in half.items]
    assert sum(part.rect.width for part in parts) == pytest.approx(min(x + width, 2 * FOLD) - x, abs=1e-4)
    for part in parts:
        assert part.crop.width / part.rect.width == pytest.approx(crop_width / width)
        assert (part.crop.y, part.crop.height, part.rect.height) == (0.2, 0.5, 80.0)
    if len(parts) == 2:
        assert parts[0].crop.right == pytest.approx(parts[1].crop.x)
        assert parts[1].rect.x == 0.0


def test_shapes_go_where_they_stand() -> None:
    level = Stroke(Point(250.0, 9.0), Point(350.0, 9.0), 1.0, BLACK)
    upright = Stroke(Point(299.9, 0.0), Point(299.9, 90.0), 1.0, BLACK)
    dashed = Stroke(Point(250.0, 9.0), Point(350.0, 9.0), 1.0, BLACK, dash=(2.0, 2.0))
    fill = Fill(Rect(200.0, 0.0, 200.0, 50.0), BLACK)
    curve = Curve((Point(310.0, 0.0), Point(320.0, 0.0), Point(330.0, 0.0), Point(340.0, 0.0)), BLACK)
    down = GlyphRun(320.0, 20.0, "song", 12.0, BLACK, (Glyph(1, 12.0, "竖"),), flow="down")
    left, right = halves(spread(level, upright, dashed, fill, curve, down, slug=(run(20.0, "四"), run(320.0, "五"))))
    assert left.items == (
        Stroke(Point(250.0, 9.0), Point(300.0, 9.0), 1.0, BLACK),
        upright,
        dashed,
        Fill(Rect(200.0, 0.0, 100.0, 50.0), BLACK),
    )
    assert right.items[0] == Stroke(Point(0.0, 9.0), Point(50.0, 9.0), 1.0, BLACK)
    assert right.items[1].start.x == pytest.approx(-0.1)  # half of its width shows
    assert right.items[2].end.x == 50.0
    assert right.items[3] == Fill(Rect(0.0, 0.0, 100.0, 50.0), BLACK)
    assert right.items[4].points[0] == Point(10.0, 0.0)
    assert right.items[5].x == 20.0
    assert [half.slug[0].text for half in (left, right)] == ["四", "五"]


def test_an_ad_over_the_fold_stands_on_both_pages_whole() -> None:
    """Its content cannot be cut here: the window of the half does that."""
    left, right = halves(spread(Foreign(Rect(200.0, 10.0, 250.0, 80.0), "ad.pdf"), Foreign(Rect(9, 9, 9, 9), "b.pdf")))
    assert [item.rect for item in left.items] == [Rect(200.0, 10.0, 250.0, 80.0), Rect(9, 9, 9, 9)]
    assert [item.rect for item in right.items] == [Rect(-100.0, 10.0, 250.0, 80.0)]


def test_the_dump_names_both_pages() -> None:
    assert dump(Document("样报", date(2024, 1, 8), (spread(),))) == "page 4-5 trim 600x400 bleed 0 fold 300\n"
