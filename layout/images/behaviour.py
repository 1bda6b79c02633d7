"""What a press profile does with colours, measured in it: its darkest tone, where black sets in, what grey is made of.

A plant's own profile can be judged so before a picture goes through it.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct
from PIL import Image

from layout.core import Tints
from layout.images.separation import separate
from layout.images.wanted import Intent

_SETS_IN: Final = 0.03  # of black: what a press can hold
_GREY: Final = 128


class Behaviour(Struct, frozen=True):
    """Shares of ink, 0..1. Black sets in at the grey ``start`` (0 white, 1 black) and is ``most`` at most.

    ``deepest`` and ``grey`` are what RGB 0 and RGB 128 become, cyan to black; ``total`` is the most ink of any colour
    of a coarse cube of RGB.
    """

    start: float
    most: float
    deepest: Tints
    grey: Tints
    total: float


def behaviour(profile: Path, intent: Intent) -> Behaviour:
    """Measure a profile as pictures go through it, before the ink limit is held. Raises ImageFault (profile-broken)."""
    greys = [(level, level, level) for level in range(255, -1, -1)]
    ramp = _separated(greys, profile, intent)
    steps = range(0, 256, 51)
    cube = _separated([(r, g, b) for r in steps for g in steps for b in steps], profile, intent)
    start = next((nth for nth, inks in enumerate(ramp) if inks[3] >= _SETS_IN), 255)
    most = max(inks[3] for inks in ramp)
    return Behaviour(start / 255, most, ramp[-1], ramp[255 - _GREY], max(map(sum, (*ramp, *cube))))


def _separated(colours: Sequence[tuple[int, int, int]], profile: Path, intent: Intent) -> list[Tints]:
    """The inks of RGB colours."""
    strip = Image.new("RGB", (len(colours), 1))
    strip.putdata(colours)
    data = separate(strip, None, profile, intent).tobytes()
    return [_tints(data[at : at + 4]) for at in range(0, len(data), 4)]


def _tints(samples: bytes) -> Tints:
    cyan, magenta, yellow, black = (round(sample / 255, 4) for sample in samples)
    return cyan, magenta, yellow, black
