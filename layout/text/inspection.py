"""Composed lines judged by what stands on them, not by what the breaker meant to do (rules Q-1 to Q-4, Q-6, Q-8).

The rules are written here once more, from the characters alone, so that a slip in the tables of ``prohibition``,
``widths`` or ``justify`` shows on the first page that it spoils.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from layout.core import Pt
from layout.core.patterns import late
from layout.text.classes import (
    CLOSE,
    CONNECTOR,
    INTERPUNCT,
    ITERATION,
    OPEN,
    POSTFIX,
    PREFIX,
    SOLIDUS,
    STOP_END,
    STOP_MID,
    is_han,
)
from layout.text.justify import Line, Placed
from layout.text.lattice import RAGGED
from layout.text.paragraph import Setting
from layout.text.quantities import quantity_breaks

FLUSH: Final[Pt] = 0.01
"""How far a line's end may be from the edge of its column, points (rule Q-2)."""

GAP_LEAST, GAP_MOST, GAP_EVEN = 1 / 8, 1 / 2, 0.005
"""The Han-Latin gap, em, and how much those of one line may differ (rule Q-4)."""

LAST_HAN: Final = 2.0
"""Han that a last line holds at least; a letter or figure counts half (rule J-6)."""

_NOT_AT_START: Final = (CLOSE - {"’"}) | STOP_END | STOP_MID | INTERPUNCT | CONNECTOR | SOLIDUS | POSTFIX | ITERATION
_LEVELS_WITH_SOLIDUS: Final = frozenset({"gb", "news", "strict"})
_CLOSING_MARKS: Final = CLOSE | STOP_END | STOP_MID
_TWO_EM: Final = frozenset("—…⋯")
_TWO_EM_MARKS: Final = frozenset({"——", "……", "⋯⋯"})
_DIGITS: Final = frozenset("0123456789")
_HALVES: Final = frozenset("0123456789$¥€£%‰°")
_WINDOW: Final = 16
"""Characters on either side of a line's end that are looked at for a quantity."""

_LINK: Final = late(r"(?:https?://|ftp://|www\.|[A-Za-z][A-Za-z0-9-]*\.[A-Za-z0-9.-]+/)[!-~]+")
_LINK_JOINT: Final = frozenset("/?&=-")
_RUN_END: Final = late("[0-9A-Za-z][.,:/@_-]?$")
_RUN_START: Final = late("[.,:@_-]?[0-9A-Za-z]")
_WORD_END: Final = late("(?<![0-9A-Za-z.@/_-])[A-Za-z][a-z]+$")
_WORD_START: Final = late("[a-z]{3}")
_COMPOUND_END: Final = late("(?<![0-9A-Z])[a-z]{2,}-$")
_COMPOUND_START: Final = late("[a-z]{2}")
_MAIL: Final = late(r"[0-9A-Za-z._-]+@[0-9A-Za-z._-]*$|[0-9A-Za-z._-]+$")

_LATIN: Final = late("[0-9A-Za-z$¥€£%‰°]+")
_GAP_BEFORE: Final = frozenset("0123456789$¥€£")
_GAP_BEHIND: Final = frozenset("0123456789%‰°")
"""What takes a gap on that side of it, letters apart (rules S-1, S-2)."""

_MARKS: Final = "".join(sorted(OPEN | CLOSE | STOP_END | STOP_MID | INTERPUNCT)).replace("］", "\\］")
_MARK_RUN: Final = late(f"[{_MARKS}—…]{{2,}}")


class Flaw(NamedTuple):
    """One fault of a composed paragraph: ``code`` says which, ``line`` is the number of the line in the paragraph.

    ``at`` is the offset in the copy, ``amount`` in em or points where the code has one.
    """

    code: str
    line: int
    at: int
    amount: float = 0.0


def flaws(lines: Sequence[Line], setting: Setting) -> Iterator[Flaw]:
    """What is wrong with a paragraph's lines, in no order.

    Codes: ``line-start`` and ``line-end`` (a barred mark at the edge, L-3 and L-4), ``token-torn`` (a number, a name
    or a two-em mark over two lines, L-6), ``word-parted`` (a plain Latin word without a hyphen, L-10),
    ``quantity-torn`` (L-7), ``closing-run`` (a third closing mark at the line start, L-10), ``not-flush`` (Q-2),
    ``unfilled`` (a cluster alone, between tokens as wide as their lines: there is no gap to open),
    ``mark-pair`` (Q-3), ``two-em`` (Q-8), ``gap`` (Q-4), ``lone-character`` (Q-6).
    """
    texts = [line.text for line in lines]
    copy, starts = "".join(texts), list(accumulate(map(len, texts), initial=0))
    if setting.level != "none":
        for number, at in enumerate(starts[1:-1], 1):
            code = _edge(copy, at, setting.level)
            if code and not (code == "word-parted" and _has_hyphen(lines[number - 1])):
                yield Flaw(code, number, at)
    for number, (line, text) in enumerate(zip(lines, texts, strict=True)):
        yield from (flaw._replace(line=number, at=starts[number]) for flaw in _line(line, text, setting))
    if len(lines) > 1 and weight(texts[-1]) < LAST_HAN:
        yield Flaw("lone-character", len(lines) - 1, starts[-2])


def _has_hyphen(line: Line) -> bool:
    """Whether a line ends with a hyphen that is not in the copy (rule L-8)."""
    return bool(line.clusters) and not line.clusters[-1].text


def weight(text: str) -> float:
    """What a last line counts: Han and halves of two-em marks one, letters and figures half (rule J-6)."""
    return sum(1.0 if is_han(c) or c in _TWO_EM else 0.5 if c in _HALVES or c.isalpha() else 0.0 for c in text)


def _edge(copy: str, at: int, level: str) -> str:
    """The code of what a line's end before offset ``at`` breaks, "" when nothing."""
    if _in_link(copy, at):
        return "" if copy[at - 1] in _LINK_JOINT or copy[at] == "." else _torn(copy, at)
    return _barred(copy, at, level) or _torn(copy, at) or _quantity(copy, at)


def _barred(copy: str, at: int, level: str) -> str:
    """Prohibited marks at the two edges that meet at an offset."""
    before, after = copy[max(0, at - 4) : at].rstrip(" \u3000")[-1:], copy[at]
    if _splits_two_em(copy, at):
        return "token-torn"
    lone = (after == "—" and copy[at : at + 2] != "——") or (after == "’" and copy[at + 1 : at + 2] not in _DIGITS)
    if lone or after in _NOT_AT_START:
        return "closing-run" if _is_third(copy, at) else "line-start"
    if level == "strict" and after in _TWO_EM:
        return "line-start"
    slashed = before in SOLIDUS and level in _LEVELS_WITH_SOLIDUS
    return "line-end" if before in OPEN or slashed or (before in PREFIX and after in _DIGITS) else ""


def _in_link(copy: str, at: int) -> bool:
    """Whether an address runs across an offset."""
    if not (copy[at - 1].isascii() and copy[at].isascii()):
        return False
    return any(match.start() < at < match.end() for match in _LINK.finditer(copy))


def _splits_two_em(copy: str, at: int) -> bool:
    """Whether —— or …… has one half on each side of an offset."""
    mark = copy[at]
    if mark not in _TWO_EM or copy[at - 1] != mark:
        return False
    return (at - len(copy[:at].rstrip(mark))) % 2 == 1


def _is_third(copy: str, at: int) -> bool:
    """Whether two closing marks stand before the one at an offset, and it is not inside a stack of ！？."""
    stacked = copy[at] in "！？" and copy[at - 1] in "！？"
    return copy[at] in _CLOSING_MARKS and at >= 2 and _CLOSING_MARKS.issuperset(copy[at - 2 : at]) and not stacked


def _torn(copy: str, at: int) -> str:
    """Whether a number, name, unit or word goes on behind an offset."""
    left, right = copy[max(0, at - 40) : at], copy[at : at + 40]
    if not (_RUN_END.search(left) and _RUN_START.match(right)):
        return ""
    if _COMPOUND_END.search(left) and _COMPOUND_START.match(right):
        return ""  # state-of-the-art parts behind its own hyphens
    if _WORD_END.search(left) and _WORD_START.match(right):
        return "word-parted"
    return "word-parted" if right[0] in "@." and _MAIL.search(left) and "@" in left + right else "token-torn"


def _quantity(copy: str, at: int) -> str:
    start = max(0, at - _WINDOW)
    if _DIGITS.isdisjoint(copy[start : at + 1]):
        return ""
    return "quantity-torn" if at - start in quantity_breaks(copy[start : at + _WINDOW]) else ""


def _line(line: Line, text: str, setting: Setting) -> Iterator[Flaw]:
    """Faults of one line by itself."""
    justified = setting.align == "justify" and line.measure >= RAGGED and not line.last
    off = (line.width - line.measure) * setting.size
    taken = line.indent + sum([placed.advance for placed in line.clusters])
    if justified and -off > FLUSH and len(line.clusters) == 1:
        yield Flaw("unfilled", 0, 0, off)
    elif off > FLUSH or (justified and -off > FLUSH) or abs(taken - line.width) * setting.size > FLUSH:
        yield Flaw("not-flush", 0, 0, off)
    first = line.clusters[0]
    if first.text in OPEN and first.offset - first.cell.origin > GAP_EVEN:
        yield Flaw("not-flush", 0, 0, first.offset - first.cell.origin)
    if not _TWO_EM.isdisjoint(text) and any(_is_short(placed) for placed in line.clusters):
        yield Flaw("two-em", 0, 0)
    yield from _pairs(line, text)
    if not setting.vertical:
        yield from _gaps(line, text)


def _is_short(placed: Placed) -> bool:
    """Whether a dash or an ellipsis of two characters is not two em wide (rule Q-8)."""
    return placed.text in _TWO_EM_MARKS and abs(placed.cell.advance - 2.0) > GAP_EVEN


def _pairs(line: Line, text: str) -> Iterator[Flaw]:
    """Blanks between neighbouring marks: half an em at most where two marks face away or a bracket meets a dash."""
    for match in _MARK_RUN.finditer(text):
        for at in range(match.start() + 1, match.end()):
            number = _cluster(line, text, at)
            if number:
                first, second = line.clusters[number - 1], line.clusters[number]
                blank = 0.5 if _has_blank(first.text[-1], second.text[0]) else 0.0
                size = gap_between(first, second)
                if not -GAP_EVEN <= size <= blank + line.tracking + GAP_EVEN:
                    yield Flaw("mark-pair", 0, 0, size)


def _has_blank(first: str, second: str) -> bool:
    """Whether one half-em blank is left between two marks (rule P-5)."""
    if first in _CLOSING_MARKS:
        return second in OPEN or second in _TWO_EM
    return first in _TWO_EM and (second in OPEN or second in _TWO_EM)


def _gaps(line: Line, text: str) -> Iterator[Flaw]:
    """Han-Latin gaps: within their limits, and all of one line alike. A line forced wide open is told as loose."""
    if line.tracking > GAP_MOST:
        return
    sizes = []
    for at in _latin_edges(text):
        number = _cluster(line, text, at)
        if number and line.clusters[number].cell.size == line.clusters[number - 1].cell.size:
            sizes.append(gap_between(line.clusters[number - 1], line.clusters[number]))
    if not sizes:
        return
    if min(sizes) < GAP_LEAST - GAP_EVEN or max(sizes) > GAP_MOST + GAP_EVEN:
        yield Flaw("gap", 0, 0, max(sizes, key=abs))
    elif max(sizes) - min(sizes) > GAP_EVEN:
        yield Flaw("gap", 0, 0, max(sizes) - min(sizes))


def _latin_edges(text: str) -> Iterator[int]:
    """Offsets where Han and Latin meet."""
    for match in _LATIN.finditer(text):
        start, end = match.span()
        if start and _is_ideograph(text[start - 1]) and (text[start] in _GAP_BEFORE or text[start].isalpha()):
            yield start
        if end < len(text) and _is_ideograph(text[end]) and (text[end - 1] in _GAP_BEHIND or text[end - 1].isalpha()):
            yield end


def _is_ideograph(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" or char == "〇"


def _cluster(line: Line, text: str, at: int) -> int:
    """The number of the cluster that starts at an offset of the line's text; 0 for none."""
    if len(line.clusters) == len(text):
        return at
    starts = accumulate((len(placed.text) for placed in line.clusters), initial=0)
    return next((number for number, start in enumerate(starts) if start == at), 0)


def gap_between(first: Placed, second: Placed) -> float:
    """The space from the core of a cluster to that of the next, em."""
    behind = first.advance - (first.offset - first.cell.origin) - first.cell.advance
    return behind + second.offset - second.cell.origin
