"""The running text of a printed page: its glyphs gathered to rows, columns and paragraphs by where they stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from readback import Box, Glyph, ReadPage

OPENING = "‘“（〔［｛〈《「『【〖〘"
CLOSING = "’”）〕］｝〉》」』】〗〙"
STOPS = "。．！？‼⁇⁈⁉，、；："
EM_TOP, EM_FOOT = 0.88, 0.12
"""The Han em box above and below the baseline, in em."""

_RUNNING = ("body", "subhead", "subhead-long", "credit")
"""The styles of what runs through the columns."""


@dataclass(frozen=True)
class Geometry:
    """Where text may stand: the type area and its columns, in points from the trim's top left."""

    area: Box
    columns: tuple[tuple[float, float], ...]
    size: float
    pitch: float
    lines: int

    def column(self, x: float) -> int | None:
        """The text column at ``x``; half an em before it belongs to it as well (a trimmed opening mark)."""
        for place, (left, right) in enumerate(self.columns):
            if left - self.size / 2 - 0.1 <= x < right:
                return place
        return None

    def line(self, baseline: float) -> float:
        """The grid line of a baseline, from 0; whole for one that stands on the grid."""
        return (baseline - self.area[1] - EM_TOP * self.size) / self.pitch


@dataclass(frozen=True)
class Row:
    """Glyphs of one style on one baseline in one column. ``kind`` is the name of the style."""

    kind: str
    column: int
    baseline: float
    glyphs: tuple[Glyph, ...]

    @cached_property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)

    @cached_property
    def left(self) -> float:
        """The left edge of the first glyph's box; of an opening mark, of its half-em core (rule P-4)."""
        first = self.glyphs[0]
        return first.x + (first.size / 2 if first.text in OPENING else 0)

    @cached_property
    def right(self) -> float:
        """The right edge of the last glyph's box; of a closing mark or a stop, of its half-em core (rule P-4)."""
        last = self.glyphs[-1]
        return last.x + (last.size / 2 if last.text in CLOSING + STOPS else last.width)


class Printed:
    """The running text of a story, column by column. ``styles`` names the style of (face, size)."""

    def __init__(self, page: ReadPage, geometry: Geometry, styles: dict[tuple[str, float], str]) -> None:
        self.geometry = geometry
        self.pictures = [image.box for image in page.images]
        inside = [glyph for glyph in page.glyphs if _within(glyph, geometry.area)]
        named = [(styles.get((glyph.face, round(glyph.size, 2)), ""), glyph) for glyph in inside]
        self.rows = _rows([(kind, glyph) for kind, glyph in named if kind in _RUNNING], geometry)
        self._captions = [glyph for kind, glyph in named if kind == "caption"]

    @cached_property
    def body(self) -> list[Row]:
        """The lines of text."""
        return [row for row in self.rows if row.kind == "body"]

    @cached_property
    def pieces(self) -> list[list[Row]]:
        """Stretches of column that no picture cuts."""
        found: list[list[Row]] = []
        before: Row | None = None
        for row in self.rows:
            if before is None or row.column != before.column or self._picture_between(before, row):
                found.append([])
            found[-1].append(row)
            before = row
        return found

    @cached_property
    def columns(self) -> list[list[Row]]:
        """The rows of each column."""
        return [list(rows) for _, rows in groupby(self.rows, key=lambda row: row.column)]

    @cached_property
    def paragraphs(self) -> list[list[Row]]:
        """The lines of each paragraph, which begins at the first-line indent."""
        found: list[list[Row]] = []
        for row in self.body:
            if row.left > self.geometry.columns[row.column][0] + self.geometry.size:
                found.append([])
            found[-1].append(row)
        return found

    @cached_property
    def heads(self) -> list[list[Row]]:
        """The section heads, each with its rows."""
        grouped = groupby(self.rows, key=lambda row: row.kind.startswith("subhead"))
        return [list(rows) for head, rows in grouped if head]

    def caption(self, picture: Box) -> list[Row]:
        """The rows of the caption under a picture."""
        left, _, right, foot = picture
        under = [
            glyph
            for glyph in self._captions
            if left - glyph.size <= glyph.x < right and foot < glyph.baseline < foot + 4 * self.geometry.pitch
        ]
        by_row = groupby(sorted(under, key=_place), key=lambda glyph: round(glyph.baseline, 1))
        return [Row("caption", 0, baseline, tuple(glyphs)) for baseline, glyphs in by_row]

    def full_lines(self) -> list[Row]:
        """The justified lines: all but the last of each paragraph."""
        return [row for paragraph in self.paragraphs for row in paragraph[:-1]]

    def _picture_between(self, above: Row, below: Row) -> bool:
        left, right = self.geometry.columns[above.column]
        return any(
            above.baseline < top < below.baseline and box_left < right and left < box_right
            for box_left, top, box_right, _ in self.pictures
        )


def _within(glyph: Glyph, area: Box) -> bool:
    return area[0] - glyph.size <= glyph.x <= area[2] and area[1] <= glyph.baseline <= area[3]


def _rows(named: Iterable[tuple[str, Glyph]], geometry: Geometry) -> list[Row]:
    def key(item: tuple[str, Glyph]) -> tuple[int, float, str]:
        kind, glyph = item
        column = geometry.column(glyph.x)
        assert column is not None, f"{glyph} stands in no column"
        return column, round(glyph.baseline, 1), kind

    rows = []
    for (column, _, kind), items in groupby(sorted(named, key=key), key=key):
        glyphs = sorted((glyph for _, glyph in items), key=_place)
        rows.append(Row(kind, column, glyphs[0].baseline, tuple(glyphs)))
    return rows


def _place(glyph: Glyph) -> tuple[float, float]:
    return round(glyph.baseline, 1), glyph.x
