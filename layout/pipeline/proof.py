"""Proofing an issue: its pages as pictures with all that the desk and the pre-press want to see of them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from os import cpu_count
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from layout.core import Diagnostic, Severity, has_errors
from layout.keeping import tidy
from layout.pipeline.load import Prepared, prepare
from layout.pipeline.proof_page import describe_page, draw_page, judged
from layout.pipeline.proof_pictures import Helpers, drawing, warm_up
from layout.pipeline.proof_signoff import Trusted, nothing_said, signoff_record
from layout.pipeline.verdict import examine
from layout.pipeline.workers import Progress, helper, share_out
from layout.proof import NAMES, ProofPage, Record, Site, compared, is_complete, page_key, page_record

FOLDER: Final = "proof"
"""The proof's place in the output folder."""
VERSION: Final = 2
PROCESSES: Final = 4
"""No more of them draw at a time: each takes some 150 MB. Further cores serve as threads of these."""


class Paper(Struct, frozen=True):
    """The proof on paper: ``size`` (a3, a4), pages at 1:1 in ``tiles`` or scaled, ``state`` written on each sheet."""

    size: str
    tiles: bool
    state: str


class Proofed(Struct, frozen=True):
    """What proofing found, and the page to open."""

    diagnostics: tuple[Diagnostic, ...]
    index: Path

    @property
    def ok(self) -> bool:
        """Whether the issue has no errors."""
        return not has_errors(self.diagnostics)


class ProofedPage(Struct, frozen=True):
    """One page with its record for the browser, none when its PDF cannot be written; the page itself for paper."""

    record: Record | None
    proof: ProofPage | None
    found: tuple[Diagnostic, ...]


class Terms(Struct, frozen=True):
    """How the pages are proofed: where, compared with what, by how many.

    ``last`` is the last proof by page number, ``loaded`` what was found in loading the issue; ``threads`` work on a
    page. ``on_paper``: the pages are wanted again for a proof on paper.
    """

    site: Site
    last: Mapping[int, Record]
    loaded: tuple[Diagnostic, ...]
    cache: Path | None
    threads: int
    on_paper: bool


def proof(
    path: Path,
    out: Path,
    *,
    allowed: Sequence[Path] = (),
    pages: frozenset[int] = frozenset(),
    jobs: int | None = None,
    cache: Path | None = None,
    progress: Progress | None = None,
    paper: Paper | None = None,
    trusted: Trusted = nothing_said,
) -> Proofed:
    """Proof the issue at ``path`` into ``out/proof``, also one with errors.

    ``jobs`` processes share the pages. ``cache`` keeps converted photographs. With ``paper`` there is also a PDF for
    the office printer. ``trusted`` gives whose sign-offs count. An issue that cannot be read at all leaves the last
    proof, marked as stale, with the findings. Raises OSError when the disk does not take the files.
    """
    jobs = jobs or cpu_count() or 1
    site = Site(out / FOLDER)
    with _helpers(jobs) as helpers:
        loaded = prepare(path, allowed=allowed, pages=pages, cache=cache)
        if loaded.value is None:
            return publish_stale(site, loaded.diagnostics)
        prepared, count = loaded.value, len(loaded.value.issue.pages)
        sharers = min(jobs, count, PROCESSES)
        terms = Terms(
            site, by_folio(site.last()), loaded.diagnostics, cache, max(1, jobs // sharers), paper is not None
        )
        if helpers is not None and count > 1:
            helpers.end()
            warm_up()  # the processes have it from the start, and share it
        work = partial(proof_page, prepared, terms, helpers=helpers if count == 1 else None)
        made = tuple(share_out(work, count, jobs=sharers, progress=progress))
    found = tuple(dict.fromkeys((*loaded.diagnostics, *(each for page in made for each in page.found))))
    data = site_data(prepared, [page.record for page in made if page.record is not None], found)
    data["signoff"] = signoff_record(out, data["pages"], trusted)
    sheets = _sheets(prepared, [page.proof for page in made if page.proof is not None], paper) if paper else {}
    index = site.publish({**data, "sheets": next(iter(sheets), None)}, sheets)
    site.tidy(data)
    if cache is not None:
        tidy(cache)
    return Proofed(found, index)


@contextmanager
def _helpers(jobs: int) -> Iterator[Helpers | None]:
    """Processes that will draw and judge while this one goes on; they load what they need while this one composes."""
    if jobs < 2:
        yield None
        return
    with helper() as drawer, helper() as judge:
        helpers = Helpers(drawer, judge)
        helpers.start()
        yield helpers


def _sheets(prepared: Prepared, pages: Sequence[ProofPage], paper: Paper) -> dict[str, bytes]:
    """The PDF for the office printer by its name."""
    from layout.pipeline.proof_sheets import proof_sheets

    made = proof_sheets(prepared, pages, paper=paper.size, in_tiles=paper.tiles, state=paper.state)
    return {f"sheets-{paper.size}{'-tiles' if paper.tiles else ''}.pdf": made}


def proof_page(prepared: Prepared, terms: Terms, index: int, *, helpers: Helpers | None = None) -> ProofedPage:
    """One page: composed, written, its pictures made where they are not there yet, compared with the last proof.

    The ``helpers`` draw and judge while the page is described; without them all is done here.
    """
    if helpers is not None:
        helpers.expect(prepared.houses[prepared.issue.pages[index].number, ""].press)
    foresee = partial(helpers.foresee, cache=terms.cache) if helpers else len
    drawn = draw_page(prepared, index, loaded=terms.loaded, cache=terms.cache, threads=terms.threads, foresee=foresee)
    if drawn.printed is None:
        return ProofedPage(None, None, drawn.found)
    folder = terms.site.page_folder(page_key(drawn.printed))
    missing = not is_complete(folder)
    made = drawing(drawn.printed, folder, helpers=helpers, threads=terms.threads, cache=terms.cache)
    with made if missing else nullcontext():
        drawn = judged(drawn, by=helpers.examine if helpers else examine)
        page = describe_page(drawn)
    assert page is not None  # it is printed
    record = compared(page_record(page, folder), terms.last.get(page.folio), terms.site.pages)
    return ProofedPage(record, page if terms.on_paper else None, drawn.found)


def site_data(prepared: Prepared, records: Sequence[Record], found: Sequence[Diagnostic]) -> Record:
    """What the browser is given: the issue, its pages, the findings that belong to no page."""
    told = {(fault["code"], fault["place"]) for record in records for fault in record["faults"]}
    rest = [each for each in found if (each.code, str(each.span)) not in told]
    return _data(prepared.title, [finding(each) for each in rest], records)


def _data(title: str, faults: Sequence[Record], records: Sequence[Record]) -> Record:
    return {
        "version": VERSION,
        "title": title,
        "stale": False,
        "live": False,
        "sheets": None,
        "signoff": None,
        "faults": list(faults),
        "pages": list(records),
    }


def finding(each: Diagnostic) -> Record:
    """A finding that has no place on a page."""
    return {
        "severity": str(each.severity),
        "code": each.code,
        "name": NAMES.get(each.code, ""),
        "message": each.message,
        "hint": each.hint,
        "place": str(each.span),
        "story": "",
        "rect": None,
        "rule": "",
    }


def publish_stale(site: Site, found: Sequence[Diagnostic], *, live: bool = False) -> Proofed:
    """Show the last proof again, or none, with the findings that keep it from being renewed."""
    last = site.last() or _data("", (), ())
    serious = [finding(each) for each in found if each.severity is Severity.ERROR]
    return Proofed(tuple(found), site.publish({**last, "stale": True, "live": live, "faults": serious}))


def by_folio(data: Mapping[str, Any] | None) -> dict[int, Record]:
    """The pages of published data by number."""
    return {page["folio"]: page for page in (data or {"pages": ()})["pages"]}
