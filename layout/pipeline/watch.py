"""Watching an issue: every change of its files is a new proof, the pages that did not change are kept."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from threading import Event
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from layout.core import Diagnostic
from layout.keeping import tidy
from layout.pipeline.composition import placed_files
from layout.pipeline.load import Prepared, prepare
from layout.pipeline.proof import by_folio, publish_stale, site_data
from layout.pipeline.proof_page import Drawn, describe_page, draw_page, judged
from layout.pipeline.proof_pictures import draw_pictures
from layout.pipeline.proof_signoff import Trusted, nothing_said, signoff_record
from layout.pipeline.workers import helper, outcome
from layout.proof import ProofPage, Record, Site, compared, is_complete, page_key, page_record
from layout.proof.page import make_quick
from layout.proof.stock import Stock

POLL: Final = 100
"""Milliseconds after which pictures made in the background are looked for."""
_SETTLE: Final = 30  # milliseconds without a further change after which a change is over
_LONGEST: Final = 400  # milliseconds that a burst of changes may last

Told = Callable[[Sequence[Diagnostic]], None]


class _Kept(Struct, frozen=True):
    """A page as it was proofed last, and what it was made from."""

    source: object
    drawn: Drawn
    proof: ProofPage | None


class Watch(Struct):
    """The proof of one issue, renewed by ``renew``, judged by ``judge``, completed by ``finish``; all tell ``changed``.

    Pages are compared with the proof that was there when the watch began.
    """

    path: Path
    site: Site
    changed: Callable[[], None]
    allowed: Sequence[Path] = ()
    cache: Path | None = None
    trusted: Trusted = nothing_said
    _first: Mapping[int, Record] = field(default_factory=dict)
    _kept: dict[int, _Kept] = field(default_factory=dict)
    _prepared: Prepared | None = None
    _loaded: tuple[Diagnostic, ...] = ()
    _making: dict[str, Future[None]] = field(default_factory=dict)
    _stock: Stock = field(default_factory=Stock)

    def begin(self) -> None:
        """Remember the proof that is there, to compare with it, and make room for what will be kept."""
        self._first = by_folio(self.site.last())
        if self.cache is not None:
            tidy(self.cache)

    def renew(self) -> tuple[Diagnostic, ...]:
        """Proof what changed, each page with its low picture, and return what was found."""
        loaded = prepare(self.path, allowed=self.allowed, cache=self.cache)
        if loaded.value is None:
            publish_stale(self.site, loaded.diagnostics, live=True)
            self.changed()
            return loaded.diagnostics
        self._prepared, self._loaded = loaded.value, loaded.diagnostics
        self._kept = {page.number: self._page(nth) for nth, page in enumerate(loaded.value.issue.pages)}
        if not self._first:
            self._first = {record["folio"]: record for record in self._records()}
        return self.publish()

    def _page(self, nth: int) -> _Kept:
        assert self._prepared is not None  # set just before
        source = _source(self._prepared, nth, self._loaded)
        kept = self._kept.get(self._prepared.issue.pages[nth].number)
        if kept is not None and kept.source == source:
            return kept
        drawn = draw_page(self._prepared, nth, loaded=self._loaded, cache=self.cache)
        if drawn.printed is not None:
            folder = self.site.page_folder(page_key(drawn.printed))
            if not is_complete(folder):
                make_quick(drawn.printed, folder, self._stock)
        return _Kept(source, drawn, describe_page(drawn))

    def judge(self) -> tuple[Diagnostic, ...]:
        """Preflight the pages that are shown but not judged yet, and return what it found: the desk sees them first."""
        fresh = {number: kept for number, kept in self._kept.items() if _is_unjudged(kept.drawn)}
        if not fresh:
            return ()
        for number, kept in fresh.items():
            drawn = judged(kept.drawn)
            self._kept[number] = replace(kept, drawn=drawn, proof=describe_page(drawn))
        self.publish()
        return tuple(one.diagnostic for number in fresh for one in self._kept[number].drawn.verdict or ())

    def publish(self) -> tuple[Diagnostic, ...]:
        """Show the proof as it stands, and return all findings."""
        assert self._prepared is not None  # there is nothing to publish before the first renewal
        found = (*self._loaded, *(each for page in self._kept.values() for each in page.drawn.found))
        found = tuple(dict.fromkeys(found))
        data = {**site_data(self._prepared, list(self._records()), found), "live": True}
        data["signoff"] = signoff_record(self.site.folder.parent, data["pages"], self.trusted)
        self.site.publish(data)
        self.site.tidy(data, {"pages": self._first.values()})
        self.changed()
        return found

    def _records(self) -> Iterator[Record]:
        for kept in self._kept.values():
            if kept.proof is not None:
                record = page_record(kept.proof, self.site.page_folder(page_key(kept.proof)))
                yield compared(record, self._first.get(kept.proof.folio), self.site.pages)

    def finish(self, pool: ProcessPoolExecutor) -> None:
        """Have the pictures that are missing made in the background; show those that have become complete."""
        done = [key for key, making in self._making.items() if making.done()]
        for key in done:
            outcome(self._making.pop(key))
        if done and self._prepared is not None:
            self.publish()
        for kept in self._kept.values():
            if kept.proof is None or page_key(kept.proof) in self._making:
                continue
            folder = self.site.page_folder(page_key(kept.proof))
            if not is_complete(folder):
                self._making[page_key(kept.proof)] = pool.submit(draw_pictures, kept.proof, folder, self.cache)

    def end(self) -> None:
        """Mark the proof as one that is no longer renewed."""
        last = self.site.last()
        if last is not None:
            self.site.publish({**last, "live": False})


def _is_unjudged(drawn: Drawn) -> bool:
    return drawn.complete and drawn.printed is not None and drawn.verdict is None


def _source(prepared: Prepared, nth: int, loaded: Sequence[Diagnostic]) -> object:
    """All that a page is made from: when it is equal, so is the page."""
    issue, page = prepared.issue, prepared.issue.pages[nth]
    houses = [house for (number, _), house in prepared.houses.items() if number == page.number]
    facts = [prepared.facts.get(str(each.file)) for each in placed_files(page)]
    foreign = [prepared.foreign.get((str(ad.file), ad.page)) for ad in page.ads]
    count = sum(len(each.numbers) for each in issue.pages)
    return (replace(issue, pages=()), count, page, houses, facts, foreign, tuple(loaded))


def watch(watch: Watch, *, tell: Told, stop: Event) -> None:
    """Proof the issue now and after every change of its files, until ``stop`` is set.

    ``tell`` is given what each renewal found. Raises OSError when the disk does not take the files.
    """
    watch.begin()
    with helper() as pool:
        try:
            for changed in _changes(watch, stop):
                if changed:
                    tell(watch.renew())
                if found := watch.judge():
                    tell(found)
                watch.finish(pool)
        finally:
            watch.end()
            pool.shutdown(wait=False, cancel_futures=True)


def _changes(watch: Watch, stop: Event) -> Iterator[bool]:
    """True at first and after each change of a file that matters, False every ``POLL`` milliseconds.

    It looks out before it says anything: a change during the first proof is not missed.
    """
    from watchfiles import watch as notice

    folders = {watch.path.resolve().parent, *(folder.resolve() for folder in watch.allowed)}
    proof = watch.site.folder.resolve()
    own = {proof, proof.parent} - folders  # what the program itself writes

    def matters(_kind: object, path: str) -> bool:
        file = Path(path)
        hidden = any(part.startswith(".") for part in file.parts[-2:]) or file.name.endswith("~")
        return not hidden and own.isdisjoint(file.parents)

    first = True
    for changes in notice(
        *folders,
        watch_filter=matters,
        debounce=_LONGEST,
        step=_SETTLE,
        rust_timeout=POLL,
        yield_on_timeout=True,
        stop_event=stop,
    ):
        yield first or bool(changes)
        first = False
