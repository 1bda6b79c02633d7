"""Whether a value plainly satisfies a JSON Schema: nearly every file does, and the validator takes long to load.

What is accepted here is valid by Draft 7; what is not may be so all the same, and the validator says.
"""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, TypeAlias

from layout.source.schema import Schema

Formats: TypeAlias = Mapping[str, Callable[[str], bool]]

_SILENT: Final = frozenset(
    {"$schema", "title", "description", "examples", "default", "definitions", "unit", "names", "properties"}
)
"""Keywords that judge nothing; ``properties`` go with ``additionalProperties``, which all our mappings have."""

_EXACT: Final = 2**53
"""Whole numbers beyond it are left to the validator."""

_UNJUDGED: Final = "template"
"""The format that no validator knows: ``house.template`` reads it."""

_DATE: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def accepts(schema: Schema, value: Any, formats: Formats) -> bool:
    """Whether ``value``, of JSON's types, plainly satisfies ``schema``; ``formats`` check text by its ``format``."""
    return _Judge(schema, formats).accepts(schema, value)


class _Judge:
    """A schema as a whole, to which references point."""

    def __init__(self, root: Schema, formats: Formats) -> None:
        self._root = root
        self.formats = formats

    def accepts(self, schema: Schema, value: Any) -> bool:
        """Whether a part of the schema accepts a value. What stands beside a reference does not count (Draft 7)."""
        while "$ref" in schema:
            schema = self._target(schema["$ref"])
        if "properties" in schema and "additionalProperties" not in schema:
            return False
        for keyword, argument in schema.items():
            if keyword not in _SILENT and not (keyword in _CHECKS and _CHECKS[keyword](self, schema, argument, value)):
                return False
        return True

    def _target(self, reference: str) -> Schema:
        target: Any = self._root
        for step in reference.removeprefix("#/").split("/"):
            target = target[step]
        schema: Schema = target
        return schema


def _type(_: _Judge, __: Schema, names: str | list[str], value: Any) -> bool:
    return any(_IS[name](value) for name in ((names,) if isinstance(names, str) else names))


def _is_number(value: Any) -> bool:
    return _is_whole(value) or (isinstance(value, float) and math.isfinite(value))


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < _EXACT


_IS: Final[Mapping[str, Callable[[Any], bool]]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "number": _is_number,
    "integer": _is_whole,
}


def _keys(judge: _Judge, schema: Schema, others: Any, value: Any) -> bool:
    """Each key by its own schema, or by that of ``others``."""
    known = schema.get("properties", {})
    return not isinstance(value, dict) or all(
        judge.accepts(known[key], inner) if key in known else _other(judge, others, inner)
        for key, inner in value.items()
    )


def _other(judge: _Judge, others: Any, value: Any) -> bool:
    return others if isinstance(others, bool) else judge.accepts(others, value)


def _format(judge: _Judge, _: Schema, name: str, value: Any) -> bool:
    if not isinstance(value, str) or name == _UNJUDGED:
        return True
    return judge.formats[name](value) if name in judge.formats else name == "date" and _is_date(value)


def _is_date(text: str) -> bool:
    try:
        return _DATE.fullmatch(text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _unique(_: _Judge, __: Schema, wanted: Any, value: Any) -> bool:
    """No item twice; of others than text the validator judges whether they are the same."""
    if not (wanted and isinstance(value, list)):
        return True
    return all(isinstance(item, str) for item in value) and len(set(value)) == len(value)


def _sized(kind: type[Any], fits: Callable[[int, int], bool]) -> "_Check":
    """A check of how many characters, items or keys there are."""
    return lambda _, __, limit, value: not isinstance(value, kind) or fits(len(value), limit)


def _measured(fits: Callable[[float, float], bool]) -> "_Check":
    """A check of how large a number is."""
    return lambda _, __, limit, value: not _is_number(value) or fits(value, limit)


_Check: TypeAlias = Callable[[_Judge, Schema, Any, Any], bool]

_CHECKS: Final[Mapping[str, _Check]] = {
    "type": _type,
    "additionalProperties": _keys,
    "format": _format,
    "required": lambda _, __, keys, value: not isinstance(value, dict) or all(key in value for key in keys),
    "items": lambda judge, _, each, value: (
        not isinstance(value, list) or all(judge.accepts(each, item) for item in value)
    ),
    "anyOf": lambda judge, _, choices, value: any(judge.accepts(choice, value) for choice in choices),
    "enum": lambda _, __, choices, value: isinstance(value, str) and value in choices,
    "pattern": lambda _, __, pattern, value: (
        not isinstance(value, str) or ("\n" not in value and re.search(pattern, value) is not None)
    ),
    "uniqueItems": _unique,
    "minimum": _measured(lambda value, limit: value >= limit),
    "maximum": _measured(lambda value, limit: value <= limit),
    "exclusiveMinimum": _measured(lambda value, limit: value > limit),
    "minItems": _sized(list, lambda count, limit: count >= limit),
    "maxItems": _sized(list, lambda count, limit: count <= limit),
    "minLength": _sized(str, lambda count, limit: count >= limit),
    "maxLength": _sized(str, lambda count, limit: count <= limit),
    "minProperties": _sized(dict, lambda count, limit: count >= limit),
    "maxProperties": _sized(dict, lambda count, limit: count <= limit),
}
"""Every keyword that judges, as far as our schemas use it: whether a value passes. Another one is not passed."""
