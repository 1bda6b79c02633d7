"""Name-keyed CFF to CID-keyed CFF: what a CIDFontType0C in a PDF has to be.

The glyphs' programs are copied as they stand; only the frame round them is written anew. Source: Adobe Technical
Note 5176, "The Compact Font Format Specification".
"""

import struct
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

_ROS: Final = b"\x0c\x1e"
_CID_COUNT: Final = b"\x0c\x22"
_FD_ARRAY: Final = b"\x0c\x24"
_FD_SELECT: Final = b"\x0c\x25"
_FONT_MATRIX: Final = b"\x0c\x07"
_FONT_BOX: Final = b"\x05"
_CHARSET: Final = b"\x0f"
_CHAR_STRINGS: Final = b"\x11"
_PRIVATE: Final = b"\x12"
_SUBRS: Final = b"\x13"
_FIRST_OWN_STRING: Final = 391
_IDENTITY: Final = b"\x8c\x8b\x8b\x8c\x8b\x8b"  # 1 0 0 1 0 0


class _Index(Struct, frozen=True):
    """An INDEX: where it begins, and the bounds of its items."""

    start: int
    bounds: tuple[int, ...]

    @property
    def end(self) -> int:
        return self.bounds[-1]

    @property
    def count(self) -> int:
        return len(self.bounds) - 1


def cid_keyed(cff: bytes) -> bytes:
    """The CID-keyed form of a bare CFF table; what is CID-keyed already comes back as it is.

    CIDs are glyph ids. A table that is damaged ends in ValueError, LookupError or struct.error.
    """
    names = _index(cff, cff[2])
    tops = _index(cff, names.end)
    top = _dict(cff[tops.bounds[0] : tops.end])
    if _ROS in top:
        return cff
    routines = _index(cff, _index(cff, tops.end).end)
    glyphs = _index(cff, _numbers(top[_CHAR_STRINGS])[0])
    private, local = _private(cff, top)
    before = cff[: names.end]
    behind = _write_index([b"Adobe", b"Identity"]) + cff[routines.start : routines.end]
    parts = {
        _CHARSET: _identity_charset(glyphs.count),
        _FD_SELECT: struct.pack(">BHHBH", 3, 1, 0, 0, glyphs.count),
        _CHAR_STRINGS: cff[glyphs.start : glyphs.end],
        _FD_ARRAY: _font_index(top, private, 0),
        _PRIVATE: private,
    }
    places = dict.fromkeys(parts, 0)
    position = len(before) + len(_top_index(top, glyphs.count, places)) + len(behind)
    for key, part in parts.items():
        places[key], position = position, position + len(part)
    parts[_FD_ARRAY] = _font_index(top, private, places[_PRIVATE])
    return b"".join((before, _top_index(top, glyphs.count, places), behind, *parts.values(), local))


def _top_index(top: dict[bytes, bytes], count: int, places: dict[bytes, int]) -> bytes:
    """The top DICT, as an INDEX. Its size does not depend on the places."""
    entries = [_numeral(_FIRST_OWN_STRING) + _numeral(_FIRST_OWN_STRING + 1) + _numeral(0) + _ROS]
    entries += [top[key] + key for key in (_FONT_MATRIX, _FONT_BOX) if key in top]
    entries += [_numeral(count) + _CID_COUNT]
    entries += [_numeral(places[key]) + key for key in (_CHARSET, _FD_SELECT, _CHAR_STRINGS, _FD_ARRAY)]
    return _write_index([b"".join(entries)])


def _font_index(top: dict[bytes, bytes], private: bytes, place: int) -> bytes:
    """The one font DICT, as an INDEX. The two FontMatrix entries are multiplied, so the second is neutral."""
    matrix = _IDENTITY + _FONT_MATRIX if _FONT_MATRIX in top else b""
    return _write_index([matrix + _numeral(len(private)) + _numeral(place) + _PRIVATE])


def _identity_charset(count: int) -> bytes:
    """CID = glyph id: one range of format 2 from CID 1, as .notdef has no entry."""
    return struct.pack(">BHH", 2, 1, count - 2) if count > 1 else b"\0"


def _private(cff: bytes, top: dict[bytes, bytes]) -> tuple[bytes, bytes]:
    """The private DICT, pointing at its subroutines right behind it, and those subroutines."""
    if _PRIVATE not in top:
        return b"", b""
    size, start = _numbers(top[_PRIVATE])
    entries = _dict(cff[start : start + size])
    offset = entries.pop(_SUBRS, None)
    kept = b"".join(operands + operator for operator, operands in entries.items())
    if offset is None:
        return kept, b""
    local = _index(cff, start + _numbers(offset)[0])
    size = len(kept) + len(_numeral(0)) + len(_SUBRS)
    return kept + _numeral(size) + _SUBRS, cff[local.start : local.end]


def _index(cff: bytes, start: int) -> _Index:
    count = int.from_bytes(cff[start : start + 2], "big")
    if not count:
        return _Index(start, (start + 2,))
    size = cff[start + 2]
    offsets = cff[start + 3 : start + 3 + size * (count + 1)]
    base = start + 2 + size * (count + 1)
    return _Index(
        start, tuple(base + int.from_bytes(offsets[i : i + size], "big") for i in range(0, len(offsets), size))
    )


def _write_index(items: list[bytes]) -> bytes:
    bounds = [1]
    for item in items:
        bounds.append(bounds[-1] + len(item))
    return struct.pack(f">HB{len(bounds)}H", len(items), 2, *bounds) + b"".join(items)


def _dict(data: bytes) -> dict[bytes, bytes]:
    """Operator -> its operands, both as bytes, in the order of the file."""
    entries: dict[bytes, bytes] = {}
    operands = 0
    for start, end, is_operator in _tokens(data):
        if is_operator:
            entries[data[start:end]] = data[operands:start]
            operands = end
    return entries


def _tokens(data: bytes) -> Iterator[tuple[int, int, bool]]:
    at = 0
    while at < len(data):
        first = data[at]
        end = at + _width(data, at)
        yield at, end, first <= 21
        at = end


def _width(data: bytes, at: int) -> int:
    first = data[at]
    if first == 12 or 247 <= first <= 254:
        return 2
    if first == 28:
        return 3
    if first == 29:
        return 5
    if first == 30:
        last = next((i for i in range(at + 1, len(data)) if 0x0F in (data[i] & 0x0F, data[i] >> 4)), len(data) - 1)
        return last - at + 1
    return 1


def _numbers(operands: bytes) -> list[int]:
    return [_number(operands[start:end]) for start, end, _ in _tokens(operands)]


def _number(token: bytes) -> int:
    first = token[0]
    if first in {28, 29}:
        return int.from_bytes(token[1:], "big", signed=True)
    if first <= 246:
        return first - 139
    return (first - 247) * 256 + token[1] + 108 if first <= 250 else -(first - 251) * 256 - token[1] - 108


def _numeral(value: int) -> bytes:
    """An integer in the five-byte form, so that an offset's size does not depend on its value."""
    return b"\x1d" + struct.pack(">l", value)
