"""Vertical stories: tiers read from the top one on, lines from right to left, everything on its own grid."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from stories import SENTENCE, copy, facts, passage, photo, setter, story

from layout.compose import Placement, Setter
from layout.compose.galley import lints
from layout.compose.grid import make_tiers
from layout.compose.story import compose_story
from layout.core import Point, Rect
from layout.display import Curve, Fill, GlyphRun, Picture, Stroke
from layout.issue.as_typed import as_typed
from layout.issue.model import Area, Box, Cell, HeadPlace, Story
from layout.text.vertical import QUOTES

GRID = 0.05
"""Points that a line or a character may stand off its grid."""
NOT_AT_START = set("，。、；：？！）》〉”’】〕％%·—…")
NOT_AT_END = set("（《〈“‘【〔")
HEADLINE = passage("古城墙下的读书声", "headline")


@pytest.fixture(scope="module")
def house() -> Setter:
    return setter({"styles": {"headline": {"size": "36pt"}, "kicker": {"size": "18pt"}}})


def vertical(**told: object) -> Story:
    told.setdefault("area", Area(1, 5, 1, 50))
    return story(direction="vertical", **told)


def composed(house: Setter, told: Story, *names: str) -> Placement:
    return compose_story(told, house, facts(*names), page=1)


def runs(made: Placement, tag: str = "body") -> list[GlyphRun]:
    return [item for item in made.items if isinstance(item, GlyphRun) and item.tag == tag]


def text(made: Placement, tag: str = "body") -> str:
    return "".join(run.text for run in runs(made, tag))


def codes(made: Placement) -> list[str]:
    return [found.code for found in made.diagnostics]


def lines(made: Placement) -> list[tuple[Rect, str]]:
    """The body's lines in the order in which they were set: where they stand, and their copy."""
    found: list[tuple[Rect, str]] = []
    for run in runs(made):
        rect = Rect(run.x - run.size / 2, run.baseline, run.size, run.width)
        last = found[-1][0] if found else None
        if last and abs(last.x - rect.x) < 0.001 and abs(rect.y - last.bottom) < 0.001:
            found[-1] = Rect(last.x, last.y, last.width, rect.bottom - last.y), found[-1][1] + run.text
        else:
            found.append((rect, run.text))
    return found


def tiers_of(made: Placement) -> list[list[tuple[Rect, str]]]:
    """The lines by the tier that they stand in, from the top one on."""
    return [
        [
            line
            for line in lines(made)
            if tier.y - GRID <= line[0].y < tier.bottom and tier.x - 1 < line[0].x < tier.right
        ]
        for tier in made.columns
    ]


# the grid


@pytest.mark.parametrize(("tiers", "measure"), [(1, 66), (2, 32), (3, 20)])
def test_tiers_hold_whole_characters_and_fill_the_height(tiers: int, measure: int) -> None:
    rect = Rect(40.0, 60.0, 369.0, 597.0)
    frame = make_tiers(rect, size=9.0, pitch=12.0, gutter=2.0, tiers=tiers)
    assert (frame.measure, frame.lines) == (measure, 31)
    assert frame.x == rect.right
    assert frame.width <= rect.height + 1e-6
    if tiers > 1:
        assert frame.width == pytest.approx(rect.height)
        assert frame.gutter >= 2 * 9.0 - 1e-6


def test_a_line_starts_on_its_centre_line_from_the_right() -> None:
    frame = make_tiers(Rect(40.0, 60.0, 369.0, 597.0), size=9.0, pitch=12.0, gutter=2.0, tiers=2)
    assert frame.start(0.0, frame.across(0), 9.0) == Point(409.0 - 4.5, 60.0)
    assert frame.start(frame.along(1), frame.across(3), 9.0) == Point(409.0 - 36.0 - 4.5, 60.0 + frame.along(1))


def test_lines_and_characters_stand_on_the_grid(house: Setter) -> None:
    made = composed(house, vertical(text=copy(12), tiers=3))
    (first, *_), pitch = made.columns, house.house.grid.pitch
    starts = [tier.y for tier in made.columns]
    for rect, _ in lines(made):
        count = (first.right - rect.right) / pitch
        assert abs(count - round(count)) * pitch < GRID
        indent = min(rect.y - start for start in starts if rect.y - start > -GRID)
        assert min(abs(indent), abs(indent - 18.0)) < GRID
    full = [rect for rect, line in lines(made) if rect.height > first.height - 4.5 - GRID]
    assert len(full) > 40
    for rect in full:  # a stop at the foot keeps half its cell
        assert any(abs(rect.bottom - tier.bottom) < GRID for tier in made.columns)


@pytest.mark.parametrize(
    ("settings", "pitch"),
    [({"vertical": {"pitch": "16pt"}}, 16.0), ({"styles": {"body": {"size": "10.5pt"}}}, 14.0)],
)
def test_lines_stand_apart_as_the_house_says_else_in_proportion(settings: dict, pitch: float) -> None:
    made = composed(setter(settings), vertical(text=copy(12), tiers=2))
    rights = sorted({round(rect.right, 3) for rect, _ in lines(made)}, reverse=True)
    assert rights[0] - rights[1] == pytest.approx(pitch)


@pytest.mark.parametrize(("height", "tiers"), [(18, 1), (30, 2), (60, 3), (115, 6)])
def test_a_story_that_does_not_say_has_tiers_of_a_good_length(house: Setter, height: int, tiers: int) -> None:
    made = composed(house, vertical(text=copy(3), area=Area(1, 5, 1, height)))
    assert len(made.columns) == tiers
    assert all(14 * 9.0 < tier.height < 34 * 9.0 for tier in made.columns)


# the copy


def test_tiers_are_read_from_the_top_and_lines_from_the_right(house: Setter) -> None:
    made = composed(house, vertical(text=copy(12), tiers=3))
    assert text(made) == "".join(p.text for p in copy(12))
    found = tiers_of(made)
    assert [line for tier in found for line in tier] == lines(made)
    for tier in found:
        rights = [rect.right for rect, _ in tier]
        assert rights == sorted(rights, reverse=True)


def test_no_mark_stands_where_it_may_not(house: Setter) -> None:
    told = tuple(passage(f"“{SENTENCE}”（见《报》）……" * 3 + "——完") for _ in range(6))
    made = composed(house, vertical(text=told, tiers=3))
    assert "overset" not in codes(made)
    for _, line in lines(made):
        assert line[0] not in NOT_AT_START - set("—…")
        assert line[-1] not in NOT_AT_END


def test_tiers_end_together(house: Setter) -> None:
    made = composed(house, vertical(text=copy(14), tiers=3, photos=(photo(tiers=1, at="left"),)), "a.jpg")
    (picture,) = [item.rect for item in made.items if isinstance(item, Picture)]
    lefts = [min(rect.x for rect, _ in tier) for tier in tiers_of(made)[:2]]
    assert max(lefts) - min(lefts) <= house.house.grid.pitch + GRID
    assert min(rect.x for rect, _ in tiers_of(made)[2]) >= picture.right + house.house.grid.pitch - GRID


def test_no_tier_starts_with_the_last_line_of_a_paragraph(house: Setter) -> None:
    for paragraphs in range(8, 15):
        made = composed(house, vertical(text=copy(paragraphs), tiers=4))
        ends = {p.text[-6:] for p in copy(paragraphs)}
        for tier in tiers_of(made)[1:]:
            (rect, first), indent = tier[0], 18.0
            assert (
                first[-6:] not in ends or rect.y - min(c.y for c in made.columns if c.y > rect.y - 20) >= indent - GRID
            )


def test_what_is_too_long_is_told_in_characters(house: Setter) -> None:
    made = composed(house, vertical(text=copy(40), tiers=2, area=Area(1, 3, 1, 40)))
    (found,) = [one for one in made.diagnostics if one.code == "overset"]
    missing = len("".join(p.text for p in copy(40))) - len(text(made))
    assert f"多 {missing} 字" in found.message
    assert "".join(made.overset) == "".join(p.text for p in copy(40))[-missing:]


def test_what_is_too_short_is_told_in_lines(house: Setter) -> None:
    made = composed(house, vertical(text=copy(2), tiers=2))
    assert codes(made) == ["underset"]
    assert made.report.foot > 0


def test_a_character_that_no_face_has_is_named_with_its_place() -> None:
    house = setter()
    composed(house, vertical(text=(passage(f"古城\U0010ffff{SENTENCE}", line=33),)))
    (found,) = [one for one in house.diagnostics if one.code == "glyph-missing"]
    assert (found.span.line, found.span.column) == (33, 13)


def test_figures_stand_as_the_profile_says() -> None:
    told = vertical(text=(passage(f"全年共收到提案190件，立案54件，{SENTENCE}"),), tiers=3)
    for profile, turned in (("news", ""), ("gb", "19054")):
        made = composed(setter({"vertical": {"profile": profile}}), told)
        assert "".join(run.text for run in runs(made) if run.flow == "turned") == turned


def test_quotes_come_as_the_house_says_and_copy_out_as_typed() -> None:
    """Rule V-3."""
    told = vertical(text=(passage("他说：“读‘书’吧。”" + SENTENCE),))
    usual, swapped = (composed(setter({"vertical": {"quotes": quotes}}), told) for quotes in QUOTES)
    assert text(usual) == text(swapped)
    assert text(swapped).startswith("他说：“读‘书’吧。”")
    drawn = [
        {glyph.text: glyph.gid for run in runs(made) for glyph in run.glyphs if glyph.text in set("“‘’”")}
        for made in (usual, swapped)
    ]
    assert drawn[1] == {mark: drawn[0][partner] for mark, partner in zip("“‘’”", "‘“”’", strict=True)}


def test_arabic_numbers_in_vertical_copy_are_noted_once_a_paragraph() -> None:
    """Rule V-4; a head across the page and captions are horizontal, what is as typed is wanted so."""
    told = vertical(
        headline=passage("2026年的春天", "headline", line=5),
        text=(passage("全区共有1200人、25家单位参加"), passage("另有3人，乘5G快车。", line=11)),
        photos=(photo(caption=passage("2026年摄", "caption")),),
        credit=passage("（2026年供稿）", "credit", line=12),
    )
    notes = [found for found in lints(told) if found.code == "arabic-figures"]
    assert [(str(note.severity), note.span.line, note.span.column) for note in notes] == [
        ("note", 5, 11),
        ("note", 10, 15),
        ("note", 12, 12),
    ]
    assert "1200" in notes[1].message
    across = replace(told, head=HeadPlace(horizontal=True))
    assert [found.span.line for found in lints(across) if found.code == "arabic-figures"] == [10, 12]
    for other in (replace(told, direction="horizontal"), as_typed(told)):
        assert "arabic-figures" not in {found.code for found in lints(other)}


def test_dots_and_ruby_stand_on_the_right_and_names_have_their_line_on_the_left(house: Setter) -> None:
    made = composed(house, vertical(text=(passage("{贺|hè}兰山下的{王小满:_}，开卷{有益:.}，书声琅琅。"),), tiers=3))
    (rect, _), *_ = lines(made)
    middle = rect.x + rect.width / 2
    silent = [run for run in runs(made) if not run.text]
    assert silent
    assert all(run.x > middle for run in silent)
    (name,) = [item for item in made.items if isinstance(item, Stroke) and item.tag == "body"]
    assert name.start.x == name.end.x < middle
    dots = [item for item in made.items if isinstance(item, Curve)]
    assert len(dots) == 2
    assert all(point.x > middle for dot in dots for point in dot.points)


# head, section heads, credit, box


def test_the_head_stands_on_the_right_from_right_to_left(house: Setter) -> None:
    told = vertical(
        text=copy(10),
        area=Area(4, 8, 1, 50),
        tiers=2,
        kicker=passage("我与这座城", "kicker"),
        headline=HEADLINE,
        byline=passage("张 三", "byline"),
    )
    made = composed(house, told)
    places = [runs(made, tag)[0].x for tag in ("kicker", "headline", "byline")]
    assert places == sorted(places, reverse=True)
    assert {run.flow for tag in ("kicker", "headline", "byline") for run in runs(made, tag)} == {"down"}
    kicker = runs(made, "kicker")[0]
    assert kicker.x + kicker.size / 2 == pytest.approx(made.rect.right)
    byline = runs(made, "byline")[0]
    assert max(rect.right for rect, _ in lines(made)) <= byline.x - byline.size / 2 - house.house.grid.pitch + GRID


def test_a_head_of_some_tiers_has_text_under_it(house: Setter) -> None:
    made = composed(house, vertical(text=copy(10), tiers=3, headline=HEADLINE, head=HeadPlace(tiers=2)))
    (head,) = {round(run.x, 3) for run in runs(made, "headline")}
    rights = [max(rect.right for rect, _ in tier) for tier in tiers_of(made)]
    assert max(rights[:2]) < head < rights[2] <= made.rect.right + GRID
    foot = max(run.baseline + run.width for run in runs(made, "headline"))
    assert foot <= made.columns[1].bottom + GRID


def test_a_head_beside_more_tiers_than_there_are_is_an_error(house: Setter) -> None:
    made = composed(house, vertical(text=copy(5), tiers=2, headline=HEADLINE, head=HeadPlace(tiers=3)))
    assert "head-too-wide" in codes(made)


def test_a_horizontal_head_stands_over_the_text(house: Setter) -> None:
    made = composed(house, vertical(text=copy(10), tiers=2, headline=HEADLINE, head=HeadPlace(horizontal=True)))
    assert {run.flow for run in runs(made, "headline")} == {"across"}
    assert max(run.baseline for run in runs(made, "headline")) < min(rect.y for rect, _ in lines(made))
    assert max(rect.right for rect, _ in lines(made)) == pytest.approx(made.rect.right)
    assert text(made) == "".join(p.text for p in copy(10))


def test_text_keeps_clear_of_a_story_above(house: Setter) -> None:
    at_top = composed(house, vertical(text=copy(6), area=Area(1, 5, 1, 40)))
    below = composed(house, vertical(text=copy(6), area=Area(1, 5, 41, 80)))
    assert at_top.columns[0].y == at_top.rect.y
    assert below.columns[0].y - below.rect.y == pytest.approx(house.house.grid.pitch)


def test_a_section_head_stands_upright_between_its_rules(house: Setter) -> None:
    told = (*copy(3), passage("一盏灯 一本书", "subhead"), *copy(6))
    made = composed(house, vertical(text=told, tiers=2))
    head = runs(made, "subhead")
    assert "".join(run.text for run in head) == "一盏灯\u3000一本书"
    assert {run.flow for run in head} == {"down"}
    rules = sorted(item.start.x for item in made.items if isinstance(item, Stroke) and item.tag == "section")
    assert rules[0] < head[0].x - head[0].size / 2
    assert rules[1] > head[0].x + head[0].size / 2
    assert rules[0] + rules[1] == pytest.approx(2 * head[0].x)
    (tier,) = [tier for tier in made.columns if tier.y <= head[0].baseline < tier.bottom]
    foot = head[-1].baseline + head[-1].width
    assert head[0].baseline - tier.y == pytest.approx(tier.bottom - foot)


def test_a_section_head_never_ends_a_tier(house: Setter) -> None:
    told = tuple(p for n in range(6) for p in (passage("一盏灯 一本书", "subhead"), *copy(2, 1 + n % 3)))
    made = composed(house, vertical(text=told, tiers=3, area=Area(1, 8, 1, 60)))
    for head in runs(made, "subhead"):
        behind = [rect for rect, _ in lines(made) if 0 < head.x - rect.x < 80 and abs(rect.y - head.baseline) < 130]
        assert len({rect.x for rect in behind}) >= 2


def test_a_rule_parts_two_tiers_where_both_have_text(house: Setter) -> None:
    made = composed(house, vertical(text=copy(12), tiers=2))
    (rule,) = [item for item in made.items if isinstance(item, Stroke) and item.tag == "column-rule"]
    upper, lower = made.columns
    assert rule.start.y == rule.end.y == pytest.approx((upper.bottom + lower.y) / 2)
    assert rule.end.x == pytest.approx(upper.right)
    bare = composed(setter({"vertical": {"rule": None}}), vertical(text=copy(12), tiers=2))
    assert not [item for item in bare.items if isinstance(item, Stroke)]


def test_a_credit_ends_the_story_at_the_foot_of_a_line(house: Setter) -> None:
    made = composed(house, vertical(text=copy(9), tiers=2, credit=passage("(题图由李四提供)", "credit")))
    credit = runs(made, "credit")
    assert text(made, "credit") == "（题图由李四提供）"
    assert {run.flow for run in credit} == {"down"}
    last = lines(made)[-1][0]
    assert credit[0].x <= last.x + last.width / 2 + GRID
    assert credit[-1].baseline + credit[-1].width == pytest.approx(made.columns[1].bottom, abs=GRID)


def test_a_box_keeps_the_copy_off_its_rule(house: Setter) -> None:
    made = composed(house, vertical(text=copy(5), box=Box(rule="thin", tint="warm"), headline=HEADLINE))
    assert [item.rect for item in made.items if isinstance(item, Fill)] == [made.rect]
    inside = Rect(made.rect.x + 9, made.rect.y + 12, made.rect.width - 18, made.rect.height - 24).outset(GRID)
    for rect, _ in lines(made):
        assert inside.contains(rect)


@pytest.mark.parametrize("tiers", [1, 2])
def test_in_a_box_the_tiers_stand_in_the_middle(house: Setter, tiers: int) -> None:
    made = composed(house, vertical(text=copy(5), box=Box(rule="thin"), tiers=tiers, area=Area(2, 5, 3, 40)))
    first, last = made.columns[0], made.columns[-1]
    assert first.x - made.rect.x == pytest.approx(made.rect.right - first.right)
    assert first.y - made.rect.y == pytest.approx(made.rect.bottom - last.bottom)


# photographs


def test_a_photograph_takes_tiers_and_lines_and_its_caption_is_horizontal(house: Setter) -> None:
    told = vertical(text=copy(12), tiers=3, photos=(photo(tiers=1, lines=14, at=Cell(2, 10)),))
    made = composed(house, told, "a.jpg")
    (picture,) = [item.rect for item in made.items if isinstance(item, Picture)]
    tier, pitch = made.columns[1], house.house.grid.pitch
    assert tier.right - picture.right == pytest.approx(9 * pitch)
    assert picture.width == pytest.approx(13 * pitch + 9.0)
    assert picture.y == pytest.approx(tier.y)
    caption = runs(made, "caption")
    assert {run.flow for run in caption} == {"across"}
    assert picture.bottom < caption[0].baseline - 0.88 * caption[0].size
    assert max(run.baseline for run in caption) + 0.12 * caption[0].size == pytest.approx(tier.bottom)
    assert text(made) == "".join(p.text for p in copy(12))
    for rect, _ in tiers_of(made)[1]:
        assert rect.x >= picture.right + pitch - GRID or rect.right <= picture.x - pitch + GRID


def test_photographs_stand_at_the_side_that_is_told(house: Setter) -> None:
    for side in ("right", "left"):
        made = composed(house, vertical(text=copy(10), tiers=2, photos=(photo(tiers=1, at=side),)), "a.jpg")
        (picture,) = [item.rect for item in made.items if isinstance(item, Picture)]
        tier = made.columns[1]
        gap = tier.right - picture.right if side == "right" else picture.x - tier.x
        assert gap == pytest.approx(0.0, abs=GRID)


def test_a_picture_keeps_its_shape_with_its_caption_in_the_tier(house: Setter) -> None:
    made = composed(house, vertical(text=copy(10), tiers=2, photos=(photo(tiers=1),)), "a.jpg")
    (picture,) = [item.rect for item in made.items if isinstance(item, Picture)]
    assert picture.width / picture.height == pytest.approx(house.house.photo.aspect, rel=0.2)


def test_photographs_that_do_not_fit_are_errors(house: Setter) -> None:
    high = composed(house, vertical(text=copy(4), tiers=2, photos=(photo(tiers=3),)), "a.jpg")
    (found,) = [one for one in high.diagnostics if one.code == "photo-too-wide"]
    assert found.message == "3 tiers high, the story has 2"
    outside = composed(house, vertical(text=copy(4), tiers=2, photos=(photo(at=Cell(3, 1)),)), "a.jpg")
    (found,) = [one for one in outside.diagnostics if one.code == "photo-outside"]
    assert "2 tiers" in found.hint


def test_tiers_too_low_for_text_are_an_error(house: Setter) -> None:
    made = composed(house, vertical(text=copy(2), tiers=24))
    assert "columns-narrow" in codes(made)


def test_a_caption_higher_than_its_tier_leaves_a_picture_of_a_line(house: Setter) -> None:
    told = photo(tiers=1, lines=2, caption=passage("傍晚时分，孩子们在灯下读书。" * 12, "caption"))
    made = composed(house, vertical(text=copy(2), tiers=2, area=Area(1, 3, 1, 20), photos=(told,)), "a.jpg")
    (picture,) = [item.rect for item in made.items if isinstance(item, Picture)]
    assert picture.height == pytest.approx(9.0)
    assert "caption-high" in codes(made)


@pytest.mark.parametrize("box", [None, Box(rule="thin")])
@pytest.mark.parametrize("tiers", [None, 1, 9])
@pytest.mark.parametrize("told", [{}, {"text": copy(2)}])
def test_areas_too_small_for_anything_are_told(house: Setter, box: Box | None, tiers: int | None, told: dict) -> None:
    for area in (Area(8, 8, 1, 1), Area(7, 7, 15, 18)):
        small = vertical(area=area, box=box, tiers=tiers, headline=HEADLINE, photos=(photo(),), **told)
        assert composed(house, small, "a.jpg").diagnostics


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 12), st.integers(1, 4), st.integers(20, 70), st.integers(0, 2), st.booleans())
def test_whatever_fits_is_complete_and_inside_its_area(
    paragraphs: int, tiers: int, height: int, photos: int, headed: bool
) -> None:
    names = [f"{n}.jpg" for n in range(photos)]
    told = vertical(
        text=copy(paragraphs),
        tiers=tiers,
        area=Area(2, 7, 3, height),
        photos=tuple(photo(name) for name in names),
        headline=HEADLINE if headed else None,
    )
    made = composed(setter(), told, *names)
    whole = "".join(p.text for p in copy(paragraphs))
    assert whole.startswith(text(made))
    if set(codes(made)) <= {"underset", "headline-uneven", "headline-tight"}:
        assert text(made) == whole
        inside = made.rect.outset(0.01)
        for rect, _ in lines(made):
            assert inside.contains(rect)
        for item in made.items:
            assert not isinstance(item, Picture) or inside.contains(item.rect)
