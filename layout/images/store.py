"""Finished pictures, and a folder that keeps them from one build to the next."""

import hashlib
import os
import struct
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

from PIL import features

_MAGIC: Final = b"press picture 1\n"
_FRAME: Final = struct.Struct(">32sIIBB")


@dataclass(frozen=True, slots=True)
class PressPicture:
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
def libraries() -> str:
    """The versions of what makes the pictures: another version may make other bytes."""
    parts = ("pil", "jpg", "libjpeg_turbo", "littlecms2", "webp", "libtiff", "zlib")
    return " ".join(f"{part}={features.version(part)}" for part in parts)


def fetch(entry: Path) -> PressPicture | None:
    """What was kept under this name; None when there is nothing or it is damaged."""
    try:
        kept = entry.read_bytes()
    except OSError:
        return None
    start = len(_MAGIC) + _FRAME.size
    if not kept.startswith(_MAGIC) or len(kept) < start:
        return None
    digest, width, height, components, inverted = _FRAME.unpack_from(kept, len(_MAGIC))
    data = kept[start:]
    if components not in (1, 4) or digest != _checksum(data, width, height, components, inverted):
        return None
    return PressPicture(width, height, components, data, bool(inverted))


def keep(entry: Path, picture: PressPicture) -> None:
    """Keep a picture. It appears whole or not at all; a folder that cannot be written is left alone."""
    facts = (picture.width, picture.height, picture.components, int(picture.inverted))
    frame = _FRAME.pack(_checksum(picture.data, *facts), *facts)
    with suppress(OSError):
        entry.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=entry.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_MAGIC + frame + picture.data)
            Path(name).replace(entry)
        except OSError:
            Path(name).unlink(missing_ok=True)


def _checksum(data: bytes, *facts: int) -> bytes:
    return hashlib.sha256(repr(facts).encode() + data).digest()
