"""A picture file as it comes from the disk, and what is known of it."""

from pathlib import Path
from typing import Final

from msgspec import Struct

from layout.images.errors import ImageFault

BYTES_MAX: Final = 256 << 20
"""No picture file may be larger than this."""


class ImageFacts(Struct, frozen=True):
    """A picture file at a glance.

    ``width`` and ``height`` are pixels of the upright picture, ``mode`` is Pillow's name of the pixel form (L, RGB,
    CMYK, ...), ``bits`` those of one sample in the file, ``orientation`` the mark that is still to be obeyed (1..8).
    """

    path: Path
    width: int
    height: int
    mode: str
    bits: int
    has_profile: bool
    orientation: int
    sha256: str


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
