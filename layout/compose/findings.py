"""What is wrong with a fitted story, each fault with its place."""

from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from layout.compose.bands import Spot, TableSpot
from layout.compose.blocks.photo import caption_height, caption_lines
from layout.compose.copyfit import Adjustment
from layout.compose.grid import Block, type_area
from layout.compose.plan import StoryPlan
from layout.compose.pour import Pour
from layout.compose.report import StoryReport
from layout.core import Diagnostic, Span, error, warning
from layout.issue.model import PageEdge
from layout.source import nearest

_LOWER: Final = "make it or its neighbours lower (lines), give it another place (at), or enlarge the story's area"


def box_findings(plan: StoryPlan) -> Iterator[Diagnostic]:
    """Names in the story's box that the house style does not know."""
    box, house = plan.story.box, plan.setter.house
    named = ((box.rule, house.rules, "rule"), (box.tint, house.palette, "ink of the palette")) if box else ()
    for name, known, kind in named:
        if name is not None and name not in known:
            hint = nearest(name, tuple(known))
            yield error("unknown-name", f"{name} is no {kind}", plan.story.span, hint=hint, page=plan.page)


def fit_findings(plan: StoryPlan, report: StoryReport) -> Iterator[Diagnostic]:
    """Copy that is too long, or shorter than the house style lets pass."""
    span, limit = plan.story.span, plan.setter.house.copyfit.short
    if report.over_lines > 0:
        characters = report.over_characters
        message = f"story {report.slug}: {report.over_lines} lines, {characters} characters over (多 {characters} 字)"
        hint = "cut the copy, make pictures lower, or enlarge the area"
        yield error("overset", message, span, hint, plan.page)
    left = max(0, -report.over_lines)
    if report.foot * plan.frame.columns + left > limit:  # columns level within a line are no fault
        blank = report.foot * plan.frame.columns + report.short + left
        characters = blank * plan.frame.measure
        message = f"story {report.slug}: {blank} lines, about {characters} characters short (欠 {blank} 行)"
        yield warning("underset", message, span, "add copy or a picture, or make the area smaller", plan.page)


def table_findings(plan: StoryPlan, poured: Pour) -> Iterator[Diagnostic]:
    """Tables in the text for which no column has room, and what they lack."""
    typed = [table for table in plan.story.tables if table.before is not None]
    ends = accumulate((placed.slots[-1] + 1 if placed.slots else 0 for placed in poured.placed), max, initial=0)
    spans = iter(table.span for table in typed)
    for placed, end in zip(poured.placed, ends, strict=False):
        table = plan.galley.tables.get(placed.element)
        if table is None:
            continue
        span, lost = next(spans), sum(slot >= poured.capacity for slot in placed.slots)
        if lost and (table.cuts or table.lines <= plan.frame.lines):  # else it is told that no column holds it
            left = max(0, poured.capacity - end - (plan.setter.house.table.space if end else 0))
            lines = lost - left if lost == len(placed.slots) else lost
            message = f"the table, {table.lines} lines high, finds no room: {lines} lines, {lines * plan.frame.measure}"
            hint = "cut the copy before it, place it over more columns (tables:), or leave rows out"
            yield error("table-overset", f"{message} characters are lacking", span, hint, plan.page)


def bleed_findings(plan: StoryPlan, adjustment: Adjustment) -> Iterator[Diagnostic]:
    """Photographs that are to run off the page and cannot."""
    bleeding = ((s, b) for s, b in _placed(plan, adjustment) if s.photo.bleed)
    for spot, block in bleeding:
        span = spot.photo.span
        if not plan.setter.house.bleed:
            message = "the photograph is to run off the page, but the house style has no bleed (出血)"
            hint = "where the plant trims the page, give the house style its bleed, as in bleed: 3mm; else leave it out"
            yield error("bleed-missing", message, span, hint, plan.page)
        for edge in spot.photo.bleed:
            if not _reaches(plan, block, edge):
                message = f"the photograph is to bleed at the {edge}, but does not stand at that edge of the type area"
                hint = "give it the story's outer columns and lines, and the story those of the page; no box"
                yield error("bleed-inside", message, span, hint, plan.page)
        if "bottom" in spot.photo.bleed and spot.caption.rows:
            hint = "leave bottom out of its bleed, or write the caption as a story of its own"
            yield error("bleed-caption", "there is no room for a caption below the photograph", span, hint, plan.page)


def _reaches(plan: StoryPlan, block: Block, edge: PageEdge) -> bool:
    """Whether a photograph is the outermost on the page at an edge; a frame may end less than a character inside."""
    grid = plan.setter.house.grid
    area, rect = type_area(grid), plan.frame.rect(block)
    distance = {
        "left": rect.x - area.x,
        "top": rect.y - area.y,
        "right": area.right - rect.right,
        "bottom": area.bottom - rect.bottom,
    }[edge]
    return distance < grid.size


def over_findings(plan: StoryPlan, adjustment: Adjustment) -> Iterator[Diagnostic]:
    """A head that is to stand on a picture and does not, or in an ink that there is none of."""
    name, house, head = plan.story.head.over, plan.setter.house, plan.head
    if name is None:
        return
    span = plan.story.head.span
    if name not in house.palette:
        yield error(
            "unknown-name", f"{name} is no ink of the palette", span, nearest(name, tuple(house.palette)), plan.page
        )
    blocks = [block for _, block in _placed(plan, adjustment) if block.first_line == 0]
    if plan.apart is not None:
        yield error(
            "head-over-vertical", "a vertical head stands beside the text, not on a picture", span, page=plan.page
        )
    if head is not None and not any(b.last_column >= head.columns and b.last_line >= head.lines for b in blocks):
        hint = "put a photograph with at: top there that is as wide and as high as the head"
        yield error("head-over-nothing", "there is no picture under the whole head", span, hint, plan.page)


def _placed(plan: StoryPlan, adjustment: Adjustment) -> list[tuple[Spot, Block]]:
    """The photographs with their blocks."""
    return [(spot, block) for spot, block in _spots(plan, adjustment) if isinstance(spot, Spot)]


def _spots(plan: StoryPlan, adjustment: Adjustment) -> list[tuple[Spot | TableSpot, Block]]:
    """The photographs and the tables that have a place of their own, with their blocks."""
    return [(s, b) for each in plan.stands(adjustment) for s, b in zip(each.band.spots, each.blocks, strict=True)]


def collisions(plan: StoryPlan, adjustment: Adjustment) -> Iterator[Diagnostic]:
    """Photographs and tables on the head, on one another, or outside the story."""
    placed = [(*_named(spot), block) for spot, block in _spots(plan, adjustment)]
    head = plan.head_blocks(adjustment)[:1]
    for nth, (name, span, block) in enumerate(placed):
        if any(block.overlaps(other) for other in head):
            yield error("photo-overlap", f"the {name} covers the headline", span, _LOWER, plan.page)
        if block.first_line < 0 or block.last_line > plan.frame.lines:
            message = f"the {name} does not fit into the story's area with what belongs to it"
            yield error("photo-outside", message, span, _LOWER, plan.page)
        if any(block.overlaps(other) for *_, other in placed[:nth]):
            message = f"the {name} covers another one or its caption"
            yield error("photo-overlap", message, span, _LOWER, plan.page)


def _named(spot: Spot | TableSpot) -> tuple[str, Span]:
    """What a spot holds, and where the issue says so."""
    return ("table", spot.copy.span) if isinstance(spot, TableSpot) else ("photograph", spot.photo.span)


def caption_findings(plan: StoryPlan, adjustment: Adjustment) -> Iterator[Diagnostic]:
    """Captions in the tiers of a vertical story that take more than half of their picture's height."""
    for each in plan.stands(adjustment) if plan.frame.vertical else ():
        for spot, block in zip(each.band.spots, each.blocks, strict=True):
            if isinstance(spot, TableSpot):
                continue
            rect = plan.frame.rect(block)
            height = caption_height(caption_lines(spot.photo, plan.setter, rect.width), plan.setter)
            if height > rect.height / 2:
                message = "the caption leaves its picture less than half of their height"
                hint = "shorten it, or give the photograph more lines or tiers"
                yield error("caption-high", message, spot.photo.span, hint, plan.page)
