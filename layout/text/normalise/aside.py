"""Parts of a paragraph that an editor wants as they are typed: set aside while the rules run.

One stand-in takes the place of each, so that the marks beside it see the company that they have.
"""

from collections.abc import Sequence
from typing import Final, TypeAlias

from msgspec import Struct

from layout.core.patterns import late
from layout.text.normalise.words import HIDDEN, is_company

Ranges: TypeAlias = Sequence[tuple[int, int]]
"""Parts of a text: offsets of their first characters and of the ones behind their last, in order, none in another."""

_TYPED: Final = late("[{][^{}]+[:：][!！][}]")
_HAN: Final = tuple(map(chr, range(0x2A6C0, 0x2A6D7)))
"""Rare characters: one that the copy does not have stands for a part that is Chinese."""


def typed_ranges(text: str) -> Ranges:
    """What copy with its markup has as typed: the braces of ``{文字:!}`` and all in them."""
    return tuple(match.span() for match in _TYPED.finditer(text)) if "{" in text else ()


class Aside(Struct, frozen=True):
    """A text with its parts set aside: ``reduced`` has a stand-in of one character for each of ``parts``."""

    reduced: str
    parts: tuple[tuple[int, str], ...] = ()
    stand_ins: str = ""

    @property
    def offsets(self) -> list[int]:
        """For each character of ``reduced`` and for its end the offset in the text."""
        found: list[int] = []
        parts, by = iter(self.parts), 0
        for at, char in enumerate(self.reduced):
            found.append(at + by)
            if self.parts and char in self.stand_ins:
                by += len(next(parts)[1]) - 1
        return [*found, len(self.reduced) + by]

    def put_back(self, text: str, origin: Sequence[int]) -> tuple[str, list[int]]:
        """A text that rules made of ``reduced``, and where its characters come from, both with the parts in place."""
        if not self.parts:
            return text, list(origin)
        pieces: list[str] = []
        moved: list[int] = []
        parts, offsets = iter(self.parts), self.offsets
        for char, at in zip(text, origin, strict=False):
            start, part = next(parts) if char in self.stand_ins else (offsets[at], char)
            pieces.append(part)
            moved += range(start, start + len(part)) if char in self.stand_ins else [start]
        return "".join(pieces), [*moved, offsets[-1]]


def set_aside(text: str, kept: Ranges, *, byline: bool = False) -> Aside:
    """The text with a stand-in for each part; in a byline they are no names, so that none is opened."""
    if not kept:
        return Aside(text)
    han = next(char for char in (*_HAN, HIDDEN) if char not in text or char == HIDDEN)
    latin = han if HIDDEN in text else HIDDEN
    signs = [han if not byline and _is_chinese(text[start:end]) else latin for start, end in kept]
    pieces: list[str] = []
    at = 0
    for (start, end), sign in zip(kept, signs, strict=True):
        pieces += text[at:start], sign
        at = end
    parts = tuple((start, text[start:end]) for start, end in kept)
    return Aside("".join((*pieces, text[at:])), parts, han + latin)


def _is_chinese(part: str) -> bool:
    return any(map(is_company, part))
