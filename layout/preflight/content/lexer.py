"""A content stream as operations: an operator with its operands (ISO 32000-1, 7.8.2).

Operands are floats, ``Symbol`` (names), bytes (strings), bool, None, lists and dicts. The lexer never fails: what it
cannot read it tells to ``complain`` and passes over.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from msgspec import Struct, field

from layout.preflight.content.tokens import TOKEN, WHITE, Complain, Symbol, from_hex, literal, symbol

Operand: TypeAlias = "float | Symbol | bytes | bool | list[Operand] | dict[str, Operand] | None"

OPERANDS_MAX: Final = 64
NESTING_MAX: Final = 32
ELEMENTS_MAX: Final = 100_000
"""Operands before one operator, arrays in arrays, elements of one array: beyond any honest stream."""

_HEAD_MAX: Final = 10_000
"""Bytes between BI and ID."""

_TICK: Final = 4096
_TOO_MANY: Final = "too many operands"
_DIGITS: Final = 12
_LARGEST: Final = 1e12
"""Numbers of so many digits are cut to a size that can be counted with."""

_USUAL_MAX: Final = 1000
"""Elements of an array that is read as a whole: half a kilobyte is held for each until its end has been seen."""

_SHORT: Final = rb"[+-]?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})"
_USUAL: Final = re.compile(
    b"|".join(
        [
            rb"~(?:/(?P<called>[A-Za-z0-9]+)~~)?(?P<operands>(?:#~~){0,6})(?P<operator>[A-Za-z*]{1,2}|EMC|scn|SCN)!",
            rb"~<(?P<string>[0-9A-Fa-f]*)>~(?P<shows>Tj)!",
            rb"~\[(?P<parts>(?:~(?:<[0-9A-Fa-f]*>|#(?=[ <\]]))){0,@})~\]~(?P<adjusts>TJ)!",
            rb"~/(?P<tag>[A-Za-z0-9]+)~<<~/(?P<key>[A-Za-z0-9]+)~<(?P<copy>[0-9A-Fa-f]*)>~>>~(?P<marks>BDC)!",
        ]
    )
    .replace(b"!", rb"(?=[ ]|\Z)")
    .replace(b"~~", b"[ ]+")
    .replace(b"~", b"[ ]*")
    .replace(b"#", _SHORT)
    .replace(b"@", b"%d" % _USUAL_MAX)
    .replace(b" ", WHITE[4:])  # without NUL, which bytes.split does not know
)
"""A whole operation of a usual kind, which reads as its tokens would: a name and some numbers before the operator, a
string or an array that is shown, marked content with a string. Here ~ is white space that may be left out."""
_PART: Final = re.compile(rb"<([^>]*)>|([^" + WHITE + rb"<]+)")

_IMAGE_END: Final = re.compile(rb"[" + WHITE + rb"]EI(?=[" + WHITE + rb"]|$)")
_LOOKS_NUMERIC: Final = re.compile(rb"[-+.\d]+")
_KEYWORDS: Final = {b"true": True, b"false": False, b"null": None}


class Operation(Struct, frozen=True):
    """An operator and what stood before it. An inline image is one operation ``BI``: its dictionary and its data."""

    operator: str
    operands: "list[Operand]"


class _Stack(Struct):
    """Operands being gathered; the innermost open array or dictionary is last."""

    levels: "list[list[Operand]]" = field(default_factory=lambda: [[]])
    brackets: list[bytes] = field(default_factory=list)

    def push(self, operand: Operand) -> bool:
        """Take an operand; false when there are too many."""
        level = self.levels[-1]
        if len(level) >= (ELEMENTS_MAX if self.brackets else OPERANDS_MAX):
            return False
        level.append(operand)
        return True

    def open(self, bracket: bytes) -> bool:
        """Begin an array or a dictionary; false when it lies too deep."""
        if len(self.brackets) >= NESTING_MAX:
            return False
        self.levels.append([])
        self.brackets.append(bracket)
        return True

    def close(self, bracket: bytes) -> bool:
        """End the innermost array or dictionary; false when it is not of that kind."""
        if not self.brackets or (self.brackets[-1] == b"[") != (bracket == b"]"):
            return False
        self.brackets.pop()
        inner = self.levels.pop()
        return self.push(inner if bracket == b"]" else _pairs(inner))

    def take(self) -> "list[Operand]":
        """The operands so far; whatever was left open is dropped."""
        taken = self.levels[0]
        self.levels, self.brackets = [[]], []
        return taken


def operations(data: bytes, complain: Complain, tick: Callable[[], None] = lambda: None) -> Iterator[Operation]:
    """The operations of a content stream in their order; ``tick`` is called every so many tokens and may raise."""
    place, end, left = 0, len(data), _TICK
    usual = _USUAL.match
    while place < end:
        found = usual(data, place)
        if found is not None and found["operator"] != b"BI":
            place = found.end()
            yield _usual(found)
            left -= 1
        else:
            operation, place, used = _next_operation(data, place, complain, tick)
            if operation is not None:
                yield operation
            left -= used
        if left <= 0:
            left = _TICK
            tick()


def _usual(found: "re.Match[bytes]") -> Operation:
    """An operation that was matched as a whole."""
    match found.lastgroup:
        case "operator":
            called, numbers = found["called"], list(map(float, found["operands"].split()))
            operands: list[Operand] = [Symbol(called.decode("ascii")), *numbers] if called is not None else [*numbers]
        case "shows":
            operands = [from_hex(found["string"])]
        case "adjusts":
            parts = _PART.findall(found["parts"])
            operands = [[float(number) if number else from_hex(digits) for digits, number in parts]]
        case _:
            marked: dict[str, Operand] = {Symbol(found["key"].decode("ascii")): from_hex(found["copy"])}
            operands = [Symbol(found["tag"].decode("ascii")), marked]
    return Operation(found[found.lastgroup or 0].decode("ascii"), operands)


def _next_operation(
    data: bytes, place: int, complain: Complain, tick: Callable[[], None]
) -> tuple[Operation | None, int, int]:
    """The next operation token by token, None when there is none; where it ends, and how many tokens it has."""
    end, stack, used = len(data), _Stack(), 0
    while place < end and (token := TOKEN.match(data, place)):
        used += 1
        if not used % _TICK:
            tick()
        place, kind = token.end(), token.lastgroup
        if kind == "word":
            word = token["word"]
            if _is_operand(stack, word, complain):
                continue
            _close_all(stack, complain)
            operation = Operation(word.decode("latin-1")[:40], stack.take())
            if word == b"BI":
                operation, place = _inline_image(data, place, complain)
            return operation, place, used
        if kind == "literal":
            value, place = literal(data, place, complain)
            _push(stack, value, complain)
        elif kind is not None:
            _token(stack, kind, token[kind], complain)
    if stack.take():
        complain("operands without an operator at the end")
    return None, place, used


def _number(found: bytes) -> float:
    value = float(found)
    return value if len(found) < _DIGITS else max(-_LARGEST, min(_LARGEST, value))


def _is_operand(stack: _Stack, word: bytes, complain: Complain) -> bool:
    """Whether a word is an operand, which it then is; else it is an operator."""
    if word in _KEYWORDS:
        _push(stack, _KEYWORDS[word], complain)
    elif _LOOKS_NUMERIC.fullmatch(word):
        complain(f"{word[:20].decode('latin-1')} is no number")
        _push(stack, 0.0, complain)
    else:
        return False
    return True


def _token(stack: _Stack, kind: str, found: bytes, complain: Complain) -> None:
    """A token that is an operand by itself, or a bracket."""
    if kind == "number":
        _push(stack, _number(found), complain)
    elif kind == "name":
        _push(stack, symbol(found), complain)
    elif kind == "hex":
        _push(stack, from_hex(found), complain)
    elif kind == "plain":
        _push(stack, found, complain)
    elif kind == "open" and not stack.open(found):
        complain("arrays nested too deep")
    elif kind == "close" and not stack.close(found):
        complain(f"{found.decode('ascii')} that closes nothing")
    elif kind == "stray":
        complain(f"{found.decode('ascii')} out of place")


def _push(stack: _Stack, operand: Operand, complain: Complain) -> None:
    if not stack.push(operand):
        complain(_TOO_MANY)


def _close_all(stack: _Stack, complain: Complain) -> None:
    if stack.brackets:
        complain("an array that is not closed")


def _pairs(flat: "list[Operand]") -> "dict[str, Operand]":
    keys, values = flat[::2], flat[1::2]
    return {key: value for key, value in zip(keys, values, strict=False) if isinstance(key, Symbol)}


def _inline_image(data: bytes, start: int, complain: Complain) -> tuple[Operation, int]:
    """The operation for an inline image and where the stream goes on. ``start`` is behind ``BI``."""
    place, stack = start, _Stack()
    while place < min(len(data), start + _HEAD_MAX) and (token := TOKEN.match(data, place)):
        place, kind = token.end(), token.lastgroup
        if kind == "word" and token["word"] not in _KEYWORDS:
            break
        if kind == "word":
            stack.push(_KEYWORDS[token["word"]])
        elif kind == "literal":
            value, place = literal(data, place, complain)
            stack.push(value)
        elif kind is not None:
            _token(stack, kind, token[kind], complain)
    entries = _pairs(stack.take())
    first = place + 1  # one white space stands behind ID
    end = _IMAGE_END.search(data, first + _raw_size(entries) - 1 if first else first)
    if end is None:
        complain("an inline image that does not end")
        return Operation("BI", [entries, b""]), len(data)
    return Operation("BI", [entries, data[first : end.start()]]), end.end()


_COMPONENTS: Final = {"G": 1, "DeviceGray": 1, "RGB": 3, "DeviceRGB": 3, "CMYK": 4, "DeviceCMYK": 4, "I": 1}


def _raw_size(entries: "dict[str, Operand]") -> int:
    """Bytes of the data when nothing encodes it, so that an EI among them is not taken for the end; else 0."""
    if entries.get("F", entries.get("Filter")):
        return 0
    width, height = entries.get("W", entries.get("Width")), entries.get("H", entries.get("Height"))
    if not isinstance(width, float) or not isinstance(height, float) or not 0 <= width * height <= 1e8:
        return 0
    mask = entries.get("IM", entries.get("ImageMask")) is True
    bits = entries.get("BPC", entries.get("BitsPerComponent", 8.0))
    space = entries.get("CS", entries.get("ColorSpace"))
    samples = 1 if mask else _COMPONENTS.get(space, 1) if isinstance(space, str) else 1
    depth = 1 if mask else int(bits) if isinstance(bits, float) and 0 < bits <= 16 else 8
    return int(height) * ((int(width) * samples * depth + 7) // 8)
