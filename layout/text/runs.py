"""A set line as display items: glyph runs at their final places."""

from collections.abc import Iterator
from itertools import groupby

from layout.core import Ink, Pt
from layout.display import Glyph, GlyphRun
from layout.text.justify import Line, Placed


def line_runs(
    line: Line, *, x: Pt, baseline: Pt, size: Pt, ink: Ink, overprint: bool, tag: str
) -> tuple[GlyphRun, ...]:
    """The glyph runs of a horizontal line whose measure starts at ``x``, one for each stretch of a face and scale.

    The advances of all runs add up to the line's width without its indent. Clusters that no face covers leave a gap.
    """
    runs = []
    pen = x + line.indent * size
    for (face, xscale), placed in groupby(line.clusters, key=lambda p: (p.cell.face, p.cell.xscale)):
        group = tuple(placed)
        glyphs = tuple(glyph for cluster in group for glyph in _glyphs(cluster, size))
        if face and glyphs:
            runs.append(GlyphRun(pen, baseline, face, size, ink, glyphs, xscale, overprint, tag))
        pen += sum(cluster.advance for cluster in group) * size
    return tuple(runs)


def _glyphs(placed: Placed, size: Pt) -> Iterator[Glyph]:
    """The glyphs of one cluster; the last takes what is left of the advance."""
    rest = placed.advance
    *inner, last = placed.cell.glyphs or (None,)
    for glyph in inner:
        rest -= glyph.advance
        yield Glyph(glyph.gid, glyph.advance * size, glyph.text, (placed.offset + glyph.dx) * size, -glyph.dy * size)
    if last is not None:
        yield Glyph(last.gid, rest * size, last.text, (placed.offset + last.dx) * size, -last.dy * size)
