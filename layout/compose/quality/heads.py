"""Lines of heads judged by their edges (rules H-1, H-3, H-4, Q-10).

Where an edge may or may not be a word of its own (于 is not in 终于, 过 is not in 过年), the lexicon is asked; it is
opened for such an edge only.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from layout.core.patterns import late
from layout.text import Line
from layout.text.classes import CLOSE, CONNECTOR, INTERPUNCT, OPEN, POSTFIX, SOLIDUS, STOP_END, STOP_MID
from layout.text.headline.places import DROPPED, NEVER_FIRST, NEVER_LAST
from layout.text.headline.words import Word, shipped_lexicon, words_of

_NEVER_FIRST: Final = late("[们吗呢吧]|的(?![确士哥])")
_PARTICLES: Final = ("u", "y", "k")
"""Parts of speech of words that lean on the one before them."""

_CONTENT: Final = ("n", "q", "m")
"""Parts of speech of words that may well end a line: 一对, 田地."""

_BARRED_FIRST: Final = CLOSE | STOP_END | STOP_MID | INTERPUNCT | CONNECTOR | SOLIDUS | POSTFIX
_TORN: Final = late("(?<=[0-9A-Za-z])\n(?=[0-9A-Za-z%‰万亿年月日])|(?<=第)\n(?=[0-9])")


def head_flaws(lines: Sequence[Line]) -> Iterator[str]:
    """The code of each fault at the edges of a head's lines."""
    texts = [line.text for line in lines if line.text]
    yield from ("head-mark" for text in texts if text[-1] in DROPPED)
    for before, after in pairwise(texts):
        leans = after[0] in NEVER_FIRST and _is_word(before, after, 0)
        if leans or _NEVER_FIRST.match(after) or after[0] in _BARRED_FIRST:
            yield "head-start"
        if before[-1] in OPEN:
            yield "head-end"
        elif before[-1] in NEVER_LAST and _is_word(before, after, -1):
            yield "head-leads-on"
        if _TORN.search(f"{before}\n{after}"):
            yield "head-torn"


def _is_word(before: str, after: str, side: int) -> bool:
    """Whether the character before (-1) or after (0) the edge is a word of a kind that may not stand there."""
    lexicon = shipped_lexicon()
    if lexicon is None:
        return False
    words = words_of(before + after, lexicon)
    at = len(before)
    beside = next((word for word in words if (word.end if side else word.start) == at), None)
    return beside is not None and len(beside.text) == 1 and _is_bare(beside, side)


def _is_bare(word: Word, side: int) -> bool:
    return not word.tag.startswith(_CONTENT) if side else word.tag.startswith(_PARTICLES)
