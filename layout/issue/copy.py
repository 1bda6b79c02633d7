"""Copy to passages: paragraphs apart by blank lines, ``## `` before a section head, tables; every place kept."""

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, TypeAlias

from msgspec import Struct

from layout.core import Span
from layout.issue.model import Passage
from layout.source import Leaf, Placed, Source, placed

_END: Final = re.compile(r"\r\n?|\n|\x85|[\u2028\u2029]")
_HEAD: Final = re.compile(r"##(?!#)[ \u3000]*")
_BLANK: Final = " \t\u3000\ufeff"
_BEHIND_ALL: Final = sys.maxsize

Lines: TypeAlias = list[tuple[int, str]]
"""Lines of copy, each with the offset of its first character."""


class StoryCopy(Struct, frozen=True):
    """A story's text: its paragraphs and section heads in order, and the tables typed between them.

    A table is the number of the passage that follows it, and its lines, each with the offset of its first character.
    """

    passages: tuple[Passage, ...]
    tables: tuple[tuple[int, Lines], ...]


def story_copy(copy: Placed) -> StoryCopy:
    """Cut a story's text into what it consists of.

    The lines of a paragraph that the desk broke by hand are joined with a space, which the normaliser deletes
    between Han. A section head is one line; a blank line after it is not needed. Lines that begin with a bar are a
    table.
    """
    made: list[Passage] = []
    tables: list[tuple[int, Lines]] = []
    for role, group in groupby(_lines(copy.text), key=lambda line: _role(line[1])):
        lines = list(group)
        if role == "subhead":
            parts = [(offset, line, _HEAD.match(line)) for offset, line in lines]
            heads = [(offset + mark.end(), line[mark.end() :]) for offset, line, mark in parts if mark]
            made += [passage_of(role, [head], copy) for head in heads if head[1]]
        elif role == "table":
            tables.append((len(made), lines))
        elif role == "body":
            made.append(passage_of(role, lines, copy))
    return StoryCopy(tuple(made), tuple(tables))


def _role(line: str) -> str:
    """What a line is part of; "" for a blank line."""
    if not line:
        return ""
    if line[0] == "|":
        return "table"
    return "subhead" if _HEAD.match(line) else "body"


def one_passage(role: str, leaf: Leaf) -> Passage | None:
    """A scalar as one passage (a headline, a caption); None when there is nothing in it."""
    copy = placed(leaf)
    lines = [(offset, line) for offset, line in _lines(copy.text) if line]
    return passage_of(role, lines, copy) if lines else None


def all_lines(text: str) -> Lines:
    """Every line with the offset of its first character, its blanks kept."""
    starts = (0, *(match.end() for match in _END.finditer(text)))
    ends = (*(match.start() for match in _END.finditer(text)), len(text))
    return [(start, text[start:end]) for start, end in zip(starts, ends, strict=True)]


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


def passage_of(role: str, lines: Sequence[tuple[int, str]], copy: Placed) -> Passage:
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
