"""What a face says of itself: family, version and licence, for people; nothing is set by it."""

from typing import Any, Final

from fontTools.ttLib import newTable
from msgspec import Struct

from layout.fonts.face import Face

_FAMILY, _VERSION, _LICENCE, _LICENCE_URL, _TYPOGRAPHIC_FAMILY = 1, 5, 13, 14, 16
_CHINESE: Final = 0x804
"""Windows language of the People's Republic of China (OpenType, name table)."""


class FaceNames(Struct, frozen=True):
    """Names of a face, "" where it gives none. ``chinese`` is its family name in Chinese."""

    family: str
    chinese: str
    version: str
    licence: str


def names_of(face: Face) -> FaceNames:
    """Read the face's name table (OpenType specification, name)."""
    table = newTable("name")
    table.decompile(face.table("name"), None)
    family = table.getDebugName(_TYPOGRAPHIC_FAMILY) or table.getDebugName(_FAMILY) or ""
    licence = table.getDebugName(_LICENCE) or table.getDebugName(_LICENCE_URL) or ""
    return FaceNames(family, _chinese(table), table.getDebugName(_VERSION) or "", licence)


def _chinese(table: Any) -> str:
    for number in (_TYPOGRAPHIC_FAMILY, _FAMILY):
        record = table.getName(number, 3, 1, _CHINESE)
        if record is not None:
            return str(record.toUnicode())
    return ""
