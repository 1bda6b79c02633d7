"""Where on the page: millimetres from the trim's top left corner."""

from math import isfinite

from layout.core import MM
from layout.preflight.model import Box, Place


def place_of(box: Box, frame: Box) -> Place:
    """A box in default user space as a place; what is without end is cut to the frame."""
    left, bottom, right, top = (one if isfinite(one) else edge for one, edge in zip(box, frame, strict=True))
    return Place(
        round((left - frame[0]) / MM, 1),
        round((frame[3] - top) / MM, 1),
        round((right - left) / MM, 1),
        round((top - bottom) / MM, 1),
    )
