"""What unquoted scalars mean: YAML 1.2's core, a date, and none of YAML 1.1's surprises."""

from datetime import date

import pytest

from layout.source import Leaf, Source, Table, parse_yaml

MEANINGS = [
    ("样报", "样报"),
    ("yes", "yes"),
    ("no", "no"),
    ("on", "on"),
    ("off", "off"),
    ("y", "y"),
    ("true", True),
    ("False", False),
    ("~", None),
    ("null", None),
    ("", None),
    ("4", 4),
    ("-4", -4),
    ("+4", 4),
    ("012", 12),
    ("0o14", 12),
    ("0x0c", 12),
    ("08", 8),
    ("12:30", "12:30"),
    ("1_000", "1_000"),
    ("0b11", "0b11"),
    ("1.5", 1.5),
    ("1e3", 1000.0),
    (".5", 0.5),
    ("1.", 1.0),
    ("1e999", "1e999"),
    (".inf", ".inf"),
    (".nan", ".nan"),
    ("1234567890123456789", "1234567890123456789"),
    ("2024-01-08", date(2024, 1, 8)),
    ("2024-13-45", "2024-13-45"),
    ("2024-1-8", "2024-1-8"),
    ("2024-01-08 10:00:00", "2024-01-08 10:00:00"),
    ("1-8", "1-8"),
    ("=", "="),
    ("<<", "<<"),
]


def value_of(text: str, *, pure: bool = False) -> object:
    parsed = parse_yaml(Source("x.yaml", f"key: {text}\n"), pure=pure)
    assert isinstance(parsed.value, Table), parsed.diagnostics
    node = parsed.value.entries["key"].node
    assert isinstance(node, Leaf)
    return node.value


@pytest.mark.parametrize("pure", [False, True])
@pytest.mark.parametrize(("text", "value"), MEANINGS)
def test_plain_scalar(text: str, value: object, pure: bool) -> None:
    found = value_of(text, pure=pure)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("text", ["012", "2024-01-08", "1.50", "true"])
def test_a_leaf_keeps_what_was_typed(text: str) -> None:
    parsed = parse_yaml(Source("x.yaml", f"key: {text}\n"))
    assert isinstance(parsed.value, Table)
    node = parsed.value.get("key")
    assert isinstance(node, Leaf)
    assert node.raw == text


@pytest.mark.parametrize("text", ['"2024-01-08"', "'4'", "!!str 4", "! true", '"~"'])
def test_quotes_and_the_str_tag_make_text(text: str) -> None:
    assert isinstance(value_of(text), str)


def test_keys_are_always_text() -> None:
    parsed = parse_yaml(Source("x.yaml", "on: 1\n1: 2\n2024-01-08: 3\nnull: 4\n"))
    assert isinstance(parsed.value, Table)
    assert list(parsed.value.entries) == ["on", "1", "2024-01-08", "null"]
