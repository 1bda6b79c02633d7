"""Files that are written plainly, read without qpdf: a page of ours is judged before qpdf would have been loaded.

Plain is a file with one cross-reference table, every object in its place and nothing between them, nothing encrypted,
packed, repeated or left over. Whatever is not exactly so is refused, and qpdf may read it. Nothing here knows what our
writer writes: files are read as ISO 32000-1, 7.2 to 7.5, has them.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from layout.preflight.content.tokens import NAME_ESCAPE, TOKEN, Symbol, from_hex, literal, symbol
from layout.preflight.objects import Array, Holder, Stream, Value, get

_DEPTH_MAX: Final = 32
_HEAD_MAX: Final = 256
_TAIL: Final = 64
_ROW: Final = 20
"""Bytes of a row of the table (ISO 32000-1, 7.5.4)."""

_LARGEST: Final = 1 << 31
_DIGITS_MAX: Final = 32
"""Signs of a number; Python refuses to count with thousands of them."""

_WHITE: Final = b"\0\t\n\f\r "
_FIRST_ROW: Final = b"0000000000 65535 f"
_ROW_ENDS: Final = frozenset([b" \n", b" \r", b"\r\n"])
_FORBIDDEN: Final = frozenset(["Encrypt", "Prev", "XRefStm"])
_PACKED: Final = frozenset(["ObjStm", "XRef"])
_WORDS: Final = {b"true": True, b"false": False, b"null": None}
_REFERENCE: Final = re.compile(rb"[\0\t\n\f\r ]+0[\0\t\n\f\r ]+R(?![^\0\t\n\f\r ()<>\[\]{}/%])")
_CLOSED_BY: Final = {b"[": b"]", b"<<": b">>"}


class Refused(Exception):  # noqa: N818 - no fault of the file
    """A file that is not plain, or not well."""


class _Reference(NamedTuple):
    number: int


class _PlainArray(Array):
    def __init__(self, file: "PlainFile", values: Sequence[Value]) -> None:
        self._file = file
        self._values = values

    def __iter__(self) -> Iterator[Value]:
        return map(self._file.resolved, self._values)


class _PlainHolder(Holder):
    def __init__(self, file: "PlainFile", values: dict[str, Value]) -> None:
        self._file = file
        self.values = values

    def keys(self) -> list[str]:
        return list(self.values)

    def get(self, key: str) -> Value:
        return self._file.resolved(self.values.get(key))


class _PlainStream(_PlainHolder, Stream):
    def __init__(self, file: "PlainFile", values: dict[str, Value], place: slice) -> None:
        super().__init__(file, values)
        self._place = place

    def raw(self) -> bytes:
        return self._file.data[self._place]

    def unpacked(self) -> bytes:
        raise ValueError("parameters of filters are refused")


class PlainFile:
    """A file that has been read from its first byte to its last. Raises Refused."""

    encrypted: Final = False
    object_streams: Final = False
    damage: Final[tuple[str, ...]] = ()

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._referred: set[int] = set()
        self._objects: dict[int, Value] = {}
        table, tail = _table(data), data.rfind(b"startxref")
        offsets, end = _offsets(data, table)
        self._read_objects(offsets, table)
        self.trailer = self._read_trailer(end, tail)

    @property
    def objects(self) -> Iterator[Value]:
        """All indirect objects."""
        return iter(self._objects.values())

    def resolved(self, value: Value) -> Value:
        """The value, or what it refers to."""
        return self._objects[value.number] if isinstance(value, _Reference) else value

    def close(self) -> None:
        """Nothing is held open."""

    def _read_objects(self, offsets: Sequence[int], table: int) -> None:
        """Every object, one behind the other, up to the table."""
        place = _after_header(self.data)
        found = {}
        for number, offset in sorted(enumerate(offsets, start=1), key=lambda one: one[1]):
            if offset != place:
                raise Refused
            found[number], place = self._indirect(number, offset)
        if place != table:
            raise Refused
        self._objects |= sorted(found.items())

    def _indirect(self, number: int, offset: int) -> tuple[Value, int]:
        """The object called ``number``, and where the next one may begin."""
        head = b"%d 0 obj" % number
        if not self.data.startswith(head, offset):
            raise Refused
        value, place = self._value(offset + len(head))
        word, end = self._word(place)
        if word == b"stream" and isinstance(value, _PlainHolder):
            value, end = self._stream(value.values, end)
            word, end = self._word(end)
        if word != b"endobj" or isinstance(value, _Reference):
            raise Refused
        if isinstance(value, Array | Holder):
            value.identity = (number, 0)
        return value, _past_white(self.data, end)

    def _stream(self, values: dict[str, Value], place: int) -> tuple[Value, int]:
        """The stream whose data begins at the line end at ``place``, and where it ends."""
        start = place + (2 if self.data.startswith(b"\r\n", place) else 1 if self.data.startswith(b"\n", place) else 0)
        length = values.get("/Length")
        if start == place or type(length) is not int or length < 0:
            raise Refused
        if values.get("/Type") in _PACKED or "/DecodeParms" in values:
            raise Refused
        word, end = self._word(start + length)
        if word != b"endstream" or end - start - length > len("\r\nendstream"):
            raise Refused
        return _PlainStream(self, values, slice(start, start + length)), end

    def _read_trailer(self, place: int, tail: int) -> Value:
        word, place = self._word(place)
        value, place = self._value(place)
        if word != b"trailer" or not isinstance(value, _PlainHolder) or _past_white(self.data, place) != tail:
            raise Refused
        if value.values.get("/Size") != len(self._objects) + 1 or _FORBIDDEN & {key[1:] for key in value.values}:
            raise Refused
        if not self._referred <= self._objects.keys():
            raise Refused
        root = get(value, "/Root")
        if get(root, "/Type") != "Catalog" or not isinstance(get(root, "/Pages"), Holder):
            raise Refused
        return value

    def _word(self, place: int) -> tuple[bytes, int]:
        token = TOKEN.match(self.data, place)
        if token is None or token.lastgroup != "word":
            raise Refused
        return token["word"], token.end()

    def _value(self, place: int) -> tuple[Value, int]:
        """The value at a place, and where it ends."""
        opened: list[tuple[bytes, list[Value]]] = []
        while True:
            token = TOKEN.match(self.data, place)
            kind = token.lastgroup if token else None
            if token is None or kind is None:  # a comment, or the end
                raise Refused
            place = token.end()
            if kind == "open":
                if len(opened) == _DEPTH_MAX:
                    raise Refused
                opened.append((token["open"], []))
                continue
            if kind == "close":
                value = self._closed(opened, token["close"])
            else:
                value, place = self._scalar(kind, token[kind], place)
            if not opened:
                return value, place
            opened[-1][1].append(value)

    def _closed(self, opened: list[tuple[bytes, list[Value]]], bracket: bytes) -> Value:
        """The array or dictionary that ends with a bracket."""
        begun, values = opened.pop() if opened else (b"", [])
        if _CLOSED_BY.get(begun) != bracket:
            raise Refused
        if bracket == b"]":
            return _PlainArray(self, values)
        keys = values[::2]
        named = {f"/{key}": value for key, value in zip(keys, values[1::2], strict=False) if isinstance(key, Symbol)}
        if len(named) * 2 != len(values):  # a key that is no name or comes twice, or one without a value
            raise Refused
        return _PlainHolder(self, named)

    def _scalar(self, kind: str, found: bytes, place: int) -> tuple[Value, int]:
        """A token as a value, and where it ends: two numbers and an R are one."""
        if kind == "number":
            return self._number(found, place)
        if kind == "name" and found:
            return _checked(symbol(found), b"#" not in NAME_ESCAPE.sub(b"", found) and b"#00" not in found), place
        if kind == "hex":
            return from_hex(found), place
        if kind == "plain":
            return _checked(found, b"\r" not in found), place
        if kind == "literal":
            value, end = literal(self.data, place, _refuse)
            return _checked(value, b"\r" not in self.data[place:end]), end
        if kind == "word" and found in _WORDS:
            return _WORDS[found], place
        raise Refused

    def _number(self, found: bytes, place: int) -> tuple[Value, int]:
        if len(found) > _DIGITS_MAX:
            raise Refused
        reference = _REFERENCE.match(self.data, place) if found.isdigit() else None
        if reference is not None:
            self._referred.add(int(found))
            return _Reference(int(found)), reference.end()
        value = float(found) if b"." in found else int(found)
        return _checked(value, abs(value) < _LARGEST), place


def open_plain(data: bytes) -> PlainFile | None:
    """The file, read; None when it is not plain."""
    try:
        return PlainFile(data)
    except Refused:
        return None


def _checked(value: Value, sound: bool) -> Value:  # noqa: FBT001 - the value's own condition
    if not sound:
        raise Refused
    return value


def _refuse(_fault: str) -> None:
    raise Refused


def _past_white(data: bytes, place: int) -> int:
    while data[place : place + 1] and data[place] in _WHITE:
        place += 1
    return place


def _after_header(data: bytes) -> int:
    """Where the first object begins: behind the header and a comment that shows the file to be binary."""
    lines = data[:_HEAD_MAX].splitlines(keepends=True)
    if not lines[0].startswith(b"%PDF-"):
        raise Refused
    comment = len(lines) > 1 and lines[1].startswith(b"%")
    return len(lines[0]) + (len(lines[1]) if comment else 0)


def _table(data: bytes) -> int:
    """Where the table begins."""
    behind = data[-_TAIL:].rpartition(b"startxref")[2]
    tail = behind.split()
    if not behind.startswith((b"\r", b"\n")) or len(tail) != 2 or not tail[0].isdigit() or tail[1] != b"%%EOF":
        raise Refused
    return int(tail[0])


def _offsets(data: bytes, table: int) -> tuple[list[int], int]:
    """Where the objects from 1 on begin, and where the table ends."""
    head = data[table : table + _HEAD_MAX].splitlines(keepends=True)[:2]
    words = b"".join(head).split()
    if len(words) != 3 or words[:2] != [b"xref", b"0"] or not words[2].isdigit():
        raise Refused
    start = table + sum(map(len, head))
    end = start + _ROW * int(words[2])
    rows = [data[place : place + _ROW] for place in range(start, min(end, len(data)), _ROW)]
    sound = all(row[10:18] == b" 00000 n" and row[:10].isdigit() for row in rows[1:])
    ended = all(row[18:] in _ROW_ENDS for row in rows)
    if not rows or rows[0][:18] != _FIRST_ROW or not sound or not ended:
        raise Refused
    return [int(row[:10]) for row in rows[1:]], end
