"""Inline markup: what an editor types, what is printed, what is marked."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.text.markup import Marked, parse, press_copy
from layout.text.normalise import normalise, traced

INKS = ("red", "grey-dark")


def marked(copy: Marked) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(mark.kind, copy.text[mark.start : mark.end], mark.values) for mark in copy.marks]


@pytest.mark.parametrize(
    ("typed", "text", "marks"),
    [
        ("这是**重点**。", "这是重点。", [("hei", "重点", ())]),
        ("这是*楷体*。", "这是楷体。", [("kai", "楷体", ())]),
        ("***粗楷***", "粗楷", [("hei", "粗楷", ()), ("kai", "粗楷", ())]),
        ("**粗*楷*粗**", "粗楷粗", [("hei", "粗楷粗", ()), ("kai", "楷", ())]),
        ("*楷**粗**楷*", "楷粗楷", [("kai", "楷粗楷", ()), ("hei", "粗", ())]),
        ("{红字:red}", "红字", [("ink", "红字", ("red",))]),
        ("{灰字：grey-dark}", "灰字", [("ink", "灰字", ("grey-dark",))]),
        ("{他说：好:red}", "他说：好", [("ink", "他说：好", ("red",))]),
        ("{19:30:red}", "19:30", [("ink", "19:30", ("red",))]),
        ("{着重:.}{着重:。}", "着重着重", [("dots", "着重", ()), ("dots", "着重", ())]),
        (
            "{张三:_}{论语:~}{国务院:=}",
            "张三论语国务院",
            [("name", "张三", ()), ("title", "论语", ()), ("keep", "国务院", ())],
        ),
        ("{{里:.}外:red}", "里外", [("ink", "里外", ("red",)), ("dots", "里", ())]),
        ("{**粗**:red}", "粗", [("ink", "粗", ("red",)), ("hei", "粗", ())]),
        ("{汉字|hàn zì}", "汉字", [("ruby", "汉字", ("hàn", "zì"))]),
        ("{汉字|hàn|zì}", "汉字", [("ruby", "汉字", ("hàn", "zì"))]),
        ("{汉字|hànzì}", "汉字", [("ruby", "汉字", ("hànzì",))]),
        ("{北京大学|Peking University}", "北京大学", [("ruby", "北京大学", ("Peking University",))]),
        ("{上句|下句:red}", "上句|下句", [("ink", "上句|下句", ("red",))]),
        ("一{|}二", "一二", [("break", "", ())]),
    ],
)
def test_what_is_marked(typed: str, text: str, marks: list[tuple[str, str, tuple[str, ...]]]) -> None:
    copy = parse(typed, INKS)
    assert (copy.text, marked(copy), copy.faults) == (text, marks, ())


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("3*5米，4*6米", "3*5米，4*6米"),
        ("A*B与C*D", "A*B与C*D"),
        ("张**、李**", "张**、李**"),
        ("张****李****", "张****李****"),
        ("乘号 * 两边", "乘号 * 两边"),
        (r"\*注\*与\{花\}和\\", r"*注*与{花}和\ ".strip()),
        (r"路径 C:\x", r"路径 C:\x"),
        (r"\[^1]", "[^1]"),
        ("甲|乙", "甲|乙"),
        ("[1]与[^太长的注码]", "[1]与[^太长的注码]"),
    ],
)
def test_what_is_copy(typed: str, text: str) -> None:
    copy = parse(typed, INKS)
    assert (copy.text, copy.marks, copy.faults) == (text, (), ())


@pytest.mark.parametrize(
    ("typed", "offset", "code"),
    [
        ("*为化名", 0, "markup-unclosed"),
        ("这是**重点。", 2, "markup-unclosed"),
        ("这是{重点。", 2, "markup-unclosed"),
        ("重点}。", 2, "markup-unopened"),
        ("{红字:rde}", 0, "markup-unknown"),
        ("{红字}", 0, "markup-unknown"),
        ("{:red}", 0, "markup-unknown"),
        ("{电子|a|b|c}", 0, "markup-ruby"),
        ("{电子|a|}", 0, "markup-ruby"),
        ("{{汉字:red}|hàn zì}", 0, "markup-ruby"),
        ("**粗{红**字:red}", 0, "markup-unclosed"),
    ],
)
def test_faults_have_their_place_and_leave_the_signs(typed: str, offset: int, code: str) -> None:
    copy = parse(typed, INKS)
    assert (copy.faults[0].offset, copy.faults[0].code) == (offset, code)
    assert typed[offset] in copy.text


def test_without_a_palette_any_name_is_an_ink() -> None:
    assert marked(parse("{红字:whatever}比分{3:2}")) == [("ink", "红字", ("whatever",))]


@pytest.mark.parametrize(
    ("typed", "text", "marks"),
    [
        ("他说:“**好**”,走了", "他说：“好”，走了", [("hei", "好")]),
        ("他**说...**走了", "他说……走了", [("hei", "说……")]),
        ("约 **3 人** 来", "约3人来", [("hei", "3人")]),
        ("增长5[^1],下降", "增长51，下降", [("note", "1")]),
        ("翻番。[^2]又说?[^3]", "翻番2。又说3？", [("note", "2"), ("note", "3")]),
        ("**增长[^1]**后", "增长1后", [("hei", "增长"), ("note", "1")]),
        ("{“好”:.}:[^①]{|}是", "“好”①：是", [("dots", "“好”"), ("note", "①"), ("break", "")]),
    ],
)
def test_normalised_as_if_there_were_no_markup(typed: str, text: str, marks: list[tuple[str, str]]) -> None:
    copy = press_copy(typed, "body", INKS)
    assert (copy.text, [(kind, part) for kind, part, _ in marked(copy)]) == (text, marks)


SIGNS = st.sampled_from(
    [*"*{}[]|:\\^=._~", "**", "[^1]", "{|}", ":red}", ":.}", "|hàn}", ",", "...", " ", "5", "国", "好人", "A"]
)


@given(st.lists(SIGNS, max_size=24).map("".join))
def test_any_copy_is_read(typed: str) -> None:
    copy = parse(typed, INKS)
    assert len(copy.origin) == len(copy.text) + 1
    assert all(a < b for a, b in pairwise(copy.origin))
    assert all(typed[at] == char for at, char in zip(copy.origin, copy.text, strict=False))
    assert all(0 <= mark.start <= mark.end <= len(copy.text) for mark in copy.marks)


@given(st.lists(SIGNS, max_size=24).map("".join))
def test_press_copy_is_the_normalised_text(typed: str) -> None:
    """Rule Q-9: what is printed is the normalised copy without the markup; notes stand in it where they were typed."""
    plain, copy = parse(typed, INKS), press_copy(typed, "body", INKS)
    notes = {at for mark in copy.marks if mark.kind == "note" for at in range(mark.start, mark.end)}
    assert "".join(char for at, char in enumerate(copy.text) if at not in notes) == normalise(plain.text)
    assert len(copy.origin) == len(copy.text) + 1
    assert all(0 <= mark.start <= mark.end <= len(copy.text) for mark in copy.marks)


@given(st.lists(SIGNS, max_size=24).map("".join), st.sampled_from(["body", "headline", "byline"]))
def test_traced_is_normalise_with_the_places(typed: str, role: str) -> None:
    text, origin = traced(typed, role)
    assert text == normalise(typed, role)
    assert len(origin) == len(text) + 1
    assert list(origin) == sorted(origin)
    assert all(0 <= at <= len(typed) for at in origin)


def test_deep_nesting_is_read_in_linear_time() -> None:
    depth = 2000
    copy = parse("{" * depth + "字" + ":red}" * depth, INKS)
    assert (copy.text, len(copy.marks), copy.faults) == ("字", depth, ())
    assert len(parse("{" * depth + "字" + "|a}" * depth, INKS).faults) == depth - 1
