"""Tokens of PDF, the same in files and in content streams (ISO 32000-1, 7.2 and 7.3)."""

import re
from collections.abc import Callable
from typing import Final, TypeAlias

Complain: TypeAlias = Callable[[str], None]
"""Is told, in a few words, what could not be read."""

WHITE: Final = rb"\x00\t\n\x0c\r "
"""White space, as it stands in a class of a pattern."""

TOKEN: Final = re.compile(
    rb"[" + WHITE + rb"]*(?:%[^\r\n]*"
    rb"|(?P<number>[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?![^" + WHITE + rb"()<>\[\]{}/%]))"
    rb"|/(?P<name>[^" + WHITE + rb"()<>\[\]{}/%]*)"
    rb"|(?P<word>[^" + WHITE + rb"()<>\[\]{}/%]+)"
    rb"|<(?P<hex>[0-9A-Fa-f" + WHITE + rb"]*)>"
    rb"|\((?P<plain>[^()\\]*)\)"
    rb"|(?P<literal>\()"
    rb"|(?P<open><<|\[)"
    rb"|(?P<close>>>|\])"
    rb"|(?P<stray>[()<>{}])"
    rb"|\Z)"
)
"""White space, then a token, a comment or the end."""

_PARENTHESIS: Final = re.compile(rb"\\.|[()]", re.DOTALL)
_ESCAPE: Final = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|.))", re.DOTALL)
_ESCAPED: Final = {
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"f": b"\f",
    b"\r\n": b"",
    b"\n": b"",
    b"\r": b"",
}
NAME_ESCAPE: Final = re.compile(rb"#([0-9A-Fa-f]{2})")


class Symbol(str):
    """A name, without its slash."""

    __slots__ = ()


def from_hex(found: bytes) -> bytes:
    """A string from its hexadecimal digits and the white space among them (ISO 32000-1, 7.3.4.3)."""
    digits = found.translate(None, b"\0\t\n\f\r ")
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def symbol(found: bytes) -> Symbol:
    """A name as it is written, behind its slash."""
    plain = NAME_ESCAPE.sub(lambda code: bytes.fromhex(code[1].decode("ascii")), found) if b"#" in found else found
    return Symbol(plain.decode("utf-8", "surrogateescape"))


def literal(data: bytes, start: int, complain: Complain) -> tuple[bytes, int]:
    """A string with escapes or parentheses in it, and where it ends. ``start`` is behind its first parenthesis."""
    depth = 1
    for found in _PARENTHESIS.finditer(data, start):
        if found[0] == b"(":
            depth += 1
        elif found[0] == b")":
            depth -= 1
            if not depth:
                return _ESCAPE.sub(_unescaped, data[start : found.start()]), found.end()
    complain("a string that is not closed")
    return data[start:], len(data)


def _unescaped(found: "re.Match[bytes]") -> bytes:
    if found[1]:
        return bytes((int(found[1], 8) & 255,))
    return _ESCAPED.get(found[2], found[2])
