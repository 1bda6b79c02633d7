"""Inks as operators and graphics states. The page is DeviceCMYK throughout: straight to the plates, no profile.

Text and rules in K alone are ``0 0 0 1 k``, never gray: the overprint of DeviceGray is not reliable (GWG 2022, R0011
and R0012). Overprint always comes with OPM 1, without which K would wipe out what lies below on the other plates
(R0009, R0010). A spot ink is a Separation, whose alternate is what the house style says its solid looks like; its tints
are shares of that, so that a plant without the plate prints what the converter would.
"""

from functools import lru_cache
from typing import Any, Final

from layout.core import Ink, Spot
from layout.pdf.objects import array, dictionary, name, number

KNOCKOUT: Final = "GSk"
OVERPRINT: Final = "GSo"
REGISTRATION: Final = "CSr"
"""Resource names: the two overprint states, and the colour that prints on every plate."""

EVERY_PLATE: Final = Spot("All", (1.0, 1.0, 1.0, 1.0))
"""The ink of marks: Separation All, which a device without plates shows as four solid inks."""


@lru_cache(maxsize=64)
def tints(ink: Ink) -> str:
    """The four operands of an ink, in steps of a hundredth of a percent."""
    return " ".join(number(tint, 4) for tint in ink.tints)


def fill_colour(ink: Ink, space: str = "") -> str:
    """The operators that set the ink of glyphs and fills; ``space`` is the resource name of its spot, if it has one."""
    return f"/{space} cs {number(ink.tint, 4)} scn" if space else f"{tints(ink)} k"


def stroke_colour(ink: Ink, space: str = "") -> str:
    """The operators that set the ink of strokes."""
    return f"/{space} CS {number(ink.tint, 4)} SCN" if space else f"{tints(ink)} K"


def overprint_state(ink: Ink, *, asked: bool) -> str:
    """The operator that lets an item overprint or knock out.

    Paper white never overprints, it would vanish (GWG 2022, R0007 and R0008).
    """
    return f"/{OVERPRINT if asked and ink.coverage > 0 else KNOCKOUT} gs"


def graphics_states() -> Any:
    """The ExtGState resources of every page."""
    return dictionary(
        {
            KNOCKOUT: dictionary({"Type": "/ExtGState", "OP": "false", "OPM": 0, "op": "false"}),
            OVERPRINT: dictionary({"Type": "/ExtGState", "OP": "true", "op": "true", "OPM": 1}),
        }
    )


def spot_space(spot: Spot) -> Any:
    """The colour space of a spot ink: from paper in a straight line to the process tints of its solid.

    A plate is known by the bytes of its name, which PDF/X wants in UTF-8.
    """
    solid = array([number(tint, 4) for tint in spot.solid])
    function = {"FunctionType": 2, "Domain": array([0, 1]), "C0": array([0] * 4), "C1": solid, "N": 1}
    return array(["/Separation", name(spot.name), "/DeviceCMYK", dictionary(function)])
