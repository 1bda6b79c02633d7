"""The headline block: over all columns or beside the text, in whole lines, with its findings."""

import pytest
from msgspec.structs import replace
from stories import HERE, copy, passage, setter, story

from layout.compose import Setter
from layout.compose.blocks.headline import plan_head
from layout.compose.grid import Frame, make_frame
from layout.compose.story import Placement, compose_story
from layout.display import GlyphRun
from layout.issue.model import Area, HeadPlace

SMALL = {"styles": {"headline": {"size": "30pt"}, "kicker": {"size": "15pt"}, "deck": {"size": "16pt"}}}


@pytest.fixture(scope="module")
def house() -> Setter:
    return setter(SMALL)


def runs(made: Placement, tag: str) -> list[GlyphRun]:
    return [item for item in made.items if isinstance(item, GlyphRun) and item.tag == tag]


def frame(house: Setter, columns: int) -> Frame:
    return make_frame(house.house.grid, Area(1, columns, 1, 40), size=9.0)


def test_a_headline_of_several_lines_has_one_size(house: Setter) -> None:
    made = compose_story(
        story(
            headline=passage("大武口区政协“有事好商量”平台解决275户居民房产证办理难题", "headline"),
            text=copy(5),
            area=Area(1, 3, 1, 50),
        ),
        house,
        {},
        page=1,
    )
    lines = {run.baseline: "" for run in runs(made, "headline")}
    for run in runs(made, "headline"):
        lines[run.baseline] += run.text
    assert len(lines) == 2
    assert len({run.size for run in runs(made, "headline")}) == 1
    assert "".join(lines.values()) == "大武口区政协“有事好商量”平台解决275户居民房产证办理难题"


def test_a_block_is_whole_lines_high_and_holds_its_parts(house: Setter) -> None:
    whole = story(
        kicker=passage("举旗帜 明方向", "kicker"),
        headline=passage("履职尽责结硕果 团结奋斗启新程", "headline"),
        byline=passage("本报记者 罗 鸣", "byline"),
    )
    plan = plan_head(whole, house, frame(house, 3), page=1)
    assert plan is not None
    block = house.house.head
    used = sum(part.height for part in plan.parts) + block.gap * (len(plan.parts) - 1)
    blank = plan.lines * 12.0 - used
    assert block.lines_above + block.lines_below <= blank / 12.0 < block.lines_above + block.lines_below + 1


def test_text_runs_beside_a_head_over_the_first_columns(house: Setter) -> None:
    told = story(
        headline=passage("苏州发展", "headline"), head=HeadPlace(2, HERE), text=copy(8), area=Area(1, 4, 1, 40)
    )
    made = compose_story(told, house, {}, page=1)
    left = made.rect.x
    head_foot = max(run.baseline for run in runs(made, "headline"))
    tops = {}
    for run in runs(made, "body"):
        column = int((run.x - left + 1) // (14 * 9))
        tops[column] = min(tops.get(column, 1e9), run.baseline)
    assert tops[0] == tops[1] > head_foot
    assert tops[2] == tops[3] == pytest.approx(made.rect.y + 0.88 * 9.0)
    assert max(run.x + run.width for run in runs(made, "headline")) <= left + 27 * 9.0 + 1e-6
    assert "".join(run.text for run in runs(made, "body")) == "".join(p.text for p in copy(8))


def test_text_beside_a_head_keeps_clear_of_the_story_above(house: Setter) -> None:
    told = story(
        headline=passage("苏州发展", "headline"), head=HeadPlace(2, HERE), text=copy(8), area=Area(1, 4, 41, 80)
    )
    made = compose_story(told, house, {}, page=1)
    assert min(run.baseline for run in runs(made, "body")) == pytest.approx(made.rect.y + 12.0 + 0.88 * 9.0)


def test_a_head_wider_than_its_story_is_an_error(house: Setter) -> None:
    told = story(headline=passage("苏州发展", "headline"), head=HeadPlace(9, HERE), text=copy(3))
    (found,) = [d for d in compose_story(told, house, {}, page=1).diagnostics if d.code == "head-too-wide"]
    assert found.span == HERE


@pytest.mark.parametrize(
    ("typed", "columns", "code"),
    [
        ("新疆生产建设兵团第八师" * 5, 2, "headline-tight"),
        ("新疆生产建设兵团第八师" * 5, 1, "headline-tiny"),
        ("新疆生产建设兵团第八师", 2, "headline-uneven"),
        ("研究生命|起源", 3, ""),
    ],
)
def test_findings(house: Setter, typed: str, columns: int, code: str) -> None:
    plan = plan_head(story(headline=passage(typed, "headline")), house, frame(house, columns), page=1)
    assert plan is not None
    assert ([found.code for found in plan.findings] or [""])[-1] == code


@pytest.mark.parametrize(("names", "code"), [("记者", ""), ("记者" * 30, "headline-tiny"), ("张三 李四 " * 30, "")])
def test_a_byline_that_is_one_endless_name_is_told(house: Setter, names: str, code: str) -> None:
    plan = plan_head(story(byline=passage(names, "byline", line=7)), house, frame(house, 2), page=1)
    assert plan is not None
    assert [(found.code, found.span.line, str(found.severity)) for found in plan.findings] == (
        [(code, 7, "error")] if code else []
    )


def test_a_doubtful_break_is_told_at_its_place(house: Setter) -> None:
    told = story(headline=passage("苏州局限时装电话", "headline", line=7))
    big = setter({"styles": {"headline": {"size": "50pt"}}})
    plan = plan_head(told, big, frame(big, 2), page=4)
    assert plan is not None
    (found,) = [one for one in plan.findings if one.code == "headline-break-doubtful"]
    assert "限时" in found.message
    assert (found.span.line, found.span.column, found.page) == (7, 15, 4)


def test_proportions_are_checked() -> None:
    loud = setter({"styles": {"headline": {"size": "30pt"}, "kicker": {"size": "24pt"}, "deck": {"size": "16pt"}}})
    told = story(**{role: passage("举旗帜", role) for role in ("kicker", "headline", "deck")})
    plan = plan_head(told, loud, frame(loud, 3), page=1)
    assert plan is not None
    assert [found.code for found in plan.findings] == ["headline-proportion"]


def test_terms_of_the_issue_hold_a_headline_together() -> None:
    big = replace(setter({"styles": {"headline": {"size": "50pt"}}}), terms=("苏州局", "限时"))
    plan = plan_head(story(headline=passage("苏州局限时装电话", "headline")), big, frame(big, 2), page=1)
    assert plan is not None
    lines = [line.text for line in plan.parts[0].lines]
    assert lines[0] in {"苏州局", "苏州局限时"}


def test_a_long_byline_breaks_between_names(house: Setter) -> None:
    byline = passage("本报记者 罗 鸣 张小明 王大力 通讯员 李小强", "byline")
    plan = plan_head(story(headline=passage("访劳模", "headline"), byline=byline), house, frame(house, 1), page=1)
    assert plan is not None
    assert plan.parts[-1].lines[0].text.startswith("本报记者\u3000罗\u3000鸣")
    assert len(plan.parts[-1].lines) > 1


def test_a_break_mark_is_never_printed_in_running_text(house: Setter) -> None:
    made = compose_story(story(text=(passage("大武口区|政协坚持履职。" * 6),)), house, {}, page=1)
    assert "|" not in "".join(run.text for run in runs(made, "body"))


def test_a_head_across_the_page_is_opened_to_fill_it_and_one_beside_others_is_not(house: Setter) -> None:
    typed = "履职尽责结硕果 团结奋斗启新程"
    big = setter({"styles": {"headline": {"size": "60pt"}}})
    whole = compose_story(story(headline=passage(typed, "headline"), area=Area(1, 8, 1, 30)), big, {}, page=1)
    assert sum(run.width for run in runs(whole, "headline")) == pytest.approx(whole.rect.width)
    part = compose_story(story(headline=passage(typed, "headline"), area=Area(1, 4, 1, 30)), house, {}, page=1)
    assert {run.size for run in runs(part, "headline")} == {30.0}
    assert sum(run.width for run in runs(part, "headline")) == pytest.approx(15 * 30.0)


def test_a_credit_wider_than_its_column_takes_lines_of_its_own(house: Setter) -> None:
    typed = "(本版图片由大武口区政协和石嘴山市摄影家协会提供)"
    made = compose_story(
        story(text=copy(4), credit=passage(typed, "credit"), area=Area(1, 2, 1, 40)), house, {}, page=1
    )
    credit = runs(made, "credit")
    assert "".join(run.text for run in credit) == typed.replace("(", "（").replace(")", "）")
    assert len({run.baseline for run in credit}) == 2
    left = min(run.x for run in credit)
    column = made.rect.x if left < made.rect.x + 14 * 9.0 - 1 else made.rect.x + 14 * 9.0
    assert all(column - 1e-6 <= run.x and run.x + run.width <= column + 13 * 9.0 + 1e-6 for run in credit)
    assert min(run.baseline for run in credit) > max(r.baseline for r in runs(made, "body") if r.x >= column)
