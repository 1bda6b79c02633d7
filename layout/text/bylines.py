"""Bylines in lines: names and what belongs to them stay whole (rule B-1)."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final

from layout.text.normalise.words import BYLINE_ENDINGS, BYLINE_WORDS, CREDIT_WORDS

_GAP: Final = re.compile("\u3000+")


def byline_lines(copy: str, fits: Callable[[str], bool]) -> tuple[str, ...]:
    """A byline in press orthography, in as few lines as go where ``fits`` says so; a unit that does not is a line."""
    lines: list[str] = []
    for unit in byline_units(copy):
        longer = f"{lines[-1]}{unit}" if lines else ""
        if longer and fits(longer.strip("\u3000")):
            lines[-1] = longer
        else:
            lines.append(unit)
    return tuple(line.strip("\u3000") for line in lines)


def byline_units(copy: str) -> tuple[str, ...]:
    """What no line breaks, joined the byline again: a role word with the first name, a name with its 文 or 图."""
    edges = [0, *(gap.start() for gap in _GAP.finditer(copy) if _may_break(copy, gap)), len(copy)]
    return tuple(copy[start:end] for start, end in pairwise(edges) if start < end)


def _may_break(copy: str, gap: re.Match[str]) -> bool:
    before, after = _neighbours(copy, gap)
    opened = len(before) == len(after) == 1 and len(gap[0]) == 1  # the space inside a name of two characters
    leads = before in BYLINE_WORDS or before.endswith(BYLINE_ENDINGS)
    return not (opened or leads or after in CREDIT_WORDS)


def _neighbours(copy: str, gap: re.Match[str]) -> Iterator[str]:
    yield _GAP.split(copy[: gap.start()])[-1]
    yield _GAP.split(copy[gap.end() :])[0]
