"""The copy of a headline: what is printed, and where the desk has marked that it may break (rule H-1)."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from layout.text.classes import is_han, is_latin
from layout.text.markup import Marked
from layout.text.normalise import normalise
from layout.text.spans import Span

BREAK_MARK: Final = "|"
"""Where the desk allows a break. It is never printed."""

CLAUSE_SPACE: Final = "\u3000"

_ESCAPE: Final = "\\"
_SPACED_MARK: Final = re.compile(r"\s*\|[\s|]*")


class HeadCopy(Struct, frozen=True):
    """One headline in press orthography.

    ``manual`` are the offsets where the desk lets it break, ``forced`` those where it must. ``spans`` are what markup
    sets differently.
    """

    text: str
    manual: frozenset[int] = frozenset()
    forced: frozenset[int] = frozenset()
    spans: tuple[Span, ...] = ()

    def with_spans(self, spans: Sequence[Span]) -> "HeadCopy":
        """The copy with what its markup sets differently."""
        forced = frozenset(span.start for span in spans if span.turn and 0 < span.start < len(self.text))
        return replace(self, forced=forced, spans=tuple(spans))


def head_copy(typed: str, role: str = "headline", kept: Sequence[tuple[int, int]] = ()) -> HeadCopy:
    """The copy of a headline as typed. A break mark with a space beside it is a clause space as well.

    ``kept`` are the parts that stay as typed.
    """
    found = tuple(_SPACED_MARK.finditer(typed))
    marks = [mark[0] for mark in found]

    def shifted(at: int) -> int:
        return at - sum(len(mark[0]) - 1 for mark in found if mark.start() < at)

    kept = tuple((shifted(start), shifted(end)) for start, end in kept)
    pieces = normalise(_SPACED_MARK.sub(BREAK_MARK, typed), role, kept).split(BREAK_MARK)
    for number, mark in enumerate(marks):
        if mark.strip() != mark:
            pieces[number] += _space_between(pieces[number][-1:], pieces[number + 1][:1])
    inner = accumulate(map(len, pieces[:-1]))
    text = "".join(pieces)
    return HeadCopy(text, frozenset(at for at in inner if 0 < at < len(text)))


def _space_between(before: str, after: str) -> str:
    """The space that the copy would have without its break mark: of a clause, of Latin words, or none (rule N-12)."""
    if not before or not after:
        return ""
    if is_han(before) and is_han(after):
        return CLAUSE_SPACE
    return " " if is_latin(before) and is_latin(after) else ""


def unmarked(copy: Marked, typed: str) -> Marked:
    r"""Copy of any role without break marks; a bar that is escaped, ``\|``, is a sign of the copy and stays."""
    if BREAK_MARK not in copy.text:
        return copy
    kept = [at for at, sign in enumerate(copy.text) if sign != BREAK_MARK or typed[: copy.origin[at]].endswith(_ESCAPE)]
    marks = (replace(m, start=bisect_left(kept, m.start), end=bisect_left(kept, m.end)) for m in copy.marks)
    origin = (*(copy.origin[at] for at in kept), copy.origin[-1])
    return replace(copy, text="".join(copy.text[at] for at in kept), marks=tuple(marks), origin=origin)
