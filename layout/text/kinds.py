"""Kinds of clusters: the character classes K-1 to K-14 as the composer needs them, one small number a cluster."""

from enum import IntEnum
from functools import lru_cache
from typing import Final

from layout.text import classes


class Kind(IntEnum):
    """What a cluster is to its neighbours. The numbers index the tables of ``widths`` and ``prohibition``."""

    HAN = 0
    ITERATION = 1  # 々 〻: Han that may not start a line
    SIGN = 2  # one-em symbols set as Han: ① × ● ㎡
    OPEN = 3
    CLOSE = 4
    CLOSE_PAUSED = 5  # a closing mark that carries the pause of the stop before it (kaiming, rule P-6)
    STOP_END = 6
    STOP_MID = 7
    STOP_FIXED = 8  # ：；？！ in vertical setting: one em whatever stands beside them (rule V-6)
    STOP_STACK = 9  # two stacked ！？ or one of ‼⁇⁈⁉: one em, no blank (rule P-3)
    INTERPUNCT = 10
    TWO_EM = 11  # —— and ……
    CONNECTOR = 12
    SOLIDUS = 13
    PREFIX_LATIN = 14  # $ ¥ € £: Latin to rule S-2
    PREFIX_SIGN = 15
    POSTFIX_LATIN = 16  # % ‰ °
    POSTFIX_SIGN = 17
    DIGIT = 18
    LETTER = 19
    MARK = 20  # any other mark of Latin text
    MARK_OPEN = 21
    MARK_CLOSE = 22
    UPRIGHT = 23  # letters and digits that stand upright in vertical setting: no Han-Latin gap (rule V-9)
    SPACE = 24
    EM_SPACE = 25
    THIN_SPACE = 26
    NOTE = 27  # a raised note mark (rule R-5)


RUN_KINDS: Final = frozenset(
    {
        Kind.SOLIDUS,
        Kind.PREFIX_LATIN,
        Kind.PREFIX_SIGN,
        Kind.POSTFIX_LATIN,
        Kind.POSTFIX_SIGN,
        Kind.DIGIT,
        Kind.LETTER,
        Kind.MARK,
        Kind.MARK_OPEN,
        Kind.MARK_CLOSE,
        Kind.UPRIGHT,
        Kind.THIN_SPACE,
    }
)
"""Side by side these make one word, number or code (rule L-6)."""

STOPS: Final = frozenset({Kind.STOP_END, Kind.STOP_MID, Kind.STOP_FIXED, Kind.STOP_STACK})
CLOSES: Final = frozenset({Kind.CLOSE, Kind.CLOSE_PAUSED})
HAN_LIKE: Final = frozenset({Kind.HAN, Kind.ITERATION, Kind.SIGN})

FIXED_STOPS: Final = frozenset("：；？！")
"""Stops that keep their em in vertical setting (rule V-6)."""

_STACKED_SIGNS: Final = frozenset("‼⁇⁈⁉")
_LATIN_OPEN: Final = frozenset("([{<“‘«")
_LATIN_CLOSE: Final = frozenset(")]}>”’»,.;:!?")
_BY_CHARACTER: Final = {
    **dict.fromkeys(classes.OPEN, Kind.OPEN),
    **dict.fromkeys(classes.CLOSE, Kind.CLOSE),
    **dict.fromkeys(classes.STOP_END, Kind.STOP_END),
    **dict.fromkeys(_STACKED_SIGNS, Kind.STOP_STACK),
    **dict.fromkeys(classes.STOP_MID, Kind.STOP_MID),
    **dict.fromkeys(classes.INTERPUNCT, Kind.INTERPUNCT),
    **dict.fromkeys(classes.DASH | classes.ELLIPSIS, Kind.TWO_EM),
    **dict.fromkeys(classes.CONNECTOR, Kind.CONNECTOR),
    **dict.fromkeys(classes.SOLIDUS, Kind.SOLIDUS),
    **dict.fromkeys(classes.PREFIX, Kind.PREFIX_SIGN),
    **dict.fromkeys("$¥€£", Kind.PREFIX_LATIN),
    **dict.fromkeys(classes.POSTFIX, Kind.POSTFIX_SIGN),
    **dict.fromkeys("%‰°", Kind.POSTFIX_LATIN),
    "％": Kind.POSTFIX_SIGN,
    **dict.fromkeys(classes.ITERATION, Kind.ITERATION),
    " ": Kind.SPACE,
    "\u3000": Kind.EM_SPACE,
    "\u202f": Kind.THIN_SPACE,
    "—": Kind.CONNECTOR,  # a lone one (rule K-7); two together come as one cluster
}


@lru_cache(maxsize=16384)
def kind_of(cluster: str) -> Kind:
    """The kind of a cluster in Chinese copy, by its base character.

    Two-em dashes and ellipses come as one cluster; ``—`` alone is a connector (rule K-7).
    """
    base = cluster[0]
    if base == "—" and len(cluster) > 1:
        return Kind.TWO_EM
    known = _BY_CHARACTER.get(base)
    if known is not None:
        return known
    if classes.is_digit(base):
        return Kind.DIGIT
    if classes.is_han(base):
        return Kind.HAN if is_ideograph(base) else Kind.SIGN
    return latin_kind(base)


def latin_kind(base: str) -> Kind:
    """The kind of a character inside a Latin run, where “ ” ‘ ’ are Latin marks (rule P-11)."""
    if classes.is_latin(base):
        return Kind.LETTER
    if base in _LATIN_OPEN:
        return Kind.MARK_OPEN
    if base in _LATIN_CLOSE:
        return Kind.MARK_CLOSE
    if classes.is_full_mark(base) or base > "\u2fff":
        return Kind.SIGN
    return Kind.MARK


def is_ideograph(char: str) -> bool:
    """Whether a character that is set as Han is writing (ideographs, kana, 〇) and not a symbol or square sign."""
    return char in "〇々〆" or "\u2e80" <= char <= "\u2fdf" or (char >= "\u3041" and not _is_symbol(char))


def _is_symbol(char: str) -> bool:
    return "\u3200" <= char <= "\u33ff" or "\U0001f000" <= char <= "\U0001faff"
