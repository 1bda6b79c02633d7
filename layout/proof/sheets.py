"""The proof on paper (大样): PDF pages put on the office printer's sheets, scaled or in tiles, still as vectors."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, Final

import pypdfium2
from msgspec import Struct

from layout.core import MM, Point, Pt, Size
from layout.proof.folder import Medium
from layout.proof.raster import medium, opened

PAPERS: Final = {"a3": Size(297 * MM, 420 * MM), "a4": Size(210 * MM, 297 * MM)}
MARGIN: Final = 6 * MM
"""What office printers leave blank."""
HEAD: Final = 8 * MM
"""Room for the line that tells what the sheet is."""
OVERLAP: Final = 10 * MM
"""Tiles repeat so much of their neighbours, to be glued together."""


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


def tiled(page: Size, paper: Size) -> tuple[tuple[int, int, Point], ...]:
    """The tiles of a page at its own size, row by row: row and column from 1, where its top left lies on each."""
    rows = tuple(_starts(page.height, paper.height - 2 * MARGIN - HEAD))
    columns = tuple(_starts(page.width, paper.width - 2 * MARGIN))
    return tuple(
        (row, column, Point(MARGIN - left, MARGIN + HEAD - top))
        for row, top in enumerate(rows, 1)
        for column, left in enumerate(columns, 1)
    )


def _starts(length: Pt, room: Pt) -> Iterator[Pt]:
    start = 0.0
    while True:
        yield start
        if start + room >= length:
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
