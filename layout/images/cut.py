"""The wanted part of a picture, upright, at its final size or near it, with its colours still those of the file."""

import math
from pathlib import Path
from typing import Final

from msgspec import Struct
from PIL import Image, ImageChops
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile

from layout.core import Rect
from layout.images.borne import DECODED_MAX
from layout.images.errors import ImageFault
from layout.images.opening import faults, is_tiff, load, open_picture, orientation
from layout.images.upright import SIDEWAYS
from layout.images.wanted import ENOUGH

_KEPT: Final = (ENOUGH, 1.08)
"""Between these shares of the wanted pixels a picture keeps those that it has. Resampling by so little would only blur
them, and it costs more than the pixels that it would save in what follows."""

_FINE: Final = 200
"""Pixels of the shorter side from which on a cut at whole pixels is exact enough: a quarter of a per cent of it."""

_PHOTOMETRIC: Final = 262
_WHITE_IS_ZERO: Final = 0
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_PLAIN: Final = {
    "1": "L",
    "L": "L",
    "LA": "LA",
    "La": "LA",
    "P": "RGB",
    "PA": "RGBA",
    "RGB": "RGB",
    "RGBX": "RGB",
    "RGBA": "RGBA",
    "RGBa": "RGBA",
    "YCbCr": "RGB",
    "CMYK": "CMYK",
    "LAB": "LAB",
}
"""Pillow's modes -> the ones that are worked with."""


class Cut(Struct, frozen=True):
    """Pixels in mode L, RGB, CMYK or LAB, with the ICC profile that the file gave."""

    image: Image.Image
    profile: bytes | None


def cut(data: bytes, path: Path, crop: Rect, size: tuple[int, int]) -> Cut:
    """Decode, crop, bring to about ``size``, in one resampling if any, turn upright, lay on white paper.

    What has nearly the wanted pixels already keeps them, so that the size may differ from ``size`` by some per cent.
    Raises ImageFault.
    """
    image = open_picture(data, path)
    mark = orientation(image)
    profile = image.info.get("icc_profile")
    part, (width, height) = _stored(crop, mark), size if mark < SIDEWAYS else size[::-1]
    full = _draft(image, part, width, height)
    if image.width * image.height > DECODED_MAX:
        raise ImageFault("image-too-large", path, f"a cut of {image.width} x {image.height} pixels is too large")
    load(image, path)
    with faults(path):
        plain = _plain(image, path)
        sized = _sized(plain, _box(part, full, plain.size), width, height)
        upright = sized.transpose(_TURNS[mark]) if mark in _TURNS else sized
        return Cut(_on_paper(upright), profile)


def _stored(crop: Rect, mark: int) -> Rect:
    """The crop as fractions of the picture as it lies in the file."""
    x, y, width, height = crop.x, crop.y, crop.width, crop.height
    if mark >= SIDEWAYS:
        left = 1 - y - height if mark in {7, 8} else y
        top = 1 - x - width if mark in {6, 7} else x
        return Rect(left, top, height, width)
    left = 1 - x - width if mark in {2, 3} else x
    top = 1 - y - height if mark in {3, 4} else y
    return Rect(left, top, width, height)


def _draft(image: ImageFile, part: Rect, width: int, height: int) -> tuple[float, float]:
    """Let libjpeg decode a JPEG small where little is wanted; the extent of the whole picture in pixels then."""
    if isinstance(image, JpegImageFile):
        wanted = (width / part.width * ENOUGH, height / part.height * ENOUGH)
        drafted = image.draft(None, (math.ceil(wanted[0]), math.ceil(wanted[1])))
        if drafted is not None:
            return drafted[1][2], drafted[1][3]
    return image.size


def _box(part: Rect, full: tuple[float, float], size: tuple[int, int]) -> tuple[float, float, float, float]:
    """The part in pixels, kept inside the picture in spite of rounding."""
    left, top = max(part.x, 0.0) * full[0], max(part.y, 0.0) * full[1]
    right, bottom = part.right * full[0], part.bottom * full[1]
    return left, top, min(right, size[0]), min(bottom, size[1])


def _sized(image: Image.Image, box: tuple[float, float, float, float], width: int, height: int) -> Image.Image:
    """The box at its own size where that is near ``width`` by ``height`` pixels, else at just this size."""
    least, most = _KEPT
    left, top, right, bottom = whole = round(box[0]), round(box[1]), round(box[2]), round(box[3])
    near = all(least <= share <= most for share in ((right - left) / width, (bottom - top) / height))
    if not near or min(width, height) < _FINE:
        return image.resize((width, height), Image.Resampling.BICUBIC, box)
    return image if whole == (0, 0, *image.size) else image.crop(whole)


def _plain(image: ImageFile, path: Path) -> Image.Image:
    """The pixels in a mode that is worked with: L, RGB, CMYK or LAB, the first two perhaps with alpha."""
    if image.mode.startswith("I;16"):
        return _eight_bit(image)
    if image.mode not in _PLAIN:
        raise ImageFault(
            "image-unsupported", path, f"pixels of the form {image.mode} are not taken; save it as 8-bit RGB"
        )
    if image.mode == "CMYK" and isinstance(image, JpegImageFile) and "adobe" not in image.info:
        return ImageChops.invert(image)  # Pillow turns every CMYK JPEG over, but only Adobe stores them so
    mode = _PLAIN[image.mode]
    if mode in {"L", "RGB"} and image.has_transparency_data:
        mode += "A"
    return image if image.mode == mode else image.convert(mode)


def _eight_bit(image: ImageFile) -> Image.Image:
    grey = image.point(lambda sample: sample / 256).convert("L")  # convert alone would clip
    turned = is_tiff(image) and image.tag_v2.get(_PHOTOMETRIC) == _WHITE_IS_ZERO
    return ImageChops.invert(grey) if turned else grey


def _on_paper(image: Image.Image) -> Image.Image:
    """What shows through is paper white."""
    if not image.mode.endswith("A") or image.mode == "CMYK":
        return image
    mode = image.mode[:-1]
    paper = Image.new(mode, image.size, "white")
    paper.paste(image.convert(mode), mask=image.getchannel("A"))
    return paper
