"""碰题: two headlines side by side at one height are told to the desk."""

import pytest
from msgspec.structs import replace
from stories import HERE, copy, passage, setter, story

from layout.compose import Setter
from layout.compose.story import compose_story
from layout.compose.touching import touching_heads
from layout.core import Diagnostic
from layout.issue.model import Area, Box, HeadPlace, Page, Story

HEAD = passage("政协协商聚民智凝共识促发展", "headline", line=30)


@pytest.fixture(scope="module")
def house() -> Setter:
    return setter({"styles": {"headline": {"size": "36pt"}}})


def beside(house: Setter, left: Story, right: Story) -> tuple[Diagnostic, ...]:
    right = replace(right, slug="b")
    placements = tuple(compose_story(each, house, {}, page=2) for each in (left, right))
    return tuple(touching_heads(Page(2, HERE, stories=(left, right)), placements, house.house.grid))


def half(columns: tuple[int, int], first_line: int = 1, **settings: object) -> Story:
    settings.setdefault("headline", HEAD)
    return story(area=Area(*columns, first_line, first_line + 50), text=copy(5), **settings)


def test_heads_side_by_side_are_told_at_the_second_one(house: Setter) -> None:
    (found,) = beside(
        house, half((1, 4)), half((5, 8), headline=passage("城乡面貌焕然一新百姓满意", "headline", line=44))
    )
    assert (found.code, found.span.line, found.page) == ("headlines-touch", 44, 2)
    assert "a and b" in found.message


@pytest.mark.parametrize(
    "right",
    [
        {"first_line": 40},
        {"box": Box()},
        {"headline": None},
        {"head": HeadPlace(vertical="left")},
        {"headline": passage("小城大爱", "headline")},
    ],
    ids=["lower", "boxed", "no head", "vertical", "far"],
)
def test_heads_that_are_kept_apart(house: Setter, right: dict[str, object]) -> None:
    assert beside(house, half((1, 4)), half((5, 8), **right)) == ()  # type: ignore[arg-type]


def test_heads_of_quite_another_size(house: Setter) -> None:
    large, small = half((1, 4)), replace(half((5, 8)), slug="b")
    placements = (
        compose_story(large, setter({"styles": {"headline": {"size": "60pt"}}}), {}, page=2),
        compose_story(small, house, {}, page=2),
    )
    assert list(touching_heads(Page(2, HERE, stories=(large, small)), placements, house.house.grid)) == []
