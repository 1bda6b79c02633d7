"""Rules N-4, N-5 and N-8: which half-width stops and parentheses of a paragraph are Chinese.

A mark is Chinese when its company is, and then it is such company itself. So the answer is a closure: every undecided
mark is asked, and after each change its neighbours are asked again. A mark changes once, so the walk is linear.
"""

from itertools import accumulate
from typing import Final

from layout.text.classes import CLOSE, POSTFIX, is_digit, is_han
from layout.text.normalise.words import ABBREVIATIONS, BLANKS, HAN_NUMERALS, STRAY_STOPS, is_closer, is_company, is_word

_WIDE: Final = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。", "(": "（", ")": "）"}
SIGNS: Final = "".join(_WIDE)
"""What ``widen`` looks for."""

_TITLE_MARKS: Final = frozenset("、《》〈〉【】")
"""Marks that make what stands in parentheses Chinese without a Han character."""


def widen(text: str) -> str:
    """Half-width stops and parentheses to full width where rules N-4, N-5 and N-8 say so."""
    return text if _WIDE.keys().isdisjoint(text) else _Spread(text).run()


def rule_of(mark: str) -> str:
    """The rule by which ``widen`` changes ``mark``."""
    return "N-8" if mark in "()" else "N-5" if mark == "." else "N-4"


class _Spread:
    """A paragraph while the question is open for some of its marks."""

    def __init__(self, text: str) -> None:
        self.chars = list(text)
        self.partner = _pair_parentheses(text)
        self.han = _count_chinese(text) if self.partner else []
        self.end = _end_of_sentence(text)

    def run(self) -> str:
        """Ask until no answer changes."""
        waiting = [at for at, char in enumerate(self.chars) if char in _WIDE]
        while waiting:
            at = waiting.pop()
            if self._is_chinese(at):
                changed = (at, self.partner[at]) if at in self.partner else (at,)
                for place in changed:
                    self.chars[place] = _WIDE.get(self.chars[place], self.chars[place])
                waiting += [near for place in changed for near in (self._left(place), self._right(place))]
        return "".join(self.chars)

    def _left(self, at: int) -> int:
        """Offset of the nearest character to the left that is no space, -1 if none."""
        at -= 1
        while at >= 0 and self.chars[at] in BLANKS:
            at -= 1
        return at

    def _right(self, at: int) -> int:
        """Offset of the nearest character to the right that is no space, the paragraph's length if none."""
        at += 1
        while at < len(self.chars) and self.chars[at] in BLANKS:
            at += 1
        return at

    def _char(self, at: int) -> str:
        return self.chars[at] if 0 <= at < len(self.chars) else ""

    def _is_chinese(self, at: int) -> bool:
        mark = self._char(at)
        if mark in STRAY_STOPS:
            return self._stop(at)
        if mark == ".":
            return self._full_stop(at)
        return mark in ("(", ")") and at in self.partner and self._parenthesis(*sorted((at, self.partner[at])))

    def _stop(self, at: int) -> bool:
        """Rule N-4."""
        left, right = self._char(self._left(at)), self._char(self._right(at))
        if is_company(left) or is_company(right) or right == "":
            return True
        if self.chars[at] not in ",;" or self.chars[at + 1] in BLANKS or (is_digit(left) and is_digit(right)):
            return False
        return left != "" and _is_latin_company(left) and _is_latin_company(right)

    def _full_stop(self, at: int) -> bool:
        """Rule N-5."""
        left, right = self._char(self._left(at)), self._char(at + 1)
        if left in ("", ".") or right == ".":
            return False
        firm = is_han(left) or left in CLOSE or left in "%‰℃"
        if at == self.end:
            return firm or left in (")", "]") or (is_word(left) and not self._is_abbreviated(at))
        return firm and (right in BLANKS or is_closer(right)) and not self._is_list_number(at)

    def _is_abbreviated(self, at: int) -> bool:
        start = at
        while start > 0 and self.chars[start - 1].isascii() and self.chars[start - 1].isalpha():
            start -= 1
        initial = at - start == 1 and self._char(start - 1) == "."
        return initial or "".join(self.chars[start:at]) in ABBREVIATIONS

    def _is_list_number(self, at: int) -> bool:
        """Whether all that stands before is a short number in Han numerals (一.)."""
        return at <= 3 and all(char in HAN_NUMERALS for char in self.chars[:at])

    def _parenthesis(self, start: int, end: int) -> bool:
        """Rule N-8: both halves agree."""
        if self.chars[start] == "（" or self.chars[end] == "）":
            return True
        if self.han[end] > self.han[start]:
            return True
        return is_company(self._char(self._left(start))) or is_company(self._char(self._right(end)))


def _is_latin_company(char: str) -> bool:
    """Whether a comma beside ``char`` parts two Latin items: it ends or begins a word, a number with its sign."""
    return is_word(char) or char in POSTFIX or (char.isascii() and char not in ".,:;?!")


def _pair_parentheses(text: str) -> dict[int, int]:
    """Offsets of the two halves of each pair, both ways, whatever their widths."""
    partner: dict[int, int] = {}
    waiting: list[int] = []
    for at, char in enumerate(text):
        if char in "(（":
            waiting.append(at)
        elif char in ")）" and waiting:
            start = waiting.pop()
            partner[start], partner[at] = at, start
    return partner


def _count_chinese(text: str) -> list[int]:
    """How many Han characters and title marks stand before each offset."""
    return list(accumulate([is_han(char) or char in _TITLE_MARKS for char in text], initial=0))


def _end_of_sentence(text: str) -> int:
    """Offset of the last character that is neither a space nor a closing mark."""
    at = len(text) - 1
    while at >= 0 and (text[at] in BLANKS or is_closer(text[at])):
        at -= 1
    return at
