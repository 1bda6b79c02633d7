"""A story in its area: on the grid, flush, complete, fitted, with its faults told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from stories import SENTENCE, copy, facts, passage, photo, setter, story

from layout.compose import Setter
from layout.compose.grid import type_area
from layout.compose.story import compose_story
from layout.core import Rect
from layout.display import Fill, GlyphRun, Picture, Stroke
from layout.issue.model import Area, Box, Cell


@pytest.fixture(scope="module")
def house() -> Setter:
    return setter()


def body(placement: object) -> list[GlyphRun]:
    return [item for item in placement.items if isinstance(item, GlyphRun) and item.tag == "body"]


def lines(placement: object) -> dict[tuple[float, float], list[GlyphRun]]:
    """The runs of each body line by baseline and column (columns are more than 100 points apart)."""
    found: dict[tuple[float, float], list[GlyphRun]] = {}
    for run in body(placement):
        found.setdefault((round(run.baseline, 3), run.x // 100), []).append(run)
    return found


def text(placement: object) -> str:
    return "".join(run.text for run in body(placement))


def codes(placement: object) -> list[str]:
    return [found.code for found in placement.diagnostics]


def test_all_copy_is_set_once_and_in_order(house: Setter) -> None:
    made = compose_story(story(text=copy(6)), house, {}, page=1)
    assert text(made) == "".join(p.text for p in copy(6))


def test_baselines_stand_on_the_pages_grid(house: Setter) -> None:
    made = compose_story(
        story(text=copy(9), area=Area(3, 8, 17, 60), headline=passage("标题", "headline")), house, {}, page=1
    )
    grid = house.house.grid
    first = type_area(grid).y + 0.88 * grid.size
    for run in body(made):
        assert (run.baseline - first) / grid.pitch == pytest.approx(
            round((run.baseline - first) / grid.pitch), abs=1e-6
        )


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 14), st.integers(1, 8), st.integers(20, 100), st.integers(0, 4), st.booleans())
def test_whatever_fits_is_complete_and_inside_its_area(
    paragraphs: int, columns: int, height: int, photos: int, headed: bool
) -> None:
    house = setter()
    names = [f"{n}.jpg" for n in range(photos)]
    made = compose_story(
        story(
            text=copy(paragraphs),
            area=Area(1, columns, 1, height),
            photos=tuple(photo(name) for name in names),
            headline=passage("履职尽责结硕果 团结奋斗启新程", "headline") if headed else None,
        ),
        house,
        facts(*names),
        page=1,
    )
    whole = "".join(p.text for p in copy(paragraphs))
    assert whole.startswith(text(made))
    if not codes(made) or set(codes(made)) <= {"underset"}:
        assert text(made) == whole
        rect = made.rect.outset(0.01)
        for item in made.items:
            if isinstance(item, GlyphRun):
                assert rect.contains(Rect(item.x, item.baseline - 0.88 * item.size, item.width, item.size))
            elif isinstance(item, Picture):
                assert rect.contains(item.rect)
    pictures = [item.rect for item in made.items if isinstance(item, Picture)]
    if "photo-overlap" not in codes(made) and "photo-outside" not in codes(made):
        assert not any(a.overlaps(b) for n, a in enumerate(pictures) for b in pictures[:n])


def test_columns_end_together(house: Setter) -> None:
    made = compose_story(
        story(text=copy(10), area=Area(1, 8, 1, 60), columns=4, photos=(photo(), photo("b.jpg"))),
        house,
        facts("a.jpg", "b.jpg"),
        page=1,
    )
    last = {}
    for (baseline, _), runs in lines(made).items():
        column = round(min(run.x for run in runs) // 200)
        last[column] = max(last.get(column, 0.0), baseline)
    assert max(last.values()) - min(last.values()) <= house.house.grid.pitch + 0.01


def test_what_is_too_long_is_told_in_characters(house: Setter) -> None:
    made = compose_story(story(text=copy(40), area=Area(1, 2, 1, 30)), house, {}, page=7)
    (found,) = [d for d in made.diagnostics if d.code == "overset"]
    assert found.page == 7
    missing = len("".join(p.text for p in copy(40))) - len(text(made))
    assert f"多 {missing} 字" in found.message
    assert made.report.over_characters == missing


def test_what_is_too_short_keeps_its_columns_level(house: Setter) -> None:
    made = compose_story(story(text=copy(3), area=Area(1, 6, 1, 60)), house, {}, page=1)
    assert codes(made) == ["underset"]
    assert made.report.foot > 0
    assert text(made) == "".join(p.text for p in copy(3))


def test_slack_is_taken_by_pictures_in_whole_lines(house: Setter) -> None:
    photos = (photo(), photo("b.jpg"))
    plain = compose_story(
        story(text=copy(8), area=Area(1, 6, 1, 44), columns=4, photos=photos), house, facts("a.jpg", "b.jpg"), page=1
    )
    assert any(plain.report.bands) or plain.report.natural_lines in (0, -1)
    for item in plain.items:
        if isinstance(item, Picture):
            assert (item.rect.height - 9) / 12 == pytest.approx(round((item.rect.height - 9) / 12), abs=1e-6)


def test_a_picture_with_a_place_stands_there(house: Setter) -> None:
    made = compose_story(
        story(text=copy(9), area=Area(1, 8, 1, 60), columns=6, photos=(photo(columns=2, lines=10, at=Cell(3, 20)),)),
        house,
        facts("a.jpg"),
        page=1,
    )
    (picture,) = [item for item in made.items if isinstance(item, Picture)]
    grid = house.house.grid
    assert picture.rect.y == pytest.approx(type_area(grid).y + 19 * grid.pitch)
    assert picture.rect.height == pytest.approx(9 * grid.pitch + grid.size)


def test_pictures_on_one_another_and_outside_are_errors(house: Setter) -> None:
    two = (photo(columns=2, lines=10, at=Cell(1, 5)), photo("b.jpg", columns=2, lines=10, at=Cell(2, 8)))
    made = compose_story(story(text=copy(4), photos=two), house, facts("a.jpg", "b.jpg"), page=1)
    assert "photo-overlap" in codes(made)
    low = compose_story(story(text=copy(4), photos=(photo(lines=30, at=Cell(1, 30)),)), house, facts("a.jpg"), page=1)
    assert "photo-outside" in codes(low)
    wide = compose_story(story(text=copy(4), photos=(photo(columns=9),)), house, facts("a.jpg"), page=1)
    assert "photo-too-wide" in codes(wide)


def test_the_focus_stays_in_the_crop(house: Setter) -> None:
    made = compose_story(
        story(text=copy(4), photos=(photo(columns=2, lines=30, focus=(0.9, 0.5)),)), house, facts("a.jpg"), page=1
    )
    (picture,) = [item for item in made.items if isinstance(item, Picture)]
    assert picture.crop.x + picture.crop.width == pytest.approx(1.0)
    assert picture.crop.width < 1.0
    assert picture.crop.width * 1800 / (picture.crop.height * 1200) == pytest.approx(
        picture.rect.width / picture.rect.height
    )


def test_a_section_head_never_ends_a_column(house: Setter) -> None:
    sections = tuple(
        p for n in range(8) for p in (passage("举旗帜 明方向 党建引领迈出新步伐", "subhead"), *copy(2, 1 + n % 3))
    )
    made = compose_story(story(text=sections, area=Area(1, 8, 1, 70), columns=6), house, {}, page=1)
    heads = [item for item in made.items if isinstance(item, GlyphRun) and item.tag.startswith("subhead")]
    assert len({round(run.baseline, 2) for run in heads}) >= 2
    for head in heads:
        below = [run for run in body(made) if abs(run.x - head.x) < 160 and 0 < run.baseline - head.baseline < 80]
        assert len({round(run.baseline, 2) for run in below}) >= 2


def test_the_two_phrases_of_a_head_share_a_line_and_the_long_one_has_its_own(house: Setter) -> None:
    made = compose_story(
        story(text=(passage("举旗帜 明方向 党建引领迈出新步伐", "subhead"), *copy(2))), house, {}, page=1
    )
    rows: dict[float, str] = {}
    for item in made.items:
        if isinstance(item, GlyphRun) and item.tag.startswith("subhead"):
            rows[item.baseline] = rows.get(item.baseline, "") + item.text
    assert list(rows.values()) == ["举旗帜\u3000明方向", "党建引领迈出新步伐"]


def test_a_box_has_its_rule_and_tint_and_keeps_its_copy_off_them(house: Setter) -> None:
    made = compose_story(story(text=copy(3), box=Box(rule="thin", tint="warm")), house, {}, page=1)
    fills = [item for item in made.items if isinstance(item, Fill)]
    assert [fill.rect for fill in fills] == [made.rect]
    assert len([item for item in made.items if isinstance(item, Stroke) and item.tag == "box"]) == 4
    assert min(run.x for run in body(made)) >= made.rect.x + house.house.grid.size - 1e-6


def test_a_credit_ends_the_story_at_the_right(house: Setter) -> None:
    made = compose_story(
        story(text=copy(3), credit=passage("(本版图片由大武口区政协提供)", "credit")), house, {}, page=1
    )
    runs = [item for item in made.items if isinstance(item, GlyphRun) and item.tag == "credit"]
    assert "".join(run.text for run in runs) == "（本版图片由大武口区政协提供）"
    assert runs[-1].baseline >= max(run.baseline for run in body(made)[-3:])


def test_a_character_that_no_face_has_is_named_with_its_place(house: Setter) -> None:
    compose_story(story(text=(passage(f"区政协\U0010ffff{SENTENCE}", line=33),)), house, {}, page=1)
    (found,) = [d for d in house.diagnostics if d.code == "glyph-missing"]
    assert (found.span.line, found.span.column) == (33, 14)
    assert "U+10FFFF" in found.message


def test_cut_paragraphs_are_joined(house: Setter) -> None:
    cut = "支持、鼓励委员创先争优、示范引领，提升委员履职能力，着力加强“两支”队伍建设。支持、鼓励委员创先争"
    made = compose_story(
        story(text=(passage(cut), passage("优、示范引领，8名委员获得市级以上殊荣20余项。"))), house, {}, page=1
    )
    assert "创先争优、示范引领，8名" in text(made)
    indented = [
        runs
        for runs in lines(made).values()
        if min(r.x for r in runs) > made.rect.x + 15 and min(r.x for r in runs) < made.rect.x + 20
    ]
    assert len(indented) == 1


def test_a_story_of_pictures_alone_fills_its_area(house: Setter) -> None:
    made = compose_story(
        replace(story(photos=(photo(columns=6),)), headline=passage("图片新闻", "headline")),
        house,
        facts("a.jpg"),
        page=1,
    )
    captions = [item for item in made.items if isinstance(item, GlyphRun) and item.tag == "caption"]
    assert made.rect.bottom - max(run.baseline for run in captions) < 14


def test_a_picture_that_would_cover_the_headline_is_an_error(house: Setter) -> None:
    made = compose_story(
        story(
            text=copy(1),
            headline=passage("党建引领迈出新步伐", "headline"),
            photos=(photo(columns=2, lines=38, at="bottom"),),
        ),
        house,
        facts("a.jpg"),
        page=1,
    )
    assert "photo-overlap" in codes(made)


@pytest.mark.parametrize("size", ["7pt", "8.5pt", "10.5pt"])
def test_text_of_another_size_stands_on_the_grid_of_the_page(size: str) -> None:
    made = compose_story(story(text=copy(8)), setter({"styles": {"body": {"size": size}}}), {}, page=1)
    assert "off-grid" not in codes(made)
    assert made.report.quality.off_grid < 0.01


@pytest.mark.parametrize("align", ["start", "centre", "end"])
def test_lines_that_are_not_justified_stand_in_their_columns(align: str) -> None:
    text = (*copy(2), passage("短。"), *copy(2))
    made = compose_story(story(text=text), setter({"styles": {"body": {"align": align}}}), {}, page=1)
    assert made.report.quality.off_edge == 0.0


def test_lines_that_overlap_are_an_error() -> None:
    made = compose_story(story(text=copy(8)), setter({"styles": {"body": {"size": "14pt"}}}), {}, page=1)
    assert "lines-overlap" in codes(made)


@pytest.mark.parametrize("columns", [19, 40, 200])
def test_columns_too_narrow_for_text_are_an_error(house: Setter, columns: int) -> None:
    made = compose_story(story(text=copy(2), columns=columns), house, {}, page=1)
    assert "columns-narrow" in codes(made)


@pytest.mark.parametrize("paragraphs", range(3, 9))
def test_what_does_not_divide_by_the_columns_shortens_the_last_ones_by_one_line(house: Setter, paragraphs: int) -> None:
    made = compose_story(story(text=copy(paragraphs), area=Area(1, 8, 1, 60), columns=5), house, {}, page=1)
    last: dict[int, float] = {}
    for (baseline, _), runs in lines(made).items():
        column = round((min(run.x for run in runs) - made.rect.x) // 190)
        last[column] = max(last.get(column, 0.0), baseline)
    assert len(last) == 5
    ends = [last[column] for column in sorted(last)]
    assert max(ends[:-1]) - min(ends[:-1]) <= house.house.grid.pitch + 0.01
    assert (
        ends[0] - ends[-1] <= 2 * house.house.grid.pitch + 0.01
    )  # where the rules of column breaks leave a slot empty


def test_a_head_keeps_its_text_even_where_little_follows(house: Setter) -> None:
    sections = tuple(
        p for n in range(9) for p in (passage("举旗帜 明方向 党建引领迈出新步伐", "subhead"), *copy(1, 1 + n % 4))
    )
    for height in range(30, 60):
        made = compose_story(story(text=sections, area=Area(1, 8, 1, height), columns=6), house, {}, page=1)
        if "overset" in codes(made):
            continue
        heads = [item for item in made.items if isinstance(item, GlyphRun) and item.tag == "subhead-long"]
        for head in heads:
            below = [run for run in body(made) if abs(run.x - head.x) < 160 and 0 < run.baseline - head.baseline < 70]
            assert len({round(run.baseline, 2) for run in below}) >= 2, height


@pytest.mark.parametrize("height", range(44, 64))
def test_copy_that_fits_within_the_limits_is_never_overset(house: Setter, height: int) -> None:
    """Whatever the most promising adjustments come to: with everything shrunk this copy has room."""
    sections = tuple(
        p for n in range(5) for p in (passage("举旗帜 明方向 党建引领迈出新步伐", "subhead"), *copy(4, 1 + n % 3))
    )
    photos = tuple(photo(f"{n}.jpg") for n in range(5))
    names = [f"{n}.jpg" for n in range(5)]
    told = story(text=sections, area=Area(1, 8, 1, height), columns=6, photos=photos)
    made = compose_story(told, house, facts(*names), page=1)
    # The bands cover six and four columns and may each give two lines; paragraphs give some more.
    assert ("overset" in codes(made)) <= (made.report.natural_lines > 2 * (6 + 4) - 8)
