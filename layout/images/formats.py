"""Which file formats are taken, told by their first bytes and never by the file's name."""

from pathlib import Path
from typing import Final, Literal, TypeAlias

from layout.images.errors import ImageFault

Format: TypeAlias = Literal["JPEG", "PNG", "TIFF", "WebP"]

_TAKEN: Final[tuple[tuple[bytes, Format], ...]] = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "TIFF"),
    (b"MM\0+", "TIFF"),
)
_REFUSED: Final = (
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"8BPS", "Photoshop (PSD)"),
    (b"%PDF", "PDF"),
    (b"%!PS", "EPS"),
    (b"\xc5\xd0\xd3\xc6", "EPS"),
    (b"\0\0\0\x0cjP", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\0\0\0\x0cJXL", "JPEG XL"),
    (b"\0\0\1\0", "ICO"),
    (b"icns", "ICNS"),
    (b"FUJIFILMCCD-RAW", "camera raw"),
    (b"<svg", "SVG"),
    (b"<?xml", "SVG or other XML"),
)
_BRANDS: Final = {
    b"heic": "HEIF",
    b"heix": "HEIF",
    b"mif1": "HEIF",
    b"msf1": "HEIF",
    b"avif": "AVIF",
    b"crx ": "camera raw",
}
_ADVICE: Final = "save it as JPEG, PNG, TIFF or WebP"


def recognise(data: bytes, path: Path) -> Format:
    """The format of a picture file; raises ImageFault, by name, for those that are not taken."""
    if not data:
        raise ImageFault("image-broken", path, "the file is empty")
    for magic, taken in _TAKEN:
        if data.startswith(magic):
            return taken
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WebP"
    brand = _BRANDS.get(data[8:12]) if data[4:8] == b"ftyp" else None
    named = brand or next((name for magic, name in _REFUSED if data.startswith(magic)), None)
    if named:
        raise ImageFault("image-unsupported", path, f"{named} pictures are not taken; {_ADVICE}")
    raise ImageFault("image-unsupported", path, f"is no picture of a known kind; {_ADVICE}")
