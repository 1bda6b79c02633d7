"""What the press will show: inks through the press profile to the screen, paper and all (absolute colorimetric)."""

from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Final

from PIL import Image, ImageCms

_ABSOLUTE: Final = ImageCms.Intent.ABSOLUTE_COLORIMETRIC
_COARSE: Final = ImageCms.Flags.LOWRESPRECALC
"""A table that is built in half the time; from the four inks it gives the same colours as the finest one."""
_PERCEPTUAL: Final = ImageCms.Intent.PERCEPTUAL


def soft_proof(inks: Image.Image, profile: Path) -> Image.Image:
    """A CMYK image as it looks on the press's paper, in sRGB. Raises ImageCms.PyCMSError."""
    return _applied(_to_screen(profile), inks)


def warm_up(profile: Path) -> None:
    """Build the table for this profile, before it is wanted; one that does not serve is told of when it is."""
    with suppress(ImageCms.PyCMSError):
        _to_screen(profile)


def approximate(picture: Image.Image, profile: Path) -> Image.Image:
    """An sRGB image as it would look on that paper, for want of inks: separated by the profile, then proofed."""
    return soft_proof(_applied(_to_press(profile), picture), profile)


def _applied(transform: ImageCms.ImageCmsTransform, image: Image.Image) -> Image.Image:
    """Without Pillow's own ``apply``, which writes the whole profile out again for every picture."""
    made = Image.new(transform.output_mode, image.size, None)
    transform.transform.apply(image.getim(), made.getim())
    return made


@lru_cache(maxsize=4)
def _to_screen(profile: Path) -> ImageCms.ImageCmsTransform:
    press = _opened(profile)
    return ImageCms.buildTransform(press, ImageCms.createProfile("sRGB"), "CMYK", "RGB", _ABSOLUTE, _COARSE)


@lru_cache(maxsize=4)
def _to_press(profile: Path) -> ImageCms.ImageCmsTransform:
    press = _opened(profile)
    return ImageCms.buildTransform(ImageCms.createProfile("sRGB"), press, "RGB", "CMYK", _PERCEPTUAL)


def _opened(profile: Path) -> ImageCms.ImageCmsProfile:
    try:
        return ImageCms.getOpenProfile(str(profile))
    except OSError as fault:
        raise ImageCms.PyCMSError(str(fault)) from None
