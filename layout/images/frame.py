"""The header of any picture file as Pillow reads it, and whether the frame of the file is whole."""

import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PIL.ImageFile import ImageFile

from layout.images.borne import cut_off
from layout.images.errors import ImageFault
from layout.images.formats import Format, recognise
from layout.images.jpeg import Header, has_end
from layout.images.opening import faults, is_tiff, open_picture, orientation, quiet

if TYPE_CHECKING:
    from PIL.TiffImagePlugin import TiffImageFile

_BITS_PER_SAMPLE: Final = 258
_PLACES_AND_SIZES: Final = ((273, 279), (324, 325))
_PNG_SIGNATURE: Final = 8
_START_OF_SCAN: Final = 0xDA


def read_header(data: bytes, path: Path) -> Header:
    """The header of a picture file; raises ImageFault, also when the file is not whole."""
    kind = recognise(data, path)
    image = open_picture(data, path)
    _check_whole(data, kind, image, path)
    icc = bool(image.info.get("icc_profile"))
    return Header(image.width, image.height, image.mode, _bits(data, kind, image), icc, orientation(image))


def _bits(data: bytes, kind: Format, image: ImageFile) -> int:
    if kind == "PNG":
        return data[24]
    if is_tiff(image):
        return int(image.tag_v2.get(_BITS_PER_SAMPLE, (1,))[0])
    return 8


def _check_whole(data: bytes, kind: Format, image: ImageFile, path: Path) -> None:
    if kind == "JPEG":
        whole = has_end(data, _first_scan(data))
    elif kind == "PNG":
        whole = _png_ends(data, path)
    elif is_tiff(image):
        whole = _tiff_end(image, path) <= len(data)
    else:
        whole = True  # a WebP file's length stands in its first bytes and is compared when it is opened
    if not whole:
        raise cut_off(path)


def _first_scan(data: bytes) -> int:
    """Where a JPEG's header ends. From there on an end mark is the end, not a preview's inside the header."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != _START_OF_SCAN:
        fill = data[at + 1] == 0xFF
        at += 1 if fill else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return at


def _png_ends(data: bytes, path: Path) -> bool:
    """Whether the chunks follow each other up to IEND; a wrong checksum on the way is a fault."""
    at = _PNG_SIGNATURE
    while at + 12 <= len(data):
        body = at + 8
        end = body + int.from_bytes(data[at : at + 4], "big")
        if end + 4 > len(data):
            return False
        if zlib.crc32(memoryview(data)[at + 4 : end]) != int.from_bytes(data[end : end + 4], "big"):
            raise ImageFault("image-broken", path, "the picture is damaged (a checksum is wrong)")
        if data[at + 4 : body] == b"IEND":
            return True
        at = end + 4
    return False


def _tiff_end(image: "TiffImageFile", path: Path) -> int:
    """Where the last strip or tile of a TIFF ends."""
    with faults(path), quiet():
        return max(
            (
                place + size
                for places, sizes in _PLACES_AND_SIZES
                for place, size in zip(image.tag_v2.get(places, ()), image.tag_v2.get(sizes, ()), strict=False)
            ),
            default=0,
        )
