"""How glyphs of a face stand in the cells of Chinese setting (rules P-1, P-7 to P-10, P-12, P-13)."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from layout.fonts import Face, ShapedGlyph
from layout.text.metrics import Cell, Placement, two_em_width
from layout.text.widths import BLANK

_HALF: Final = 0.5
_CLOSE_ENOUGH: Final = 0.002
_FULL_WIDTH: Final = 0.9
"""A mark that advances less has no em cell of its own (rule P-12)."""

_CLEARANCE: Final = 0.02
"""What must stay between an ink and the edge of its trimmed cell (rule P-8), em."""

_DASH_GAP: Final = 0.005
"""Inks of a two-em dash that are farther apart show a gap (rule P-10), em."""

_LEAST_CONDENSED: Final = 0.83
"""Digits are condensed to half an em down to this scale (rule P-13)."""

_TWO_EM_DASH: Final = "⸺"

EM_TOP: Final = 0.88
"""From the baseline up to the top of the em box."""

MIDDLE: Final = EM_TOP - 0.5
"""From the baseline up to the middle of the em box."""


def placements(cluster: str, shaped: Sequence[ShapedGlyph], scale: float = 1.0) -> tuple[Placement, ...]:
    """The glyphs of one cluster; each carries the copy up to the next one's, so that none is lost or doubled."""
    if len(shaped) == 1:  # nearly always
        (glyph,) = shaped
        return (Placement(glyph.gid, glyph.advance * scale, cluster, glyph.dx * scale, glyph.dy),)
    starts = sorted({glyph.cluster for glyph in shaped})
    share = dict(zip(starts, pairwise([0, *starts[1:], len(cluster)]), strict=True))
    return tuple(
        Placement(g.gid, g.advance * scale, cluster[slice(*share.pop(g.cluster, (0, 0)))], g.dx * scale, g.dy)
        for g in shaped
    )


def plain_cell(face: Face, cluster: str, features: tuple[tuple[str, int], ...] = (), script: str = "Hani") -> Cell:
    """The cluster as the face sets it."""
    shaped = face.shape(cluster, features, script=script)
    return Cell(sum(g.advance for g in shaped), face=face.key, glyphs=placements(cluster, shaped))


def centred_cell(face: Face, cluster: str, width: float) -> Cell:
    """The ink of the cluster in the middle of a cell of ``width`` (rule P-12)."""
    cell = plain_cell(face, cluster)
    left, right = _ink(face, cell) or (0.0, cell.advance)
    return cell._replace(advance=width, origin=(width - left - right) / 2)


def em_cell(face: Face, cluster: str) -> Cell:
    """Han and what is set as Han: a full em, however narrow the face draws it (rule K-11)."""
    cell = plain_cell(face, cluster)
    return cell if cell.advance > 1.0 - _CLOSE_ENOUGH else centred_cell(face, cluster, 1.0)


def em_cells(face: Face, characters: Sequence[str]) -> list[Cell]:
    """``em_cell`` of each of many characters, in a tenth of the time that it takes to shape one by one."""
    shaped = face.shape_each("".join(characters))
    return [
        Cell(glyph.advance, face=face.key, glyphs=placements(character, (glyph,)))
        if glyph is not None and glyph.advance > 1.0 - _CLOSE_ENOUGH
        else em_cell(face, character)
        for character, glyph in zip(characters, shaped, strict=True)
    ]


def mark_cell(face: Face, cluster: str, *, opening: bool) -> Cell:
    """A mark of half an em and its blank: by ``halt``, else by trimming what the ink leaves free (rules P-7, P-8)."""
    cell = plain_cell(face, cluster)
    trimmed = face.shape(cluster, (("halt", 1),)) if face.has_feature("halt") else ()
    if len(trimmed) == 1 and abs(trimmed[0].advance - _HALF) <= _CLOSE_ENOUGH:
        return cell._replace(advance=_HALF, origin=trimmed[0].dx, blank=BLANK)
    flush_right = _HALF - cell.advance
    return _fit_ink(face, cell._replace(advance=_HALF, origin=flush_right if opening else 0.0, blank=BLANK))


def _fit_ink(face: Face, cell: Cell) -> Cell:
    """Move the ink inside the trimmed cell, or leave the cell as much of the blank as the ink needs (rule P-8)."""
    ink = _ink(face, cell)
    if ink is None:
        return cell
    left, right = ink[0] + cell.origin, ink[1] + cell.origin
    width = right - left
    if width > cell.advance:
        core = min(1.0, width + _CLEARANCE)
        return cell._replace(advance=core, origin=(core - width) / 2 - ink[0], blank=1.0 - core)
    edge = min(_CLEARANCE, (cell.advance - width) / 2)
    shift = max(edge - left, 0.0) - max(right - (cell.advance - edge), 0.0)
    return cell._replace(origin=cell.origin + shift)


def dash_cell(face: Face, cluster: str) -> Cell:
    """A dash of two em without a gap (rules P-9, P-10)."""
    width = two_em_width(cluster)
    cell = plain_cell(face, cluster)
    if abs(cell.advance - width) <= _CLOSE_ENOUGH and not _shows_gap(face, cell):
        return cell._replace(advance=width)
    if width == 2.0 and face.covers(_TWO_EM_DASH):
        long = plain_cell(face, _TWO_EM_DASH)
        if abs(long.advance - width) <= _CLOSE_ENOUGH:
            return long._replace(advance=width, glyphs=(long.glyphs[0]._replace(text=cluster), *long.glyphs[1:]))
    single = face.shape(cluster[0])[0]
    scale = width / single.advance
    return Cell(width, 0.0, 0.0, face.key, (Placement(single.gid, width, cluster),), scale)


def _shows_gap(face: Face, cell: Cell) -> bool:
    inks = _inks(face, cell)
    return any(second[0] - first[1] > _DASH_GAP for first, second in pairwise(inks))


def ellipsis_cell(face: Face, cluster: str) -> Cell:
    """Three dots an em, evenly spaced over the whole ellipsis (rule P-1)."""
    width = two_em_width(cluster)
    cell = plain_cell(face, cluster)
    if abs(cell.advance - width) <= _CLOSE_ENOUGH or len(cell.glyphs) != len(cluster):
        return cell._replace(advance=width)
    shift = (1.0 - cell.glyphs[0].advance) / 2
    return cell._replace(advance=width, origin=shift, glyphs=tuple(g._replace(advance=1.0) for g in cell.glyphs))


def digit_cell(face: Face, cluster: str) -> Cell:
    """A figure of half an em: ``hwid``, else condensed as far as that is decent, else as it is (rule P-13)."""
    narrow = face.shape(cluster, (("hwid", 1),)) if face.has_feature("hwid") else ()
    if len(narrow) == 1 and abs(narrow[0].advance - _HALF) <= _CLOSE_ENOUGH:
        return Cell(_HALF, 0.0, 0.0, face.key, placements(cluster, narrow))
    shaped = face.shape(cluster)
    advance = sum(g.advance for g in shaped)
    if advance <= _HALF:
        return Cell(_HALF, (_HALF - advance) / 2, 0.0, face.key, placements(cluster, shaped))
    scale = _HALF / advance
    if scale < _LEAST_CONDENSED:
        return Cell(advance, 0.0, 0.0, face.key, placements(cluster, shaped))
    return Cell(_HALF, 0.0, 0.0, face.key, placements(cluster, shaped, scale), scale)


def across_cell(face: Face, cluster: str) -> Cell:
    """Figures or a letter set across a column: one em down, condensed when they are wider than an em (rule V-4)."""
    narrow = face.shape(cluster, (("hwid", 1),)) if cluster.isdigit() and face.has_feature("hwid") else ()
    shaped = narrow or face.shape(cluster, (("pwid", 1),), script="Latn")
    scale = min(1.0, 1.0 / max(sum(g.advance for g in shaped), _HALF))
    return Cell(1.0, 0.0, 0.0, face.key, placements(cluster, shaped, scale), scale)


def upright_cell(face: Face, cluster: str, cell: Cell) -> Cell:
    """What stands in a column as it stands on a line."""
    return cell._replace(origin=0.0, glyphs=placements(cluster, face.shape(cluster, vertical=True)), form="upright")


def upright_cells(face: Face, characters: Sequence[str]) -> list[Cell]:
    """``upright_cell`` of each of many Han characters."""
    shaped = face.shape_each("".join(characters), vertical=True)
    return [
        upright_cell(face, character, cell)
        if glyph is None
        else cell._replace(origin=0.0, glyphs=placements(character, (glyph,)), form="upright")
        for character, glyph, cell in zip(characters, shaped, em_cells(face, characters), strict=True)
    ]


def substituted_cell(cluster: str, glyphs: Sequence[ShapedGlyph], cell: Cell, form: str, *, opening: bool) -> Cell:
    """A mark in its vertical form: its em box ends with the core, or starts with it."""
    origin = cell.advance - 1.0 if opening else 0.0
    return cell._replace(origin=origin, glyphs=placements(cluster, glyphs), form=form)


def cornered_cell(face: Face, cluster: str, cell: Cell, *, shift: bool) -> Cell:
    """A stop without a vertical form: its ink moves from the lower left to the upper right (rule V-2)."""
    upright = upright_cell(face, cluster, cell)
    by = _HALF if shift else 0.0
    return upright._replace(glyphs=tuple(g._replace(dx=g.dx + by, dy=g.dy + by) for g in upright.glyphs))


def row_cell(cell: Cell, form: str) -> Cell:
    """Figures or a letter across a column: side by side, the row in the middle (rules V-4, V-5)."""
    pen = -sum(glyph.advance for glyph in cell.glyphs) / 2
    glyphs = []
    for glyph in cell.glyphs:
        glyphs.append(glyph._replace(advance=0.0, dx=glyph.dx + pen, dy=glyph.dy - EM_TOP))
        pen += glyph.advance
    return cell._replace(glyphs=tuple(glyphs), form=form)


def point_cell(face: Face, cluster: str, cell: Cell) -> Cell:
    """An interpunct: its ink in the middle of its cell and of the column (rule V-1)."""
    glyph, *rest = face.shape(cluster, vertical=True)
    box = face.ink(glyph.gid)
    if rest or box is None:
        return upright_cell(face, cluster, cell)
    dx, dy = -(box[0] + box[2]) / 2, -(box[1] + box[3]) / 2 - cell.advance / 2
    return cell._replace(origin=0.0, glyphs=(Placement(glyph.gid, cell.advance, cluster, dx, dy),))


def turned_cell(face: Face, cell: Cell) -> Cell:
    """A dash or the like, its ink in the middle of the column whatever its height in the face (rule V-7)."""
    boxes = [box for glyph in cell.glyphs if (box := face.ink(glyph.gid)) is not None]
    if not boxes:
        return cell._replace(form="rotated")
    middle = (min(box[1] for box in boxes) + max(box[3] for box in boxes)) / 2
    glyphs = tuple(glyph._replace(dy=glyph.dy + MIDDLE - middle) for glyph in cell.glyphs)
    return cell._replace(glyphs=glyphs, form="rotated")


def blank_cell(face: Face, cluster: str, width: float) -> Cell:
    """A space, set to ``width``: a blank glyph, so that copy and search find one; every face has a word space."""
    return Cell(width, 0.0, 0.0, face.key, (Placement(face.gid(ord(cluster)) or face.gid(ord(" ")), width, cluster),))


def split_run(face: Face, clusters: tuple[str, ...], shaped: Sequence[ShapedGlyph]) -> tuple[Cell, ...]:
    """A shaped run as one cell a cluster; what a ligature covers beside its first cluster is empty."""
    result = []
    start = 0
    for cluster in clusters:
        end = start + len(cluster)
        own = [g._replace(cluster=g.cluster - start) for g in shaped if start <= g.cluster < end]
        result.append(Cell(sum(g.advance for g in own), 0.0, 0.0, face.key, placements(cluster, own)))
        start = end
    return tuple(result)


def _inks(face: Face, cell: Cell) -> list[tuple[float, float]]:
    """Left and right of each glyph's ink, from the first glyph's origin."""
    pen, inks = 0.0, []
    for glyph in cell.glyphs:
        box = face.ink(glyph.gid)
        if box is not None:
            inks.append((pen + glyph.dx + box[0], pen + glyph.dx + box[2]))
        pen += glyph.advance
    return inks


def _ink(face: Face, cell: Cell) -> tuple[float, float] | None:
    inks = _inks(face, cell)
    return (min(left for left, _ in inks), max(right for _, right in inks)) if inks else None
