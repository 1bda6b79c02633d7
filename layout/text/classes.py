"""Character classes of Chinese newspaper text (rules K-1 to K-14): explicit tables and predicates.

A predicate takes one character (a string of length 1). Two-em marks are two characters of ``DASH`` or ``ELLIPSIS``.
"""

from bisect import bisect_right
from functools import lru_cache
from typing import Final
from unicodedata import category

OPEN: Final = frozenset("‘“（〔［｛〈《「『【〖〘﹁﹃")
"""K-1. Quotes belong here only in Chinese runs (rule P-11)."""

CLOSE: Final = frozenset("’”）〕］｝〉》」』】〗〙﹂﹄")
"""K-2."""

PAIRS: Final = dict(zip("‘“（〔［｛〈《「『【〖〘﹁﹃", "’”）〕］｝〉》」』】〗〙﹂﹄", strict=True))
"""Opening mark -> its closing mark."""

STOP_END: Final = frozenset("。．！？‼⁇⁈⁉")
"""K-3: stops that end a sentence."""

STOP_MID: Final = frozenset("，、；：")
"""K-4: stops inside a sentence."""

INTERPUNCT: Final = frozenset("·・‧･")
"""K-5. The stored form is U+00B7."""

DASH: Final = frozenset("—⸺")
"""K-6: —— is two of U+2014; ⸺ is one character of two em. A lone — is a connector."""

ELLIPSIS: Final = frozenset("…⋯")
"""K-6: one em each, two together inseparable."""

CONNECTOR: Final = frozenset("–‐～〜")
"""K-7, with a lone — besides; the hyphen-minus connects only inside codes."""

SOLIDUS: Final = frozenset("/／")
"""K-8."""

PREFIX: Final = frozenset("¥￥$€£№±+−")
"""K-9, before a number."""

POSTFIX: Final = frozenset("%‰°′″℃℉")
"""K-10, after a number."""

ITERATION: Final = frozenset("々〻")
"""K-11: set as Han."""

HAN_SYMBOLS: Final = frozenset("○◯●◎□■◇◆△▲▽▼☆★※×÷→←↑↓〒〓")
"""K-11: symbols set as Han."""

SPACE: Final = frozenset(" \u3000\u202f")
"""K-14: word space, em space (never stretched), quarter-em group space (no break)."""

BULLETS: Final = frozenset("•○●□■◇◆△▲▽▼☆★※")
"""Marks that lead an item; one at the start of a paragraph stays with what follows (rule L-4)."""

_HAN_BLOCKS: Final = (
    (0x2160, 0x2188),  # Roman numerals
    (0x2460, 0x24FF),  # enclosed letters and numbers
    (0x2776, 0x2793),  # circled digits
    (0x2E80, 0x2FDF),  # radicals
    (0x3005, 0x3007),  # 々 〆 〇
    (0x3021, 0x3029),  # Hangzhou numerals
    (0x3031, 0x3035),  # kana repeat marks
    (0x3038, 0x303C),
    (0x3041, 0x309F),  # hiragana
    (0x30A1, 0x30FA),  # katakana, without its middle dot
    (0x30FC, 0x30FF),
    (0x3105, 0x312F),  # bopomofo
    (0x3190, 0x319F),  # kanbun
    (0x31A0, 0x31EF),  # bopomofo extended, strokes
    (0x31F0, 0x33FF),  # kana extensions, enclosed and square symbols
    (0x3400, 0x4DBF),  # extension A
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),  # compatibility ideographs
    (0xFF66, 0xFF9F),  # half-width kana
    (0x16FF0, 0x16FF6),
    (0x1AFF0, 0x1B16F),  # kana supplements
    (0x1F100, 0x1F2FF),  # enclosed supplements
    (0x20000, 0x3FFFD),  # extensions B and later
)
_HAN_STARTS: Final = tuple(first for first, _ in _HAN_BLOCKS)


@lru_cache(maxsize=8192)
def is_han(char: str) -> bool:
    """Whether ``char`` is set as Han: ideographs, 〇, kana, bopomofo, enclosed and square symbols, ○●※× (K-11)."""
    code = ord(char)
    if code < 0x2160:
        return char in HAN_SYMBOLS
    block = bisect_right(_HAN_STARTS, code) - 1
    return code <= _HAN_BLOCKS[block][1] or char in HAN_SYMBOLS


def is_digit(char: str) -> bool:
    """Whether ``char`` is an ASCII digit (K-12)."""
    return "0" <= char <= "9"


@lru_cache(maxsize=8192)
def is_latin(char: str) -> bool:
    """Whether ``char`` is a letter, or a mark on one, of a script that is not set as Han (K-13)."""
    return category(char)[0] in "LM" and not is_han(char)


FULL_MARKS: Final = OPEN | CLOSE | STOP_END | STOP_MID | DASH | ELLIPSIS | frozenset("～·・･％￥＋－＝＊／")
"""Marks of Chinese text that fill an em cell (or, for ·, belong to it): the company of Han."""


def is_full_mark(char: str) -> bool:
    """Whether ``char`` is a mark of Chinese text."""
    return char in FULL_MARKS
