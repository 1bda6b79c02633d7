"""The galley (小样) read off the page: the runs of a story as lines, in the order in which they were set."""

from collections.abc import Iterable, Iterator
from statistics import median
from typing import Final

from layout.core import Pt, Rect
from layout.display import GlyphRun, Item
from layout.proof.model import Line

EM_TOP: Final = 0.88
"""The em box's top above the baseline, in em."""
LOOSE: Final = 0.06
"""Characters of a line stand this far apart, in em, before the line is called loose (疏)."""
TIGHT: Final = -0.04
"""Drawn together by more than this it is called tight (密)."""
_GAP: Final = 2.0  # em that a character without a glyph and a space may leave inside a line


def galley_lines(items: Iterable[Item], numbered: str = "body") -> tuple[Line, ...]:
    """The lines of a story's items; those of the role ``numbered`` are counted."""
    lines = []
    number = 0
    for runs in _gathered(items):
        role = runs[0].tag
        number += role == numbered
        lines.append(_line(runs, number if role == numbered else 0))
    return tuple(lines)


def _gathered(items: Iterable[Item]) -> Iterator[list[GlyphRun]]:
    """Runs that make one line, across or down: the same role, one after the other, nothing drawn between them."""
    line: list[GlyphRun] = []
    for item in items:
        if isinstance(item, GlyphRun) and not item.text:
            continue  # ruby, which reads with its base
        run = item if isinstance(item, GlyphRun) else None
        if line and not (run and _goes_on(line[-1], run)):
            yield line
            line = []
        if run:
            line.append(run)
    if line:
        yield line


def _goes_on(last: GlyphRun, run: GlyphRun) -> bool:
    vertical = _is_vertical(run)
    if last.tag != run.tag or vertical != _is_vertical(last):
        return False
    if vertical:
        return run.x == last.x and _is_near(run.baseline - last.baseline - last.width, run.size)
    return run.baseline == last.baseline and _is_near(run.x - last.x - last.width, run.size)


def _is_near(gap: Pt, size: Pt) -> bool:
    return -size < gap < _GAP * size


def _is_vertical(run: GlyphRun) -> bool:
    return run.flow != "across"


def _line(runs: list[GlyphRun], number: int) -> Line:
    first, last = runs[0], runs[-1]
    size = max(run.size for run in runs)
    vertical = _is_vertical(first)
    if vertical:
        rect = Rect(first.x - size / 2, first.baseline, size, last.baseline + last.width - first.baseline)
    else:
        rect = Rect(first.x, first.baseline - EM_TOP * size, last.x + last.width - first.x, size)
    return Line(first.tag, number, "".join(run.text for run in runs), rect, _opened(runs), vertical)


def _opened(runs: Iterable[GlyphRun]) -> float:
    """How far Han characters stand apart beyond their em: the middle one of them all."""
    extra = [
        glyph.advance / (run.size * run.xscale) - 1
        for run in runs
        for glyph in run.glyphs
        if len(glyph.text) == 1 and "\u4e00" <= glyph.text <= "\u9fff"
    ]
    return round(median(extra[:-1]), 3) if len(extra) > 1 else 0.0
