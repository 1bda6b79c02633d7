"""Which way up a picture is: the orientation 1..8 that EXIF or XMP give it (EXIF 2.32, 4.6.4, tag 274)."""

import re
from typing import Final, Literal

SIDEWAYS: Final = 5
"""Orientations from here on exchange width and height."""

_TAG: Final = 0x0112
_EXIF: Final = b"Exif\0\0"
_BYTE_ORDERS: Final[dict[bytes, Literal["little", "big"]]] = {b"II": "little", b"MM": "big"}
_ENTRY: Final = 12
_XMP: Final = rb'tiff:Orientation(?:="|>)([1-8])'


def orientation_in(exif: bytes, xmp: bytes) -> int:
    """The mark that is to be obeyed; 1 when there is none or it cannot be read. XMP counts without EXIF's word."""
    mark = _exif_orientation(exif)
    if mark is None:
        found = re.search(_XMP, xmp) if xmp else None
        mark = int(found[1]) if found else 1
    return mark if 1 <= mark <= 8 else 1


def _exif_orientation(exif: bytes) -> int | None:
    """The orientation in the first directory of EXIF (a TIFF header, entries of 12 bytes); None when it has none."""
    body = exif.removeprefix(_EXIF)
    order = _BYTE_ORDERS.get(body[:2])
    if order is None:
        return None
    start = int.from_bytes(body[4:8], order)
    count = int.from_bytes(body[start : start + 2], order)
    for at in range(start + 2, min(start + 2 + count * _ENTRY, len(body) - _ENTRY + 1), _ENTRY):
        if int.from_bytes(body[at : at + 2], order) == _TAG:
            return int.from_bytes(body[at + 8 : at + 10], order)
    return None
