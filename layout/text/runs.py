"""A set line as display items: glyph runs at their final places, and what is drawn beside them."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from layout.core import Ink, Pt
from layout.display import Flow, Glyph, GlyphRun, Item
from layout.text.cells import MIDDLE
from layout.text.justify import Line, Placed, natural_line
from layout.text.marking import Drawn, Side, marks
from layout.text.spans import BARE, RUBY_SIZE, Ruby

_RUBY_RISE: Final = 0.93
"""From the baseline of a line up to that of its ruby, em of the line."""

_RUBY_RIGHT: Final = 0.74
"""From the middle of a column to that of its ruby, em of the column."""


def line_runs(line: Line, *, x: Pt, baseline: Pt, size: Pt, ink: Ink, overprint: bool, tag: str) -> tuple[Item, ...]:
    """A horizontal line whose measure starts at ``x``: a glyph run for each stretch of a face, scale, size and ink.

    The advances of the runs that set copy add up to the line's width without its indent. Clusters that no face covers
    leave a gap. Ruby comes behind, in runs without copy that stand on the line's own baseline and are raised glyph by
    glyph; then dots and lines. What a span sets in another ink overprints when that is black.
    """
    pen = x + line.indent * size
    if any(placed.dress is not BARE for placed in line.clusters):
        return tuple(_Composed(line, pen, baseline, size, ink, overprint, tag).items())
    runs = []
    for (face, xscale), placed in groupby(line.clusters, key=lambda p: (p.cell.face, p.cell.xscale)):
        group = tuple(placed)
        glyphs = _glyphs(group, size, "across")
        if face and glyphs:
            runs.append(GlyphRun(pen, baseline, face, size, ink, glyphs, xscale, overprint, tag))
        pen += sum([cluster.advance for cluster in group]) * size
    return tuple(runs)


def column_runs(line: Line, *, x: Pt, top: Pt, size: Pt, ink: Ink, overprint: bool, tag: str) -> tuple[Item, ...]:
    """A line of vertical setting as a column round the centre line ``x`` whose measure starts at ``top`` (section 8).

    As ``line_runs``; what stands upright and what is turned are runs of their own. Ruby and emphasis dots stand on the
    right, lines on the left (rules R-1, R-2, R-4).
    """
    start = top + line.indent * size
    return tuple(_Composed(line, x, start, size, ink, overprint, tag, vertical=True).items())


def _glyphs(clusters: Sequence[Placed], size: Pt, flow: Flow) -> tuple[Glyph, ...]:
    """The glyphs of some clusters; the last of each takes what is left of the cluster's advance."""
    place, glyphs = _PLACES[flow], []
    for placed in clusters:
        placements, rest, offset = placed.cell.glyphs, placed.advance, placed.offset
        for gid, advance, text, dx, dy in placements[:-1]:
            right, down = place(offset, dx, dy)
            glyphs.append(Glyph(gid, advance * size, text, right * size, down * size))
            rest -= advance
        for gid, _, text, dx, dy in placements[-1:]:
            right, down = place(offset, dx, dy)
            glyphs.append(Glyph(gid, rest * size, text, right * size, down * size))
    return tuple(glyphs)


def _across(offset: float, dx: float, dy: float) -> tuple[float, float]:
    return offset + dx, -dy


def _down(offset: float, dx: float, dy: float) -> tuple[float, float]:
    return dx, offset - dy


def _turned(offset: float, dx: float, dy: float) -> tuple[float, float]:
    """A quarter turn clockwise: what was up is right, and the middle of the em box is on the centre line."""
    return dy - MIDDLE, offset + dx


_PLACES: Final = {"across": _across, "down": _down, "turned": _turned}
"""From a cluster's offset along the run and a glyph's (dx, dy up) in its cell to the page's (right, down), em."""


class _Composed(Struct, frozen=True):
    """A line on its way to display items: ``x`` and ``y`` are where its first cluster starts."""

    line: Line
    x: Pt
    y: Pt
    size: Pt
    ink: Ink
    overprint: bool
    tag: str
    vertical: bool = False

    def items(self) -> Iterator[Item]:
        """The runs of the copy, then ruby, then the lines, then the dots."""
        clusters = self.line.clusters
        pens = tuple(accumulate((placed.advance * self.size for placed in clusters), initial=0.0))
        yield from self._runs(pens)
        if all(placed.dress is BARE for placed in clusters):
            return
        cores = _cores(clusters, pens, self.size)
        for at, placed in enumerate(clusters):
            if placed.dress.ruby is not None:
                yield from self._ruby(placed.dress.ruby, at, cores)
        middle = self.y if self.vertical else self.y - MIDDLE * self.size
        yield from marks(clusters, cores, Side(self.x, middle, self.size, vertical=self.vertical), self._drawn)

    def _drawn(self, ink: Ink | None) -> Drawn:
        """How marks of a cluster in some ink are drawn; None: in the line's own."""
        return Drawn(self.ink, self.overprint, self.tag) if ink is None else Drawn(ink, ink.black_only, self.tag)

    def _flow(self, placed: Placed) -> Flow:
        if not self.vertical:
            return "across"
        return "turned" if placed.cell.form == "rotated" else "down"

    def _key(self, placed: Placed) -> tuple[str, float, float, Ink | None, Flow]:
        """What clusters of one run have in common."""
        cell = placed.cell
        return (cell.face, cell.xscale, cell.size, placed.dress.ink, self._flow(placed))

    def _runs(self, pens: Sequence[Pt]) -> Iterator[GlyphRun]:
        at = 0
        for (face, xscale, share, ink, flow), placed in groupby(self.line.clusters, key=self._key):
            group = tuple(placed)
            glyphs = _glyphs(group, self.size, flow)
            if face and glyphs:
                drawn, size = self._drawn(ink), self.size * share
                x, y = (self.x, self.y + pens[at]) if self.vertical else (self.x + pens[at], self.y)
                yield GlyphRun(x, y, face, size, drawn.ink, glyphs, xscale, drawn.overprint, self.tag, flow)
            at += len(group)

    def _ruby(self, ruby: Ruby, at: int, cores: Sequence[tuple[Pt, Pt]]) -> Iterator[GlyphRun]:
        """The reading in the middle beside its clusters, as far as they are on this line."""
        reading, size = natural_line(ruby.reading), self.size * RUBY_SIZE
        last = min(at + ruby.over, len(cores)) - 1
        start = (cores[at][0] + cores[last][1] - reading.width * size) / 2
        ink, overprint, tag = self._drawn(self.line.clusters[at].dress.ink)
        if self.vertical:
            beside, rise = replace(self, x=self.x + _RUBY_RIGHT * self.size, y=self.y + start), 0.0
        else:
            beside, rise = replace(self, x=self.x + start), _RUBY_RISE * self.size
        set_small = replace(beside, line=reading, size=size, ink=ink, overprint=overprint, tag=tag)
        yield from (_silent(run, rise) for run in set_small.items() if isinstance(run, GlyphRun))


def _silent(run: GlyphRun, rise: Pt) -> GlyphRun:
    """A run that stands for no copy, its glyphs raised off its baseline."""
    glyphs = tuple(replace(glyph, text="", dy=glyph.dy - rise) for glyph in run.glyphs)
    return replace(run, glyphs=glyphs)


def _cores(clusters: Sequence[Placed], pens: Sequence[Pt], size: Pt) -> tuple[tuple[Pt, Pt], ...]:
    """Where the core of each cluster starts and ends, from the line's start: without blanks and gaps beside it."""
    starts = (pen + (placed.offset - placed.cell.origin) * size for placed, pen in zip(clusters, pens, strict=False))
    return tuple((start, start + p.cell.advance * size) for start, p in zip(starts, clusters, strict=True))
