"""What a well-formed issue can still get wrong, told without a house style."""

from collections.abc import Iterator

from layout.core import Diagnostic, error, warning
from layout.issue.model import Issue, Page, Story
from layout.source import Leaf, Table


def issue_faults(issue: Issue) -> tuple[Diagnostic, ...]:
    """Codes: duplicate-page, duplicate-slug, area-missing, empty-page."""
    found = [*_duplicate_pages(issue)]
    for page in issue.pages:
        found.extend(_duplicate_slugs(page))
        found.extend(_missing_areas(page))
        found.extend(_empty_page(page))
    return tuple(found)


def _duplicate_pages(issue: Issue) -> Iterator[Diagnostic]:
    first: dict[int, Page] = {}
    for page in issue.pages:
        for number in page.numbers:
            if number in first:
                hint = f"the first one is on line {first[number].span.line}"
                yield error("duplicate-page", f"there are two pages {number}", page.span, hint, page.number)
            first.setdefault(number, page)


def _duplicate_slugs(page: Page) -> Iterator[Diagnostic]:
    first: dict[str, Story] = {}
    for story in page.stories:
        if story.slug in first:
            hint = f"the first one is on line {first[story.slug].span.line}"
            message = f"two stories of page {page.number} are called {story.slug!r}"
            yield error("duplicate-slug", message, story.span, hint, page.number)
        first.setdefault(story.slug, story)


def _missing_areas(page: Page) -> Iterator[Diagnostic]:
    """A story without an area fills the page: it can only stand alone."""
    if len(page.stories) + len(page.ads) < 2:
        return
    for story in page.stories:
        if story.area is None:
            message = f"story {story.slug!r} has no area, but is not alone on page {page.number}"
            hint = "give each its part of the page, for example area: {columns: 1-5, lines: 1-60}"
            yield error("area-missing", message, story.span, hint, page.number)


def _empty_page(page: Page) -> Iterator[Diagnostic]:
    if not page.stories and not page.ads:
        hint = "give it stories: or ads:"
        yield error("empty-page", f"page {page.number} has nothing on it", page.span, hint, page.number)


def empty_text(story: Story, written: Table, page: int) -> Diagnostic | None:
    """Code text-empty: a text, or a file for it, is given and nothing stands in it."""
    if story.text or any(table.before is not None for table in story.tables):
        return None
    for key in ("text", "text_file"):
        leaf = written.get(key)
        if isinstance(leaf, Leaf) and leaf.value is not None:
            hint = f"write the copy, or leave {key} out"
            return warning("text-empty", f"story {story.slug!r}: its text is empty", leaf.span, hint, page)
    return None


def empty_story(story: Story, page: int) -> Diagnostic | None:
    """Code empty-story: no text, no head, no photograph and no table."""
    if story.text or story.photos or story.tables or story.kicker or story.headline or story.deck:
        return None
    hint = "give it text, a headline or photographs, or delete it"
    return error("empty-story", f"story {story.slug!r} has nothing in it", story.span, hint, page)
