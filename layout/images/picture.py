"""A picture file to what goes into the press file: made, or as an earlier build kept it."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from layout.core import Rect
from layout.images.borne import read_press
from layout.images.facts import read_file
from layout.images.store import PressPicture, fetch, keep, makers
from layout.images.wanted import PictureSettings


def prepare(
    path: Path, crop: Rect, size: tuple[int, int], settings: PictureSettings, cache: Path | None = None
) -> PressPicture:
    """The part ``crop`` (fractions of the upright picture) at about ``size`` pixels in the inks of the press.

    Grey pictures, and all pictures of a grey page, go to the black plate alone. ``cache`` is a folder for results; one
    that cannot be used is left alone. Raises ImageFault.
    """
    data = read_file(path)
    entry = None if cache is None else _entry(cache, sha256(data).hexdigest(), crop, size, settings)
    found = None if entry is None else fetch(entry)
    if found is not None:
        return found
    from layout.images.making import make

    made = make(data, path, crop, size, settings)
    if entry is not None:
        keep(entry, made)
    return made


def kept(
    checksum: str, crop: Rect, size: tuple[int, int], settings: PictureSettings, cache: Path | None
) -> PressPicture | None:
    """What ``prepare`` has kept of a file with this SHA-256, whether or not it is still there. Raises ImageFault."""
    return None if cache is None else fetch(_entry(cache, checksum, crop, size, settings))


def _entry(cache: Path, checksum: str, crop: Rect, size: tuple[int, int], settings: PictureSettings) -> Path:
    """Named by what the result depends on: the file, the press, the cut, and what does the work."""
    wanted = (settings.intent, settings.ink_limit, settings.quality, settings.grey, settings.sharpen)
    recipe = (checksum, _press_checksum(settings.profile), crop, size, *wanted, makers())
    return cache / f"{sha256(repr(recipe).encode()).hexdigest()}.picture"


@lru_cache(maxsize=8)
def _press_checksum(path: Path) -> str:
    return sha256(read_press(path)).hexdigest()
