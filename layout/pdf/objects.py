"""Thin helpers over ReportLab's object layer: numbers without noise, names in UTF-8, binary streams only."""

import zlib
from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

from reportlab.pdfbase import pdfdoc

Buffer: TypeAlias = bytes | memoryview
"""Bytes, perhaps a part of others."""

_REGULAR: Final = frozenset(range(0x21, 0x7F)) - frozenset(b"()<>[]{}/%#")
"""Bytes that stand for themselves in a name."""

LEVEL: Final = 4
"""Effort of Flate: level 9 makes a page's fonts 2 % smaller and takes four times as long."""


def number(value: float, decimals: int = 3) -> str:
    """A PDF number with at most ``decimals`` places and no empty zeros."""
    text = f"{value:.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def numbers(*values: float) -> str:
    """Several numbers, a space between."""
    return " ".join(map(number, values))


def name(text: str) -> str:
    """A name object in UTF-8, which PDF/X asks of names; what is no regular character is escaped (ISO 32000-1, 7.3.5).

    ReportLab's own leaves delimiters as they are: the name of a spot ink with a slash in it would be two names.
    """
    return "/" + "".join(chr(byte) if byte in _REGULAR else f"#{byte:02x}" for byte in text.encode())


def string(text: str | bytes) -> Any:
    """A string object: text in PDFDocEncoding or UTF-16, bytes in hexadecimal."""
    return pdfdoc.PDFText(text, enc="raw") if isinstance(text, bytes) else pdfdoc.PDFString(text)


def dictionary(entries: Mapping[str, object]) -> Any:
    """A dictionary; keys without their slash, written in sorted order."""
    return pdfdoc.PDFDictionary(dict(entries))


def array(values: Sequence[object]) -> Any:
    """An array."""
    return pdfdoc.PDFArray(values)


class Whole(pdfdoc.PDFObject):  # type: ignore[misc]  # ReportLab has no type information
    """An object whose text is known before the file is: it refers to no other."""

    def __init__(self, content: Buffer) -> None:
        self.content = content


def stream(entries: Mapping[str, object], data: bytes) -> bytes:
    """The text of a stream, deflated."""
    return filtered({**entries, "Filter": "/FlateDecode"}, zlib.compress(data, LEVEL))


def filtered(entries: Mapping[str, object], data: bytes) -> bytes:
    """The text of a stream whose ``data`` have been through the filters that ``entries`` name.

    ReportLab's own filters turn binary data into text and leave out the line end before ``endstream``.
    """
    written = {**entries, "Length": len(data)}
    head = "\n".join(f"/{key} {value}" for key, value in sorted(written.items()))
    return b"".join((f"<<\n{head}\n>>\nstream\n".encode("ascii"), data, b"\nendstream"))
