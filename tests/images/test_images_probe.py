import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from image_samples import ISO_CMYK, NEWS, WHOLE, corners, photograph, save
from PIL import Image

from layout.images import ImageFault
from layout.images.borne import CLAIMED_MAX, DECODED_MAX
from layout.images.picture import prepare
from layout.images.probe import probe

SUFFIXES = ("jpg", "png", "tif", "webp")


def encoded(suffix: str, image: Image.Image | None = None, **options: object) -> bytes:
    out = BytesIO()
    kind = {"jpg": "JPEG", "png": "PNG", "tif": "TIFF", "webp": "WEBP"}[suffix]
    (image or photograph(96, 64)).save(out, kind, **options)
    return out.getvalue()


def code_of(path, action=probe) -> str:
    with pytest.raises(ImageFault) as caught:
        action(path)
    assert str(path) in caught.value.message
    return caught.value.code


def printed(path) -> object:
    return prepare(path, WHOLE, (12, 8), NEWS)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_facts(tmp_path, suffix):
    path = tmp_path / "misleading.gif"  # the content decides, not the name
    path.write_bytes(encoded(suffix))
    facts = probe(path)
    assert (facts.path, facts.width, facts.height, facts.mode, facts.bits) == (path, 96, 64, "RGB", 8)
    assert (facts.has_profile, facts.orientation, len(facts.sha256)) == (False, 1, 64)


@pytest.mark.parametrize(("mode", "bits"), [("1", 1), ("L", 8), ("I;16", 16), ("CMYK", 8), ("RGBA", 8)], ids=str)
def test_modes_and_bits(tmp_path, mode, bits):
    facts = probe(save(Image.new(mode, (8, 8)), tmp_path / "a.tif"))
    assert (facts.mode, facts.bits) == (mode, bits)


def test_profile_is_seen(tmp_path):
    image = Image.new("CMYK", (8, 8))
    assert probe(save(image, tmp_path / "a.jpg", icc_profile=ISO_CMYK.read_bytes())).has_profile


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("orientation", [1, 3, 6, 8, 0, 9])
def test_size_is_that_of_the_upright_picture(tmp_path, suffix, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    facts = probe(save(corners(), tmp_path / f"a.{suffix}", exif=exif.tobytes()))
    assert (facts.width, facts.height) == ((64, 96) if orientation in {6, 8} else (96, 64))


def test_missing(tmp_path):
    assert code_of(tmp_path / "none.jpg") == "image-missing"
    assert code_of(tmp_path) == "image-missing"
    assert code_of(tmp_path / "none.jpg", printed) == "image-missing"


@pytest.mark.parametrize(
    ("start", "name"),
    [
        (b"GIF89a", "GIF"),
        (b"BM\x00\x00", "BMP"),
        (b"8BPS\x00\x01", "PSD"),
        (b"%PDF-1.7", "PDF"),
        (b"%!PS-Adobe-3.0 EPSF", "EPS"),
        (b"\x00\x00\x00\x20ftypheic", "HEIF"),
        (b"\x00\x00\x00\x20ftypavif", "AVIF"),
        (b"<svg xmlns=", "SVG"),
        (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "JPEG 2000"),
        (b"hello, world", "no picture"),
    ],
)
def test_other_kinds_are_refused_by_name(tmp_path, start, name):
    path = tmp_path / "a.jpg"
    path.write_bytes(start + bytes(64))
    assert code_of(path) == "image-unsupported"
    with pytest.raises(ImageFault, match=name):
        probe(path)


def test_empty(tmp_path):
    path = tmp_path / "a.jpg"
    path.write_bytes(b"")
    assert code_of(path) == "image-broken"


@pytest.mark.parametrize("options", [{}, {"progressive": True}], ids=["baseline", "progressive"])
@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_cut_off(tmp_path, suffix, share, options):
    data = encoded(suffix, photograph(300, 200), **options)
    path = tmp_path / "a"
    path.write_bytes(data[: int(len(data) * share)])
    assert code_of(path) == "image-truncated"
    assert code_of(path, printed) in {"image-truncated", "image-broken"}


def test_a_preview_in_the_header_does_not_hide_a_cut(tmp_path):
    data = encoded("jpg", photograph(300, 200), comment=encoded("jpg", Image.new("RGB", (8, 8))))
    path = tmp_path / "a.jpg"
    path.write_bytes(data)
    assert probe(path).width == 300
    path.write_bytes(data[:-500])
    assert code_of(path) == "image-truncated"


def test_what_follows_the_end_does_no_harm(tmp_path):
    path = tmp_path / "a.jpg"
    path.write_bytes(encoded("jpg") + b"\xff\xda\x00\x08 a film that a telephone put there")
    assert probe(path).width == 96
    assert prepare(path, WHOLE, (12, 8), NEWS).width == 12


def test_a_wrong_checksum_is_damage(tmp_path):
    data = bytearray(encoded("png"))
    data[len(data) // 2] ^= 0xFF
    path = tmp_path / "a.png"
    path.write_bytes(data)
    assert code_of(path) == "image-broken"


def png_claiming(width: int, height: int) -> bytes:
    def chunk(tag: bytes, body: bytes) -> bytes:
        return struct.pack(">L", len(body)) + tag + body + struct.pack(">L", zlib.crc32(tag + body))

    header = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")
    )


def jpeg_claiming(width: int, height: int, **options: object) -> bytes:
    data = bytearray(encoded("jpg", **options))
    frame = data.index(b"\xff\xc2" if options else b"\xff\xc0")
    data[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def webp_claiming(width: int, height: int) -> bytes:
    data = bytearray(
        encoded("webp", photograph(96, 64).convert("RGBA"), lossless=True, exif=b"Exif\0\0II*\0\x08\0\0\0\0\0")
    )
    place = data.index(b"VP8X") + 12
    data[place : place + 6] = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return bytes(data)


def tiff_claiming(tag: int, value: int) -> bytes:
    data = bytearray(encoded("tif", compression="tiff_lzw"))
    place = data.index(struct.pack("<HH", tag, 3))
    data[place : place + 12] = struct.pack("<HHLL", tag, 4, 1, value)
    return bytes(data)


@pytest.mark.parametrize(
    "data",
    [
        png_claiming(60_000, 60_000),
        png_claiming(2_000_000_000, 1),
        jpeg_claiming(65_000, 65_000),
        jpeg_claiming(12_000, 12_000, progressive=True),
        webp_claiming(16_000, 16_000),
        tiff_claiming(257, 4_000_000_000),
        tiff_claiming(257, 2_000_000),
    ],
    ids=["png", "png line", "jpeg", "progressive", "webp", "tiff", "tiff tall"],
)
def test_a_bomb_is_not_decoded(tmp_path, data):
    path = tmp_path / "a"
    path.write_bytes(data)
    assert code_of(path) in {"image-too-large", "image-broken"}
    assert code_of(path, printed) in {"image-too-large", "image-broken"}


def test_a_large_camera_jpeg_is_taken_when_little_of_it_is_wanted(tmp_path):
    image = Image.new("RGB", (12_000, 8_000), (90, 120, 150))
    assert DECODED_MAX < image.width * image.height < CLAIMED_MAX
    path = save(image, tmp_path / "a.jpg", quality=30)
    assert probe(path).width == 12_000
    assert prepare(path, WHOLE, (120, 80), NEWS).width == 120


def test_a_jpeg_of_endless_passes_is_refused(tmp_path):
    data = encoded("jpg", progressive=True)
    scan = data[data.rindex(b"\xff\xda") : -2]
    path = tmp_path / "a.jpg"
    path.write_bytes(data[:-2] + scan * 200 + data[-2:])
    assert code_of(path) == "image-too-large"


FILES = {suffix: encoded(suffix, photograph(40, 30)) for suffix in SUFFIXES}


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_damage_is_a_fault_or_a_picture_never_a_traceback(tmp_path, suffix, data):
    content = bytearray(FILES[suffix])
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "a"
    path.write_bytes(content[: data.draw(st.integers(1, len(content)))])
    for action in (probe, printed):
        try:
            action(path)
        except ImageFault as fault:
            assert fault.code.startswith("image-")
