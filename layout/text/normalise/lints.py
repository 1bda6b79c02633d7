"""Rule N-14: what a proof-reader should look at. Nothing here changes copy."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from msgspec import Struct

from layout.core.patterns import late
from layout.text.classes import PAIRS
from layout.text.normalise.aside import typed_ranges
from layout.text.normalise.characters import has_han
from layout.text.normalise.outline import NUMERAL, outline
from layout.text.normalise.pairs import OpenMarks
from layout.text.normalise.quotes import curl, find_marks
from layout.text.normalise.words import BLANKS, DAY_WORDS


class Lint(Struct, frozen=True):
    """A doubtful place: offset into the paragraph, stable kebab-case code, message."""

    offset: int
    code: str
    message: str


_DAY: Final = r"(?:1[0-2]|[1-9])\.(?:3[01]|[12][0-9]|[1-9])"
_NUMBER: Final = r"[0-9]+(?:\.[0-9]+)?"
_FIGURE: Final = "[0-9０-９]"
_FIGURES: Final = (
    rf"(?<![A-Za-z0-9０-９./@_^-])(?:{_FIGURE}(?:[.,]?{_FIGURE})+[%％‰]?|{_FIGURE}[%％‰])(?![.,]?[0-9０-９A-Za-z@_/])"
)
_CLOCK: Final = "(?:[01]?[0-9]|2[0-4])[:：][0-5][0-9](?![0-9])"

PATTERNS: Final = (
    (
        "ambiguous-period",
        ".",
        "a full stop or the dot of a name: write 。 or ·",
        r"(?<=[^\W\d_A-Za-zÀ-ɏ])\.(?=[^\W\d_A-Za-zÀ-ɏ])",
    ),
    (
        "month-day-period",
        ".",
        "month and day as a name take an interpunct inside the quotation marks: “9·9”",
        rf"(?<=[“\"'‘]){_DAY}(?=[”\"'’])|(?<![0-9.]){_DAY}(?=[”\"'’]?(?:{'|'.join(DAY_WORDS)}))",
    ),
    (
        "ratio-colon",
        ":：",
        "a ratio or a score: check the colon, and that it is no time of day",
        rf"(?<![0-9:：.])(?!{_CLOCK}){_NUMBER}[:：][0-9]+(?![:：]?[0-9])",
    ),
    (
        "range-percent",
        "%％‰",
        "the first number of the range lacks its percent sign",
        rf"(?<![0-9.])(?<![0-9.][-~～—]){_NUMBER}[-~～—]{_NUMBER}[%％‰]",
    ),
    (
        "fused-date",
        "-",
        "a date with hyphens: write 年 月 日 in running text",
        r"(?<![0-9-])[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?![0-9-])|(?<![0-9])[0-9]{1,2}月[0-9]{1,2}-[0-9]{1,2}日",
    ),
    (
        "zero-in-year",
        "零",
        "a year in Han numerals takes 〇, not 零",
        "(?=[一二三四五六七八九〇○O]{0,3}零)[一二三四五六七八九零〇○O]{4}(?=年)",
    ),
    (
        "ellipsis-and-deng",
        "等",
        "…… and 等 say the same: keep one",
        r"(?<![…⋯])[…⋯]+\s*等|(?<!\.)\.{3,}\s*等|(?<!。)。{3,}\s*等|等\s*(?:[…⋯]|\.{3}|。{3})",
    ),
)
"""Code, signs, message and pattern of the lints that a pattern finds, in copy as typed and in normalised copy.

A pattern matches nowhere in a paragraph that has none of its signs.
"""

_compiled: Final = cache(re.compile)
"""A pattern is compiled when copy first has one of its signs: a run that does not need it pays nothing."""


_QUOTES: Final = frozenset("“‘\"'「『＂＇")
_UNFINISHED: Final = frozenset("，、；：,;:")
_LIST_NUMBER: Final = late(rf"\s*(?:[0-9]{{1,3}}|[a-zA-Z]|{NUMERAL}{{1,3}})[)）]")
_SHORT_CAPTION: Final = 7
"""Characters: a caption no longer than this and without a comma is a phrase."""

_CREDITS: Final = ("摄", "摄影", "供图")
"""A caption may end with who took the picture, after its full stop."""

_OPENINGS: Final = {**PAIRS, "(": "）", "（": "）"}
_CLOSINGS: Final = {")": "）"} | {close: close for close in PAIRS.values()}
_HALVES: Final = frozenset((*_OPENINGS, *_CLOSINGS, *_QUOTES, *"<>"))
"""Marks of pairs as typed."""


def lint(text: str, role: str = "body") -> tuple[Lint, ...]:
    """The doubtful places of one paragraph, by offset; ``text`` may be as typed or normalised.

    What its markup wants as typed is not doubted.
    """
    if not has_han(text):
        return ()
    ranges, signs = typed_ranges(text), frozenset(text)
    found = [
        Lint(match.start(), code, message)
        for code, needed, message, pattern in PATTERNS
        if not signs.isdisjoint(needed)
        for match in _compiled(pattern).finditer(text)
    ]
    if not signs.isdisjoint(_HALVES):
        found += _unbalanced(text)
    if role == "caption":
        found += _caption_ending(text)
    doubted = (item for item in found if not any(start <= item.offset < end for start, end in ranges))
    return tuple(sorted(doubted, key=lambda item: (item.offset, item.code)))


def figures_lint(text: str) -> Lint | None:
    """The first Arabic number of several digits, or percentage, in a paragraph: vertical copy takes Han numerals (V-4).

    What its markup wants as typed is not doubted, nor are figures in names with letters, notes and addresses.
    """
    if not has_han(text):
        return None
    ranges = typed_ranges(text)
    for match in re.finditer(_FIGURES, text):
        if not any(start <= match.start() < end for start, end in ranges):
            return Lint(match.start(), "arabic-figures", f"vertical copy with the Arabic number {match[0]}")
    return None


def _unbalanced(text: str) -> Iterator[Lint]:
    """Marks without their other half; an opening quote at the start of a paragraph may run on into the next."""
    apostrophes = {mark.at for mark in find_marks(text) if mark.apostrophe}
    first = len(text) - len(text.lstrip(BLANKS))
    waiting: OpenMarks[int] = OpenMarks()
    for at, char in enumerate(curl(text).replace("<<", "《 ").replace(">>", " 》")):
        if char in _OPENINGS:
            waiting.push(at, _OPENINGS[char])
        elif char in _CLOSINGS:
            closed = waiting.close(_CLOSINGS[char])
            yield from (_lone(text, place) for place in closed[1:])
            if closed:
                continue
            if at not in apostrophes and not _ends_list_number(text, at):
                yield _lone(text, at)
    yield from (_lone(text, place) for place in waiting.all() if not (place == first and text[place] in _QUOTES))


def _ends_list_number(text: str, at: int) -> bool:
    """Whether the mark at an offset closes the number that leads a list item: 1）."""
    item = _LIST_NUMBER.match(outline(text))
    return item is not None and at == item.end() - 1


def _lone(text: str, at: int) -> Lint:
    return Lint(at, "unbalanced-pair", f"{text[at]} has no other half in this paragraph")


def _caption_ending(text: str) -> Iterator[Lint]:
    """A sentence ends with its stop, a phrase without one; neither is changed (rule B-4)."""
    body = text.strip(BLANKS)
    end = text.rindex(body[-1])
    sentence = any(mark in body[:-1] for mark in "。！？") and not body.endswith(_CREDITS)
    if body[-1] in _UNFINISHED or (sentence and body[-1] not in "。！？…”’）)"):
        yield Lint(end, "caption-ending", "the caption ends without a full stop")
    elif body[-1] == "。" and len(body) <= _SHORT_CAPTION and not any(mark in body for mark in "，,"):
        yield Lint(end, "caption-ending", "a caption that is a phrase carries no full stop")
