"""A picture file to a Pillow image: sizes checked before anything is decoded, no warning, no other exception.

Pillow's plugins are called directly, and loaded when a file asks for them: ``Image.open`` would load every plugin that
there is, guess, and warn.
"""

import struct
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Final, TypeGuard

from PIL.Image import DecompressionBombError, Image
from PIL.Image import core as pillow  # type: ignore[attr-defined]  # documented, but for no type checker
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile

from layout.images.borne import CLAIMED_MAX, DECODED_MAX, SCANS_MAX, cut_off
from layout.images.errors import ImageFault
from layout.images.formats import Format, recognise
from layout.images.upright import orientation_in

if TYPE_CHECKING:
    from PIL.TiffImagePlugin import TiffImageFile

pillow.set_blocks_max(4)  # memory of finished pictures serves the next: faulting it in anew costs 4 ms a photograph

_TILE_WIDTH: Final = 322
_TILE_LENGTH: Final = 323
_TROUBLE: Final = (
    OSError,
    SyntaxError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    EOFError,
    RuntimeError,
    struct.error,
    zlib.error,
)
"""What Pillow's plugins raise on damaged files."""

_quiet_lock: Final = RLock()


def open_picture(data: bytes, path: Path) -> ImageFile:
    """The picture with its header read and its size found bearable; nothing is decoded yet."""
    kind = recognise(data, path)
    if kind == "WebP" and len(data) < 8 + int.from_bytes(data[4:8], "little"):
        raise cut_off(path)
    with faults(path), quiet():
        image = _plugin(kind)(BytesIO(data), path.name)
        _check_size(image, data, kind, path)
        return image


def load(image: ImageFile, path: Path) -> None:
    """Decode the pixels. Raises ImageFault; TIFF, which may warn while it decodes, is kept quiet."""
    with faults(path):
        if is_tiff(image):
            with quiet():
                image.load()
        else:
            image.load()


def orientation(image: ImageFile) -> int:
    """The EXIF orientation 1..8 still to be obeyed; 1 when there is none or it cannot be read.

    Pillow itself turns a TIFF upright when it decodes one. In the other files its reader of EXIF would do, but that
    loads all of TIFF for one number.
    """
    if is_tiff(image):
        return 1
    xmp = image.info.get("xmp") or b""
    return orientation_in(image.info.get("exif") or b"", xmp if isinstance(xmp, bytes) else xmp.encode())


def is_tiff(image: Image) -> "TypeGuard[TiffImageFile]":
    """Whether the picture was opened from a TIFF."""
    return image.format == "TIFF"


@contextmanager
def faults(path: Path) -> Iterator[None]:
    """Turn whatever Pillow raises on a damaged file into an ImageFault."""
    try:
        yield
    except (MemoryError, DecompressionBombError):
        raise ImageFault("image-too-large", path, "the picture does not fit into memory") from None
    except _TROUBLE as problem:
        if "truncated" in str(problem).lower():
            raise cut_off(path) from None
        raise ImageFault("image-broken", path, f"the picture is damaged ({problem})") from None


@contextmanager
def quiet() -> Iterator[None]:
    """No warnings from Pillow. The lock is needed because Python's warning filters belong to the whole process."""
    with _quiet_lock, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _plugin(kind: Format) -> Callable[[BytesIO, str], ImageFile]:
    if kind == "PNG":
        from PIL.PngImagePlugin import PngImageFile

        return PngImageFile
    if kind == "TIFF":
        from PIL.TiffImagePlugin import TiffImageFile

        return TiffImageFile
    if kind == "WebP":
        from PIL.WebPImagePlugin import WebPImageFile

        return WebPImageFile
    return JpegImageFile


def _check_size(image: ImageFile, data: bytes, kind: Format, path: Path) -> None:
    width, height = image.size
    progressive = bool(image.info.get("progressive"))
    limit = CLAIMED_MAX if kind == "JPEG" and not progressive else DECODED_MAX
    if progressive and data.count(b"\xff\xda") > SCANS_MAX:
        raise ImageFault("image-too-large", path, f"the JPEG has more than {SCANS_MAX} passes")
    if width < 1 or height < 1:
        raise ImageFault("image-broken", path, "the picture has no pixels")
    if width * height > limit:
        raise ImageFault(
            "image-too-large",
            path,
            f"{width} x {height} pixels are more than the limit of {limit // 1_000_000} million",
        )
    if is_tiff(image):
        tile = int(image.tag_v2.get(_TILE_WIDTH, 1)) * int(image.tag_v2.get(_TILE_LENGTH, 1))
        if tile > DECODED_MAX:
            raise ImageFault("image-too-large", path, f"the TIFF claims tiles of {tile} pixels")
