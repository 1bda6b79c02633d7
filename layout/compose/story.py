"""One story in its area: planned, fitted, drawn, reported."""

from collections.abc import Mapping
from functools import partial
from math import inf

from msgspec import Struct
from msgspec.structs import replace

from layout.compose.bands import Spot, gives
from layout.compose.copyfit import Adjustment, Fitted, elasticity, fit, natural_lines
from layout.compose.drawing import draw_story
from layout.compose.findings import (
    bleed_findings,
    box_findings,
    caption_findings,
    collisions,
    fit_findings,
    over_findings,
    table_findings,
)
from layout.compose.floating import pour_round
from layout.compose.galley import lints
from layout.compose.grid import Block
from layout.compose.inks import ink_findings
from layout.compose.overprint import knocked_out, plain_ruby
from layout.compose.plan import StoryPlan, plan_story
from layout.compose.pour import OVERSET, Pour
from layout.compose.quality import check_story
from layout.compose.report import StoryReport, overset, report_of
from layout.compose.setting import Setter
from layout.core import Diagnostic, Rect
from layout.display import Item
from layout.images import ImageFacts
from layout.issue.model import Story


class Placement(Struct, frozen=True):
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
    plan = plan_story(story, setter, facts, page=page)
    fitted = fit_story(plan)
    items = knocked_out(plain_ruby(draw_story(plan, fitted, facts), setter.house), setter.house)
    quality, faults = check_story(plan, fitted, items)
    report = report_of(plan, fitted, quality)
    found = (
        *lints(story),
        *plan.findings,
        *box_findings(plan),
        *collisions(plan, fitted.adjustment),
        *caption_findings(plan, fitted.adjustment),
        *bleed_findings(plan, fitted.adjustment),
        *over_findings(plan, fitted.adjustment),
        *fit_findings(plan, report),
        *table_findings(plan, fitted.pour),
        *ink_findings(items, setter.house, story.span, page, story),
        *faults,
    )
    columns = tuple(plan.frame.rect(Block(n, n + 1, 0, plan.frame.lines)) for n in range(plan.frame.columns))
    return Placement(story.slug, plan.rect, items, report, found, columns, overset(plan, fitted.pour))


def fit_story(plan: StoryPlan) -> Fitted:
    """The adjustment that makes the story end with its columns, and its pour."""
    elements = plan.galley.elements
    if not elements:
        return _filled_with_pictures(plan)
    return fit(
        len(plan.slots(plan.unfitted)) - natural_lines(elements),
        limits=plan.setter.house.copyfit,
        columns=plan.frame.columns,
        bands=gives(plan.bands, plan.setter),
        head_columns=plan.head_columns,
        elastic=elasticity(elements),
        attempt=partial(_poured, plan),
    )


def _poured(plan: StoryPlan, adjustment: Adjustment, limit: float = inf) -> Pour | None:
    penalty = OVERSET * 100 if any(True for _ in collisions(plan, adjustment)) else 0.0
    slots = plan.slots(adjustment)
    poured = pour_round(plan.galley.elements, slots, measure=plan.frame.measure, limit=limit - penalty)
    return poured and replace(poured, cost=poured.cost + penalty)


def _filled_with_pictures(plan: StoryPlan) -> Fitted:
    """A story without copy gives its first band all the height that is left."""
    adjustment = plan.unfitted
    first = plan.bands[0].spots[0] if plan.bands else None
    if isinstance(first, Spot) and first.photo.lines is None:
        spare = plan.frame.lines - plan.head_lines(adjustment) - sum(band.height for band in plan.bands)
        grown = max(spare, 1 - plan.bands[0].lines)  # a picture has a line even where there is no room for it
        adjustment = replace(adjustment, bands=(grown, *adjustment.bands[1:]))
    poured = _poured(plan, adjustment)
    assert poured is not None  # without a limit there is always a way
    return Fitted(adjustment, poured)
