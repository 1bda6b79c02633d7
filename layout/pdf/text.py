"""Glyph runs as text operators: positions exact however far a line runs, copy that extracts without added spaces.

Positions. A reader moves its pen by the widths of the font; whatever the composed position differs from the pen is a
number in the TJ array. The pen kept here moves by the same *written* numbers, so rounding never adds up. In a column it
goes down the page: by an em a glyph where they stand upright, by their widths where they are turned.

Copy. Readers take a wide gap for a word space (poppler from 0.1 em, pdfium from half the width of the face's space)
and an overlap for a new line. Justified Chinese lines and the quarter em between Han and Latin have such gaps without
a space in the copy; squeezed punctuation overlaps. The glyphs on both sides of such a place stand in a Span with
ActualText, which poppler, pdfium and Acrobat obey. A column is one such Span: what of it is a text object of its own (a
number across, a turned word) readers take for a line. Pdfium puts texts that start at one height in order from left to
right, columns too: the last operator of a column starts at another height than the column that follows.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Final, NamedTuple

from msgspec import Struct

from layout.core import Point, Pt
from layout.display import Curve, Fill, Foreign, GlyphRun, Item, Picture, Stroke
from layout.pdf.codes import HANG, Codes, PressFont, astral, hangs
from layout.pdf.objects import number

GAP: Final = 0.09
"""From this share of the type size on, readers may take a gap for a word space and an overlap for a new line."""

_LINE_GAP: Final = 0.9  # em; runs further apart are not one line
_LEVEL: Final = 0.75  # em; what pdfium takes for one height is less than this apart
_BASELINE: Final = 0.01  # pt
_STILL: Final = 0.002  # pt; a glyph that is off by less is not moved
_COARSE: Final = 36.0  # pt; from this size on a tenth of a TJ unit is too coarse
_PLACES: Final = 3  # decimals of a point, as they are written
_object = attrgetter("run", "font", "off")  # what one text object has in common


class Shown(Struct, frozen=True, gc=False):
    """A glyph on its way to the page. ``width`` is the way on along the line that the font gives it, in points.

    It stands ``along`` its line and ``off`` the page's other edge: at x and y; at y and x where its line goes ``down``.
    """

    along: Pt
    off: Pt
    font: str
    hex: str
    width: Pt
    text: str
    run: GlyphRun
    down: bool = False

    @property
    def place(self) -> Point:
        """Where it stands on the page."""
        return Point(self.off, self.along) if self.down else Point(self.along, self.off)


class Piece(NamedTuple):
    """Glyphs that one TJ array shows. ``copy`` opens a Span with that ActualText, ``closes`` ends it behind them."""

    glyphs: Sequence[Shown]
    copy: str | None
    closes: bool


def lines(items: Iterable[Item]) -> Iterator[list[GlyphRun] | Fill | Stroke | Curve | Picture | Foreign]:
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
    if run.flow != "across":
        yield from _shown_down(run, font)
        return
    x, y, unit, codes = run.x, run.baseline, _unit(run), font.codes
    for glyph in run.glyphs:
        code = codes[glyph.gid, glyph.text]
        yield Shown(x + glyph.dx, y + glyph.dy, code.font, code.hex, code.width * unit, glyph.text, run)
        x += glyph.advance


def _shown_down(run: GlyphRun, font: PressFont) -> Iterator[Shown]:
    """The glyphs of a column: turned ones stand on their baseline, upright ones hang by their em box's top.

    Condensed figures are short lines across: readers do not agree on where condensed glyphs hang.
    """
    y, unit, upright = run.baseline, _unit(run), hangs(run)
    codes, down = font.down if upright else font.codes, upright or run.flow == "turned"
    for glyph in run.glyphs:
        code = codes[glyph.gid, glyph.text]
        along, off, width = y + glyph.dy, run.x + glyph.dx, code.width * unit
        if upright:
            along, off, width = along - HANG * run.size, off + width / 2, run.size
        if not down:
            along, off = off, along
        yield Shown(along, round(off, _PLACES), code.font, code.hex, width, glyph.text, run, down)
        y += glyph.advance


def _unit(run: GlyphRun) -> Pt:
    """A thousandth of the size along the line, from the size and the scale as they are written."""
    return round(run.size, 3) * round(run.xscale * 100, 3) / 100_000


def pieces(
    line: Sequence[GlyphRun], fonts: Mapping[str, PressFont], following: GlyphRun | None = None
) -> Iterator[Piece]:
    """A line cut where the font, the size, the ink or the height changes, and where a Span begins or ends.

    A column is cut once more, at another height than that of the run ``following`` it.
    """
    glyphs = _in_order([(run, [*shown(run, fonts[run.face])]) for run in line])
    whole = _pieces(glyphs)
    return whole if line[0].flow == "across" else _parted(whole, _tail(glyphs, following))


def _pieces(glyphs: Sequence[Shown]) -> Iterator[Piece]:
    start = 0
    for first, last in _spans(glyphs):
        yield from _cut(glyphs[start:first], None)
        yield from _cut(glyphs[first:last], "".join(glyph.text for glyph in glyphs[first:last]))
        start = last
    yield from _cut(glyphs[start:], None)


def _tail(glyphs: Sequence[Shown], following: GlyphRun | None) -> Shown:
    """The last glyph of a column that stands at another height than what follows starts at."""
    for glyph in reversed(glyphs):
        size = glyph.run.size
        if following is None or abs(glyph.place.y - following.baseline) > _LEVEL * max(size, following.size):
            return glyph
    return glyphs[-1]


def _parted(whole: Iterable[Piece], tail: Shown) -> Iterator[Piece]:
    """The pieces of a column; the one with the glyph ``tail`` is cut before it."""
    for piece in whole:
        at = next((place for place, glyph in enumerate(piece.glyphs) if glyph is tail), 0)
        if at:
            yield Piece(piece.glyphs[:at], piece.copy, closes=False)
            yield Piece(piece.glyphs[at:], None, piece.closes)
        else:
            yield piece


class Straight(NamedTuple):
    """A run whose glyphs are of one font and stand on one line: their places along it, codes, and widths on the page.

    ``spans``: the stretches of ``_spans``.
    """

    font: str
    along: list[Pt]
    hexes: list[str]
    widths: list[Pt]
    spans: list[tuple[int, int]]


def straight(run: GlyphRun, codes: Codes) -> Straight | None:
    """A run by itself on its line, as nearly all are; None for one that only ``pieces`` can cut."""
    if run.flow != "across":
        return None
    x, unit, limit, first = run.x, _unit(run), GAP * run.size, run.glyphs[0]
    rise, font = first.dy, codes[first.gid, first.text].font
    along: list[Pt] = []
    hexes: list[str] = []
    widths: list[Pt] = []
    spans: list[tuple[int, int]] = []
    before, wide, space = x + first.dx, 0.0, True
    for place, glyph in enumerate(run.glyphs):
        name, code, units, simple, blank = codes[glyph.gid, glyph.text]
        if not simple or name != font or glyph.dy != rise:
            return None
        here = x + glyph.dx
        if not -limit <= here - before - wide <= limit and not (space or blank):  # the same as _needs_copy
            begun = spans.pop()[0] if spans and spans[-1][1] == place else place - 1
            spans.append((begun, place + 1))
        before, wide, space = here, units * unit, blank
        along.append(here)
        hexes.append(code)
        widths.append(wide)
        x += glyph.advance
    return Straight(font, along, hexes, widths, spans)


def _in_order(parts: Sequence[tuple[GlyphRun, list[Shown]]]) -> list[Shown]:
    """The glyphs of runs without copy before the last glyph that has copy.

    The Span that hides them then begins and ends with glyphs of the line itself: poppler takes its place from these.
    """
    hidden: list[Shown] = []
    open_glyphs: list[Shown] = []
    for run, glyphs in parts:
        (open_glyphs if run.text else hidden).extend(glyphs)
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
        if astral(after.text) or not (joined or _needs_copy(before, after)):
            return place
    return len(glyphs)


def _needs_copy(before: Shown, after: Shown) -> bool:
    """Whether a reader could see a space, a new line, or a character too many between two glyphs."""
    if _follows(before, after):
        return False
    if before.run.flow != "across" and not (astral(before.text) or astral(after.text)):
        return True
    if before.off != after.off and not (astral(before.text) or astral(after.text)):
        return True
    apart = abs(after.along - before.along - before.width) > GAP * min(before.run.size, after.run.size)
    if after.text and (not apart or before.text.isspace() or after.text.isspace()):
        return False
    return not (astral(before.text) or astral(after.text))


def _follows(before: Shown, after: Shown) -> bool:
    """Whether a glyph stands where no reader doubts it: on the line of the one before, close behind it.

    That is nearly every pair of a page, and the questions of ``_needs_copy`` all come to the same answer for it.
    """
    run = after.run
    if before.run is not run or before.off != after.off or not after.text or run.flow != "across":
        return False
    limit = GAP * run.size
    return -limit <= after.along - before.along - before.width <= limit


def show(glyphs: Sequence[Shown], pen: Pt) -> tuple[str, Pt]:
    """The operator that shows the glyphs of a piece, and where it leaves the pen, which stands at ``pen`` before."""
    along, hexes, widths = zip(*((glyph.along, glyph.hex, glyph.width) for glyph in glyphs), strict=True)
    return shown_at(glyphs[0].run, along, hexes, widths, pen)


def shown_at(run: GlyphRun, along: Sequence[Pt], hexes: Sequence[str], widths: Sequence[Pt], pen: Pt) -> tuple[str, Pt]:
    """The same for codes of a run by their places along its line and their widths."""
    # A number takes the pen back on a line; in a column, where y runs up, back is down.
    unit = -round(run.size, 3) / 1000 if hangs(run) else _unit(run)
    decimals = 1 if run.size * run.xscale < _COARSE else 2
    parts: list[str] = []
    for place, code, wide in zip(along, hexes, widths, strict=True):
        back = pen - place
        if abs(back) > _STILL:
            step = round(back / unit, decimals)
            parts.append(_step(step, decimals))
            pen -= step * unit
        parts.append(code)
        pen += wide
    return _array("".join(parts)), pen


@lru_cache(maxsize=4096)
def _step(step: float, decimals: int) -> str:
    """A step of the pen between two codes. A justified line has the same few over and over."""
    return f">{number(step, decimals)}<"


def _array(body: str) -> str:
    """A TJ array from codes and ``>number<`` steps; a Tj string when there are no steps."""
    if ">" not in body:
        return f"<{body}>Tj"
    return f"[{body[1:]}>]TJ" if body.startswith(">") else f"[<{body}>]TJ"


def actual_text(copy: str) -> str:
    """The operator that opens a Span which stands for ``copy``."""
    return f"/Span<</ActualText<FEFF{copy.encode('utf-16-be', 'surrogatepass').hex().upper()}>>>BDC"
