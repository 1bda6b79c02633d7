"""What size of picture is borne, the fault of a file that is cut off, and the press profile as it comes from disk."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from layout.images.errors import ImageFault

CLAIMED_MAX: Final = 250_000_000
"""Pixels that a baseline JPEG may have: it is decoded small."""

DECODED_MAX: Final = 80_000_000
"""Pixels that may be held in memory at once: 320 MB. A broadsheet page at 300 ppi has 30 million."""

SCANS_MAX: Final = 100
"""Passes of a progressive JPEG; encoders make about ten, and each costs a decoding of the whole picture."""


def cut_off(path: Path) -> ImageFault:
    """The fault of a file that ends too early."""
    return ImageFault("image-truncated", path, "the picture is cut off; fetch the file again")


@lru_cache(maxsize=8)
def read_press(path: Path) -> bytes:
    """The press profile's bytes, read once; raises ImageFault (profile-broken)."""
    try:
        return path.read_bytes()
    except OSError as problem:
        raise ImageFault("profile-broken", path, f"the press profile cannot be read ({problem.strerror})") from None
