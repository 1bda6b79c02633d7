"""To the press: pictures converted, files written. What fails there is the issue's mistake, told with its place."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, TypeVar

from msgspec.structs import replace

from layout.core import Checked, Diagnostic, error, has_errors
from layout.display import DisplayPage, Document, Picture, halves
from layout.fonts import Book, Face, FontError
from layout.foreign import ForeignPages
from layout.house.model import House
from layout.images import ImageFault, PressPicture
from layout.pdf import Leaf, PressError, PressFile, prepare_pictures, unpacked, write_leaves, write_page, write_pdf
from layout.pipeline.ads import lift_pages
from layout.pipeline.composition import compose_one, gather, photo_spans
from layout.pipeline.load import PHOTO_HINT, Prepared
from layout.pipeline.made import PageFile, Pictures, PressPage
from layout.pipeline.report import share_of
from layout.pipeline.verdict import judge_issue, judge_page, make_ready
from layout.pipeline.vetted import FACE_HINT, PROFILE_HINT

T = TypeVar("T")

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
        written = _write_sheet(prepared, sheet, pictures, foreign)
        data = written.value.data if written.value else None
        origin = (sheet.folio - number) * (page.display.fold or 0.0)
        judged = (one.diagnostic for one in judge_page(prepared, index, page, data, origin))
        found = (*found, *_on_page(number, (*written.diagnostics, *judged)))
        if written.value is not None:
            files.append(_page_file(sheet, written.value))
    found = tuple(dict.fromkeys(found))
    return PressPage(number, () if has_errors(found) else tuple(files), found, share)


def _page_file(sheet: DisplayPage, written: PressFile) -> PageFile:
    return PageFile(sheet.folios, written.data, sha256(written.data).hexdigest(), written.leaf)


def press_sheets(prepared: Prepared, page: DisplayPage) -> tuple[DisplayPage, ...]:
    """What the plant gets of a page: itself; of a spread, as the house style says, its two halves."""
    spread = prepared.houses[page.folio, ""].spread
    return (page,) if page.fold is None or spread.files == "whole" else halves(page, spread.overlap)


def write_issue(prepared: Prepared, pages: Sequence[PressPage], *, cache: Path | None) -> Checked[bytes]:
    """The file of all pages, none of which has errors: they are taken over as they are drawn in their own files.

    Codes: those of ``PressError``, ``FontError`` and preflight; no value with errors.
    """
    leaves: list[Leaf] = []
    for index, page in enumerate(pages):
        own = _leaves(page)
        if own is None:  # what was kept of the page is of no use
            page = press_page(prepared, index, cache=cache, threads=1)  # noqa: PLW2901 - the same page
            own = _leaves(page) if page.files else None
        if own is None:
            return Checked(None, page.found)
        leaves += own
    house, issue = prepared.house, prepared.issue
    settings: dict[str, Any] = {"faces": _faces(prepared), "press": house.press, "standard": house.standard}
    written = _told(prepared, house, lambda: write_leaves(leaves, prepared.title, issue.date, **settings))
    found = (*written.diagnostics, *judge_issue(prepared, written.value))
    return Checked(None if has_errors(found) else written.value, found)


def _leaves(page: PressPage) -> list[Leaf] | None:
    """A page as its files have it, drawn; None when that cannot be read."""
    leaves = [unpacked(file.leaf, file.data) for file in page.files]
    return None if None in leaves else [leaf for leaf in leaves if leaf is not None]


def write_document(prepared: Prepared, document: Document, pictures: Pictures, foreign: ForeignPages) -> Checked[bytes]:
    """The press file of a document. Codes: those of ``PressError`` and ``FontError``."""
    house = prepared.houses[document.pages[0].folio, ""]
    settings = _settings(prepared, house)
    return _told(prepared, house, lambda: write_pdf(document, pictures=pictures, foreign=foreign, **settings))


def _write_sheet(
    prepared: Prepared, sheet: DisplayPage, pictures: Pictures, foreign: ForeignPages
) -> Checked[PressFile]:
    """The press file of a page, ready to be taken over into that of the issue."""
    house = prepared.houses[sheet.folio, ""]
    settings = _settings(prepared, house)
    title, day = prepared.title, prepared.issue.date
    return _told(prepared, house, lambda: write_page(sheet, title, day, pictures=pictures, foreign=foreign, **settings))


def _settings(prepared: Prepared, house: House) -> dict[str, Any]:
    """What the writer asks of a house style."""
    return {"faces": _faces(prepared), "press": house.press, "marks": house.marks, "standard": house.standard}


def _told(prepared: Prepared, house: House, write: Callable[[], T]) -> Checked[T]:
    """What is written, or why it cannot be."""
    try:
        return Checked(write())
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
