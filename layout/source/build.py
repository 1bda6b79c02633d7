"""Plain values to frozen dataclasses, by the dataclasses' own type hints: no list of fields is written twice."""

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def build(kind: type[T], values: Mapping[str, Any]) -> T:
    """A ``kind`` from validated values: keys are field names, absent ones keep the field's default.

    Follows nested dataclasses, ``Mapping[str, X]``, ``tuple[X, ...]`` and ``X | None``; a value that already is
    what a field wants is taken as it is.
    """
    hints = get_type_hints(kind)
    given = {field.name: _fit(hints[field.name], values[field.name]) for field in _fields(kind) if field.name in values}
    return kind(**given)


def _fields(kind: Any) -> Any:
    return fields(kind)


def _fit(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if is_dataclass(hint):
        return build(hint, value) if isinstance(hint, type) and isinstance(value, Mapping) else value
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {Union, types.UnionType}:
        return next((_fit(choice, value) for choice in arguments if choice is not type(None)), value)
    if origin is tuple and arguments and arguments[-1] is Ellipsis:
        return tuple(_fit(arguments[0], item) for item in value)
    if isinstance(value, Mapping) and len(arguments) == 2:
        return {key: _fit(arguments[1], item) for key, item in value.items()}
    return value
