"""What a plain (unquoted) scalar means.

YAML 1.2's core schema, with one addition and two restrictions, and none of YAML 1.1's surprises:

- ``true`` and ``false`` (also True, TRUE...) are booleans; ``yes``, ``no``, ``on``, ``off``, ``y``, ``n`` are text;
- ``~``, ``null`` and nothing are None;
- digits are a decimal number: ``012`` is 12, not octal; ``0o14`` and ``0x0c`` are octal and hexadecimal;
- ``12:30`` is text, not 750; ``1_000`` is text;
- added: ``2024-01-08`` is a date when the calendar has that day (a date with a time is text);
- ``.inf`` and ``.nan`` are text: no length and no count is infinite;
- more than 18 digits (a serial number, a telephone number run together) are text.
"""

import math
import re
from datetime import date
from typing import Final

from layout.source.nodes import Scalar

_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE: Final = frozenset({"true", "True", "TRUE"})
_FALSE: Final = frozenset({"false", "False", "FALSE"})
_INTEGER: Final = re.compile(r"[-+]?[0-9]{1,18}|0o[0-7]{1,18}|0x[0-9a-fA-F]{1,15}")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIRST: Final = frozenset("+-.0123456789")


def resolve(raw: str) -> Scalar:
    """The value of a plain scalar (see the module's list)."""
    if raw in _NULLS:
        return None
    if raw in _TRUE or raw in _FALSE:
        return raw in _TRUE
    return _number(raw) if raw[0] in _FIRST else raw


def _number(raw: str) -> Scalar:
    if _INTEGER.fullmatch(raw):
        return int(raw, 0) if raw.startswith(("0o", "0x")) else int(raw)
    if _DATE.fullmatch(raw):
        return _date(raw)
    if _FLOAT.fullmatch(raw) and ("." in raw or "e" in raw.lower()):
        number = float(raw)
        return number if math.isfinite(number) else raw
    return raw


def _date(raw: str) -> Scalar:
    try:
        return date.fromisoformat(raw)
    except ValueError:
        return raw
