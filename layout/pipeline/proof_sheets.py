"""The proof on paper (大样): the page with grid, frames and faults drawn over it, on A3 or A4, or in tiles at 1:1."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from msgspec.structs import replace

from layout.compose import Setter
from layout.core import BLACK, MM, WHITE, Ink, Point, Pt, Rect, Size
from layout.display import DisplayPage, Document, Fill, GlyphRun, Item, Stroke
from layout.pipeline.composition import page_setters
from layout.pipeline.load import Prepared
from layout.pipeline.press import write_document
from layout.proof import NAMES, Fault, ProofPage
from layout.proof.sheets import (
    HEAD,
    MARGIN,
    PAPERS,
    Layer,
    Sheet,
    Tile,
    fitted,
    joints,
    tiled,
    turned_for_tiles,
    write_sheets,
)

_FRAME: Final = Ink(magenta=1.0)
_GRID: Final = Ink(cyan=0.6)
_FAULT: Final = Ink(magenta=1.0, yellow=1.0)
_SIZE: Final = 7.0  # points of all that is written on the sheet, as printed
_LINE: Final = 10.0
_LISTED: Final = 8  # faults that are listed at the sheet's foot
_TICK: Final = 4.0  # points, as printed: the corners of text columns
_ARM: Final = 3 * MM  # of the crosses by which tiles are put together
_MAP: Final = 5 * MM  # height of the little map of the tiles


def proof_sheets(prepared: Prepared, pages: Sequence[ProofPage], *, paper: str, in_tiles: bool, state: str) -> bytes:
    """The pages on sheets of ``paper`` (a3, a4) as one PDF.

    ``state`` is written on each sheet: what it is (大样) and when it was made.
    """
    sheets_of = _tiles if in_tiles else _scaled
    return write_sheets([sheet for page in pages for sheet in sheets_of(_Writer(prepared, page), PAPERS[paper], state)])


def _turned(paper: Size, page: Size) -> Size:
    """The paper as it lies best: across for a page that is wider than high, as a spread is."""
    return Size(paper.height, paper.width) if page.width > page.height else paper


def _scaled(writer: "_Writer", paper: Size, state: str) -> Iterator[Sheet]:
    page, paper = writer.page, _turned(paper, writer.page.trim)
    foot = _LINE * min(len(page.faults), _LISTED + 1)
    scale, at = fitted(page.trim, paper, foot=foot)
    around = chain(writer.head(f"{state}  {scale * 100:.0f} %", paper), writer.foot(paper))
    yield _sheet(writer, paper, scale, at, writer.pdf(page.trim, writer.marks(1 / scale)), around)


def _tiles(writer: "_Writer", paper: Size, state: str) -> Iterator[Sheet]:
    paper = turned_for_tiles(writer.page.trim, paper)
    tiles = tiled(writer.page.trim, paper)
    rows, columns = tiles[-1].row, tiles[-1].column
    crosses = (stroke for place in joints(tiles) for stroke in _cross(place))
    marks = writer.pdf(writer.page.trim, chain(writer.marks(1.0), crosses))
    for tile in tiles:
        told = f"{state}  1:1  {columns}×{rows}拼 第{tile.row}行第{tile.column}列"
        around = chain(_margins(paper), writer.head(told, paper), _map(tiles, tile, paper))
        yield _sheet(writer, paper, 1.0, tile.at, marks, around)


def _cross(place: Point) -> Iterator[Stroke]:
    """A mark by which two tiles are put together."""
    for x, y in ((_ARM, 0.0), (0.0, _ARM)):
        yield Stroke(Point(place.x - x, place.y - y), Point(place.x + x, place.y + y), 0.5, _FRAME)


def _margins(paper: Size) -> Iterator[Item]:
    """White where the printer prints nothing: what is left of a tile ends where the sheet is cut."""
    below = paper.height - MARGIN
    for x in (0.0, paper.width - MARGIN):
        yield Fill(Rect(x, 0.0, MARGIN, paper.height), WHITE)
    yield Fill(Rect(0.0, below, paper.width, MARGIN), WHITE)


def _map(tiles: Sequence[Tile], here: Tile, paper: Size) -> Iterator[Item]:
    """All tiles small at the end of the head, this one filled."""
    height = _MAP / tiles[-1].row
    width = height * here.part.width / here.part.height
    left = paper.width - MARGIN - width * tiles[-1].column
    for tile in tiles:
        rect = Rect(left + (tile.column - 1) * width, MARGIN + (tile.row - 1) * height, width, height)
        if tile == here:
            yield Fill(rect, _FRAME)
        yield from _box(rect, _FRAME, 0.5)


def _sheet(writer: "_Writer", paper: Size, scale: float, at: Point, marks: bytes, around: Iterator[Item]) -> Sheet:
    """The page, what is drawn over it, and what stands round it on the sheet."""
    head = Layer(writer.pdf(paper, around), 1.0, Point(0.0, 0.0))
    return Sheet(paper, (Layer(writer.page.pdf, scale, at), Layer(marks, scale, at), head))


class _Writer:
    """Draws what is put over and round one page, in the faces of its house style."""

    def __init__(self, prepared: Prepared, page: ProofPage) -> None:
        house = prepared.houses[page.folio, ""]
        bare = replace(house, marks=house.marks.off())
        self.prepared = replace(prepared, houses={**prepared.houses, (page.folio, ""): bare})
        self.page = page
        own = next(each for each in prepared.issue.pages if each.number == page.folio)
        self.setter: Setter = page_setters(own, prepared)[""]

    def pdf(self, size: Size, items: Iterator[Item]) -> bytes:
        """A PDF page of that size."""
        display = DisplayPage(self.page.folio, size, 0.0, tuple(items))
        document = Document(self.prepared.title, self.prepared.issue.date, (display,))
        written = write_document(self.prepared, document, {}, {})
        assert written.value is not None  # the page itself was written with these faces and this profile
        return written.value

    def marks(self, unit: float) -> Iterator[Item]:
        """Grid, frames and faults in the page's own coordinates; ``unit`` is a printed point in them.

        The base grid is only ticks, its columns numbered below; no line crosses the copy: it is there to be read.
        """
        grid, area = self.page.grid, self.page.grid.type_area
        for edge in (edge for column in grid.columns for edge in column):
            yield Stroke(Point(edge, area.y - 5 * unit), Point(edge, area.y), 0.25 * unit, _GRID)
        for nth, (left, _) in enumerate(grid.columns, 1):
            yield from self._text(str(nth), left, area.bottom + 8 * unit, _SIZE * unit, _GRID)
        for nth, baseline in enumerate(grid.baselines, 1):
            length = (6.0 if nth % 10 == 0 else 3.0) * unit
            yield Stroke(Point(area.x - length, baseline), Point(area.x, baseline), 0.25 * unit, _GRID)
        yield from _box(Rect(0.0, 0.0, self.page.trim.width, self.page.trim.height), _FRAME, 0.25 * unit)
        if self.page.fold is not None:
            ends = (Point(self.page.fold, 0.0), Point(self.page.fold, self.page.trim.height))
            yield Stroke(*ends, 0.25 * unit, _FRAME, dash=(6 * unit, 4 * unit))
        yield from _box(grid.safe, _GRID, 0.25 * unit, dash=(3 * unit, 3 * unit))
        for story in self.page.stories:
            for column in story.columns:
                yield from _corners(column, _TICK * unit, 0.25 * unit)
            yield from _box(story.rect, _FRAME, 0.75 * unit)
            yield from self._text(story.slug, story.rect.x, story.rect.y - 2 * unit, _SIZE * unit, _FRAME)
        for nth, fault in enumerate(self.page.faults, 1):
            if fault.rect is not None:
                yield from _box(fault.rect, _FAULT, 1.0 * unit)
                yield from self._text(str(nth), fault.rect.right + unit, fault.rect.y, 9 * unit, _FAULT)

    def head(self, state: str, paper: Size) -> Iterator[Item]:
        """The line that tells what the sheet is."""
        page = self.page
        texts = (self.prepared.title, f"第{page.name}版", page.title, state, f"SHA-256 {_digest(page.pdf)}")
        yield Fill(Rect(0.0, 0.0, paper.width, MARGIN + HEAD - 1.5 * MM), WHITE)
        yield from self._text("  ".join(text for text in texts if text), MARGIN, MARGIN + HEAD - 3 * MM, _SIZE + 1)

    def foot(self, paper: Size) -> Iterator[Item]:
        """The faults at the foot of the sheet."""
        page = self.page
        lines = [_fault_line(nth, fault) for nth, fault in enumerate(page.faults[:_LISTED], 1)]
        if len(page.faults) > _LISTED:
            lines.append(f"+ {len(page.faults) - _LISTED}")
        height = MARGIN + len(lines) * _LINE
        yield Fill(Rect(0.0, paper.height - height, paper.width, height), WHITE)
        for nth, line in enumerate(reversed(lines)):
            yield from self._text(line, MARGIN, paper.height - MARGIN - nth * _LINE, _SIZE, _FAULT)

    def _text(self, text: str, x: Pt, baseline: Pt, size: Pt, ink: Ink = BLACK) -> Iterator[Item]:
        line = self.setter.line(text, "slug", size=size)
        for run in self.setter.runs(line, "slug", x=x, baseline=baseline, size=size):
            yield replace(run, ink=ink) if isinstance(run, GlyphRun) else run


def _box(rect: Rect, ink: Ink, width: Pt, dash: tuple[Pt, ...] = ()) -> Iterator[Stroke]:
    corners = (
        Point(rect.x, rect.y),
        Point(rect.right, rect.y),
        Point(rect.right, rect.bottom),
        Point(rect.x, rect.bottom),
    )
    for start, end in zip(corners, (*corners[1:], corners[0]), strict=True):
        yield Stroke(start, end, width, ink, dash=dash)


def _corners(rect: Rect, length: Pt, width: Pt) -> Iterator[Stroke]:
    """Short lines at the corners of a text column: whole edges would cross heads and pictures."""
    for x, right in ((rect.x, length), (rect.right, -length)):
        for y, down in ((rect.y, length), (rect.bottom, -length)):
            yield Stroke(Point(x, y), Point(x + right, y), width, _GRID)
            yield Stroke(Point(x, y), Point(x, y + down), width, _GRID)


def _fault_line(number: int, fault: Fault) -> str:
    name = NAMES.get(fault.code, "")
    return f"{number}  {name}  {fault.severity}[{fault.code}]  {fault.message}  {fault.place}"


def _digest(pdf: bytes) -> str:
    from hashlib import sha256

    return sha256(pdf).hexdigest()[:16]
