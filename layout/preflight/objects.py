"""PDF objects of any quality, read without surprises: what is missing or of the wrong kind is None or empty.

pikepdf gives numbers and booleans as Python's own and everything else as ``pikepdf.Object``.
"""

from collections.abc import Iterator
from decimal import Decimal
from math import isfinite
from typing import Final, TypeAlias

from pikepdf import Array, Dictionary, Name, Object, PdfError, Stream, String

Value: TypeAlias = object
"""Whatever stands in a file."""

Identity: TypeAlias = tuple[int, int]
"""Number and generation of an indirect object; (0, 0) of a direct one."""

DIRECT: Final[Identity] = (0, 0)
_LARGEST: Final = 1e9
"""Numbers beyond this are no lengths, tints or counts."""


def get(holder: Value, *path: str) -> Value:
    """What stands at the end of a path of keys, each with its slash; None where the path breaks off."""
    for key in path:
        if not isinstance(holder, Dictionary | Stream):
            return None
        try:
            holder = holder.get(key)
        except (PdfError, ValueError, TypeError):  # TypeError: a key that is not UTF-8
            return None
    return holder


def entries(holder: Value) -> Iterator[tuple[str, Value]]:
    """Keys, with their slash and sorted, and values of a dictionary or a stream's dictionary."""
    if isinstance(holder, Dictionary | Stream):
        for key in sorted(holder.keys()):
            yield key, get(holder, key)


def elements(value: Value) -> Iterator[Value]:
    """The elements of an array; of anything else, none."""
    if isinstance(value, Array):
        for index in range(len(value)):
            try:
                yield value[index]
            except (PdfError, ValueError):
                yield None


def one_or_many(value: Value) -> tuple[Value, ...]:
    """An array's elements, or the value alone; empty for None."""
    if value is None:
        return ()
    return tuple(elements(value)) if isinstance(value, Array) else (value,)


def number(value: Value) -> float | None:
    """A number of bearable size."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        found = float(value)
        return found if isfinite(found) and abs(found) <= _LARGEST else None
    return None


def integer(value: Value) -> int | None:
    """A whole number of bearable size."""
    found = number(value)
    return int(found) if found is not None and found == int(found) else None


def numbers(value: Value) -> tuple[float, ...]:
    """An array of numbers; empty when one of its elements is none."""
    found = [number(one) for one in elements(value)]
    return tuple(one for one in found if one is not None) if None not in found else ()


def name(value: Value) -> str:
    """A name without its slash; bytes that are not UTF-8 become lone surrogates. Empty when it is no name."""
    return bytes(value)[1:].decode("utf-8", "surrogateescape") if isinstance(value, Name) else ""


def text(value: Value) -> str | None:
    """A text string; None when it is none."""
    if not isinstance(value, String):
        return None
    try:
        return str(value)
    except UnicodeDecodeError:
        return bytes(value).decode("latin-1")


def raw(value: Value) -> bytes | None:
    """The bytes of a string; None when it is none."""
    return bytes(value) if isinstance(value, String) else None


def is_holder(value: Value) -> bool:
    """Whether it is a dictionary or a stream."""
    return isinstance(value, Dictionary | Stream)


def identity(value: Value) -> Identity:
    """Which object it is."""
    return value.objgen if isinstance(value, Object) else DIRECT


def raw_stream(value: Value) -> bytes:
    """A stream's bytes as they lie in the file; empty when it is no stream or cannot be read."""
    if not isinstance(value, Stream):
        return b""
    try:
        return value.read_raw_bytes()
    except (PdfError, ValueError):
        return b""


def filters(stream: Value) -> tuple[str, ...]:
    """The names of a stream's filters in the order of decoding."""
    return tuple(name(one) for one in one_or_many(get(stream, "/Filter")))
