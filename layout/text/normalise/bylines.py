"""Rule B-1: role words, names and 文/图 in a byline, parted by em spaces; names of two characters are opened."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, Literal

from msgspec import Struct

from layout.text.classes import is_han
from layout.text.normalise.words import (
    BLANKS,
    BRACKET_LEADS,
    BYLINE_ENDINGS,
    BYLINE_LEADS,
    BYLINE_WORDS,
    CREDIT_WORDS,
    NOT_NAMES,
    is_ideograph,
    is_word,
)

_BLANK_RUN: Final = re.compile(r"\s+")
_BRACKET: Final = re.compile("（([^（）]{1,60})）")
_LONGEST_NAME: Final = 4


class _Part(Struct, frozen=True):
    """One member of a byline: a name, a role word or anything else."""

    text: str
    kind: Literal["name", "word", "sign", "other"]
    opened: bool = False


def set_byline(text: str) -> str:
    """A byline with its parts spaced."""
    parts = _open_names([part for token in _BLANK_RUN.split(text) for part in _classify(token)])
    opened = any(part.opened for part in parts)
    gaps = [_gap(left, right, opened) for left, right in pairwise(parts)]
    return "".join(part.text + gap for part, gap in zip(parts, [*gaps, ""], strict=True))


def bracketed_bylines(text: str) -> Iterator[tuple[int, int, str]]:
    """Bracketed bylines in running text: start, end, and the bracket as it is printed."""
    for match in _BRACKET.finditer(text):
        tokens = _BLANK_RUN.split(match[1].strip(BLANKS))
        if len(tokens) > 1 and _is_bracketed(tokens):
            yield match.start(), match.end(), f"（{set_byline(' '.join(tokens))}）"


def _is_bracketed(tokens: Sequence[str]) -> bool:
    """Whether a bracket holds a byline: a role word first, or names and role words only and a credit last."""
    if tokens[0] in BRACKET_LEADS or tokens[0].endswith(BYLINE_ENDINGS):
        return True
    kinds = {part.kind for token in tokens for part in _classify(token)}
    return kinds == {"name", "word"} and (_lead_length(tokens[0]) > 0 or tokens[-1] in CREDIT_WORDS)


def _classify(token: str) -> list[_Part]:
    if _is_byline_word(token):
        return [_Part(token, "word")]
    lead = _lead_length(token)
    name = token[lead:]
    if lead and len(name) > 1 and _is_name(name) and name not in NOT_NAMES and not _is_byline_word(name):
        return [_Part(token[:lead], "word"), _Part(name, "name")]
    if _is_name(token):
        return [_Part(token, "name")]
    return [_Part(token, "sign" if len(token) == 1 and is_han(token) else "other")]


def _lead_length(token: str) -> int:
    """How much of a token is a word that a name may follow (本报记者罗鸣); 0 if none of it."""
    return max((token.rfind(word) + len(word) for word in BYLINE_LEADS if word in token), default=0)


def _is_name(token: str) -> bool:
    return 0 < len(token) <= _LONGEST_NAME and all(map(is_ideograph, token))


def _is_byline_word(token: str) -> bool:
    core = token.lstrip("□■○●◎◆◇▲△★☆")
    return core in BYLINE_WORDS or core.endswith(BYLINE_ENDINGS)


def _open_names(parts: Sequence[_Part]) -> list[_Part]:
    """Two single characters are a name that is open already; a name of two characters is opened."""
    named: list[_Part] = []
    for part in parts:
        surname = named[-1] if named else None
        if surname and not surname.opened and _is_single(part) and _may_be_surname(surname, named):
            named[-1] = _Part(f"{surname.text}\u3000{part.text}", "name", opened=True)
        elif part.kind == "name" and len(part.text) == 2:
            named.append(_Part("\u3000".join(part.text), "name", opened=True))
        else:
            named.append(part)
    return named


def _is_single(part: _Part) -> bool:
    return part.kind == "name" and len(part.text) == 1


def _may_be_surname(part: _Part, named: Sequence[_Part]) -> bool:
    """Whether a single character opens a name; 文 is a surname too, unless it follows a name (罗鸣 文)."""
    if _is_single(part):
        return True
    return part.text == "文" and len(named) > 1 and named[-2].kind == "word"


def _gap(left: _Part, right: _Part, opened: bool) -> str:  # noqa: FBT001 - a fact of the byline, not an option
    if left.kind == "sign":
        return ""
    if left.kind == right.kind == "name":
        return "\u3000\u3000" if opened else "\u3000"
    return " " if is_word(left.text[-1]) and is_word(right.text[0]) else "\u3000"
