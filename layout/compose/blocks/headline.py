"""The headline block: kicker (引题), headline (主题), deck (副题) and byline (署名), over or beside a story's text.

In a vertical frame it is a vertical head (竖题): its parts stand one after the other from right to left.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from math import ceil
from typing import Final

from msgspec import Struct

from layout.compose.grid import Frame, fold_gutter
from layout.compose.setting import Setter
from layout.core import EPSILON, Diagnostic, Pt, error, fits, warning
from layout.display import Fill, Item
from layout.issue.model import Passage, Story
from layout.text import Line
from layout.text.headline import Headline
from layout.text.spans import ruby_room

TITLES: Final = ("kicker", "headline", "deck")
"""The parts from the top down, above the byline; each is a style of the house."""

PROPORTIONS: Final = {"kicker": (0.40, 0.60), "deck": (0.40, 0.70)}
"""Their size, as shares of the headline's (rule H-9)."""

INTERLINE: Final = 0.2
"""Space between the lines of one part, in em of its size."""


class Part(Struct, frozen=True):
    """One part of the block, fitted: its lines at one size."""

    style: str
    size: Pt
    lines: tuple[Line, ...]

    @property
    def height(self) -> Pt:
        """From the first em box's top, or that of its ruby, to the last one's foot."""
        return self.size * (len(self.lines) + INTERLINE * (len(self.lines) - 1) + sum(map(room_above, self.lines)))


class HeadPlan(Struct, frozen=True):
    """A headline block over the first ``columns`` text columns, ``lines`` whole body lines high (rule H-10).

    ``lead`` is the share of its blank that stands before the first part, the rest stands behind the last.
    """

    parts: tuple[Part, ...]
    columns: int
    lines: int
    lead: float
    findings: tuple[Diagnostic, ...]

    def breadth(self, setter: Setter) -> Pt:
        """Over all parts and the space between them."""
        return _breadth(self.parts, setter)


def room_above(line: Line) -> float:
    """What ruby takes above a line, em."""
    return ruby_room(placed.dress for placed in line.clusters)


def plan_head(story: Story, setter: Setter, frame: Frame, *, page: int) -> HeadPlan | None:
    """Fit the story's head to the columns that it stands over; None for a story without a head."""
    columns = min(_wanted(story, frame) or frame.columns, frame.columns)
    width = frame.length(columns) - 2 * ground_padding(setter)
    over_fold = columns > frame.split > 0
    alone = columns == frame.columns and _is_alone(story, setter) and not frame.vertical and not over_fold
    parts: list[Part] = []
    found = [*_width_findings(story, frame, page), *_proportions(story, setter, page)]
    for name in TITLES:
        passage: Passage | None = getattr(story, name)
        if passage is not None:
            main = name == "headline"
            headline = setter.headline(passage, width, fill=main and alone, opened=main, vertical=frame.vertical)
            parts.append(Part(name, headline.size, headline.lines))
            found += headline_findings(passage, headline, setter, page)
            found += _fold_findings(passage, parts[-1], setter, frame, columns, page)
    if story.byline is not None and setter.copy_of(story.byline).strip():
        parts.append(_fit_byline(story.byline, setter, width, vertical=frame.vertical))
        found += _tightness(story.byline, parts[-1].size, setter, page)
    if not parts:
        return None
    lines = _block_lines(parts, setter, frame)
    return HeadPlan(tuple(parts), columns, lines, _lead(story, setter, frame), tuple(found))


def _wanted(story: Story, frame: Frame) -> int | None:
    return story.head.tiers if frame.vertical else story.head.columns


def _lead(story: Story, setter: Setter, frame: Frame) -> float:
    """The house's share; a vertical head at the type area's right edge, with nothing before it, is flush there."""
    block = setter.house.head
    last = story.area.last_column if story.area else setter.house.grid.columns
    if frame.vertical and story.box is None and last == setter.house.grid.columns:
        return 0.0
    return block.lines_above / max(1, block.lines_above + block.lines_below)


def ground_padding(setter: Setter) -> Pt:
    """What a ground keeps between its edge and the type on it, at the ends of lines: a character; without one 0."""
    return setter.house.grid.size if setter.house.head.tint is not None else 0.0


def clear_of(frame: Frame) -> Pt:
    """What a ground leaves free before the text behind it: a line."""
    return 2 * frame.pitch - frame.size


def _is_alone(story: Story, setter: Setter) -> bool:
    """Whether no other story stands beside this one: two heads that fill their measures would touch (碰题)."""
    return story.box is not None or story.area is None or story.area.columns == setter.house.grid.columns


def _block_lines(parts: list[Part], setter: Setter, frame: Frame) -> int:
    block = setter.house.head
    grounded = block.tint is not None  # the ground ends a line before the text
    blank = (block.lines_above + block.lines_below + grounded) * frame.pitch
    return ceil((_breadth(parts, setter) + blank) / frame.pitch - EPSILON)


def _breadth(parts: Sequence[Part], setter: Setter) -> Pt:
    return sum(part.height for part in parts) + setter.house.head.gap * (len(parts) - 1)


def _fit_byline(passage: Passage, setter: Setter, width: Pt, *, vertical: bool) -> Part:
    """The byline, broken between names; a name wider than the block makes it smaller."""
    size = setter.style("byline").size

    def line_fits(copy: str) -> bool:
        return fits(setter.line(copy, "byline", vertical=vertical).width * size, width)

    lines = tuple(setter.byline(passage, line_fits, vertical=vertical))
    return Part("byline", min(size, width / max(line.width for line in lines)), lines)


def _width_findings(story: Story, frame: Frame, page: int) -> Iterator[Diagnostic]:
    wanted = _wanted(story, frame)
    if wanted is not None and wanted > frame.columns:
        columns = f"beside {wanted} tiers" if frame.vertical else f"over {wanted} columns"
        message = f"story {story.slug}: a head {columns}, the story has {frame.columns}"
        yield error("head-too-wide", message, story.head.span, page=page)


def _proportions(story: Story, setter: Setter, page: int) -> Iterator[Diagnostic]:
    for name, (least, most) in PROPORTIONS.items():
        passage: Passage | None = getattr(story, name)
        if passage is not None and story.headline is not None:
            share = setter.style(name).size / setter.style("headline").size
            if not least - EPSILON <= share <= most + EPSILON:
                message = f"the {name} is set at {share:.0%} of the headline's size"
                hint = f"between {least:.0%} and {most:.0%} (styles in the house style)"
                yield warning("headline-proportion", message, passage.span, hint=hint, page=page)


def headline_findings(passage: Passage, headline: Headline, setter: Setter, page: int) -> Iterator[Diagnostic]:
    """What the desk should look at: a break that may be wrong, lines that differ, a size below the limits."""
    name = passage.role
    for place in headline.breaks:
        if place.rival:
            before, after = headline.text[place.end - 1], headline.text[place.start]
            span = passage.at(max(0, passage.text.find(before + after) + 1))
            message = f"the {name} breaks between {before} and {after}, where {place.rival} can be read as a word"
            hint = f"put | where it may break, or list {place.rival} or the name in terms:"
            yield warning("headline-break-doubtful", message, span, hint=hint, page=page)
    if not headline.even:
        message = f"the {name} has no even division: its lines differ much, or one of them holds a single word"
        hint = "put | where it should break"
        yield warning("headline-uneven", message, passage.span, hint=hint, page=page)
    if not headline.within:
        yield from _tightness(passage, headline.size, setter, page)


def _tightness(passage: Passage, size: Pt, setter: Setter, page: int) -> Iterator[Diagnostic]:
    """A part that is smaller than its style to fit at all; an error where it is smaller than the text below it."""
    name = passage.role
    usual, text = setter.style(name).size, setter.style("body").size
    if fits(usual * (1 - setter.house.head.size_step), size):
        return
    message = f"the {name} is too long: it is set at {size:.1f} pt to fit at all"
    hint = "shorten it, put | where it may break, or allow more lines (head: lines_max in the house style)"
    if name == "byline":
        hint = "shorten it, or put spaces between its names: it breaks there"
    if fits(min(usual, text), size):
        yield warning("headline-tight", message, passage.span, hint=hint, page=page)
    else:
        message += f", smaller than the text of {text:g} pt"
        yield error("headline-tiny", message, passage.span, hint=hint, page=page)


def draw_head(plan: HeadPlan, setter: Setter, frame: Frame, breadth: Pt, *, clear: Pt = 0.0) -> tuple[Item, ...]:
    """The block's type from the frame's first line on, the blank that ``breadth`` leaves before it and behind.

    Where the house style has a ground for heads it covers that but for its last ``clear`` points, the type in its
    middle.
    """
    length, tint = frame.length(plan.columns), setter.house.head.tint
    if tint is None:
        return tuple(_head_runs(plan, setter, frame, (breadth - plan.breadth(setter)) * plan.lead))
    ground = Fill(frame.box(0.0, 0.0, length, breadth - clear), setter.house.palette[tint], tag="head")
    return ground, *_head_runs(plan, setter, frame, (breadth - clear - plan.breadth(setter)) / 2)


def _head_runs(plan: HeadPlan, setter: Setter, frame: Frame, across: Pt) -> Iterator[Item]:
    """The type, its first part ``across`` points from the frame's first line."""
    gap = setter.house.head.gap
    for part in plan.parts:
        for line in part.lines:
            across += part.size * room_above(line)
            along = _place(part, line, setter, frame, plan.columns)[0]
            start = frame.start(along, across, part.size)
            yield from setter.set_from(start, line, part.style, size=part.size, vertical=frame.vertical)
            across += part.size * (1 + INTERLINE)
        across += gap - part.size * INTERLINE


def _place(part: Part, line: Line, setter: Setter, frame: Frame, columns: int) -> tuple[Pt, bool]:
    """How far along a line begins, moved so that the fold of a spread cuts no character; False where it cuts one."""
    padding = ground_padding(setter)
    room = frame.length(columns) - 2 * padding - line.width * part.size
    along, clear = padding + _offset(setter.style(part.style).align, room), fold_gutter(setter.house.grid)
    if clear is None or frame.vertical:
        return along, True
    fold = sum(clear) / 2 - frame.x
    starts = accumulate(
        (placed.advance * part.size for placed in line.clusters), initial=along + line.indent * part.size
    )
    cut = [
        (start, end)
        for (start, end), placed in zip(pairwise(starts), line.clusters, strict=True)
        if start + EPSILON < fold < end - EPSILON and placed.text.strip()
    ]
    moves = sorted((fold - edge for pair in cut for edge in pair), key=abs)
    within = [move for move in moves if padding - EPSILON <= along + move <= padding + room + EPSILON]
    return along + (within[0] if within else 0.0), bool(within) or not cut


def _fold_findings(
    passage: Passage, part: Part, setter: Setter, frame: Frame, columns: int, page: int
) -> Iterator[Diagnostic]:
    if not all(_place(part, line, setter, frame, columns)[1] for line in part.lines):
        message = f"the fold cuts a character of the {part.style}"
        hint = "shorten it, or break it at the fold with |: there must be half a character's room at its ends"
        yield warning("head-over-fold", message, passage.span, hint=hint, page=page)


def _offset(align: str, room: Pt) -> Pt:
    return {"centre": room / 2, "end": room}.get(align, 0.0)
