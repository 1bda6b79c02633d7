"""What the page carries beside its stories: the folio line (报眉) with its rule."""

from collections.abc import Iterator
from typing import Final

from layout.compose.grid import type_area
from layout.compose.rules import horizontal_rule
from layout.compose.setting import Setter
from layout.display import Item
from layout.house.model import House
from layout.house.template import Value, fill
from layout.issue.model import Issue, Page

_WEEKDAYS: Final = "一二三四五六日"


def fields(issue: Issue, page: Page, house: House) -> dict[str, Value]:
    """What the templates of the furniture may name (``layout.house.template``)."""
    return {
        "paper": issue.paper.name,
        "number": issue.number,
        "date": issue.date,
        "weekday": f"星期{_WEEKDAYS[issue.date.weekday()]}",
        "page": page.number,
        "pages": len(issue.pages),
        "title": page.title,
        "staff": dict(page.staff),
        "note": dict(issue.paper.notes),
        "press": house.press.name,
        "version": page.version,
        "time": issue.time,
    }


def folio_line(issue: Issue, page: Page, setter: Setter) -> tuple[Item, ...]:
    """The folio line: page number and three texts on one baseline above the type area, and the rule under them."""
    return tuple(_folio_items(issue, page, setter))


def _folio_items(issue: Issue, page: Page, setter: Setter) -> Iterator[Item]:
    furniture = setter.house.furniture
    area = type_area(setter.house.grid)
    baseline = area.y - furniture.folio_offset
    known = fields(issue, page, setter.house)
    outer = 0.0 if page.number % 2 == 0 else 1.0
    taken = 0.0
    for template, style, share in (
        (furniture.folio_number, "folio-number", outer),
        (furniture.folio_left, "folio", 0.0),
        (furniture.folio_centre, "folio", 0.5),
        (furniture.folio_right, "folio", 1.0),
    ):
        if text := fill(template, known):
            line = setter.line(text, style)
            size = setter.style(style).size
            x = area.x + share * (area.width - line.width * size)
            if style == "folio-number":
                taken = line.width * size + setter.style("folio").size
            elif share == outer:
                x += taken * (1 - 2 * share)  # beside the page number
            yield from setter.runs(line, style, x=x, baseline=baseline)
    yield from horizontal_rule(
        setter.house, furniture.rule, area.x, area.right, area.y - furniture.rule_offset, tag="folio"
    )
