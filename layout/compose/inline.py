"""Inline markup by the house's means: its chains of faces and the inks of its palette."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from layout.core import Ink
from layout.text import Metrics, Span
from layout.text.markup import Mark, Marked

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
