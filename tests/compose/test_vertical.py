"""The vertical headline block (竖题) in its strip beside horizontal text."""

from itertools import pairwise

import pytest
from stories import copy, passage, setter, story

from layout.compose import Setter
from layout.compose.blocks.headline import HeadPlan, draw_head, plan_head
from layout.compose.grid import strip
from layout.compose.story import compose_story
from layout.core import Rect
from layout.display import GlyphRun
from layout.issue.model import HeadPlace, Story

HEIGHT = 330.0


def planned(told: Story, house: Setter) -> HeadPlan | None:
    return plan_head(told, house, strip(Rect(0.0, 0.0, 100.0, HEIGHT), pitch=12.0), page=1)


@pytest.fixture(scope="module")
def house() -> Setter:
    return setter({"styles": {"headline": {"size": "36pt"}, "kicker": {"size": "18pt"}, "deck": {"size": "18pt"}}})


@pytest.fixture(scope="module")
def head(house: Setter) -> HeadPlan:
    told = story(
        kicker=passage("第12届“村BA”开赛", "kicker"),
        headline=passage("“感恩奋进”新征程|党建引领——迈出新步伐", "headline"),
        deck=passage("——访劳模、作家张三（2024年3月）", "deck"),
    )
    made = planned(told, house)
    assert made is not None
    return made


def runs(head: HeadPlan, house: Setter, rect: Rect) -> list[GlyphRun]:
    drawn = draw_head(head, house, strip(rect, pitch=12.0), rect.width)
    return [item for item in drawn if isinstance(item, GlyphRun)]


def test_columns_fit_the_height(head: HeadPlan) -> None:
    for part in head.parts:
        for line in part.lines:
            assert line.width * part.size <= HEIGHT + 0.01


def test_columns_go_from_right_to_left_inside_the_rectangle(head: HeadPlan, house: Setter) -> None:
    rect = Rect(50.0, 60.0, head.breadth(house), HEIGHT)
    found = runs(head, house, rect)
    assert "".join(run.text for run in found) == (
        "第12届“村BA”开赛“感恩奋进”新征程党建引领——迈出新步伐——访劳模、作家张三（2024年3月）"
    )
    columns = list(dict.fromkeys((run.x, run.size) for run in found))
    assert all(before > after for (before, _), (after, _) in pairwise(columns))
    assert columns[0][0] + columns[0][1] / 2 == pytest.approx(rect.right)
    assert columns[-1][0] - columns[-1][1] / 2 == pytest.approx(rect.x)
    for run in found:
        assert rect.y - 0.01 <= run.baseline
        assert run.baseline + run.width <= rect.bottom + 0.01
        assert run.flow in {"down", "turned"}


def test_a_wider_rectangle_has_the_block_in_its_middle(head: HeadPlan, house: Setter) -> None:
    narrow = runs(head, house, Rect(50.0, 60.0, head.breadth(house), HEIGHT))
    wide = runs(head, house, Rect(40.0, 60.0, head.breadth(house) + 20.0, HEIGHT))
    assert [run.x for run in wide] == pytest.approx([run.x for run in narrow])


def test_shapes_are_not_condensed(head: HeadPlan, house: Setter) -> None:
    found = runs(head, house, Rect(0.0, 0.0, head.breadth(house), HEIGHT))
    assert {run.xscale for run in found if run.tag == "headline"} == {1.0}


def test_columns_stand_as_their_style_is_aligned() -> None:
    told = story(headline=passage("要闻", "headline"))
    for align, share in (("start", 0.0), ("centre", 0.5), ("end", 1.0)):
        house = setter({"styles": {"headline": {"size": "36pt", "align": align}}})
        head = planned(told, house)
        assert head is not None
        first, last = (runs(head, house, Rect(0.0, 0.0, head.breadth(house), HEIGHT))[at] for at in (0, -1))
        taken = last.baseline + last.width - first.baseline
        assert first.baseline == pytest.approx((HEIGHT - taken) * share)


def test_a_byline_that_is_too_long_for_the_strip_is_broken_between_names(house: Setter) -> None:
    names = "本报记者 张三 李四光 王五 通讯员 赵六 钱七七 孙八 周九 吴十 郑一一"
    head = planned(story(byline=passage(names, "byline")), house)
    assert head is not None
    (part,) = head.parts
    assert len(part.lines) > 1
    assert all(line.width * part.size <= HEIGHT + 0.01 for line in part.lines)


def test_what_is_doubtful_about_a_vertical_head_is_told(house: Setter) -> None:
    told = story(
        text=copy(2),
        headline=passage("党建引领迈出新步伐团结奋斗开创新局面" * 4, "headline"),
        head=HeadPlace(vertical="left"),
    )
    made = compose_story(told, house, {}, page=1)
    assert "headline-tight" in [found.code for found in made.diagnostics]


def test_a_story_without_a_head_has_no_block(house: Setter) -> None:
    assert planned(story(), house) is None


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_vertical_head_stands_beside_its_text(house: Setter, side: str) -> None:
    told = story(
        text=copy(8),
        headline=passage("党建引领迈出新步伐", "headline"),
        byline=passage("本报记者 罗 鸣", "byline"),
        head=HeadPlace(vertical=side),
    )
    made = compose_story(told, house, {}, page=1)
    assert not [found for found in made.diagnostics if found.code != "underset"]
    columns = [item for item in made.items if isinstance(item, GlyphRun) and item.flow == "down"]
    body = [item for item in made.items if isinstance(item, GlyphRun) and item.tag == "body"]
    assert {run.tag for run in columns} == {"headline", "byline"}
    if side == "right":
        assert min(run.x - run.size / 2 for run in columns) > max(run.x + run.width for run in body)
    else:
        assert max(run.x + run.size / 2 for run in columns) < min(run.x for run in body)
    assert "".join(run.text for run in body) == "".join(one.text for one in copy(8))
