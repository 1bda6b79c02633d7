"""Two facing pages as one: the grid over the fold, heads and captions that keep off it, folio lines at the outside."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from stories import HERE, copy, facts, passage, photo, setter, story

from layout.compose import Setter, compose_page
from layout.compose.grid import area_rect, base_column, fold_gutter, make_frame, type_area
from layout.compose.story import compose_story
from layout.core import MM
from layout.display import GlyphRun, Picture, Stroke
from layout.fonts import Book
from layout.house import load_house
from layout.house.spread import spread_house
from layout.issue.model import Area, Box, Cell, HeadPlace, Issue, Page, Paper
from layout.text import Measures


def wide(style: str = "broadsheet", **overrides: object) -> Setter:
    checked = load_house(style, overrides=((overrides, HERE),) if overrides else ())
    assert checked.value is not None, checked.diagnostics
    house = spread_house(checked.value)
    return Setter(house, Measures(Book(house.faces)))


@pytest.fixture(scope="module")
def both() -> Setter:
    return wide(furniture={"column_rule": "hairline"})


def runs(items: object, tag: str) -> list[GlyphRun]:
    return [item for item in items if isinstance(item, GlyphRun) and item.tag == tag]


@pytest.mark.parametrize(("style", "columns", "characters"), [("broadsheet", 16, 13), ("tabloid", 12, 12)])
def test_columns_go_on_over_the_fold(style: str, columns: int, characters: int) -> None:
    """As many whole characters as fit beside the gutter; outer margins and fold where they are on single pages."""
    single, house = load_house(style).value, wide(style).house
    assert single is not None
    grid, page = house.grid, single.trim.width
    assert (grid.columns, grid.characters) == (columns, characters)
    assert house.trim.width == 2 * page
    assert grid.margins.left == pytest.approx(single.grid.margins.left)
    assert fold_gutter(grid) == pytest.approx((page - single.spread.gutter / 2, page + single.spread.gutter / 2))
    edges = [base_column(grid, number) for number in range(1, columns + 1)]
    assert edges[columns // 2 - 1][1] == pytest.approx(page - single.spread.gutter / 2)
    assert edges[columns // 2][0] == pytest.approx(page + single.spread.gutter / 2)
    assert edges[-1][1] == pytest.approx(type_area(grid).right) == pytest.approx(2 * page - grid.margins.right)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 16), st.integers(1, 16), st.integers(1, 12), st.booleans())
def test_no_text_column_comes_near_the_fold(one: int, other: int, columns: int, boxed: bool) -> None:
    grid = wide().house.grid
    area = Area(min(one, other), max(one, other), 1, 20)
    frame = make_frame(grid, area, size=9.0, columns=columns)
    low, high = fold_gutter(grid)
    rect = area_rect(grid, area)
    for column in range(frame.columns if frame.measure > 0 else 0):
        left, right = frame.x + frame.along(column), frame.x + frame.along(column) + frame.column_width
        assert right <= low + 1e-6 or left >= high - 1e-6
        assert rect.x - 1e-6 <= left <= right <= rect.right + 1e-6
    assert frame.split in (0, *range(1, frame.columns))


def test_a_head_moves_until_the_fold_cuts_no_character(both: Setter) -> None:
    fold = both.house.trim.width / 2
    for text in ("履职尽责结硕果", "团结奋斗新征程上启", "委员走进社区", "2024年春耕生产全面展开"):
        made = compose_story(story(area=Area(1, 16, 1, 40), headline=passage(text, "headline")), both, {}, page=4)
        heads = runs(made.items, "headline")
        assert min(run.x for run in heads) < fold < max(run.x + run.width for run in heads)
        for run in heads:
            pen = run.x
            for glyph in run.glyphs:
                assert not pen + 0.01 < fold < pen + glyph.advance - 0.01, (text, glyph.text)
                pen += glyph.advance


def test_a_head_that_has_no_room_to_move_is_told() -> None:
    tight = wide("tabloid", styles={"headline": {"size": "30pt"}})
    made = compose_story(
        story(area=Area(6, 7, 1, 40), headline=passage("一二三四五六七八九", "headline")), tight, {}, page=4
    )
    found = [each for each in made.diagnostics if each.code == "head-over-fold"]
    assert len(found) == 1
    assert found[0].page == 4
    assert "|" in found[0].hint


def test_a_picture_crosses_the_fold_and_its_caption_does_not(both: Setter) -> None:
    low, high = fold_gutter(both.house.grid)
    for column, side in ((3, "left"), (7, "right")):
        across = photo("a.jpg", columns=8, lines=20, at=Cell(column, 1))
        made = compose_story(
            story(area=Area(1, 16, 1, 60), text=copy(6), photos=(across,)), both, facts("a.jpg"), page=4
        )
        (picture,) = [item for item in made.items if isinstance(item, Picture)]
        assert picture.rect.x < low < high < picture.rect.right
        caption = runs(made.items, "caption")
        assert caption
        if side == "left":
            assert all(run.x + run.width <= low + 0.01 for run in caption)
        else:
            assert all(run.x >= high - 0.01 for run in caption)


def test_no_column_rule_stands_on_the_fold(both: Setter) -> None:
    made = compose_story(story(area=Area(1, 16, 1, 30), text=copy(60)), both, {}, page=4)
    rules = [item.start.x for item in made.items if isinstance(item, Stroke) and item.tag == "column-rule"]
    low, high = fold_gutter(both.house.grid)
    assert len({round(x, 2) for x in rules}) == 14
    assert not any(low < x < high for x in rules)


def test_a_box_over_the_fold_is_one_box(both: Setter) -> None:
    made = compose_story(story(area=Area(7, 10, 1, 30), text=copy(2), box=Box("thin")), both, {}, page=4)
    low, high = fold_gutter(both.house.grid)
    assert made.rect.x < low < high < made.rect.right
    assert all(run.x + run.width <= low + 0.01 or run.x >= high - 0.01 for run in runs(made.items, "body"))


def test_a_sliver_beside_the_fold_gets_no_column(both: Setter) -> None:
    head = HeadPlace(vertical="right")
    made = compose_story(
        story(
            area=Area(7, 9, 1, 60),
            kicker=passage("沿河", "kicker"),
            headline=passage("春水绿如蓝", "headline"),
            head=head,
            text=copy(2),
        ),
        both,
        {},
        page=4,
    )
    assert all(run.x < fold_gutter(both.house.grid)[0] for run in runs(made.items, "body"))


def test_a_wide_gutter_over_the_fold_is_no_line_off_its_column() -> None:
    apart = wide("tabloid", spread={"gutter": "40mm"})
    made = compose_story(story(area=Area(4, 9, 1, 30), text=copy(6)), apart, {}, page=4)
    assert {run.x < apart.house.trim.width / 2 for run in runs(made.items, "body")} == {True, False}
    assert (made.report.quality.off_edge, made.report.quality.flaws) == (0.0, ())


@pytest.mark.parametrize(("column", "told"), [(5, False), (1, True)], ids=["at the fold", "on one page"])
def test_heads_on_facing_pages_do_not_touch(both: Setter, column: int, *, told: bool) -> None:
    left, right = (
        story(area=Area(first, first + 3, 1, 40), headline=passage("政协商协聚民智凝共识", "headline"), text=copy(4))
        for first in (column, column + 4)
    )
    page = Page(4, HERE, "", (left, replace(right, slug="b")), spread=True)
    made = compose_page(issue_of(page), page, both, dict.fromkeys(("a", "b"), both), {})
    assert ("headlines-touch" in [each.code for each in made.diagnostics]) == told


def test_a_vertical_story_keeps_to_one_page(both: Setter) -> None:
    given = {"direction": "vertical", "text": copy(2)}
    over, beside = (
        compose_story(story(area=Area(*columns, 1, 60), **given), both, {}, page=4) for columns in ((7, 10), (9, 12))
    )
    assert "vertical-over-fold" in codes(over)
    assert "vertical-over-fold" not in codes(beside)


# pages


def issue_of(page: Page) -> Issue:
    return Issue(Paper("样报"), date(2024, 1, 8), "broadsheet", (page,), Path(), HERE)


def test_each_page_has_its_folio_line_at_its_outer_edge(both: Setter) -> None:
    page = Page(4, HERE, "专版", (story(area=None, text=copy(3)),), staff=(("责编", "张三"),), spread=True)
    made = compose_page(issue_of(page), page, both, {"a": both}, {})
    area, fold = type_area(both.house.grid), both.house.trim.width / 2
    assert made.display.fold == fold
    assert made.display.folios == (4, 5)
    four, five = runs(made.display.items, "folio-number")
    assert (four.text, five.text) == ("4", "5")
    assert four.x == pytest.approx(area.x)
    assert five.x + five.width == pytest.approx(area.right)
    texts = runs(made.display.items, "folio")
    assert any("专版" in run.text and run.x < four.x + 60 for run in texts)
    assert any("张三" in run.text and run.x > fold for run in texts)
    low, high = fold_gutter(both.house.grid)
    assert all(run.x + run.width < low - 50 or run.x > high + 50 for run in texts)
    slugs = made.display.slug
    assert {run.x > fold for run in slugs if isinstance(run, GlyphRun)} == {False, True}


def test_an_area_outside_is_told_with_the_columns_of_both_pages(both: Setter) -> None:
    page = Page(4, HERE, stories=(story(area=Area(9, 17, 1, 20), text=copy(1)),), spread=True)
    made = compose_page(issue_of(page), page, both, {"a": both}, {})
    (found,) = [each for each in made.diagnostics if each.code == "area-outside"]
    assert found.hint == "columns 1-16 (1-8 on page 4, 9-16 on page 5), lines 1-115"


# pictures that run off the page

BLEED = {"bleed": "3mm"}


def composed(setting: Setter, *photos: object, size: tuple[int, int] = (3000, 2000), **given: object) -> object:
    names = [str(each.file) for each in photos]
    return compose_story(story(photos=photos, **given), setting, facts(*names, size=size), page=6)


def pictures(made: object) -> list[Picture]:
    return [item for item in made.items if isinstance(item, Picture)]


def codes(made: object) -> set[str]:
    return {each.code for each in made.diagnostics}


def test_a_picture_runs_over_the_trim_at_the_edges_that_it_names() -> None:
    house = setter(BLEED)
    bleed, trim, area = 3 * MM, house.house.trim, type_area(house.house.grid)
    whole = photo(caption=None, bleed=("top", "right", "bottom", "left"))
    made = composed(house, whole, area=None)
    (picture,) = pictures(made)
    assert codes(made) == set()
    assert (picture.rect.x, picture.rect.y) == pytest.approx((-bleed, -bleed))
    assert (picture.rect.right, picture.rect.bottom) == pytest.approx((trim.width + bleed, trim.height + bleed))
    shown = (picture.crop.width * 3000) / (picture.crop.height * 2000)
    assert shown == pytest.approx(picture.rect.width / picture.rect.height)  # the bleed is cropped from the file too
    side = composed(
        house, photo(caption=None, columns=8, at=Cell(1, 1), lines=30, bleed=("left",)), area=None, text=copy(3)
    )
    (picture,) = pictures(side)
    assert picture.rect.x == pytest.approx(-bleed)
    assert (picture.rect.y, picture.rect.right) == pytest.approx((area.y, area.right))


def test_a_caption_keeps_to_the_columns() -> None:
    house = setter(BLEED)
    made = composed(house, photo(columns=3, at=Cell(1, 1), lines=20, bleed=("left", "top")), area=None, text=copy(3))
    assert codes(made) <= {"underset"}
    assert all(run.x >= type_area(house.house.grid).x - 0.01 for run in runs(made.items, "caption"))


@pytest.mark.parametrize(
    ("given", "overrides", "code"),
    [
        ({"bleed": ("left",), "columns": 2, "at": Cell(1, 1)}, {}, "bleed-missing"),
        ({"bleed": ("left",), "columns": 2, "at": Cell(2, 1)}, BLEED, "bleed-inside"),
        ({"bleed": ("top",), "columns": 2, "at": Cell(1, 9)}, BLEED, "bleed-inside"),
        ({"bleed": ("bottom",), "columns": 2, "at": "top"}, BLEED, "bleed-inside"),
        ({"bleed": ("bottom", "right"), "columns": 2, "at": "bottom"}, BLEED, "bleed-caption"),
    ],
)
def test_a_picture_that_cannot_bleed_is_told(given: dict, overrides: dict, code: str) -> None:
    made = composed(setter(overrides), photo(lines=20, **given), area=None, text=copy(3))
    found = [each for each in made.diagnostics if each.code == code]
    assert len(found) == 1
    assert found[0].hint
    assert found[0].page == 6


def test_a_picture_at_the_foot_stays_there_though_copy_is_short() -> None:
    house = setter(BLEED)
    foot = photo(caption=None, columns=3, lines=20, at="bottom", bleed=("bottom", "right"))
    made = composed(house, foot, area=None, text=copy(1))
    assert codes(made) == {"underset"}
    (picture,) = pictures(made)
    assert picture.rect.bottom == pytest.approx(house.house.trim.height + 3 * MM)


def test_a_head_on_a_picture_knocks_out_in_its_ink() -> None:
    house = setter(BLEED)
    top = photo(caption=None, at="top", lines=40, bleed=("top", "left", "right"))
    given = {"area": None, "text": copy(8), "headline": passage("河上的夜晚", "headline")}
    made = composed(house, top, head=HeadPlace(over="white"), **given)
    assert codes(made) <= {"underset"}
    (picture,) = pictures(made)
    heads = runs(made.items, "headline")
    assert heads
    assert {(run.ink, run.overprint) for run in heads} == {(house.house.palette["white"], False)}
    assert all(picture.rect.y < run.baseline < picture.rect.bottom for run in heads)
    assert made.items.index(heads[0]) > made.items.index(picture)
    assert min(run.baseline for run in runs(made.items, "body")) > picture.rect.bottom
    black = composed(house, top, head=HeadPlace(over="black"), **given)
    assert not any(run.overprint for run in runs(black.items, "headline"))


def test_a_head_without_its_picture_and_an_ink_that_is_none() -> None:
    house = setter()
    given = {"area": Area(1, 8, 1, 60), "text": copy(4), "headline": passage("河上的夜晚", "headline")}
    bare = composed(house, photo(columns=2, at="bottom"), head=HeadPlace(over="white"), **given)
    assert "head-over-nothing" in codes(bare)
    upright = composed(house, photo(columns=2, at="top"), head=HeadPlace(over="white", vertical="right"), **given)
    assert "head-over-vertical" in codes(upright)
    wrong = composed(house, photo(columns=8, lines=30, at="top"), head=HeadPlace(over="whit"), **given)
    (found,) = [each for each in wrong.diagnostics if each.code == "unknown-name"]
    assert "white" in found.hint


def test_the_folio_line_is_reversed_where_it_stands_on_a_picture() -> None:
    house = setter(BLEED)
    left = replace(photo(caption=None), columns=4, lines=40, at=Cell(1, 1), bleed=("top", "left"))
    page = Page(6, HERE, "图片", (story(area=None, text=copy(4), photos=(left,)),))
    made = compose_page(issue_of(page), page, house, {"a": house}, facts("a.jpg", size=(3000, 2000)))
    (picture,) = [item for item in made.display.items if isinstance(item, Picture)]
    white, black = house.house.palette["white"], house.house.palette["black"]
    folio = [item for item in made.display.items if getattr(item, "tag", "").startswith("folio")]
    for item in folio:
        ends = (item.start.x, item.end.x) if isinstance(item, Stroke) else (item.x, item.x + item.width)
        inside = (ends[0] + ends[1]) / 2 < picture.rect.right
        assert item.ink == (white if inside else black)
        assert made.display.items.index(item) > made.display.items.index(picture)
    rules = [item for item in folio if isinstance(item, Stroke)]
    assert len(rules) == 4  # both strokes of the pair, each parted at the picture's edge
    assert sum(rule.end.x - rule.start.x for rule in rules) == pytest.approx(2 * type_area(house.house.grid).width)
