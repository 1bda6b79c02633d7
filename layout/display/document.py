"""Pages of display items, ready for any output."""

from datetime import date

from msgspec import Struct

from layout.core import Pt, Rect, Size
from layout.display.items import Item


class DisplayPage(Struct, frozen=True):
    """One page: trim size, bleed beyond it, what stands on it, and the slug outside the bleed.

    ``slug`` are items in trim coordinates (at negative y or below the trim) for the plant: the line that identifies the
    page, the ink names (tag ``ink-name``), the colour bar (``bar``). Outputs without such marks leave them out.
    ``fold`` is where two facing pages on one sheet meet (x); ``within`` is what may show of a page that is one half of
    them (None: everything up to the bleed).
    """

    folio: int
    trim: Size
    bleed: Pt
    items: tuple[Item, ...]
    slug: tuple[Item, ...] = ()
    fold: Pt | None = None
    within: Rect | None = None

    @property
    def folios(self) -> tuple[int, ...]:
        """The page numbers that stand on it: two on a spread."""
        return (self.folio,) if self.fold is None else (self.folio, self.folio + 1)


class Document(Struct, frozen=True):
    """An issue's pages, with what their files are called by."""

    title: str
    date: date
    pages: tuple[DisplayPage, ...]
