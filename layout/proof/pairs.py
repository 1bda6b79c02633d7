"""Two states of a page in one picture: side by side, what differs framed and numbered."""

from collections.abc import Sequence
from typing import Any, Final

from PIL import Image, ImageDraw

from layout.core import Rect
from layout.proof.compare import changed_regions
from layout.proof.folder import BASE
from layout.proof.raster import medium, whole

PIXELS: Final = 40_000_000
"""No page is drawn larger than this: a page may claim any size."""
_GAP: Final = 24
_FRAME: Final = (214, 40, 30)
_GROUND: Final = (74, 74, 74)


def compare_pages(old: Any, new: Any) -> tuple[tuple[Rect, ...], Image.Image]:
    """Regions that differ, in points from the pages' top left, and the picture: the old page left, the new one right.

    Both are pdfium pages.
    """
    resolution = min(_bearable(old), _bearable(new))
    before, after = whole(old, resolution), whole(new, resolution)
    regions = changed_regions(before, after, resolution, within=(medium(old).trim, medium(new).trim))
    return regions, _side_by_side(before, after, regions, resolution / 72)


def _bearable(page: Any) -> float:
    width, height = page.get_size()
    return float(min(BASE, (PIXELS / (width * height)) ** 0.5 * 72))


def _side_by_side(before: Image.Image, after: Image.Image, regions: Sequence[Rect], scale: float) -> Image.Image:
    size = (before.width + after.width + 3 * _GAP, max(before.height, after.height) + 2 * _GAP)
    sheet = Image.new("RGB", size, _GROUND)
    draw = ImageDraw.Draw(sheet)
    for image, left in ((before, _GAP), (after, before.width + 2 * _GAP)):
        sheet.paste(image, (left, _GAP))
        for nth, rect in enumerate(regions, 1):
            x, y = left + rect.x * scale, _GAP + rect.y * scale
            draw.rectangle((x, y, x + rect.width * scale, y + rect.height * scale), outline=_FRAME, width=2)
            draw.text((x + 3, y - 12), f"{nth}", fill=_FRAME)
    return sheet
