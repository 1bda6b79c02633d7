"""The facts of a file, gathered."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from layout.preflight.budget import Budget, OverBudget
from layout.preflight.content.interpreter import interpret, interpret_appearances
from layout.preflight.content.scope import Library, library
from layout.preflight.facts.document import read_document
from layout.preflight.facts.gate import header_version
from layout.preflight.facts.pages import Leaf, annotations, leaves, read_page
from layout.preflight.facts.recorder import Recorder
from layout.preflight.facts.traces import find_traces
from layout.preflight.facts.weight import weigh
from layout.preflight.model import Facts, Page, Shortfall
from layout.preflight.objects import File, Value, get
from layout.preflight.plain import open_plain

T = TypeVar("T")

_DAMAGE_SHOWN = 5


class Opened(Struct, frozen=True):
    """A file that can be read: its bytes, its objects, its pages, and what its streams share."""

    data: bytes
    file: File
    pages: tuple[Leaf, ...]
    library: Library
    shortfalls: tuple[Shortfall, ...]


def open_file(data: bytes, budget: Budget, *, plain: bool = False) -> Opened:
    """Open a file; a ``plain`` one without qpdf. Raises Unreadable."""
    file = _open(data, plain=plain)
    found: list[Leaf] = []
    short: list[Shortfall] = []
    try:
        found += leaves(file.trailer, budget)
    except OverBudget as fault:
        short.append(Shortfall(0, fault.what))
    return Opened(data, file, tuple(found), library(budget), tuple(short))


def _open(data: bytes, *, plain: bool) -> File:
    header_version(data)
    file = open_plain(data) if plain else None
    if file is not None:
        return file
    from layout.preflight.qpdf import open_qpdf

    return open_qpdf(data)


def read_facts(opened: Opened, only: int | None = None, *, content: bool = True) -> Facts:
    """All facts but ink coverage, or those of the page ``only``. What a budget cut short is told as a shortfall.

    Without ``content``, of what pages paint only their fonts are told.
    """
    read = _read_content if content else _skim_content
    budget, short = opened.library.budget, list(opened.shortfalls)
    document = read_document(opened.file, opened.data, opened.library.profiles, budget)
    chosen = [leaf for leaf in opened.pages if only in {None, leaf.number}]
    roots = [opened.file.trailer] if only is None else [each for leaf in chosen for each in _roots(leaf)]
    traces = _within(partial(find_traces, roots, budget), short, 0) or ()
    pages, recorders = [], []
    for leaf in chosen:
        page = read_page(leaf)
        recorder = Recorder(page.number, page.boxes.frame, budget)
        _within(partial(read, opened, leaf, page, recorder), short, page.number)
        pages.append(page)
        recorders.append(recorder)
    return Facts(
        document=replace(
            document, damage=opened.file.damage[:_DAMAGE_SHOWN], weights=weigh(opened.file, len(opened.data))
        ),
        pages=tuple(pages),
        paints=tuple(one for recorder in recorders for one in recorder.paints),
        images=tuple(one for recorder in recorders for one in recorder.images),
        fonts=tuple(one for recorder in recorders for one in recorder.fonts),
        uses=tuple(one for recorder in recorders for one in recorder.uses),
        groups=tuple(one for recorder in recorders for one in recorder.groups),
        defects=tuple(one for recorder in recorders for one in recorder.defects),
        traces=(*traces, *(one for recorder in recorders for one in recorder.traces)),
        shortfalls=tuple(dict.fromkeys(short)),
    )


def _roots(leaf: Leaf) -> tuple[Value, Value]:
    """What a page is made of."""
    return leaf.value, leaf.entry("/Resources")


def _read_content(opened: Opened, leaf: Leaf, page: Page, recorder: Recorder) -> None:
    frame = page.boxes.frame
    interpret(
        get(leaf.value, "/Contents"),
        resources=leaf.entry("/Resources"),
        group=get(leaf.value, "/Group"),
        frame=frame,
        library=opened.library,
        sink=recorder,
    )
    interpret_appearances(annotations(leaf), frame=frame, library=opened.library, sink=recorder)


def _skim_content(opened: Opened, leaf: Leaf, page: Page, recorder: Recorder) -> None:
    from layout.preflight.content.skim import skim

    skim(
        get(leaf.value, "/Contents"),
        resources=leaf.entry("/Resources"),
        frame=page.boxes.frame,
        library=opened.library,
        sink=recorder,
    )


def _within(work: Callable[[], T], short: list[Shortfall], page: int) -> T | None:
    """The result of ``work``; None, and a shortfall, when a budget ends it."""
    try:
        return work()
    except OverBudget as fault:
        short.append(Shortfall(page, fault.what))
        return None
