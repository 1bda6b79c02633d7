"""A page's content as a number: which version of a page a plate, a proof or a file shows."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Final, assert_never

from layout.core import Point, Rect
from layout.display.items import Curve, Fill, Foreign, GlyphRun, Item, Picture, Stroke

_LENGTH: Final = 3
"""Digits of a point that tell two places apart."""
_CROP: Final = 6
"""Digits of a share of a picture."""


def content_digest(items: Iterable[Item], pictures: Mapping[str, str]) -> str:
    """The sha256 of what stands on a page, in hexadecimal; ``pictures`` holds that of each source's file.

    Type counts by its copy, face, size, place and ink: where its lines stand tells how they are spaced. Lengths are
    rounded (to a thousandth of a point), so that the last bit of a sum does not make another page.
    """
    counted = sha256()
    for item in items:
        counted.update(_words(item, pictures).encode())
    return counted.hexdigest()


def _words(item: Item, pictures: Mapping[str, str]) -> str:
    match item:
        case GlyphRun():
            place = f"{item.x:.2f} {item.baseline:.2f} {item.size:.2f} {item.xscale:.3f} {item.flow}"
            return f"{place} {item.face} {item.ink} {item.overprint} {item.text}\n"
        case Picture():
            crop = _rect(item.crop, _CROP)
            return f"{_rect(item.rect)} {crop} {item.grey} {pictures.get(item.source, item.source)}\n"
        case Foreign():
            return f"{_rect(item.rect)} page {item.page} {pictures.get(item.source, item.source)}\n"
        case Fill():
            place = _rect(item.rect)
        case Stroke():
            place = f"{_points(item.start, item.end)} {_lengths(item.width, *item.dash)}"
        case Curve():
            place = f"{_points(*item.points)} {_lengths(item.width)}"
        case _:
            assert_never(item)
    return f"{type(item).__name__} {place} {item.ink} {item.overprint}\n"


def _rect(rect: Rect, digits: int = _LENGTH) -> str:
    return _lengths(rect.x, rect.y, rect.width, rect.height, digits=digits)


def _points(*points: Point) -> str:
    return " ".join(_lengths(point.x, point.y) for point in points)


def _lengths(*lengths: float, digits: int = _LENGTH) -> str:
    return " ".join(f"{round(length, digits) + 0.0:.{digits}f}" for length in lengths)  # + 0.0: no minus before a zero
