"""Names at the receiver: plants sort by name, take ASCII only, and must never find a corrected page under an old name.

A pattern is text with fields in braces: ``{paper}{date:%Y%m%d}{section}{page:03}v{version}``.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final, TypeAlias

Value: TypeAlias = str | int | date | tuple[int, ...]
"""What a field stands for; several numbers are the pages of one file, of which the first and the last are named."""

FIELDS: Final = ("paper", "number", "date", "section", "page", "version")
LONGEST: Final = 120

_PIECE: Final = re.compile(r"\{(?P<name>[^{}:]*)(?::(?P<form>[^{}]*))?\}|(?P<text>[^{}]+)|(?P<stray>[{}])")
_WIDTH: Final = re.compile(r"0[1-9]|")
_DATE: Final = re.compile(r"(?:%[Ymdy]|[A-Za-z0-9._-])*")
_SAFE: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")


class PatternError(ValueError):
    """A pattern that cannot be read; ``offset`` is the character where it goes wrong."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


class UnusableNameError(ValueError):
    """A pattern that gives no usable name for these values."""


def fields(pattern: str) -> frozenset[str]:
    """The fields of a pattern. Raises PatternError."""
    found = set()
    for piece in _PIECE.finditer(pattern):
        if piece["stray"]:
            msg = f"{piece['stray']} has no partner"
            raise PatternError(msg, piece.start())
        if piece["text"] and not piece["text"].isascii():
            msg = f"{piece['text']!r} is not ASCII"
            raise PatternError(msg, piece.start())
        if piece["name"] is not None:
            _check(piece["name"], piece["form"] or "", piece.start())
            found.add(piece["name"])
    return frozenset(found)


def fill(pattern: str, values: Mapping[str, Value], ending: str) -> str:
    """The name that a pattern gives. Raises UnusableNameError when it is not ASCII, too long, or no file name."""
    stem = _PIECE.sub(lambda piece: piece["text"] or _print(values[piece["name"]], piece["form"] or ""), pattern)
    name = stem + ending
    if not name.isascii():
        msg = f"{name!r} is not ASCII"
        raise UnusableNameError(msg)
    if not _SAFE.fullmatch(name) or len(name) > LONGEST:
        msg = f"{name!r} is no file name that every plant takes: letters, digits, _ - . and at most {LONGEST} of them"
        raise UnusableNameError(msg)
    return name


def _check(name: str, form: str, offset: int) -> None:
    if name not in FIELDS:
        msg = f"{{{name}}} is no field"
        raise PatternError(msg, offset)
    allowed = _DATE if name == "date" else _WIDTH
    if not allowed.fullmatch(form) or (form and name in {"paper", "section"}):
        msg = f"{form!r} is no form of {{{name}}}"
        raise PatternError(msg, offset)


def _print(value: Value, form: str) -> str:
    if isinstance(value, date):
        parts = {
            "Y": f"{value.year:04}",
            "y": f"{value.year % 100:02}",
            "m": f"{value.month:02}",
            "d": f"{value.day:02}",
        }
        return re.sub("%(.)", lambda part: parts[part[1]], form or "%Y%m%d")
    if isinstance(value, tuple):
        return "-".join(_print(number, form) for number in dict.fromkeys((value[0], value[-1])))
    return str(value).zfill(int(form)) if form else str(value)
