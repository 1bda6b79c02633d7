"""Plain values to the model's values, by their own type hints: no list of fields is written twice."""

import types
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def build(kind: type[T], values: Mapping[str, Any]) -> T:
    """A ``kind`` from validated values: keys are field names, absent ones keep the field's default.

    Follows nested structs, ``Mapping[str, X]``, ``tuple[X, ...]`` and ``X | None``; a value that already is what a
    field wants is taken as it is.
    """
    kind_of_struct: Any = kind
    hints = _hints(kind_of_struct)
    return kind(**{name: _fit(hints[name], values[name]) for name in _field_names(kind) if name in values})


@cache
def _hints(kind: Any) -> Mapping[str, Any]:
    """The type hints of a struct, read once: a house style has many of one kind."""
    return get_type_hints(kind)


def _field_names(kind: Any) -> tuple[str, ...]:
    """The names that the constructor takes, in order; none for what is no struct."""
    names: tuple[str, ...] = getattr(kind, "__struct_fields__", ())
    return names


def _fit(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if _field_names(hint):
        return build(hint, value) if isinstance(value, Mapping) else value
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {Union, types.UnionType}:
        return next((_fit(choice, value) for choice in arguments if choice is not type(None)), value)
    if origin is tuple and arguments and arguments[-1] is Ellipsis:
        return tuple(_fit(arguments[0], item) for item in value)
    if isinstance(value, Mapping) and len(arguments) == 2:
        return {key: _fit(arguments[1], item) for key, item in value.items()}
    return value
