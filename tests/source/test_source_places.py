"""Every character of a text knows the line and column where it was typed."""

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from layout.core import Span
from layout.source import Leaf, Source, Table, as_node, parse_yaml, placed

LITERAL = "text: |  # copy\n  第一段𠮷字\n\n    缩进\n  第二段\n"
FOLDED = "text: >-\n  第一行\n  第二行\n\n  新段\n"
DOUBLE = 'text: "引\\u4e2d文\\t字\n  续行 \\\n  接行"\n'
SINGLE = "text: '他说''好''\n  再来'\n"
PLAIN = "text: 平文\n  续行\n\n  新段\n"
TAGGED = "text: &copy !!str |-\n  有锚\n"


def leaf_of(text: str) -> tuple[Source, Leaf]:
    source = Source("x.yaml", text)
    parsed = parse_yaml(source)
    assert isinstance(parsed.value, Table), parsed.diagnostics
    leaf = parsed.value.get("text")
    assert isinstance(leaf, Leaf)
    return source, leaf


@pytest.mark.parametrize("text", [LITERAL, FOLDED, SINGLE, PLAIN, TAGGED, LITERAL.replace("\n", "\r\n")])
def test_every_visible_character_is_where_it_says(text: str) -> None:
    source, leaf = leaf_of(text)
    copy = placed(leaf)
    for offset, character in enumerate(copy.text):
        if not character.isspace():
            span = copy.at(offset)
            assert source.line(span.line)[span.column - 1] == character


@pytest.mark.parametrize(
    ("text", "needle", "line", "column"),
    [
        (LITERAL, "第一段", 2, 3),
        (LITERAL, "𠮷", 2, 6),
        (LITERAL, "缩进", 4, 5),
        (LITERAL, "第二段", 5, 3),
        (FOLDED, "第二行", 3, 3),
        (FOLDED, "新段", 5, 3),
        (DOUBLE, "引", 1, 8),
        (DOUBLE, "中", 1, 9),
        (DOUBLE, "文", 1, 15),
        (DOUBLE, "续行", 2, 3),
        (DOUBLE, "接行", 3, 3),
        (SINGLE, "好", 1, 12),
        (SINGLE, "再来", 2, 3),
        (PLAIN, "平文", 1, 7),
        (PLAIN, "新段", 4, 3),
        (TAGGED, "有锚", 2, 3),
    ],
)
def test_places(text: str, needle: str, line: int, column: int) -> None:
    copy = placed(leaf_of(text)[1])
    assert copy.at(copy.text.index(needle)) == Span("x.yaml", line, column)


def test_a_value_with_an_anchor_stands_behind_it() -> None:
    assert leaf_of("text: &copy !!str 文\n")[1].span == Span("x.yaml", 1, 19)


def test_explicit_indentation_keeps_leading_blanks() -> None:
    _, leaf = leaf_of("text: |2\n    缩进\n  平\n")
    copy = placed(leaf)
    assert copy.text == "  缩进\n平\n"
    assert copy.at(copy.text.index("缩")) == Span("x.yaml", 2, 5)
    assert copy.at(copy.text.index("平")) == Span("x.yaml", 3, 3)


def test_plain_values_stand_where_they_were_given() -> None:
    leaf = as_node("文字", Span("i.yaml", 3, 7))
    assert isinstance(leaf, Leaf)
    assert placed(leaf).at(1) == Span("i.yaml", 3, 8)


LINES = st.lists(st.text("一二三a '\"\\#: ", min_size=1, max_size=8), min_size=1, max_size=5)


@given(LINES, st.sampled_from(["'", '"', "|", ">", ""]))
def test_dumped_text_is_where_it_says(lines: list[str], style: str) -> None:
    value = "\n".join(lines)
    text = "text: " + yaml.safe_dump(value, default_style=style or None, allow_unicode=True, width=20)
    if not style or style in "'\"":
        text = text.replace("\n...\n", "\n")
    else:
        text = yaml.safe_dump({"text": value}, default_style=style, allow_unicode=True, width=20)
        text = text.replace('"text"', "text").replace("'text'", "text")
    parsed = parse_yaml(Source("x.yaml", text))
    assume(isinstance(parsed.value, Table) and isinstance(parsed.value.get("text"), Leaf))
    source, leaf = leaf_of(text)
    copy = placed(leaf)
    for offset, character in enumerate(copy.text):
        if character in "一二三":
            span = copy.at(offset)
            assert source.line(span.line)[span.column - 1] == character
