"""The four printing plates as pictures: laying ink on them, and adding up what lies on one spot."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

from msgspec import Struct
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageMath

from layout.images.opening import faults, load, open_picture

SOLID: Final = 255
"""One full ink in an 8-bit sample."""

Tints: TypeAlias = tuple[float | None, float | None, float | None, float | None]
"""Cyan, magenta, yellow, black, 0..1; None leaves that plate as it is, which is overprinting."""

Corner: TypeAlias = tuple[float, float]
"""In pixels, y down."""

_TEXT_TILE: Final = ((0, 0), (1, 2), (2, 1))
"""Which pixels of a 3 x 3 tile the strokes of type cover: a third, about what Chinese body type does."""

_FAR: Final = 20_000.0
_AFFINE: Final = Image.Transform.AFFINE
_SMOOTH: Final = Image.Resampling.BILINEAR


class InkTotals(Struct, frozen=True):
    """Total ink, 1.0 for one solid. Places in pixels; ``above`` is a share of the area, ``square`` a mean."""

    peak: float
    peak_at: tuple[int, int]
    above: float
    square: float
    square_at: tuple[int, int]


class Plates:
    """Cyan, magenta, yellow and black of one page, ``SOLID`` where there is full ink; its spot inks as one plate."""

    def __init__(self, width: int, height: int) -> None:
        self._size = width, height
        self._plates = [Image.new("L", self._size, 0) for _ in range(4)]
        self._spots: Image.Image | None = None  # made for the first spot
        self._type = _type_pattern(width, height)

    def lay(
        self,
        outline: Sequence[Corner],
        tints: Tints,
        *,
        within: tuple[float, float, float, float],
        alpha: float = 1.0,
        text: bool = False,
        width: float | None = None,
        spot: float | None = None,
    ) -> None:
        """Lay ink on a polygon, or with a ``width`` along a line; ``text``: as type does, on a third of the area.

        ``spot`` is the tint of spot inks, None leaves them as they are.
        """
        box = self._pixels(within)
        if box is None:
            return
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]), 0)
        points = [(_near(x - box[0]), _near(y - box[1])) for x, y in outline]
        draw, full = ImageDraw.Draw(mask), round(SOLID * min(1.0, max(0.0, alpha)))
        if width is not None:
            draw.line(points, fill=full, width=max(1, round(min(width, _FAR))))
        else:
            draw.polygon(points, fill=full)
        if text:
            mask = ImageChops.multiply(mask, self._type.crop(box))
        for plate, tint in zip(self._plates, tints, strict=True):
            if tint is not None:
                plate.paste(round(SOLID * tint), box, mask)
        self._lay_spot(spot, box, mask)

    def _lay_spot(self, spot: float | None, box: tuple[int, int, int, int], mask: Image.Image) -> None:
        if spot and self._spots is None:
            self._spots = Image.new("L", self._size, 0)
        if spot is not None and self._spots is not None:
            self._spots.paste(round(SOLID * spot), box, mask)

    def lay_picture(
        self,
        picture: Image.Image,
        to_picture: tuple[float, float, float, float, float, float],
        *,
        within: tuple[float, float, float, float],
        alpha: float = 1.0,
    ) -> None:
        """Lay a CMYK picture on all plates; ``to_picture`` takes page pixels to shares of the picture's sides."""
        box = self._pixels(within)
        if box is None:
            return
        a, b, c, d, e, f = to_picture
        wide, high = picture.size
        shifted = (a * box[0] + b * box[1] + c, d * box[0] + e * box[1] + f)
        affine = (a * wide, b * wide, shifted[0] * wide, d * high, e * high, shifted[1] * high)
        size = box[2] - box[0], box[3] - box[1]
        placed = picture.transform(size, _AFFINE, affine, _SMOOTH)
        mask = Image.new("L", picture.size, round(SOLID * alpha)).transform(size, _AFFINE, affine)
        for plate, ink in zip(self._plates, placed.split(), strict=True):
            plate.paste(ink, box, mask)
        self._lay_spot(0.0, box, mask)

    def totals(self, *, limit: float, side: float) -> InkTotals:
        """What lies on one spot at most, and on squares of ``side`` pixels."""
        spots = [] if self._spots is None else [self._spots]
        return add_up([*self._plates, *spots], limit=limit, side=side)

    def _pixels(self, box: tuple[float, float, float, float]) -> tuple[int, int, int, int] | None:
        """The whole pixels that a box touches; None when it lies outside."""
        left, top = max(0, int(box[0])), max(0, int(box[1]))
        right, bottom = min(self._size[0], int(box[2]) + 1), min(self._size[1], int(box[3]) + 1)
        return (left, top, right, bottom) if left < right and top < bottom else None


def read_plates(paths: Sequence[Path]) -> list[Image.Image]:
    """Plates as Ghostscript's tiffsep writes them, turned so that ink is ``SOLID``. Raises ImageFault."""
    plates = []
    for path in paths:
        picture = open_picture(path.read_bytes(), path)
        load(picture, path)
        plates.append(ImageChops.invert(picture.convert("L")))
    return plates


def add_up(plates: Sequence[Image.Image], *, limit: float, side: float) -> InkTotals:
    """Total ink of plates of one size."""
    total = _sum(plates)
    peak = _highest(total)
    over = _above(total, int(limit * SOLID + 0.5)).histogram()[SOLID]
    reach = min(side, *plates[0].size) / 2
    means = _sum([plate.filter(ImageFilter.BoxBlur(max(0.0, reach - 0.5))) for plate in plates])
    inside = means.crop((int(reach), int(reach), means.width - int(reach), means.height - int(reach)))
    inner = inside if inside.width > 0 and inside.height > 0 else means
    square = _highest(inner)
    return InkTotals(
        peak / SOLID,
        _first(_above(total, peak - 1)),
        over / (total.width * total.height),
        square / SOLID,
        _first(_above(inner, square - 1)),
    )


def jpeg_plates(data: bytes, *, largest: int, inverted: bool) -> Image.Image | None:
    """A JPEG of inks as a CMYK picture of about ``largest`` pixels a side; None when it is of other colours.

    ``inverted``: 0 stands for full ink in the data. Raises ImageFault.
    """
    path = Path("picture in the file")
    picture = open_picture(data, path)
    with faults(path):
        picture.draft(picture.mode, (largest, largest))
    load(picture, path)
    if picture.mode == "CMYK":  # Pillow turns the samples of every CMYK JPEG round
        return picture if inverted else ImageChops.invert(picture)
    return _gray_plates(picture, inverted=inverted) if picture.mode == "L" else None


def raw_plates(data: bytes, size: tuple[int, int], *, gray: bool, inverted: bool) -> Image.Image:
    """Samples of 8 bits, as they lie in the data, as a CMYK picture. Raises ImageFault when there are too few."""
    with faults(Path("picture in the file")):
        picture = Image.frombytes("L" if gray else "CMYK", size, data)
    if gray:
        return _gray_plates(picture, inverted=inverted)
    return ImageChops.invert(picture) if inverted else picture


def _gray_plates(picture: Image.Image, *, inverted: bool) -> Image.Image:
    """Gray is light, the plate holds ink."""
    none = Image.new("L", picture.size, 0)
    return Image.merge("CMYK", (none, none, none, picture if inverted else ImageChops.invert(picture)))


def _sum(plates: Sequence[Image.Image]) -> Image.Image:
    total = plates[0].convert("I")
    for plate in plates[1:]:
        total = ImageMath.lambda_eval(lambda held: held["total"] + held["plate"], total=total, plate=plate)
    return total


def _near(coordinate: float) -> float:
    """A coordinate that Pillow can count with."""
    return max(-_FAR, min(_FAR, coordinate))


def _highest(total: Image.Image) -> int:
    highest: Any = total.getextrema()[1]
    return int(highest)


def _above(total: Image.Image, level: int) -> Image.Image:
    """``SOLID`` where the total is above a level."""
    over: Any = ImageMath.lambda_eval(lambda held: (held["total"] > held["level"]) * SOLID, total=total, level=level)
    result: Image.Image = over.convert("L")
    return result


def _first(mask: Image.Image) -> tuple[int, int]:
    """The first pixel, from the top, that is not 0."""
    box = mask.getbbox()
    if box is None:
        return 0, 0
    row = mask.crop((0, box[1], mask.width, box[1] + 1)).getbbox()
    return (row[0] if row else 0), box[1]


def _type_pattern(width: int, height: int) -> Image.Image:
    """A picture full of the tile that stands for type."""
    tile = Image.new("L", (3, 3), 0)
    for place in _TEXT_TILE:
        tile.putpixel(place, SOLID)
    line = Image.new("L", (width, 3), 0)
    for x in range(0, width, 3):
        line.paste(tile, (x, 0))
    pattern = Image.new("L", (width, height), 0)
    for y in range(0, height, 3):
        pattern.paste(line, (0, y))
    return pattern
