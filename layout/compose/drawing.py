"""Drawing a fitted story: box, head, photographs, text, column rules, as display items."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from layout.compose.bands import Stand, TableSpot
from layout.compose.blocks.headline import clear_of, draw_head
from layout.compose.blocks.photo import draw_photo
from layout.compose.blocks.section import draw_section
from layout.compose.copyfit import Adjustment, Fitted
from layout.compose.grid import Slot
from layout.compose.plan import StoryPlan
from layout.compose.pour import Credit, Head, Inset, Placed, Pour, Text
from layout.compose.rules import frame_rule, middle_rule, on_picture
from layout.core import Point, Pt
from layout.display import Fill, GlyphRun, Item
from layout.images import ImageFacts
from layout.text import Line

if TYPE_CHECKING:
    from layout.compose.blocks.table_plan import TablePlan


def draw_story(plan: StoryPlan, fitted: Fitted, facts: Mapping[str, ImageFacts]) -> tuple[Item, ...]:
    """Everything of the story in reading order; lines without a slot are left out."""
    slots = plan.slots(fitted.adjustment)
    return (
        *_box(plan),
        *_head(plan, fitted.adjustment),
        *_photos(plan, plan.stands(fitted.adjustment), facts),
        *_head_over(plan),
        *_text(plan, fitted.pour, slots),
        *_column_rules(plan, slots),
    )


def _box(plan: StoryPlan) -> Iterator[Item]:
    box, house = plan.story.box, plan.setter.house
    if box and box.tint is not None and box.tint in house.palette:
        yield Fill(plan.rect, house.palette[box.tint], tag="box")
    if box and box.rule is not None and box.rule in house.rules:
        yield from frame_rule(house, box.rule, plan.rect, tag="box")


def _head(plan: StoryPlan, adjustment: Adjustment) -> tuple[Item, ...]:
    if plan.apart is not None:
        return draw_head(plan.apart.head, plan.setter, plan.apart.frame, plan.apart.breadth, clear=plan.apart.clear)
    if plan.head is None or not plan.head_columns:
        return ()
    breadth, frame = plan.head_lines(adjustment) * plan.frame.pitch, plan.frame
    return draw_head(plan.head, plan.setter, frame, breadth, clear=clear_of(frame))


def _head_over(plan: StoryPlan) -> Iterator[Item]:
    """A head that stands on a picture: in its own ink, which knocks out: black would add to the picture's."""
    ink = plan.setter.house.palette.get(plan.story.head.over or "")
    if plan.head is not None and ink is not None:
        for item in draw_head(plan.head, plan.setter, plan.frame, plan.head.lines * plan.frame.pitch):
            if isinstance(item, GlyphRun):
                yield on_picture(item, ink)


def _photos(plan: StoryPlan, stands: tuple[Stand, ...], facts: Mapping[str, ImageFacts]) -> Iterator[Item]:
    placed = [(spot, block) for each in stands for spot, block in zip(each.band.spots, each.blocks, strict=True)]
    for spot, block in sorted(placed, key=lambda pair: pair[0].index):
        if isinstance(spot, TableSpot):
            yield from _table(plan, spot.table, block.first_column, block.first_line)
        else:
            shown = facts.get(str(spot.photo.file))
            yield from draw_photo(spot.photo, shown, spot.caption, plan.setter, plan.frame, block)


def _table(plan: StoryPlan, table: "TablePlan", column: int, line: int) -> tuple[Item, ...]:
    """A table with its upper left corner in a text column and a line. Its module is imported with the first one."""
    from layout.compose.blocks.table_drawing import draw_table

    return draw_table(table, plan.setter, plan.frame, plan.frame.x + plan.frame.along(column), line)


def _text(plan: StoryPlan, poured: Pour, slots: tuple[Slot, ...]) -> Iterator[Item]:
    last: tuple[int, ...] = ()
    for placed in poured.placed:
        here = tuple(slots[slot] for slot in placed.slots if slot < len(slots))
        match plan.galley.elements[placed.element]:
            case Text() if placed.broken is not None:
                for line, slot in zip(placed.broken.lines, here, strict=False):
                    yield from _line(plan, line, "body", slot, 0.0)
                last = placed.slots[-1:]
            case Head() if here:
                yield from _section(plan, placed, slots, here)
            case Inset():
                for table, slot in _parts(plan.galley.tables[placed.element], placed, slots):
                    yield from _table(plan, table, slot.column, slot.line)
            case Credit():
                places = [slots[n] for n in placed.slots or last if n < len(slots)]
                for line, slot in zip(plan.galley.credit, places, strict=False):
                    end = plan.frame.column_width - line.measure * plan.setter.style("credit").size
                    yield from _line(plan, line, "credit", slot, end)


def _parts(table: "TablePlan", placed: Placed, slots: tuple[Slot, ...]) -> Iterator[tuple["TablePlan", Slot]]:
    """The parts of a table that find room, each with the slot of its first line."""
    done, first = 0, 0
    for nth in range(1, len(placed.slots) + 1):
        ends = nth == len(placed.slots) or not _follows(placed.slots[nth], placed.slots[nth - 1], slots)
        if ends:
            end = done + nth - first - (table.again if done else 0)
            if placed.slots[nth - 1] < len(slots):
                yield table.part(done, end), slots[placed.slots[first]]
            done, first = end, nth


def _follows(slot: int, before: int, slots: tuple[Slot, ...]) -> bool:
    """Whether one slot stands below another; those beyond the last are one endless column."""
    if slot >= len(slots) or before >= len(slots):
        return before >= len(slots)
    return slots[slot].follows(slots[before])


def _section(plan: StoryPlan, placed: Placed, slots: tuple[Slot, ...], here: tuple[Slot, ...]) -> tuple[Item, ...]:
    first = placed.slots[0]
    heads = first == 0 or not slots[first].follows(slots[first - 1])
    return draw_section(plan.galley.sections[placed.element], plan.setter, plan.frame, here, heads_column=heads)


def _line(plan: StoryPlan, line: Line, style: str, slot: Slot, after: Pt) -> tuple[Item, ...]:
    """A line of type in a slot, ``after`` points from its start."""
    vertical = plan.frame.vertical
    start = Point(slot.x, slot.baseline + after) if vertical else Point(slot.x + after, slot.baseline)
    return plan.setter.set_from(start, line, style, vertical=vertical)


def _column_rules(plan: StoryPlan, slots: tuple[Slot, ...]) -> Iterator[Item]:
    """A rule in each gutter, as far as there is text on both sides."""
    house, frame = plan.setter.house, plan.frame
    rule = house.vertical.rule if frame.vertical else house.furniture.column_rule
    for column in range(frame.columns - 1 if rule else 0):
        both = {s.line for s in slots if s.column == column} & {s.line for s in slots if s.column == column + 1}
        if column + 1 == frame.split:
            continue  # the fold parts them
        gutter = frame.along(column + 1) - frame.gutter
        for first, last in _stretches(both):
            rect = frame.box(gutter, frame.across(first), frame.gutter, frame.breadth(last - first + 1))
            yield middle_rule(house, str(rule), rect, vertical=not frame.vertical, tag="column-rule")


def _stretches(lines: set[int]) -> Iterator[tuple[int, int]]:
    """Runs of consecutive lines as (first, last)."""
    ordered = sorted(lines)
    first = 0
    for index, line in enumerate(ordered):
        if index + 1 == len(ordered) or ordered[index + 1] != line + 1:
            yield ordered[first], line
            first = index + 1
