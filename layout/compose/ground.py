"""Where a story's text stands in its area, and the head that runs across it.

A head that runs as the copy does takes lines of the text columns and gives way in copyfitting. One that runs across
the copy (a vertical head beside horizontal text, a horizontal one over vertical text) takes its part of the area first.
"""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from layout.compose.blocks.headline import HeadPlan, clear_of, ground_padding, plan_head
from layout.compose.grid import Frame, area_rect, fold_gutter, make_frame, make_tiers, strip, whole_page
from layout.compose.setting import Setter
from layout.core import Diagnostic, Insets, Pt, Rect, error, fits
from layout.issue.model import Area, Story

VERTICAL_GAP: Final = 2.0
"""Characters between a vertical head and the text beside it."""
LINE: Final = 24
"""Characters of a vertical line that the eye takes in well: so many tiers a story has that does not say."""


class Apart(Struct, frozen=True):
    """A head that runs across the copy: in a frame of its own, ``breadth`` points of it, the last ``clear`` blank."""

    head: HeadPlan
    frame: Frame
    breadth: Pt
    clear: Pt = 0.0


class Ground(Struct, frozen=True):
    """A story's area, its text columns in it, and the head that runs across them."""

    rect: Rect
    frame: Frame
    apart: Apart | None
    findings: tuple[Diagnostic, ...]


def story_area(story: Story, setter: Setter) -> Area:
    """The story's area: its own, or the whole type area."""
    return story.area or whole_page(setter.house.grid)


def stands_below(story: Story, setter: Setter) -> bool:
    """Whether another story may stand right above, so that text at the upper edge must keep clear of it."""
    return story_area(story, setter).first_line > 1 and not story.box


def holds_text(frame: Frame, setter: Setter) -> bool:
    """Whether a column holds a paragraph's first line: its indent and two characters."""
    return frame.measure >= setter.style("body").indent + 2


def plan_ground(story: Story, setter: Setter, *, page: int) -> Ground:
    """Divide a story's area; columns that are too narrow for text are a fault."""
    rect = area_rect(setter.house.grid, story_area(story, setter))
    padding = _padding(setter) if story.box else Insets()
    if story.vertical:
        return _vertical(story, setter, rect, padding, page)
    beside = _beside(story, setter, rect.inset(padding), page) if story.head.vertical else None
    frame, narrow = _frame(story, setter, _less(beside, padding, story, setter) if beside else padding, page)
    return Ground(rect, frame, beside, (*(beside.head.findings if beside else ()), *narrow))


def _padding(setter: Setter) -> Insets:
    """What a box keeps between its rule and what is in it: a line above and below, a character at the sides."""
    grid = setter.house.grid
    return Insets(grid.pitch, grid.size, grid.pitch, grid.size)


def _beside(story: Story, setter: Setter, inside: Rect, page: int) -> Apart | None:
    """A vertical head as wide as it is, at the outer edge of its side."""
    frame = strip(inside, pitch=setter.house.grid.pitch)
    head = plan_head(story, setter, frame, page=page)
    if head is None:
        return None
    breadth = head.breadth(setter) + 2 * ground_padding(setter)
    x = inside.x + breadth if story.head.vertical == "left" else inside.right
    return Apart(head, replace(frame, x=x), breadth)


def _less(beside: Apart, padding: Insets, story: Story, setter: Setter) -> Insets:
    """The padding with the vertical head and its gap taken off as well."""
    taken = beside.breadth + VERTICAL_GAP * setter.house.grid.size
    if story.head.vertical == "left":
        return replace(padding, left=padding.left + taken)
    return replace(padding, right=padding.right + taken)


def _frame(story: Story, setter: Setter, padding: Insets, page: int) -> tuple[Frame, tuple[Diagnostic, ...]]:
    """The text columns as the issue wants them, else the base columns; one column where those are too narrow."""
    grid, area, size = setter.house.grid, story_area(story, setter), setter.style("body").size
    wanted = story.columns or _columns_left(area, area_rect(grid, area).width, padding, story)
    frame = make_frame(grid, area, size=size, columns=wanted, inset=padding)
    if not fits(size, grid.pitch):
        message = f"story {story.slug}: its lines overlap: they are {grid.pitch:g} pt apart, the text has {size:g} pt"
        return frame, (error("lines-overlap", message, story.span, "make the text smaller (styles: body: size)", page),)
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


def _vertical(story: Story, setter: Setter, rect: Rect, padding: Insets, page: int) -> Ground:
    """The tiers of a vertical story, under its head where that is horizontal."""
    over = _over(story, setter, padding, page) if story.head.horizontal else None
    if over is not None:
        padding = replace(padding, top=padding.top + over.breadth)
    elif stands_below(story, setter):
        padding = replace(padding, top=setter.house.head.lines_above * setter.house.grid.pitch)
    frame, narrow = _tiers(story, setter, rect.inset(padding), page)
    found = (*(over.head.findings if over else ()), *narrow, *_over_fold(story, setter, rect, page))
    return Ground(rect, frame, over, found)


def _over_fold(story: Story, setter: Setter, rect: Rect, page: int) -> Iterator[Diagnostic]:
    clear = fold_gutter(setter.house.grid)
    if clear is not None and rect.x < clear[0] and rect.right > clear[1]:
        message = f"story {story.slug}: vertical copy would run through the fold"
        yield error("vertical-over-fold", message, story.span, "give it columns of one of the two pages", page)


def _over(story: Story, setter: Setter, padding: Insets, page: int) -> Apart | None:
    """A horizontal head, whole lines high."""
    area, size = story_area(story, setter), setter.style("body").size
    frame = make_frame(setter.house.grid, area, size=size, columns=1, inset=padding)
    head = plan_head(story, setter, frame, page=page)
    return Apart(head, frame, head.lines * frame.pitch, clear_of(frame)) if head else None


def _tiers(story: Story, setter: Setter, rect: Rect, page: int) -> tuple[Frame, tuple[Diagnostic, ...]]:
    """The tiers as the issue wants them, else so many that lines have a good length; one where they are too low."""
    size, vertical, grid = setter.style("body").size, setter.house.vertical, setter.house.grid
    pitch = vertical.pitch or grid.pitch * size / grid.size
    wanted = story.tiers or max(1, round((rect.height / size + vertical.gutter) / (LINE + vertical.gutter)))
    frame = make_tiers(rect, size=size, pitch=pitch, gutter=vertical.gutter, tiers=wanted)
    if holds_text(frame, setter):
        return (_centred(frame, rect) if story.box else frame), ()
    message = f"story {story.slug}: {wanted} tiers are too low for text"
    fault = error("columns-narrow", message, story.span, "use fewer tiers or a higher area", page)
    return make_tiers(rect, size=size, pitch=pitch, gutter=vertical.gutter, tiers=1), (fault,)


def _centred(frame: Frame, rect: Rect) -> Frame:
    """What whole characters and lines leave over shared out to both sides: in a box it would be seen."""
    right, down = (rect.width - frame.breadth(frame.lines)) / 2, (rect.height - frame.width) / 2
    return replace(frame, x=frame.x - right, y=frame.y + down)
