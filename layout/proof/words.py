"""Two states of a text: which characters and marks changed, each change with what stands round it."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from msgspec import Struct

CONTEXT: Final = 8
"""Characters shown before and after a change."""
_SENTENCE: Final = re.compile(r"[^。！？；\n]*[。！？；\n]|[^。！？；\n]+")
_NEAR: Final = 2  # changes fewer than this apart are one


class Change(Struct, frozen=True):
    """``before`` became ``after``; ``left`` and ``right`` are what stands round it in the new text."""

    before: str
    after: str
    left: str
    right: str


def changes(old: str, new: str) -> tuple[Change, ...]:
    """What has to be done to ``old`` to get ``new``, from the start on, in the smallest pieces that can be read."""
    return tuple(
        Change(old[a:b], new[c:d], new[max(0, c - CONTEXT) : c], new[d : d + CONTEXT])
        for a, b, c, d in _spans(old, new)
    )


def _spans(old: str, new: str) -> Iterator[tuple[int, int, int, int]]:
    """Changed stretches of both texts: sentences are matched first, then characters within those that differ."""
    before, after = _SENTENCE.findall(old), _SENTENCE.findall(new)
    starts, ends = _offsets(before), _offsets(after)
    for a, b, c, d in _differing(before, after):
        one, other = old[starts[a] : starts[b]], new[ends[c] : ends[d]]
        yield from (
            (starts[a] + w, starts[a] + x, ends[c] + y, ends[c] + z)
            for w, x, y, z in _joined(tuple(_differing(one, other)))
        )


def _differing(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Stretches that differ; what both begin and end with is passed over before the costly part."""
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    one, other = old[head : len(old) - tail], new[head : len(new) - tail]
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind != "equal":
            yield head + a, head + b, head + c, head + d


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many parts both begin with."""
    return next(
        (at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new))
    )


def _offsets(parts: Sequence[str]) -> list[int]:
    offsets = [0]
    for part in parts:
        offsets.append(offsets[-1] + len(part))
    return offsets


def _joined(spans: Sequence[tuple[int, int, int, int]]) -> Iterator[tuple[int, int, int, int]]:
    """Changes that lie next to each other as one: a single kept character between two only confuses."""
    last: tuple[int, int, int, int] | None = None
    for span in spans:
        if last is not None and span[0] - last[1] < _NEAR:
            last = (last[0], span[1], last[2], span[3])
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last
