"""One story in its area: copy set, pictures placed, the whole fitted and drawn."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import inf

from layout.compose.bands import Band, Stand, gives, plan_bands, stand
from layout.compose.blocks.headline import HeadPlan, draw_head, plan_head
from layout.compose.blocks.photo import draw_photo
from layout.compose.blocks.section import draw_section
from layout.compose.blocks.vertical import VerticalHead, draw_vertical, plan_vertical
from layout.compose.copyfit import Adjustment, Fitted, elasticity, fit, natural_lines
from layout.compose.galley import Galley, lints, set_galley
from layout.compose.grid import Block, Frame, Slot, area_rect, make_frame, whole_page
from layout.compose.pour import OVERSET, Credit, Head, Pieces, Placed, Pour, Text, pour
from layout.compose.rules import frame_rule, vertical_rule
from layout.compose.setting import Setter
from layout.core import Diagnostic, Insets, Rect, error, warning
from layout.display import Fill, Item
from layout.images import ImageFacts
from layout.issue.model import Area, Story
from layout.source import nearest
from layout.text import Line


@dataclass(frozen=True, slots=True)
class StoryReport:
    """How a story came out. Lines and characters: positive is over (多), negative under (欠).

    ``natural`` is before copyfitting touched anything, ``over`` what remains after it; ``head``, ``bands`` and ``foot``
    are the lines that the headline block, the bands of pictures and the columns' foot took, ``short`` the columns that
    end a line before the others; ``passes`` counts the
    paragraphs by the pass of the breaker that they needed.
    """

    slug: str
    slots: int
    lines: int
    natural_lines: int
    natural_characters: int
    over_lines: int
    over_characters: int
    head: int
    bands: tuple[int, ...]
    foot: int
    short: int
    passes: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Placement:
    """A story on its page: what it covers, what stands there, how it fits.

    ``columns`` are its text columns, ``overset`` the lines that found no place in them.
    """

    slug: str
    rect: Rect
    items: tuple[Item, ...]
    report: StoryReport
    diagnostics: tuple[Diagnostic, ...]
    columns: tuple[Rect, ...] = ()
    overset: tuple[str, ...] = ()


def compose_story(story: Story, setter: Setter, facts: Mapping[str, ImageFacts], *, page: int) -> Placement:
    """Compose one story. Its faults are in the placement's diagnostics; what can be drawn is drawn even so."""
    return _StoryMaker(story, setter, dict(facts), page).placement()


def story_area(story: Story, setter: Setter) -> Area:
    """The story's area: its own, or the whole type area."""
    return story.area or whole_page(setter.house.grid)


@dataclass(frozen=True)
class _StoryMaker:
    story: Story
    setter: Setter
    facts: dict[str, ImageFacts]
    page: int

    @cached_property
    def frame(self) -> Frame:
        wanted = self._framed(self._columns)
        return wanted if self._holds_text(wanted) else self._framed(1)

    def _framed(self, columns: int) -> Frame:
        size, area = self.setter.style("body").size, story_area(self.story, self.setter)
        return make_frame(self.setter.house.grid, area, size=size, columns=columns, inset=self._padding)

    @property
    def _padding(self) -> Insets:
        """What a box and a vertical head take off the area; two characters part the head from the text."""
        grid = self.setter.house.grid
        pad = Insets(grid.pitch, grid.size, grid.pitch, grid.size) if self.story.box else Insets()
        taken = self._strip.width + 2 * grid.size if self.beside else 0.0
        if self.story.head.vertical == "left":
            return replace(pad, left=pad.left + taken)
        return replace(pad, right=pad.right + taken)

    @property
    def _columns(self) -> int:
        """The text columns: as the issue says, else the base columns that the padding leaves room for."""
        area = story_area(self.story, self.setter)
        width = area_rect(self.setter.house.grid, area).width
        left = width - self._padding.left - self._padding.right if self.beside else width
        return self.story.columns or max(1, round(area.columns * left / width))

    @cached_property
    def beside(self) -> VerticalHead | None:
        """The head, if it stands vertically beside the text."""
        if self.story.head.vertical is None:
            return None
        return plan_vertical(self.story, self.setter, self._inside.height)

    @property
    def _inside(self) -> Rect:
        """The story's area without the padding of its box."""
        grid = self.setter.house.grid
        rect = area_rect(grid, story_area(self.story, self.setter))
        return rect.inset(Insets(grid.pitch, grid.size, grid.pitch, grid.size)) if self.story.box else rect

    @property
    def _strip(self) -> Rect:
        """Where the vertical head stands: at the outer edge of its side."""
        inside = self._inside
        width = self.beside.width if self.beside else 0.0
        x = inside.x if self.story.head.vertical == "left" else inside.right - width
        return Rect(x, inside.y, width, inside.height)

    def _holds_text(self, frame: Frame) -> bool:
        """Whether a column holds a paragraph's first line: its indent and two characters."""
        return frame.measure >= self.setter.style("body").indent + 2

    def _narrow_findings(self) -> Iterator[Diagnostic]:
        wanted = self._columns
        if self.frame.columns != wanted or not self._holds_text(self.frame):
            message = f"story {self.story.slug}: {wanted} columns are too narrow for text"
            yield error("columns-narrow", message, self.story.span, "use fewer columns or a wider area", self.page)

    @cached_property
    def head(self) -> HeadPlan | None:
        if self.story.head.vertical is not None:
            return None
        return plan_head(self.story, self.setter, self.frame, page=self.page)

    @cached_property
    def galley(self) -> Galley:
        return set_galley(self.story, self.setter, self.frame) if self._holds_text(self.frame) else Galley((), {}, ())

    @cached_property
    def planned(self) -> tuple[tuple[Band, ...], tuple[Diagnostic, ...]]:
        return plan_bands(self.story, self.setter, self.frame, self.facts)

    @property
    def bands(self) -> tuple[Band, ...]:
        return self.planned[0]

    def placement(self) -> Placement:
        fitted = self._fit()
        stands = self._stands(fitted.adjustment)
        slots = self._slots(fitted.adjustment)
        items = (*self._box(), *self._head(fitted.adjustment), *self._photos(stands), *self._text(fitted.pour, slots))
        report = self._report(fitted, slots)
        faults = (
            *self._narrow_findings(),
            *self.planned[1],
            *self._box_findings(),
            *self._collisions(fitted.adjustment),
            *self._fit_findings(report),
        )
        rect = area_rect(self.setter.house.grid, story_area(self.story, self.setter))
        found = (*lints(self.story), *(self.head.findings if self.head else ()), *faults)
        columns = tuple(self.frame.rect(Block(n, n + 1, 0, self.frame.lines)) for n in range(self.frame.columns))
        return Placement(self.story.slug, rect, items, report, found, columns, _overset(fitted.pour))

    # fitting

    def _head_lines(self, adjustment: Adjustment) -> int:
        return self.head.lines + adjustment.head if self.head else 0

    def _head_blocks(self, adjustment: Adjustment) -> tuple[Block, ...]:
        """The lines that the head takes; the text beside it keeps clear of a story above as the head does."""
        if self.head is None:
            return ()
        below = story_area(self.story, self.setter).first_line > 1 and not self.story.box
        clear = self.setter.house.head.lines_above if below else 0
        beside = Block(self.head.columns, self.frame.columns, 0, clear)
        return Block(0, self.head.columns, 0, self._head_lines(adjustment)), beside

    def _stands(self, adjustment: Adjustment) -> tuple[Stand, ...]:
        top, foot = self._head_lines(adjustment), self.frame.lines - adjustment.foot
        return stand(self.bands, adjustment.bands, self.setter, top=top, foot=foot)

    def _slots(self, adjustment: Adjustment) -> tuple[Slot, ...]:
        obstacles = (*self._head_blocks(adjustment), *(b for s in self._stands(adjustment) for b in s.obstacles))
        slots = self.frame.slots(obstacles, last_line=self.frame.lines - adjustment.foot)
        return shortened(slots, self.frame.columns - adjustment.short)

    def _pour(self, adjustment: Adjustment, limit: float = inf) -> Pour | None:
        penalty = OVERSET * 100 if any(True for _ in self._collisions(adjustment)) else 0.0
        slots = pieces(self._slots(adjustment))
        poured = pour(self.galley.elements, slots, measure=self.frame.measure, limit=limit - penalty)
        return poured and replace(poured, cost=poured.cost + penalty)

    @property
    def _unfitted(self) -> Adjustment:
        return Adjustment(0, (0,) * len(self.bands), 0, 0.0)

    def _fit(self) -> Fitted:
        elements = self.galley.elements
        if not elements:
            return self._fill_with_pictures()
        return fit(
            len(self._slots(self._unfitted)) - natural_lines(elements),
            limits=self.setter.house.copyfit,
            columns=self.frame.columns,
            bands=gives(self.bands, self.setter),
            head_columns=self.head.columns if self.head else 0,
            elastic=elasticity(elements),
            attempt=self._pour,
        )

    def _fill_with_pictures(self) -> Fitted:
        """A story without copy gives its first band all the height that is left."""
        if not self.bands:
            return self._fitted(self._unfitted)
        spare = self.frame.lines - self._head_lines(self._unfitted) - sum(band.height for band in self.bands)
        first = self.bands[0].spots[0].photo.lines
        grown = Adjustment(0, (0 if first else spare, *(0 for _ in self.bands[1:])), 0, 0.0)
        return self._fitted(grown)

    def _fitted(self, adjustment: Adjustment) -> Fitted:
        poured = self._pour(adjustment)
        assert poured is not None  # without a limit there is always a way
        return Fitted(adjustment, poured)

    # drawing

    def _box(self) -> Iterator[Item]:
        box, house = self.story.box, self.setter.house
        rect = area_rect(house.grid, story_area(self.story, self.setter))
        if box and box.tint is not None and box.tint in house.palette:
            yield Fill(rect, house.palette[box.tint], tag="box")
        if box and box.rule is not None and box.rule in house.rules:
            yield from frame_rule(house, box.rule, rect, tag="box")

    def _head(self, adjustment: Adjustment) -> tuple[Item, ...]:
        if self.beside is not None:
            return draw_vertical(self.beside, self.setter, self._strip)
        return draw_head(self.head, self.setter, self.frame, self._head_lines(adjustment)) if self.head else ()

    def _photos(self, stands: tuple[Stand, ...]) -> Iterator[Item]:
        placed = [(spot, block) for each in stands for spot, block in zip(each.band.spots, each.blocks, strict=True)]
        for spot, block in sorted(placed, key=lambda pair: pair[0].index):
            facts = self.facts.get(str(spot.photo.file))
            yield from draw_photo(spot.photo, facts, spot.caption, self.setter, self.frame, block)

    def _text(self, poured: Pour, slots: tuple[Slot, ...]) -> Iterator[Item]:
        last: tuple[Placed, ...] = ()
        for placed in poured.placed:
            here = tuple(slots[slot] for slot in placed.slots if slot < len(slots))
            match self.galley.elements[placed.element]:
                case Text() if placed.broken is not None:
                    for line, slot in zip(placed.broken.lines, here, strict=False):
                        yield from self.setter.runs(line, "body", x=slot.x, baseline=slot.baseline)
                    last = (placed,)
                case Head() if here:
                    first = placed.slots[0]
                    heads = first == 0 or not slots[first].follows(slots[first - 1])
                    plan = self.galley.sections[placed.element]
                    yield from draw_section(plan, self.setter, self.frame, here, heads_column=heads)
                case Credit():
                    last_line = last[0].slots[-1:] if last else ()
                    places = [slots[n] for n in placed.slots or last_line if n < len(slots)]
                    for line, slot in zip(self.galley.credit, places, strict=False):
                        yield from self._credit(line, slot)
        yield from self._column_rules(slots)

    def _credit(self, line: Line, slot: Slot) -> tuple[Item, ...]:
        x = slot.x + slot.width - line.measure * self.setter.style("credit").size
        return self.setter.runs(line, "credit", x=x, baseline=slot.baseline)

    def _column_rules(self, slots: tuple[Slot, ...]) -> Iterator[Item]:
        """A rule in each gutter, as far as there is text on both sides."""
        rule = self.setter.house.furniture.column_rule
        for column in range(self.frame.columns - 1 if rule else 0):
            both = {s.line for s in slots if s.column == column} & {s.line for s in slots if s.column == column + 1}
            x = self.frame.column_left(column + 1) - self.frame.gutter / 2
            for first, last in _stretches(both):
                top, bottom = self.frame.line_top(first), self.frame.line_top(last) + self.frame.size
                yield vertical_rule(self.setter.house, str(rule), x, top, bottom, tag="column-rule")

    # findings

    def _report(self, fitted: Fitted, slots: tuple[Slot, ...]) -> StoryReport:
        elements, poured = self.galley.elements, fitted.pour
        natural = natural_lines(elements) - len(self._slots(self._unfitted)) if elements else 0
        over = poured.over or (-poured.left if elements else 0)
        counts: dict[int, int] = {}
        for placed in poured.placed:
            if placed.broken is not None:
                counts[placed.broken.passed] = counts.get(placed.broken.passed, 0) + 1
        return StoryReport(
            slug=self.story.slug,
            slots=len(slots),
            lines=sum(len(placed.slots) for placed in poured.placed),
            natural_lines=natural,
            natural_characters=natural * self.frame.measure,
            over_lines=over,
            over_characters=sum(map(len, _overset(poured))) if over > 0 else over * self.frame.measure,
            head=fitted.adjustment.head,
            bands=fitted.adjustment.bands,
            foot=fitted.adjustment.foot,
            short=fitted.adjustment.short,
            passes=tuple(sorted(counts.items())),
        )

    def _box_findings(self) -> Iterator[Diagnostic]:
        box, house = self.story.box, self.setter.house
        named = ((box.rule, house.rules, "rule"), (box.tint, house.palette, "ink of the palette")) if box else ()
        for name, known, kind in named:
            if name is not None and name not in known:
                hint = nearest(name, tuple(known))
                yield error("unknown-name", f"{name} is no {kind}", self.story.span, hint=hint, page=self.page)

    def _fit_findings(self, report: StoryReport) -> Iterator[Diagnostic]:
        span, limit = self.story.span, self.setter.house.copyfit.short
        if report.over_lines > 0:
            characters = report.over_characters
            message = (
                f"story {report.slug}: {report.over_lines} lines, {characters} characters too long (多 {characters} 字)"
            )
            yield error(
                "overset", message, span, hint="cut the copy, make pictures lower, or enlarge the area", page=self.page
            )
        left = max(0, -report.over_lines)
        if report.foot * self.frame.columns + left > limit:  # columns level within a line are no fault
            blank = report.foot * self.frame.columns + report.short + left
            characters = blank * self.frame.measure
            message = f"story {report.slug}: {blank} lines, about {characters} characters short (欠 {blank} 行)"
            yield warning(
                "underset", message, span, hint="add copy or a picture, or make the area smaller", page=self.page
            )

    def _collisions(self, adjustment: Adjustment) -> Iterator[Diagnostic]:
        stands = self._stands(adjustment)
        placed = [(s.photo, b) for each in stands for s, b in zip(each.band.spots, each.blocks, strict=True)]
        head = self._head_blocks(adjustment)[:1]
        for nth, (photo, block) in enumerate(placed):
            if any(block.overlaps(other) for other in head):
                yield error("photo-overlap", "the photograph covers the headline", photo.span, page=self.page)
            if block.first_line < 0 or block.last_line > self.frame.lines:
                yield error(
                    "photo-outside",
                    "the photograph and its caption do not fit into the story's area",
                    photo.span,
                    page=self.page,
                )
            if any(block.overlaps(other) for _, other in placed[:nth]):
                yield error(
                    "photo-overlap", "the photograph covers another one or its caption", photo.span, page=self.page
                )


def shortened(slots: tuple[Slot, ...], first: int) -> tuple[Slot, ...]:
    """The slots without the last one of each column from ``first`` on."""
    last = {slot.column: slot for slot in slots}
    return tuple(slot for slot in slots if slot.column < first or slot is not last[slot.column])


def pieces(slots: tuple[Slot, ...]) -> Pieces:
    """Where unbroken pieces of column end in a list of slots."""
    ends = [0] * len(slots)
    end = len(slots)
    for index in range(len(slots) - 1, -1, -1):
        ends[index] = end
        if index == 0 or not slots[index].follows(slots[index - 1]):
            end = index
    return Pieces(tuple(ends), len(slots))


def _stretches(lines: set[int]) -> Iterator[tuple[int, int]]:
    """Runs of consecutive lines as (first, last)."""
    ordered = sorted(lines)
    first = 0
    for index, line in enumerate(ordered):
        if index + 1 == len(ordered) or ordered[index + 1] != line + 1:
            yield ordered[first], line
            first = index + 1


def _overset(poured: Pour) -> tuple[str, ...]:
    """The lines that found no slot."""
    return tuple(
        line.text
        for placed in poured.placed
        if placed.broken is not None
        for line, slot in zip(placed.broken.lines, placed.slots, strict=True)
        if slot >= poured.capacity
    )
