"""Cells: how wide a cluster is and how its glyphs stand, from the reference metrics or from real faces."""

from collections.abc import Sequence
from operator import itemgetter
from typing import Final, NamedTuple, Protocol

from layout.text.kinds import CLOSES, Kind
from layout.text.widths import BLANK


class Placement(NamedTuple):
    """A glyph inside its cell: ``text`` is its share of the copy ("" when an earlier glyph carries it). Em, dy up."""

    gid: int
    advance: float
    text: str
    dx: float = 0.0
    dy: float = 0.0


class Cell(NamedTuple):
    """The core of a cluster, em: what is left when its blank is trimmed away.

    ``origin`` is where the first glyph's origin stands from the core's start (an opening mark drawn in a full em has
    -0.5), ``blank`` what a mark adds beside its core (rule P-1). ``face`` is the key of the face, "" when none has the
    cluster (``missing``) or when there is no face at all. ``xscale`` condenses the drawn shapes. ``form`` is the
    orientation in vertical setting, ``size`` that of its glyphs (a note mark is smaller than its line).

    The glyphs of a cell that stands upright in a column are placed from the middle of the column, where the core
    starts; those of a rotated one as in horizontal setting.
    """

    advance: float
    origin: float = 0.0
    blank: float = 0.0
    face: str = ""
    glyphs: tuple[Placement, ...] = ()
    xscale: float = 1.0
    missing: bool = False
    form: str = "upright"
    size: float = 1.0


ADVANCE, BLANK_BESIDE, MISSING = itemgetter(0), itemgetter(2), itemgetter(6)
"""The advance of a cell, its blank, and whether no face has it: for ``map``."""


class Metrics(Protocol):
    """Where widths come from."""

    def cell(self, cluster: str, kind: Kind, *, form: str = "") -> Cell:
        """The cell of one cluster. ``form`` is its orientation in vertical setting, "" in horizontal setting."""
        ...

    def cells(self, clusters: Sequence[str], kinds: Sequence[Kind], forms: Sequence[str]) -> list[Cell]:
        """``cell`` of each of many clusters."""
        ...

    def word(self, clusters: tuple[str, ...], *, form: str = "") -> tuple[Cell, ...]:
        """The cells of Latin text, one a cluster, shaped as one run."""
        ...


_HALF: Final = 0.5
_EM_KINDS: Final = frozenset({Kind.HAN, Kind.ITERATION, Kind.SIGN, Kind.STOP_FIXED, Kind.STOP_STACK, Kind.UPRIGHT})
_BLANK_KINDS: Final = CLOSES | {Kind.STOP_MID, Kind.STOP_END}
_EM_SIGNS: Final = frozenset("℃℉№￥％＄￡")
HALF_CONNECTORS: Final = frozenset("–‐")
"""Connectors of half an em; the others take one (rule P-1)."""

THIN: Final = 0.25
"""The width of U+202F (rule K-14)."""


def two_em_width(cluster: str) -> float:
    """The width of a dash or ellipsis: one em a character, two for ⸺ (rule P-1)."""
    return 2.0 * cluster.count("⸺") + len(cluster.replace("⸺", ""))


class ReferenceMetrics:
    """The reference metrics at the head of the typographic specification: widths by class, no face."""

    def cell(self, cluster: str, kind: Kind, *, form: str = "") -> Cell:
        """The cell of one cluster, without glyphs."""
        if kind is Kind.OPEN:
            return Cell(_HALF, -BLANK, BLANK, form=form or "upright")
        if kind in _BLANK_KINDS:
            return Cell(_HALF, 0.0, BLANK, form=form or "upright")
        return Cell(self._advance(cluster, kind), form=form or "upright")

    def cells(self, clusters: Sequence[str], kinds: Sequence[Kind], forms: Sequence[str]) -> list[Cell]:
        """``cell`` of each cluster."""
        return [self.cell(c, k, form=f) for c, k, f in zip(clusters, kinds, forms, strict=True)]

    def word(self, clusters: tuple[str, ...], *, form: str = "") -> tuple[Cell, ...]:
        """Half an em for every letter."""
        return tuple(Cell(_HALF, form=form or "upright") for _ in clusters)

    @staticmethod
    def _advance(cluster: str, kind: Kind) -> float:
        if kind is Kind.TWO_EM:
            return two_em_width(cluster)
        if kind in {Kind.SPACE, Kind.EM_SPACE}:
            return 0.0  # a space is glue (widths.py)
        if kind is Kind.THIN_SPACE:
            return THIN
        if kind in _EM_KINDS or cluster[0] in _EM_SIGNS:
            return 1.0
        if kind is Kind.CONNECTOR:
            return _HALF if cluster[0] in HALF_CONNECTORS else 1.0
        return _HALF
