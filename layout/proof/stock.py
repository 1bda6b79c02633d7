"""Pictures of a page as they were drawn last: between two states of a page most of them are the same."""

import hashlib
from math import floor
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from layout.proof.folder import BASE

MOST: Final = 64
"""Pictures that are kept; the one that was not asked for the longest goes first."""


class Stock:
    """Puts pictures that are ready to be drawn at the base's resolution in the place of a page's own.

    Decoding pictures and turning their inks into screen colours is nine tenths of the work of drawing a page.
    """

    def __init__(self) -> None:
        self._kept: dict[str, Any] = {}

    def serve(self, page: Any) -> None:
        """Replace the pictures of a pdfium page, which is then good for drawing only."""
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=1):
            self._replace(item)

    def _replace(self, item: Any) -> None:
        left, bottom, right, top = item.get_bounds()
        size = (round(right - left), round(top - bottom))  # one that was ready for less would be blurred
        digest = hashlib.sha256(repr(size).encode() + item.get_data()).hexdigest()
        try:
            ready = self._kept.pop(digest, None) or _ready(item)
            if ready is None:
                return
            item.set_bitmap(ready)
        except pypdfium2.PdfiumError:
            return  # a picture that pdfium cannot take apart is drawn as it is
        self._kept[digest] = ready
        while len(self._kept) > MOST:
            del self._kept[next(iter(self._kept))]


def _ready(item: Any) -> Any:
    """The picture, no larger than it is drawn; None for one with holes."""
    left, bottom, right, top = item.get_bounds()
    if not _is_whole(item.get_bitmap(render=True).to_pil()):
        return None
    image = item.get_bitmap().to_pil().convert("RGB")
    finer = min(image.width / (right - left), image.height / (top - bottom)) * 72 / BASE
    return pypdfium2.PdfBitmap.from_pil(image.reduce(max(1, floor(finer))))


def _is_whole(drawn: Image.Image) -> bool:
    """Whether a picture covers its place, as drawn on nothing; its rim may lie between two pixels."""
    if drawn.mode != "RGBA" or min(drawn.size) < 5:
        return False
    inside = drawn.getchannel("A").crop((2, 2, drawn.width - 2, drawn.height - 2))
    return inside.getextrema() == (255, 255)
