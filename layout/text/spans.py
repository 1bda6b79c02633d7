"""Spans: what is set differently inside a paragraph (rules R-1 to R-5, B-3)."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from layout.core import Ink
from layout.text.kinds import Kind
from layout.text.metrics import Cell, Metrics

if TYPE_CHECKING:
    from layout.text.paragraph import Paragraph

RUBY_SIZE: Final = 0.4
"""Size of ruby, em: at a pitch of 4/3 em it stands clear of the line above (rule R-1: half size or smaller)."""

RUBY_ROOM: Final = 0.42
"""What heads give a line with ruby above it, or beside it on the right, em."""

NOTE_SIZE: Final = 0.6
NOTE_RISE: Final = 0.34
NOTE_ASIDE: Final = 0.2
"""Size and height of a note mark, and how far it stands from the middle of a column, em (rule R-5)."""

_RUBY_CLEAR: Final = 0.12  # em between the readings of neighbours
_HIDDEN: Final = "\ufffc"
"""Stands for a note mark while patterns read the paragraph: numbers and words end at it."""


class Span(Struct, frozen=True, eq=False):
    """What is different in ``copy[start:end]``. Each span is one thing: two names side by side have a line each.

    ``metrics`` sets it in another face of the same size, ``ink`` in another ink. ``dots`` puts emphasis dots to its
    Han characters (R-2), ``line`` a proper-name line or a wavy title line to the whole (R-3, R-4). ``ruby`` is one
    reading over the whole or one over each cluster (R-1). ``keep`` bars breaks inside. ``note`` makes it a raised note
    mark (R-5). ``gap`` is the least space behind it, em. ``turn`` starts a new line at ``start``.
    """

    start: int
    end: int
    metrics: Metrics | None = None
    ink: Ink | None = None
    dots: bool = False
    line: Literal["", "name", "title"] = ""
    ruby: tuple[str, ...] = ()
    keep: bool = False
    note: bool = False
    gap: float = 0.0
    turn: bool = False


class Ruby(NamedTuple):
    """A reading, set, and over how many clusters it stands."""

    reading: "Paragraph"
    over: int


class Dress(NamedTuple):
    """What spans put on one cluster. ``ruby`` is with the first cluster that the reading stands over."""

    ink: Ink | None = None
    dots: bool = False
    lines: tuple[Span, ...] = ()
    ruby: Ruby | None = None


BARE: Final = Dress()

_DOTTED: Final = frozenset({Kind.HAN, Kind.ITERATION})
"""What takes emphasis dots (rule R-2)."""


def put_on(worn: Dress, span: Span, kind: Kind) -> Dress:
    """What a cluster of some kind wears with one span more over it."""
    return Dress(
        ink=span.ink or worn.ink,
        dots=worn.dots or (span.dots and kind in _DOTTED),
        lines=(*worn.lines, span) if span.line else worn.lines,
        ruby=worn.ruby,
    )


def cut_spans(spans: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    """The spans of ``copy[start:end]`` as offsets into it; of one that reaches out of it the part inside."""
    return tuple(
        replace(span, start=max(span.start, start) - start, end=min(span.end, end) - start)
        for span in spans
        if span.start < end and start < max(span.end, span.start + 1)
    )


def turned_at(copy: str, spans: Sequence[Span]) -> tuple[tuple[int, int], ...]:
    """The parts of a copy between the lines that the desk ends by hand."""
    turns = sorted({span.start for span in spans if span.turn} - {0, len(copy)})
    return tuple(pairwise((0, *turns, len(copy))))


def moved_spans(spans: Sequence[Span], copy: str, other: str) -> tuple[Span, ...]:
    """The spans of a copy as offsets into another that has the same characters but for spaces."""
    if not spans:
        return ()
    starts: list[int] = []
    ends, at = [0], 0
    for char in copy:
        found = -1 if char.isspace() else other.find(char, at)
        starts.append(at if found < 0 else found)
        at = at if found < 0 else found + 1
        ends.append(at)
    starts.append(at)
    return tuple(replace(span, start=starts[span.start], end=max(starts[span.start], ends[span.end])) for span in spans)


def ruby_room(dresses: Iterable["Dress"]) -> float:
    """How far ruby stands out of the em boxes of its line, em of the line; 0 without ruby."""
    return RUBY_ROOM if any(dress.ruby for dress in dresses) else 0.0


Placing = tuple[Span, int, int]
"""A span and the clusters that it covers: first, and one behind the last."""


def placings(clusters: Sequence[str], spans: Sequence[Span]) -> tuple[Placing, ...]:
    """The spans with their clusters: those that begin inside them."""
    starts = list(accumulate(map(len, clusters), initial=0))
    return tuple((span, bisect_left(starts, span.start), bisect_left(starts, span.end)) for span in spans)


def hide_notes(copy: str, spans: Sequence[Span]) -> str:
    """The copy with a sign of its own in place of each character of a note mark."""
    for span in spans:
        if span.note:
            copy = copy[: span.start] + _HIDDEN * (span.end - span.start) + copy[span.end :]
    return copy


def raised(cell: Cell, *, vertical: bool) -> Cell:
    """A cell as a note mark: smaller, and up; in a column to the right."""
    right, up = (NOTE_ASIDE, 0.0) if vertical else (0.0, NOTE_RISE)
    glyphs = tuple(
        glyph._replace(advance=glyph.advance * NOTE_SIZE, dx=glyph.dx * NOTE_SIZE + right, dy=glyph.dy * NOTE_SIZE + up)
        for glyph in cell.glyphs
    )
    return cell._replace(
        advance=cell.advance * NOTE_SIZE, origin=cell.origin * NOTE_SIZE, glyphs=glyphs, size=NOTE_SIZE
    )


def units(span: Span, first: int, last: int) -> Iterator[tuple[str, int, int]]:
    """The readings of a span of ruby, each with the clusters under it."""
    if len(span.ruby) == last - first:
        yield from ((reading, at, at + 1) for at, reading in enumerate(span.ruby, first))
    elif span.ruby and first < last:
        yield " ".join(span.ruby), first, last


def widened(cells: Sequence[Cell], natural: float, reading: float) -> list[Cell]:
    """Cells ``natural`` em wide under a reading: opened so that it does not touch its neighbours' readings."""
    need = reading + _RUBY_CLEAR - natural
    if need <= 0.0:
        return list(cells)
    share = need / len(cells)
    return [cell._replace(advance=cell.advance + share, origin=cell.origin + share / 2) for cell in cells]
