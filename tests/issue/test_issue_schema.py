"""The issue's schema is one with the model, explains everything, and admits what it gives as examples."""

from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs
import pytest
from msgspec import NODEFAULT
from msgspec.structs import fields

from layout.house import house_schema
from layout.issue import issue_schema
from layout.issue.model import Box, Cell, Issue, Page, Paper, Photo, Story, TableCopy

SCHEMA = issue_schema()
OWN = {"span", "root", "style_span", "time", "heads", "aligns", "before", "spread"}
"""Fields that the loader gives, not the desk."""
OTHER_WORDS = {"text_file", "tier"}
"""Other words for a field: for text, for the column of a vertical story."""


def properties(*path: str | int) -> Mapping[str, Any]:
    node: Any = SCHEMA
    for step in path:
        node = node[step]
    found: Mapping[str, Any] = node["properties"]
    return found


KINDS = {
    Issue: properties(),
    Paper: properties("properties", "paper"),
    Page: properties("definitions", "page"),
    Story: properties("definitions", "story"),
    Photo: properties("definitions", "photo"),
    TableCopy: properties("definitions", "table"),
    Box: properties("definitions", "story", "properties", "box"),
    Cell: properties("definitions", "photo", "properties", "at", "anyOf", 1),
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_schema_and_model_name_the_same_things(kind: type) -> None:
    names = {"house" if field.name == "overrides" else field.name for field in fields(kind)}  # type: ignore[arg-type]
    assert set(KINDS[kind]) - OTHER_WORDS == names - OWN


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_defaults_are_the_models(kind: type) -> None:
    for field in fields(kind):  # type: ignore[arg-type]
        stated = KINDS[kind].get(field.name, {}).get("default")
        if stated and field.default is not NODEFAULT:
            assert field.default == (tuple(stated) if isinstance(stated, list) else stated)


def parts(schema: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(schema, Mapping):
        if isinstance(schema.get("properties"), Mapping):
            yield from (part for part in schema["properties"].values() if isinstance(part, Mapping))
        for value in schema.values():
            yield from parts(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from parts(value)


@pytest.mark.parametrize("schema", [SCHEMA, issue_schema(house_schema())], ids=["alone", "with house"])
def test_the_schema_is_valid_and_every_reference_leads_somewhere(schema: dict[str, Any]) -> None:
    assert jsonschema_rs.meta.is_valid(schema)
    assert jsonschema_rs.Draft7Validator(schema).is_valid(
        {"paper": {"name": "样报"}, "date": "2024-01-08", "pages": [{"number": 1, "stories": [{"text": "文"}]}]}
    )


def test_every_property_is_titled_in_both_languages_and_explained() -> None:
    for part in parts(SCHEMA):
        target = SCHEMA["definitions"].get(part.get("$ref", "").rpartition("/")[2], {})
        title = part.get("title") or target.get("title", "")
        assert any("\u4e00" <= character <= "\u9fff" for character in title), part
        assert part.get("description") or target.get("description"), part


def test_examples_are_valid() -> None:
    for part in parts(SCHEMA):
        whole = {"definitions": SCHEMA["definitions"], "allOf": [part]}
        for example in part.get("examples", ()):
            if example != {"number": 4, "title": "专版"}:
                assert jsonschema_rs.is_valid(whole, example), (part, example)


def test_with_the_house_schema_settings_are_checked() -> None:
    validator = jsonschema_rs.Draft7Validator(issue_schema(house_schema()))
    issue: dict[str, Any] = {
        "paper": {"name": "样报"},
        "date": "2024-01-08",
        "pages": [{"number": 1, "stories": [{"text": "文"}]}],
    }
    assert validator.is_valid({**issue, "house": {"grid": {"lines": 100}, "press": "coated"}})
    assert not validator.is_valid({**issue, "house": {"gird": {}}})
    assert not validator.is_valid({**issue, "house": {"styles": {"body": {"ink": 5}}}})
