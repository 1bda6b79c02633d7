"""A fitted story judged: its numbers, and each broken rule with its place (rules Q-1 to Q-10)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TypeAlias

from msgspec.structs import replace

from layout.compose.copyfit import Fitted
from layout.compose.grid import Slot
from layout.compose.plan import StoryPlan
from layout.compose.quality.columns import column_flaws
from layout.compose.quality.display import body_runs, is_strange, is_vertical, off_edge, off_grid, stretches
from layout.compose.quality.figures import Poured, Quality, justified, rivers, tracking_classes, unevenness
from layout.compose.quality.findings import Finding, diagnostics, ink_diagnostics, tolerance
from layout.compose.quality.heads import head_flaws
from layout.compose.quality.ink import InkFlaw, ink_flaws
from layout.core import EPSILON, Diagnostic
from layout.display import GlyphRun, Item
from layout.issue.model import Passage
from layout.text import Line
from layout.text.costs import COMFORTABLE
from layout.text.hyphens import SOFT
from layout.text.inspection import flaws

Slots: TypeAlias = tuple[Slot, ...]

_DIGITS = 4


def check_story(plan: StoryPlan, fitted: Fitted, items: Sequence[Item]) -> tuple[Quality, tuple[Diagnostic, ...]]:
    """Judge a story by its lines, its columns and its display ``items``."""
    slots, runs = plan.slots(fitted.adjustment), body_runs(items)
    poured = _poured(plan, fitted, slots)
    found = (
        *_line_findings(plan, poured, vertical=is_vertical(runs)),
        *_column_findings(plan, fitted, slots),
        *_head_findings(plan),
        *_copy_findings(plan, poured, runs),
    )
    inks = ink_flaws(items, plan.setter.measures.faces())
    quality = _quality(plan, fitted, slots, poured, runs, (*found, *inks))
    return quality, (*diagnostics(plan, quality, found), *ink_diagnostics(plan, inks))


def _poured(plan: StoryPlan, fitted: Fitted, slots: Slots) -> tuple[Poured, ...]:
    passages = plan.galley.passages
    return tuple(
        Poured(passages[placed.element], placed.broken, tuple(slots[n] for n in placed.slots if n < len(slots)))
        for placed in fitted.pour.placed
        if placed.broken is not None
    )


def _line_findings(plan: StoryPlan, poured: Sequence[Poured], *, vertical: bool) -> Iterator[Finding]:
    setting = replace(plan.setter.setting("body"), vertical=vertical)
    widest = tolerance(plan.frame.measure).widest
    for passage, broken, slots in poured:
        lines = broken.lines[: len(slots)]
        for flaw in flaws(lines, setting):
            if flaw.code != "lone-character" or len(lines) == len(broken.lines):
                yield Finding(flaw.code, passage, flaw.at, flaw.amount)
        if max((line.tracking for line in lines), default=0.0) > widest + EPSILON:
            yield from _loose(passage, lines, widest)


def _loose(passage: Passage, lines: Sequence[Line], widest: float) -> Iterator[Finding]:
    """The lines that are opened farther than rule Q-5 lets pass."""
    at = 0
    for line in lines:
        if line.tracking > widest + EPSILON:
            yield Finding("loose-line", passage, at, line.tracking)
        at += len(line.text)


def _column_findings(plan: StoryPlan, fitted: Fitted, slots: Slots) -> Iterator[Finding]:
    for flaw in column_flaws(plan.galley, fitted.pour, slots):
        yield Finding(flaw.code, plan.galley.passages[flaw.element])


def _head_findings(plan: StoryPlan) -> Iterator[Finding]:
    for part, passage in _heads(plan):
        for code in head_flaws(part):
            yield Finding(code, passage)


def _heads(plan: StoryPlan) -> Iterator[tuple[tuple[Line, ...], Passage]]:
    """The lines of each head of the story, phrase by phrase, and what they set.

    Where one phrase of a section head ends and the next begins nothing is broken: their styles tell them apart.
    """
    for part in plan.head.parts if plan.head else ():
        passage: Passage | None = getattr(plan.story, part.style)
        if passage is not None and part.style != "byline":
            yield part.lines, passage
    for element, section in plan.galley.sections.items():
        for _, rows in groupby(section.rows, lambda row: row[0]):
            yield tuple(line for _, _, line in rows), plan.galley.passages[element]


def _copy_findings(plan: StoryPlan, poured: Sequence[Poured], runs: Sequence[GlyphRun]) -> Iterator[Finding]:
    """Copy that is not on the page, or twice, or in other characters; unless no face has some of it."""
    if _has_gaps(plan):
        return
    shown = "".join([run.text for run in runs]).replace(SOFT, "")
    copy = "".join([line.text for each in poured for line in each.broken.lines[: len(each.slots)]])
    if poured and (shown != copy or is_strange(shown)):
        at = next((n for n, (one, other) in enumerate(zip(shown, copy, strict=False)) if one != other), 0)
        yield Finding("copy-changed", poured[0].passage, 0, at)


def _quality(
    plan: StoryPlan,
    fitted: Fitted,
    slots: Slots,
    poured: Sequence[Poured],
    runs: Sequence[GlyphRun],
    found: Sequence[Finding | InkFlaw],
) -> Quality:
    lines = [(line, slot) for each in poured for line, slot in justified(each)]
    tracking = [line.tracking for line, _ in lines]
    drawn = () if _has_gaps(plan) else tuple(stretches(runs))
    free = plan.slots(replace(fitted.adjustment, foot=0, short=0)) if _is_short(fitted) else slots
    used = [slots[n] for placed in fitted.pour.placed for n in placed.slots if n < len(slots)]
    return Quality(
        lines=sum(len(each.slots) for each in poured),
        justified=len(lines),
        tracking=tracking_classes(tracking),
        loose=sum(x > COMFORTABLE + EPSILON for x in tracking),
        rivers=rivers(lines),
        mean=round(sum(tracking) / max(1, len(tracking)), _DIGITS),
        widest=round(max(tracking, default=0.0), _DIGITS),
        flaws=tuple(sorted(Counter(finding.code for finding in found).items())),
        uneven=unevenness(free, used),
        off_grid=round(off_grid(drawn, plan.setter.house.grid), _DIGITS),
        off_edge=round(off_edge(drawn, plan.frame), _DIGITS),
    )


def _is_short(fitted: Fitted) -> bool:
    """Whether copyfitting left lines blank at the columns' feet."""
    return bool(fitted.adjustment.foot or fitted.adjustment.short)


def _has_gaps(plan: StoryPlan) -> bool:
    """Whether characters that no face has leave gaps in the lines: that is told already."""
    return any(found.code == "glyph-missing" for found in plan.setter.diagnostics)
