"""The dateline 电头 that a paragraph opens with: set in a face of its own and followed by one em (rule B-3)."""

from collections.abc import Iterator
from typing import Final

from layout.core.patterns import late
from layout.text.metrics import Metrics
from layout.text.normalise.spaces import DATELINE, DATELINE_LEADS
from layout.text.spans import Span

_BRACKET: Final = "(?P<bracket>\u3000?（[^（）]{1,60}）)"
_OPENING: Final = late(
    f"(?:{DATELINE})(?:{_BRACKET}|(?=\u3000))"
    f"|(?:本报讯|(?:新华社|中新社)[^\\W_a-zA-Z]{{0,12}}?[0-9]{{1,2}}月[0-9]{{1,2}}日(?:专)?电)"
)
"""What a space or a bracket follows; else only the set phrase, or what carries its date."""

_GAP: Final = 1.0


def dateline_spans(copy: str, metrics: Metrics) -> Iterator[Span]:
    """The spans that set the dateline of normalised ``copy`` by ``metrics``; none for a paragraph without one.

    Its bracket is part of it, and stays with it as far as its first character.
    """
    found = _OPENING.match(copy) if copy.startswith(DATELINE_LEADS) else None
    if found is None or found.end() == len(copy):
        return
    gap = 0.0 if copy[found.end()] == "\u3000" else _GAP
    yield Span(0, found.end(), metrics=metrics, gap=gap)
    if found["bracket"]:
        first = found.start("bracket")
        yield Span(first - 1, copy.index("（", first) + 2, keep=True)
