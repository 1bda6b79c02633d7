"""What stays on one line beside words and quantities: a name with its place in the picture, jump lines (B-4, B-6)."""

import re
from collections.abc import Iterator
from typing import Final

from layout.text.spans import Span

_HAN: Final = "\u4e00-\u9fff"
_NAMED_PLACE: Final = re.compile(f"[{_HAN}]{{1,3}}（[左右中前后上下排居正起图、至一二三四五六七八九十]{{1,12}}）")
"""The last characters before a bracket with a place in it; no name that they end is torn off: 汤瑞（左一）."""

_JUMP: Final = re.compile("（?(?:下转|上接)第?[0-9一二三四五六七八九十]{1,3}版）?")


def kept_spans(text: str) -> Iterator[Span]:
    """Spans of a paragraph in press orthography that no line ends in."""
    for sign, pattern in (("（", _NAMED_PLACE), ("版", _JUMP)):
        if sign in text:
            yield from (Span(match.start(), match.end(), keep=True) for match in pattern.finditer(text))
