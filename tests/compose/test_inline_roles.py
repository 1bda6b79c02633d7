"""Markup in every role of copy: heads, bylines, section heads, captions and credits, across and down."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import copy, facts, passage, photo, setter, story

from layout.compose import Setter
from layout.compose.blocks.headline import HeadPlan, plan_head
from layout.compose.galley import lints
from layout.compose.grid import make_frame, strip
from layout.compose.story import compose_story
from layout.core import Rect
from layout.display import Curve, GlyphRun, Stroke
from layout.issue.as_typed import as_typed
from layout.issue.model import Area, HeadPlace, Story
from layout.text import Line
from layout.text.spans import RUBY_ROOM

MARKED = "今日**黑体**与*楷体*{套红:red}由{张三:_}{读:.}{汉字|hàn zì}"
PLAIN = "今日黑体与楷体套红由张三读汉字"


@pytest.fixture
def house() -> Setter:
    return setter()


def runs(told: Story, house: Setter, tag: str) -> list[GlyphRun]:
    items = compose_story(told, house, facts("a.jpg"), page=1).items
    return [item for item in items if isinstance(item, GlyphRun) and item.tag == tag]


def dressed(role: str, text: str) -> dict[str, object]:
    if role == "caption":
        return {"photos": (photo("a.jpg", caption=passage(text, "caption")),)}
    if role == "subhead":
        return {"text": (passage(text, "subhead"), *copy(3))}
    return {role: passage(text, role)}


shared = cache(setter)
ROLES = ("kicker", "headline", "deck", "byline", "caption", "credit", "subhead")


@pytest.mark.parametrize("role", ROLES)
def test_faces_inks_lines_dots_and_ruby(house: Setter, role: str) -> None:
    told = story(**{"text": copy(3), **dressed(role, MARKED)})
    made = compose_story(told, house, facts("a.jpg"), page=1)
    found = [item for item in made.items if item.tag.startswith(role)]
    copied = [item for item in found if isinstance(item, GlyphRun) and item.text]
    assert "".join(run.text for run in copied).replace("\u3000", "") == PLAIN
    faces = {char: run.face for run in copied for char in run.text}
    assert faces["黑"].startswith("NotoSans")
    assert faces["楷"].startswith("LXGW")
    assert {
        run.text for run in copied if run.ink == house.house.palette["red"] and "套" in run.text
    } or role == "subhead"
    assert sum(isinstance(item, Stroke) for item in found) >= 1
    assert sum(isinstance(item, Curve) for item in found) == 1
    assert [glyph for item in found if isinstance(item, GlyphRun) and not item.text for glyph in item.glyphs]
    assert house.diagnostics == []


@pytest.mark.parametrize(
    ("role", "lines"),
    [
        ("headline", ["履职尽责", "结硕果"]),
        ("kicker", ["履职尽责", "结硕果"]),
        ("byline", ["本报记者\u3000罗\u3000鸣", "李\u3000四\u3000摄"]),
        ("subhead", ["履职尽责", "结硕果"]),
        ("credit", ["（本版图片", "由区政协提供）"]),
        ("caption", ["履职尽责", "结硕果"]),
    ],
)
def test_lines_that_end_by_hand(house: Setter, role: str, lines: list[str]) -> None:
    typed = {"byline": "本报记者 罗鸣{|}李四 摄", "credit": "(本版图片{|}由区政协提供)"}
    told = story(**{"text": copy(3), **dressed(role, typed.get(role, "履职尽责{|}结硕果"))})
    found: dict[float, str] = {}
    for run in compose_story(told, house, facts("a.jpg"), page=1).items:
        if isinstance(run, GlyphRun) and run.tag.startswith(role):
            found[run.baseline] = found.get(run.baseline, "") + run.text
    assert list(found.values()) == lines


def test_a_head_is_broken_where_the_desk_says_and_nowhere_else(house: Setter) -> None:
    long = "大武口区政协坚持履职重点紧跟发展步伐"
    made = house.headline(passage(f"{long[:3]}{{|}}{long[3:]}", "headline"), 300.0)
    assert [sum(1 for _ in line.clusters) for line in made.lines] == [3, 15]
    assert not made.within


def test_heads_take_no_note_marks_and_say_so(house: Setter) -> None:
    made = house.headline(passage("增长12%[^1]与**1季度**[^2]", "headline"), 900.0)
    assert "".join(line.text for line in made.lines) == "增长12%与1季度"
    assert [(found.code, found.span.column) for found in house.diagnostics] == [
        ("markup-refused", 16),
        ("markup-refused", 28),
    ]
    faces = {placed.text: placed.cell.face for line in made.lines for placed in line.clusters}
    assert faces["季"].startswith("NotoSans")
    assert faces["增"].startswith("NotoSerif")


def widths(lines: tuple[Line, ...]) -> list[float]:
    return [line.width for line in lines]


def upright(told: Story, house: Setter) -> HeadPlan | None:
    return plan_head(told, house, strip(Rect(0.0, 0.0, 100.0, 500.0), pitch=12.0), page=1)


def test_ruby_has_room_above_a_head_and_beside_a_vertical_one(house: Setter) -> None:
    frame = make_frame(house.house.grid, Area(1, 6, 1, 40), size=9.0)
    told, plain = (story(headline=passage(text, "headline")) for text in ("{生|shēng}僻字", "生僻字"))
    heads = [plan_head(each, house, frame, page=1) for each in (told, plain)]
    assert heads[0] is not None
    assert heads[1] is not None
    size = heads[0].parts[0].size
    assert heads[0].parts[0].height - heads[1].parts[0].height == pytest.approx(RUBY_ROOM * size)
    beside = [upright(each, house) for each in (told, plain)]
    assert beside[0] is not None
    assert beside[1] is not None
    assert beside[0].breadth(house) - beside[1].breadth(house) == pytest.approx(RUBY_ROOM * size)


def test_a_vertical_byline_has_its_marks_and_lines(house: Setter) -> None:
    head = upright(story(byline=passage("记者 {张三丰:_}{|}李四", "byline")), house)
    assert head is not None
    first, second = head.parts[0].lines
    assert (first.text, second.text) == ("记者\u3000张三丰", "李\u3000四")
    assert "".join(placed.text for placed in first.clusters if placed.dress.lines) == "张三丰"


def test_a_story_as_typed_is_set_as_typed(house: Setter) -> None:
    told = story(
        text=(
            passage("比分3:1,好."),
            passage("大武口区政协坚持履职重点紧跟发展步伐，协商主题紧扣党中央积极开展协商议政，严格执行规则"),
            passage("另一段。"),
        ),
        headline=passage("促 发展,惠民生", "headline"),
        byline=passage("本报记者 罗鸣", "byline"),
        credit=passage("(供图)", "credit"),
    )
    assert list(lints(told))
    typed = as_typed(told)
    assert list(lints(typed)) == []
    items = compose_story(typed, house, {}, page=1).items
    text = "".join(item.text for item in items if isinstance(item, GlyphRun))
    for part in ("比分3:1,好.", "促 发展,惠民生", "本报记者 罗鸣", "(供图)"):
        assert part in text
    assert len(house_lines(typed, house)) == 3  # nothing is joined either


def house_lines(told: Story, house: Setter) -> list[str]:
    from layout.compose.galley import joined

    return [each.text for each in joined(told.text, house.copy_of)]


@pytest.mark.parametrize("text", ["|", "{|}", "{|} {|}", "**", "\\|{|}", "{{|}:red}", "[^1]"])
@pytest.mark.parametrize("role", ROLES)
def test_markup_alone_is_no_harm(house: Setter, role: str, text: str) -> None:
    compose_story(story(**{"text": (passage(text), *copy(2)), **dressed(role, text)}), house, facts("a.jpg"), page=1)
    compose_story(
        story(text=copy(2), head=HeadPlace(vertical="left"), **dressed(role, text)) if role != "subhead" else story(),
        house,
        facts("a.jpg"),
        page=1,
    )


ATOMS = (
    *(
        "国",
        "区政协",
        "，",
        "\u3000",
        " ",
        "12.5%",
        "internationalization",
        "“",
        "”",
        "（",
        "）",
        "——",
        "本报记者",
        "罗鸣",
    ),
    *("{|}", "|", "\\|", "**", "*", "{", "}", ":red}", ":.}", ":_}", ":!}", ":=}", "|hàn}", "{汉字|hàn zì}", "[^1]"),
)
typed = (
    st.lists(st.sampled_from(ATOMS), min_size=1, max_size=14).map("".join).filter(lambda text: text.strip(" \u3000"))
)


@settings(max_examples=15, deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(ROLES, typed)), st.booleans(), st.integers(1, 6))
def test_whatever_is_typed_is_set(texts: dict[str, str], upright: bool, columns: int) -> None:
    heads = {role: passage(texts[role], role) for role in ("kicker", "headline", "deck", "byline", "credit")}
    told = story(
        **heads,
        text=(passage(texts["subhead"], "subhead"), passage(texts["caption"]), *copy(1)),
        photos=(photo("a.jpg", caption=passage(texts["caption"], "caption")),),
        area=Area(1, columns, 1, 60),
        head=HeadPlace(vertical="left" if upright else None),
    )
    for each in (told, as_typed(told)):
        compose_story(each, shared(), facts("a.jpg"), page=1)
