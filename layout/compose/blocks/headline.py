"""The headline block: kicker (引题), headline (主题), deck (副题) and byline (署名) over a story's columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import Final

from layout.compose.grid import EM_TOP, Frame
from layout.compose.setting import Setter, copy_of
from layout.core import EPSILON, Pt, fits
from layout.display import GlyphRun, Item
from layout.house.model import HeadBlock
from layout.issue.model import Passage, Story
from layout.text import Line

CLAUSE_SPACE: Final = "\u3000"
PARTS: Final = ("kicker", "headline", "deck", "byline")
"""The parts from the top down; each is a style of the house."""
FILL: Final = 0.85
"""A headline that fills this share of the measure is opened to fill all of it, where the limits allow."""
INTERLINE: Final = 0.2
"""Space between the lines of one part, in em of its size."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the block, fitted: its lines at one size."""

    style: str
    size: Pt
    lines: tuple[Line, ...]

    @property
    def height(self) -> Pt:
        """From the first em box's top to the last one's foot."""
        return self.size * (len(self.lines) + INTERLINE * (len(self.lines) - 1))


@dataclass(frozen=True, slots=True)
class HeadPlan:
    """A headline block that stands in ``lines`` whole body lines."""

    parts: tuple[Part, ...]
    lines: int


def plan_head(story: Story, setter: Setter, frame: Frame) -> HeadPlan | None:
    """Fit the story's head to the frame's width; None for a story without a head."""
    passages = (getattr(story, name) for name in PARTS)
    parts = tuple(
        fit_part(passage, name, setter, frame.width) for name, passage in zip(PARTS, passages, strict=True) if passage
    )
    if not parts:
        return None
    block = setter.house.head
    height = sum(part.height for part in parts) + block.gap * (len(parts) - 1)
    blank = (block.lines_above + block.lines_below) * frame.pitch
    return HeadPlan(parts, ceil((height + blank) / frame.pitch - EPSILON))


def fit_part(passage: Passage, style: str, setter: Setter, width: Pt) -> Part:
    """One part in one line if size and tracking allow it (rule H-7), else broken at its clause spaces."""
    copy = copy_of(passage)
    limits = setter.house.head
    part = _fit_line(copy, style, setter, width, limits, passage)
    if part is not None:
        return part
    lines = tuple(_clauses(copy, style, setter, width, passage))
    size = setter.style(style).size
    widest = max(line.width for line in lines) * size
    if widest > width:
        size *= width / widest
    return Part(style, size, lines)


def _fit_line(copy: str, style: str, setter: Setter, width: Pt, limits: HeadBlock, source: Passage) -> Part | None:
    base = setter.style(style).size
    natural = setter.line(copy, style, source=source)
    if fits(natural.width * base, width):
        if style != "headline" or natural.width * base < FILL * width:
            return Part(style, base, (natural,))
        return _opened(copy, style, setter, width, limits)
    size = base * max(1 - limits.size_step, width / (natural.width * base))
    tracked = setter.line(copy, style, size=size, tracking=_tracking(copy, natural.width, width / size, limits))
    return Part(style, size, (tracked,)) if fits(tracked.width * size, width) else None


def _opened(copy: str, style: str, setter: Setter, width: Pt, limits: HeadBlock) -> Part:
    """The headline opened to the full measure: size first, then tracking; as far as the limits go."""
    base = setter.style(style).size
    natural = setter.line(copy, style)
    size = base * min(1 + limits.size_step, width / (natural.width * base))
    return Part(
        style,
        size,
        (setter.line(copy, style, size=size, tracking=_tracking(copy, natural.width, width / size, limits)),),
    )


def _tracking(copy: str, natural: float, measure: float, limits: HeadBlock) -> float:
    wanted = (measure - natural) / max(1, len(copy) - 1)
    return min(limits.tracking_max, max(limits.tracking_min, wanted))


def _clauses(copy: str, style: str, setter: Setter, width: Pt, source: Passage) -> Iterator[Line]:
    """The clauses gathered into as few lines as the measure allows, each break at a clause space (rule H-1)."""
    size = setter.style(style).size
    gathered = ""
    for clause in copy.split(CLAUSE_SPACE):
        longer = f"{gathered}{CLAUSE_SPACE}{clause}" if gathered else clause
        if gathered and not fits(setter.line(longer, style).width * size, width):
            yield setter.line(gathered, style, source=source)
            gathered = clause
        else:
            gathered = longer
    yield setter.line(gathered, style, source=source)


def draw_head(plan: HeadPlan, setter: Setter, frame: Frame, lines: int) -> tuple[Item, ...]:
    """The block's type in the first ``lines`` body lines of the frame, what is left over spread above and below."""
    return tuple(_head_runs(plan, setter, frame, lines))


def _head_runs(plan: HeadPlan, setter: Setter, frame: Frame, lines: int) -> Iterator[GlyphRun]:
    block = setter.house.head
    spare = lines * frame.pitch - sum(part.height for part in plan.parts) - block.gap * (len(plan.parts) - 1)
    y = frame.y + spare * block.lines_above / max(1, block.lines_above + block.lines_below)
    for part in plan.parts:
        for line in part.lines:
            x = frame.x + _offset(setter.style(part.style).align, frame.width - line.width * part.size)
            yield from setter.runs(line, part.style, x=x, baseline=y + EM_TOP * part.size, size=part.size)
            y += part.size * (1 + INTERLINE)
        y += block.gap - part.size * INTERLINE


def _offset(align: str, room: Pt) -> Pt:
    return {"centre": room / 2, "end": room}.get(align, 0.0)
