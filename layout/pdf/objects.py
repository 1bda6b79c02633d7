"""Thin helpers over ReportLab's object layer: numbers without noise, names in UTF-8, binary streams only."""

import zlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from reportlab.pdfbase import pdfdoc

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


def _deflated(data: bytes) -> bytes:
    return zlib.compress(data, LEVEL)


_deflated_once: Final = lru_cache(maxsize=2)(_deflated)


class Stream(pdfdoc.PDFStream):  # type: ignore[misc]  # ReportLab has no type information
    """A stream of bytes, deflated unless ``entries`` name a filter that they already went through.

    ReportLab's own filters turn binary data into text and leave out the line end before ``endstream``.
    """

    def __init__(
        self, entries: Mapping[str, object], data: bytes, *, deflate: bool = True, shared: bool = False
    ) -> None:
        """``shared`` data goes into other files as well: what it deflates to is remembered."""
        filtered = {"Filter": "/FlateDecode"} if deflate else {}
        packed = (_deflated_once if shared else _deflated)(data) if deflate else data
        super().__init__(dictionary({**entries, **filtered}), packed)

    def format(self, document: Any) -> bytes:
        """The object as it stands in the file."""
        entries = dictionary({**self.dictionary.dict, "Length": len(self.content)})
        head: bytes = entries.format(document)
        return b"".join((head, b"\nstream\n", self.content, b"\nendstream"))
