"""How a story came out, in numbers."""

from collections import Counter

from msgspec import Struct

from layout.compose.copyfit import Fitted, natural_lines
from layout.compose.plan import StoryPlan
from layout.compose.pour import Placed, Pour
from layout.compose.quality import Quality


class StoryReport(Struct, frozen=True):
    """How a story came out. Lines and characters: positive is over (多), negative under (欠).

    ``natural`` is before copyfitting touched anything, ``over`` what remains after it; ``head``, ``bands`` and ``foot``
    are the lines that the headline block, the bands of pictures and the columns' foot took, ``short`` the columns that
    end a line before the others; ``passes`` counts the paragraphs by the pass of the breaker that they
    needed, ``quality`` tells how its lines came out.
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
    quality: Quality


def report_of(plan: StoryPlan, fitted: Fitted, quality: Quality) -> StoryReport:
    """The numbers of a fitted story."""
    elements, poured, measure = plan.galley.elements, fitted.pour, plan.frame.measure
    natural = natural_lines(elements) - len(plan.slots(plan.unfitted)) if elements else 0
    over = poured.over or (-poured.left if elements else 0)
    passes = Counter(placed.broken.passed for placed in poured.placed if placed.broken is not None)
    return StoryReport(
        slug=plan.story.slug,
        slots=poured.capacity,
        lines=sum(len(placed.slots) for placed in poured.placed),
        natural_lines=natural,
        natural_characters=natural * measure,
        over_lines=over,
        over_characters=_characters_over(poured, measure) if over > 0 else over * measure,
        head=fitted.adjustment.head,
        bands=fitted.adjustment.bands,
        foot=fitted.adjustment.foot,
        short=fitted.adjustment.short,
        passes=tuple(sorted(passes.items())),
        quality=quality,
    )


def _characters_over(poured: Pour, measure: int) -> int:
    """Copy that found no slot, in characters; a line of a table or a section head counts as a full one."""
    over = 0
    for placed in poured.placed:
        lost = sum(slot >= poured.capacity for slot in placed.slots)
        if placed.broken is None:
            over += lost * measure
        else:
            over += sum(len(line.text) for line in placed.broken.lines[len(placed.slots) - lost :])
    return over


def overset(plan: StoryPlan, poured: Pour) -> tuple[str, ...]:
    """The lines, and the rows of tables, that found no slot."""
    return tuple(
        text
        for placed in poured.placed
        if (lost := sum(slot >= poured.capacity for slot in placed.slots))
        for text in _lost(plan, placed, lost)
    )


def _lost(plan: StoryPlan, placed: Placed, lost: int) -> list[str]:
    if placed.broken is not None:
        return [line.text for line in placed.broken.lines[len(placed.slots) - lost :]]
    table = plan.galley.tables.get(placed.element)
    if table is None:
        return []
    first = 0 if lost == len(placed.slots) else table.lines - lost + table.again
    rows: dict[float, list[str]] = {}
    for text in table.texts:
        if text.row >= first:
            rows.setdefault(text.row, []).append(text.line.text)
    return ["\u3000".join(rows[row]) for row in sorted(rows)]
