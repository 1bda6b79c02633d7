"""A small font file with just the outlines that are wanted, under the numbers that they have in the face.

HarfBuzz maps every character of a face before it cuts out glyphs by their numbers: of a Chinese face that is most of
the work, for nothing, as a PDF needs no characters. In an excerpt there are none. It is cut by HarfBuzz as the face
would be. Source of the layouts: the OpenType specification, "glyf", "loca".
"""

import struct
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

_LONG: Final = b"\0\1"
_FORMAT: Final = slice(50, 52)  # of head: whether loca is long
_TABLE: Final = struct.Struct(">4sLLL")
_COMPONENT: Final = struct.Struct(">HH")
_HEAD: Final = 10  # bytes before a glyph's components
_WORDS, _SCALE, _MORE, _TWO_SCALES, _MATRIX = 0x1, 0x8, 0x20, 0x40, 0x80


def excerpt(tables: Mapping[str, bytes], path: Path, glyf: range, gids: Iterable[int]) -> bytes:
    """The outlines of ``gids``, .notdef and their components, from the table that is the ``glyf`` bytes of the file.

    ``tables`` are the face's other tables that go in, with head, loca and maxp. A face that is damaged ends in
    LookupError, ValueError, OSError or struct.error.
    """
    places = array("I" if tables["head"][_FORMAT] == _LONG else "H")
    places.frombytes(tables["loca"])
    if sys.byteorder == "little":
        places.byteswap()
    unit = 1 if tables["head"][_FORMAT] == _LONG else 2
    outlines: dict[int, bytes] = {}
    left, room = {0, *gids}, len(glyf)
    with path.open("rb", buffering=0) as file:
        while left:
            for gid in sorted(left):
                length = unit * (places[gid + 1] - places[gid])
                room -= length
                if length < 0 or room < 0:  # outlines that overlap would take more memory than there is
                    raise ValueError(gid)
                file.seek(glyf.start + unit * places[gid])
                outlines[gid] = file.read(length)
            built = [outline for gid in left if (outline := outlines[gid])[:1] >= b"\x80"]  # of other glyphs
            left = {gid for outline in built for gid in _components(outline)} - outlines.keys()
    count = int.from_bytes(tables["maxp"][4:6], "big")
    head = tables["head"]
    changed = {
        "head": head[: _FORMAT.start] + _LONG + head[_FORMAT.stop :],
        "loca": b"".join(_places(outlines, count)),
        "glyf": b"".join(outline for _, outline in sorted(outlines.items())),
    }
    return _file({**tables, **changed})


def _components(outline: bytes) -> Iterator[int]:
    """The glyphs that a glyph is built of."""
    place, flags = _HEAD, _MORE
    while flags & _MORE:
        flags, gid = _COMPONENT.unpack_from(outline, place)
        yield gid
        scales = 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _MATRIX else 0
        place += _COMPONENT.size + (4 if flags & _WORDS else 2) + scales


def _places(outlines: Mapping[int, bytes], count: int) -> Iterator[bytes]:
    """The loca table, in parts: glyphs that are not there are empty."""
    end, before = 0, -1
    for gid, outline in sorted(outlines.items()):
        yield end.to_bytes(4, "big") * (gid - before)
        end, before = end + len(outline), gid
    yield end.to_bytes(4, "big") * (count - before)


def _file(tables: Mapping[str, bytes]) -> bytes:
    """A font file of these tables. Nobody asks for its checksums."""
    rows: list[bytes] = []
    parts: list[bytes] = []
    end = 12 + _TABLE.size * len(tables)
    for tag, data in sorted(tables.items()):
        rows.append(_TABLE.pack(tag.encode("ascii"), 0, end, len(data)))
        parts += (data, bytes(-len(data) % 4))
        end += len(data) + -len(data) % 4
    return b"".join((struct.pack(">LHHHH", 0x10000, len(tables), 0, 0, 0), *rows, *parts))
