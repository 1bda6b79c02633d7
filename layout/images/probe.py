"""What a picture file is, without decoding it."""

from hashlib import sha256
from pathlib import Path

from layout.images.facts import ImageFacts, read_file
from layout.images.jpeg import usual_jpeg
from layout.images.upright import SIDEWAYS


def probe(path: Path) -> ImageFacts:
    """Read the header and look whether the file is whole; raises ImageFault.

    The frame of the file is checked (markers, chunk checksums, strip places), not the pixels: those show only when
    they are decoded.
    """
    data = read_file(path)
    header = usual_jpeg(data)
    if header is None:
        from layout.images.frame import read_header

        header = read_header(data, path)
    size = (header.width, header.height)
    width, height = size if header.orientation < SIDEWAYS else size[::-1]
    return ImageFacts(
        path=path,
        width=width,
        height=height,
        mode=header.mode,
        bits=header.bits,
        has_profile=header.has_profile,
        orientation=header.orientation,
        sha256=sha256(data).hexdigest(),
    )
