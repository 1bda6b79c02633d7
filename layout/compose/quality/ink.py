"""Where the ink of marks stands, by the glyphs' own boxes: in its cell, a dash in one stroke, even dots (P-8, Q-8).

What the cells of the setting promise depends on the face; here the drawn shapes are held against it, on the display
list, whichever features the face has.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple, Protocol

from layout.display import Glyph, GlyphRun, Item
from layout.text.cells import MIDDLE
from layout.text.classes import CLOSE, CONNECTOR, INTERPUNCT, OPEN, STOP_END, STOP_MID

DASH_LENGTHS: Final = (1.7, 2.0)
"""Em of the ink of a two-em dash (rule Q-8)."""

OFF_CENTRE: Final = 0.05
"""How far a dash may be from the middle of the Han beside it, em (rule Q-8)."""

BREAK: Final = 0.005
"""A wider gap between the inks of one dash shows (rule P-10), em."""

UNEVEN: Final = 0.05
"""How much the ways between the dots of an ellipsis may differ, em."""

OUTSIDE: Final = 0.02
"""How far the ink of a mark may leave its cell before it comes to touch its neighbour (rule P-8), em."""

_SLACK: Final = 1e-3
_DECENT: Final = (0.9, 1.1)
"""A run is condensed as a whole between these; a scale beyond belongs to one glyph (rules P-10, P-13)."""

_DASHES: Final = frozenset({"—", "——"})
_DOTS: Final = "…"
_IN_CELLS: Final = OPEN | CLOSE | STOP_END | STOP_MID | INTERPUNCT | CONNECTOR
_LOOKED_AT: Final = _IN_CELLS | _DASHES | {_DOTS}


class Shapes(Protocol):
    """What is asked of a face."""

    def ink(self, gid: int) -> tuple[float, float, float, float] | None:
        """The box of a glyph's ink: left, bottom, right, top, em, y up."""
        ...


class InkFlaw(NamedTuple):
    """A fault of drawn shapes: its code, the face, what the run belongs to, and the characters."""

    code: str
    face: str
    tag: str
    text: str


class _Ink(NamedTuple):
    """Where ink starts and ends along its run, and its two sides across it (upwards or to the right)."""

    start: float
    end: float
    low: float
    high: float

    def moved(self, along: float, across: float = 0.0) -> "_Ink":
        return _Ink(self.start + along, self.end + along, self.low + across, self.high + across)


class _Key(NamedTuple):
    """What the ink of a glyph depends on."""

    gid: int
    face: str
    scale: float
    down: bool


def ink_flaws(items: Sequence[Item], faces: Mapping[str, Shapes]) -> tuple[InkFlaw, ...]:
    """The faults of the runs among ``items``, each once: ``dash-ink``, ``ellipsis-ink``, ``mark-ink``."""
    known: dict[_Key, _Ink | None] = {}
    found: dict[InkFlaw, None] = {}
    for run in items:
        if isinstance(run, GlyphRun) and not _LOOKED_AT.isdisjoint([glyph.text for glyph in run.glyphs]):
            found.update(dict.fromkeys(_flaws(run, faces, known)))
    return tuple(found)


def _flaws(run: GlyphRun, faces: Mapping[str, Shapes], known: dict[_Key, _Ink | None]) -> Iterator[InkFlaw]:
    size, flow = run.size, run.flow
    for at, glyph in enumerate(run.glyphs):
        text = glyph.text
        if text not in _LOOKED_AT:
            continue
        key = _Key(glyph.gid, run.face, 1.0 if flow == "down" else run.xscale, flow == "down")
        if key not in known:
            known[key] = _ink(key, faces)
        ink = known[key]
        if text in _IN_CELLS:
            along = glyph.dx if flow == "across" else glyph.dy
            if ink and (along < -(ink.start + OUTSIDE) * size or along > glyph.advance - (ink.end - OUTSIDE) * size):
                yield InkFlaw("mark-ink", run.face, run.tag, text)
        elif text == "——":
            yield from _judge(run, (at,), (ink,))
        elif _is_first(run.glyphs, at):
            second = key._replace(gid=run.glyphs[at + 1].gid)
            yield from _judge(run, (at, at + 1), (ink, _ink(second, faces)))


def _is_first(glyphs: Sequence[Glyph], at: int) -> bool:
    """Whether a glyph is the first of the two that make a mark together, not the second, nor alone."""
    mark = glyphs[at].text
    before = at
    while before and glyphs[before - 1].text == mark:
        before -= 1
    return (at - before) % 2 == 0 and at + 1 < len(glyphs) and glyphs[at + 1].text == mark


def _ink(key: _Key, faces: Mapping[str, Shapes]) -> _Ink | None:
    """The ink of a glyph from its own origin, em of its run; None when it is blank."""
    box = faces[key.face].ink(key.gid) if key.face in faces else None
    if box is None:
        return None
    left, bottom, right, top = box
    return _Ink(-top, -bottom, left, right) if key.down else _Ink(left * key.scale, right * key.scale, bottom, top)


def _judge(run: GlyphRun, ats: Sequence[int], drawn: Sequence[_Ink | None]) -> Iterator[InkFlaw]:
    """A mark of two em, drawn by one glyph or by two."""
    inks, pen = [], 0.0
    for at, ink in zip(ats, drawn, strict=True):
        glyph = run.glyphs[at]
        along, across = (glyph.dx, -glyph.dy) if run.flow == "across" else (glyph.dy, glyph.dx)
        if ink:
            inks.append(ink.moved((pen + along) / run.size, across / run.size))
        pen += glyph.advance
    mark = "".join(run.glyphs[at].text for at in ats)
    if mark[0] == _DOTS:
        if len(inks) < len(ats) or not _is_even(*inks):
            yield InkFlaw("ellipsis-ink", run.face, run.tag, mark)
    elif len(inks) < len(ats) or not _is_dash(inks, run):
        yield InkFlaw("dash-ink", run.face, run.tag, mark)


def _is_dash(inks: Sequence[_Ink], run: GlyphRun) -> bool:
    """One stroke of two em in the middle of the Han (rules P-10, Q-8)."""
    scale = run.xscale if _DECENT[0] <= run.xscale <= _DECENT[1] else 1.0
    length = (inks[-1].end - inks[0].start) / scale
    middle = MIDDLE if run.flow == "across" else 0.0
    return (
        DASH_LENGTHS[0] - _SLACK <= length <= DASH_LENGTHS[1] + _SLACK
        and all(after.start - before.end <= BREAK + _SLACK for before, after in pairwise(inks))
        and all(abs((ink.low + ink.high) / 2 - middle) <= OFF_CENTRE + _SLACK for ink in inks)
    )


def _is_even(first: _Ink, second: _Ink) -> bool:
    """Six dots as far apart inside the two glyphs, of three each, as between them (rule Q-8).

    Dots are round, so that the height of the ink is the width of a dot.
    """
    dot = first.high - first.low
    ways = ((first.end - first.start - dot) / 2, second.start - first.end + dot, (second.end - second.start - dot) / 2)
    return max(ways) - min(ways) <= UNEVEN
