"""Where on the page a finding is: from its place in the file through the copy to the line as set."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from layout.compose import ComposedPage, Placement
from layout.compose.grid import area_rect
from layout.core import Diagnostic, Rect, Span
from layout.display import Picture
from layout.house.model import Grid
from layout.issue.model import Page, Passage, Story
from layout.proof import Line, galley_lines
from layout.text.markup import press_copy

_SNIPPET = 12
"""So many characters of the copy are looked for in the lines, then fewer."""
_ROUND = 2.0
"""Points that a mark stands off what it marks."""


def place_of(found: Diagnostic, page: Page, composed: ComposedPage, grid: Grid) -> tuple[str, Rect | None]:
    """The slug of the story, or the name of the ad, that a finding belongs to, and its place; "" and None without."""
    placements = {placement.slug: placement for placement in composed.placements}
    for story in page.stories:
        placement = placements.get(story.slug)
        rect = _in_story(found.span, story, placement)
        if rect is not None:
            return story.slug, rect
        if story.area is not None and found.span == story.area.span:
            return story.slug, area_rect(grid, story.area)
        if found.span == story.span or (placement and found in placement.diagnostics):
            return story.slug, placement.rect if placement else None
    for placed in composed.ads:
        if found.span in {placed.ad.span, placed.ad.area.span}:
            return placed.name, placed.rect
    return "", None


def _in_story(span: Span, story: Story, placement: Placement | None) -> Rect | None:
    if placement is None:
        return None
    for photo in story.photos:
        if photo.span == span:
            return _picture(str(photo.file), placement)
    for passage in _passages(story):
        offset = _offset(span, passage)
        if offset is not None:
            return _copy(passage, offset, placement)
    return None


def _picture(source: str, placement: Placement) -> Rect:
    rects = (item.rect for item in placement.items if isinstance(item, Picture) and item.source == source)
    return next(rects, placement.rect)


def _passages(story: Story) -> Iterator[Passage]:
    heads = (story.kicker, story.headline, story.deck, story.byline, story.credit)
    captions = (photo.caption for photo in story.photos)
    return (passage for passage in (*heads, *story.text, *captions) if passage is not None)


def _offset(span: Span, passage: Passage) -> int | None:
    """The character of the passage that stands at that place of the file."""
    return next((offset for offset in range(len(passage.text)) if passage.at(offset) == span), None)


def _copy(passage: Passage, offset: int, placement: Placement) -> Rect:
    """The place of a character as typed; the story's frame when its line was not set."""
    press = press_copy(passage.text, passage.role)
    copy = press.text
    start = min(bisect_left(press.origin, offset), max(0, len(copy) - 1))
    lines = [line for line in galley_lines(placement.items) if line.role.startswith(passage.role)]
    text = "".join(line.text for line in lines)
    for begin in (start, start + 1):  # a character that no face has was not set: the next one tells the place
        for length in range(_SNIPPET, 0, -_SNIPPET // 4):
            at = text.find(copy[begin : begin + length])
            if at >= 0 and begin < len(copy):
                return _character(lines, at)
    return placement.rect


def _character(lines: Sequence[Line], at: int) -> Rect:
    """Two characters' room at a character of the lines, by its share of its line."""
    for line in lines:
        if at < len(line.text):
            break
        at -= len(line.text)
    r, share = line.rect, 1 / max(1, len(line.text))
    if line.vertical:
        place = Rect(r.x, r.y + at * share * r.height, r.width, 2 * share * r.height)
    else:
        place = Rect(r.x + at * share * r.width, r.y, 2 * share * r.width, r.height)
    return place.outset(_ROUND)
