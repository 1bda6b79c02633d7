"""A page's content as a number: which version of a page a plate, a proof or a file shows."""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from layout.display.items import Foreign, GlyphRun, Item, Picture


def content_digest(items: Iterable[Item], pictures: Mapping[str, str]) -> str:
    """The sha256 of what stands on a page, in hexadecimal; ``pictures`` holds that of each source's file.

    Type counts by its copy, face, size, place and ink: where its lines stand tells how they are spaced.
    """
    counted = sha256()
    for item in items:
        counted.update(_words(item, pictures).encode())
    return counted.hexdigest()


def _words(item: Item, pictures: Mapping[str, str]) -> str:
    if isinstance(item, GlyphRun):
        place = f"{item.x:.2f} {item.baseline:.2f} {item.size:.2f} {item.xscale:.3f} {item.flow}"
        return f"{place} {item.face} {item.ink} {item.overprint} {item.text}\n"
    if isinstance(item, Picture):
        return f"{item.rect} {item.crop} {item.grey} {pictures.get(item.source, item.source)}\n"
    if isinstance(item, Foreign):
        return f"{item.rect} page {item.page} {pictures.get(item.source, item.source)}\n"
    return f"{item}\n"
