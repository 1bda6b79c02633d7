"""A vertical headline block (竖题) in a rectangle, its columns read from right to left."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from layout.compose.setting import Setter
from layout.core import Pt, Rect
from layout.display import Item
from layout.issue.model import Passage, Story
from layout.text import Line, set_line

PARTS: Final = ("kicker", "headline", "deck")
"""The parts from the right to the left, before the byline; each is a style of the house."""

INTERCOLUMN: Final = 0.2
"""Space between the columns of one part, em of its size."""


@dataclass(frozen=True, slots=True)
class VerticalPart:
    """One part of the block, fitted: its columns at one size, the first on the right."""

    style: str
    size: Pt
    columns: tuple[Line, ...]

    @property
    def width(self) -> Pt:
        """From the right edge of the first column's em boxes to the left edge of the last one's."""
        return self.size * (len(self.columns) + INTERCOLUMN * (len(self.columns) - 1))


@dataclass(frozen=True, slots=True)
class VerticalHead:
    """A vertical block: its parts, and how wide they are together with the space between them."""

    parts: tuple[VerticalPart, ...]
    width: Pt


def plan_vertical(story: Story, setter: Setter, height: Pt) -> VerticalHead | None:
    """Fit the story's head to columns of a height in points; None for a story without a head."""
    passages = (getattr(story, name) for name in PARTS)
    parts = tuple(_fit(passage, setter, height) for passage in passages if passage is not None)
    if story.byline is not None:
        parts += (_byline(story.byline, setter),)
    if not parts:
        return None
    return VerticalHead(parts, sum(part.width for part in parts) + setter.house.head.gap * (len(parts) - 1))


def _fit(passage: Passage, setter: Setter, height: Pt) -> VerticalPart:
    headline = setter.headline(passage, height, opened=passage.role == "headline", vertical=True)
    return VerticalPart(passage.role, headline.size, headline.lines)


def _byline(passage: Passage, setter: Setter) -> VerticalPart:
    setting = replace(setter.setting("byline", align="start", indent=0.0), vertical=True)
    return VerticalPart("byline", setter.style("byline").size, (set_line(setter.marked(passage)[0], setting),))


def draw_vertical(head: VerticalHead, setter: Setter, rect: Rect) -> tuple[Item, ...]:
    """The block in the middle of a rectangle, its columns from the right to the left.

    A style that is aligned at the start has its columns at the top, a centred one in the middle, one aligned at the end
    at the foot.
    """
    return tuple(_items(head, setter, rect))


def _items(head: VerticalHead, setter: Setter, rect: Rect) -> Iterator[Item]:
    right = rect.right - (rect.width - head.width) / 2
    for part in head.parts:
        for line in part.columns:
            free = rect.height - line.width * part.size
            top = rect.y + free * {"centre": 0.5, "end": 1.0}.get(setter.style(part.style).align, 0.0)
            yield from setter.column(line, part.style, x=right - part.size / 2, top=top, size=part.size)
            right -= part.size * (1 + INTERCOLUMN)
        right += part.size * INTERCOLUMN - setter.house.head.gap
