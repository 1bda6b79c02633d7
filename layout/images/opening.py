"""A picture file to a Pillow image: sizes checked before anything is decoded, no warning, no other exception.

Pillow's plugins are called directly: ``Image.open`` would load every plugin that there is, guess, and warn.
"""

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from threading import RLock
from typing import Final

from PIL.Image import DecompressionBombError
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

from layout.images.errors import ImageFault
from layout.images.formats import Format, recognise

BYTES_MAX: Final = 256 << 20
"""No picture file may be larger than this."""

CLAIMED_MAX: Final = 250_000_000
"""Pixels that a baseline JPEG may have: it is decoded small."""

DECODED_MAX: Final = 80_000_000
"""Pixels that may be held in memory at once: 320 MB. A broadsheet page at 300 ppi has 30 million."""

SCANS_MAX: Final = 100
"""Passes of a progressive JPEG; encoders make about ten, and each costs a decoding of the whole picture."""

ORIENTATION: Final = 0x0112
_TILE_WIDTH: Final = 322
_TILE_LENGTH: Final = 323
_PLUGINS: Final[dict[Format, type[JpegImageFile | PngImageFile | TiffImageFile | WebPImageFile]]] = {
    "JPEG": JpegImageFile,
    "PNG": PngImageFile,
    "TIFF": TiffImageFile,
    "WebP": WebPImageFile,
}
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


def cut_off(path: Path) -> ImageFault:
    """The fault of a file that ends too early."""
    return ImageFault("image-truncated", path, "the picture is cut off; fetch the file again")


def read_file(path: Path) -> bytes:
    """The whole file; raises ImageFault when there is none or it is larger than any picture should be."""
    try:
        size = path.stat().st_size
        if size > BYTES_MAX:
            raise ImageFault(
                "image-too-large", path, f"the file has {size >> 20} MB; {BYTES_MAX >> 20} MB is the limit"
            )
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise ImageFault("image-missing", path, "there is no such picture file") from None
    except OSError as problem:
        raise ImageFault("image-missing", path, f"cannot be read ({problem.strerror})") from None


def open_picture(data: bytes, path: Path) -> ImageFile:
    """The picture with its header read and its size found bearable; nothing is decoded yet."""
    kind = recognise(data, path)
    if kind == "WebP" and len(data) < 8 + int.from_bytes(data[4:8], "little"):
        raise cut_off(path)
    with faults(path), quiet():
        image: ImageFile = _PLUGINS[kind](BytesIO(data), path.name)
        _check_size(image, data, kind, path)
        return image


def load(image: ImageFile, path: Path) -> None:
    """Decode the pixels. Raises ImageFault; TIFF, which may warn while it decodes, is kept quiet."""
    with faults(path):
        if isinstance(image, TiffImageFile):
            with quiet():
                image.load()
        else:
            image.load()


def orientation(image: ImageFile) -> int:
    """The EXIF orientation 1..8 still to be obeyed; 1 when there is none or it cannot be read.

    Pillow itself turns a TIFF upright when it decodes one.
    """
    if isinstance(image, TiffImageFile):
        return 1
    try:
        with quiet():
            mark = image.getexif().get(ORIENTATION, 1)
    except _TROUBLE:
        return 1
    return mark if isinstance(mark, int) and 1 <= mark <= 8 else 1


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
    if isinstance(image, TiffImageFile):
        tile = int(image.tag_v2.get(_TILE_WIDTH, 1)) * int(image.tag_v2.get(_TILE_LENGTH, 1))
        if tile > DECODED_MAX:
            raise ImageFault("image-too-large", path, f"the TIFF claims tiles of {tile} pixels")
