"""The proof on paper (大样): PDF pages put on the office printer's sheets, scaled or in tiles, still as vectors."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, Final

import pypdfium2
from msgspec import Struct

from layout.core import EPSILON, MM, Point, Pt, Rect, Size
from layout.proof.folder import Medium
from layout.proof.raster import medium, opened

PAPERS: Final = {"a3": Size(297 * MM, 420 * MM), "a4": Size(210 * MM, 297 * MM)}
MARGIN: Final = 5 * MM
"""What office printers leave blank: 4.2 mm, rounded up."""
HEAD: Final = 7 * MM
"""Room for the line that tells what the sheet is."""
OVERLAP: Final = 10 * MM
"""Tiles repeat so much of their neighbours, to be glued together. With these three a broadsheet (390 x 550 mm) takes
four sheets of A4."""


_MARKED: Final = (0.25, 0.75)


class Layer(Struct, frozen=True):
    """The first page of a PDF on a sheet; ``at`` is where its trim's top left comes to lie."""

    pdf: bytes
    scale: float
    at: Point


class Sheet(Struct, frozen=True):
    """One sheet of paper with its layers from the bottom up."""

    size: Size
    layers: tuple[Layer, ...]


def fitted(page: Size, paper: Size, *, foot: Pt) -> tuple[float, Point]:
    """The scale at which a page fits on the paper above ``foot``, and where its top left then lies. Never enlarged."""
    width, height = paper.width - 2 * MARGIN, paper.height - 2 * MARGIN - HEAD - foot
    scale = min(1.0, width / page.width, height / page.height)
    return scale, Point((paper.width - page.width * scale) / 2, MARGIN + HEAD)


class Tile(Struct, frozen=True):
    """A part of a page at its own size: row and column from 1, and what of the page it shows."""

    row: int
    column: int
    part: Rect

    @property
    def at(self) -> Point:
        """Where the page's top left comes to lie on the sheet."""
        return Point(MARGIN - self.part.x, MARGIN + HEAD - self.part.y)


def tiled(page: Size, paper: Size) -> tuple[Tile, ...]:
    """The tiles of a page on that paper, row by row."""
    width, height = paper.width - 2 * MARGIN, paper.height - 2 * MARGIN - HEAD
    return tuple(
        Tile(row, column, Rect(left, top, width, height))
        for row, top in enumerate(_starts(page.height, height), 1)
        for column, left in enumerate(_starts(page.width, width), 1)
    )


def turned_for_tiles(page: Size, paper: Size) -> Size:
    """The paper upright or across, whichever needs fewer sheets for the page at its own size."""
    return min(paper, Size(paper.height, paper.width), key=lambda each: len(tiled(page, each)))


def joints(tiles: Sequence[Tile]) -> Iterator[Point]:
    """Where marks go by which tiles are put together: two in the middle of each overlap, on the page.

    Both tiles show them: glued, one lies on the other.
    """
    for tile in tiles:
        part = tile.part
        if tile.column > 1:
            yield from (Point(part.x + OVERLAP / 2, part.y + share * part.height) for share in _MARKED)
        if tile.row > 1:
            yield from (Point(part.x + share * part.width, part.y + OVERLAP / 2) for share in _MARKED)


def _starts(length: Pt, room: Pt) -> Iterator[Pt]:
    start = 0.0
    while True:
        yield start
        if start + room >= length - EPSILON:
            return
        start += room - OVERLAP


def write_sheets(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as one PDF. Raises PdfError when a layer cannot be read."""
    made = pypdfium2.PdfDocument.new()
    forms: dict[bytes, tuple[Any, Medium]] = {}  # each layer goes into the file once, however often it is shown
    for sheet in sheets:
        page = made.new_page(sheet.size.width, sheet.size.height)
        for layer in sheet.layers:
            if layer.pdf not in forms:
                forms[layer.pdf] = _form(layer.pdf, made)
            page.insert_obj(_placed(*forms[layer.pdf], layer, sheet.size.height))
        page.gen_content()
        page.close()
    data = BytesIO()
    made.save(data)
    made.close()
    return data.getvalue()


def _form(pdf: bytes, made: Any) -> tuple[Any, Medium]:
    with opened(pdf) as source:
        return source.page_as_xobject(0, made), medium(source[0])


def _placed(form: Any, at: Medium, layer: Layer, height: Pt) -> Any:
    x = layer.at.x - layer.scale * at.trim.x
    y = height - layer.at.y - layer.scale * (at.height - at.trim.y)
    placed = form.as_pageobject()
    placed.set_matrix(pypdfium2.PdfMatrix().scale(layer.scale, layer.scale).translate(x, y))
    return placed
