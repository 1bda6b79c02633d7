"""Finished pictures, and a folder that keeps them from one build to the next."""

import os
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal

from msgspec import Struct

from layout import keeping
from layout.images.jpeg import usual_jpeg

_COMPILED: Final = ("_imaging", "_webp")
"""How the names of Pillow's compiled modules begin that have to do with picture files; its libraries come with them."""


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
    data = keeping.fetch(entry)
    header = usual_jpeg(data) if data is not None else None
    if data is None or header is None:
        return None
    return PressPicture(header.width, header.height, 1 if header.mode == "L" else 4, data, inverted=True)


def keep(entry: Path, picture: PressPicture) -> None:
    """Keep a picture that was made here under a name that says what it was made from. Its header says the rest."""
    keeping.keep(entry, picture.data)
