"""The house style of a spread (跨版): two facing pages as one, with one type area over the fold."""

from math import floor

from msgspec.structs import replace

from layout.core import EPSILON, Pt, Size
from layout.house.model import Grid, House


def spread_house(house: House) -> House:
    """The house style of two facing pages made up as one.

    Trim and base columns are those of both pages; the columns of each page come up to the gutter over the fold. They
    hold as many whole characters as fit there, what is left over widens the gutters between them.
    """
    return replace(
        house,
        trim=Size(2 * house.trim.width, house.trim.height),
        grid=_spread_grid(house.grid, house.trim.width, house.spread.gutter),
    )


def half_width(grid: Grid, page: Pt, gutter: Pt) -> Pt:
    """What the columns of one page of a spread may take: from the wider outer margin to the gutter over the fold."""
    return page - max(grid.margins.left, grid.margins.right) - gutter / 2


def _spread_grid(grid: Grid, page: Pt, gutter: Pt) -> Grid:
    room = half_width(grid, page, gutter) / grid.size
    between = grid.columns - 1
    characters = max(1, floor((room - between * grid.gutter) / grid.columns + EPSILON))
    wider = (room - grid.columns * characters) / between if between else grid.gutter
    taken = (grid.columns * characters + between * wider) * grid.size
    outer = page - gutter / 2 - taken
    return replace(
        grid,
        columns=2 * grid.columns,
        characters=characters,
        gutter=wider,
        fold=max(gutter, EPSILON),
        margins=replace(grid.margins, left=outer, right=outer),
    )
