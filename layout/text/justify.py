"""A line of final widths: shrink and stretch by tiers (rules J-1 to J-4, J-6)."""

from collections.abc import Sequence
from math import inf
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from layout.core import EPSILON
from layout.text.metrics import ADVANCE, Cell
from layout.text.paragraph import Paragraph, Setting, set_paragraph
from layout.text.spans import BARE, Dress, Span
from layout.text.widths import NATURAL_WIDTH, NOTHING, WORD_TIER, Glue


class Placed(Struct, frozen=True, gc=False):
    """A cluster in a line, em; the hyphen that may end it has no ``text``.

    ``offset`` is where its glyph's origin stands from the start of its advance. ``dress`` is what spans put on it.
    """

    text: str
    advance: float
    offset: float
    form: str
    cell: Cell
    dress: Dress = BARE


class Line(Struct, frozen=True):
    """A set line, em of its size.

    ``width`` is what it takes of ``measure``, its indent included; ``natural`` the same before justification;
    ``tracking`` what was added at each gap (S3). ``indent`` is where the first cluster starts, from the left edge of
    the measure, alignment included. ``last`` says that it ends its paragraph, or is ended by hand.
    """

    clusters: tuple[Placed, ...]
    measure: float
    width: float
    natural: float
    tracking: float
    last: bool
    indent: float

    @property
    def text(self) -> str:
        """The copy that the line sets."""
        return "".join([placed.text for placed in self.clusters])


class Fitting(NamedTuple):
    """How the glue of a line gives: the share of each shrink tier, the share of flex, and tracking in em."""

    shrink: tuple[float, ...] = (0.0,) * 7
    flex: float = 0.0
    tracking: float = 0.0

    def sizes(self, glue: Sequence[Glue]) -> list[float]:
        """The final width of each glue."""
        if self is NATURAL:
            return list(map(NATURAL_WIDTH, glue))
        shares, share, tracking = self
        return [
            natural - shrink * shares[tier] + flex * share + ((min(tracking, limit)) if gap else 0.0)
            for natural, tier, shrink, flex, gap, limit, _ in glue
        ]


NATURAL = Fitting()


def tracking_for(rest: float, gaps: float, limited: float, limit: float) -> float:
    """The tracking that fills ``rest`` em over ``gaps``, of which ``limited`` take only ``limit`` em together.

    Infinite when there is no gap to take it.
    """
    if rest <= EPSILON:
        return 0.0
    if not gaps:
        return inf
    even = rest / gaps
    if not limited or even <= limit / limited:
        return even
    return (rest - limit) / (gaps - limited) if gaps > limited else inf


def fitting(glue: tuple[Glue, ...], room: float, *, stretch: bool) -> Fitting:
    """How glue that leaves ``room`` em of the measure (negative: overfull) makes it fill the measure."""
    if room < 0.0:
        return Fitting(shrink=_shrink(glue, -room))
    if not stretch or room <= 0.0:
        return NATURAL
    flex = sum([flex for _, _, _, flex, _, _, _ in glue])
    if room <= flex:
        return Fitting(flex=room / flex)
    limits = [limit for _, _, _, _, _, limit, _ in glue if limit < inf]
    gaps = sum([gap for _, _, _, _, gap, _, _ in glue])
    tracking = tracking_for(room - flex, gaps, len(limits), sum(limits))
    return Fitting(flex=1.0, tracking=tracking)


def _shrink(glue: Sequence[Glue], need: float) -> tuple[float, ...]:
    """Shares of T1 to T6, each used up before the next, equally within a tier (rule J-2)."""
    capacities, shares = [0.0] * 7, [0.0] * 7
    for _, tier, shrink, _, _, _, _ in glue:
        capacities[tier] += shrink
    for tier in range(1, 7):
        capacity = capacities[tier]
        if capacity > 0.0 and need > 0.0:
            shares[tier] = min(1.0, need / capacity)
            need -= capacity * shares[tier]
    return tuple(shares)


def justify(
    paragraph: Paragraph, start: int, end: int, *, measure: float | None, indent: float, flush: bool, last: bool
) -> Line:
    """The line of clusters ``start`` to ``end`` (exclusive). A ``flush`` line that is not the last fills its measure.

    Without a ``measure`` the line is as wide as it is by nature.
    """
    clusters, dresses = paragraph.clusters[start:end], paragraph.dresses[start:end]
    cells, glue = paragraph.cells[start:end], paragraph.glue[start : max(start, end - 1)]
    if end in paragraph.hyphens:
        clusters, cells, glue = (*clusters, ""), (*cells, paragraph.hyphens[end]), (*glue, NOTHING)
        dresses += tuple(dress._replace(dots=False, ruby=None) for dress in dresses[-1:])
    core = sum(map(ADVANCE, cells))
    natural = core + sum(map(NATURAL_WIDTH, glue))
    measure = indent + natural if measure is None else measure
    stretch = flush and not last
    fit = fitting(glue, measure - indent - natural, stretch=stretch)
    if fit.tracking == inf:
        glue, fit = _open_in_need(glue, measure - indent - natural)
    sizes = fit.sizes(glue)
    width = core + sum(sizes)
    shift = _shift(paragraph, measure - indent - width)
    placed = _place(clusters, cells, glue, sizes)
    if dresses:
        placed = tuple(replace(p, dress=dress) for p, dress in zip(placed, dresses, strict=True))
    return Line(
        clusters=placed,
        measure=measure,
        width=indent + shift + width,
        natural=indent + natural,
        tracking=fit.tracking,
        last=last,
        indent=indent + shift,
    )


def _open_in_need(glue: tuple[Glue, ...], room: float) -> tuple[tuple[Glue, ...], Fitting]:
    """Without any gap for it, tracking goes to the word spaces, else between all clusters: a last resort (L-10)."""
    words = any(g.tier == WORD_TIER for g in glue)
    opened = tuple(g._replace(gap=1, limit=inf) if g.tier == WORD_TIER or not words else g for g in glue)
    return opened, fitting(opened, room, stretch=True) if opened else NATURAL


def _shift(paragraph: Paragraph, free: float) -> float:
    """What alignment puts before a line that leaves ``free`` em."""
    share = {"centre": 0.5, "end": 1.0}.get(paragraph.setting.align, 0.0)
    return max(0.0, free) * share


def _place(
    clusters: tuple[str, ...], cells: tuple[Cell, ...], glue: tuple[Glue, ...], sizes: list[float]
) -> tuple[Placed, ...]:
    """The clusters with their final advances: a blank belongs to its mark, any other glue to the cluster before."""
    placed: list[Placed] = []
    left = 0.0  # the blank before the cluster
    for text, cell, space, size in zip(clusters, cells, (*glue, NOTHING), (*sizes, 0.0), strict=False):
        _, _, shrink, _, _, _, right = space
        advance, origin, _, _, _, _, _, form, _ = cell
        blank = min(size, shrink) if right else 0.0
        placed.append(Placed(text, left + advance + (size - blank), left + origin, form, cell))
        left = blank
    return tuple(placed)


def set_line(copy: str, setting: Setting, spans: Sequence[Span] = (), *, tracking: float = 0.0) -> Line:
    """``copy`` as one line of its natural width, never broken: heads, furniture. ``tracking`` comes on top, em."""
    return natural_line(set_paragraph(copy, replace(setting, tracking=setting.tracking + tracking), spans))


def natural_line(paragraph: Paragraph) -> Line:
    """The whole paragraph as one line of its natural width."""
    return justify(paragraph, 0, len(paragraph.clusters), measure=None, indent=0.0, flush=False, last=True)
