"""The story's display items held against its copy, its columns and the page's grid (rules Q-2, Q-7, Q-9)."""

from collections.abc import Iterator, Sequence
from math import floor
from typing import Final, NamedTuple

from layout.compose.grid import EM_TOP, Frame, type_area
from layout.core import Pt
from layout.display import GlyphRun, Item
from layout.house.model import Grid

JOINED: Final[Pt] = 0.05
"""Runs that begin so near to where the last one ended go on with its line, points."""

_PRESENTATION: Final = frozenset(map(chr, (*range(0xFE10, 0xFE1A), *range(0xFE30, 0xFE50))))


class Stretch(NamedTuple):
    """A line of type on the page: its baseline, where it begins and ends."""

    baseline: Pt
    left: Pt
    right: Pt


def body_runs(items: Sequence[Item]) -> tuple[GlyphRun, ...]:
    """The runs of body copy, in order, without ruby."""
    return tuple(item for item in items if isinstance(item, GlyphRun) and item.tag == "body" and item.text)


def is_vertical(runs: Sequence[GlyphRun]) -> bool:
    """Whether the copy goes down columns."""
    return any(run.flow != "across" for run in runs)


def is_strange(copy: str) -> bool:
    """Whether copy holds private use or presentation forms, which no editor wrote (rule Q-9)."""
    signs = set(copy)
    return not signs.isdisjoint(_PRESENTATION) or any("\ue000" <= sign <= "\uf8ff" for sign in signs)


def stretches(runs: Sequence[GlyphRun]) -> Iterator[Stretch]:
    """The horizontal lines that runs make together."""
    line: Stretch | None = None
    for run in runs:
        if run.flow != "across":
            continue
        end = run.x + run.width
        if line is not None and run.baseline == line.baseline and abs(run.x - line.right) < JOINED:
            line = line._replace(right=end)
        else:
            if line is not None:
                yield line
            line = Stretch(run.baseline, run.x, end)
    if line is not None:
        yield line


def off_grid(lines: Sequence[Stretch], grid: Grid) -> Pt:
    """How far the worst baseline is from the page's grid."""
    first, half = type_area(grid).y + EM_TOP * grid.size, grid.pitch / 2
    return max((abs((line.baseline - first + half) % grid.pitch - half) for line in lines), default=0.0)


def off_edge(lines: Sequence[Stretch], frame: Frame) -> Pt:
    """How far the worst line reaches over an edge of its column."""
    step = frame.column_width + frame.gutter
    worst = 0.0
    for line in lines:
        middle = (line.left + line.right) / 2 - frame.x
        if frame.split and middle > frame.along(frame.split) - frame.size:
            middle -= frame.jump  # over the fold of a spread
        column = floor(middle / step)  # at whichever edge a line is aligned, its middle is in its column
        left = frame.x + frame.along(min(max(0, column), frame.columns - 1))
        worst = max(worst, left - line.left, line.right - left - frame.column_width)
    return worst
