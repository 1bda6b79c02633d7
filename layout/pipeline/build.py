"""Building the press files of an issue."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from os import cpu_count
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from layout.core import Checked, has_errors
from layout.pipeline.composition import Composition, compose_issue, gather, picture_uses
from layout.pipeline.files import replace_files
from layout.pipeline.load import Prepared, prepare
from layout.pipeline.press import PressPage, press_page, write_document
from layout.pipeline.report import Report, make_report
from layout.pipeline.workers import Progress, share_out

ISSUE: Final = "issue.pdf"
REPORT: Final = "report.json"
"""The file that lists what a build made; it is replaced last."""


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
    prepared, jobs = loaded.value, jobs or cpu_count() or 1
    if has_errors(loaded.diagnostics):
        composition = compose_issue(prepared, jobs=jobs, progress=progress)
        return make_report((*loaded.diagnostics, *composition.diagnostics), composition=composition)
    made = _press_pages(prepared, cache=cache, jobs=jobs, progress=progress)
    composition = gather(prepared, tuple(page.composed for page in made))
    clock.lap("pages")
    files = _press_files(prepared, composition, made)
    clock.lap("issue")
    found = (*loaded.diagnostics, *composition.diagnostics, *files.diagnostics)
    report = make_report(
        found,
        composition=composition,
        uses=picture_uses(composition.document, prepared.facts),
        press=prepared.house.press,
        edition=_edition(prepared),
        files={name: _fingerprint(data) for name, data in (files.value or {}).items()},
        timings=clock.laps,
    )
    if files.value is not None:
        replace_files(out, {**files.value, REPORT: report.json().encode()}, last=REPORT)
    return report


def _press_pages(
    prepared: Prepared, *, cache: Path | None, jobs: int, progress: Progress | None
) -> tuple[PressPage, ...]:
    """All pages in order. Several pages are shared out between processes, one page's pictures between threads."""
    count = len(prepared.issue.pages)
    work = partial(press_page, prepared, cache=cache, threads=max(1, jobs // count))
    return tuple(share_out(work, count, jobs=jobs, progress=progress))


def _press_files(prepared: Prepared, composition: Composition, made: Sequence[PressPage]) -> Checked[dict[str, bytes]]:
    """The press files by name; no value when a page has errors."""
    if has_errors(composition.diagnostics):
        return Checked(None)
    pages = {f"pages/{page.composed.display.folio:02d}.pdf": page.data for page in made}
    # An issue of one page is that page's file: both have the same title and content.
    if len(made) == 1:
        return Checked({ISSUE: made[0].data, **pages})
    pictures = {item: picture for page in made for item, picture in page.pictures.items()}
    whole = write_document(prepared, composition.document, pictures)
    return Checked(None if whole.value is None else {ISSUE: whole.value, **pages}, whole.diagnostics)


def _edition(prepared: Prepared) -> dict[str, Any]:
    """What signing and sending need to know of the issue; its dates and names go into the names of what is sent."""
    issue, house = prepared.issue, prepared.house
    return {
        "paper": issue.paper.name,
        "number": issue.number,
        "date": issue.date.isoformat(),
        "pages": [{"number": page.number, "title": page.title} for page in issue.pages],
        "standard": house.standard,
        "signoff": asdict(house.signoff),
    }


def _fingerprint(data: bytes) -> dict[str, Any]:
    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
