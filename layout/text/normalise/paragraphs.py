"""Rule N-13: paragraphs that scraping cut where a column or a page ended."""

from collections.abc import Sequence
from typing import Final

from layout.text.classes import CLOSE, is_latin
from layout.text.normalise.characters import clean

_TERMINAL: Final = frozenset("。！？…：；.!?:;)]\"'") | CLOSE
"""What may end a paragraph, of either width: joining works on copy as typed too."""

_SHORTEST: Final = 40
"""Characters that a cut paragraph has at least; less may be a heading."""


def join_cut(passages: Sequence[tuple[str, str]]) -> tuple[tuple[int, ...], ...]:
    """Which passages are one paragraph: groups of indices, each index once, in order.

    ``passages`` are (role, text), as typed or normalised. Only body paragraphs are joined; of a paragraph cut twice the
    three parts are one group.
    """
    texts = [clean(text) for _, text in passages]
    groups: list[tuple[int, ...]] = []
    for index in reversed(range(len(passages))):
        follows = groups[-1] if groups else ()
        if follows and _is_cut(texts[index]) and _ends(texts[follows[-1]]) and _both_body(passages, index):
            groups[-1] = (index, *follows)
        else:
            groups.append((index,))
    return tuple(reversed(groups))


def join_texts(parts: Sequence[str]) -> str:
    """The parts of a cut paragraph as one; a word space where Latin text was cut between words."""
    joined = ""
    for part in map(clean, parts):
        between_words = joined and part and is_latin(joined[-1]) and is_latin(part[0])
        joined += f" {part}" if between_words else part
    return joined


def _is_cut(text: str) -> bool:
    return len(text) >= _SHORTEST and not _ends(text)


def _ends(text: str) -> bool:
    return text != "" and text[-1] in _TERMINAL


def _both_body(passages: Sequence[tuple[str, str]], index: int) -> bool:
    return passages[index][0] == passages[index + 1][0] == "body"
