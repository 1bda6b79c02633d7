"""Separations in Photoshop's format: each ink a channel, spot inks with their names and what they look like.

The layout is that of Adobe's Photoshop File Format Specification: header, colour data, image resources, layers,
channels. Only what MuPDF and Ghostscript write is read: eight bits, not compressed.
"""

import struct
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct
from PIL import Image, ImageChops

PROCESS: Final = ("Cyan", "Magenta", "Yellow", "Black")
_HEADER: Final = struct.Struct(">4sH6xHIIHH")  # signature, version, channels, height, width, bits, mode
_LENGTH: Final = struct.Struct(">I")
_RESOURCE: Final = struct.Struct(">4sH")
_COLOUR: Final = struct.Struct(">HHHHHHBB")  # space, four values, opacity, kind, padding
_NAMES, _COLOURS = 1006, 1007
_CMYK_SPACE: Final = 2
_FULL: Final = 0xFFFF  # no ink in a colour of the resources


class Plate(Struct, frozen=True):
    """One ink of a page: mode L, 255 is solid; ``likeness`` is what a solid looks like, as shares of CMYK."""

    name: str
    image: Image.Image
    likeness: tuple[float, float, float, float]


def read_separations(data: bytes) -> tuple[Plate, ...]:
    """The four plates of the process and those of spot inks; none when the file is not of this kind."""
    try:
        return tuple(_plates(data))
    except (struct.error, ValueError):
        return ()


def _plates(data: bytes) -> Iterator[Plate]:
    signature, version, channels, height, width, bits, mode = _HEADER.unpack_from(data)
    if (signature, version, bits, mode) != (b"8BPS", 1, 8, 4) or channels < len(PROCESS):
        msg = "not eight bits of CMYK"
        raise ValueError(msg)
    resources, layers = _block(data, _block(data, _HEADER.size)[1])
    start = _block(data, layers)[1] + 2  # two bytes say that nothing is compressed
    told = dict(_resources(data, resources, layers))
    names = (*PROCESS, *_names(told.get(_NAMES, b"")))
    looks = (*_SOLIDS, *_likenesses(told.get(_COLOURS, b"")))
    for nth, (name, likeness) in enumerate(zip(names, looks, strict=True)):
        plane = data[start + nth * width * height : start + (nth + 1) * width * height]
        yield Plate(name, ImageChops.invert(Image.frombytes("L", (width, height), plane)), likeness)


_SOLIDS: Final = ((1.0, 0.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0), (0.0, 0.0, 1.0, 0.0), (0.0, 0.0, 0.0, 1.0))


def _block(data: bytes, at: int) -> tuple[int, int]:
    """Where a block that says its length begins and ends."""
    (length,) = _LENGTH.unpack_from(data, at)
    return at + _LENGTH.size, at + _LENGTH.size + length


def _resources(data: bytes, at: int, end: int) -> Iterator[tuple[int, bytes]]:
    while at < end:
        _, number = _RESOURCE.unpack_from(data, at)
        at += _RESOURCE.size
        at += (data[at] + 2) // 2 * 2  # a name, padded to an even length
        start, stop = _block(data, at)
        yield number, data[start:stop]
        at = stop + (stop - start) % 2


def _names(told: bytes) -> Iterator[str]:
    """Names one after the other, each with its length before it."""
    while told:
        yield told[1 : 1 + told[0]].decode("utf-8", "replace")
        told = told[1 + told[0] :]


def _likenesses(told: bytes) -> Iterator[tuple[float, float, float, float]]:
    for space, *values, _opacity, _kind, _padding in _COLOUR.iter_unpack(told):
        cyan, magenta, yellow, black = (1 - value / _FULL for value in values)
        yield (cyan, magenta, yellow, black) if space == _CMYK_SPACE else (0.0, 0.0, 0.0, 0.5)


def process_image(plates: Sequence[Plate]) -> Image.Image:
    """What lies on the paper as one CMYK image; spot inks by what they look like in the inks of the process."""
    made = [plate.image for plate in plates[:4]]
    for spot in plates[4:]:
        made = [_laid(under, spot.image, share) for under, share in zip(made, spot.likeness, strict=True)]
    return Image.merge("CMYK", made)


def _laid(under: Image.Image, spot: Image.Image, share: float) -> Image.Image:
    """A process plate with a spot ink's share of it laid over, as inks add up to at most a solid."""
    return ImageChops.screen(under, spot.point([round(value * share) for value in range(256)])) if share else under
