"""Finished pictures, and a folder that keeps them from one build to the next."""

import struct
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final, Literal

from msgspec import Struct

from layout import keeping

_FRAME: Final = struct.Struct(">IIBB")


class PressPicture(Struct, frozen=True):
    """A picture as it goes into the press file: a JPEG of one plate (black) or four (C, M, Y, K).

    ``inverted``: a sample is 255 minus the ink, as Adobe stores CMYK; four plates then need /Decode [1 0 1 0 1 0 1 0].
    One plate is stored as plain grey (255 is paper), which DeviceGray shows as it is and Separation Black with [1 0].
    """

    width: int
    height: int
    components: Literal[1, 4]
    data: bytes
    inverted: bool


@cache
def makers() -> str:
    """What makes the pictures, this package and the versions of its libraries: others may make other bytes."""
    from PIL import features

    own = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    parts = ("pil", "jpg", "libjpeg_turbo", "littlecms2", "webp", "libtiff", "zlib")
    return " ".join((sha256(own).hexdigest(), *(f"{part}={features.version(part)}" for part in parts)))


def fetch(entry: Path) -> PressPicture | None:
    """The picture that was kept under this name; None when there is none."""
    kept = keeping.fetch(entry)
    if kept is None or len(kept) < _FRAME.size:
        return None
    width, height, components, inverted = _FRAME.unpack_from(kept)
    return PressPicture(width, height, components, kept[_FRAME.size :], bool(inverted))


def keep(entry: Path, picture: PressPicture) -> None:
    """Keep a picture under a name that says what it was made from."""
    frame = _FRAME.pack(picture.width, picture.height, picture.components, picture.inverted)
    keeping.keep(entry, frame + picture.data)
