"""Rules N-11 and N-12: which spaces are kept, and as what. The engine sets the gap between Han and Latin (rule S-1)."""

import re
from collections.abc import Callable
from typing import Final

from layout.core.patterns import late, not_behind
from layout.text.classes import CLOSE, OPEN, is_han
from layout.text.normalise.bylines import bracketed_bylines, set_byline
from layout.text.normalise.words import BLANKS, is_company

EM_SPACE: Final = "\u3000"
GROUP_SPACE: Final = "\u202f"

_BLANK_RUN: Final = late(r"\s+")
_GROUPS: Final = late(r"(?<![0-9.,:/])(?<![0-9]\s)[1-9][0-9]{0,2}(?:\s[0-9]{3})+(?![0-9]|\s[0-9])")
_SENT: Final = f"{not_behind('来发用水家')}电"
_TOLD: Final = f"{not_behind('通短资喜音简')}讯"
DATELINE: Final = (
    rf"本报(?:\s*[^\W_a-zA-Z]){{0,20}}?\s*(?:{_TOLD}|{_SENT})"
    rf"|(?:据\s*)?(?:新华社|中新社)(?:\s*[^\W_a-zA-Z]){{0,20}}?\s*{_SENT}"
)
"""Pattern of a dateline: 本报讯, 本报北京5月6日电, 新华社北京5月6日电. Its bracket is not in it."""

DATELINE_LEADS: Final = ("本报", "据", "新华社", "中新社")
"""What a dateline begins with."""

_DATELINE: Final = late(
    rf"(?:{DATELINE})"
    r"(?:\s*（[^（）]{0,60}）)?(?P<gap>\s+)(?!\s*（)"
)

_WHOLE_BRACKET: Final = late("（([^（）]*)）")

Spacing = Callable[[str, str], str]
"""(left neighbour, right neighbour) -> what to print for the spaces between them."""


def _set_solid(left: str, right: str) -> str:
    """No space beside Han and full-width marks, one word space inside Latin text."""
    return "" if _is_em(left) or _is_em(right) else " "


def _clause(left: str, right: str) -> str:
    """A headline's clause space: one em between Han, closing and opening marks counting as Han."""
    clause = (is_han(left) or left in CLOSE) and (is_han(right) or right in OPEN)
    return EM_SPACE if clause else _set_solid(left, right)


def _is_em(char: str) -> bool:
    """Whether ``char`` has its own space about it: Han, full-width marks, unit signs of one em, an edge."""
    return char in ("", "℃", "℉") or is_company(char)


def _space(text: str, spacing: Spacing) -> str:
    grouped = {match.start() + at for match in _GROUPS.finditer(text) for at in _blanks(match[0])}

    def written(match: re.Match[str]) -> str:
        if match.start() in grouped:
            return GROUP_SPACE
        return spacing(text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1])

    return _BLANK_RUN.sub(written, text)


def _blanks(group: str) -> list[int]:
    return [at for at, char in enumerate(group) if char in BLANKS]


def running_text(text: str) -> str:
    """Captions and credits: set solid; a bracketed byline keeps its own spaces."""
    pieces: list[str] = []
    at = 0
    for start, end, byline in bracketed_bylines(text):
        pieces += _space(text[at:start], _set_solid), byline
        at = end
    return "".join(pieces) + _space(text[at:], _set_solid)


def body(text: str) -> str:
    """Body copy: running text, with one em after a dateline that a space follows."""
    dateline = _DATELINE.match(text) if text.startswith(DATELINE_LEADS) else None
    if dateline is None:
        return running_text(text)
    return running_text(text[: dateline.start("gap")]) + EM_SPACE + running_text(text[dateline.end() :])


def clauses(text: str) -> str:
    """Headline, kicker, deck and subhead."""
    return _space(text, _clause)


def byline(text: str) -> str:
    """A byline of its own, perhaps in brackets (rule B-1)."""
    whole = _WHOLE_BRACKET.fullmatch(text)
    return f"（{set_byline(whole[1].strip(BLANKS))}）" if whole else set_byline(text)
