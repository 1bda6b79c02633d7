"""Colour to press ink by ICC profiles (LittleCMS), and tone to the black plate alone."""

from bisect import bisect_left
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from threading import RLock
from typing import Any, Final

from PIL import Image, ImageCms

from layout.images import limit
from layout.images.borne import read_press
from layout.images.errors import ImageFault
from layout.images.wanted import Intent

_SPACES: Final = {"RGB": "RGB", "CMYK": "CMYK", "L": "GRAY", "LAB": "Lab"}
_CLASSES: Final = ("scnr", "mntr", "prtr", "spac")
_INTENTS: Final = {"perceptual": ImageCms.Intent.PERCEPTUAL, "relative": ImageCms.Intent.RELATIVE_COLORIMETRIC}
_COLORIMETRIC: Final = ImageCms.Intent.RELATIVE_COLORIMETRIC
_BLACK_POINT: Final = ImageCms.Flags.BLACKPOINTCOMPENSATION
_STEPS: Final = 33
_ROUNDING: Final = 0.02
"""What the rounding of four inks, and of the table's colours to whole samples, may take from a total."""

_CMS_TROUBLE: Final = (ImageCms.PyCMSError, OSError, ValueError)

_lock: Final = RLock()


def separate(image: Image.Image, embedded: bytes | None, press: Path, intent: Intent) -> Image.Image:
    """The picture in press CMYK. ``image`` is RGB, CMYK or LAB; ``embedded`` its ICC profile, if any.

    RGB without a usable profile is sRGB. CMYK without one is meant for this press and is left as it is. Raises
    ImageFault (profile-broken) when the press profile is unusable.
    """
    profile = usable_profile(embedded, image.mode)
    if image.mode == "CMYK" and (profile is None or profile == undated(press_profile(press))):
        return image
    with _lock:
        transform = _to_press(profile, image.mode, press, intent)
    return image if transform is None else _applied(transform, image)


def most_ink(embedded: bytes | None, mode: str, press: Path, intent: Intent) -> float:
    """What no colour of such pixels exceeds in total ink once it is separated (2.4 for 240 %).

    LittleCMS runs RGB through a table of 33 x 33 x 33 colours, linear between them: the most ink is that of one of
    them. CMYK may be anything, and Lab is rare: four solid inks then.
    """
    if mode != "RGB":
        return 4.0
    with _lock:
        return _most_ink(usable_profile(embedded, mode), press, intent)


@lru_cache(maxsize=32)
def _most_ink(profile: bytes | None, press: Path, intent: Intent) -> float:
    transform = _to_press(profile, "RGB", press, intent)
    return 4.0 if transform is None else limit.greatest(_applied(transform, _cube())) + _ROUNDING


def _cube() -> Image.Image:
    """Every colour of 33 steps of red, green and blue, those of LittleCMS's table."""
    steps = [bytes((round(step * 255 / (_STEPS - 1)),)) for step in range(_STEPS)]
    red = b"".join(steps) * _STEPS**2
    green = b"".join(step * _STEPS for step in steps) * _STEPS
    blue = b"".join(step * _STEPS**2 for step in steps)
    planes = (Image.frombytes("L", (_STEPS**2, _STEPS), samples) for samples in (red, green, blue))
    return Image.merge("RGB", tuple(planes))


def black_only(image: Image.Image, embedded: bytes | None, press: Path) -> Image.Image:
    """The picture as ink of the black plate (mode L, 255 solid). ``image`` is L, RGB, CMYK or LAB.

    Lightness is kept, from the paper's down to that of solid black. Grey without a profile has sRGB's tone curve.
    """
    profile = usable_profile(embedded, image.mode)
    with _lock:
        if image.mode == "L":
            return image.point(_grey_table(profile, press))
        table = _lightness_table(press)
        transform = _to_lab(profile, image.mode, press, _BLACK_POINT)
    return _applied(transform, image).getchannel(0).point(table)


def _applied(transform: ImageCms.ImageCmsTransform, image: Image.Image) -> Image.Image:
    """Without Pillow's own ``apply``, which writes the whole press profile out again for every picture."""
    made = Image.new(transform.output_mode, image.size, None)
    transform.transform.apply(image.getim(), made.getim())
    return made


def usable_profile(embedded: bytes | None, mode: str) -> bytes | None:
    """The embedded profile if it describes pixels of this mode; None for a broken or foreign one."""
    return undated(embedded) if embedded and _describes(embedded, mode) else None


def undated(profile: bytes) -> bytes:
    """The profile without its date of making and its checksum (ICC.1, 7.2): the same colours are the same profile."""
    return profile[:24] + bytes(12) + profile[36:84] + bytes(16) + profile[100:]


@lru_cache(maxsize=64)
def _describes(profile: bytes, mode: str) -> bool:
    try:
        opened = _opened(profile).profile
        return opened.xcolor_space.strip() == _SPACES[mode] and opened.device_class in _CLASSES
    except _CMS_TROUBLE:
        return False


@lru_cache(maxsize=8)
def press_profile(path: Path) -> bytes:
    """The press profile's bytes, looked at once; raises ImageFault when it is no CMYK profile."""
    data = read_press(path)
    if not _describes(data, "CMYK"):
        raise ImageFault("profile-broken", path, "the press profile is not a usable CMYK profile")
    return data


@lru_cache(maxsize=32)
def _to_press(profile: bytes | None, mode: str, press: Path, intent: Intent) -> ImageCms.ImageCmsTransform | None:
    """The transform, built once; None where there is none to make: CMYK whose own profile turns out to be broken.

    Pillow's ``Color3DLUT`` of the same 33 steps would save a tenth of the time, but it mixes the eight corners of a
    cell where LittleCMS mixes four along the axis of greys: neutrals lose up to 4 % of black to the colours.
    """
    flags = _BLACK_POINT if intent == "relative" else ImageCms.Flags.NONE
    target = _opened(press_profile(press))
    try:
        return ImageCms.buildTransform(_source(profile, mode), target, mode, "CMYK", _INTENTS[intent], flags)
    except _CMS_TROUBLE as problem:
        if profile is not None:
            return None if mode == "CMYK" else _to_press(None, mode, press, intent)
        raise ImageFault("profile-broken", press, f"the press profile cannot be used ({problem})") from None


@lru_cache(maxsize=32)
def _to_lab(profile: bytes | None, mode: str, press: Path, flags: ImageCms.Flags) -> ImageCms.ImageCmsTransform:
    """Towards CIE Lab, paper at 100; CMYK without a usable profile is meant for the press.

    With black point compensation the source's deepest black (of CMYK: all inks) has L* 0.
    """
    if profile is None and mode == "CMYK":
        profile = press_profile(press)
    try:
        lab = ImageCms.createProfile("LAB")
        return ImageCms.buildTransform(_source(profile, mode), lab, mode, "LAB", _COLORIMETRIC, flags)
    except _CMS_TROUBLE as problem:
        if profile is not None and profile != undated(press_profile(press)):
            return _to_lab(None, mode, press, flags)
        raise ImageFault("profile-broken", press, f"the press profile cannot be used ({problem})") from None


def _source(profile: bytes | None, mode: str) -> Any:
    if profile is not None:
        return _opened(profile)
    return ImageCms.createProfile("LAB" if mode == "LAB" else "sRGB")


def _opened(profile: bytes) -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(BytesIO(profile))


@lru_cache(maxsize=32)
def _grey_table(profile: bytes | None, press: Path) -> list[int]:
    """Grey sample -> black ink."""
    if profile is None:
        lightness = [_srgb_lightness(sample / 255) for sample in range(256)]
    else:
        lightness = _lightness(_ramp("L"), _to_lab(profile, "L", press, _BLACK_POINT))
    return [_ink(value, press) for value in lightness]


@lru_cache(maxsize=8)
def _lightness_table(press: Path) -> list[int]:
    """L* in 255 steps -> black ink."""
    return [_ink(100 * step / 255, press) for step in range(256)]


def _ink(lightness: float, press: Path) -> int:
    """How much black, 0..255, has this L* when the whole scale is laid between paper and solid black."""
    darkness = _darkness(press)
    wanted = (100 - lightness) / 100 * darkness[-1]
    above = max(1, bisect_left(darkness, wanted))
    low, high = darkness[above - 1], darkness[above]
    return above if high == low else round(above - 1 + (wanted - low) / (high - low))


@lru_cache(maxsize=8)
def _darkness(press: Path) -> list[float]:
    """100 - L* of 0..255 of black on this press's paper, never falling."""
    ramp = _ramp("L")
    none = Image.new("L", ramp.size)
    lightness = _lightness(
        Image.merge("CMYK", (none, none, none, ramp)), _to_lab(None, "CMYK", press, ImageCms.Flags.NONE)
    )
    darkness: list[float] = []
    for value in lightness:
        darkness.append(max(100 - value, darkness[-1] if darkness else 0.0))
    return darkness


def _ramp(mode: str) -> Image.Image:
    return Image.frombytes(mode, (256, 1), bytes(range(256)))


def _lightness(image: Image.Image, transform: ImageCms.ImageCmsTransform) -> list[float]:
    return [100 * step / 255 for step in _applied(transform, image).getchannel(0).tobytes()]


def _srgb_lightness(value: float) -> float:
    """L* of an sRGB grey 0..1 (IEC 61966-2-1, CIE 15)."""
    linear = value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
    return 116 * linear ** (1 / 3) - 16 if linear > 216 / 24389 else linear * 24389 / 27
