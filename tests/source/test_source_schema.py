"""A tree against a schema: all errors, each at its place; then to values and structs."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from msgspec import Struct

from layout.core import MM, Span
from layout.source import (
    Leaf,
    Source,
    Table,
    as_node,
    build,
    convert,
    merge,
    nearest,
    parse_yaml,
    partial,
    plain,
    validate,
)

SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["size"],
    "properties": {
        "size": {"$ref": "#/definitions/size", "title": "size 字号", "description": "Type size", "examples": ["9pt"]},
        "headline": {"type": ["string", "null"], "title": "headline 标题"},
        "date": {"type": "string", "format": "date"},
        "align": {"enum": ["start", "centre"]},
        "ink": {"type": "number", "unit": "percent", "maximum": 100},
        "columns": {"type": "integer", "minimum": 1},
        "at": {
            "anyOf": [
                {"enum": ["top", "bottom"]},
                {
                    "type": "object",
                    "required": ["line"],
                    "additionalProperties": False,
                    "properties": {"line": {"type": "integer"}},
                },
            ]
        },
        "many": {"type": "object", "additionalProperties": {"anyOf": [{"type": "string"}, {"type": "array"}]}},
        "list": {"type": "array", "minItems": 1, "items": {"type": "integer"}},
    },
    "definitions": {"size": {"type": ["number", "string"], "format": "size"}},
}
FORMATS = {"size": lambda text: text.endswith(("pt", "mm"))}


def tree(text: str) -> Table:
    parsed = parse_yaml(Source("x.yaml", text))
    assert isinstance(parsed.value, Table), parsed.diagnostics
    return parsed.value


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "words"),
    [
        ("size: 9pt\nheadlin: 文\n", "unknown-key", 2, 1, "did you mean headline?"),
        ("size: 9pt\n标题: 文\n", "unknown-key", 2, 1, "did you mean headline?"),
        ("size: 9pt\nzzz: 1\n", "unknown-key", 2, 1, "known here: size"),
        ("columns: 1\n", "missing-key", 1, 1, "size: 9pt"),
        ("size: 9px\n", "bad-value", 1, 7, "Type size"),
        ("size: []\n", "wrong-type", 1, 7, "a number or text, not a list"),
        ("size: 9pt\nheadline: 2024\n", "wrong-type", 2, 11, 'put it in quotes: "2024"'),
        ("size: 9pt\ncolumns: many\n", "wrong-type", 2, 10, "a whole number, not text"),
        ("size: 9pt\ncolumns: 0\n", "bad-value", 2, 10, "at least 1, not 0"),
        ("size: 9pt\nink: 101\n", "bad-value", 2, 6, "at most 100"),
        ("size: 9pt\ndate: 2024-13-01\n", "bad-value", 2, 7, "a date"),
        ("size: 9pt\nalign: center\n", "bad-value", 2, 8, "did you mean centre?"),
        ("size: 9pt\nat: topp\n", "bad-value", 2, 5, "did you mean top?"),
        ("size: 9pt\nat: 5\n", "wrong-type", 2, 5, "text or a mapping of keys to values, not a whole number"),
        ("size: 9pt\nat: {}\n", "missing-key", 2, 5, "'line' is missing"),
        ("size: 9pt\nat: {line: x}\n", "wrong-type", 2, 12, "a whole number"),
        ("size: 9pt\nmany: {a: 1}\n", "wrong-type", 2, 11, "text or a list"),
        ("size: 9pt\nlist: []\n", "bad-value", 2, 7, "must not be empty"),
        ("size: 9pt\nlist: [1, x]\n", "wrong-type", 2, 11, "item 2 of 'list'"),
    ],
)
def test_one_error(text: str, code: str, line: int, column: int, words: str) -> None:
    (found,) = validate(SCHEMA, tree(text), FORMATS)
    assert (found.code, found.span) == (code, Span("x.yaml", line, column))
    assert words in f"{found.message} {found.hint}"


def test_all_errors_at_once_in_order() -> None:
    text = "headlin: 文\ncolumns: 0\nat: {lines: 3}\nsize: 9\nink: much\n"
    found = [(one.code, one.span.line, one.span.column) for one in validate(SCHEMA, tree(text), FORMATS)]
    assert found == [
        ("unknown-key", 1, 1),
        ("bad-value", 2, 10),
        ("missing-key", 3, 5),
        ("unknown-key", 3, 6),
        ("wrong-type", 5, 6),
    ]


def test_partial_schemas_require_nothing() -> None:
    assert not validate(partial(SCHEMA), tree("at: {}\n"), FORMATS)


def test_values_as_the_schema_says() -> None:
    table = tree("size: 10mm\nink: 35\ndate: 2024-01-08\nheadline: 2024-01-08\ncolumns: 6.0\nlist: [1]\nat:\n")
    values = convert(SCHEMA, table, length=lambda value: float(str(value).removesuffix("mm")) * MM)
    assert values == {
        "size": 10 * MM,
        "ink": 0.35,
        "date": date(2024, 1, 8),
        "headline": "2024-01-08",
        "columns": 6,
        "list": (1,),
        "at": None,
    }
    assert isinstance(values["columns"], int)


class Inner(Struct, frozen=True):
    line: int


class Outer(Struct, frozen=True):
    at: Inner | str | None = None
    by_name: Mapping[str, Inner] | None = None
    several: tuple[Inner, ...] = ()
    pair: tuple[float, float] = (0.5, 0.5)


def test_structs_are_built_by_their_hints() -> None:
    values = {"at": {"line": 1}, "by_name": {"a": {"line": 2}}, "several": [{"line": 3}], "pair": (1.0, 2.0)}
    assert build(Outer, values) == Outer(Inner(1), {"a": Inner(2)}, (Inner(3),), (1.0, 2.0))
    assert build(Outer, {"at": "top", "other": 5}) == Outer("top")
    assert build(Outer, {"at": None}) == Outer()


def test_merging_keeps_the_place_of_what_wins() -> None:
    base, over = tree("a: {b: 1, c: 2}\nd: [1]\n"), as_node({"a": {"c": 3}, "d": [2, 3]}, Span("i.yaml", 7, 2))
    merged = merge(base, over)
    assert plain(merged) == {"a": {"b": 1, "c": 3}, "d": [2, 3]}
    assert isinstance(merged, Table)
    inner = merged.get("a")
    assert isinstance(inner, Table)
    assert inner.place("b") == Span("x.yaml", 1, 5)
    assert inner.place("c") == Span("i.yaml", 7, 2)


def test_plain_values_become_nodes() -> None:
    assert plain(as_node({"a": [1, None, True, "x", date(2024, 1, 8)]})) == {"a": [1, None, True, "x", "2024-01-08"]}
    leaf = Leaf(1, "1", Span())
    assert as_node(leaf) is leaf
    with pytest.raises(TypeError):
        as_node({"a": object()})


def test_nearest_names() -> None:
    assert nearest("headlin", ("headline", "deck")) == "did you mean headline?"
    assert nearest("副题", {"headline": "headline 主题", "deck": "deck 副题"}) == "did you mean deck?"
    assert nearest("zz", ("headline", "deck")) == "known here: headline, deck"
    assert nearest("zz", ()) == ""
