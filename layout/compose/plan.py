"""A story before it is fitted: its frame, its head, its copy set, its photographs in bands.

What copyfitting changes is an ``Adjustment``; where things stand with one is asked of the plan.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from layout.compose.bands import Band, Stand, plan_bands, stand
from layout.compose.blocks.headline import HeadPlan, plan_head
from layout.compose.blocks.vertical import VerticalHead, plan_vertical
from layout.compose.copyfit import Adjustment
from layout.compose.galley import Galley, set_galley
from layout.compose.grid import Block, Frame, Slot, area_rect, make_frame, shortened, whole_page
from layout.compose.setting import Setter
from layout.core import Diagnostic, Insets, Rect, error
from layout.images import ImageFacts
from layout.issue.model import Area, Story

VERTICAL_GAP = 2.0
"""Characters between a vertical head and the text beside it."""


@dataclass(frozen=True, slots=True)
class StoryPlan:
    """A story ready to be fitted.

    ``rect`` is its area; ``head`` stands over text columns, ``beside`` is a vertical head in ``strip``. ``findings``
    are the faults that no fitting mends.
    """

    story: Story
    setter: Setter
    page: int
    rect: Rect
    frame: Frame
    head: HeadPlan | None
    beside: VerticalHead | None
    strip: Rect
    galley: Galley
    bands: tuple[Band, ...]
    findings: tuple[Diagnostic, ...]

    @property
    def unfitted(self) -> Adjustment:
        """No change at all."""
        return Adjustment(0, (0,) * len(self.bands), 0, 0.0)

    def head_lines(self, adjustment: Adjustment) -> int:
        """Lines of the head over the text."""
        return self.head.lines + adjustment.head if self.head else 0

    def head_blocks(self, adjustment: Adjustment) -> tuple[Block, ...]:
        """The lines that the head takes, first of all; the text beside it keeps clear of a story above as it does."""
        if self.head is None:
            return ()
        below = story_area(self.story, self.setter).first_line > 1 and not self.story.box
        clear = self.setter.house.head.lines_above if below else 0
        beside = Block(self.head.columns, self.frame.columns, 0, clear)
        return Block(0, self.head.columns, 0, self.head_lines(adjustment)), beside

    def stands(self, adjustment: Adjustment) -> tuple[Stand, ...]:
        """The bands of pictures at their places."""
        top, foot = self.head_lines(adjustment), self.frame.lines - adjustment.foot
        return stand(self.bands, adjustment.bands, self.setter, top=top, foot=foot)

    def slots(self, adjustment: Adjustment) -> tuple[Slot, ...]:
        """The lines that are left for text, in reading order."""
        obstacles = (*self.head_blocks(adjustment), *(b for s in self.stands(adjustment) for b in s.obstacles))
        slots = self.frame.slots(obstacles, last_line=self.frame.lines - adjustment.foot)
        return shortened(slots, self.frame.columns - adjustment.short)


def story_area(story: Story, setter: Setter) -> Area:
    """The story's area: its own, or the whole type area."""
    return story.area or whole_page(setter.house.grid)


def plan_story(story: Story, setter: Setter, facts: Mapping[str, ImageFacts], *, page: int) -> StoryPlan:
    """Set everything of a story that does not depend on how it is fitted."""
    rect = area_rect(setter.house.grid, story_area(story, setter))
    padding = _padding(setter) if story.box else Insets()
    inside = rect.inset(padding)
    beside = plan_vertical(story, setter, inside.height) if story.head.vertical else None
    strip = _strip(story, beside, inside)
    frame, narrow = _frame(story, setter, _beside(story, padding, strip, setter) if beside else padding, page)
    head = None if story.head.vertical else plan_head(story, setter, frame, page=page)
    galley = set_galley(story, setter, frame) if holds_text(frame, setter) else Galley((), {}, ())
    bands, faults = plan_bands(story, setter, frame, dict(facts))
    found = (*(head.findings if head else ()), *narrow, *faults)
    return StoryPlan(story, setter, page, rect, frame, head, beside, strip, galley, bands, found)


def _padding(setter: Setter) -> Insets:
    """What a box keeps between its rule and what is in it: a line above and below, a character at the sides."""
    grid = setter.house.grid
    return Insets(grid.pitch, grid.size, grid.pitch, grid.size)


def _strip(story: Story, beside: VerticalHead | None, inside: Rect) -> Rect:
    """Where a vertical head stands: at the outer edge of its side."""
    width = beside.width if beside else 0.0
    x = inside.x if story.head.vertical == "left" else inside.right - width
    return Rect(x, inside.y, width, inside.height)


def _beside(story: Story, padding: Insets, strip: Rect, setter: Setter) -> Insets:
    """The padding with the vertical head and its gap taken off as well."""
    taken = strip.width + VERTICAL_GAP * setter.house.grid.size
    if story.head.vertical == "left":
        return replace(padding, left=padding.left + taken)
    return replace(padding, right=padding.right + taken)


def _frame(story: Story, setter: Setter, padding: Insets, page: int) -> tuple[Frame, tuple[Diagnostic, ...]]:
    """The text columns as the issue wants them, else the base columns; one column where those are too narrow."""
    grid, area, size = setter.house.grid, story_area(story, setter), setter.style("body").size
    wanted = story.columns or _columns_left(area, area_rect(grid, area).width, padding, story)
    frame = make_frame(grid, area, size=size, columns=wanted, inset=padding)
    if holds_text(frame, setter):
        return frame, ()
    message = f"story {story.slug}: {wanted} columns are too narrow for text"
    fault = error("columns-narrow", message, story.span, "use fewer columns or a wider area", page)
    return make_frame(grid, area, size=size, columns=1, inset=padding), (fault,)


def _columns_left(area: Area, width: float, padding: Insets, story: Story) -> int:
    """The base columns; beside a vertical head as many as it leaves room for."""
    if story.head.vertical is None:
        return area.columns
    return max(1, round(area.columns * (width - padding.left - padding.right) / width))


def holds_text(frame: Frame, setter: Setter) -> bool:
    """Whether a column holds a paragraph's first line: its indent and two characters."""
    return frame.measure >= setter.style("body").indent + 2
