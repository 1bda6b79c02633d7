"""A finished PDF page read back: its copy by the frames that it stands in, its pictures by content."""

import ctypes
import hashlib
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec import Struct

from layout.core import Rect
from layout.proof.changes import PhotoState, StoryState
from layout.proof.raster import medium
from layout.proof.record import joined

WHOLE: Final = Rect(0.0, 0.0, 1.0, 1.0)
_SLACK: Final = 1.0  # points that a character's box may stand out of its frame
_LINE_ENDS: Final = "\r\n"
_HYPHENS: Final = "\x02\ufffe\u00ad"  # what pdfium puts in for line ends with a hyphen: the word goes on


class Frame(Struct, frozen=True):
    """A story's place on the page, in points from the trim's top left."""

    slug: str
    rect: Rect


def page_states(page: Any, frames: Sequence[Frame] = (), names: Sequence[str] = ()) -> tuple[StoryState, ...]:
    """What stands in each frame, and under the slug "" what stands in none (without frames: the whole page).

    ``names`` are those of the page's pictures in the order of painting; others are named by their order.
    """
    trim = medium(page).trim
    photos = tuple(_pictures(page, trim, names))
    places = {frame.slug: frame.rect for frame in frames}
    texts: dict[str, list[str]] = {slug: [] for slug in ("", *places)}
    for slug, line in _lines(page, trim, frames):
        texts[slug].append(line)
    held: dict[str, list[PhotoState]] = {slug: [] for slug in texts}
    for photo in photos:
        held[_frame_at(_middle(photo.rect), frames)].append(photo)
    return tuple(
        StoryState(slug, places.get(slug), {"text": joined(lines)} if lines else {}, tuple(held[slug]))
        for slug, lines in texts.items()
    )


def _middle(rect: Rect) -> tuple[float, float]:
    return rect.x + rect.width / 2, rect.y + rect.height / 2


def _frame_at(place: tuple[float, float], frames: Sequence[Frame]) -> str:
    x, y = place
    inside = (f.slug for f in frames for r in (f.rect.outset(_SLACK),) if r.x <= x <= r.right and r.y <= y <= r.bottom)
    return next(inside, "")


def _lines(page: Any, trim: Rect, frames: Sequence[Frame]) -> Iterator[tuple[str, str]]:
    """Stretches of text within one line of one frame, in the file's order."""
    for ends, characters in groupby(_characters(page, trim, frames), key=lambda each: each[1] in _LINE_ENDS):
        if not ends:
            for slug, stretch in groupby(characters, key=lambda each: each[0]):
                yield slug, "".join(character for _, character in stretch)


def _characters(page: Any, trim: Rect, frames: Sequence[Frame]) -> Iterator[tuple[str, str]]:
    """Every character with the frame that its box lies in; what stands outside the trim is no part of the page."""
    text = page.get_textpage()
    height = page.get_height()
    edges = [ctypes.c_double() for _ in range(4)]
    slug, inside = "", True
    for nth in range(text.count_chars()):
        character = chr(pdfium.FPDFText_GetUnicode(text, nth))
        if character in _HYPHENS:
            continue
        if not character.isspace() and pdfium.FPDFText_GetCharBox(text, nth, *map(ctypes.byref, edges)):
            left, right, bottom, top = (edge.value for edge in edges)
            x, y = (left + right) / 2 - trim.x, height - (bottom + top) / 2 - trim.y
            slug, inside = _frame_at((x, y), frames), 0 <= x <= trim.width and 0 <= y <= trim.height
        if inside:
            yield slug, character
    text.close()


def _pictures(page: Any, trim: Rect, names: Sequence[str]) -> Iterator[PhotoState]:
    height = page.get_height()
    found = tuple(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]))
    for nth, item in enumerate(found):
        left, bottom, right, top = item.get_bounds()
        rect = Rect(left - trim.x, height - top - trim.y, right - left, top - bottom)
        name = names[nth] if len(names) == len(found) else f"picture {nth + 1}"
        yield PhotoState(name, _digest(item), rect, WHOLE)


def _digest(item: Any) -> str:
    """Of the picture's data as stored; of nothing when pdfium cannot give it."""
    try:
        data = bytes(item.get_data())
    except pypdfium2.PdfiumError:
        data = b""
    return hashlib.sha256(data).hexdigest()
