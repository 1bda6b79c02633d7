"""How many pixels a picture comes with, and what the reading of files leaves alone."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from image_samples import ISO_CMYK, NEWS, WHOLE, noise, photograph, plates, reference, save
from msgspec.structs import replace
from PIL import Image, ImageChops, ImageFilter, ImageStat

from layout.core import Rect
from layout.images import limit, separation
from layout.images.opening import open_picture, orientation
from layout.images.picture import prepare
from layout.images.wanted import ENOUGH, Unsharp


def mean_difference(one: Image.Image, other: Image.Image) -> float:
    """The mean over the plates in samples."""
    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean)


@pytest.mark.parametrize(
    ("own", "wanted", "made"),
    [
        ((400, 300), (400, 300), (400, 300)),
        ((420, 315), (400, 300), (420, 315)),  # a little finer: kept
        ((380, 285), (400, 300), (380, 285)),  # a little coarser: kept
        ((440, 330), (400, 300), (400, 300)),
        ((360, 270), (400, 300), (400, 300)),
        ((420, 290), (400, 300), (420, 290)),
        ((420, 270), (400, 300), (400, 300)),  # near in one direction only
        ((210, 156), (200, 150), (200, 150)),  # too small to be cut at whole pixels
    ],
)
def test_nearly_the_wanted_pixels_are_kept(
    own: tuple[int, int], wanted: tuple[int, int], made: tuple[int, int], tmp_path: Path
) -> None:
    path = save(photograph(*own), tmp_path / "a.png")
    picture = prepare(path, WHOLE, wanted, NEWS)
    assert (picture.width, picture.height) == plates(picture).size == made


def test_kept_pixels_are_those_of_the_crop(tmp_path: Path) -> None:
    image = photograph(600, 500)
    path = save(image, tmp_path / "a.png")
    made = plates(prepare(path, Rect(0.1, 0.2, 0.7, 0.6), (410, 295), replace(NEWS, quality=100)))
    assert made.size == (420, 300)
    assert mean_difference(made, reference(image.crop((60, 100, 480, 400)))) < 0.8
    assert mean_difference(made, reference(image.crop((61, 100, 481, 400)))) > 1


@pytest.mark.parametrize("mark", [1, 6])
def test_a_jpeg_decoded_small_keeps_its_pixels_upright(mark: int, tmp_path: Path) -> None:
    image, exif = photograph(1680, 1200), Image.Exif()
    exif[0x0112] = mark
    path = save(image, tmp_path / "a.jpg", quality=95, exif=exif.tobytes())
    wanted = (895, 639) if mark == 1 else (639, 895)
    made = plates(prepare(path, WHOLE, wanted, NEWS))
    upright = image if mark == 1 else image.transpose(Image.Transpose.ROTATE_270)
    half = upright.resize((upright.width // 2, upright.height // 2), Image.Resampling.LANCZOS)
    assert made.size == half.size
    assert made.width >= ENOUGH * wanted[0]
    assert mean_difference(made, reference(half)) < 4


def test_sharpening_is_as_wide_on_paper(tmp_path: Path) -> None:
    image = photograph(420, 315)
    path = save(image, tmp_path / "a.png")
    made = plates(prepare(path, WHOLE, (400, 300), replace(NEWS, sharpen=Unsharp(3.0, 1.5, 0))))
    errors = [
        mean_difference(made, reference(image.filter(ImageFilter.UnsharpMask(radius, 150, 0))))
        for radius in (3.15, 3.0)
    ]
    assert errors[0] < errors[1]


@pytest.mark.parametrize("intent", ["perceptual", "relative"])
@pytest.mark.parametrize("press", [NEWS.profile, ISO_CMYK])
def test_no_colour_has_more_than_the_most_ink(press: Path, intent: separation.Intent) -> None:
    most = separation.most_ink(None, "RGB", press, intent)
    grain = noise("RGB", 600, 400)
    dark = grain.point(lambda value: value // 6)
    found = max(limit.greatest(separation.separate(image, None, press, intent)) for image in (grain, dark))
    assert found <= most < found + 0.1


def test_of_cmyk_nothing_is_known() -> None:
    assert separation.most_ink(None, "CMYK", NEWS.profile, "perceptual") == 4.0
    assert limit.greatest(Image.new("CMYK", (2, 2), (255, 255, 0, 51))) == pytest.approx(2.2)


def orientation_of(**options: bytes) -> int:
    out = BytesIO()
    Image.new("RGB", (16, 8)).save(out, "JPEG", **options)
    return orientation(open_picture(out.getvalue(), Path("a.jpg")))


@pytest.mark.parametrize("order", ["little", "big"])
@pytest.mark.parametrize("mark", [0, 1, 3, 8, 9])
def test_orientation_in_either_byte_order(order: str, mark: int) -> None:
    def number(value: int, size: int) -> bytes:
        return value.to_bytes(size, order)  # type: ignore[arg-type]

    head = b"II*\0" if order == "little" else b"MM\0*"
    entries = [
        number(0x010F, 2) + number(2, 2) + number(4, 4) + b"abc\0",
        number(0x0112, 2) + number(3, 2) + number(1, 4) + number(mark, 2) + b"\0\0",
    ]
    body = head + number(8, 4) + number(2, 2) + b"".join(entries) + bytes(4)
    assert orientation_of(exif=b"Exif\0\0" + body) == (mark if 1 <= mark <= 8 else 1)


def test_orientation_in_xmp_counts_where_exif_has_none() -> None:
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'
    exif = Image.Exif()
    exif[0x010E] = "a caption"
    assert orientation_of(exif=exif.tobytes(), xmp=xmp) == 6
    exif[0x0112] = 3
    assert orientation_of(exif=exif.tobytes(), xmp=xmp) == 3


@given(st.sampled_from([b"II*\0", b"MM\0*", b""]), st.binary(max_size=60))
@settings(max_examples=100, deadline=None)
def test_no_exif_is_too_strange(head: bytes, body: bytes) -> None:
    assert 1 <= orientation_of(exif=b"Exif\0\0" + head + body) <= 8


def test_a_jpeg_loads_no_other_reader(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 3
    save(photograph(), tmp_path / "a.jpg", exif=exif.tobytes(), dpi=(300, 300))
    program = f"""
import sys
from pathlib import Path
from image_samples import NEWS, WHOLE
from layout.images.picture import prepare
from layout.images.probe import probe
for name in [name for name in sys.modules if name.startswith("PIL.") and name.endswith("Plugin")]:
    assert name == "PIL.JpegImagePlugin", name
path = Path({str(tmp_path / "a.jpg")!r})
assert probe(path).orientation == 3
prepare(path, WHOLE, (120, 80), NEWS)
print(*sorted(name for name in sys.modules if name.startswith("PIL.") and name.endswith("Plugin")))
"""
    told = subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent,
        env={"PYTHONPATH": f"{Path(__file__).parent}:{Path(__file__).parents[2]}"},
    )
    assert told.stdout.split() == ["PIL.JpegImagePlugin"]
