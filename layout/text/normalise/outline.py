"""A paragraph with every Han character replaced by one letter: patterns over it need no tables of code points.

Offsets are those of the paragraph. (Character sets over the ranges of Han would take longer to compile than a page
takes to set.)
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from layout.text.classes import STOP_END, STOP_MID, is_latin
from layout.text.normalise.words import HAN_NUMERALS, is_ideograph

HAN: Final = r"[\x01\x02]"
"""Pattern for a Han character in an outline."""

NUMERAL: Final = r"\x02"
"""Pattern for a Han numeral in an outline."""

_CHINESE_ONLY: Final = STOP_END | STOP_MID | frozenset("～％￥＋－＝＊／＃＆＠")


@lru_cache(maxsize=8192)
def _kind(char: str) -> str:
    if char in HAN_NUMERALS:
        return "\x02"
    return "\x01" if is_ideograph(char) else char


@lru_cache(maxsize=8192)
def _latin_kind(char: str) -> str:
    if char in _CHINESE_ONLY:
        return "\x01"
    return "x" if not char.isascii() and is_latin(char) else _kind(char)


@lru_cache(maxsize=8)
def outline(text: str) -> str:
    """The paragraph with Han numerals and other Han characters as one control character each."""
    return "".join(map(_kind, text))


def latin_outline(text: str) -> str:
    """An outline in which stops that no Latin text holds count as Han, and letters beyond ASCII are an x."""
    return "".join(map(_latin_kind, text))


def rewrite(pattern: re.Pattern[str], text: str, written: Callable[[re.Match[str]], str]) -> str:
    """``text`` with every match of ``pattern`` in its outline replaced by what ``written`` makes of the match."""
    pieces: list[str] = []
    at = 0
    for match in pattern.finditer(outline(text)):
        pieces += text[at : match.start()], written(match)
        at = match.end()
    pieces.append(text[at:])
    return "".join(pieces)
