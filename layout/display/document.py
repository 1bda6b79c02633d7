"""Pages of display items, ready for any output."""

from dataclasses import dataclass
from datetime import date

from layout.core import Pt, Size
from layout.display.items import Item


@dataclass(frozen=True, slots=True)
class DisplayPage:
    """One page: trim size, bleed beyond it, what stands on it, and the slug outside the bleed.

    ``slug`` are items in trim coordinates (at negative y or below the trim) for the plant: the line that identifies the
    page, the ink names (tag ``ink-name``), the colour bar (``bar``). Outputs without such marks leave them out.
    """

    folio: int
    trim: Size
    bleed: Pt
    items: tuple[Item, ...]
    slug: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """An issue's pages, with what their files are called by."""

    title: str
    date: date
    pages: tuple[DisplayPage, ...]
