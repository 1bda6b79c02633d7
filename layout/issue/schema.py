"""The JSON Schema of an issue: the one list of what an issue file may hold."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("schema.json")


def issue_schema(house: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The schema. With the ``house`` schema, settings given under ``house:`` are described too, for editors.

    Without it they are any mapping: ``layout.house.load_house`` judges them, since only it knows what they are laid
    over.
    """
    schema: dict[str, Any] = json.loads(_FILE.read_text("utf-8"))
    if house is not None:
        own = {key: value for key, value in house.items() if key != "$schema"}
        schema["definitions"]["house"] = _moved(own, "#/definitions/house/definitions/")
    return schema


def _moved(value: Any, to: str) -> Any:
    """A schema whose references are right again when it stands inside another."""
    if isinstance(value, Mapping):
        return {
            key: inner.replace("#/definitions/", to) if key == "$ref" else _moved(inner, to)
            for key, inner in value.items()
        }
    return [_moved(inner, to) for inner in value] if isinstance(value, list) else value
