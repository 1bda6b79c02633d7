"""A headline set: divided, fitted, its lines ready to be drawn (rules H-1 to H-8)."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from layout.core import EPSILON, Pt
from layout.text.classes import is_han
from layout.text.headline.copy import CLAUSE_SPACE, HeadCopy
from layout.text.headline.division import Divider, Division, is_even
from layout.text.headline.fit import SPACE, SPACE_LEAST, SPACE_MOST, Extent, Fit, Limits, can_fit, fit
from layout.text.headline.places import PAUSE, Place, Rank, forced_places, mark_places, printed_end, word_places
from layout.text.headline.words import Lexicon, Readings, Word, shipped_lexicon, words_of
from layout.text.justify import Line, Placed, set_line
from layout.text.paragraph import Paragraph, Setting, set_paragraph
from layout.text.spans import Span, cut_spans
from layout.text.widths import SENTENCE_TIER

OPENED: Final = {2: 2.0, 3: 1.0, 4: 0.5}
"""Em between the characters of a headline of so many Han (rule H-8)."""

_WHOLE: Final = Division((), 0.0, even=True)
_STOP: Final = "。"
"""Half an em inside a headline in every style of marks (rule H-4)."""


class Headline(Struct, frozen=True):
    """A set headline: lines in em of ``size`` (points), with the one tracking (em) and scale that they share.

    ``within`` is False where the limits were not enough and the size went below them, ``even`` where the lines differ
    by more than rule H-5 allows. ``breaks`` tells where it was broken and why.
    """

    text: str
    lines: tuple[Line, ...]
    size: Pt
    tracking: float
    scale: float
    breaks: tuple[Place, ...]
    within: bool
    even: bool


def set_headline(
    copy: HeadCopy,
    setting: Setting,
    measure: Pt,
    limits: Limits,
    *,
    terms: Sequence[str] = (),
    lexicon: Lexicon | None = None,
) -> Headline:
    """Set a headline to a measure in points. ``lexicon`` is the installed one when None; it may stay unopened."""
    return _HeadlineMaker(copy, replace(setting, align="start", indent=0.0), measure, limits, terms, lexicon).headline()


class _HeadlineMaker(Struct, frozen=True, dict=True):
    copy: HeadCopy
    setting: Setting
    measure: Pt
    limits: Limits
    terms: Sequence[str]
    given: Lexicon | None

    def headline(self) -> Headline:
        division = self._divide()
        parts = [
            (self.copy.text[start:end], cut_spans(self.copy.spans, start, end)) for start, end in self._spans(division)
        ]
        opened = self._opened([copy for copy, _ in parts])
        fitted = opened or self._fit([Measured(copy, self.setting, spans).whole for copy, spans in parts])
        lines = tuple(_spaced(self._lines(parts, fitted), self.measure / fitted.size))
        return Headline(
            self.copy.text,
            lines,
            fitted.size,
            fitted.tracking,
            fitted.scale,
            division.breaks,
            fitted.within,
            division.even,
        )

    @cached_property
    def _end(self) -> int:
        return printed_end(self.copy.text)

    @cached_property
    def _measured(self) -> "Measured":
        return Measured(self.copy.text, self.setting, self.copy.spans)

    def _fits(self, start: int, end: int) -> bool:
        return can_fit(self._measured.extent(start, end), self.setting.size, self.measure, self.limits)

    def _divide(self) -> Division:
        """As few lines as go into the measure; one more where only that makes even lines or breaks at pauses."""
        if self.copy.forced:
            return Division(forced_places(self.copy), 0.0, even=True)
        if self._fits(0, self._end):
            return _WHOLE
        for lines in range(2, self.limits.lines + 1):
            uneven: Division | None = None
            for places in self._tiers():
                divider = self._divider(places)
                for count in range(lines, min(lines + 1, self.limits.lines) + 1):
                    found = divider.divide(places, count, self._end)
                    if found is not None and found.even:
                        return found
                    uneven = uneven or (found if count == lines else None)
            if uneven is not None:
                return uneven
        return self._in_need()

    def _in_need(self) -> Division:
        """The division of a headline that is too long whatever is done: the one that may be set largest."""
        *_, places = self._tiers()
        divider = self._divider(places, everything=True)
        found = (divider.divide(places, lines, self._end) for lines in range(1, self.limits.lines + 1))
        return min((each for each in found if each is not None), key=self._widest, default=_WHOLE)

    def _widest(self, division: Division) -> float:
        return max(self._measured.extent(*span).least() for span in self._spans(division))

    def _spans(self, division: Division) -> list[tuple[int, int]]:
        """What the lines print: start and end of each in the copy."""
        edges = [0, *(at for place in division.breaks for at in (place.end, place.start)), self._end]
        return list(zip(edges[::2], edges[1::2], strict=True))

    def _divider(self, places: Sequence[Place], *, everything: bool = False) -> Divider:
        words = frozenset(word.end for word in self._words) if any(p.rank is Rank.WORD for p in places) else frozenset()
        return Divider(
            self.copy.text,
            self.measure / self.setting.size,
            width=lambda start, end: self._measured.extent(start, end).width,
            fitting=(lambda _, __: True) if everything else self._fits,
            words=words,
        )

    def _tiers(self) -> Iterator[tuple[Place, ...]]:
        """The places to choose from: the desk's own, then all pauses, then everything down to words (rule H-1)."""
        marks = mark_places(self.copy, self.setting)
        if self.copy.manual:
            yield tuple(place for place in marks if place.rank is Rank.MANUAL)
        yield tuple(place for place in marks if place.cost <= PAUSE)
        yield tuple(sorted((*marks, *self._between_words), key=lambda place: place.end))

    @cached_property
    def _lexicon(self) -> Lexicon | None:
        return self.given or shipped_lexicon()

    @cached_property
    def _words(self) -> tuple[Word, ...]:
        return words_of(self.copy.text, self._lexicon, self.terms) if self._lexicon else ()

    @cached_property
    def _between_words(self) -> tuple[Place, ...]:
        if not self._lexicon:
            return ()
        readings = Readings(self.copy.text, self._words, self._lexicon)
        return word_places(self.copy, self.setting, self._words, readings)

    def _fit(self, extents: Sequence[Extent]) -> Fit:
        """The fit of the lines; they are not opened where that would take them out of balance (rule H-5)."""
        fitted = fit(extents, self.setting.size, self.measure, self.limits)
        widths = [(line.width + fitted.tracking * line.gaps) * fitted.scale for line in extents]
        if is_even(widths) or not is_even([line.width for line in extents]):
            return fitted
        return fit(extents, self.setting.size, self.measure, replace(self.limits, fill=False))

    def _opened(self, copies: Sequence[str]) -> Fit | None:
        """A head of two to four Han is opened as far as there is room; None for any other."""
        (first, *others), base = copies, self.setting.size
        opening = OPENED.get(len(first), 0.0) if self.limits.opened and not others and all(map(is_han, first)) else 0.0
        room = (self.measure / base - len(first)) / max(1, len(first) - 1)
        return Fit(base, min(opening, room)) if opening and room > 0 else None

    def _lines(self, parts: Sequence[tuple[str, Sequence[Span]]], fitted: Fit) -> Iterator[Line]:
        setting = replace(self.setting, size=fitted.size)
        for copy, spans in parts:
            yield scaled(_half_stops(set_line(copy, setting, spans, tracking=fitted.tracking)), fitted.scale)


class Measured:
    """How wide each part of a copy is, by prefix sums over its clusters."""

    def __init__(self, text: str, setting: Setting, spans: Sequence[Span] = ()) -> None:
        paragraph = set_paragraph(text, setting, spans)
        self._starts = {at: number for number, at in enumerate(accumulate(map(len, paragraph.clusters), initial=0))}
        self._cells = list(accumulate((cell.advance for cell in paragraph.cells), initial=0.0))
        self._glue = list(accumulate(_inner_glue(paragraph), initial=0.0))
        self._gaps = list(accumulate((glue.gap for glue in paragraph.glue), initial=0))
        self._spaces = list(accumulate((cluster == CLAUSE_SPACE for cluster in paragraph.clusters), initial=0))
        self.whole = self.extent(0, len(text))

    def extent(self, start: int, end: int) -> Extent:
        """The part from offset ``start`` to ``end``."""
        first, last = self._starts[start], self._starts[end]
        inner = max(first, last - 1)
        width = self._cells[last] - self._cells[first] + self._glue[inner] - self._glue[first]
        return Extent(width, self._gaps[inner] - self._gaps[first], self._spaces[last] - self._spaces[first])


def _inner_glue(paragraph: Paragraph) -> Iterator[float]:
    """The natural glue after each cluster, without the blank of a full stop."""
    for cluster, glue in zip(paragraph.clusters, paragraph.glue, strict=True):
        halved = cluster == _STOP and glue.tier == SENTENCE_TIER
        yield glue.natural - glue.shrink if halved else glue.natural


def _half_stops(line: Line) -> Line:
    """The line with its full stops half an em wide; the last cluster has no blank in any case."""
    return _replaced(line, [replace(p, advance=p.cell.advance) if p.text == _STOP else p for p in line.clusters])


def _spaced(lines: Iterator[Line], measure: float) -> Iterator[Line]:
    """The lines with their clause spaces: less where a line is too wide, more where that makes all equally wide."""
    made = tuple(lines)
    target = min(measure, max(line.width for line in made))
    spaces = [sum(placed.text == CLAUSE_SPACE for placed in line.clusters) for line in made]
    lacking = [target - line.width for line in made]
    flush = all(lack <= (SPACE_MOST - SPACE) * count + EPSILON for lack, count in zip(lacking, spaces, strict=True))
    for line, lack, count in zip(made, lacking, spaces, strict=True):
        if count and (lack < -EPSILON or (flush and lack > EPSILON)):
            change = max(SPACE_LEAST - SPACE, lack / count)
            yield _replaced(line, [_wider(p, change) if p.text == CLAUSE_SPACE else p for p in line.clusters])
        else:
            yield line


def _wider(placed: Placed, change: float) -> Placed:
    return replace(placed, advance=placed.advance + change)


def scaled(line: Line, scale: float) -> Line:
    """The line with its shapes and all its widths condensed or widened to a share of their own."""
    return line if scale == 1.0 else _replaced(line, [_scaled(placed, scale) for placed in line.clusters])


def _scaled(placed: Placed, scale: float) -> Placed:
    cell = placed.cell
    glyphs = tuple(g._replace(advance=g.advance * scale, dx=g.dx * scale) for g in cell.glyphs)
    narrow = cell._replace(
        advance=cell.advance * scale,
        origin=cell.origin * scale,
        blank=cell.blank * scale,
        glyphs=glyphs,
        xscale=cell.xscale * scale,
    )
    return replace(placed, advance=placed.advance * scale, offset=placed.offset * scale, cell=narrow)


def _replaced(line: Line, clusters: Sequence[Placed]) -> Line:
    """A line of natural width with other clusters, as wide as they are."""
    width = line.indent + sum(placed.advance for placed in clusters)
    return replace(line, clusters=tuple(clusters), width=width, measure=width, natural=width)
