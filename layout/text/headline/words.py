"""Words of a headline, from a lexicon and from the issue's own terms (rule H-2).

The lexicon is jieba's, through ``rjieba``. It is opened when a headline really has to break between words, which costs
a tenth of a second; most heads break at a space or a mark, and a page of those never opens it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

TERM: Final = "term"
"""The part of speech of the issue's own terms."""

_LONGEST: Final = 8
"""Characters of the longest word that another reading is looked for."""

_RARE: Final = 20
"""A word that was met less often than this puts no reading in doubt: the lexicon lists 比增, but 限时 55 times."""


class Word(NamedTuple):
    """A word at ``start``..``end`` of the copy, ``tag`` its part of speech in jieba's letters, "term" for a term."""

    text: str
    start: int
    end: int
    tag: str


class Lexicon(NamedTuple):
    """Where words come from.

    ``tag`` cuts a text into words, each with its part of speech; ``has_word`` tells whether the lexicon lists a word,
    ``frequency`` how often a listed word was met.
    """

    tag: Callable[[str], Sequence[tuple[str, str]]]
    has_word: Callable[[str], bool]
    frequency: Callable[[str], int]


@cache
def shipped_lexicon() -> Lexicon | None:
    """The lexicon that is installed; None without one: heads then break at spaces and marks only."""
    try:
        from rjieba import has_word, suggest_freq, tag
    except ImportError:
        return None
    return Lexicon(tag, has_word, suggest_freq)


def words_of(text: str, lexicon: Lexicon, terms: Sequence[str] = ()) -> tuple[Word, ...]:
    """The words of ``text``, complete and in order. A term is one word wherever it stands, the longest first."""
    return tuple(_words(text, lexicon, terms))


def _words(text: str, lexicon: Lexicon, terms: Sequence[str]) -> Iterator[Word]:
    done = 0
    for start, end in term_spans(text, terms):
        yield from _cut(text[done:start], done, lexicon)
        yield Word(text[start:end], start, end, TERM)
        done = end
    yield from _cut(text[done:], done, lexicon)


def _cut(text: str, at: int, lexicon: Lexicon) -> Iterator[Word]:
    for word, tag in lexicon.tag(text) if text else ():
        yield Word(word, at, at + len(word), tag)
        at += len(word)


def term_spans(text: str, terms: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Where terms stand in ``text``: start and end, none inside another."""
    known = sorted({term for term in terms if term}, key=lambda term: (-len(term), term))
    return tuple(match.span() for match in re.finditer("|".join(map(re.escape, known)), text)) if known else ()


class Readings:
    """The other ways to read a headline: how few words of the lexicon make up its beginning and its end.

    Readings are compared by their number of words: 苏州|局限|时装|电话 has a rival in 苏州|局|限时|装|电话, with one
    word more; 武汉市|长江大桥 has none in 武汉|市长|江|大桥, with two more.
    """

    def __init__(self, text: str, words: Sequence[Word], lexicon: Lexicon) -> None:
        self._text = text
        self._usual = len(words)
        self._frequency = lexicon.frequency
        self._words = sorted(_possible(text, words, lexicon), key=lambda span: (span[1], span[0]))
        self._before = _fewest(self._words, len(text))
        backward = [(len(text) - end, len(text) - start) for start, end in self._words]
        self._after = _fewest(sorted(backward, key=lambda span: (span[1], span[0])), len(text))[::-1]

    def rival(self, at: int) -> str:
        """A word that runs across ``at`` in a reading with at most one word more than the usual one, or ""."""
        for start, end in self._words:
            word = self._text[start:end]
            across = start < at < end and self._before[start] + 1 + self._after[end] <= self._usual + 1
            if across and self._frequency(word) >= _RARE:
                return word
        return ""


def _possible(text: str, words: Sequence[Word], lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Every stretch that may be a word: single characters, words of the lexicon outside the terms, the usual words."""
    terms = [(word.start, word.end) for word in words if word.tag == TERM]
    yield from ((at, at + 1) for at in range(len(text)))
    yield from ((word.start, word.end) for word in words if word.end - word.start > 1)
    for start in range(len(text)):
        for end in range(start + 2, min(start + _LONGEST, len(text)) + 1):
            free = all(end <= first or last <= start for first, last in terms)
            if free and lexicon.has_word(text[start:end]):
                yield start, end


def _fewest(words: Sequence[tuple[int, int]], length: int) -> list[int]:
    """The least number of words that make up the text to each offset; ``words`` in order of their ends."""
    least = [0] + [length] * length
    for start, end in words:
        least[end] = min(least[end], least[start] + 1)
    return least
