"""The two halves of a spread (跨版), each as a page of its own with nothing of the other but its overlap.

What crosses the fold is cut there: a picture by its crop, a fill by its rectangle, a run of type between its glyphs. A
glyph on the fold itself stands on both pages, clipped.
"""

from collections.abc import Iterable, Iterator
from typing import assert_never

from msgspec.structs import replace

from layout.core import EPSILON, Point, Pt, Rect, Size
from layout.display.document import DisplayPage
from layout.display.items import Curve, Fill, Foreign, Glyph, GlyphRun, Item, Picture, Stroke


def halves(page: DisplayPage, overlap: Pt = 0.0) -> tuple[DisplayPage, DisplayPage]:
    """The left and the right page of a spread; each runs on over the fold by ``overlap`` points."""
    assert page.fold is not None
    left = _half(page, 0, 0.0, page.fold, (page.bleed, overlap))
    right = _half(page, 1, page.fold, page.trim.width, (overlap, page.bleed))
    return left, right


def _half(page: DisplayPage, nth: int, left: Pt, right: Pt, beyond: tuple[Pt, Pt]) -> DisplayPage:
    """The part from ``left`` to ``right`` of a spread's trim, with what lies ``beyond`` on either side."""
    window = (left - beyond[0], right + beyond[1])
    return DisplayPage(
        page.folio + nth,
        Size(right - left, page.trim.height),
        page.bleed,
        tuple(_cut(page.items, window, left)),
        tuple(_cut(page.slug, window, left)),
        within=Rect(-beyond[0], -page.bleed, window[1] - window[0], page.trim.height + 2 * page.bleed),
    )


def _cut(items: Iterable[Item], window: tuple[Pt, Pt], origin: Pt) -> Iterator[Item]:
    """What shows of the items between two x, seen from ``origin``."""
    for item in items:
        kept = between(item, *window)
        if kept is not None:
            yield moved(kept, -origin)


def between(item: Item, left: Pt, right: Pt) -> Item | None:
    """What of an item lies between two x; None when nothing does."""
    match item:
        case Fill():
            rect = _overlap(item.rect, left, right)
            return replace(item, rect=rect) if rect else None
        case Picture():
            rect = _overlap(item.rect, left, right)
            return replace(item, rect=rect, crop=_crop(item, rect)) if rect else None
        case Foreign():  # cannot be cropped: the clip of the page cuts it
            return item if _touches([item.rect.x, item.rect.right], left, right) else None
        case GlyphRun():
            return _run(item, left, right)
        case Stroke():
            return _stroke(item, left, right)
        case Curve():
            return item if _touches([point.x for point in item.points], left, right) else None
        case _:
            assert_never(item)


def _touches(edges: list[Pt], left: Pt, right: Pt) -> bool:
    return max(edges) > left + EPSILON and min(edges) < right - EPSILON


def _overlap(rect: Rect, left: Pt, right: Pt) -> Rect | None:
    start, end = max(rect.x, left), min(rect.right, right)
    return replace(rect, x=start, width=end - start) if end > start + EPSILON else None


def _stroke(item: Stroke, left: Pt, right: Pt) -> Stroke | None:
    """A level rule is cut; one with dashes only clipped, so that they go on from page to page."""
    half = item.width / 2
    if not _touches([item.start.x - half, item.start.x + half, item.end.x], left, right):
        return None
    if item.dash or item.start.y != item.end.y:
        return item
    start, end = (replace(point, x=min(max(point.x, left), right)) for point in (item.start, item.end))
    return replace(item, start=start, end=end)


def _crop(item: Picture, rect: Rect) -> Rect:
    """The part of the picture that fills the part of its rectangle."""
    share = item.crop.width / item.rect.width
    return replace(item.crop, x=item.crop.x + (rect.x - item.rect.x) * share, width=rect.width * share)


def _run(run: GlyphRun, left: Pt, right: Pt) -> GlyphRun | None:
    """The glyphs of a run that reach between two x, clusters kept whole."""
    if run.flow != "across":
        half = run.size / 2
        return run if _touches([run.x - half, run.x + half], left, right) else None
    pen = start = run.x
    kept: list[Glyph] = []
    whole = False
    for nth, glyph in enumerate(run.glyphs):
        if glyph.text or nth == 0:
            whole = _touches([pen, pen + glyph.advance], left, right)
        if whole:
            start = start if kept else pen
            kept.append(glyph)
        pen += glyph.advance
    return replace(run, x=start, glyphs=tuple(kept)) if kept else None


def moved(item: Item, by: Pt) -> Item:
    """The item further right by so many points."""
    match item:
        case Fill() | Picture() | Foreign():
            return replace(item, rect=replace(item.rect, x=item.rect.x + by))
        case GlyphRun():
            return replace(item, x=item.x + by)
        case Stroke():
            return replace(item, start=_right(item.start, by), end=_right(item.end, by))
        case Curve():
            return replace(item, points=tuple(_right(point, by) for point in item.points))
        case _:
            assert_never(item)


def _right(point: Point, by: Pt) -> Point:
    return Point(point.x + by, point.y)
