"""Copy to passages: paragraphs apart by blank lines, ``## `` before a section head, every place kept."""

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Final

from layout.core import Span
from layout.issue.model import Passage
from layout.source import Leaf, Placed, Source, placed

_END: Final = re.compile(r"\r\n?|[\n\x85\u2028\u2029]")
_HEAD: Final = re.compile(r"##(?!#)[ \u3000]*")
_BLANK: Final = " \t\u3000\ufeff"
_BEHIND_ALL: Final = sys.maxsize


def passages(copy: Placed) -> tuple[Passage, ...]:
    """The paragraphs and section heads of a story's text, in order.

    The lines of a paragraph that the desk broke by hand are joined with a space, which the normaliser deletes
    between Han. A section head is one line; a blank line after it is not needed.
    """
    made: list[Passage] = []
    gathered: list[tuple[int, str]] = []
    for offset, line in _lines(copy.text):
        head = _HEAD.match(line)
        if (head or not line) and gathered:
            made.append(_passage("body", gathered, copy))
            gathered = []
        if head:
            made.append(_passage("subhead", [(offset + head.end(), line[head.end() :])], copy))
        elif line:
            gathered.append((offset, line))
    if gathered:
        made.append(_passage("body", gathered, copy))
    return tuple(passage for passage in made if passage.text)


def one_passage(role: str, leaf: Leaf) -> Passage | None:
    """A scalar as one passage (a headline, a caption); None when there is nothing in it."""
    copy = placed(leaf)
    lines = [(offset, line) for offset, line in _lines(copy.text) if line]
    return _passage(role, lines, copy) if lines else None


def file_copy(source: Source) -> Placed:
    """A text file's copy."""
    return Placed(source.text, source, ((0, 0),))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line with the offset of its first character, blanks at its ends off; "" for a blank line."""
    start = 0
    for end in (*(match.span() for match in _END.finditer(text)), (len(text), len(text))):
        line = text[start : end[0]]
        yield start + len(line) - len(line.lstrip(_BLANK)), line.strip(_BLANK)
        start = end[1]


def _passage(role: str, lines: list[tuple[int, str]], copy: Placed) -> Passage:
    """Lines joined with a space; the place of each line's beginning and of each break inside a line is kept."""
    text = " ".join(line for _, line in lines)
    breaks: list[tuple[int, Span]] = []
    done = 0
    for offset, line in lines:
        breaks.append((done, copy.at(offset)))
        first = bisect_right(copy.breaks, (offset, _BEHIND_ALL))
        last = bisect_left(copy.breaks, (offset + len(line), 0))
        breaks.extend((done + start - offset, copy.at(start)) for start, _ in copy.breaks[first:last])
        done += len(line) + 1
    return Passage(role, text, breaks[0][1], tuple(breaks[1:]))
