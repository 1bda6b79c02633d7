"""Composing an issue: every page to a display page, with what was found."""

from functools import partial
from pathlib import Path

from msgspec import Struct

from layout.compose import ComposedPage, Setter, compose_page
from layout.core import Diagnostic, Span, error, warning
from layout.display import Document
from layout.issue.model import Ad, Issue, Page, Photo
from layout.pipeline.load import Prepared
from layout.pipeline.uses import picture_uses
from layout.pipeline.workers import Progress, share_out


class Composition(Struct, frozen=True):
    """A composed issue: pages in order, the display document, everything that was found."""

    pages: tuple[ComposedPage, ...]
    document: Document
    diagnostics: tuple[Diagnostic, ...]


def compose_issue(prepared: Prepared, *, jobs: int = 1, progress: Progress | None = None) -> Composition:
    """Compose all pages, in ``jobs`` processes. Raises OSError when the system ends one of them."""
    work = partial(compose_one, prepared)
    return gather(prepared, tuple(share_out(work, len(prepared.issue.pages), jobs=jobs, progress=progress)))


def gather(prepared: Prepared, pages: tuple[ComposedPage, ...]) -> Composition:
    """Composed pages as one document, with the findings that need the whole."""
    document = Document(prepared.title, prepared.issue.date, tuple(page.display for page in pages))
    found = (*(d for page in pages for d in page.diagnostics), *_resolution_findings(prepared, document))
    return Composition(pages, document, found)


def compose_one(prepared: Prepared, index: int) -> ComposedPage:
    """Compose the page at ``index`` of the issue."""
    page = prepared.issue.pages[index]
    setters = page_setters(page, prepared)
    return compose_page(prepared.issue, page, setters[""], setters, prepared.facts, prepared.foreign)


def page_setters(page: Page, prepared: Prepared) -> dict[str, Setter]:
    """A setter for the page ("") and for each of its stories; those of one style share one, and its faces."""
    made: dict[int, Setter] = {}
    setters: dict[str, Setter] = {}
    for slug in ("", *(story.slug for story in page.stories)):
        house = prepared.houses[page.number, slug]
        if id(house) not in made:
            made[id(house)] = Setter(house, prepared.measures(house), prepared.issue.terms)
        setters[slug] = made[id(house)]
    return setters


def _resolution_findings(prepared: Prepared, document: Document) -> tuple[Diagnostic, ...]:
    found = []
    spans = photo_spans(prepared.issue)
    for use in picture_uses(document.pages, prepared.facts):
        press = prepared.houses[use.page, ""].press
        name = Path(use.source).name
        message = f"{name} has {use.resolution:.0f} ppi at its printed size"
        if use.resolution < press.resolution_min:
            hint = f"at least {press.resolution_min:.0f} ppi; print it smaller or get a larger file"
            found.append(error("image-resolution", message, spans[use.page, use.source], hint=hint, page=use.page))
        elif use.resolution < press.resolution_warn:
            hint = f"{press.resolution_warn:.0f} ppi and more print sharp"
            found.append(
                warning("image-resolution-low", message, spans[use.page, use.source], hint=hint, page=use.page)
            )
    return tuple(found)


def photo_spans(issue: Issue) -> dict[tuple[int, str], Span]:
    """Where each photograph, and each ad, is named, by page number and path."""
    return {
        (number, str(placed.file)): placed.span
        for page in issue.pages
        for number in page.numbers
        for placed in placed_files(page)
    }


def placed_files(page: Page) -> tuple[Photo | Ad, ...]:
    """The files that stand on a page: its ads and its stories' photographs."""
    return (*page.ads, *(photo for story in page.stories for photo in story.photos))
