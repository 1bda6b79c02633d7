"""The copy of a headline: what is printed, and where the desk has marked that it may break (rule H-1)."""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final

from layout.text.classes import is_han, is_latin
from layout.text.markup import Marked
from layout.text.normalise import normalise

BREAK_MARK: Final = "|"
"""Where the desk allows a break. It is never printed."""

CLAUSE_SPACE: Final = "\u3000"

_ESCAPE: Final = "\\"
_SPACED_MARK: Final = re.compile(r"\s*\|[\s|]*")


@dataclass(frozen=True, slots=True)
class HeadCopy:
    """One headline in press orthography; ``manual`` are the offsets of the desk's own break marks."""

    text: str
    manual: frozenset[int] = frozenset()


def head_copy(typed: str, role: str = "headline") -> HeadCopy:
    """The copy of a headline as typed. A break mark with a space beside it is a clause space as well."""
    marks = _SPACED_MARK.findall(typed)
    pieces = normalise(_SPACED_MARK.sub(BREAK_MARK, typed), role).split(BREAK_MARK)
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
