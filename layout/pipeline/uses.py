"""The pictures of display pages with the resolution that they have in print."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from layout.display import DisplayPage, Picture
from layout.images import ImageFacts


class PictureUse(Struct, frozen=True):
    """One picture on a page with its effective resolution in pixels an inch at its printed size."""

    page: int
    source: str
    resolution: float
    picture: Picture


def picture_uses(pages: Iterable[DisplayPage], facts: Mapping[str, ImageFacts]) -> tuple[PictureUse, ...]:
    """Every picture of the pages with its effective resolution."""
    uses = []
    for page in pages:
        for item in page.items:
            if isinstance(item, Picture):
                pixels = facts[item.source].width * item.crop.width
                uses.append(PictureUse(page.folio, item.source, pixels / item.rect.width * 72, item))
    return tuple(uses)
