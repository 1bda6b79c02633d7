"""Two pictures of a page: where they differ."""

from collections.abc import Iterator, Sequence
from typing import Final

from PIL import Image, ImageChops

from layout.core import Rect

CELL: Final = 8
"""Changed pixels are gathered in squares of so many pixels."""
THRESHOLD: Final = 24
"""Two values this far apart are different; JPEG moves them less."""
_REACH: Final = 2  # squares this near to each other make one region


def changed_regions(
    old: Image.Image, new: Image.Image, resolution: float, *, within: Sequence[Rect] = ()
) -> tuple[Rect, ...]:
    """The regions that differ, in points from the pictures' top left, from the top down.

    With rectangles ``within``, those that touch one of them: the slug outside the trim differs whenever a page does.
    Pictures of different size are compared over the larger one's extent, what one lacks being white.
    """
    size = (max(old.width, new.width), max(old.height, new.height))
    difference = ImageChops.difference(_on_white(old, size), _on_white(new, size))
    red, green, blue = difference.split()
    largest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    marked = largest.point([0] * (THRESHOLD + 1) + [255] * (255 - THRESHOLD)).reduce(CELL)
    if marked.getbbox() is None:  # the usual case: nothing differs
        return ()
    cells = {divmod(at, marked.width) for at, value in enumerate(marked.tobytes()) if value}
    scale = 72 / resolution * CELL
    boxes = sorted(_box(region) for region in _regions(cells))
    found = (Rect(x * scale, y * scale, (r - x) * scale, (b - y) * scale) for y, x, b, r in boxes)
    return tuple(rect for rect in found if not within or any(rect.overlaps(page) for page in within))


def _on_white(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    if image.mode == "RGB" and image.size == size:
        return image
    sheet = Image.new("RGB", size, "white")
    sheet.paste(image)
    return sheet


def _regions(cells: set[tuple[int, int]]) -> Iterator[set[tuple[int, int]]]:
    """The cells in groups, each cell within reach of another of its group."""
    left = set(cells)
    reach = range(-_REACH, _REACH + 1)
    while left:
        region, edge = set[tuple[int, int]](), [left.pop()]
        while edge:
            row, column = edge.pop()
            region.add((row, column))
            near = {(row + down, column + across) for down in reach for across in reach} & left
            left -= near
            edge += near
        yield region


def _box(region: set[tuple[int, int]]) -> tuple[int, int, int, int]:
    """Top, left, bottom, right; ends exclusive."""
    rows, columns = {row for row, _ in region}, {column for _, column in region}
    return min(rows), min(columns), max(rows) + 1, max(columns) + 1
