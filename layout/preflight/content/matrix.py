"""Transformation matrices (ISO 32000-1, 8.3.4) and boxes under them."""

from collections.abc import Iterable
from math import hypot, inf
from typing import Final, TypeAlias

from layout.preflight.model import Box

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
Corner: TypeAlias = tuple[float, float]

IDENTITY: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
EVERYWHERE: Final[Box] = (-inf, -inf, inf, inf)
_FAR: Final = 1e12


def multiply(first: Matrix, then: Matrix) -> Matrix:
    """``first``, then ``then``."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def apply(matrix: Matrix, x: float, y: float) -> Corner:
    """A point under a matrix."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def bearable(matrix: Matrix) -> bool:
    """Whether its numbers are such as a page can have; what is larger would end in infinities."""
    a, b, c, d, e, f = matrix
    turned = -_FAR < a < _FAR and -_FAR < b < _FAR and -_FAR < c < _FAR and -_FAR < d < _FAR
    return turned and -_FAR < e < _FAR and -_FAR < f < _FAR


def across(matrix: Matrix) -> float:
    """The length of a horizontal unit under the matrix."""
    return hypot(matrix[0], matrix[1])


def upright(matrix: Matrix) -> float:
    """The length of a vertical unit under the matrix."""
    return hypot(matrix[2], matrix[3])


def thinnest(matrix: Matrix) -> float:
    """The least length of a unit in any direction under the matrix: what becomes of a line's width."""
    a, b, c, d, _, _ = matrix
    area = abs(a * d - b * c)
    squares = a * a + b * b + c * c + d * d
    longest = ((squares + max(0.0, squares * squares - 4 * area * area) ** 0.5) / 2) ** 0.5
    return area / longest if longest else 0.0


def corners(box: Box, matrix: Matrix) -> tuple[Corner, Corner, Corner, Corner]:
    """The four corners of a box under a matrix, in order round it."""
    left, bottom, right, top = box
    return (
        apply(matrix, left, bottom),
        apply(matrix, right, bottom),
        apply(matrix, right, top),
        apply(matrix, left, top),
    )


def bounds(points: Iterable[Corner]) -> Box:
    """The smallest box round some points, of which there is at least one."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def common(first: Box, second: Box) -> Box | None:
    """What two boxes share, edges included; None when they lie apart."""
    left, bottom = max(first[0], second[0]), max(first[1], second[1])
    right, top = min(first[2], second[2]), min(first[3], second[3])
    return (left, bottom, right, top) if left <= right and bottom <= top else None


def overlap(first: Box, second: Box) -> bool:
    """Whether two boxes share more than an edge, with a thousandth of a point to spare."""
    return (
        first[0] < second[2] - 0.001
        and second[0] < first[2] - 0.001
        and first[1] < second[3] - 0.001
        and second[1] < first[3] - 0.001
    )
