"""Pages: their boxes, their number, what lies on them without being printed."""

from collections.abc import Iterator
from typing import Final

from layout.core import MM
from layout.preflight.checks.case import X1A, Case, Found
from layout.preflight.content.matrix import overlap
from layout.preflight.model import Annotation, Box, Kind, Page

_GRAIN: Final = 1e-6
_SILENT: Final = frozenset({"Link", "Popup", "PrinterMark", "TrapNet"})
"""Annotations that paint nothing on the page."""
_ENTRIES: Final = {"SeparationInfo": "it is one plate of a page", "PresSteps": "it has steps of a presentation"}


def box_broken(case: Case) -> Iterator[Found]:
    """A box is four numbers around an area; a RIP takes its own default for anything else."""
    for page in case.facts.pages:
        for key in page.boxes.broken:
            yield Found(f"{key} is no rectangle with an area", page.number)
        if page.boxes.media is None and "MediaBox" not in page.boxes.broken:
            yield Found("the page has no MediaBox", page.number)


def trim_box(case: Case) -> Iterator[Found]:
    """The plant places a page by its TrimBox; a page has it, or an ArtBox, but not both."""
    for page in case.facts.pages:
        trim, art = "TrimBox" in page.keys, "ArtBox" in page.keys
        if trim == art:
            yield Found("the page has both TrimBox and ArtBox" if trim else "the page has no TrimBox", page.number)


def nesting(case: Case) -> Iterator[Found]:
    """Trim inside bleed inside medium, to the last digit: some RIPs refuse a page that is out by 0.0001 pt."""
    for page in case.facts.pages:
        boxes = page.boxes
        inner = boxes.trim or boxes.art
        pairs = [
            ("TrimBox" if boxes.trim else "ArtBox", inner, "BleedBox", boxes.bleed),
            ("TrimBox" if boxes.trim else "ArtBox", inner, "MediaBox", boxes.media),
            ("BleedBox", boxes.bleed, "MediaBox", boxes.media),
            ("TrimBox" if boxes.trim else "ArtBox", inner, "CropBox", boxes.crop),
        ]
        if case.standard.name != X1A:
            pairs.append(("BleedBox", boxes.bleed, "CropBox", boxes.crop))
        for name, one, outer_name, other in pairs:
            if one and other and _beyond(one, other) > _GRAIN:
                yield Found(f"{name} leaves {outer_name} by {_beyond(one, other):.4g} pt", page.number)


def crop_box(case: Case) -> Iterator[Found]:
    """Programs show and place a page by its CropBox; one that differs from the MediaBox cuts the page unseen."""
    for page in case.facts.pages:
        crop, media = page.boxes.crop, page.boxes.media
        if crop and media and any(abs(one - other) > 0.01 for one, other in zip(crop, media, strict=True)):
            yield Found("the CropBox differs from the MediaBox", page.number)


def user_unit(case: Case) -> Iterator[Found]:
    """A unit of its own makes a page larger or smaller for some programs only; it came with PDF 1.6."""
    for page in case.facts.pages:
        if "UserUnit" in page.keys:
            yield Found(f"the page has a unit of its own (UserUnit {page.user_unit:g})", page.number)


def rotation(case: Case) -> Iterator[Found]:
    """A turned page may be placed lying down."""
    for page in case.facts.pages:
        if page.rotation % 360:
            yield Found(f"the page is turned by {page.rotation} degrees", page.number)


def entries(case: Case) -> Iterator[Found]:
    """A page is composite and still: neither a single plate nor a presentation."""
    for page in case.facts.pages:
        for key in sorted(_ENTRIES.keys() & page.keys):
            yield Found(f"the page has {key}: {_ENTRIES[key]}", page.number)


def annotations(case: Case) -> Iterator[Found]:
    """Notes, links and stamps on the printed page may print, or not, as each program likes."""
    for page in case.facts.pages:
        for one in page.annotations:
            if one.box and one.subtype != "TrapNet" and overlap(one.box, _kept_clear(page, one)):
                yield Found(f"an annotation ({one.subtype}) lies on the page", page.number, one.place)


def painted_annotations(case: Case) -> Iterator[Found]:
    """Stamps, form fields and notes with a picture of their own are no part of the page: placing it loses them."""
    for page in case.facts.pages:
        for one in page.annotations:
            if one.subtype not in _SILENT and one.box and overlap(one.box, page.boxes.frame):
                yield Found(f"an annotation ({one.subtype}) would be lost", page.number, one.place)


def empty(case: Case) -> Iterator[Found]:
    """A page that prints nothing is a mistake."""
    inked = {one.page for one in case.facts.paints if one.printed and one.kind is not Kind.INVISIBLE}
    inked |= {one.page for one in case.facts.images if one.printed}
    if not case.facts.pages:
        yield Found("the file has no pages")
    for page in case.facts.pages:
        if page.number not in inked:
            yield Found("the page is empty", page.number)


def single(case: Case) -> Iterator[Found]:
    """Plants take pages one a file: they are planned, replaced and signed off one by one."""
    if len(case.facts.pages) > 1:
        yield Found(f"the file has {len(case.facts.pages)} pages")


def same_size(case: Case) -> Iterator[Found]:
    """Pages of one paper are of one size."""
    sizes = [(page.number, _size(page.boxes.frame)) for page in case.facts.pages]
    for number, (width, height) in sizes[1:]:
        first = sizes[0][1]
        if max(abs(width - first[0]), abs(height - first[1])) > case.limits.size_tolerance:
            yield Found(f"the trim is {width / MM:.1f} x {height / MM:.1f} mm, that of page 1 is not", number)


def bleed(case: Case) -> Iterator[Found]:
    """Where paper is cut on all sides, what runs to the edge must run beyond it, or the cut shows white."""
    for page in case.facts.pages:
        frame, edge = page.boxes.frame, page.boxes.edge
        least = min(frame[0] - edge[0], frame[1] - edge[1], edge[2] - frame[2], edge[3] - frame[3])
        if least < case.limits.bleed - 0.01:
            yield Found(f"the bleed is {least / MM:.1f} mm, not {case.limits.bleed / MM:.1f}", page.number)


def _beyond(inner: Box, outer: Box) -> float:
    """How far a box sticks out of another, in points."""
    return max(outer[0] - inner[0], outer[1] - inner[1], inner[2] - outer[2], inner[3] - outer[3])


def _kept_clear(page: Page, annotation: Annotation) -> Box:
    return page.boxes.frame if annotation.subtype == "PrinterMark" else page.boxes.edge


def _size(box: Box) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]
