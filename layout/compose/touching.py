"""碰题: headlines of two stories side by side at one height, which a reader takes for one."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from msgspec import Struct

from layout.compose.grid import EM_TOP, fold_gutter
from layout.compose.story import Placement
from layout.core import EPSILON, Diagnostic, Pt, Rect, warning
from layout.display import GlyphRun, Item
from layout.house.model import Grid
from layout.issue.model import Page, Story

SAME_HEIGHT: Final = 0.5
"""The share of the lower one of two heads that stands beside the other."""

UNLIKE: Final = 1.5
"""From this ratio of their sizes on two heads are not taken for one."""


class HeadType(Struct, frozen=True):
    """The type of a story's main headline: what it covers, and its size."""

    story: Story
    rect: Rect
    size: Pt


def touching_heads(page: Page, placements: Sequence[Placement], grid: Grid) -> Iterator[Diagnostic]:
    """A warning for each two headlines that stand less than a base column apart at one height.

    A box keeps its story's head apart, and so does a head of another form (vertical) or of quite another size. So does
    the fold of a spread between the two.
    """
    stories = {story.slug: story for story in page.stories}
    heads = [head for each in placements if (head := head_type(stories[each.slug], each.items)) is not None]
    for one, other in combinations(heads, 2):
        left, right = sorted((one, other), key=lambda head: head.rect.x)
        if _is_beside(left, right, grid.characters * grid.size) and not _fold_parts(left, right, grid):
            message = (
                f"the headlines of {left.story.slug} and {right.story.slug} stand side by side at one height (碰题)"
            )
            hint = "move one of the stories, box it, or set its head vertically, larger, or over fewer columns"
            passage = right.story.headline
            assert passage is not None  # its type stands on the page
            yield warning("headlines-touch", message, passage.span, hint, page.number)


def _fold_parts(left: HeadType, right: HeadType, grid: Grid) -> bool:
    """Whether two heads stand on facing pages."""
    clear = fold_gutter(grid)
    return clear is not None and left.rect.right <= clear[0] + EPSILON and right.rect.x >= clear[1] - EPSILON


def head_type(story: Story, items: Sequence[Item]) -> HeadType | None:
    """The type of a story's headline; None for one that a box keeps apart, that is vertical, or that has none."""
    if story.box is not None or story.headline is None:
        return None
    runs = [item for item in items if isinstance(item, GlyphRun) and item.tag == "headline" and item.flow == "across"]
    if not runs:
        return None
    size = max(run.size for run in runs)
    left, right = min(run.x for run in runs), max(run.x + run.width for run in runs)
    top = min(run.baseline - EM_TOP * run.size for run in runs)
    bottom = max(run.baseline + (1 - EM_TOP) * run.size for run in runs)
    return HeadType(story, Rect(left, top, right - left, bottom - top), size)


def _is_beside(left: HeadType, right: HeadType, near: Pt) -> bool:
    one, other = left.rect, right.rect
    shared = min(one.bottom, other.bottom) - max(one.y, other.y)
    alike = max(left.size, right.size) < UNLIKE * min(left.size, right.size)
    return alike and shared > SAME_HEIGHT * min(one.height, other.height) and other.x - one.right < near
