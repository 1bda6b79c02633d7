"""A paragraph, shaped but not yet broken: set once, poured as often as the page needs."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from layout.core import Pt
from layout.text import prohibition
from layout.text.hyphens import SOFT, long_words
from layout.text.items import Items, Offsets, kind_pattern, split
from layout.text.kinds import HAN_LIKE, Kind
from layout.text.metrics import BLANK_BESIDE, MISSING, Cell, Metrics
from layout.text.prohibition import LEVELS, Break, break_table
from layout.text.quantities import quantity_breaks
from layout.text.spans import (
    BARE,
    RUBY_SIZE,
    Dress,
    Placing,
    Ruby,
    Span,
    hide_notes,
    placings,
    put_on,
    raised,
    units,
    widened,
)
from layout.text.vertical import PROFILES, QUOTES
from layout.text.widths import BLANK, NOTHING, STYLES, Glue, pair_table

Align = Literal["justify", "start", "centre", "end"]

_STACKED: Final = re.compile("(?<![！？])[！？]{2}(?![！？])")
_WORD: Final = kind_pattern(frozenset({Kind.LETTER, Kind.MARK, Kind.MARK_OPEN, Kind.MARK_CLOSE}), 2)
_PAUSED: Final = re.compile(b"(?<=%b)%b+" % (re.escape(bytes([Kind.STOP_END])), re.escape(bytes([Kind.CLOSE]))))
_HELD_SPACES: Final = re.compile(
    b"(?<=[%b])[%b]+" % (bytes([Kind.OPEN, Kind.MARK_OPEN, Kind.SOLIDUS]), bytes([Kind.SPACE, Kind.EM_SPACE]))
)
"""Spaces behind a mark that may not end a line: they do not part it from what follows."""

_USUAL_BLANKS: Final = frozenset({0.0, BLANK})
_NEWSPAPER: Final = frozenset({"news", "strict"})
"""Levels with the rules that newspapers add (L-2, L-4)."""

_WEIGHTS: Final = {
    **dict.fromkeys(Kind, 0.0),
    **dict.fromkeys(HAN_LIKE, 1.0),
    Kind.UPRIGHT: 1.0,
    **dict.fromkeys((Kind.DIGIT, Kind.LETTER, Kind.PREFIX_LATIN, Kind.POSTFIX_LATIN), 0.5),
}


class Setting(Struct, frozen=True):
    """How copy is set. Lengths in em of ``size``, which itself is points.

    ``level`` is the prohibition (L-1), ``punctuation`` the style of marks (P-6), ``han_latin`` the natural gap between
    Han and Latin (S-1), ``profile`` how digits stand in vertical setting (V-4) and ``quotes`` what quotes become there
    (V-3). ``hyphenate`` lets long Latin words of a horizontal line be hyphenated (L-8).
    Raises ValueError for an unknown name.
    """

    metrics: Metrics
    size: Pt = 9.0
    indent: float = 0.0
    align: Align = "justify"
    level: str = "news"
    punctuation: str = "quanjiao"
    han_latin: float = 0.25
    tracking: float = 0.0
    vertical: bool = False
    profile: str = "news"
    quotes: str = "double-first"
    hyphenate: bool = False

    def __post_init__(self) -> None:
        named = (self.level, LEVELS), (self.punctuation, STYLES), (self.profile, PROFILES), (self.quotes, QUOTES)
        for value, known in named:
            if value not in known:
                raise ValueError(f"{value!r} is none of {', '.join(known)}")


class Paragraph(Struct, frozen=True, eq=False):
    """One paragraph of shaped clusters. Compared by identity: it is large, and set once.

    ``glue[n]`` and ``breaks[n]`` stand between clusters ``n`` and ``n + 1``; ``weights`` are what a cluster counts
    towards a last line of two Han (rule J-6). ``missing`` holds (offset, character) of what no face covers. ``dresses``
    says what spans put on each cluster; empty when there is none. ``parts`` are the paragraph's pieces where it has
    lines that end by hand, else empty. ``words`` are the long Latin words, each with the cell of its hyphen;
    ``hyphens`` the cells of the hyphens by the cluster before which the line ends with one. Lengths are em.
    """

    text: str
    setting: Setting
    clusters: tuple[str, ...]
    cells: tuple[Cell, ...]
    glue: tuple[Glue, ...]
    breaks: tuple[Break, ...]
    weights: tuple[float, ...]
    missing: tuple[tuple[int, str], ...]
    dresses: tuple[Dress, ...] = ()
    parts: tuple["Paragraph", ...] = ()
    words: tuple[tuple[int, str, Cell], ...] = ()
    hyphens: Mapping[int, Cell] = field(default_factory=dict)


def set_paragraph(copy: str, setting: Setting, spans: Sequence[Span] = ()) -> Paragraph:
    """Shape ``copy``, one paragraph in press orthography (``layout.text.normalise``), ready to be broken.

    ``spans`` set parts of it differently, the outer before the inner; offsets are those of ``copy``.
    """
    read = hide_notes(copy, spans)
    items = split(read, vertical=setting.vertical, profile=setting.profile, quotes=setting.quotes)
    cells = _cells(items, setting.metrics)
    index = Offsets(items.clusters, len(copy))
    placed = placings(items.clusters, spans)
    if placed:
        _show_notes(copy, items, placed, vertical=setting.vertical)
        _set_spans(items, cells, placed, setting)
    signature = _context(read, items, index, setting)
    glue = _glue(signature, cells, setting)
    breaks = _breaks(read, signature, index, setting.level)
    dresses = _dress(items, cells, glue, breaks, placed, setting) if placed else ()
    paragraph = Paragraph(
        text=copy,
        setting=setting,
        clusters=tuple(items.clusters),
        cells=tuple(cells),
        glue=tuple(glue),
        breaks=tuple(breaks),
        weights=tuple(_weights(items.kinds, cells)),
        missing=tuple(_missing(items.clusters, cells)),
        dresses=dresses,
        words=tuple(_words(read, index, placed, setting)),
    )
    turns = sorted({first for span, first, _ in placed if span.turn} - {0, len(items.clusters)})
    return replace(paragraph, parts=tuple(_parts(paragraph, turns))) if turns else paragraph


def aligned(paragraph: Paragraph, align: Align) -> Paragraph:
    """A shaped paragraph with another alignment: how it is shaped does not depend on that."""
    parts = tuple(aligned(part, align) for part in paragraph.parts)
    return replace(paragraph, setting=replace(paragraph.setting, align=align), parts=parts)


def least_width(paragraph: Paragraph) -> float:
    """The width of a paragraph on one line, em, with all squeezed out of its glue that there is."""
    return sum(cell.advance for cell in paragraph.cells) + sum(g.natural - g.shrink for g in paragraph.glue[:-1])


def _show_notes(copy: str, items: Items, placed: Sequence[Placing], *, vertical: bool) -> None:
    """Put the characters of note marks back in their places."""
    for span, first, last in placed:
        if span.note:
            items.clusters[first:last] = copy[span.start : span.end]
            items.kinds[first:last] = [Kind.NOTE] * (last - first)
            items.forms[first:last] = ["upright" if vertical else ""] * (last - first)


def _set_spans(items: Items, cells: list[Cell], placed: Sequence[Placing], setting: Setting) -> None:
    """Set the cells of spans in their own faces; note marks are raised."""
    for span, first, last in placed:
        if span.metrics is not None or span.note:
            part = Items(items.clusters[first:last], items.kinds[first:last], items.forms[first:last])
            cells[first:last] = _cells(part, span.metrics or setting.metrics)
        if span.note:
            cells[first:last] = [raised(cell, vertical=setting.vertical) for cell in cells[first:last]]


def _dress(
    items: Items,
    cells: list[Cell],
    glue: list[Glue],
    breaks: list[Break],
    placed: Sequence[Placing],
    setting: Setting,
) -> tuple[Dress, ...]:
    """What the clusters wear; where spans bar breaks or ask for room, ``breaks``, ``glue`` and ``cells`` change."""
    dresses = [BARE] * len(cells)
    for span, first, last in placed:
        for at in range(first, last):
            dresses[at] = put_on(dresses[at], span, items.kinds[at])
        for reading, start, end in units(span, first, last):
            ruby = set_paragraph(reading, replace(setting, indent=0.0, tracking=0.0))
            dresses[start] = dresses[start]._replace(ruby=Ruby(ruby, end - start))
            natural = _natural(cells[start:end], glue[start : end - 1])
            width = RUBY_SIZE * _natural(ruby.cells, ruby.glue)
            cells[start:end] = widened(cells[start:end], natural, width)
            _bar(breaks, start, end)
        if span.keep:
            _bar(breaks, first, last)
        if span.gap and first < last < len(cells):
            behind = glue[last - 1]
            glue[last - 1] = behind._replace(natural=max(behind.natural, span.gap), tier=0, shrink=0.0)
    return tuple(dresses)


def _natural(cells: Sequence[Cell], glue: Sequence[Glue]) -> float:
    return sum(cell.advance for cell in cells) + sum(g.natural for g in glue)


def _bar(breaks: list[Break], first: int, last: int) -> None:
    """No line ends between clusters ``first`` and ``last`` (exclusive)."""
    inside = max(0, last - first - 1)
    breaks[first : first + inside] = [Break.BARRED] * inside


def _parts(whole: Paragraph, turns: Sequence[int]) -> Iterable[Paragraph]:
    """The pieces of a paragraph between the lines that end by hand; only the first is indented."""
    for start, end in pairwise((0, *turns, len(whole.clusters))):
        yield replace(
            whole,
            text="".join(whole.clusters[start:end]),
            setting=replace(whole.setting, indent=0.0) if start else whole.setting,
            clusters=whole.clusters[start:end],
            cells=whole.cells[start:end],
            glue=whole.glue[start:end],
            breaks=whole.breaks[start:end],
            weights=whole.weights[start:end],
            missing=(),
            dresses=whole.dresses[start:end],
            words=tuple((at - start, word, cell) for at, word, cell in whole.words if start <= at < end),
        )


def _words(copy: str, index: Offsets, placed: Sequence[Placing], setting: Setting) -> Iterator[tuple[int, str, Cell]]:
    """The long Latin words, each with its first cluster and the cell of a hyphen in its face."""
    if not setting.hyphenate or setting.vertical:
        return
    for word in long_words(copy):
        first = index[word.start]
        faces = [span.metrics for span, start, end in placed if span.metrics and start <= first < end]
        hyphen = (faces[-1] if faces else setting.metrics).cell("-", Kind.MARK)
        glyphs = tuple(glyph._replace(text=SOFT) for glyph in hyphen.glyphs)
        yield first, word.text, hyphen._replace(glyphs=glyphs)


def _cells(items: Items, metrics: Metrics) -> list[Cell]:
    cells = metrics.cells(*items)
    for match in _WORD.finditer(bytes(items.kinds)):
        span = slice(match.start(), match.end())
        cells[span] = metrics.word(tuple(items.clusters[span]), form=items.forms[match.start()])
    return cells


def _context(copy: str, items: Items, index: Offsets, setting: Setting) -> bytes:
    """The kinds as the neighbours see them: stacked marks without a blank, closing marks that carry a pause."""
    signature = bytearray(items.kinds)
    if not setting.vertical:
        for match in _STACKED.finditer(copy):
            signature[index[match.end() - 1]] = Kind.STOP_STACK
    if setting.punctuation == "kaiming":
        return _PAUSED.sub(lambda match: bytes([Kind.CLOSE_PAUSED]) * len(match[0]), bytes(signature))
    return bytes(signature)


def _glue(signature: bytes, cells: list[Cell], setting: Setting) -> list[Glue]:
    table = pair_table(setting.punctuation, setting.han_latin, setting.tracking)
    glue = list(map(table.__getitem__, pairwise(signature)))
    if not _USUAL_BLANKS.issuperset(map(BLANK_BESIDE, cells)):
        for number, cell in enumerate(cells):
            if cell.blank not in _USUAL_BLANKS:
                _narrow_blank(glue, number, cell.blank)
    glue.append(NOTHING)
    return glue[: len(signature)]


def _narrow_blank(glue: list[Glue], number: int, blank: float) -> None:
    """Give back to the ink what it takes of its mark's blank, so that pairs keep their totals (rule P-8)."""
    for at, right in ((number - 1, True), (number, False)):
        if 0 <= at < len(glue) and glue[at].shrink == BLANK and glue[at].right is right:
            glue[at] = glue[at]._replace(natural=glue[at].natural - BLANK + blank, shrink=blank)


def _breaks(copy: str, signature: bytes, index: Offsets, level: str) -> list[Break]:
    table = break_table(level)
    breaks = list(map(table.__getitem__, pairwise(signature)))
    breaks.append(Break.FREE)
    if level == "none":
        return breaks[: len(signature)]
    for match in _HELD_SPACES.finditer(signature):
        breaks[match.start() : match.end()] = [Break.BARRED] * len(match[0])
    for number in _before(index, quantity_breaks(copy)):
        breaks[number] = max(breaks[number], Break.IN_QUANTITY)
    for number in _before(index, prohibition.word_breaks(copy)):
        breaks[number] = Break.IN_WORD
    for number in _before(index, prohibition.closing_run_breaks(copy)):
        breaks[number] = Break.IN_CLOSING_RUN
    for number in _before(index, prohibition.link_breaks(copy)):
        breaks[number] = Break.FREE
    if level in _NEWSPAPER:
        for number in _before(index, prohibition.newspaper_bars(copy)):
            breaks[number] = Break.BARRED
    return breaks[: len(signature)]


def _before(index: Offsets, offsets: Iterable[int]) -> Iterable[int]:
    """The numbers of the breaks that fall at some offsets of the copy."""
    return (index[at] - 1 for at in offsets if index[at] > 0)


def _weights(kinds: Sequence[Kind], cells: Sequence[Cell]) -> Sequence[float]:
    """What each cluster counts in a last line; a two-em mark as much as it is wide."""
    weights = list(map(_WEIGHTS.__getitem__, kinds))
    if Kind.TWO_EM not in kinds:
        return weights
    marks = zip(kinds, weights, cells, strict=True)
    return [cell.advance if kind is Kind.TWO_EM else weight for kind, weight, cell in marks]


def _missing(clusters: list[str], cells: list[Cell]) -> Iterable[tuple[int, str]]:
    if not any(map(MISSING, cells)):
        return
    offset = 0
    for cluster, cell in zip(clusters, cells, strict=True):
        if cell.missing:
            yield offset, cluster
        offset += len(cluster)
