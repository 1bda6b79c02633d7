"""A story before it is fitted: its frame, its head, its copy set, its photographs in bands.

What copyfitting changes is an ``Adjustment``; where things stand with one is asked of the plan.
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from layout.compose.bands import Band, Stand, plan_bands, stand
from layout.compose.blocks.headline import HeadPlan, plan_head
from layout.compose.copyfit import Adjustment
from layout.compose.galley import Galley, set_galley
from layout.compose.grid import Block, Frame, Slot, shortened
from layout.compose.ground import Apart, holds_text, plan_ground, stands_below
from layout.compose.setting import Setter
from layout.core import Diagnostic, Rect, error
from layout.images import ImageFacts
from layout.issue.model import Story


class StoryPlan(Struct, frozen=True):
    """A story ready to be fitted.

    ``rect`` is its area; ``head`` stands over text columns, ``apart`` is a head that runs across the copy, outside the
    frame. ``findings`` are the faults that no fitting mends.
    """

    story: Story
    setter: Setter
    page: int
    rect: Rect
    frame: Frame
    head: HeadPlan | None
    apart: Apart | None
    galley: Galley
    bands: tuple[Band, ...]
    findings: tuple[Diagnostic, ...]

    @property
    def unfitted(self) -> Adjustment:
        """No change at all."""
        return Adjustment(0, (0,) * len(self.bands), 0, 0.0)

    @property
    def head_columns(self) -> int:
        """Text columns whose lines the head takes; none when it stands on a picture."""
        return self.head.columns if self.head and self.story.head.over is None else 0

    def head_lines(self, adjustment: Adjustment) -> int:
        """Lines of the head over the text."""
        return self.head.lines + adjustment.head if self.head and self.head_columns else 0

    def head_blocks(self, adjustment: Adjustment) -> tuple[Block, ...]:
        """The lines that the head takes, first of all; the text beside it keeps clear of a story above as it does."""
        if self.head is None or not self.head_columns:
            return ()
        below = stands_below(self.story, self.setter) and not self.frame.vertical
        clear = self.setter.house.head.lines_above if below else 0
        beside = Block(self.head.columns, self.frame.columns, 0, clear)
        return Block(0, self.head.columns, 0, self.head_lines(adjustment)), beside

    def stands(self, adjustment: Adjustment) -> tuple[Stand, ...]:
        """The bands of pictures at their places."""
        bleeding = any("bottom" in photo.bleed for photo in self.story.photos)  # off the page, whatever the copy does
        top, foot = self.head_lines(adjustment), self.frame.lines - (0 if bleeding else adjustment.foot)
        return stand(self.bands, adjustment.bands, self.setter, top=top, foot=foot)

    def slots(self, adjustment: Adjustment) -> tuple[Slot, ...]:
        """The lines that are left for text, in reading order."""
        obstacles = (*self.head_blocks(adjustment), *(b for s in self.stands(adjustment) for b in s.obstacles))
        slots = self.frame.slots(obstacles, last_line=self.frame.lines - adjustment.foot)
        return shortened(slots, self.frame.columns - adjustment.short)


def _table_findings(story: Story, galley: Galley, frame: Frame, page: int) -> Iterator[Diagnostic]:
    """What is wrong with the tables in the text: too wide for their column, or too high for any."""
    typed = (table for table in story.tables if table.before is not None)
    for table, plan in zip(typed, galley.tables.values(), strict=False):
        yield from plan.findings
        if plan.lines > frame.lines and not plan.cuts:
            message = f"the table is {plan.lines} lines high, its column has {frame.lines}"
            hint = "give it a place of its own over several text columns (tables:)"
            yield error("table-too-high", message, table.span, hint, page)


def plan_story(story: Story, setter: Setter, facts: Mapping[str, ImageFacts], *, page: int) -> StoryPlan:
    """Set everything of a story that does not depend on how it is fitted."""
    ground = plan_ground(story, setter, page=page)
    frame = ground.frame
    head = None if ground.apart is not None else plan_head(story, setter, frame, page=page)
    galley = set_galley(story, setter, frame, page=page) if holds_text(frame, setter) else Galley()
    bands, faults = plan_bands(story, setter, frame, dict(facts), page=page) if frame.measure > 0 else ((), ())
    sections = (found for section in galley.sections.values() for found in section.findings)
    tables = _table_findings(story, galley, frame, page)
    found = (*(head.findings if head else ()), *ground.findings, *sections, *tables, *faults)
    return StoryPlan(story, setter, page, ground.rect, frame, head, ground.apart, galley, bands, found)
