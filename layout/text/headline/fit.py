"""One size, tracking and scale that bring all lines of a headline to its measure (rules H-6 and H-7)."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from layout.core import EPSILON, Pt, fits

SPACE_LEAST: Final = 0.5
SPACE: Final = 1.0
SPACE_MOST: Final = 1.5
"""A clause space, em (rule H-6)."""

FILL: Final = 0.85
"""A headline that takes this share of its measure is opened to take all of it."""


class Limits(Struct, frozen=True):
    """How far a headline may go to fit: the size by a share either way, tracking in em, the scale as shares (H-7).

    ``lines`` is how many lines it may have. ``fill`` opens one that nearly fills its measure; ``opened`` sets heads of
    two to four Han wide (rule H-8).
    """

    size_step: float = 0.06
    tracking_min: float = -0.03
    tracking_max: float = 0.10
    scale_min: float = 0.92
    scale_max: float = 1.08
    lines: int = 3
    fill: bool = True
    opened: bool = True


class Extent(Struct, frozen=True):
    """What a line takes, em: its natural ``width``, the ``gaps`` where tracking may go, its clause ``spaces``."""

    width: float
    gaps: int
    spaces: int

    def least(self, tracking: float = 0.0) -> float:
        """The width with its clause spaces at their least."""
        return self.width - (SPACE - SPACE_LEAST) * self.spaces + tracking * self.gaps


class Fit(Struct, frozen=True):
    """One size (points), tracking (em) and scale for all lines. ``within`` says that the limits were enough."""

    size: Pt
    tracking: float = 0.0
    scale: float = 1.0
    within: bool = True


def fit(lines: Sequence[Extent], base: Pt, measure: Pt, limits: Limits) -> Fit:
    """Bring the lines to a measure: clause spaces give first, then size, then tracking, then the scale."""
    widest = max(line.width for line in lines) * base
    if fits(widest, measure):
        return _open(lines, base, measure, limits) if limits.fill and widest >= FILL * measure else Fit(base)
    return _close(lines, base, measure, limits)


def can_fit(line: Extent, base: Pt, measure: Pt, limits: Limits) -> bool:
    """Whether a line goes into the measure at all, with everything given that may be given."""
    return fits(line.least(limits.tracking_min) * base * (1 - limits.size_step) * limits.scale_min, measure)


def _close(lines: Sequence[Extent], base: Pt, measure: Pt, limits: Limits) -> Fit:
    widest = max(line.least() for line in lines)
    size = min(base, max(base * (1 - limits.size_step), measure / widest))
    tracking = max(limits.tracking_min, _tracking(lines, measure / size))
    taken = max(line.least(tracking) for line in lines) * size
    scale = min(1.0, max(limits.scale_min, measure / taken))
    over = taken * scale / measure
    return Fit(size, tracking, scale) if over <= 1 + EPSILON else Fit(size / over, tracking, scale, within=False)


def _tracking(lines: Sequence[Extent], measure: float) -> float:
    """The tracking, at most 0, that brings every line to a measure in em."""
    return min((min(0.0, (measure - line.least()) / line.gaps) for line in lines if line.gaps), default=0.0)


def _open(lines: Sequence[Extent], base: Pt, measure: Pt, limits: Limits) -> Fit:
    """The lines opened until the widest one fills the measure: size, then tracking, then the scale."""
    size = base * min(1 + limits.size_step, measure / (max(line.width for line in lines) * base))
    room = [(measure / size - line.width) / line.gaps for line in lines if line.gaps]
    tracking = max(0.0, min([limits.tracking_max, *room]))
    taken = max(line.width + tracking * line.gaps for line in lines) * size
    return Fit(size, tracking, max(1.0, min(limits.scale_max, measure / taken)))
