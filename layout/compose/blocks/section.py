"""Section heads (小标题): short phrases on one line, the long phrase on the next, set apart by rules and colour."""

from collections.abc import Iterator
from dataclasses import dataclass

from layout.compose.grid import EM_TOP, Frame, Slot
from layout.compose.rules import horizontal_rule
from layout.compose.setting import Setter
from layout.core import Pt, Rect
from layout.display import Fill, Item
from layout.issue.model import Passage
from layout.text import Line

CLAUSE_SPACE = "\u3000"
SHORT_STYLE, LONG_STYLE = "subhead", "subhead-long"


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """A section head as lines of type, each with its style and the size that fits the column."""

    rows: tuple[tuple[str, Pt, Line], ...]


def plan_section(copy: str, source: Passage, setter: Setter, frame: Frame) -> SectionPlan:
    """Divide a head into its phrases: clauses of at most ``section.short`` characters share a line."""
    rows: list[list[str]] = []
    for clause in copy.split(CLAUSE_SPACE):
        short = len(clause) <= setter.house.section.short
        if short and rows and all(len(other) <= setter.house.section.short for other in rows[-1]):
            rows[-1].append(clause)
        else:
            rows.append([clause])
    return SectionPlan(tuple(_row(row, source, setter, frame) for row in rows))


def _row(clauses: list[str], source: Passage, setter: Setter, frame: Frame) -> tuple[str, Pt, Line]:
    style = SHORT_STYLE if len(clauses) > 1 or len(clauses[0]) <= setter.house.section.short else LONG_STYLE
    line = setter.line(CLAUSE_SPACE.join(clauses), style, source=source)
    size = min(setter.style(style).size, frame.column_width / line.width)
    return style, size, line


def draw_section(
    plan: SectionPlan, setter: Setter, frame: Frame, slots: tuple[Slot, ...], *, heads_column: bool
) -> tuple[Item, ...]:
    """The head over the given slots: tint, rules and type centred in its lines.

    One that ``heads_column`` stands flush with the column's top; elsewhere the blank above it is that below.
    """
    blank = 0.0 if heads_column else frame.pitch - frame.size
    top = slots[0].baseline - EM_TOP * frame.size
    height = (len(slots) - 1) * frame.pitch + frame.size
    return tuple(_items(plan, setter, Rect(slots[0].x, top + blank, frame.column_width, height - blank)))


def _items(plan: SectionPlan, setter: Setter, body: Rect) -> Iterator[Item]:
    section = setter.house.section
    if section.tint is not None:
        yield Fill(body, setter.house.palette[section.tint], tag="section")
    if section.rule is not None:
        yield from horizontal_rule(setter.house, section.rule, body.x, body.right, body.y, tag="section")
        yield from horizontal_rule(setter.house, section.rule, body.x, body.right, body.bottom, up=True, tag="section")
    height = sum(size for _, size, _ in plan.rows)
    gap = (body.height - height) / (len(plan.rows) + 1)
    y = body.y + gap
    for style, size, line in plan.rows:
        x = body.x + (body.width - line.width * size) / 2
        yield from setter.runs(line, style, x=x, baseline=y + EM_TOP * size, size=size)
        y += size + gap
