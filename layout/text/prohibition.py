"""Where a line may be broken: the prohibitions at line start and line end (rules L-1 to L-6, L-10)."""

import re
from enum import IntEnum
from functools import lru_cache
from typing import Final

from layout.core.patterns import late
from layout.text import classes
from layout.text.kinds import CLOSES, RUN_KINDS, STOPS, Kind
from layout.text.normalise.words import TOP_DOMAINS

LEVELS: Final = ("none", "basic", "gb", "news", "strict")
"""The levels of prohibition (rules L-1, L-2)."""


class Break(IntEnum):
    """What a break between two clusters would do, mildest first; the last but for its hyphen would be in a word."""

    FREE = 0
    AFTER_CONNECTOR = 1  # soft (rule L-5)
    BEFORE_TWO_EM = 2  # soft (rule L-5)
    IN_QUANTITY = 3  # rule L-7
    IN_WORD = 4  # inside a plain Latin word (rule L-8)
    IN_CLOSING_RUN = 5  # before the third or a later one of a run of closing marks (rule L-10)
    IN_TOKEN = 6  # inside a number, a unit, an acronym, a code (rule L-6)
    BARRED = 7
    AT_HYPHEN = 8  # inside a Latin word, where it takes a hyphen (rule L-8)


_NOT_AT_START: Final = (
    STOPS
    | CLOSES
    | {
        Kind.INTERPUNCT,
        Kind.CONNECTOR,
        Kind.SOLIDUS,
        Kind.POSTFIX_LATIN,
        Kind.POSTFIX_SIGN,
        Kind.ITERATION,
        Kind.MARK_CLOSE,
    }
)
"""Rule L-3."""

_NOT_AT_END: Final = frozenset({Kind.OPEN, Kind.MARK_OPEN})
"""Rule L-4, the marks."""

_SPACES: Final = frozenset({Kind.SPACE, Kind.EM_SPACE, Kind.THIN_SPACE})


class BreakTable(dict[tuple[int, int], Break]):
    """What a break between two kinds does: ``table[before, after]``. A pair is worked out when it first occurs."""

    def __init__(self, level: str) -> None:
        super().__init__()
        self._level = level

    def __missing__(self, pair: tuple[int, int]) -> Break:
        before, after = map(Kind, pair)
        kind = self[pair] = _break(before, after, self._level)
        return kind


@lru_cache(maxsize=len(LEVELS))
def break_table(level: str) -> BreakTable:
    """What a break between any two kinds does at a level."""
    return BreakTable(level)


def _break(a: Kind, b: Kind, level: str) -> Break:
    if b in _SPACES or a is Kind.THIN_SPACE:
        return Break.BARRED  # a space hangs at the end of the line before
    if Kind.NOTE in (a, b):
        return Break.BARRED  # rules L-3 and R-5
    if a in RUN_KINDS and b in RUN_KINDS:
        return Break.IN_TOKEN
    if level == "none":
        return Break.FREE
    if b in _NOT_AT_START or a in _NOT_AT_END or _barred_from(a, b, level):
        return Break.BARRED
    return _soft(a, b) if level == "news" else Break.FREE


def _soft(a: Kind, b: Kind) -> Break:
    if b is Kind.TWO_EM:
        return Break.BEFORE_TWO_EM
    return Break.AFTER_CONNECTOR if a in {Kind.CONNECTOR, Kind.INTERPUNCT} else Break.FREE


def _barred_from(a: Kind, b: Kind, level: str) -> bool:
    """What the levels above basic add (rule L-1)."""
    if a is Kind.SOLIDUS:
        return level != "basic"
    return b is Kind.TWO_EM and level == "strict"


_LEADER: Final = late(
    f"(?:[{''.join(sorted(classes.BULLETS))}\u2460-\u24ff\u2776-\u2793]|[0-9]+[.．、]|（(?:[0-9]+|[一二三四五六七八九十]+)）)"
)
"""A bullet or list number that leads a paragraph and stays with what follows (rule L-4)."""

_CLOSING: Final = "".join(sorted(classes.CLOSE | classes.STOP_END | classes.STOP_MID)).replace("］", "\\］")
_FINAL_ELLIPSIS: Final = late(f"[…⋯]+[{_CLOSING}]*$")
_CLOSING_RUN: Final = late(f"[{_CLOSING}]{{3,}}")
_STACKED: Final = frozenset("！？")
_WORD: Final = late(
    "(?<![A-Za-z0-9.@/_])(?<![0-9]-)[A-Z\u00c0-\u00de]?[a-z\u00df-\u00ff]{4,}+(?!-?[A-Z0-9\u00c0-\u00de]|[.@/_][A-Za-z0-9])"
)
"""A plain Latin word: no acronym, no name with figures, no part of an address."""

_LATIN: Final = re.compile("[A-Za-z\u00c0-\u00ff]")
_COMPOUND: Final = re.compile("(?<=[a-z]{2}-)(?=[a-z]{2})")
"""Behind the hyphen of a compound, state-of-the-art."""

_WORD_HEAD, _WORD_TAIL = 2, 3
"""Letters of a word that stay on each side of a break (rule L-8)."""

_LINK: Final = late(
    r"(?:https?://|ftp://|www\.)[!-~]+"
    rf"|(?<![A-Za-z0-9.@-])(?:[A-Za-z0-9-]+\.)+(?:{TOP_DOMAINS})(?![A-Za-z0-9])(?:[/?][!-~]*)?"
    r"|[A-Za-z][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)+/[!-~]+"
)
"""Web addresses, bare domains and what follows them."""

_MAIL: Final = late(r"[A-Za-z0-9._-]+(?:@|\.(?=[a-z]))[A-Za-z0-9-]+(?:\.[A-Za-z]+)+")
_MAIL_BREAK: Final = late("(?<=.)(?=[@.])")

_LINK_BREAK: Final = late(r"(?<=[/?&=-])(?![/?&=-])|(?=\.)")


def newspaper_bars(text: str) -> frozenset[int]:
    """Offsets barred by the newspapers' own rules.

    A paragraph's bullet or list number stays with what follows (rule L-4); an ellipsis that ends the paragraph never
    stands alone on a line, with or without closing marks (rule L-2).
    """
    leader = None if text[:1].isalpha() else _LEADER.match(text)
    ending = _FINAL_ELLIPSIS.search(text) if "…" in text or "⋯" in text else None
    bars = set(range(1, leader.end() + 1)) if leader and leader.end() < len(text) else set()
    return frozenset(bars | ({ending.start()} if ending else set()))


def word_breaks(text: str) -> frozenset[int]:
    """Offsets in plain Latin words, compounds and mail addresses that part in need, without a hyphen (L-8, L-10)."""
    if not _LATIN.search(text):
        return frozenset()
    inside = [range(match.start() + _WORD_HEAD, match.end() - _WORD_TAIL + 1) for match in _WORD.finditer(text)]
    mails = _MAIL.finditer(text) if "." in text else ()
    mail = (match.start() + at.start() for match in mails for at in _MAIL_BREAK.finditer(match[0]))
    compounds = (match.start() for match in _COMPOUND.finditer(text)) if "-" in text else ()
    return frozenset((*(at for offsets in inside for at in offsets), *compounds, *mail))


def link_breaks(text: str) -> frozenset[int]:
    """Offsets inside web addresses where they may be broken, without a hyphen (rule L-8)."""
    if "." not in text:
        return frozenset()
    return frozenset(
        match.start() + inner.start()
        for match in _LINK.finditer(text)
        for inner in _LINK_BREAK.finditer(match[0])
        if 0 < inner.start() < len(match[0])
    )


def closing_run_breaks(text: str) -> frozenset[int]:
    """Offsets before the third and later marks of runs of closing marks: a remedy in need only (rule L-10).

    Stacked ！？ stay together even then (rule L-6).
    """
    found = (at for match in _CLOSING_RUN.finditer(text) for at in range(match.start() + 2, match.end()))
    return frozenset(at for at in found if not _STACKED.issuperset(text[at - 1 : at + 1]))
