"""A document of display pages to the bytes of a PDF/X file."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from layout.display import DisplayPage, Document, GlyphRun, Picture
from layout.fonts import Face
from layout.foreign import ForeignPage
from layout.house.model import Marks, Press
from layout.house.press import read_profile
from layout.images import PressPicture
from layout.pdf.boxes import page_boxes
from layout.pdf.canvas import PressCanvas
from layout.pdf.intent import output_intents
from layout.pdf.marks import draw_marks, outside_items
from layout.pdf.metadata import Facts, info_dictionary, legal, xmp_packet
from layout.pdf.profile import standard_named
from layout.pdf.type0 import press_fonts


def write_pdf(
    document: Document,
    *,
    faces: Mapping[str, Face],
    pictures: Mapping[Picture, PressPicture],
    foreign: Mapping[tuple[str, int], ForeignPage] = MappingProxyType({}),
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
    level = standard_named(standard)
    profile = read_profile(press.profile)
    canvas = PressCanvas(level, press_fonts(_runs(document, marks), faces), pictures, foreign)
    for page in document.pages:
        _draw_page(canvas, page, marks)
    intents = output_intents(press, profile, canvas.stream)
    title = legal(document.title)
    canvas.count(title, document.date.isoformat(), press.condition, press.registry, press.info)
    facts = Facts(title, document.date, level, canvas.digest.digest())
    metadata = canvas.stream({"Type": "/Metadata", "Subtype": "/XML"}, xmp_packet(facts), deflate=False)
    return canvas.complete(info_dictionary(facts), {"Metadata": metadata, "OutputIntents": intents}, facts.identity)


def _runs(document: Document, marks: Marks) -> Iterator[GlyphRun]:
    """Every run that is painted."""
    for page in document.pages:
        for item in (*page.items, *outside_items(page, marks)):
            if isinstance(item, GlyphRun):
                yield item


def _draw_page(canvas: PressCanvas, page: DisplayPage, marks: Marks) -> None:
    """The page inside its bleed, then what stands outside."""
    boxes = page_boxes(page.trim, page.bleed, marks)
    canvas.begin(boxes)
    canvas.save()
    canvas.clip(page.within or boxes.bled)
    canvas.draw(page.items)
    canvas.restore()
    if boxes.margin:
        draw_marks(canvas, page, boxes, marks)
    canvas.finish()
