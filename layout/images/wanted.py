"""What is wanted of a picture in the press file."""

from pathlib import Path
from typing import Final, Literal, TypeAlias

from msgspec import Struct

Intent: TypeAlias = Literal["perceptual", "relative"]

ENOUGH: Final = 0.92
"""The share of the wanted pixels, across and down, that is enough. A JPEG is decoded at a half, a quarter or an eighth
where that leaves so many: libjpeg's scaled decoding is a good low-pass by itself, and the press resolution is twice the
halftone screen, so the last few per cent do not show."""


class Unsharp(Struct, frozen=True):
    """Unsharp masking: ``radius`` in pixels of the finished picture, ``amount`` 1.2 for 120 %, ``threshold`` 0..255."""

    radius: float
    amount: float
    threshold: int


class PictureSettings(Struct, frozen=True):
    """What the press wants of pictures: its profile, the rendering intent, total ink (2.4 for 240 %), JPEG quality.

    ``grey``: the page is printed in black only. ``sharpen``: what is done against the softness of halftone and paper.
    """

    profile: Path
    intent: Intent
    ink_limit: float
    quality: int
    grey: bool
    sharpen: Unsharp | None = None
