"""The making of a press picture: cropped, brought to size once, in press inks, as JPEG."""

from io import BytesIO
from pathlib import Path
from typing import Final

from msgspec.structs import replace
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

from layout.core import Rect
from layout.images import limit, separation
from layout.images.cut import cut
from layout.images.store import PressPicture
from layout.images.wanted import PictureSettings, Unsharp

_RINGING: Final = 0.10
"""How far JPEG may raise the total ink of a spot; spots nearer to the limit than this are looked at again."""

_TOLERATED: Final = 0.0001
"""The share of pixels that may stand above the ink limit after JPEG; plants look at the mean of larger spots."""

_BACK_OFF: Final = (0.0, 0.04, 0.08, 0.14, 0.22)


class _Named(BytesIO):
    """A file that Pillow takes for a JPEG by its name: told the format, it would load five plugins first."""

    name = "picture.jpg"


def make(data: bytes, path: Path, crop: Rect, size: tuple[int, int], settings: PictureSettings) -> PressPicture:
    """What ``prepare`` makes of a file with this content. Raises ImageFault."""
    picture = cut(data, path, crop, size)
    width, height = picture.image.size
    if settings.sharpen is not None:
        picture = replace(picture, image=_sharpened(picture.image, settings.sharpen, width / size[0]))
    if settings.grey or picture.image.mode == "L":
        black = separation.black_only(picture.image, picture.profile, settings.profile)
        grey = black.point([255 - ink for ink in range(256)])
        return PressPicture(width, height, 1, _jpeg(grey, settings.quality), inverted=True)
    press = (settings.profile, settings.intent)
    inks = separation.separate(picture.image, picture.profile, *press)
    most = separation.most_ink(picture.profile, picture.image.mode, *press)
    return PressPicture(width, height, 4, _within_limit(inks, settings, most), inverted=True)


def _sharpened(image: Image.Image, mask: Unsharp, scale: float) -> Image.Image:
    """Edges steepened once the picture has its size: before, the resampling would smooth them again.

    ``scale``: the share of the wanted pixels that the picture has, so that the radius on paper is what was asked for.
    The colours are still those of the file, so that the ink limit has the last word.
    """
    from PIL.ImageFilter import UnsharpMask

    sharper = UnsharpMask(mask.radius * scale, round(mask.amount * 100), mask.threshold)
    if image.mode != "LAB":
        return image.filter(sharper)
    lightness, *colours = image.split()
    return Image.merge("LAB", (lightness.filter(sharper), *colours))


def _within_limit(inks: Image.Image, settings: PictureSettings, most: float) -> bytes:
    """A JPEG of the four plates that keeps the ink limit even after it is decoded again.

    ``most`` ink there can be; only where that is too much are the pixels looked at.
    """
    near = settings.ink_limit - _RINGING
    if most < near or limit.stays_below(inks, near):
        return _jpeg(inks, settings.quality)
    data = b""
    for back_off in _BACK_OFF:
        data = _jpeg(limit.hold(inks, settings.ink_limit - back_off), settings.quality)
        decoded = JpegImageFile(BytesIO(data))
        if limit.share_above(decoded, settings.ink_limit) <= _TOLERATED:
            break
    return data


def _jpeg(image: Image.Image, quality: int) -> bytes:
    """No subsampling: no plate can spare it. Pillow stores CMYK inverted, with Adobe's mark."""
    out = _Named()
    image.info.clear()
    image.save(out, quality=quality, subsampling=0)
    return out.getvalue()
