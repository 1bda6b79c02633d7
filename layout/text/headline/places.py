"""Where a headline may break, and how good each place is (rules H-1 to H-4, H-11)."""

from collections.abc import Iterator, Sequence
from enum import IntEnum
from itertools import pairwise
from typing import Final

from msgspec import Struct

from layout.core.patterns import late
from layout.text.classes import CLOSE, STOP_END, STOP_MID, is_han
from layout.text.headline.copy import CLAUSE_SPACE, HeadCopy
from layout.text.headline.words import TERM, Readings, Word
from layout.text.normalise.words import HAN_NUMERALS
from layout.text.paragraph import Setting, set_paragraph
from layout.text.prohibition import Break


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


NEVER_FIRST: Final = frozenset("的地得了着过们吗呢吧等啊呀嘛么")
"""Words that no line starts with (rule H-3)."""

NEVER_LAST: Final = frozenset("和与及或在对把被将让从向为以于由给跟同")
"""Words that no line ends with (rule H-3)."""

DROPPED: Final = frozenset("，、；：。")
"""Marks that are not printed at the end of a line (rule H-4)."""

LEADS: Final = frozenset("副原正总常代第各每全本该某非准历首前越")
"""Single characters that belong to the word after them: 副主席, 全区, 第十次."""

TITLES: Final = _listed(
    "书记 主席 主任 委员 代表 部长 省长 市长 区长 县长 镇长 乡长 村长 州长 局长 厅长 处长 科长 院长 校长 所长 站长"
    " 会长 董事长 经理 总裁 总理 总统 首相 大使 将军 发言人 教授 院士 博士 工程师 医生 老师 记者 同志 先生 女士 烈士"
)
"""Titles stay with the name beside them (rule H-1)."""

TAILS: Final = frozenset("者员性化率感型式类们里内外中上下前后间时起岸区市县省局厅部院校团队会法案奖站所厂")
"""Single characters that belong to the word before them: 获得感, 先行区, 过渡期内."""

_NAMES: Final = ("nr", TERM)
_BOUND_BEFORE: Final = frozenset("abd")
"""A single character of these kinds belongs to the word after it: 新活力, 更多."""
_COUNTED: Final = ("年", "月", "日", "周年", "届", "次")
_BOUND_AFTER: Final = ("k", "f", "q", "ng", "u", "y", "zg", "z")
"""A single character of these kinds belongs to the word before it: 们, 上, 件."""

_SHORT: Final = 6
"""Han of the longest quoted phrase that is kept whole (rule H-1)."""

_TITLED: Final = late("《[^《》]*》|〈[^〈〉]*〉")
_QUOTED: Final = late("“[^“”]*”|‘[^‘’]*’|（[^（）]*）")
_AFTER: Final = frozenset(CLOSE | STOP_END | STOP_MID | {"—", "…"})
_CLOSING: Final = "".join(sorted(CLOSE))
_BLANKS: Final = f" {CLAUSE_SPACE}"


class Rank(IntEnum):
    """What a headline breaks at, the best first (rule H-1)."""

    MANUAL = 0
    CLAUSE = 1
    MARK = 2
    WORD = 3


class Place(Struct, frozen=True):
    """A break: the line before is printed to ``end``, the line after from ``start``; what lies between is not printed.

    ``cost`` tells how much a reader would mind. ``rival`` is a word across the place in another reading: a doubt.
    """

    end: int
    start: int
    rank: Rank
    cost: float = 0.0
    rival: str = ""


COSTS: Final = {Rank.MANUAL: -400.0, Rank.CLAUSE: -200.0, Rank.MARK: -100.0, Rank.WORD: 0.0}
LISTED, CLOSED = 60.0, 140.0
"""A break after 、 or after a closing mark, where a reader pauses less than after a stop."""
PAUSE: Final = COSTS[Rank.MARK] + LISTED
"""Places of this cost and below are pauses; the others only matter where pauses do not make even lines."""
SINGLE, MODIFIED, COMPOUND, OBJECT, AFTER_DE, DOUBTED = 80.0, 120.0, 60.0, 40.0, 30.0, 150.0
"""Next to a word of one character; between modifier and word, two nouns, verb and object; after 的; with a rival."""


def mark_places(copy: HeadCopy, setting: Setting) -> tuple[Place, ...]:
    """The places that need no lexicon: the desk's own, clause spaces, after marks. In order."""
    free = free_offsets(copy.text, setting)
    found = {at: _at_mark(copy.text, at) for at in free if _pauses(copy.text, at)}
    found |= {at: _place(copy.text, at, Rank.MANUAL) for at in copy.manual}
    return tuple(found[at] for at in sorted(found))


def forced_places(copy: HeadCopy) -> tuple[Place, ...]:
    """Where the desk ends the lines by hand. In order."""
    return tuple(_place(copy.text, at, Rank.MANUAL) for at in sorted(copy.forced))


def word_places(copy: HeadCopy, setting: Setting, words: Sequence[Word], readings: Readings) -> tuple[Place, ...]:
    """The places between words where there is no better one. In order."""
    free = free_offsets(copy.text, setting) - copy.manual
    return tuple(
        _place(copy.text, left.end, Rank.WORD, _reading_cost(left, right), readings.rival(left.end))
        for left, right in pairwise(words)
        if left.end in free and not _pauses(copy.text, left.end) and not _is_bound(left, right)
    )


def free_offsets(text: str, setting: Setting) -> frozenset[int]:
    """Offsets that no prohibition, quantity, Latin word, short quotation or title bars."""
    paragraph = set_paragraph(text, setting)
    free, at = set(), 0
    for cluster, barred in zip(paragraph.clusters, paragraph.breaks, strict=True):
        at += len(cluster)
        if barred is Break.FREE:
            free.add(at)
    return frozenset(free - {len(text)} - set(_inside(text)))


def _inside(text: str) -> Iterator[int]:
    """Offsets inside what is kept whole: titles of works, quoted phrases of at most six Han."""
    for match in (*_TITLED.finditer(text), *_QUOTED.finditer(text)):
        if match[0][0] in "《〈" or sum(map(is_han, match[0])) <= _SHORT:
            yield from range(match.start() + 1, match.end())


def _pauses(text: str, at: int) -> bool:
    """Whether a space or a mark stands before ``at``; after a closing mark a particle bars the break (rule H-3)."""
    before = text[at - 1]
    if before in CLOSE and text[at] in NEVER_FIRST:
        return False
    return before == CLAUSE_SPACE or (before in _AFTER and text[at] not in _AFTER)


def _at_mark(text: str, at: int) -> Place:
    if text[at - 1] == CLAUSE_SPACE:
        return _place(text, at, Rank.CLAUSE)
    stop = text[:at].rstrip(_CLOSING)[-1:]
    cost = LISTED if stop == "、" else CLOSED if stop not in STOP_END | STOP_MID else 0.0
    return _place(text, at, Rank.MARK, cost)


def _place(text: str, at: int, rank: Rank, cost: float = 0.0, rival: str = "") -> Place:
    """The place at an offset, without the spaces round it and the marks that no line ends with (rules H-4, H-6)."""
    end = printed_end(text[:at])
    start = at + len(text[at:]) - len(text[at:].lstrip(_BLANKS))
    return Place(end, start, rank, COSTS[rank] + cost + (DOUBTED if rival else 0.0), rival)


def printed_end(text: str) -> int:
    """How much of a line's copy is printed: no spaces and none of ，、；：。 at its end (rule H-4)."""
    return len(text.rstrip(_BLANKS + "".join(sorted(DROPPED))))


def _is_bound(left: Word, right: Word) -> bool:
    """Whether two words are one to a reader (rules H-1, H-3, H-11)."""
    short_left, short_right = len(left.text) == 1, len(right.text) == 1
    return (
        right.text in NEVER_FIRST | TAILS
        or left.text in NEVER_LAST | LEADS
        or (left.tag[:1] == "m" and (right.tag[:1] in {"m", "q"} or right.text.startswith(_COUNTED)))
        or (short_left and (left.tag[:1] in _BOUND_BEFORE or left.text in HAN_NUMERALS))
        or (short_right and right.tag.startswith(_BOUND_AFTER))
        or (short_right and left.tag == "x")  # an unknown word and a stray character: cut at a guess
        or (left.tag.startswith(_NAMES) and right.text.endswith(TITLES))
        or (right.tag.startswith(_NAMES) and left.text.endswith(TITLES))
    )


def _reading_cost(left: Word, right: Word) -> float:
    """How much a reader would mind a break between two words, by their parts of speech (rule H-2)."""
    cost = sum(SINGLE for word in (left, right) if len(word.text) == 1 and word.tag[:1] not in {"p", "c", "u"})
    if left.tag.startswith("u"):
        return cost + AFTER_DE
    if left.tag[:1] in {"a", "b", "d", "m", "r"}:
        return cost + MODIFIED
    if right.tag[:1] in {"v", "p", "c", "d", "r"} and right.tag != "vn":
        return cost
    return cost + (OBJECT if left.tag[:1] == "v" else COMPOUND)
