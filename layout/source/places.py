"""Which character of the source a character of a scalar's value was: block, folded, quoted and plain text alike."""

import re
from bisect import bisect_right
from typing import Final, TypeAlias

from msgspec import Struct

from layout.core import Span
from layout.core.patterns import late
from layout.source.nodes import Leaf, Origin
from layout.source.text import Source

Breaks: TypeAlias = tuple[tuple[int, int], ...]
"""(offset in the value, offset in the source), ascending: between two of them both run in step."""

_PROPERTIES: Final = late(r"(?:[&!]\S*\s+)*")
_FOLD: Final = r"(?P<fold>[ \t]*(?:\r\n?|\n)[ \t\r\n]*)"
_PIECES: Final = {
    '"': late(
        r"(?P<none>\\(?:\r\n?|\n)[ \t]*)"
        r"|(?P<escape>\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.))" + "|" + _FOLD + r"|[^\\\s]+|[ \t]+|\s"
    ),
    "'": late(r"(?P<none>(?!))|(?P<escape>'')|" + _FOLD + r"|[^'\s]+|[ \t]+|\s"),
    "": late(r"(?P<none>(?!))|(?P<escape>(?!))|" + _FOLD + r"|\S+|[ \t]+|\s"),
}


class Placed(Struct, frozen=True):
    """Text with the place of every character."""

    text: str
    source: Source
    breaks: Breaks

    def at(self, offset: int) -> Span:
        """The place of the character at ``offset`` of the text."""
        index = bisect_right(self.breaks, offset, key=lambda pair: pair[0]) - 1
        start, origin = self.breaks[max(index, 0)]
        return self.source.span(origin + offset - start)


def placed(leaf: Leaf) -> Placed:
    """A scalar's text as typed, with the place of every character.

    Exact for every style that the scanner can follow; a scalar whose text it cannot rebuild keeps the place
    of its first character and counts on from there.
    """
    origin = leaf.origin
    if origin is None:
        path, line, column = leaf.span.path, leaf.span.line, leaf.span.column
        blank = "\n" * (line - 1) + " " * (column - 1)
        return Placed(leaf.raw, Source(path, blank), ((0, len(blank)),))
    breaks = _block_breaks(origin, leaf.raw) if origin.style in {"|", ">"} else _flow_breaks(origin, leaf.raw)
    return Placed(leaf.raw, origin.source, breaks)


def content_start(text: str, start: int) -> int:
    """Where a scalar begins behind its anchor and tag."""
    match = _PROPERTIES.match(text, start)
    return match.end() if match else start


def _flow_breaks(origin: Origin, value: str) -> Breaks:
    quote = len(origin.style)
    offset = 0
    breaks = [(0, origin.start + quote)]
    for piece in _PIECES[origin.style].finditer(origin.source.text, origin.start + quote, origin.end - quote):
        width = _width(piece)
        offset += width
        if width != piece.end() - piece.start():
            breaks.append((offset, piece.end()))
    return tuple(breaks) if offset == len(value) else tuple(breaks[:1])


def _width(piece: re.Match[str]) -> int:
    """How many characters of the value a piece of the source gives."""
    if piece["escape"]:
        return 1
    if piece["none"]:
        return 0
    if piece["fold"]:
        ends = len(re.findall(r"\r\n?|\n", piece[0]))
        return max(1, ends - 1)
    return piece.end() - piece.start()


def _block_breaks(origin: Origin, value: str) -> Breaks:
    """Each line of the block that has text is looked up in the value; between two such lines there is only blank."""
    source = origin.source
    first = bisect_right(source.starts, origin.start)  # the line after the indicator, counted from 0
    last = bisect_right(source.starts, max(origin.start, origin.end - 1))
    lines = [(source.starts[n], source.line(n + 1)) for n in range(first, last)]
    indent = _indent(lines, value)
    breaks: list[tuple[int, int]] = []
    offset = 0
    for start, line in lines:
        content = line[indent:]
        if not content.strip(" "):
            continue
        found = value.find(content, offset)
        if found < 0 or value[offset:found].strip(" \n"):
            break
        breaks.append((found, start + indent))
        offset = found + len(content)
    return tuple(breaks) or ((0, origin.start),)


def _indent(lines: list[tuple[int, str]], value: str) -> int:
    """The block's indentation: what its first line with text has more than the value's."""
    written = next((line for _, line in lines if line.strip(" ")), "")
    kept = next((line for line in value.split("\n") if line.strip(" ")), "")
    return len(written) - len(written.lstrip(" ")) - (len(kept) - len(kept.lstrip(" ")))
