"""Templates of the furniture: ``"{paper} {date:%Y年%-m月%-d日} {weekday}"``.

Named fields in braces and nothing else: no attribute, no index, no expression, so a house style from anywhere can
do no more than print. ``{{`` and ``}}`` are braces. What stands behind the colon depends on the field: a date takes
``%Y %m %d`` and ``%-m %-d`` (without leading zero), a number its width (``{page:02}``), ``staff`` and ``note`` a
name (``{staff:责编}``). An empty field takes the blanks before it along, so no gap stays where nothing was given.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final, TypeAlias

from msgspec import Struct

FIELDS: Final = {
    "paper": "the paper's name 报名",
    "number": "the issue's number 期号",
    "date": "the date of issue, 2024年1月8日; form: as in %Y-%m-%d",
    "weekday": "the day of the week, 星期一",
    "page": "the page's number 版次; form: a width, 02",
    "pages": "how many pages the issue has",
    "title": "the page's title 版名",
    "staff": "the page's staff, role and name; form: one role, its name alone",
    "note": "a note of the paper; form: its name",
    "press": "the press condition's name",
    "version": "which version of the page this is 改版次; form: a width",
    "digest": "the first digits of the sha256 of what stands on the page (slug)",
    "time": "the time that the command line gave; nothing without one",
}
"""Field -> what it prints."""

Value: TypeAlias = str | int | date | Mapping[str, str]

_NAMED: Final = frozenset({"staff", "note"})
_PIECE: Final = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]|[^{}]+")
_WIDTH: Final = re.compile(r"0?[1-9]?")
_DATE_PARTS: Final = re.compile(r"%(-?[md]|Y|%)")


class Field(Struct, frozen=True):
    """A field of a template; ``form`` is what stands behind its colon."""

    name: str
    form: str = ""


class TemplateError(ValueError):
    """A template that cannot be read; ``offset`` is the character where it goes wrong."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


def parse_template(text: str) -> tuple[str | Field, ...]:
    """The text's parts: strings as they stand, and fields. Raises TemplateError."""
    parts: list[str | Field] = []
    for piece in _PIECE.finditer(text):
        if piece[0] in {"{{", "}}"}:
            parts.append(piece[0][0])
        elif piece[0] in {"{", "}"}:
            msg = f"{piece[0]} has no partner; write {piece[0] * 2} for a brace"
            raise TemplateError(msg, piece.start())
        elif piece[1] is None:
            parts.append(piece[0])
        else:
            parts.append(_field(piece[1], piece.start()))
    return tuple(parts)


def fill(text: str, values: Mapping[str, Value]) -> str:
    """The template with its fields filled; a field that ``values`` lacks prints nothing. Raises TemplateError."""
    line = ""
    for part in parse_template(text):
        if isinstance(part, str):
            line += part
        elif printed := _print(part, values.get(part.name, "")):
            line += printed
        else:
            line = line.rstrip(" \u3000")
    return line.strip(" \u3000")


def _field(inner: str, offset: int) -> Field:
    name, _, form = inner.partition(":")
    if name not in FIELDS:
        msg = f"{{{name}}} is no field"
        raise TemplateError(msg, offset)
    wrong = (name == "date" and "%" in _DATE_PARTS.sub("", form)) or (
        name in {"page", "pages", "number", "version"} and not _WIDTH.fullmatch(form)
    )
    if wrong:
        msg = f"{form!r} is no form of {{{name}}} ({FIELDS[name]})"
        raise TemplateError(msg, offset)
    return Field(name, form)


def _print(field: Field, value: Value) -> str:
    if isinstance(value, date):
        return _print_date(value, field.form or "%Y年%-m月%-d日")
    if isinstance(value, Mapping):
        if field.form:
            return value.get(field.form, "")
        return "\u3000".join(f"{name} {text}" for name, text in value.items())
    return str(value).zfill(int(field.form)) if field.form and field.name not in _NAMED else str(value)


def _print_date(value: date, form: str) -> str:
    parts = {
        "Y": f"{value.year:04}",
        "m": f"{value.month:02}",
        "d": f"{value.day:02}",
        "-m": str(value.month),
        "-d": str(value.day),
        "%": "%",
    }
    return _DATE_PARTS.sub(lambda match: parts[match[1]], form)
