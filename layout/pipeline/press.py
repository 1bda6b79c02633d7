"""To the press: pictures converted, files written. What fails there is the issue's mistake, told with its place."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

from layout.compose import ComposedPage
from layout.core import Checked, Diagnostic, error, has_errors
from layout.display import Document, Picture
from layout.fonts import Book, Face, FontError
from layout.images import ImageFault, PressPicture
from layout.pdf import PressError, prepare_pictures, write_pdf
from layout.pipeline.composition import compose_one, photo_spans
from layout.pipeline.load import FACE_HINT, PHOTO_HINT, PROFILE_HINT, Prepared

_Pictures: TypeAlias = Mapping[Picture, PressPicture]
_PRESS_FAULT: Final = "profile-broken"
"""The one fault in converting a picture that is the press profile's."""


@dataclass(frozen=True, slots=True)
class PressPage:
    """One page on its way to the press: composed, its pictures converted, its own file; no file when it has errors."""

    composed: ComposedPage
    pictures: _Pictures
    data: bytes


def press_page(prepared: Prepared, index: int, *, cache: Path | None, threads: int) -> PressPage:
    """Compose one page, convert its pictures and write its file."""
    composed = compose_one(prepared, index)
    alone = Document(prepared.title, prepared.issue.date, (composed.display,))
    if has_errors(composed.diagnostics):
        return PressPage(composed, {}, b"")
    pictures, faults = convert_pictures(prepared, alone, cache=cache, threads=threads)
    if faults:
        return PressPage(_with(composed, faults), {}, b"")
    written = write_document(prepared, alone, pictures)
    return PressPage(_with(composed, written.diagnostics), pictures, written.value or b"")


def write_document(prepared: Prepared, document: Document, pictures: _Pictures) -> Checked[bytes]:
    """The press file of a document. Codes: those of ``PressError`` and ``FontError``."""
    house = prepared.houses[document.pages[0].folio, ""]
    try:
        return Checked(
            write_pdf(
                document,
                faces=_faces(prepared),
                pictures=pictures,
                press=house.press,
                marks=house.marks,
                standard=house.standard,
            )
        )
    except PressError as fault:
        return Checked(None, (error(fault.code, fault.message, house.press.span, PROFILE_HINT),))
    except FontError as fault:
        return Checked(None, (error(fault.code, fault.message, prepared.issue.style_span, FACE_HINT),))


def _with(composed: ComposedPage, found: tuple[Diagnostic, ...]) -> ComposedPage:
    noted = (replace(one, page=composed.display.folio) for one in found)
    return replace(composed, diagnostics=(*composed.diagnostics, *noted))


def convert_pictures(
    prepared: Prepared, document: Document, *, cache: Path | None, threads: int
) -> tuple[_Pictures, tuple[Diagnostic, ...]]:
    """The pictures of a document of one page, and what is wrong with those that are not there.

    Codes: those of ``ImageFault``.
    """
    page = document.pages[0]
    press = prepared.houses[page.folio, ""].press
    sources = {source: facts.path for source, facts in prepared.facts.items()}
    convert = partial(prepare_pictures, sources=sources, press=press, cache=cache, jobs=threads)
    try:
        return convert(document), ()
    except ImageFault:  # the conversion of a whole page ends at the first fault
        made: dict[Picture, PressPicture] = {}
        found = []
    for item in page.items:
        if isinstance(item, Picture):
            try:
                made |= convert(replace(document, pages=(replace(page, items=(item,)),)))
            except ImageFault as fault:
                found.append(_picture_fault(prepared, page.folio, item, fault))
    return made, tuple(dict.fromkeys(found))


def _picture_fault(prepared: Prepared, folio: int, item: Picture, fault: ImageFault) -> Diagnostic:
    if fault.code == _PRESS_FAULT:
        return error(fault.code, fault.message, prepared.houses[folio, ""].press.span, PROFILE_HINT)
    return error(fault.code, fault.message, photo_spans(prepared.issue)[folio, item.source], PHOTO_HINT)


def _faces(prepared: Prepared) -> dict[str, Face]:
    """Every face of the issue's house styles by its key."""
    books = {repr(house.faces): Book(house.faces) for house in prepared.houses.values()}
    faces: dict[str, Face] = {}
    for book in books.values():
        for role in book.roles:
            book.chain(role)
        faces |= book.faces()
    return faces
