"""Bands of pictures: which photographs stand side by side, over which columns, at which lines.

A photograph goes where the issue says. One that is only told ``top`` or ``bottom``, or nothing, is gathered with its
neighbours into bands: the first fills the top of the story, the second its foot, further ones the middle; a band that
is not full is spread evenly, so that no two pictures or captions touch and every column keeps its share of the text.
Pictures of one band are equally high, so copyfitting changes a band as a whole. In a vertical story a band goes down
the tiers, its top is the story's right, and what is said of heights here is said of its pictures' widths.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from layout.compose.blocks.photo import Caption, picture_lines, plan_caption
from layout.compose.copyfit import BAND_COST, Give
from layout.compose.grid import Block, Frame
from layout.compose.setting import Setter
from layout.core import Diagnostic, error
from layout.images import ImageFacts
from layout.issue.model import Cell, Photo, Story, TableCopy

if TYPE_CHECKING:
    from layout.compose.blocks.table_plan import TablePlan

Edge: TypeAlias = str
TOP, MIDDLE, BOTTOM, FIXED = "top", "middle", "bottom", "fixed"
_ORDER: Final = (TOP, BOTTOM, MIDDLE)
_EDGES: Final = {"top": TOP, "bottom": BOTTOM, "right": TOP, "left": BOTTOM}
"""The edge that a word means: the first lines of a vertical story stand on its right."""


class Spot(Struct, frozen=True):
    """One photograph of a band: its text columns (from 0, end exclusive) and its caption."""

    index: int
    photo: Photo
    first_column: int
    last_column: int
    caption: Caption

    @property
    def columns(self) -> Block:
        """Its columns as a block one line high."""
        return Block(self.first_column, self.last_column, 0, 1)


class TableSpot(Struct, frozen=True):
    """A table that is a band by itself: its text columns (from 0, end exclusive), set."""

    index: int
    copy: TableCopy
    first_column: int
    last_column: int
    table: "TablePlan"


class Band(Struct, frozen=True):
    """Photographs side by side, or a table: pictures of ``lines`` body lines, then captions of ``rows``.

    In a vertical story captions stand inside the tiers and take no rows. ``line`` is the first line (from 0) of a band
    at a fixed place.
    """

    edge: Edge
    spots: tuple[Spot | TableSpot, ...]
    lines: int
    rows: int
    line: int = 0

    @property
    def height(self) -> int:
        """Lines of pictures and captions."""
        return self.lines + self.rows

    @property
    def columns(self) -> int:
        """Text columns that the band takes."""
        return sum(spot.last_column - spot.first_column for spot in self.spots)


def plan_bands(
    story: Story, setter: Setter, frame: Frame, facts: dict[str, ImageFacts], *, page: int
) -> tuple[tuple[Band, ...], tuple[Diagnostic, ...]]:
    """Gather the story's photographs into bands; photographs wider than the story or beyond it are errors.

    Each table that has a place of its own is a band.
    """
    found: list[Diagnostic] = []
    fixed: dict[tuple[int, int | None], list[tuple[int, Photo, int]]] = {}
    free: dict[Edge, list[tuple[int, Photo]]] = {TOP: [], BOTTOM: [], MIDDLE: []}
    for index, photo in enumerate(story.photos):
        width = _columns(photo, frame)
        if width > frame.columns:
            found.append(_too_large(photo, width, frame))
        elif isinstance(photo.at, Cell):
            if photo.at.column + width - 1 > frame.columns or photo.at.line > frame.lines:
                found.append(_outside(photo, frame))
            else:
                fixed.setdefault((photo.at.line, photo.lines), []).append((index, photo, photo.at.column - 1))
        else:
            free[_EDGES.get(str(photo.at), MIDDLE)].append((index, photo))
    bands = [_fixed_band(line - 1, group, setter, frame, facts) for (line, _), group in fixed.items()]
    rows = _rows(free, frame)
    bands += [_spread_band(edge, row, setter, frame, facts) for edge, row in rows]
    bands += _tables(story, bands, setter, frame, page, found)
    return tuple(bands), tuple(found)


def _tables(
    story: Story, bands: Sequence[Band], setter: Setter, frame: Frame, page: int, found: list[Diagnostic]
) -> Iterator[Band]:
    """The bands of the tables that have places of their own, where the photographs leave room; faults go to ``found``.

    One that says no place stands at the first edge that is free, else in the middle.
    """
    tables = [table for table in story.tables if table.before is None]
    if not tables:
        return
    from layout.compose.blocks.table import plan_table, table_columns

    taken = {band.edge for band in bands} | {table.at for table in tables}
    open_edges = [edge for edge in _ORDER if edge not in taken]
    for number, table in enumerate(tables):
        width = table_columns(table, setter, frame)
        plan = plan_table(table, setter, frame, width, page=page)
        found += plan.findings
        column, line, edge = frame.columns - width, 0, _EDGES.get(str(table.at), MIDDLE)
        if isinstance(table.at, Cell):
            column, line, edge = table.at.column - 1, table.at.line - 1, FIXED
        elif table.at is None:
            edge = open_edges.pop(0) if open_edges else MIDDLE
        if (table.columns or 0) > frame.columns or column + width > frame.columns or line + plan.lines > frame.lines:
            found.append(_table_outside(table, line + plan.lines - frame.lines, frame, page))
        else:
            spot = TableSpot(len(story.photos) + number, table, column, column + width, plan)
            yield Band(edge, (spot,), plan.lines, 0, line)


def _table_outside(table: TableCopy, lacking: int, frame: Frame, page: int) -> Diagnostic:
    """A table that reaches out of its story, below by so many lines where it does there."""
    message = "the table does not lie inside its story" + (f": {lacking} lines are lacking" if lacking > 0 else "")
    hint = f"the story has {frame.columns} text columns and {frame.lines} lines"
    return error("table-outside", message, table.span, hint, page)


def _too_large(photo: Photo, width: int, frame: Frame) -> Diagnostic:
    size = "tiers high" if frame.vertical else "columns wide"
    return error("photo-too-wide", f"{width} {size}, the story has {frame.columns}", photo.span)


def _outside(photo: Photo, frame: Frame) -> Diagnostic:
    columns = "tiers" if frame.vertical else "text columns"
    return error(
        "photo-outside",
        "the photograph's place lies outside its story",
        photo.span,
        hint=f"the story has {frame.columns} {columns} and {frame.lines} lines",
    )


def _columns(photo: Photo, frame: Frame) -> int:
    told = photo.tiers if frame.vertical else photo.columns
    if told is None and not frame.vertical and {"left", "right"} <= {*photo.bleed}:
        return frame.columns  # from edge to edge
    return told or (2 if frame.columns >= 4 else 1)


def _rows(free: dict[Edge, list[tuple[int, Photo]]], frame: Frame) -> Iterator[tuple[Edge, list[tuple[int, Photo]]]]:
    """The free photographs cut into rows that fit side by side, each with its edge."""
    for edge in (TOP, BOTTOM):
        for row in _cut(free[edge], frame):
            yield edge, row
    taken = [edge for edge in (TOP, BOTTOM) if free[edge]]
    open_edges = [edge for edge in _ORDER if edge not in taken]
    for nth, row in enumerate(_cut(free[MIDDLE], frame)):
        yield (open_edges[nth] if nth < len(open_edges) else MIDDLE), row


def _cut(photos: Sequence[tuple[int, Photo]], frame: Frame) -> Iterator[list[tuple[int, Photo]]]:
    row: list[tuple[int, Photo]] = []
    for item in photos:
        if row and sum(_columns(photo, frame) for _, photo in [*row, item]) > frame.columns:
            yield row
            row = []
        row.append(item)
    if row:
        yield row


def _fixed_band(
    line: int, group: list[tuple[int, Photo, int]], setter: Setter, frame: Frame, facts: dict[str, ImageFacts]
) -> Band:
    spots = tuple(_spot(index, photo, column, setter, frame) for index, photo, column in group)
    return _band(FIXED, spots, setter, frame, facts, line)


def _spread_band(
    edge: Edge, row: list[tuple[int, Photo]], setter: Setter, frame: Frame, facts: dict[str, ImageFacts]
) -> Band:
    """Photographs of a row with the free columns shared out between them; a lone one stands to the right."""
    widths = [_columns(photo, frame) for _, photo in row]
    spare = frame.columns - sum(widths)
    spots = []
    column = 0
    for nth, (index, photo) in enumerate(row):
        before = spare if len(row) == 1 and edge != MIDDLE else round(spare * nth / max(1, len(row) - 1))
        if len(row) == 1 and edge == MIDDLE:
            before = spare // 2
        spots.append(_spot(index, photo, column + before, setter, frame))
        column += widths[nth]
    return _band(edge, tuple(spots), setter, frame, facts, 0)


def _spot(index: int, photo: Photo, column: int, setter: Setter, frame: Frame) -> Spot:
    width = _columns(photo, frame)
    block = Block(column, column + width, 0, 1)
    caption = Caption((), 0) if frame.vertical else plan_caption(photo, setter, frame, block)
    return Spot(index, photo, column, column + width, caption)


def _band(
    edge: Edge, spots: tuple[Spot, ...], setter: Setter, frame: Frame, facts: dict[str, ImageFacts], line: int
) -> Band:
    lines = max(picture_lines(s.photo, facts.get(str(s.photo.file)), setter, frame, s.columns) for s in spots)
    return Band(edge, spots, lines, max(spot.caption.rows for spot in spots), line)


def gives(bands: tuple[Band, ...], setter: Setter) -> tuple[Give, ...]:
    """How far copyfitting may change each band: not at all when the issue says its height."""
    limits = setter.house.photo
    free = [not any(isinstance(spot, TableSpot) or spot.photo.lines for spot in band.spots) for band in bands]
    return tuple(
        Give(
            band.columns,
            max(-limits.shrink, limits.lines_min - band.lines) if may else 0,
            limits.stretch if may else 0,
            BAND_COST * 400 / band.lines / band.lines,
        )
        for band, may in zip(bands, free, strict=True)
    )


class Stand(Struct, frozen=True):
    """A band at its place: the block of each spot with its caption, and all lines that text must leave free."""

    band: Band
    blocks: tuple[Block, ...]
    obstacles: tuple[Block, ...]


def stand(bands: tuple[Band, ...], added: tuple[int, ...], setter: Setter, *, top: int, foot: int) -> tuple[Stand, ...]:
    """Put the bands between line ``top`` and line ``foot`` (exclusive), each with its ``added`` lines of height."""
    after = setter.house.photo.lines_after
    grown = [replace(band, lines=band.lines + more) for band, more in zip(bands, added, strict=True)]
    places: list[int] = [0] * len(grown)
    high, low = top, foot
    for nth, band in enumerate(grown):
        if band.edge == TOP:
            places[nth] = high
            high += band.height + after
        elif band.edge == BOTTOM:
            low -= band.height
            places[nth] = low
            low -= after
        elif band.edge == FIXED:
            places[nth] = band.line
    middle = [nth for nth, band in enumerate(grown) if band.edge == MIDDLE]
    free = low - high - sum(grown[nth].height for nth in middle)
    for rank, nth in enumerate(middle):
        above = sum(grown[other].height for other in middle[:rank])
        places[nth] = high + round(free * (rank + 1) / (len(middle) + 1)) + above
    return tuple(_stand(band, place, after, top, foot) for band, place in zip(grown, places, strict=True))


def _stand(band: Band, place: int, after: int, top: int, foot: int) -> Stand:
    """The blocks of a band; blank lines keep text off it above and below, but not at the story's own edges."""
    blocks = tuple(
        Block(spot.first_column, spot.last_column, place, place + band.lines + _caption_rows(spot))
        for spot in band.spots
    )
    first = place - after if place > top else place
    last = place + band.height
    last += after if last < foot else 0
    obstacles = tuple(Block(block.first_column, block.last_column, first, last) for block in blocks)
    return Stand(band, blocks, obstacles)


def _caption_rows(spot: Spot | TableSpot) -> int:
    return spot.caption.rows if isinstance(spot, Spot) else 0
