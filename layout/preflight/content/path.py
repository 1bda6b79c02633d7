"""Paths under construction (ISO 32000-1, 8.5), in default user space."""

from math import dist, inf
from typing import Final

from msgspec import Struct, field

from layout.preflight.content.matrix import Corner, bounds
from layout.preflight.model import Box

POINTS_MAX: Final = 1000
SUBPATHS_MAX: Final = 2000
"""Beyond these a part of the path is held as the box round it."""

_SQUARE: Final = 0.01


class Path(Struct):
    """The current path as polygons: of a curve, the points that control it."""

    subpaths: list[list[Corner]] = field(default_factory=list)

    def move(self, point: Corner) -> None:
        """Begin a subpath."""
        if self.subpaths and len(self.subpaths[-1]) == 1:
            self.subpaths.pop()
        if len(self.subpaths) < SUBPATHS_MAX:
            self.subpaths.append([point])
        else:
            self.add(point)

    def add(self, *points: Corner) -> None:
        """Go on through some points."""
        if not self.subpaths:
            self.subpaths.append([])
        subpath = self.subpaths[-1]
        subpath += points
        if len(subpath) > POINTS_MAX:
            left, bottom, right, top = bounds(subpath)
            subpath[:] = [(left, bottom), (right, bottom), (right, top), (left, top)]

    def close(self) -> None:
        """Go back to the start of the subpath."""
        if self.subpaths:
            self.add(self.subpaths[-1][0])

    def bounds(self) -> Box | None:
        """The box round all of it; None when there is nothing."""
        points = [point for subpath in self.subpaths for point in subpath]
        return bounds(points) if points else None


def thickness(subpath: list[Corner]) -> float:
    """The smaller side of a filled rectangle, which is a line too (GWG note I00004); infinite for any other shape."""
    corners = subpath[:-1] if len(subpath) == 5 and dist(subpath[0], subpath[4]) < _SQUARE else subpath
    if len(corners) == 2:
        return 0.0
    if len(corners) != 4:
        return inf
    one, two, three, four = corners
    middles = (one[0] + three[0], one[1] + three[1]), (two[0] + four[0], two[1] + four[1])
    diagonals = dist(one, three), dist(two, four)
    if dist(*middles) > _SQUARE or abs(diagonals[0] - diagonals[1]) > _SQUARE:
        return inf
    return min(dist(one, two), dist(two, three))
