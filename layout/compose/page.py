"""One page: its stories in their areas, the furniture round them, flattened to a display page."""

from collections.abc import Iterator, Mapping
from itertools import chain, combinations
from types import MappingProxyType
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from layout.compose.ads import PlacedAd, ad_names, place_ad
from layout.compose.furniture import fields, folio_line, page_parts, with_folio
from layout.compose.grid import area_rect
from layout.compose.ground import story_area
from layout.compose.inks import ink_findings
from layout.compose.outside import outside, plates_of
from layout.compose.setting import Setter
from layout.compose.story import Placement, compose_story
from layout.compose.touching import touching_heads
from layout.core import Diagnostic, Pt, Span, error
from layout.display import DisplayPage, Item, between, content_digest
from layout.foreign import ForeignFacts, ForeignKey
from layout.images import ImageFacts
from layout.issue.model import Issue, Page, Story

_DIGITS: Final = 8
"""Of the content's sha256 on the slug: enough to tell the versions of a page apart."""


class ComposedPage(Struct, frozen=True):
    """A page ready for any output, how its stories fit, and what was found on the way.

    ``digest`` is the sha256 of what stands on it.
    """

    display: DisplayPage
    placements: tuple[Placement, ...]
    diagnostics: tuple[Diagnostic, ...]
    ads: tuple[PlacedAd, ...] = ()
    digest: str = ""

    @property
    def plates(self) -> tuple[str, ...]:
        """The plates that the page needs: process inks, then spots."""
        return tuple(name for name, _ in plates_of(self.display.items))


def compose_page(
    issue: Issue,
    page: Page,
    setter: Setter,
    setters: Mapping[str, Setter],
    facts: Mapping[str, ImageFacts],
    foreign: Mapping[ForeignKey, ForeignFacts] = MappingProxyType({}),
) -> ComposedPage:
    """Compose one page.

    ``setter`` sets the furniture in the page's house style; ``setters`` holds one by slug for each story (its style may
    differ); ``facts`` are the photographs by path, ``foreign`` the ads that are pages of PDFs by path and page.
    """
    areas = tuple(_area_findings(page, setter))
    placements = tuple(
        compose_story(story, setters[story.slug], facts, page=page.number)
        for story in page.stories
        if not any(found.span == _span(story) for found in areas)
    )
    ads = tuple(
        place_ad(ad, name, setter, foreign.get((str(ad.file), ad.page)) or facts.get(str(ad.file)), folio=page.number)
        for ad, name in zip(page.ads, ad_names(page.ads), strict=True)
        if not any(found.span == ad.area.span for found in areas)
    )
    house = setter.house
    furniture = folio_line(issue, page, setter)
    parts = (*(placement.items for placement in placements), *(placed.items for placed in ads))
    items = with_folio(furniture, tuple(chain.from_iterable(parts)), house)
    sums = {source: one.sha256 for source, one in facts.items()}
    digest = content_digest(items, sums | {source: one.sha256 for (source, _), one in foreign.items()})
    beyond = tuple(
        item
        for number, area in page_parts(page, setter)
        for item in outside(
            setter,
            _of_page(items, page, number, house.trim.width),
            {**fields(issue, page, house, number), "digest": digest[:_DIGITS]},
            area,
        )
    )
    fold = house.trim.width / 2 if page.spread else None
    display = DisplayPage(page.number, house.trim, house.bleed, items, beyond, fold)
    noted = {id(each): each.diagnostics for each in (setter, *setters.values())}
    found = (
        *areas,
        *ink_findings(furniture, house, page.span, page.number),
        *(diagnostic for placement in placements for diagnostic in placement.diagnostics),
        *(diagnostic for placed in ads for diagnostic in placed.diagnostics),
        *touching_heads(page, placements, house.grid),
        *(_placed(each, page) for diagnostics in noted.values() for each in diagnostics),
    )
    return ComposedPage(display, placements, found, ads, digest)


def _placed(found: Diagnostic, page: Page) -> Diagnostic:
    """A finding with its place; what the furniture lacks, which stands in no copy, is told at its page."""
    return found if found.span.path else replace(found, span=page.span, page=page.number)


def _of_page(items: tuple[Item, ...], page: Page, number: int, width: Pt) -> tuple[Item, ...]:
    """What stands on one page of a spread; everything on a single page."""
    if not page.spread:
        return items
    left = (number - page.number) * width / 2
    parts = (between(item, left, left + width / 2) for item in items)
    return tuple(part for part in parts if part is not None)


def _halves(page: Page, columns: int) -> str:
    """Which columns of a spread are whose."""
    if not page.spread:
        return ""
    first, second = page.numbers
    half = columns // 2
    return f" (1-{half} on page {first}, {half + 1}-{columns} on page {second})"


def _span(story: Story) -> Span:
    return story.area.span if story.area else story.span


def _area_findings(page: Page, setter: Setter) -> Iterator[Diagnostic]:
    grid = setter.house.grid
    areas = [(f"story {story.slug}", _span(story), story_area(story, setter)) for story in page.stories]
    areas += [(f"ad {ad.file.name}", ad.area.span, ad.area) for ad in page.ads]
    for name, span, area in areas:
        if (
            area.first_column < 1
            or area.last_column > grid.columns
            or area.first_line < 1
            or area.last_line > grid.lines
        ):
            yield error(
                "area-outside",
                f"{name}: its area lies outside the type area",
                span,
                hint=f"columns 1-{grid.columns}{_halves(page, grid.columns)}, lines 1-{grid.lines}",
                page=page.number,
            )
    for (one, place, first), (other, span, second) in combinations(areas, 2):
        if area_rect(grid, first).overlaps(area_rect(grid, second)):
            hint = f"{one} stands at {place}"
            yield error("area-overlap", f"{one} and {other} overlap", span, hint=hint, page=page.number)
