"""The one internal unit is the point (1/72 inch); other units are read here and never seen again."""

import re
from typing import Final, TypeAlias

Pt: TypeAlias = float
"""A length in points, 1/72 inch."""

MM: Final = 72 / 25.4
"""Points in a millimetre."""

EPSILON: Final = 1e-6
"""Two lengths closer than this are the same length."""

# 号制. Newspapers (metal type) and office software disagree; the two tables are never mixed.
# Source: ../docs/house-style.md, "Sizes by name".
NEWSPAPER_SIZES: Final = {
    "特号": 54.0,
    "初号": 42.0,
    "小初": 30.0,
    "一号": 28.0,
    "二号": 21.0,
    "小二": 18.0,
    "三号": 16.0,
    "四号": 14.0,
    "小四": 12.0,
    "五号": 10.5,
    "小五": 9.0,
    "六号": 8.0,
    "七号": 5.25,
}
OFFICE_SIZES: Final = {
    "初号": 42.0,
    "小初": 36.0,
    "一号": 26.0,
    "小一": 24.0,
    "二号": 22.0,
    "小二": 18.0,
    "三号": 16.0,
    "小三": 15.0,
    "四号": 14.0,
    "小四": 12.0,
    "五号": 10.5,
    "小五": 9.0,
    "六号": 7.5,
    "小六": 6.5,
    "七号": 5.5,
    "八号": 5.0,
}
_UNITS: Final = {"pt": 1.0, "mm": MM, "cm": 10 * MM, "in": 72.0, "": 1.0}
_LENGTH: Final = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*(pt|mm|cm|in|)\s*")


def parse_length(value: float | str, *, sizes: dict[str, float] = NEWSPAPER_SIZES) -> Pt:
    """A length as typed (``9``, ``"9pt"``, ``"390mm"``, ``"小五"``) in points.

    A bare number is points. Raises ValueError when the text is no length.
    """
    if isinstance(value, int | float):
        return float(value)
    if value in sizes:
        return sizes[value]
    match = _LENGTH.fullmatch(value)
    if match is None:
        raise ValueError(f"{value!r} is not a length")
    return float(match[1]) * _UNITS[match[2]]


def same(a: Pt, b: Pt) -> bool:
    """Whether two lengths are equal but for rounding."""
    return abs(a - b) <= EPSILON


def fits(length: Pt, room: Pt) -> bool:
    """Whether ``length`` goes into ``room``, forgiving rounding."""
    return length <= room + EPSILON
