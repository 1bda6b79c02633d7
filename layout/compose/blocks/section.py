"""Section heads (小标题): short phrases on one line, the long phrase on the next, set apart by rules and colour."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from layout.compose.blocks.headline import headline_findings
from layout.compose.grid import Frame, Slot
from layout.compose.rules import edge_rule
from layout.compose.setting import Setter
from layout.core import EPSILON, Diagnostic, Point, Pt, Rect
from layout.display import Fill, Item
from layout.issue.model import Passage
from layout.text import Line

CLAUSE_SPACE = "\u3000"
SHORT_STYLE, LONG_STYLE = "subhead", "subhead-long"


LEAST_GAP = 0.3
"""White between the rows of a head and above and below them, em of the largest row: with less it takes a line more."""


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """A section head as lines of type, each with its style and the size that fits the column.

    ``lines`` is its height in grid lines; ``findings`` are what the desk should look at.
    """

    rows: tuple[tuple[str, Pt, Line], ...]
    lines: int
    findings: tuple[Diagnostic, ...] = ()


def plan_section(copy: str, source: Passage, setter: Setter, frame: Frame, *, page: int) -> SectionPlan:
    """Divide a head into its phrases: clauses of at most ``section.short`` characters share a line.

    What is wider than its column is divided as a headline is, where a reader would pause (section 7).
    """
    padding = frame.size if setter.house.section.tint is not None else 0.0  # type does not touch its ground's edges
    room = frame.column_width - padding
    rows: list[tuple[str, Pt, Line]] = []
    found: list[Diagnostic] = []
    for clauses in _groups(copy, setter.house.section.short):
        style = SHORT_STYLE if len(clauses) > 1 or len(clauses[0]) <= setter.house.section.short else LONG_STYLE
        together = CLAUSE_SPACE.join(clauses)
        phrase = setter.phrase(together, style, room, source=source, vertical=frame.vertical)
        rows += [(style, phrase.size, line) for line in phrase.lines]
        found += headline_findings(source, phrase, page)
    return SectionPlan(tuple(rows), _height(rows, setter, frame), tuple(found))


def _groups(copy: str, short: int) -> list[list[str]]:
    """The clauses of a head that stand together: neighbours of at most ``short`` characters."""
    groups: list[list[str]] = []
    for clause in copy.split(CLAUSE_SPACE):
        if groups and all(len(each) <= short for each in (*groups[-1], clause)):
            groups[-1].append(clause)
        else:
            groups.append([clause])
    return groups


def _height(rows: list[tuple[str, Pt, Line]], setter: Setter, frame: Frame) -> int:
    """The height that the house gives section heads, or as many lines as the rows need (rule J-14)."""
    sizes = [size for _, size, _ in rows]
    need = sum(sizes) + LEAST_GAP * max(sizes) * (len(sizes) + 1)
    blank = frame.pitch - frame.size  # above a head that does not head its column
    return max(setter.house.section.lines, ceil((need + blank) / frame.pitch - EPSILON))


def draw_section(
    plan: SectionPlan, setter: Setter, frame: Frame, slots: tuple[Slot, ...], *, heads_column: bool
) -> tuple[Item, ...]:
    """The head over the given slots: tint, rules and type centred in its lines.

    One that ``heads_column`` stands flush with the column's top; elsewhere the blank above it is that below.
    """
    blank = 0.0 if heads_column else frame.pitch - frame.size
    along, across = frame.along(slots[0].column), frame.across(slots[0].line) + blank
    breadth = frame.breadth(len(slots)) - blank
    ground = _ground(setter, frame, frame.box(along, across, frame.column_width, breadth))
    return (*ground, *_rows(plan, setter, frame, along, across, breadth))


def _ground(setter: Setter, frame: Frame, body: Rect) -> Iterator[Item]:
    """The tint, and a rule along the first and the last edge."""
    section = setter.house.section
    if section.tint is not None:
        yield Fill(body, setter.house.palette[section.tint], tag="section")
    if section.rule is not None:
        for start, end, inwards in _edges(body, vertical=frame.vertical):
            yield from edge_rule(setter.house, section.rule, start, end, inwards=inwards, tag="section")


def _edges(body: Rect, *, vertical: bool) -> tuple[tuple[Point, Point, tuple[float, float]], ...]:
    """The edges where the head begins and ends, each with the way to its inside."""
    top_left, top_right = Point(body.x, body.y), Point(body.right, body.y)
    foot_left, foot_right = Point(body.x, body.bottom), Point(body.right, body.bottom)
    if vertical:
        return (top_right, foot_right, (-1.0, 0.0)), (top_left, foot_left, (1.0, 0.0))
    return (top_left, top_right, (0.0, 1.0)), (foot_left, foot_right, (0.0, -1.0))


def _rows(plan: SectionPlan, setter: Setter, frame: Frame, along: Pt, across: Pt, breadth: Pt) -> Iterator[Item]:
    """The type, each row in the middle of the column, the space between the rows even."""
    gap = (breadth - sum(size for _, size, _ in plan.rows)) / (len(plan.rows) + 1)
    across += gap
    for style, size, line in plan.rows:
        start = frame.start(along + (frame.column_width - line.width * size) / 2, across, size)
        yield from setter.set_from(start, line, style, size=size, vertical=frame.vertical)
        across += size + gap
