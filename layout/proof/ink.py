"""Total ink (总墨量) over a page, from its plates: a map in steps, the largest value and its place, what is above."""

from collections.abc import Callable, Sequence
from functools import reduce
from itertools import pairwise
from math import floor
from typing import Any, Final

from msgspec import Struct
from PIL import Image, ImageFilter, ImageMath

from layout.core import MM, Point, Rect

STEPS: Final = ((0.02, "#ffffff"), (0.5, "#e3e8ec"), (1.0, "#cfe0ea"), (1.5, "#9cc4d6"), (2.0, "#5fa3b8"))
"""Below a total ink of so much: this colour on the map."""
NEAR: Final = "#e7a83e"
OVER: Final = "#e0301e"
TOP: Final = "#3d8a63"
_NEAR_SHARE: Final = 0.2  # ink below the limit that counts as near it
SQUARE: Final = 15 * MM
"""GWG 2022, R0026: the mean of any such square."""
_COARSE: Final = 4  # pixels each way that are one in looking for it


class Ink(Struct, frozen=True):
    """Total ink, 1.0 for one solid.

    The largest at a pixel and its place, the largest mean of a 15 mm square and its middle, the share of the trim above
    the limit. Places are in points from the trim's top left.
    """

    largest: float
    place: Point
    mean: float
    mean_place: Point
    over: float


def total(plates: Sequence[Image.Image]) -> Image.Image:
    """The sum of the plates, mode I, 255 for one solid."""
    return _image(_sum, **{f"p{nth}": plate for nth, plate in enumerate(plates)})


def _image(of: Callable[[dict[str, Any]], Any], **values: Any) -> Image.Image:
    made = ImageMath.lambda_eval(of, **values)
    assert isinstance(made, Image.Image)
    return made


def _largest(image: Image.Image) -> float:
    _, largest = image.getextrema()
    assert isinstance(largest, int | float)  # images of one channel have numbers there
    return largest


def _sum(parts: dict[str, Any]) -> Any:
    plates = [value for name, value in parts.items() if name[:1] == "p" and name[1:].isdigit()]  # not its functions
    return reduce(lambda one, other: one + other, plates)


def measure(plates: Sequence[Image.Image], ink: Image.Image, *, resolution: float, limit: float) -> Ink:
    """The facts of the plates inside the trim and of ``ink``, their total."""
    largest = _largest(ink)
    scale = 72 / resolution
    share = _above(ink, limit).histogram()[1] / (ink.width * ink.height)
    mean, middle = _heaviest_square(plates, scale)
    return Ink(largest / 255, _first(ink, largest, scale), mean, middle, share)


def _first(ink: Image.Image, value: float, scale: float) -> Point:
    """Where the ink first reaches a value, from the top; ``scale`` is a pixel in points."""
    mask = _image(lambda v: v["ink"] >= v["value"], ink=ink, value=int(value))
    _, top, _, _ = mask.getbbox() or (0, 0, 0, 0)
    left, _, _, _ = mask.crop((0, top, mask.width, top + 1)).getbbox() or (0, 0, 0, 0)
    return Point((left + 0.5) * scale, (top + 0.5) * scale)


def _heaviest_square(plates: Sequence[Image.Image], scale: float) -> tuple[float, Point]:
    """The largest mean of a square and its middle; squares that stick out of the page are none."""
    step = scale * _COARSE
    half = min(SQUARE / step, *(length / _COARSE for length in plates[0].size)) / 2
    means = total([plate.reduce(_COARSE).filter(ImageFilter.BoxBlur(max(0.0, half - 0.5))) for plate in plates])
    edge = int(half)
    inside = means.crop((edge, edge, max(edge + 1, means.width - edge), max(edge + 1, means.height - edge)))
    largest = _largest(inside)
    at = _first(inside, largest, step)
    return largest / 255, Point(at.x + edge * step, at.y + edge * step)


_FULL: Final = [0, *[255] * 255]


def _above(ink: Image.Image, limit: float) -> Image.Image:
    return _image(lambda v: v["ink"] > v["limit"], ink=ink, limit=floor(limit * 255)).convert("L")


def heat(ink: Image.Image, limit: float) -> Image.Image:
    """The map: a palette image, one colour for each step, two more near and above the limit."""
    bounds = [(bound, colour) for bound, colour in STEPS if bound < limit - _NEAR_SHARE]
    table = [*bounds, (limit - _NEAR_SHARE, TOP), (limit, NEAR), (1e9, OVER)]
    # Eight bits keep steps of 1.6 % of ink apart: enough for the colours, not for the limit, which is drawn exactly.
    quarter = _image(lambda v: v["min"](v["ink"] >> 2, 254), ink=ink).convert("L")
    above = _above(ink, limit)
    index = quarter.point([_step(value * 4 / 255, table) for value in range(256)])
    index.paste(len(table) - 1, mask=above.point(_FULL))
    index.putpalette([channel for _, colour in table for channel in bytes.fromhex(colour[1:])])
    return index


def _step(value: float, table: Sequence[tuple[float, str]]) -> int:
    """The first step that the value is below; above the limit is told exactly, elsewhere."""
    return min(next(nth for nth, (bound, _) in enumerate(table) if value < bound), len(table) - 2)


def legend(limit: float) -> list[tuple[str, str]]:
    """The map's colours with their meaning in per cent, from little ink to too much."""
    bounds = [*(bound for bound, _ in STEPS if bound < limit - _NEAR_SHARE), limit - _NEAR_SHARE, limit]
    colours = [*(colour for bound, colour in STEPS if bound < limit - _NEAR_SHARE), TOP, NEAR, OVER]
    texts = [f"< {bounds[0] * 100:.0f}", *(f"{low * 100:.0f}-{high * 100:.0f}" for low, high in pairwise(bounds))]
    return list(zip(colours, [*texts, f"> {limit * 100:.0f}"], strict=True))


def box_of(rect: Rect, resolution: float, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The pixels of a rectangle that lies on the medium, within an image of the whole medium."""
    scale = resolution / 72
    left, top = round(rect.x * scale), round(rect.y * scale)
    return left, top, min(size[0], round(rect.right * scale)), min(size[1], round(rect.bottom * scale))
