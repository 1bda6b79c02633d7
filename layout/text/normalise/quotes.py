"""Rule N-6: quotation marks, apostrophes and primes. Every change is one character for one."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from layout.core.patterns import late
from layout.text.classes import CLOSE, STOP_END, STOP_MID, is_digit, is_latin
from layout.text.normalise.pairs import OpenMarks
from layout.text.normalise.words import BLANKS, QUOTE_OF_CORNER, STRAY_STOPS

SIGNS: Final = "\"'＂＇“”‘’「」『』"
"""What ``curl`` looks for."""

_MARKS: Final = re.compile(f"[{SIGNS}]")
_STRAIGHT: Final = {'"': '"', "＂": '"', "'": "'", "＇": "'"}
_CLOSE_OF: Final = {"“": "”", "‘": "’"}
_OPEN_OF: Final = {close: opening for opening, close in _CLOSE_OF.items()}
_CURLY: Final = frozenset((*_CLOSE_OF, *_OPEN_OF))
_AFTER_A_UNIT: Final = STOP_END | STOP_MID | STRAY_STOPS | CLOSE - frozenset("”’")
"""Marks that no quotation starts with."""

_OTHER: Final = {"“": "‘", "‘": "“"}
_YEAR: Final = late("[0-9]{2}(?![0-9])")
_MINUTES: Final = late("°[0-9.]+(['＇])|[0-9](['＇])(?=[0-9.]+[\"＂″])")
_SECONDS: Final = late("(?<=['＇′])([0-9]+(?:[.][0-9]+)?)[\"＂]")
_DERIVATIVE: Final = late(r"(?<![A-Za-z\"'＂＇“‘])[A-Za-z](['＇]{1,3})(?=\([!-~]{1,8}\)|\s*=)")


Apostrophe: TypeAlias = Literal["", "inner", "year", "final", "prime"]


class Mark(Struct, frozen=True):
    """A quotation mark of the paragraph.

    ``kind`` is the straight form for a straight mark, else the character itself; ``apostrophe`` tells that a mark
    stands where an apostrophe would, between Latin letters, before a two-digit year, at the end of a Latin word; or
    where only a prime can: minutes and seconds, feet and inches, a derivative.
    """

    at: int
    kind: str
    apostrophe: Apostrophe


def find_marks(text: str) -> tuple[Mark, ...]:
    """All quotation marks of a paragraph, from left to right."""
    primes = _primes(text)
    return tuple(
        Mark(at, _STRAIGHT.get(match[0], match[0]), "prime" if at in primes else _apostrophe(text, at))
        for match in _MARKS.finditer(text)
        for at in (match.start(),)
    )


def _primes(text: str) -> frozenset[int]:
    """Offsets of straight marks that are primes whatever else is open: 38°15'20", 5'8", f'(x)."""
    if "'" not in text and "＇" not in text:
        return frozenset()
    found = {match.end() - 1 for match in _MINUTES.finditer(text)}
    found.update(match.end() - 1 for match in _SECONDS.finditer(text) if match.start() - 1 in found)
    found.update(at for match in _DERIVATIVE.finditer(text) for at in range(*match.span(1)))
    return frozenset(found)


def _apostrophe(text: str, at: int) -> Apostrophe:
    if text[at] not in "'＇‘’":
        return ""
    left, right = text[at - 1 : at], text[at + 1 : at + 2]
    after_letter = left != "" and is_latin(left)
    if right and is_latin(right) and (after_letter or (left != "" and is_digit(left) and right == "s")):
        return "inner"
    if _YEAR.match(text, at + 1) and not after_letter:
        return "year"
    return "final" if after_letter else ""


def curl(text: str) -> str:
    """Straight quotes, corner quotes, apostrophes, primes and reversed pairs as rule N-6 wants them."""
    marks = find_marks(text)
    if not marks:
        return text
    chars = list(text)
    swapped = _swap(marks, chars)
    if not _CURLY.issuperset([mark.kind for mark in swapped]):  # curly ones stay as they are
        _Pairing(text, swapped).write(chars)
    return "".join(chars)


# --- pairs typed close-then-open


def _swap(marks: Sequence[Mark], chars: list[str]) -> tuple[Mark, ...]:
    """Turn ”x“ into “x” where nothing is open, if that leaves every mark of its kind with a partner."""
    turned: set[int] = set()
    for opening, closing in _CLOSE_OF.items():
        family = [mark for mark in marks if mark.kind in (opening, closing) and not mark.apostrophe]
        turned.update(_reversed_marks(family, opening, chars))
    for at in turned:
        chars[at] = _CLOSE_OF.get(chars[at]) or _OPEN_OF[chars[at]]
    return tuple(Mark(m.at, chars[m.at], m.apostrophe) if m.at in turned else m for m in marks)


def _reversed_marks(family: Sequence[Mark], opening: str, chars: Sequence[str]) -> Sequence[int]:
    """Offsets of the marks to turn; none where a colon introduces a quotation, which was typed the right way round."""
    reversed_pairs: list[int] = []
    depth = index = 0
    while index < len(family):
        if family[index].kind == opening:
            depth += 1
        elif depth:
            depth -= 1
        elif index + 1 < len(family) and _may_close(family[index + 1], opening, chars):
            reversed_pairs += family[index].at, family[index + 1].at
            index += 1
        else:
            return ()
        index += 1
    return reversed_pairs if depth == 0 else ()


def _may_close(mark: Mark, opening: str, chars: Sequence[str]) -> bool:
    return mark.kind == opening and chars[mark.at - 1] not in ":："


# --- straight and corner marks


class _Open(Struct, frozen=True):
    """An opening mark that waits for its closing one: what was typed, what is printed."""

    kind: str
    glyph: str
    has_partner: bool = True


class _Pairing:
    """One walk over a paragraph's marks with a stack of what is open."""

    def __init__(self, text: str, marks: Sequence[Mark]) -> None:
        self.text = text
        self.settled = [mark for mark in marks if _is_settled(mark)]
        self.marks = [mark for mark in marks if not _is_settled(mark)]
        self.partnered = _partnered(self.marks)
        self.enclosed = _enclosed(self.marks)
        self.last = len(text.rstrip(BLANKS + "。！？.!?")) - 1
        self.left = Counter(self._sort(mark) for mark in self.marks)
        self.open: OpenMarks[_Open] = OpenMarks()

    def _sort(self, mark: Mark) -> str:
        """What look-ahead counts: straight marks by kind, those in doubtful places apart."""
        if mark.kind == '"':
            return '"after digit' if self._after_digit(mark) else '"'
        return mark.kind + mark.apostrophe

    def _after_digit(self, mark: Mark) -> bool:
        return mark.at > 0 and is_digit(self.text[mark.at - 1])

    def write(self, chars: list[str]) -> None:
        """Put the printed form of every mark into ``chars``."""
        for mark in self.settled:
            chars[mark.at] = "’" if mark.apostrophe == "inner" else {'"': "″", "'": "′"}[mark.kind]
        for mark in self.marks:
            self.left[self._sort(mark)] -= 1
            chars[mark.at] = self._printed(mark)

    def _printed(self, mark: Mark) -> str:
        if mark.kind in _CLOSE_OF:
            return self._opened(mark.kind, mark.kind, has_partner=mark.at in self.partnered)
        if mark.kind in _OPEN_OF:
            self.open.close(_OPEN_OF[mark.kind])
            return mark.kind
        if mark.kind in QUOTE_OF_CORNER:
            return self._corner(mark.kind)
        return self._straight(mark)

    def _opened(self, kind: str, glyph: str, *, has_partner: bool = True) -> str:
        self.open.push(_Open(kind, glyph, has_partner), kind, glyph)
        return glyph

    def _nested(self, kind: str) -> str:
        """Open a straight mark: outer “, inner ‘, and so on in turn."""
        outer = self.open.innermost()
        return self._opened(kind, _OTHER[outer.glyph] if outer else "“")

    def _close(self, kind: str) -> str:
        """Close the innermost mark typed as ``kind``, and what is open inside it; empty when there is none."""
        closed = self.open.close(kind)
        return _CLOSE_OF[closed[0].glyph] if closed else ""

    def _corner(self, kind: str) -> str:
        glyph = QUOTE_OF_CORNER[kind]
        if glyph in _OPEN_OF:
            return self._close({"」": "「", "』": "『"}[kind]) or glyph
        outer = self.open.innermost()
        return self._opened(kind, _OTHER[glyph] if outer and outer.glyph == glyph else glyph)

    def _straight(self, mark: Mark) -> str:
        close = "" if self._opens_deeper(mark) else self._close(mark.kind) or self._closes_curly(mark)
        if close:
            return close
        if mark.kind == '"' and self._after_digit(mark) and self._is_prime(mark):
            return "″"
        if mark.kind == "'" and not self._has_single_partner():
            return self._lone_single(mark)
        if mark.at == self.last:
            return "”" if mark.kind == '"' else "’"
        return self._nested(mark.kind)

    def _opens_deeper(self, mark: Mark) -> bool:
        """A mark of the third level: the marks of its kind up to the one that closes the second level pair off."""
        top = self.open.innermost()
        return top is not None and top.kind in ("'", '"') and top.kind != mark.kind and mark.at in self.enclosed

    def _closes_curly(self, mark: Mark) -> str:
        """A straight mark closes a curly opening one that has no partner, unless it has one of its own kind."""
        top = self.open.innermost()
        if top is None or top.has_partner or top.kind != {'"': "“", "'": "‘"}[mark.kind]:
            return ""
        later = self.left['"'] + self.left['"after digit'] if mark.kind == '"' else self.left["'"]
        return self._close(top.kind) if later % 2 == 0 else ""

    def _is_prime(self, mark: Mark) -> bool:
        """An inch mark: the marks from here on do not pair off, or all stand after digits, or nothing can open here."""
        follows = self.text[mark.at + 1 : mark.at + 2]
        if follows in _AFTER_A_UNIT:
            return True
        return (self.left['"'] + self.left['"after digit']) % 2 == 0 or self.left['"'] == 0

    def _has_single_partner(self) -> bool:
        return any(self.left[sort] for sort in ("'", "'final", "’", "’final"))

    def _lone_single(self, mark: Mark) -> str:
        if mark.apostrophe or mark.at == self.last:
            return "’"
        return "′" if self._after_digit(mark) else self._nested(mark.kind)


def _is_settled(mark: Mark) -> bool:
    """Whether what surrounds a mark tells all about it."""
    return mark.apostrophe == "prime" or (mark.apostrophe == "inner" and mark.kind != "‘")


def _enclosed(marks: Sequence[Mark]) -> frozenset[int]:
    """Offsets of straight marks from which on an even number of one kind stands before one of the other kind."""
    runs = [list(run) for _, run in groupby(marks, key=attrgetter("kind"))]
    return frozenset(
        mark.at
        for run, following in pairwise(runs)
        if {run[0].kind, following[0].kind} == {"'", '"'}
        for mark in run[-2::-2]
    )


def _partnered(marks: Sequence[Mark]) -> frozenset[int]:
    """Offsets of curly opening marks that a curly closing mark answers."""
    waiting: dict[str, list[int]] = {"“": [], "‘": []}
    answered: set[int] = set()
    for mark in marks:
        if mark.kind in waiting:
            waiting[mark.kind].append(mark.at)
        elif mark.kind in _OPEN_OF and waiting[_OPEN_OF[mark.kind]]:
            answered.add(waiting[_OPEN_OF[mark.kind]].pop())
    return frozenset(answered)
