"""Building the press files of an issue."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from os import cpu_count
from pathlib import Path
from time import perf_counter
from typing import Any, Final, TypeAlias

from layout.compose import ComposedPage
from layout.core import has_errors
from layout.display import Document, Picture
from layout.fonts import Book, Face
from layout.images import PressPicture
from layout.pdf import prepare_pictures, write_pdf
from layout.pipeline.composition import Composition, compose_one, gather, picture_uses
from layout.pipeline.files import replace_files
from layout.pipeline.load import Prepared, prepare
from layout.pipeline.report import Report, make_report

ISSUE: Final = "issue.pdf"
REPORT: Final = "report.json"
"""The file that lists what a build made; it is replaced last."""

Progress: TypeAlias = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class PressPage:
    """One page on its way to the press: composed, its pictures converted, its own file; no file when it has errors."""

    composed: ComposedPage
    pictures: Mapping[Picture, PressPicture]
    data: bytes


@dataclass(slots=True)
class _Clock:
    """Seconds since the last lap, by name: for the report, never for the pages."""

    laps: dict[str, float] = field(default_factory=dict)
    since: float = field(default_factory=perf_counter)

    def lap(self, name: str) -> None:
        now = perf_counter()
        self.laps[name] = now - self.since
        self.since = now


def build(
    path: Path,
    out: Path,
    *,
    allowed: Sequence[Path] = (),
    standard: str | None = None,
    pages: frozenset[int] = frozenset(),
    jobs: int | None = None,
    cache: Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Build the press files of the issue at ``path`` into ``out``, which afterwards holds just these pages.

    ``jobs`` processes (all cores when None) share the pages. ``cache`` keeps converted photographs from one build to
    the next. Nothing in ``out`` changes when there is an error. Raises OSError when the disk does not take the files.
    """
    clock = _Clock()
    loaded = prepare(path, allowed=allowed, standard=standard, pages=pages)
    if loaded.value is None:
        return make_report(loaded.diagnostics)
    clock.lap("load")
    prepared = loaded.value
    made = tuple(_press_pages(prepared, cache=cache, jobs=jobs or cpu_count() or 1, progress=progress))
    composition = gather(prepared, tuple(page.composed for page in made))
    found = (*loaded.diagnostics, *composition.diagnostics)
    clock.lap("pages")
    if has_errors(found):
        return make_report(found, composition=composition)
    files = _press_files(prepared, composition, made)
    clock.lap("issue")
    report = make_report(
        found,
        composition=composition,
        uses=picture_uses(composition.document, prepared.facts),
        press=prepared.house.press,
        files={name: _fingerprint(data) for name, data in files.items()},
        timings=clock.laps,
    )
    replace_files(out, {**files, REPORT: report.json().encode()}, last=REPORT)
    return report


def _press_pages(
    prepared: Prepared, *, cache: Path | None, jobs: int, progress: Progress | None
) -> Iterator[PressPage]:
    """All pages in order. Several pages are shared out between processes, one page's pictures between threads."""
    indices = range(len(prepared.issue.pages))
    processes = min(jobs, len(indices))
    work = partial(press_page, prepared, cache=cache, threads=max(1, jobs // processes))
    if processes == 1:
        yield from _counted(map(work, indices), len(indices), progress)
        return
    with ProcessPoolExecutor(processes) as pool:
        yield from _counted(pool.map(work, indices), len(indices), progress)


def _counted(pages: Iterator[PressPage], total: int, progress: Progress | None) -> Iterator[PressPage]:
    for done, page in enumerate(pages, 1):
        if progress is not None:
            progress(done, total)
        yield page


def press_page(prepared: Prepared, index: int, *, cache: Path | None, threads: int) -> PressPage:
    """Compose one page, convert its pictures and write its file."""
    composed = compose_one(prepared, index)
    alone = Document(prepared.title, prepared.issue.date, (composed.display,))
    if has_errors(composed.diagnostics):
        return PressPage(composed, {}, b"")
    press = prepared.houses[composed.display.folio, ""].press
    sources = {source: facts.path for source, facts in prepared.facts.items()}
    pictures = prepare_pictures(alone, sources=sources, press=press, cache=cache, jobs=threads)
    return PressPage(composed, pictures, _written(prepared, alone, pictures))


def _press_files(prepared: Prepared, composition: Composition, made: Sequence[PressPage]) -> dict[str, bytes]:
    files = {f"pages/{page.composed.display.folio:02d}.pdf": page.data for page in made}
    pictures = {item: picture for page in made for item, picture in page.pictures.items()}
    # An issue of one page is that page's file: both have the same title and content.
    whole = made[0].data if len(made) == 1 else _written(prepared, composition.document, pictures)
    return {ISSUE: whole, **files}


def _written(prepared: Prepared, document: Document, pictures: Mapping[Picture, PressPicture]) -> bytes:
    house = prepared.houses[document.pages[0].folio, ""]
    return write_pdf(
        document,
        faces=_faces(prepared),
        pictures=pictures,
        press=house.press,
        marks=house.marks,
        standard=house.standard,
    )


def _faces(prepared: Prepared) -> dict[str, Face]:
    """Every face of the issue's house styles by its key."""
    books = {repr(house.faces): Book(house.faces) for house in prepared.houses.values()}
    faces: dict[str, Face] = {}
    for book in books.values():
        for role in book.roles:
            book.chain(role)
        faces |= book.faces()
    return faces


def _fingerprint(data: bytes) -> dict[str, Any]:
    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
