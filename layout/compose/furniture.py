"""What the page carries beside its stories: the folio line (报眉) with its rule."""

from collections.abc import Iterator
from itertools import chain
from math import inf
from typing import Final

from msgspec.structs import replace

from layout.compose.grid import fold_gutter, type_area
from layout.compose.rules import horizontal_rule, on_picture
from layout.compose.setting import Setter
from layout.core import WHITE, Ink, Rect
from layout.display import Item, Picture, between
from layout.house.model import House
from layout.house.template import Value, fill
from layout.issue.model import Issue, Page

_WEEKDAYS: Final = "一二三四五六日"


def fields(issue: Issue, page: Page, house: House, number: int) -> dict[str, Value]:
    """What the templates of the furniture may name (``layout.house.template``); ``number`` is the page's."""
    return {
        "paper": issue.paper.name,
        "number": issue.number,
        "date": issue.date,
        "weekday": f"星期{_WEEKDAYS[issue.date.weekday()]}",
        "page": number,
        "pages": sum(len(each.numbers) for each in issue.pages),
        "title": page.title,
        "staff": dict(page.staff),
        "note": dict(issue.paper.notes),
        "press": house.press.name,
        "version": page.version,
        "time": issue.time,
    }


def folio_line(issue: Issue, page: Page, setter: Setter) -> tuple[Item, ...]:
    """The folio line: page number and three texts on one baseline above the type area, and the rule under them.

    Of a spread each page has its own, with what belongs at the outer edge only: nothing stands near the fold.
    """
    house = setter.house
    area = type_area(house.grid)
    rule = horizontal_rule(
        house, house.furniture.rule, area.x, area.right, area.y - house.furniture.rule_offset, tag="folio"
    )
    texts = [_folio_texts(issue, page, number, setter, part) for number, part in page_parts(page, setter)]
    return (*chain.from_iterable(texts), *rule)


def page_parts(page: Page, setter: Setter) -> Iterator[tuple[int, Rect]]:
    """The numbers of the pages with their part of the type area."""
    area, clear = type_area(setter.house.grid), fold_gutter(setter.house.grid)
    if clear is None:
        yield page.number, area
    else:
        yield page.number, replace(area, width=clear[0] - area.x)
        yield page.number + 1, Rect(clear[1], area.y, area.right - clear[1], area.height)


def _folio_texts(issue: Issue, page: Page, number: int, setter: Setter, area: Rect) -> Iterator[Item]:
    furniture = setter.house.furniture
    baseline = area.y - furniture.folio_offset
    known = fields(issue, page, setter.house, number)
    outer = 0.0 if number % 2 == 0 else 1.0
    taken = 0.0
    for template, style, share in (
        (furniture.folio_number, "folio-number", outer),
        (furniture.folio_left, "folio", 0.0),
        (furniture.folio_centre, "folio", 0.5),
        (furniture.folio_right, "folio", 1.0),
    ):
        if page.spread and share == 1.0 - outer:
            continue
        if text := fill(template, known):
            line = setter.line(text, style)
            size = setter.style(style).size
            x = area.x + share * (area.width - line.width * size)
            if style == "folio-number":
                taken = line.width * size + setter.style("folio").size
            elif share == outer:
                x += taken * (1 - 2 * share)  # beside the page number
            yield from setter.runs(line, style, x=x, baseline=baseline)


def with_folio(folio: tuple[Item, ...], stories: tuple[Item, ...], house: House) -> tuple[Item, ...]:
    """Folio line, then stories; where a picture bleeds at the top, the folio line stands on it, reversed."""
    pictures = tuple(item.rect for item in stories if isinstance(item, Picture) and item.rect.y < 0)
    if not pictures:
        return (*folio, *stories)
    ink = house.palette.get(house.furniture.over_picture, WHITE)
    return (*stories, *(piece for item in folio for piece in _parted(item, pictures, ink)))


def _parted(item: Item, pictures: tuple[Rect, ...], ink: Ink) -> Iterator[Item]:
    """An item's parts beside the pictures as they are, those on them in another ink."""
    left = -inf
    for rect in sorted(pictures, key=lambda each: each.x):
        beside, on = between(item, left, rect.x), between(item, rect.x, rect.right)
        if beside is not None:
            yield beside
        if on is not None:
            yield on_picture(on, ink)
        left = rect.right
    rest = between(item, left, inf)
    if rest is not None:
        yield rest
