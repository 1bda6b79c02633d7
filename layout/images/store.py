"""Finished pictures, and a folder that keeps them from one build to the next."""

import os
import struct
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal

from msgspec import Struct

from layout import keeping

_COMPILED: Final = ("_imaging", "_webp")
"""How the names of Pillow's compiled modules begin that have to do with picture files; its libraries come with them."""

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
    """What makes the pictures, this package and Pillow with its libraries: others may make other bytes.

    Known by size and time of change, like ``make`` does: to ask Pillow for its versions it would have to be loaded.
    """
    own = (module for module in os.scandir(Path(__file__).parent) if module.name.endswith(".py"))
    spec = find_spec("PIL")
    folders = spec.submodule_search_locations or () if spec is not None else ()
    pillow = (module for folder in folders for module in os.scandir(folder) if module.name.startswith(_COMPILED))
    return repr(sorted((module.path, module.stat().st_size, module.stat().st_mtime_ns) for module in (*own, *pillow)))


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
