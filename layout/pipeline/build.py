"""Building the press files of an issue."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from os import cpu_count
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from msgspec import Struct, field, to_builtins

from layout.core import Checked, has_errors
from layout.keeping import tidy
from layout.pipeline.files import replace_files
from layout.pipeline.kept import Shelf, shelf_of
from layout.pipeline.load import Prepared, prepare
from layout.pipeline.made import PageFile, PressPage
from layout.pipeline.report import Report, make_report, share_of
from layout.pipeline.workers import Progress, share_out

ISSUE: Final = "issue.pdf"
REPORT: Final = "report.json"
"""The file that lists what a build made; it is replaced last."""


class _Clock(Struct):
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
    time: str = "",
    jobs: int | None = None,
    cache: Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Build the press files of the issue at ``path`` into ``out``, which afterwards holds just these pages.

    ``time`` is what the slug says of when it is made: no clock is read. ``jobs`` processes (all cores when None) share
    the pages. ``cache`` keeps converted photographs and finished pages from one build to the next. Nothing in ``out``
    changes when there is an error. Raises OSError when the disk does not take the files.
    """
    clock = _Clock()
    loaded = prepare(path, allowed=allowed, standard=standard, pages=pages, cache=cache, time=time)
    if loaded.value is None:
        return make_report(loaded.diagnostics)
    clock.lap("load")
    prepared, jobs = loaded.value, jobs or cpu_count() or 1
    if has_errors(loaded.diagnostics):
        from layout.pipeline.composition import compose_issue

        composition = compose_issue(prepared, jobs=jobs, progress=progress)
        shares = [share_of(page, prepared.facts, prepared.foreign) for page in composition.pages]
        return make_report((*loaded.diagnostics, *composition.diagnostics), shares=shares)
    shelf = shelf_of(prepared, cache)
    kept = [shelf.page(index) for index in range(len(prepared.issue.pages))]
    done = tuple(_press_pages(prepared, shelf, kept, cache=cache, jobs=jobs, progress=progress))
    clock.lap("pages")
    files = _press_files(prepared, shelf, done, cache=cache, changed=None in kept)
    clock.lap("issue")
    known = {file.name: file.sha256 for page in done for file in page.files}
    report = make_report(
        (*loaded.diagnostics, *(one for page in done for one in page.found), *files.diagnostics),
        shares=[page.share for page in done],
        press=prepared.house.press,
        edition=_edition(prepared, [file for page in done for file in page.files]),
        files={name: _fingerprint(data, known.get(name)) for name, data in (files.value or {}).items()},
        timings=clock.laps,
    )
    if cache is not None:
        tidy(cache)
    if files.value is not None:
        replace_files(out, {**files.value, REPORT: report.json().encode()}, last=REPORT)
    return report


def _press_pages(
    prepared: Prepared,
    shelf: Shelf,
    kept: Sequence[PressPage | None],
    *,
    cache: Path | None,
    jobs: int,
    progress: Progress | None,
) -> Iterator[PressPage]:
    """All pages in order: those that were kept, and the others made."""
    missing = tuple(index for index, page in enumerate(kept) if page is None)
    made = _make_pages(prepared, shelf, missing, cache=cache, jobs=jobs, progress=progress)
    for page in kept:
        yield next(made) if page is None else page


def _make_pages(
    prepared: Prepared,
    shelf: Shelf,
    missing: Sequence[int],
    *,
    cache: Path | None,
    jobs: int,
    progress: Progress | None,
) -> Iterator[PressPage]:
    """The pages at ``missing``. Several are shared out between processes, one page's pictures between threads."""
    if not missing:
        return
    from layout.pipeline.press import press_page

    if len(missing) > 1:
        from layout import preflight  # noqa: F401 - what processes import should be there before

    make = partial(press_page, prepared, cache=cache, threads=max(1, jobs // len(missing)))
    yield from share_out(partial(_made, make, shelf, missing), len(missing), jobs=jobs, progress=progress)


def _made(make: Callable[[int], PressPage], shelf: Shelf, missing: Sequence[int], nth: int) -> PressPage:
    page = make(missing[nth])
    shelf.keep_page(missing[nth], page)
    return page


def _press_files(
    prepared: Prepared, shelf: Shelf, pages: Sequence[PressPage], *, cache: Path | None, changed: bool
) -> Checked[dict[str, bytes]]:
    """The press files by name; no value when a page has errors. ``changed``: a page was made anew."""
    if not all(page.files for page in pages):
        return Checked(None)
    files = {file.name: file.data for page in pages for file in page.files}
    # An issue of one page is that page's file: both have the same title and content.
    if len(files) == 1:
        return Checked({ISSUE: next(iter(files.values())), **files})
    kept = None if changed else shelf.issue()
    whole = Checked(kept) if kept is not None else _issue_file(prepared, shelf, pages, cache=cache)
    return Checked(None if whole.value is None else {ISSUE: whole.value, **files}, whole.diagnostics)


def _issue_file(prepared: Prepared, shelf: Shelf, pages: Sequence[PressPage], *, cache: Path | None) -> Checked[bytes]:
    """The file of all pages."""
    from layout.pipeline.press import write_issue

    written = write_issue(prepared, pages, cache=cache)
    if written.value is not None:
        shelf.keep_issue(written.value)
    return written


def _edition(prepared: Prepared, files: Sequence[PageFile]) -> dict[str, Any]:
    """What signing and sending need to know of the issue; its dates and names go into the names of what is sent."""
    issue, house = prepared.issue, prepared.house
    places = {number: file.name for file in files for number in file.numbers}
    return {
        "paper": issue.paper.name,
        "number": issue.number,
        "date": issue.date.isoformat(),
        "pages": [
            {"number": number, "title": page.title, "file": places.get(number, "")}
            for page in issue.pages
            for number in page.numbers
        ],
        "standard": house.standard,
        "signoff": to_builtins(house.signoff),
    }


def _fingerprint(data: bytes, checksum: str | None) -> dict[str, Any]:
    return {"bytes": len(data), "sha256": checksum or hashlib.sha256(data).hexdigest()}
