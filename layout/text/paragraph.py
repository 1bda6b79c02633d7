"""A paragraph, shaped but not yet broken: set once, poured as often as the page needs."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from layout.core import Pt
from layout.text import prohibition
from layout.text.items import Items, Offsets, kind_pattern, split
from layout.text.kinds import HAN_LIKE, Kind
from layout.text.metrics import Cell, Metrics
from layout.text.prohibition import LEVELS, Break, break_table
from layout.text.quantities import quantity_breaks
from layout.text.vertical import PROFILES
from layout.text.widths import BLANK, NOTHING, STYLES, Glue, pair_table

Align = Literal["justify", "start", "centre", "end"]

_STACKED: Final = re.compile("(?<![！？])[！？]{2}(?![！？])")
_WORD: Final = kind_pattern(frozenset({Kind.LETTER, Kind.MARK, Kind.MARK_OPEN, Kind.MARK_CLOSE}), 2)
_PAUSED: Final = re.compile(b"(?<=%b)%b+" % (re.escape(bytes([Kind.STOP_END])), re.escape(bytes([Kind.CLOSE]))))
_HELD_SPACES: Final = re.compile(
    b"(?<=[%b])[%b]+" % (bytes([Kind.OPEN, Kind.MARK_OPEN, Kind.SOLIDUS]), bytes([Kind.SPACE, Kind.EM_SPACE]))
)
"""Spaces behind a mark that may not end a line: they do not part it from what follows."""

_NEWSPAPER: Final = frozenset({"news", "strict"})
"""Levels with the rules that newspapers add (L-2, L-4)."""

_WEIGHTS: Final = {
    **dict.fromkeys(HAN_LIKE, 1.0),
    Kind.UPRIGHT: 1.0,
    **dict.fromkeys((Kind.DIGIT, Kind.LETTER, Kind.PREFIX_LATIN, Kind.POSTFIX_LATIN), 0.5),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """How copy is set. Lengths in em of ``size``, which itself is points.

    ``level`` is the prohibition (L-1), ``punctuation`` the style of marks (P-6), ``han_latin`` the natural gap between
    Han and Latin (S-1), ``profile`` how digits stand in vertical setting (V-4). Raises ValueError for an unknown name.
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

    def __post_init__(self) -> None:
        for value, known in ((self.level, LEVELS), (self.punctuation, STYLES), (self.profile, PROFILES)):
            if value not in known:
                raise ValueError(f"{value!r} is none of {', '.join(known)}")


@dataclass(frozen=True, slots=True, eq=False)
class Paragraph:
    """One paragraph of shaped clusters. Compared by identity: it is large, and set once.

    ``glue[n]`` and ``breaks[n]`` stand between clusters ``n`` and ``n + 1``; ``weights`` are what a cluster counts
    towards a last line of two Han (rule J-6). ``missing`` holds (offset, character) of what no face covers. Lengths
    are em.
    """

    text: str
    setting: Setting
    clusters: tuple[str, ...]
    cells: tuple[Cell, ...]
    glue: tuple[Glue, ...]
    breaks: tuple[Break, ...]
    weights: tuple[float, ...]
    missing: tuple[tuple[int, str], ...]


def set_paragraph(copy: str, setting: Setting) -> Paragraph:
    """Shape ``copy``, one paragraph in press orthography (``layout.text.normalise``), ready to be broken."""
    items = split(copy, vertical=setting.vertical, profile=setting.profile)
    cells = _cells(items, setting.metrics)
    index = Offsets(items.clusters, len(copy))
    signature = _context(copy, items, index, setting)
    return Paragraph(
        text=copy,
        setting=setting,
        clusters=tuple(items.clusters),
        cells=tuple(cells),
        glue=tuple(_glue(signature, cells, setting)),
        breaks=tuple(_breaks(copy, signature, index, setting.level)),
        weights=tuple(map(_weight, items.kinds, cells)),
        missing=tuple(_missing(items.clusters, cells)),
    )


def _cells(items: Items, metrics: Metrics) -> list[Cell]:
    cell = metrics.cell
    cells = [cell(c, k, form=f) for c, k, f in zip(*items, strict=True)]
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


def _glue(signature: bytes, cells: list[Cell], setting: Setting) -> Iterable[Glue]:
    table = pair_table(setting.punctuation, setting.han_latin, setting.tracking)
    glue = [table[a][b] for a, b in pairwise(signature)]
    for number, cell in enumerate(cells):
        if cell.blank not in {0.0, BLANK}:
            _narrow_blank(glue, number, cell.blank)
    glue.append(NOTHING)
    return glue[: len(signature)]


def _narrow_blank(glue: list[Glue], number: int, blank: float) -> None:
    """Give back to the ink what it takes of its mark's blank, so that pairs keep their totals (rule P-8)."""
    for at, right in ((number - 1, True), (number, False)):
        if 0 <= at < len(glue) and glue[at].shrink == BLANK and glue[at].right is right:
            glue[at] = glue[at]._replace(natural=glue[at].natural - BLANK + blank, shrink=blank)


def _breaks(copy: str, signature: bytes, index: Offsets, level: str) -> Iterable[Break]:
    table = break_table(level)
    breaks = [table[a][b] for a, b in pairwise(signature)]
    breaks.append(Break.FREE)
    if level == "none":
        return breaks[: len(signature)]
    for match in _HELD_SPACES.finditer(signature):
        breaks[match.start() : match.end()] = [Break.BARRED] * len(match[0])
    for number in _before(index, quantity_breaks(copy)):
        breaks[number] = max(breaks[number], Break.IN_QUANTITY)
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


def _weight(kind: Kind, cell: Cell) -> float:
    return cell.advance if kind is Kind.TWO_EM else _WEIGHTS.get(kind, 0.0)


def _missing(clusters: list[str], cells: list[Cell]) -> Iterable[tuple[int, str]]:
    if not any(cell.missing for cell in cells):
        return
    offset = 0
    for cluster, cell in zip(clusters, cells, strict=True):
        if cell.missing:
            yield offset, cluster
        offset += len(cluster)
