"""Ink coverage page by page, by the best means there are."""

from typing import Final

from layout.core import MM
from layout.images import plates
from layout.preflight.budget import OverBudget
from layout.preflight.facts import Opened
from layout.preflight.ink.estimate import estimate
from layout.preflight.ink.tiffsep import Separated, ghostscript, separate
from layout.preflight.model import Coverage, Facts, Page, Place, Shortfall

_SQUARE: Final = 15.0
"""Millimetres (GWG 2022, R0026)."""

_AREA_MAX: Final = 4.0e7
"""Square points of a trim whose plates are made: four broadsheet spreads in a row."""


def read_coverage(
    opened: Opened, facts: Facts, *, limit: float, exact: bool = True, dpi: float = 72.0
) -> tuple[tuple[Coverage, ...], tuple[Shortfall, ...]]:
    """The coverage of each page, and the facts' shortfalls with those pages that could not be judged.

    Not ``exact``, it is estimated even where there is a Ghostscript.
    """
    short = list(facts.shortfalls)
    wanted = [page for page in facts.pages if _area(page) <= _AREA_MAX]
    short += [Shortfall(page.number, "plates larger than any press has") for page in facts.pages if page not in wanted]
    separated = separate(opened.data, [page.number for page in wanted], dpi) if exact and ghostscript() else {}
    found = []
    for page in wanted:
        if page.number in separated:
            found.append(_from_plates(separated[page.number], page, limit=limit, dpi=dpi))
            continue
        try:
            found.append(_estimated(opened, page, limit=limit))
        except OverBudget as fault:
            short.append(Shortfall(page.number, fault.what))
    return tuple(found), tuple(short)


def _from_plates(separated: Separated, page: Page, *, limit: float, dpi: float) -> Coverage:
    return _coverage(separated.totals(limit=limit, side=_pixels(dpi)), page, "Ghostscript tiffsep", limit, dpi)


def _estimated(opened: Opened, page: Page, *, limit: float) -> Coverage:
    made = estimate(opened, page)
    totals = made.plates.totals(limit=limit, side=_pixels(made.dpi))
    return _coverage(totals, page, "estimated from the marks", limit, made.dpi)


def _coverage(totals: plates.InkTotals, page: Page, method: str, limit: float, dpi: float) -> Coverage:
    return Coverage(
        page=page.number,
        method=method,
        dpi=dpi,
        limit=limit,
        peak=totals.peak,
        peak_place=_place(totals.peak_at, dpi, 0.0),
        above=totals.above,
        square=totals.square,
        square_place=_place(totals.square_at, dpi, _SQUARE),
    )


def _place(at: tuple[int, int], dpi: float, side: float) -> Place:
    return Place(round(at[0] * 25.4 / dpi, 1), round(at[1] * 25.4 / dpi, 1), side, side)


def _pixels(dpi: float) -> float:
    return _SQUARE * MM / 72 * dpi


def _area(page: Page) -> float:
    left, bottom, right, top = page.boxes.frame
    return (right - left) * (top - bottom)
