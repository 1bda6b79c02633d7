"""What is wrong with a fitted story, each fault with its place."""

from collections.abc import Iterator

from layout.compose.bands import Spot, TableSpot
from layout.compose.blocks.photo import caption_height, caption_lines
from layout.compose.copyfit import Adjustment
from layout.compose.plan import StoryPlan
from layout.compose.report import StoryReport
from layout.core import Diagnostic, Span, error, warning
from layout.source import nearest


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


def collisions(plan: StoryPlan, adjustment: Adjustment) -> Iterator[Diagnostic]:
    """Photographs and tables on the head, on one another, or outside the story."""
    stands = plan.stands(adjustment)
    placed = [(*_named(s), b) for each in stands for s, b in zip(each.band.spots, each.blocks, strict=True)]
    head = plan.head_blocks(adjustment)[:1]
    for nth, (name, span, block) in enumerate(placed):
        if any(block.overlaps(other) for other in head):
            yield error("photo-overlap", f"the {name} covers the headline", span, page=plan.page)
        if block.first_line < 0 or block.last_line > plan.frame.lines:
            message = f"the {name} does not fit into the story's area with what belongs to it"
            yield error("photo-outside", message, span, page=plan.page)
        if any(block.overlaps(other) for *_, other in placed[:nth]):
            message = f"the {name} covers another one or its caption"
            yield error("photo-overlap", message, span, page=plan.page)


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
