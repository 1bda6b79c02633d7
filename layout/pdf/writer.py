"""A document of display pages to the bytes of a PDF/X file."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from msgspec import Struct

from layout.display import DisplayPage, Document, GlyphRun, Picture
from layout.fonts import Face
from layout.foreign import ForeignPages
from layout.house.model import Marks, Press
from layout.images import PressPicture
from layout.pdf.binding import Edition, bind
from layout.pdf.boxes import page_boxes
from layout.pdf.canvas import PressCanvas
from layout.pdf.codes import press_fonts
from layout.pdf.leaf import Leaf, packed
from layout.pdf.marks import draw_marks, outside_items
from layout.pdf.profile import standard_named


class PressFile(Struct, frozen=True):
    """The file of a page, and ``leaf``: what a file of several needs besides it to take the page over as it is."""

    data: bytes
    leaf: bytes


def write_pdf(
    document: Document,
    *,
    faces: Mapping[str, Face],
    pictures: Mapping[Picture, PressPicture],
    foreign: ForeignPages = MappingProxyType({}),
    press: Press,
    marks: Marks,
    standard: str = "x4",
) -> bytes:
    """The press file of a document: the same bytes for the same input, in any process, time zone or locale.

    ``faces`` holds the face of every run by its key, ``pictures`` every picture as prepared, ``foreign`` every
    foreign page by source and number; a missing one is a KeyError. The dates in the file are noon of the document's
    day, UTC+8. Raises PressError (an unusable press profile, an unknown standard) and FontError (a face whose outlines
    are damaged).
    """
    edition = Edition(document.title, document.date, press, standard_named(standard))
    leaves = [_drawn(page, faces, pictures, foreign, marks) for page in document.pages]
    return bind(leaves, edition, faces).data


def write_page(
    page: DisplayPage,
    title: str,
    day: date,
    *,
    faces: Mapping[str, Face],
    pictures: Mapping[Picture, PressPicture],
    foreign: ForeignPages = MappingProxyType({}),
    press: Press,
    marks: Marks,
    standard: str = "x4",
) -> PressFile:
    """The press file of one page, as ``write_pdf`` writes it, ready to be taken over by ``write_leaves``."""
    leaf = _drawn(page, faces, pictures, foreign, marks)
    bound = bind([leaf], Edition(title, day, press, standard_named(standard)), faces)
    return PressFile(bound.data, packed(leaf, bound.places))


def write_leaves(
    leaves: Sequence[Leaf], title: str, day: date, *, faces: Mapping[str, Face], press: Press, standard: str = "x4"
) -> bytes:
    """The press file of pages that were drawn before: what ``write_pdf`` makes of them, without drawing them again."""
    return bind(leaves, Edition(title, day, press, standard_named(standard)), faces).data


def _drawn(
    page: DisplayPage,
    faces: Mapping[str, Face],
    pictures: Mapping[Picture, PressPicture],
    foreign: ForeignPages,
    marks: Marks,
) -> Leaf:
    """The page inside its bleed, then what stands outside."""
    boxes = page_boxes(page.trim, page.bleed, marks)
    canvas = PressCanvas(boxes, press_fonts(_runs(page, marks), faces), pictures, foreign)
    canvas.save()
    canvas.clip(page.within or boxes.bled)
    canvas.draw(page.items)
    canvas.restore()
    if boxes.margin:
        draw_marks(canvas, page, boxes, marks)
    return canvas.leaf()


def _runs(page: DisplayPage, marks: Marks) -> Iterator[GlyphRun]:
    """Every run that is painted."""
    return (item for item in (*page.items, *outside_items(page, marks)) if isinstance(item, GlyphRun))
