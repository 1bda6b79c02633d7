"""The first bytes of a font file: what kind it is, which tables it has, whether it is whole.

Only the header and the table directory are read, never the tables: a Chinese face has 10 to 30 MB. Source of the
layouts: the OpenType specification, "OpenType font file".
"""

import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal, TypeAlias
from zlib import crc32

from msgspec import Struct

from layout.fonts.errors import FontError

Outlines: TypeAlias = Literal["glyf", "CFF ", "CFF2"]

_SFNT: Final = (b"\x00\x01\x00\x00", b"OTTO", b"true")
_COLLECTION: Final = b"ttcf"
_FOREIGN: Final = {
    b"wOFF": ("a WOFF web font", "unpack it to the TrueType or OpenType file it was made from"),
    b"wOF2": ("a WOFF2 web font", "unpack it to the TrueType or OpenType file it was made from"),
    b"%!PS": ("a PostScript Type 1 font", "convert it to OpenType"),
    b"%!Fo": ("a PostScript Type 1 font", "convert it to OpenType"),
    b"\x80\x01": ("a PostScript Type 1 font", "convert it to OpenType"),
    b"typ1": ("a PostScript Type 1 font", "convert it to OpenType"),
}
_REQUIRED: Final = ("cmap", "head", "hhea", "hmtx", "maxp")
_FACES_MAX: Final = 512
_TABLES_MAX: Final = 256


class Directory(Struct, frozen=True):
    """One face's table directory.

    ``glyf`` is where that table begins in the file at ``path``, 0 when there is none. ``fingerprint`` is the checksum
    of the directory, which itself holds a checksum of every table: it tells two files of one PostScript name apart
    without reading them.
    """

    outlines: Outlines
    lengths: Mapping[str, int]
    path: Path
    glyf: int
    fingerprint: int


def read_directory(path: Path, index: int) -> Directory:
    """The directory of face ``index`` of the file; raises FontError when there is no such usable face."""
    try:
        with path.open("rb") as file:
            return _read(file, path, index)
    except (FileNotFoundError, NotADirectoryError):
        raise FontError("font-missing", f"{path}: there is no such font file") from None
    except OSError as problem:
        raise FontError("font-missing", f"{path}: cannot be read ({problem.strerror})") from None


def _read(file: BinaryIO, path: Path, index: int) -> Directory:
    magic = file.read(4)
    _refuse_foreign(magic, path)
    faces = _collection_size(file, path) if magic == _COLLECTION else 1
    if not 0 <= index < faces:
        holds = "one face, index 0" if faces == 1 else f"{faces} faces, index 0 to {faces - 1}"
        raise FontError("font-index", f"{path}: there is no face with index {index}; the file holds {holds}")
    start = 0
    if magic == _COLLECTION:
        file.seek(12 + 4 * index)
        (start,) = _unpack(">L", file, path)
    return _read_face(file, start, path)


def _refuse_foreign(magic: bytes, path: Path) -> None:
    for head, (kind, advice) in _FOREIGN.items():
        if magic.startswith(head):
            raise FontError("font-unsupported", f"{path}: is {kind}; {advice}")
    if not magic:
        raise FontError("font-broken", f"{path}: the file is empty")
    if magic not in (*_SFNT, _COLLECTION):
        raise FontError("font-broken", f"{path}: is not a TrueType or OpenType font")


def _collection_size(file: BinaryIO, path: Path) -> int:
    _version, faces = _unpack(">LL", file, path)
    if not 0 < faces <= _FACES_MAX:
        raise FontError("font-broken", f"{path}: the collection claims to hold {faces} faces")
    return int(faces)


def _read_face(file: BinaryIO, start: int, path: Path) -> Directory:
    end = file.seek(0, 2)
    file.seek(start)
    magic, count = _unpack(">4sH6x", file, path)
    if magic not in _SFNT or not 0 < count <= _TABLES_MAX:
        raise FontError("font-broken", f"{path}: the table directory is damaged")
    records = file.read(16 * count)
    if len(records) < 16 * count:
        raise FontError("font-broken", f"{path}: the file is cut off")
    lengths: dict[str, int] = {}
    glyf = 0
    for tag, _checksum, offset, length in struct.iter_unpack(">4sLLL", records):
        if offset + length > end:
            raise FontError("font-broken", f"{path}: the file is cut off")
        if not tag.isascii():
            raise FontError("font-broken", f"{path}: the table directory is damaged")
        lengths[tag.decode("ascii")] = length
        glyf = offset if tag == b"glyf" else glyf
    return Directory(_outlines(lengths, path), lengths, path, glyf, crc32(records))


def _outlines(lengths: Mapping[str, int], path: Path) -> Outlines:
    absent = [tag for tag in _REQUIRED if not lengths.get(tag)]
    if absent:
        raise FontError("font-broken", f"{path}: the font has no {', '.join(absent)} table")
    if lengths.get("CFF "):
        return "CFF "
    if lengths.get("CFF2"):
        return "CFF2"
    if lengths.get("glyf") and lengths.get("loca"):
        return "glyf"
    raise FontError("font-unsupported", f"{path}: the font has no outlines (it may hold bitmaps or colour pictures)")


def _unpack(layout: str, file: BinaryIO, path: Path) -> tuple[Any, ...]:
    data = file.read(struct.calcsize(layout))
    if len(data) < struct.calcsize(layout):
        raise FontError("font-broken", f"{path}: the file is cut off")
    return struct.unpack(layout, data)
