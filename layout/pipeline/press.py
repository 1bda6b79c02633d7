"""To the press: pictures converted, files written. What fails there is the issue's mistake, told with its place."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from layout.core import Checked, Diagnostic, error, has_errors
from layout.display import DisplayPage, Document, Picture, halves, unpacked
from layout.fonts import Book, Face, FontError
from layout.foreign import ForeignPages
from layout.images import ImageFault, PressPicture
from layout.pdf import PressError, prepare_pictures, write_pdf
from layout.pipeline.ads import lift_pages
from layout.pipeline.composition import compose_one, gather, photo_spans
from layout.pipeline.kept import KeptPage
from layout.pipeline.load import PHOTO_HINT, Prepared
from layout.pipeline.made import PageFile, Pictures, PressPage, Sheet
from layout.pipeline.report import share_of
from layout.pipeline.verdict import judge_issue, judge_page, make_ready
from layout.pipeline.vetted import FACE_HINT, PROFILE_HINT

_PRESS_FAULT: Final = "profile-broken"
"""The one fault in converting a picture that is the press profile's."""


def press_page(prepared: Prepared, index: int, *, cache: Path | None, threads: int) -> PressPage:
    """Compose one page, convert its pictures and write its file."""
    composition = gather(prepared, (compose_one(prepared, index),))
    page, document, found = composition.pages[0], composition.document, composition.diagnostics
    number, share = page.display.folio, share_of(page, prepared.facts, prepared.foreign)
    if has_errors(found):
        return PressPage(number, (), found, share)
    document = replace(document, pages=press_sheets(prepared, page.display))
    pictures, faults = convert_pictures(prepared, document, cache=cache, threads=threads)
    foreign, unlifted = lift_pages(prepared, page.display)
    if faults or unlifted:
        return PressPage(number, (), (*found, *_on_page(number, (*faults, *unlifted))), share)
    files: list[PageFile] = []
    for sheet in document.pages:
        written = write_document(prepared, replace(document, pages=(sheet,)), pictures, foreign)
        origin = (sheet.folio - number) * (page.display.fold or 0.0)
        judged = (one.diagnostic for one in judge_page(prepared, index, page, written.value, origin))
        found = (*found, *_on_page(number, (*written.diagnostics, *judged)))
        if written.value is not None:
            files.append(PageFile(sheet.folios, written.value, sha256(written.value).hexdigest()))
    found = tuple(dict.fromkeys(found))
    if has_errors(found):
        return PressPage(number, (), found, share)
    return PressPage(number, tuple(files), found, share, Sheet(page.display, pictures, foreign))


def press_sheets(prepared: Prepared, page: DisplayPage) -> tuple[DisplayPage, ...]:
    """What the plant gets of a page: itself; of a spread, as the house style says, its two halves."""
    spread = prepared.houses[page.folio, ""].spread
    return (page,) if page.fold is None or spread.files == "whole" else halves(page, spread.overlap)


def write_issue(prepared: Prepared, pages: Sequence[PressPage | KeptPage], *, cache: Path | None) -> Checked[bytes]:
    """The file of all pages, none of which has errors.

    Codes: those of ``write_document``, ``convert_pictures``, ``lift_pages`` and preflight; no value with errors.
    """
    sheets: list[Sheet] = []
    for index, page in enumerate(pages):
        sheet = _sheet_again(prepared, index, page, cache=cache) if isinstance(page, KeptPage) else Checked(page.sheet)
        if sheet.value is None:
            return Checked(None, sheet.diagnostics)
        sheets.append(sheet.value)
    pictures = {item: picture for sheet in sheets for item, picture in sheet.pictures.items()}
    foreign = {key: page for sheet in sheets for key, page in sheet.foreign.items()}
    pressed = tuple(half for sheet in sheets for half in press_sheets(prepared, sheet.display))
    written = write_document(prepared, Document(prepared.title, prepared.issue.date, pressed), pictures, foreign)
    found = (*written.diagnostics, *judge_issue(prepared, written.value))
    return Checked(None if has_errors(found) else written.value, found)


def _sheet_again(prepared: Prepared, index: int, kept: KeptPage, *, cache: Path | None) -> Checked[Sheet]:
    """A kept page as it goes into the file of the issue; made anew when what was kept is not whole."""
    display = unpacked(kept.drawn)
    if display is None:
        page = press_page(prepared, index, cache=cache, threads=1)
        return Checked(page.sheet, page.found)
    document = Document(prepared.title, prepared.issue.date, press_sheets(prepared, display))
    pictures, faults = convert_pictures(prepared, document, cache=cache, threads=1)
    foreign, unlifted = lift_pages(prepared, display)
    found = (*faults, *unlifted)
    return Checked(None if found else Sheet(display, pictures, foreign), found)


def write_document(prepared: Prepared, document: Document, pictures: Pictures, foreign: ForeignPages) -> Checked[bytes]:
    """The press file of a document. Codes: those of ``PressError`` and ``FontError``."""
    house = prepared.houses[document.pages[0].folio, ""]
    try:
        return Checked(
            write_pdf(
                document,
                faces=_faces(prepared),
                pictures=pictures,
                foreign=foreign,
                press=house.press,
                marks=house.marks,
                standard=house.standard,
            )
        )
    except PressError as fault:
        return Checked(None, (error(fault.code, fault.message, house.press.span, PROFILE_HINT),))
    except FontError as fault:
        return Checked(None, (error(fault.code, fault.message, prepared.issue.style_span, FACE_HINT),))


def _on_page(number: int, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    return (replace(one, page=number) for one in found)


def convert_pictures(
    prepared: Prepared, document: Document, *, cache: Path | None, threads: int
) -> tuple[Pictures, tuple[Diagnostic, ...]]:
    """The pictures of a document of one page or spread, and what is wrong with those that are not there.

    Codes: those of ``ImageFault``.
    """
    press = prepared.houses[document.pages[0].folio, ""].press
    convert = partial(
        prepare_pictures, facts=prepared.facts, press=press, cache=cache, jobs=threads, meanwhile=make_ready
    )
    try:
        return convert(document), ()
    except ImageFault:  # the conversion of a whole page ends at the first fault
        made: dict[Picture, PressPicture] = {}
        found = []
    placed = [(page, item) for page in document.pages for item in page.items if isinstance(item, Picture)]
    for page, item in placed:
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
