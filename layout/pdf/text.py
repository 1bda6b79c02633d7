"""Glyph runs as text operators: positions exact however far a line runs, copy that extracts without added spaces.

Positions. A reader moves its pen by the widths of the font; whatever the composed position differs from the pen is a
number in the TJ array. The pen kept here moves by the same *written* numbers, so rounding never adds up.

Copy. Readers take a wide gap for a word space (poppler from 0.1 em, pdfium from half the width of the face's space)
and an overlap for a new line. Justified Chinese lines and the quarter em between Han and Latin have such gaps without
a space in the copy; squeezed punctuation overlaps. The glyphs on both sides of such a place stand in a Span with
ActualText, which poppler, pdfium and Acrobat obey.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Final, NamedTuple

from layout.core import Pt
from layout.display import Curve, Fill, GlyphRun, Item, Picture, Stroke
from layout.pdf.objects import number
from layout.pdf.type0 import PressFont

GAP: Final = 0.09
"""From this share of the type size on, readers may take a gap for a word space and an overlap for a new line."""

_LINE_GAP: Final = 0.9  # em; runs further apart are not one line
_BASELINE: Final = 0.01  # pt
_STILL: Final = 0.002  # pt; a glyph that is off by less is not moved
_COARSE: Final = 36.0  # pt; from this size on a tenth of a TJ unit is too coarse
_object = attrgetter("run", "font", "y")  # what one text object has in common


class Shown(NamedTuple):
    """A glyph on its way to the page, in page coordinates. ``width`` is what the font says, in points."""

    x: Pt
    y: Pt
    font: str
    hex: str
    width: Pt
    text: str
    run: GlyphRun


class Piece(NamedTuple):
    """Glyphs that one TJ array shows. ``copy`` opens a Span with that ActualText, ``closes`` ends it behind them."""

    glyphs: Sequence[Shown]
    copy: str | None
    closes: bool


def lines(items: Iterable[Item]) -> Iterator[list[GlyphRun] | Fill | Stroke | Curve | Picture]:
    """The items in their order, runs that follow each other on one baseline as a list.

    A run without copy (ruby) belongs to the line before it, wherever it stands.
    """
    line: list[GlyphRun] = []
    last: GlyphRun | None = None  # of the line, the last with copy
    for item in items:
        if isinstance(item, GlyphRun):
            if not item.glyphs:
                continue
            if line and not _continues(last or line[-1], item):
                yield line
                line, last = [], None
            line.append(item)
            last = item if item.text else last
            continue
        if line:
            yield line
            line, last = [], None
        yield item
    if line:
        yield line


def _continues(before: GlyphRun, run: GlyphRun) -> bool:
    if before.flow != "across" or run.flow != "across":
        return _goes_down(before, run)
    if abs(run.baseline - before.baseline) >= _BASELINE:
        return False
    em = max(before.size, run.size)
    gap = run.x - before.x - before.width
    return not run.text or -em < gap < _LINE_GAP * em


def _goes_down(before: GlyphRun, run: GlyphRun) -> bool:
    """Whether a run goes on in the column of another."""
    if "across" in (before.flow, run.flow):
        return False
    gap = run.baseline - before.baseline - before.width
    return not run.text or (abs(run.x - before.x) < _BASELINE and abs(gap) < _BASELINE)


def shown(run: GlyphRun, font: PressFont) -> Iterator[Shown]:
    """The glyphs of a run with their places."""
    x, y, unit, codes = run.x, run.baseline, _unit(run), font.codes
    right, down = (1, 0) if run.flow == "across" else (0, 1)
    for glyph in run.glyphs:
        code = codes[glyph.gid, glyph.text]
        yield Shown(x + glyph.dx, y + glyph.dy, code.font, code.hex, code.width * unit, glyph.text, run)
        x += glyph.advance * right
        y += glyph.advance * down


def _unit(run: GlyphRun) -> Pt:
    """A thousandth of the size along the line, from the size and the scale as they are written."""
    return round(run.size, 3) * round(run.xscale * 100, 3) / 100_000


def pieces(line: Sequence[GlyphRun], fonts: Mapping[str, PressFont]) -> Iterator[Piece]:
    """A line cut where the font, the size, the ink or the height changes, and where a Span begins or ends."""
    glyphs = _in_order([(run, list(shown(run, fonts[run.face]))) for run in line])
    start = 0
    for first, last in _spans(glyphs):
        yield from _cut(glyphs[start:first], None)
        yield from _cut(glyphs[first:last], "".join(glyph.text for glyph in glyphs[first:last]))
        start = last
    yield from _cut(glyphs[start:], None)


def _in_order(parts: Sequence[tuple[GlyphRun, list[Shown]]]) -> list[Shown]:
    """The glyphs of runs without copy before the last glyph that has copy.

    The Span that hides them then begins and ends with glyphs of the line itself: poppler takes its place from these.
    """
    hidden = [glyph for run, glyphs in parts if not run.text for glyph in glyphs]
    open_glyphs = [glyph for run, glyphs in parts if run.text for glyph in glyphs]
    return [*open_glyphs[:-1], *hidden, *open_glyphs[-1:]]


def _cut(glyphs: Sequence[Shown], copy: str | None) -> Iterator[Piece]:
    parts = [list(part) for _, part in groupby(glyphs, key=_object)]
    for place, part in enumerate(parts):
        yield Piece(part, copy if place == 0 else None, closes=copy is not None and place == len(parts) - 1)


def _spans(glyphs: Sequence[Shown]) -> Iterator[tuple[int, int]]:
    """The stretches of a line that need ActualText, as half-open ranges.

    A stretch is a chain of glyphs with such places between them. One that goes over several text objects runs on to
    the end of the line, because pdfium looks for the next gap behind its *first* object. A glyph beyond the Basic
    Multilingual Plane ends a stretch: pdfium drops such characters from ActualText.
    """
    end = 0
    for start, (before, after) in enumerate(pairwise(glyphs)):
        if start >= end and _needs_copy(before, after):
            end = _chain_end(glyphs, start)
            yield start, end


def _chain_end(glyphs: Sequence[Shown], start: int) -> int:
    """Where the stretch that starts at ``start`` ends."""
    joined = False
    for place in range(start + 1, len(glyphs)):
        before, after = glyphs[place - 1], glyphs[place]
        joined = joined or _object(before) != _object(after)
        if _astral(after.text) or not (joined or _needs_copy(before, after)):
            return place
    return len(glyphs)


def _needs_copy(before: Shown, after: Shown) -> bool:
    """Whether a reader could see a space, a new line, or a character too many between two glyphs."""
    if before.y != after.y and not (_astral(before.text) or _astral(after.text)):
        return True
    apart = abs(after.x - before.x - before.width) > GAP * min(before.run.size, after.run.size)
    if after.text and (not apart or before.text.isspace() or after.text.isspace()):
        return False
    return not (_astral(before.text) or _astral(after.text))


def _astral(text: str) -> bool:
    return max(text, default="") > "\uffff"


def show(glyphs: Sequence[Shown], pen: Pt) -> tuple[str, Pt]:
    """The operator that shows the glyphs of a piece, and where it leaves the pen, which stands at ``pen`` before."""
    run = glyphs[0].run
    unit = _unit(run)
    decimals = 1 if run.size * run.xscale < _COARSE else 2
    parts: list[str] = []
    for glyph in glyphs:
        off = pen - glyph.x
        if abs(off) > _STILL:
            step = round(off / unit, decimals)
            parts.append(f">{number(step, decimals)}<")
            pen -= step * unit
        parts.append(glyph.hex)
        pen += glyph.width
    return _array("".join(parts)), pen


def _array(body: str) -> str:
    """A TJ array from codes and ``>number<`` steps; a Tj string when there are no steps."""
    if ">" not in body:
        return f"<{body}>Tj"
    return f"[{body[1:]}>]TJ" if body.startswith(">") else f"[<{body}>]TJ"


def actual_text(copy: str) -> str:
    """The operator that opens a Span which stands for ``copy``."""
    return f"/Span<</ActualText<FEFF{copy.encode('utf-16-be', 'surrogatepass').hex().upper()}>>>BDC"
