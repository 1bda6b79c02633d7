"""The header of a usual JPEG, read without Pillow: loading that costs more than looking at a page's photographs.

What is not just as cameras and picture editors write it is left to Pillow, which knows what may be borne.
"""

from typing import Final

from msgspec import Struct

from layout.images.borne import CLAIMED_MAX, DECODED_MAX, SCANS_MAX
from layout.images.upright import orientation_in

_APP0: Final = 0xE0
_APP1: Final = 0xE1
_APP2: Final = 0xE2
_APP14: Final = 0xEE
_COMMENT: Final = 0xFE
_TABLES: Final = 0xDB
_HUFFMAN: Final = 0xC4
_INTERVAL: Final = 0xDD
_SCAN: Final = 0xDA
_PROGRESSIVE: Final = 0xC2
_FRAMES: Final = frozenset({0xC0, 0xC1, _PROGRESSIVE})
_USUAL: Final = _FRAMES | {*range(_APP0, _APP0 + 16), _COMMENT, _TABLES, _HUFFMAN, _INTERVAL, _SCAN}
_MODES: Final = {1: "L", 3: "RGB", 4: "CMYK"}
_JFIF: Final = (_APP0, b"JFIF", 12)
_ADOBE: Final = (_APP14, b"Adobe", 12)
_EXIF: Final = b"Exif\0\0"
_XMP: Final = b"http://ns.adobe.com/xap/1.0/\0"
_ICC: Final = b"ICC_PROFILE\0"
_ICC_HEAD: Final = 14
_COUNT: Final = 13
_START: Final = b"\xff\xd8\xff"
_END: Final = b"\xff\xd9"

_Segment = tuple[int, bytes]
"""Marker and content."""


class Header(Struct, frozen=True):
    """A picture file's header: pixels as they lie in the file, Pillow's name of their form, bits of a sample.

    ``orientation`` is the mark that is still to be obeyed (1..8).
    """

    width: int
    height: int
    mode: str
    bits: int
    has_profile: bool
    orientation: int


def usual_jpeg(data: bytes) -> Header | None:
    """The header of a whole JPEG; None when there is anything unusual about the file, be it right or wrong."""
    segments, scan = _segments(data) if data.startswith(_START) else ([], None)
    frames = [nth for nth, (marker, _) in enumerate(segments) if marker in _FRAMES]
    if scan is None or len(frames) != 1 or not all(map(_is_plain, segments)) or not has_end(data, scan):
        return None
    marker, frame = segments[frames[0]]
    exif = _named(segments, _APP1, _EXIF)
    icc = _named(segments, _APP2, _ICC)
    height, width = int.from_bytes(frame[1:3], "big"), int.from_bytes(frame[3:5], "big")
    late = bool(_named(segments[frames[0] :], _APP2, _ICC))
    if late or len(exif) > 1 or not _is_bearable(width, height, marker, data):
        return None
    has_profile = bool(icc) and min(icc)[_COUNT] == len(icc) and any(len(each) > _ICC_HEAD for each in icc)
    mark = orientation_in(b"".join(exif), b"".join(_named(segments, _APP1, _XMP)[-1:]))
    return Header(width, height, _MODES[frame[5]], 8, has_profile, mark)


def has_end(data: bytes, scan: int) -> bool:
    """Whether a JPEG has its end mark after its header; before, the mark may be that of a preview."""
    # Nearly always the mark is the last thing: no need to look for one through all of the scans.
    return data.endswith(_END, scan) or data.find(_END, scan) >= 0


def _segments(data: bytes) -> tuple[list[_Segment], int | None]:
    """The segments from the start mark to the first scan, and where its marker is; None when they do not get there."""
    segments: list[_Segment] = []
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if end < at + 4 or end > len(data):
            break
        segments.append((data[at + 1], data[at + 4 : end]))
        if data[at + 1] == _SCAN:
            return segments, at
        at = end
    return segments, None


def _is_plain(segment: _Segment) -> bool:
    """Whether a segment is of a usual kind and as long as such ones are."""
    marker, content = segment
    if marker in _FRAMES:
        return len(content) > 5 and content[0] == 8 and content[5] in _MODES and len(content) == 6 + 3 * content[5]
    if marker == _TABLES:
        return _are_whole(content)
    if any(marker == tag and content.startswith(name) and len(content) < least for tag, name, least in (_JFIF, _ADOBE)):
        return False
    return marker in _USUAL and (len(content) >= _ICC_HEAD or not _named([segment], _APP2, _ICC))


def _are_whole(tables: bytes) -> bool:
    """Whether quantisation tables follow each other without a rest (ISO/IEC 10918-1, B.2.4.1)."""
    at = 0
    while at < len(tables):
        at += 1 + (128 if tables[at] >> 4 else 64)
    return at == len(tables)


def _named(segments: list[_Segment], marker: int, name: bytes) -> list[bytes]:
    """What stands in the application segments of a name."""
    return [content for tag, content in segments if tag == marker and content.startswith(name)]


def _is_bearable(width: int, height: int, marker: int, data: bytes) -> bool:
    """Whether there are pixels, and not too many of them, nor too many passes over them."""
    progressive = marker == _PROGRESSIVE
    if progressive and data.count(b"\xff\xda") > SCANS_MAX:
        return False
    return 0 < width * height <= (DECODED_MAX if progressive else CLAIMED_MAX)
