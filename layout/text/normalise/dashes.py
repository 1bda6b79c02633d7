"""Rule N-7: ellipses and dashes are two characters of two em, stored as …… and ——."""

import re
from typing import Final

from layout.core.patterns import late
from layout.text.classes import STOP_END, STOP_MID
from layout.text.normalise.words import STRAY_STOPS, after, before, is_company, is_word

_DOTS: Final = r"(?:\.{3,}|。{3,}|[…⋯]+|[・·･]{3,})"
_ELLIPSIS: Final = late(rf"(?:{_DOTS}\s*)+")
_RULE: Final = "(?:[-－]{2,}|[—―─⸺]+)"
_DASH: Final = late(rf"(?:{_RULE}\s*)+")
_DOUBLING: Final = STOP_END | STOP_MID | STRAY_STOPS | frozenset("“”‘’")
"""A single — next to one of these is a dash, not a connector."""


def ellipses(text: str) -> str:
    """Three dots and more, in Chinese context, to …… ."""

    def written(match: re.Match[str]) -> str:
        left, right = before(text, match.start()), after(text, match.end())
        chinese = is_company(left) or is_company(right) or right == "" or not (is_word(left) or is_word(right))
        return "……" if chinese or "。" in match[0] else match[0]

    return _ELLIPSIS.sub(written, text)


def dashes(text: str) -> str:
    """Dashes as typed, in Chinese context or at the start of a paragraph, to —— ; a single — may be a connector."""

    def written(match: re.Match[str]) -> str:
        left, right = before(text, match.start()), after(text, match.end())
        if left == "":
            return "——"
        if match[0].rstrip() == "—":
            return "——" if left in _DOUBLING or right in _DOUBLING else match[0]
        markup = left in "<!" or right == ">"
        return "——" if not markup and (is_company(left) or is_company(right)) else match[0]

    return _DASH.sub(written, text)
