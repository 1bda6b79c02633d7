"""Inline markup by the house's means: its chains of faces and the inks of its palette."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from msgspec.structs import replace

from layout.core import Ink
from layout.text import Metrics, Span
from layout.text.markup import Mark, Marked, MarkKind

ROLES: Final = {"hei": ("hei", "kicker"), "kai": ("kai", "byline"), "dateline": ("dateline", "kicker")}
"""The role of a face that markup or the composer asks for by name: the house's own, else one that every house has."""


def role_of(name: str, roles: Mapping[str, object]) -> str:
    """The house's role for one of ``ROLES``."""
    own, usual = ROLES[name]
    return own if own in roles else usual


def spans_of(marked: Marked, face: Callable[[str], Metrics], palette: Mapping[str, Ink]) -> Iterator[Span]:
    """The marks of copy as spans; ``face`` leads from hei and kai to their metrics."""
    for mark in marked.marks:
        yield _span(mark, face, palette)


_NO_NOTE: Final = "a head takes no note mark"

REFUSED: Final[Mapping[str, Mapping[MarkKind, str]]] = {
    "kicker": {"note": _NO_NOTE},
    "headline": {"note": _NO_NOTE},
    "deck": {"note": _NO_NOTE},
    "table": {
        "ruby": "between the lines of a table there is no room for ruby",
        "dots": "between the lines of a table there is no room for emphasis dots",
    },
}
"""What a role of copy does not take, and why."""


def refused(marked: Marked, role: str) -> Iterator[tuple[Mark, str]]:
    """The marks that a role does not take, each with the reason."""
    reasons = REFUSED.get(role, {})
    return ((mark, reasons[mark.kind]) for mark in marked.marks if mark.kind in reasons)


def without(marked: Marked, role: str) -> Marked:
    """The copy without the marks that its role does not take; note marks go with their signs."""
    reasons = REFUSED.get(role, {})
    if not any(mark.kind in reasons for mark in marked.marks):
        return marked
    gone = {
        at for mark in marked.marks if mark.kind == "note" and "note" in reasons for at in range(mark.start, mark.end)
    }
    kept = [at for at in range(len(marked.text)) if at not in gone]
    marks = (
        replace(mark, start=bisect_left(kept, mark.start), end=bisect_left(kept, mark.end))
        for mark in marked.marks
        if mark.kind not in reasons
    )
    origin = (*(marked.origin[at] for at in kept), marked.origin[-1])
    return replace(marked, text="".join(marked.text[at] for at in kept), marks=tuple(marks), origin=origin)


def _span(mark: Mark, face: Callable[[str], Metrics], palette: Mapping[str, Ink]) -> Span:
    kind = mark.kind
    return Span(
        mark.start,
        mark.end,
        metrics=face(kind) if kind in ("hei", "kai") else None,
        ink=palette[mark.values[0]] if kind == "ink" else None,
        dots=kind == "dots",
        line=kind if kind in ("name", "title") else "",
        ruby=mark.values if kind == "ruby" else (),
        keep=kind == "keep",
        note=kind == "note",
        turn=kind == "break",
    )
