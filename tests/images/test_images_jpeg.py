"""The header of a JPEG without Pillow: what is told must be what Pillow tells."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from image_samples import ISO_CMYK, NEWS, WHOLE, noise, photograph, save
from PIL import Image

from layout.images import ImageFault
from layout.images.borne import SCANS_MAX
from layout.images.frame import read_header
from layout.images.jpeg import Header, usual_jpeg
from layout.images.picture import kept, prepare
from layout.images.probe import probe

XMP = b'<x:xmpmeta><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'
ODD = (b"\xff\xe1\0\x0aExif\0\0II", b"\xff\xe2\0\x10ICC_PROFILE\0\1\1", b"\xff\xe0\0\x07JFIF\0", b"\xff\xee\0\x07Adobe")


def encoded(mode: str = "RGB", **options: object) -> bytes:
    out = BytesIO()
    noise(mode, 24, 16).save(out, "JPEG", **options)
    return out.getvalue()


def exif(orientation: int) -> bytes:
    made = Image.Exif()
    made[0x0112] = orientation
    return made.tobytes()


USUAL = {
    "plain": encoded(),
    "grey": encoded("L"),
    "inks": encoded("CMYK", icc_profile=ISO_CMYK.read_bytes()),
    "progressive": encoded(progressive=True, comment=b"a comment"),
    "turned by EXIF": encoded(exif=exif(8), xmp=XMP),
    "turned by XMP": encoded(xmp=XMP, dpi=(300, 300)),
    "a small profile": encoded(icc_profile=b"x" * 30, exif=exif(1)),
    "a trailer": encoded() + b"a film, say",
}


@pytest.mark.parametrize("name", USUAL)
def test_a_usual_header_is_read_as_pillow_reads_it(name):
    header = usual_jpeg(USUAL[name])
    assert header is not None
    assert header == read_header(USUAL[name], Path("a.jpg"))


def test_what_it_says():
    assert usual_jpeg(USUAL["turned by EXIF"]) == Header(24, 16, "RGB", 8, False, 8)
    assert usual_jpeg(USUAL["turned by XMP"]) == Header(24, 16, "RGB", 8, False, 6)
    assert usual_jpeg(USUAL["inks"]) == Header(24, 16, "CMYK", 8, True, 1)


def damaged(data: bytes, random: Random) -> bytes:
    """One to four bytes of the header changed, taken out or put in; the end cut off; an odd segment put in front."""
    header = bytearray(data[: data.find(b"\xff\xda") + 20])
    for _ in range(random.choice((1, 1, 2, 4))):
        at = random.randrange(2, len(header))
        marks = [place for place, sample in enumerate(header) if sample == 0xFF]
        at = min(len(header) - 1, random.choice(marks) + random.randrange(12)) if random.random() < 0.5 else at
        change = random.random()
        if change < 0.6:
            header[at] = random.choice((0, 1, 3, 4, 0xC0, 0xDA, 0xFF, random.randrange(256)))
        elif change < 0.75:
            del header[at : at + random.randrange(1, 5)]
        elif change < 0.9:
            header[at:at] = random.randbytes(random.randrange(1, 5))
        else:
            header[2:2] = random.choice(ODD)
    whole = bytes(header) + data[len(header) :]
    return whole[: random.randrange(20, len(whole))] if random.random() < 0.05 else whole


def test_a_damaged_header_is_never_told_otherwise_than_pillow_tells_it():
    random, told = Random(1), 0
    for _ in range(1500):
        data = damaged(random.choice(list(USUAL.values())), random)
        header = usual_jpeg(data)
        if header is not None:
            told += 1
            assert header == read_header(data, Path("a.jpg"))
    assert 300 < told < 1200


def test_no_more_passes_than_are_borne():
    data = USUAL["progressive"]
    scan = data.find(b"\xff\xda")
    many = data[:scan] + data[scan:-2] * SCANS_MAX + data[-2:]
    assert usual_jpeg(many) is None
    with pytest.raises(ImageFault, match="more than 100 passes"):
        read_header(many, Path("a.jpg"))


def test_neither_facts_nor_a_kept_picture_need_pillow(tmp_path):
    path = save(photograph(), tmp_path / "a.jpg")
    made = prepare(path, WHOLE, (60, 40), NEWS, tmp_path / "kept")
    checksum = probe(path).sha256
    assert kept(checksum, WHOLE, (60, 40), NEWS, tmp_path / "kept") == made
    assert kept(checksum, WHOLE, (61, 40), NEWS, tmp_path / "kept") is None
    assert kept(checksum, WHOLE, (60, 40), NEWS, None) is None
    code = f"""
import sys
from pathlib import Path
from layout.core import Rect
from layout.images.picture import kept
from layout.images.probe import probe
from layout.images.wanted import PictureSettings
facts = probe(Path({str(path)!r}))
settings = PictureSettings(Path({str(NEWS.profile)!r}), "perceptual", 2.4, 90, grey=False)
found = kept(facts.sha256, Rect(0.0, 0.0, 1.0, 1.0), (60, 40), settings, Path({str(tmp_path / "kept")!r}))
print(found is not None, "PIL" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]
