"""Section heads: phrases in rows, long ones divided where a reader would pause, as high as they need."""

import pytest
from stories import copy, passage, setter, story

from layout.compose import Setter
from layout.compose.blocks.section import SectionPlan, plan_section
from layout.compose.grid import make_frame
from layout.compose.setting import Setter as Composer
from layout.compose.story import compose_story
from layout.issue.model import Area


@pytest.fixture(scope="module")
def house() -> Setter:
    return setter()


def section(typed: str, house: Composer, columns: int = 6) -> SectionPlan:
    head = passage(typed, "subhead")
    frame = make_frame(house.house.grid, Area(1, 8, 1, 60), size=9.0, columns=columns)
    return plan_section(head, house, frame, page=1)


def rows(plan: SectionPlan) -> list[str]:
    return [line.text for _, _, line in plan.rows]


def test_short_phrases_share_a_row(house: Setter) -> None:
    plan = section("举旗帜 明方向 党建引领迈出新步伐", house)
    assert rows(plan) == ["举旗帜\u3000明方向", "党建引领迈出新步伐"]
    assert plan.lines == house.house.section.lines


@pytest.mark.parametrize(
    ("typed", "divided"),
    [
        ("聚焦民生 着力推进城乡教育医疗养老优质均衡发展", ["聚焦民生", "着力推进城乡", "教育医疗养老", "优质均衡发展"]),
        ("坚决维护国家粮食安全，让中国人的饭碗端得更牢", ["坚决维护国家粮食安全", "让中国人的饭碗端得更牢"]),
        ("全力抓好春耕备耕|确保全年粮食稳产增产丰收", ["全力抓好春耕备耕", "确保全年粮食稳产增产丰收"]),
    ],
)
def test_long_phrase_is_divided_where_a_reader_pauses(typed: str, divided: list[str], house: Setter) -> None:
    plan = section(typed, house)
    assert rows(plan) == divided
    least = 0.9 * house.house.styles["subhead-long"].size
    assert all(size > least for _, size, _ in plan.rows)


def test_rows_that_need_it_take_more_lines(house: Setter) -> None:
    plan = section("聚焦民生 着力推进城乡教育医疗养老优质均衡发展", house)
    assert plan.lines > house.house.section.lines
    height = (plan.lines - 1) * house.house.grid.pitch
    assert sum(size for _, size, _ in plan.rows) < height


def test_terms_of_the_issue_stay_whole(house: Setter) -> None:
    typed = "深入推进星海湖畔共富工坊建设工作取得新成效"
    named = Setter(house.house, house.measures, ("星海湖畔共富工坊",))
    assert any("星海湖畔共富工坊" in row for row in rows(section(typed, named, columns=8)))


def test_head_that_fits_nowhere_is_told(house: Setter) -> None:
    text = (passage("国" * 90, "subhead", line=12), *copy(3))
    made = compose_story(story(text=text), house, {}, page=1)
    assert [found.span.line for found in made.diagnostics if found.code == "headline-tiny"] == [12]


def test_divided_head_stands_in_its_column(house: Setter) -> None:
    text = (passage("聚焦民生 着力推进城乡教育医疗养老优质均衡发展", "subhead"), *copy(6))
    made = compose_story(story(text=text), house, {}, page=1)
    tags = [item.tag for item in made.items]
    assert tags.count("subhead-long") == 3
    assert "subhead" in tags
    assert dict(made.report.quality.flaws) == {}
