"""Cells measured from real faces: the same totals whatever features a face has (rules F-1, P-7 to P-13)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

from layout.fonts import Book, Face
from layout.text import cells
from layout.text.classes import DASH
from layout.text.kinds import CLOSES, HAN_LIKE, Kind
from layout.text.metrics import HALF_CONNECTORS, THIN, Cell, ReferenceMetrics
from layout.text.vertical import PRESENTATION, drawn_as

_LATIN: Final = (("clig", 0), ("liga", 0), ("pwid", 1))
"""Latin text: quotation marks in their proportional forms (rule P-11), a glyph for each letter."""


_Key: TypeAlias = tuple[str, Kind, str]
"""Cluster, kind and form."""


class FaceMetrics:
    """The cells of one role of a font book, each measured once."""

    def __init__(self, book: Book, role: str) -> None:
        self._book = book
        self._role = role
        self._cells: dict[_Key, Cell] = {}
        self._words: dict[tuple[tuple[str, ...], str], tuple[Cell, ...]] = {}
        self._reference = ReferenceMetrics()

    def cell(self, cluster: str, kind: Kind, *, form: str = "") -> Cell:
        """The cell of one cluster in the first face that has it; a ``missing`` one of reference width if none has."""
        return self.cells((cluster,), (kind,), (form,))[0]

    def cells(self, clusters: Sequence[str], kinds: Sequence[Kind], forms: Sequence[str]) -> list[Cell]:
        """The cell of each cluster."""
        keys, known = list(zip(clusters, kinds, forms, strict=True)), self._cells
        try:
            return list(map(known.__getitem__, keys))
        except KeyError:
            self._measure([key for key in dict.fromkeys(keys) if key not in known])
        return list(map(known.__getitem__, keys))

    def word(self, clusters: tuple[str, ...], *, form: str = "") -> tuple[Cell, ...]:
        """The cells of Latin text, shaped with its kerning where one face sets all of it."""
        key = (clusters, form)
        known = self._words.get(key)
        if known is None:
            known = self._words[key] = self._shape_word(clusters, form)
        return known

    def _measure(self, keys: Sequence[_Key]) -> None:
        """Make the cells of what is not known yet; plain Han, the most of it, is shaped in one go."""
        han: dict[tuple[Face, str], list[str]] = {}
        for key in keys:
            cluster, kind, form = key
            face = self._book.face_for(self._role, cluster)
            if face is not None and kind is Kind.HAN and form in _HAN_CELLS and len(cluster) == 1:
                han.setdefault((face, form), []).append(cluster)
            else:
                self._cells[key] = self._cell(face, cluster, kind, form)
        for (face, form), characters in han.items():
            measured = _HAN_CELLS[form](face, characters)
            self._cells.update(
                ((character, Kind.HAN, form), cell) for character, cell in zip(characters, measured, strict=True)
            )

    def _cell(self, face: Face | None, cluster: str, kind: Kind, form: str) -> Cell:
        if face is None and kind in {Kind.EM_SPACE, Kind.THIN_SPACE}:
            face = self._book.face_for(self._role, " ")
        if face is None:
            return self._reference.cell(cluster, kind, form=form)._replace(missing=True)
        cell = _CELLS[kind](face, cluster)
        return _stand(face, cluster, kind, cell, form) if form else cell

    def _shape_word(self, clusters: tuple[str, ...], form: str) -> tuple[Cell, ...]:
        faces = {self._book.face_for(self._role, cluster) for cluster in clusters}
        face = faces.pop()
        if faces or face is None:
            return tuple(self.cell(cluster, Kind.LETTER, form=form) for cluster in clusters)
        shaped = face.shape("".join(clusters), _LATIN, script="Latn")
        return tuple(cell._replace(form=form or "upright") for cell in cells.split_run(face, clusters, shaped))


class Measures:
    """The cells of a font book by role, for as many pages as share it: no character is measured again on each."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._roles: dict[str, FaceMetrics] = {}

    def of(self, role: str) -> FaceMetrics:
        """The cells of a role."""
        if role not in self._roles:
            self._roles[role] = FaceMetrics(self._book, role)
        return self._roles[role]

    def faces(self) -> Mapping[str, Face]:
        """The faces that anything was set in so far, by key."""
        return self._book.faces()


def _closing(face: Face, cluster: str) -> Cell:
    return cells.mark_cell(face, cluster, opening=False)


def _opening(face: Face, cluster: str) -> Cell:
    return cells.mark_cell(face, cluster, opening=True)


def _two_em(face: Face, cluster: str) -> Cell:
    return cells.dash_cell(face, cluster) if cluster[0] in DASH else cells.ellipsis_cell(face, cluster)


def _half_em(face: Face, cluster: str) -> Cell:
    return cells.centred_cell(face, cluster, 0.5)


def _connector(face: Face, cluster: str) -> Cell:
    return cells.centred_cell(face, cluster, 0.5 if cluster in HALF_CONNECTORS else 1.0)


def _glue(face: Face, cluster: str) -> Cell:
    return cells.blank_cell(face, cluster, 0.0)


def _thin_space(face: Face, cluster: str) -> Cell:
    return cells.blank_cell(face, cluster, THIN)


def _latin(face: Face, cluster: str) -> Cell:
    return cells.plain_cell(face, cluster, _LATIN, script="Latn")


_CELLS: Final[Mapping[Kind, Callable[[Face, str], Cell]]] = {
    **dict.fromkeys(Kind, _latin),
    **dict.fromkeys(HAN_LIKE | {Kind.STOP_FIXED, Kind.STOP_STACK}, cells.em_cell),
    **dict.fromkeys(CLOSES | {Kind.STOP_MID, Kind.STOP_END}, _closing),
    Kind.OPEN: _opening,
    Kind.UPRIGHT: cells.across_cell,
    Kind.INTERPUNCT: _half_em,
    Kind.SOLIDUS: _half_em,
    Kind.TWO_EM: _two_em,
    Kind.CONNECTOR: _connector,
    Kind.DIGIT: cells.digit_cell,
    Kind.SPACE: _glue,
    Kind.EM_SPACE: _glue,
    Kind.THIN_SPACE: _thin_space,
}
"""The cell table of rule F-1: how each kind is set in any face."""


_HAN_CELLS: Final[Mapping[str, Callable[[Face, Sequence[str]], list[Cell]]]] = {
    "": cells.em_cells,
    "upright": cells.upright_cells,
}
"""How many Han are set at once, by their form."""


def _stand(face: Face, cluster: str, kind: Kind, cell: Cell, form: str) -> Cell:
    """The cell as it stands in a column (rules V-1 to V-7)."""
    if form.startswith("substitute"):
        return _substitute(face, cluster, kind, cell, form)
    if form == "rotated":
        return cells.turned_cell(face, cell) if kind in _CENTRED else cell._replace(form=form)
    if kind in {Kind.UPRIGHT, Kind.NOTE}:
        return cells.row_cell(cells.across_cell(face, cluster), form)
    return (cells.point_cell if kind is Kind.INTERPUNCT else cells.upright_cell)(face, cluster, cell)


def _substitute(face: Face, cluster: str, kind: Kind, cell: Cell, form: str) -> Cell:
    """A mark with the face's vertical glyph, else its presentation form (rule V-2).

    A face with neither turns a bracket and leaves a stop upright, moved to its corner.
    """
    mark = drawn_as(cluster, form)
    upright = cell if mark == cluster else _CELLS[kind](face, mark)
    for char in filter(face.covers, (mark, chr(PRESENTATION[mark[0]]))):
        glyphs = face.shape(char, vertical=True)
        if [glyph.gid for glyph in glyphs] != [glyph.gid for glyph in upright.glyphs] and glyphs:
            return cells.substituted_cell(cluster, glyphs, cell, form, opening=kind is Kind.OPEN)
    if kind in {Kind.OPEN, *CLOSES}:
        return cell._replace(form="rotated")
    return cells.cornered_cell(face, cluster, cell, shift=kind is not Kind.STOP_FIXED)


_CENTRED: Final = frozenset({Kind.TWO_EM, Kind.CONNECTOR, Kind.SOLIDUS})
"""What runs down the middle of the column (rule V-7)."""
