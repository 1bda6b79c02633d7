"""Pictures made here, and how to look at what came of them."""

from io import BytesIO
from pathlib import Path
from random import Random

from msgspec.structs import replace
from PIL import Image, ImageCms, ImageFilter

from layout.core import Rect
from layout.images import PressPicture
from layout.images.wanted import PictureSettings
from layout.resources import PRESS

WHOLE = Rect(0.0, 0.0, 1.0, 1.0)
NEWS = PictureSettings(PRESS / "NEWS26_TAC240.icc", "perceptual", 2.4, 90, grey=False)
NEWS_GREY = replace(NEWS, grey=True)
ISO_CMYK = PRESS / "COATED39_TAC300.icc"


def noise(mode: str, width: int, height: int, seed: int = 0) -> Image.Image:
    """Every sample of its own, from 0 to 255, and the same at every call."""
    size = width * height * len(Image.new(mode, (1, 1)).getbands())
    return Image.frombytes(mode, (width, height), Random(seed).randbytes(size))


def photograph(width: int = 240, height: int = 160) -> Image.Image:
    """A smooth coloured field with a little grain: what a photograph is for a codec."""
    field = noise("RGB", 5, 4).resize((width, height), Image.Resampling.BICUBIC)
    return Image.blend(field, noise("RGB", width, height, 1), 0.08).filter(ImageFilter.GaussianBlur(0.6))


def corners() -> Image.Image:
    """Four flat quarters: red and green above blue and white. Not square, so that a wrong turn shows."""
    picture = Image.new("RGB", (96, 64), "white")
    for place, colour in (((0, 0), "red"), ((48, 0), (0, 200, 0)), ((0, 32), "blue")):
        picture.paste(Image.new("RGB", (48, 32), colour), place)
    return picture


def plates(picture: PressPicture) -> Image.Image:
    """Ink: mode CMYK, or L for the black plate alone (255 solid)."""
    image = Image.open(BytesIO(picture.data))
    image.load()
    assert image.size == (picture.width, picture.height)
    assert picture.inverted
    if picture.components == 1:
        assert image.mode == "L"
        return image.point([255 - value for value in range(256)])
    assert image.mode == "CMYK"  # Pillow undoes Adobe's inversion
    return image


def reference(image: Image.Image, *, source: bytes | None = None, settings: PictureSettings = NEWS) -> Image.Image:
    """What LittleCMS makes of the picture without any of our code."""
    opened = ImageCms.ImageCmsProfile(BytesIO(source)) if source else ImageCms.createProfile("sRGB")
    intent, flags = (0, 0) if settings.intent == "perceptual" else (1, ImageCms.Flags.BLACKPOINTCOMPENSATION)
    transform = ImageCms.buildTransform(
        opened, ImageCms.ImageCmsProfile(str(settings.profile)), image.mode, "CMYK", intent, flags
    )
    made = ImageCms.applyTransform(image, transform)
    assert made is not None
    return made


def save(image: Image.Image, path: Path, **options: object) -> Path:
    image.save(path, **options)
    return path
