"""Rules N-1, N-2 and the widths of N-10: single characters, before anything is known of their neighbours."""

import re
from typing import Final
from unicodedata import is_normalized
from unicodedata import normalize as to_form

from layout.text.normalise.words import BLANKS, is_ideograph

_INVISIBLE: Final = (
    *range(0x200B, 0x2010),  # zero-width spaces and joiners, direction marks
    *range(0x202A, 0x202F),  # embeddings
    *range(0x2066, 0x206A),  # isolates
    *(0x2060, 0xFEFF, 0x00AD),  # word joiner, byte-order mark, soft hyphen
)
_SPACE_CONTROLS: Final = frozenset(range(0x09, 0x0E))
"""Tab, line feed and the like: they part words, so they become spaces instead of vanishing."""

_CONTROLS: Final = tuple(code for code in range(0x20) if code not in _SPACE_CONTROLS)
_SPACES: Final = (*_SPACE_CONTROLS, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x205F)

_CLEAN: Final[dict[int, int | None]] = {**dict.fromkeys((*_INVISIBLE, *_CONTROLS)), **dict.fromkeys(_SPACES, 0x20)}
_ASCII: Final = {code + 0xFEE0: code for code in map(ord, "%0123456789")} | {
    code + 0xFEE0: code for first in "Aa" for code in range(ord(first), ord(first) + 26)
}
FULL_WIDTH: Final = "".join(map(chr, _ASCII)) + "：．"
"""What ``narrow`` looks for."""

_BETWEEN_DIGITS: Final = re.compile("(?<=[0-9])[：．](?=[0-9])|(?<=^[0-9])．|(?<=^[0-9]{2})．")
"""And the dot of a list number at the head of a paragraph: stored text has no full-width ASCII."""

_RUN: Final = re.compile(r"\s{2,}")
_WORD_SPACES: Final = re.compile(" {2,}")


def clean(text: str) -> str:
    """Rule N-1: invisible characters out, spaces of all kinds to U+0020, composed form, no space at the ends.

    U+3000 and U+202F stay for the rules that know what they are for.
    """
    if not text.isprintable():  # what goes, and every space but U+0020, counts as not printable
        text = text.translate(_CLEAN)
    if not is_normalized("NFC", text):
        # Composition may yield a space that was none before (U+2000 -> U+2002).
        text = to_form("NFC", text).translate(_CLEAN)
    return text.strip(BLANKS)


def is_empty(text: str) -> bool:
    """Whether nothing is left of a paragraph once it is clean: such a one is dropped (rule N-1)."""
    return clean(text) == ""


def has_han(text: str) -> bool:
    """Whether the paragraph has a Han character: without one it is left alone (rule N-2)."""
    return any(map(is_ideograph, text))


def collapse(text: str) -> str:
    """Rule N-2: the only change beside N-1 to a paragraph without Han."""
    return _RUN.sub(" ", text)


def collapse_word_spaces(text: str) -> str:
    """Rule N-11: one word space where several were typed."""
    return _WORD_SPACES.sub(" ", text)


def narrow(text: str) -> str:
    """Rule N-10: letters, digits and the percent sign are stored as ASCII, and ： ． between digits too."""
    if max(text, default="") >= "％":
        text = text.translate(_ASCII)
    return _BETWEEN_DIGITS.sub(lambda match: ":" if match[0] == "：" else ".", text)
