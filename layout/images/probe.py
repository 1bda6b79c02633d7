"""What a picture file is, without decoding it."""

from hashlib import sha256
from pathlib import Path

from layout.images.facts import ImageFacts, read_file
from layout.images.jpeg import Header, usual_jpeg
from layout.images.upright import SIDEWAYS


def probe(path: Path) -> ImageFacts:
    """Read the header and look whether the file is whole; raises ImageFault.

    The frame of the file is checked (markers, chunk checksums, strip places), not the pixels: those show only when
    they are decoded.
    """
    data = read_file(path)
    checksum = sha256(data).hexdigest()
    return usual(data, path, checksum) or examine(data, path, checksum)


def usual(data: bytes, path: Path, checksum: str) -> ImageFacts | None:
    """The facts of a file that is a JPEG as most are, for which Pillow is not loaded; None for any other."""
    header = usual_jpeg(data)
    return None if header is None else _facts(header, path, checksum)


def examine(data: bytes, path: Path, checksum: str) -> ImageFacts:
    """The facts of any file that has been read, as ``probe`` tells them; raises ImageFault."""
    from layout.images.frame import read_header

    return _facts(read_header(data, path), path, checksum)


def _facts(header: Header, path: Path, checksum: str) -> ImageFacts:
    size = (header.width, header.height)
    width, height = size if header.orientation < SIDEWAYS else size[::-1]
    return ImageFacts(path, width, height, header.mode, header.bits, header.has_profile, header.orientation, checksum)
