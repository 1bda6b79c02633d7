"""What is asked of a file before qpdf may touch it: qpdf unpacks object streams whatever their size."""

import re
import zlib
from collections.abc import Iterator
from typing import Final

FILE_MAX: Final = 1 << 30
UNPACKED_MAX: Final = 128 << 20
"""Bytes of a file, and bytes that all its object and cross-reference streams may unpack to."""

_HEADER: Final = re.compile(rb"%PDF-(\d)\.(\d)")
_STREAM: Final = re.compile(rb"stream\r?\n")
_STRUCTURE: Final = re.compile(rb"ObjStm|XRef")
_FILTER: Final = re.compile(rb"FlateDecode|LZWDecode|RunLengthDecode|ASCIIHexDecode|ASCII85Decode")
_ESCAPE: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_LOOK: Final = 4096
"""A stream's type stands so near before it. Nobody packs objects through two filters but to hide their size."""


class Unreadable(Exception):  # noqa: N818 - a finding about a file
    """A file that cannot be judged at all. ``code`` is that of the finding."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        self.code, self.message, self.hint = code, message, hint
        super().__init__(message)


def header_version(data: bytes) -> tuple[int, int]:
    """The version in the header. Raises Unreadable when there is none in the first kilobyte."""
    found = _HEADER.search(data[:1024])
    if found is None:
        raise Unreadable("file-unreadable", "this is no PDF file: it does not begin like one", "name a PDF file")
    return int(found[1]), int(found[2])


def check_size(data: bytes) -> None:
    """Raises Unreadable when the file, or what its objects are packed in, is too large to be opened."""
    if len(data) > FILE_MAX:
        raise Unreadable("file-unreadable", f"the file has {len(data) >> 20} MB", "a page of print has a few")
    header_version(data)
    if sum(_unpacked(data)) > UNPACKED_MAX:
        raise Unreadable(
            "file-unreadable", "its object streams unpack to hundreds of megabytes", "write the file without them"
        )


def uses_object_streams(data: bytes) -> bool:
    """Whether objects or the cross-reference table are packed into streams, which PDF 1.4 does not know."""
    return re.search(rb"/Type\s*/(?:ObjStm|XRef)\b", data) is not None


def _unpacked(data: bytes) -> Iterator[int]:
    """The unpacked size of each stream that may hold objects, as far as it is of interest."""
    for found in _STREAM.finditer(data):
        before = data[max(0, found.start() - _LOOK) : found.start()]
        plain = _ESCAPE.sub(lambda code: bytes.fromhex(code[1].decode("ascii")), before) if b"#" in before else before
        if _STRUCTURE.search(plain):
            chained = len(_FILTER.findall(plain, max(0, plain.rfind(b"obj")))) > 1
            yield UNPACKED_MAX + 1 if chained else _inflated(data, found.end())


def _inflated(data: bytes, place: int) -> int:
    """How much comes out of Flate data, counted no further than the limit."""
    engine, size = zlib.decompressobj(), 0
    try:
        while size <= UNPACKED_MAX and place < len(data) and not engine.eof:
            size += len(engine.decompress(data[place : place + 4096]))
            place += 4096
    except zlib.error:
        pass  # no Flate, or damaged from here on: qpdf gets no further either
    return size
