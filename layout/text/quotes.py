"""Which of “ ” ‘ ’ are Latin marks: the others are full-width marks of Chinese text (rules P-11, V-3)."""

import re
from collections.abc import Iterator
from typing import Final

from layout.core.patterns import late
from layout.text import classes

_QUOTES: Final = frozenset("“”‘’")
_APOSTROPHE: Final = late(r"(?<=[A-Za-z\u00c0-\u024f])’(?=[A-Za-z\u00c0-\u024f])")
_YEAR: Final = late("’(?=[0-9]{2}(?![0-9’]))")
_QUOTED: Final = late("“([^“”]*)”|‘([^‘’]*)’")
_LATIN_SIDE_BEFORE: Final = late(r"[A-Za-z\u00c0-\u024f][,.;:]? $")
_LATIN_SIDE_AFTER: Final = late(r"[,.;:!?]? [A-Za-z\u00c0-\u024f]")
_PASSAGE: Final = late(r"[ -~\u00a0-\u024f’]*[A-Za-z][ -~\u00a0-\u024f’]*")
_ACRONYM: Final = late("[A-Z]{1,3}|[a-z]")


def latin_quotes(text: str, *, vertical: bool = False) -> frozenset[int]:
    """Offsets of the quotation marks and apostrophes of ``text`` that are Latin.

    All of them in a paragraph without Han; else apostrophes between letters or before a two-digit year, and pairs
    inside a Latin sentence. In vertical setting also pairs around Latin that is rotated, since they rotate with it.
    """
    if not any(quote in text for quote in _QUOTES):
        return frozenset()
    if not any(map(classes.is_han, text)):
        return frozenset(at for at, char in enumerate(text) if char in _QUOTES)
    found = set(_apostrophes(text)) if "’" in text else set()
    for match in _QUOTED.finditer(text):
        if _in_latin_sentence(text, match) or (vertical and _is_rotated_passage(match[1] or match[2] or "")):
            found.update((match.start(), match.end() - 1))
    return frozenset(found)


def _apostrophes(text: str) -> Iterator[int]:
    yield from (match.start() for match in _APOSTROPHE.finditer(text))
    yield from (match.start() for match in _YEAR.finditer(text) if "‘" not in text[: match.start()])


def _in_latin_sentence(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()], text[match.end() :]
    return before.endswith(" ") and bool(_LATIN_SIDE_BEFORE.search(before) and _LATIN_SIDE_AFTER.match(after))


def _is_rotated_passage(quoted: str) -> bool:
    return bool(_PASSAGE.fullmatch(quoted) and not _ACRONYM.fullmatch(quoted))
