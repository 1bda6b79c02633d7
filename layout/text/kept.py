"""What stays on one line beside words and quantities: a name with its place in the picture, jump lines (B-4, B-6)."""

import re
from collections.abc import Iterator
from typing import Final

from layout.core.patterns import late
from layout.text.spans import Span

_BRACKET: Final = re.compile("（([^（）]{1,12})）")
_PLACE: Final = frozenset("左右中前后上下排居正起图、至一二三四五六七八九十")
_NAME: Final = 3
"""Characters before a bracket with a place in it that stay with it; no name that they end is torn off: 汤瑞（左一）."""

_JUMP: Final = late("（?(?:下转|上接)第?[0-9一二三四五六七八九十]{1,3}版）?")


def kept_spans(text: str) -> Iterator[Span]:
    """Spans of a paragraph in press orthography that no line ends in."""
    for match in _BRACKET.finditer(text):
        start = _name_start(text, match.start()) if _PLACE.issuperset(match[1]) else match.start()
        if start < match.start():
            yield Span(start, match.end(), keep=True)
    for match in _JUMP.finditer(text) if "下转" in text or "上接" in text else ():
        yield Span(match.start(), match.end(), keep=True)


def _name_start(text: str, end: int) -> int:
    """Where the last ideographs before an offset begin, ``_NAME`` of them at most."""
    start = end
    while start and end - start < _NAME and "\u4e00" <= text[start - 1] <= "\u9fff":
        start -= 1
    return start
