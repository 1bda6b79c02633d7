"""Rule N-3: addresses, codes and Latin-only quoted text are copied verbatim.

A protected span is taken out of the paragraph and one placeholder stands for it, so that no rule needs to ask.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from layout.core.patterns import late
from layout.text.normalise.outline import latin_outline
from layout.text.normalise.words import BLANKS, HIDDEN, TOP_DOMAINS

_PLAIN: Final = r"[A-Za-z0-9._~/#@%&=+:$*-]"
_END: Final = r"(?<=[A-Za-z0-9_~/#%&=+$-])"
_LISTED: Final = r"(?<=[A-Za-z0-9])[,;](?=[A-Za-z0-9])(?!https?:|www\.)"
_PATH: Final = rf"(?:{_PLAIN}|(?<=[0-9]),(?=[0-9]))*(?:\?(?:{_PLAIN}|\?|{_LISTED})*)?{_END}"
"""Path and query of an address. A comma or semicolon in the query is part of it when it is neither first nor last."""

_REST: Final = rf"(?::[0-9]+)?(?:(?=[/?]){_PATH})?"
_HOST: Final = r"(?:[A-Za-z0-9-]+\.)+"

_WORD: Final = "(?<![0-9°A-Za-z])[A-Za-z]"
"""A word of its own: the letters of 25°C, 3x5cm or 5G make no Latin text."""


def _latin_only(opening: str, closing: str, never: str) -> str:
    """A pattern for what stands between two marks when it is Latin: a word, no Han, no mark of ``never``."""
    inside = rf"[^{never}\x01\x02]"
    return f"(?<={opening})(?={inside}*?{_WORD}){inside}+(?={closing})"


_PROTECTED: Final = tuple(
    (signs, late(pattern))
    for signs, pattern in (
        ("“", _latin_only("“", "”", "“”")),
        ("‘", rf"(?<=‘)(?=[^‘“”\x01\x02]*?{_WORD})[^‘’“”\x01\x02]+(?:’[a-z]+[^‘’“”\x01\x02]*)*(?=’)"),
        (
            "(（",
            rf"(?<=[（(])(?=[^（）\x01\x02]*?{_WORD})(?:[^()（）\x01\x02]|\([^()（）\x01\x02]*\))+(?=[)）])",
        ),
        ("《〈【[", _latin_only(r"[《〈【\[]", r"[》〉】\]]", r"<>《》〈〉【】\[\]")),
        (HIDDEN, HIDDEN),
        ("/", rf"(?<![A-Za-z])(?:https?|ftp)://(?=[A-Za-z0-9]){_PATH}"),
        ("@", r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"),
        (".", rf"(?<![A-Za-z0-9.-])(?:www\.{_HOST}?[A-Za-z]+|{_HOST}(?:{TOP_DOMAINS}))(?![A-Za-z0-9]){_REST}"),
        ("xX", r"(?<![A-Za-z0-9])0[xX][0-9A-Fa-f]+(?![A-Za-z0-9])"),
        # Rule N-8: a single lower-case letter with a short argument, f(x); a derivative, f′(x).
        ("(", r"(?<![A-Za-z])(?:[a-z]|[A-Za-z]′{1,3})\([!-'*-~][ -'*-~]{0,7}\)"),
        ("(", r"\(0[0-9]{2,3}\)[ -]?[0-9]{7,8}(?![0-9])"),
        # Apostrophes: inside a word, at its end, before a year.
        ("’", r"(?<=[A-Za-z])’(?=[ ]?[A-Za-z])"),
        ("’", r"(?<![A-Za-z0-9])’(?=[0-9]{2}(?![0-9’]))"),
        # An ellipsis inside Latin text.
        (".…", r"(?<=[A-Za-z0-9,;:?!])\s?(?:\.{3,}|…+)\s?(?=[A-Za-z0-9])"),
    )
)
"""Signs and pattern: what has none of the signs holds no such span. Of two spans at one place the upper one counts."""
_LETTER: Final = re.compile("[A-Za-z]")


@lru_cache(maxsize=8)
def hide(text: str) -> tuple[str, tuple[str, ...]]:
    """The paragraph with one placeholder for each protected span, and the spans in order."""
    if "(0" not in text and HIDDEN not in text and not _LETTER.search(text):
        return text, ()
    pieces: list[str] = []
    spans: list[str] = []
    at = 0
    for first, end in _protected(latin_outline(text)):
        typed = text[first:end]
        span = typed.strip(BLANKS)
        start = first + typed.index(span)
        pieces += text[at:start], HIDDEN
        spans.append(span)
        at = start + len(span)
    pieces.append(text[at:])
    return "".join(pieces), tuple(spans)


def _protected(text: str) -> Iterator[tuple[int, int]]:
    """The protected spans of an outline, from left to right: what one pattern of them all would find."""
    there = frozenset(text)
    patterns = [pattern for signs, pattern in _PROTECTED if not there.isdisjoint(signs)]
    found = [pattern.search(text) for pattern in patterns]
    while matches := [match for match in found if match is not None]:
        first = min(matches, key=re.Match.start)
        yield first.span()
        found = [
            pattern.search(text, first.end()) if match is not None and match.start() < first.end() else match
            for pattern, match in zip(patterns, found, strict=True)
        ]


def reveal(text: str, spans: tuple[str, ...]) -> str:
    """The paragraph with its protected spans back in their places."""
    if not spans:
        return text
    pieces = text.split(HIDDEN)
    return pieces[0] + "".join(span + piece for span, piece in zip(spans, pieces[1:], strict=True))


def shielded(rule: Callable[[str], str]) -> Callable[[str], str]:
    """``rule`` applied to what is not protected."""

    def apply(text: str) -> str:
        open_text, spans = hide(text)
        changed = rule(open_text)
        return text if changed == open_text else reveal(changed, spans)

    return apply
