"""Long Latin words and where they may be hyphenated (rule L-8)."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec.structs import replace

from layout.text.metrics import Cell
from layout.text.prohibition import Break

if TYPE_CHECKING:
    from pyphen import Pyphen

    from layout.text.paragraph import Paragraph

BEFORE, AFTER = 2, 3
"""Letters that stay before and after a hyphen at least."""

SOFT: Final = "\u00ad"
"""What a hyphen at a line's end stands for in the copy: nothing that is part of the word (ISO 32000-1, 14.8.2.2.3)."""

_LETTERS: Final = "A-Za-z\u00c0-\u024f"
_LONG: Final = re.compile(
    f"(?<![{_LETTERS}0-9@._’&/=#%+:-])[A-Z]?(?:[a-z]{{4,}}|[a-z]+(?:-[a-z]{{2,}})+)(?![{_LETTERS}0-9@_&/=#+-]|[.:][/\\w])"
)
"""Words in lower case or with a capital: no acronyms, codes, names with capitals inside, parts of addresses."""


_LETTER: Final = re.compile("[a-z]")


class LongWord(NamedTuple):
    """A word of a paragraph: the offset where it begins, and its letters."""

    start: int
    text: str


def long_words(text: str) -> Iterator[LongWord]:
    """The words of a paragraph that may be hyphenated at all."""
    return (LongWord(match.start(), match[0]) for match in _LONG.finditer(text)) if _LETTER.search(text) else iter(())


@lru_cache(maxsize=4096)
def hyphen_points(word: str) -> tuple[int, ...]:
    """Offsets inside a word where it may be parted, by the patterns of American English; a compound behind its hyphens.

    Behind one that it has by itself it takes none.
    """
    if "-" in word:
        return tuple(at for at, sign in enumerate(word, 1) if sign == "-")
    return tuple(_patterns().positions(word))


@cache
def _patterns() -> "Pyphen":
    """Read when the first word needs them: they take as long as a page's text takes to set."""
    from pyphen import Pyphen

    return Pyphen(lang="en_US", left=BEFORE, right=AFTER)


@lru_cache(maxsize=64)
def hyphenated(paragraph: "Paragraph") -> "Paragraph":
    """The paragraph with its long words open to hyphenation (rule L-8)."""
    breaks = list(paragraph.breaks)
    hyphens: dict[int, Cell] = {}
    for first, word, hyphen in paragraph.words:
        for at in hyphen_points(word):
            inside = first + at < len(breaks)  # a line that ends by hand may part a word
            if inside and breaks[first + at - 1] is Break.IN_WORD:  # not where a span bars it
                breaks[first + at - 1] = Break.AT_HYPHEN
                if word[at - 1] != "-":
                    hyphens[first + at] = hyphen
    return replace(paragraph, breaks=tuple(breaks), hyphens=hyphens)
