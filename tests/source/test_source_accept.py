"""The quick check of a file against its schema: what it accepts, the validator finds valid."""

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, Final

import jsonschema_rs
import pytest

import layout
from layout.issue.schema import issue_schema
from layout.source import plain, read_table
from layout.source.accept import accepts

ROOT: Final = Path(layout.__file__).parent
PAGES: Final = ROOT.parent / "tests" / "pages"
OTHERS: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, 1, -1, 1.0, 2.5, 1e9, 10**20, 1e400, "", "x", "1-2", "1-2\n", "top", "2024-02-30", "9pt"),
    *([], ["top", "top"], ["top", 1], [1, 1.0], {}, {"x": 1}),
)
FORMATS: Final = {"length": lambda text: text == "9pt", "size": lambda text: text == "9pt"}


def values_of(path: Path) -> Any:
    table = read_table(path).value
    assert table is not None
    return plain(table)


def places(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in a value, the whole first."""
    yield at
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, each in inner:
        yield from places(each, (*at, step))


def changed(value: Any) -> Iterator[Any]:
    """The value with one thing in it replaced, put in or left out, for each thing and each way."""
    for *way, last in filter(None, places(value)):
        for other in (*OTHERS, ...):
            copy = deepcopy(value)
            holder = copy
            for step in way:
                holder = holder[step]
            if other is ...:
                del holder[last]
            else:
                holder[last] = other
            yield copy
    yield {**value, "nobody-knows": 1}


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        (issue_schema(), PAGES / "table.yaml"),
        (issue_schema(), PAGES / "supplement.yaml"),
        (json.loads((ROOT / "house" / "schema.json").read_text("utf-8")), ROOT / "house" / "tabloid.yaml"),
    ],
)
def test_what_is_accepted_is_valid(schema: dict[str, Any], path: Path) -> None:
    validator = jsonschema_rs.Draft7Validator(schema, formats=FORMATS, validate_formats=True)
    accepted = [value for value in changed(values_of(path)) if accepts(schema, value, FORMATS)]
    assert all(map(validator.is_valid, accepted))


@pytest.mark.parametrize("name", ["table", "supplement", "small"])
def test_ordinary_files_are_accepted(name: str) -> None:
    assert accepts(issue_schema(), values_of(PAGES / f"{name}.yaml"), {})


@pytest.mark.parametrize(
    "schema",
    [{"minimun": 1}, {"oneOf": [{}]}, {"properties": {"a": {}}}, {"format": "uri"}, {"enum": [1]}],
)
def test_what_is_not_known_is_left_to_the_validator(schema: dict[str, Any]) -> None:
    assert not any(accepts(schema, value, {}) for value in (1, "x") if not (value == 1 and "format" in schema))


def test_references_and_dates() -> None:
    schema = {"definitions": {"day": {"format": "date"}}, "$ref": "#/definitions/day", "minLength": 99}
    assert accepts(schema, "2024-02-29", {})  # what stands beside a reference does not count
    assert not accepts(schema, "2023-02-29", {})
    assert not accepts(schema, "20240229", {})
