"""The text of one file, and how an offset in it becomes a line and a column."""

import re
from bisect import bisect_right
from functools import cached_property
from typing import Final

from msgspec import Struct

from layout.core import Span

_LINE_END: Final = re.compile(r"\r\n?|\n")


class Source(Struct, frozen=True, dict=True):
    """A decoded file: ``path`` as the user gave it, ``text`` without byte order mark.

    Lines end at LF, CR LF or CR, as in every
    editor; NEL, U+2028 and U+2029 do not end one.
    """

    path: str
    text: str

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The offset of each line's first character."""
        return (0, *(match.end() for match in _LINE_END.finditer(self.text)))

    def span(self, offset: int) -> Span:
        """The place of the character at ``offset``: line and column from 1, columns in characters."""
        line = bisect_right(self.starts, offset)
        return Span(self.path, line, offset - self.starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """Line ``number`` (from 1) without its end."""
        end = self.starts[number] if number < len(self.starts) else len(self.text)
        return self.text[self.starts[number - 1] : end].rstrip("\r\n")
