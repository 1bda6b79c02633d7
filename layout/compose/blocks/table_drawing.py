"""A table, planned, as display items: grounds, rules, then its copy row by row."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from msgspec.structs import replace

from layout.compose.blocks.table_plan import TablePlan, TableText
from layout.compose.grid import EM_TOP, Frame
from layout.compose.rules import horizontal_rule, middle_rule
from layout.compose.setting import Setter
from layout.core import Pt, Rect
from layout.display import Fill, Item

_EM_FOOT: Final = EM_TOP - 1.0
_SPACE: Final = " "


def draw_table(plan: TablePlan, setter: Setter, frame: Frame, x: Pt, first: int) -> tuple[Item, ...]:
    """The table with its left edge at ``x`` from line ``first`` of the frame on: grounds, rules, copy row by row."""
    return tuple(_items(plan, setter, frame, x, first))


def _items(plan: TablePlan, setter: Setter, frame: Frame, x: Pt, first: int) -> Iterator[Item]:
    house, size = setter.house, setter.style("table").size

    def baseline(row: float) -> Pt:
        return frame.start(0.0, frame.across(first), frame.size).y + row * frame.pitch

    def edge(row: int) -> Pt:
        """The middle between the type of a line and that of the one above."""
        foot, head = _EM_FOOT * size, EM_TOP * size
        return baseline(row) - (frame.pitch + head + foot) / 2

    for start, end, ink in plan.grounds:
        yield Fill(Rect(x, edge(start), plan.width, edge(end) - edge(start)), house.palette[ink], tag="table")
    for row, name, left, right in plan.rules:
        style = house.rules[name]
        y = edge(row) - (style.width + style.gap + style.second) / 2
        yield from horizontal_rule(house, name, x + left, x + right, y, tag="table")
    for upright, start, end, name in plan.uprights:
        middle = Rect(x + upright, edge(start), 0.0, edge(end) - edge(start))
        yield middle_rule(house, name, middle, vertical=True, tag="table")
    for text, after in zip_longest(plan.texts, plan.texts[1:]):
        y = baseline(text.row) - ((frame.pitch - frame.size) / 2 if text.row < plan.head else 0.0)
        yield from setter.runs(text.line, text.style, x=x + text.x, baseline=y)
        if after is not None and abs(after.row - text.row) < 1:
            yield from _space(text, after, setter, x, y)


def _space(text: TableText, after: TableText, setter: Setter, x: Pt, baseline: Pt) -> Iterator[Item]:
    """A word space between two cells of a row: copied out they stay apart."""
    size = setter.style(text.style).size
    end = text.x + text.line.width * size
    start = after.x + after.line.indent * setter.style(after.style).size
    line = setter.line(_SPACE, text.style)
    wide = replace(line.clusters[0], advance=(start - end) / size)
    if start > end:
        yield from setter.runs(replace(line, clusters=(wide,)), text.style, x=x + end, baseline=baseline)
