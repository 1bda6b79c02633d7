import struct
from io import BytesIO

import numpy as np
import pytest
from image_samples import ISO_CMYK, NEWS, NEWS_GREY, WHOLE, corners, noise, photograph, plates, reference, save
from msgspec.structs import replace
from PIL import Image, ImageChops, ImageCms, ImageOps

from layout.core import Rect
from layout.images import ImageFault
from layout.images.picture import prepare
from layout.images.probe import probe


def ink(image: Image.Image) -> np.ndarray:
    """Ink in percent."""
    return np.asarray(image).astype(float) / 2.55


def assert_close(made: Image.Image, wanted: Image.Image, mean: float = 2.0, worst: float = 12.0) -> None:
    """Mean error of every plate under ``mean`` % ink, and no pixel that is quite another colour."""
    error = np.abs(ink(made) - ink(wanted))
    assert error.mean(axis=(0, 1)).max() < mean
    assert np.quantile(error, 0.999) < worst


@pytest.mark.parametrize("intent", ["perceptual", "relative"])
def test_inks_are_those_of_the_profile(tmp_path, intent):
    image, settings = photograph(), replace(NEWS, intent=intent)
    made = prepare(save(image, tmp_path / "a.png"), WHOLE, image.size, settings)
    assert made.components == 4
    assert_close(plates(made), reference(image, settings=settings))


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", ["jpg", "png", "tif", "webp"])
def test_every_orientation_comes_out_upright(tmp_path, orientation, suffix):
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = save(corners(), tmp_path / f"a.{suffix}", exif=exif.tobytes(), quality=95)
    turned = corners()
    turned.getexif()[0x0112] = orientation
    upright = ImageOps.exif_transpose(turned)
    made = plates(prepare(path, WHOLE, upright.size, NEWS))
    assert_close(made, reference(upright), mean=2.5, worst=60)  # the quarters' edges ring
    crop = Rect(0.5, 0.0, 0.5, 0.5)
    width, height = upright.size
    cut = plates(prepare(path, crop, (width // 2, height // 2), NEWS))
    centre = upright.getpixel((width * 3 // 4, height // 4))
    wanted = reference(Image.new("RGB", (1, 1), centre)).getpixel((0, 0))
    assert cut.getpixel((width // 4, height // 4)) == pytest.approx(wanted, abs=6)


def as_lab(image: Image.Image) -> Image.Image:
    srgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    return ImageCms.profileToProfile(image, srgb, lab, outputMode="LAB")


@pytest.mark.parametrize(
    ("convert", "suffix"),
    [
        (lambda image: image, "png"),
        (lambda image: image.quantize(64), "png"),
        (lambda image: image.convert("RGBA"), "png"),
        (lambda image: image.convert("RGBA"), "webp"),
        (as_lab, "tif"),
    ],
    ids=["RGB", "palette", "RGBA", "WebP", "Lab"],
)
def test_every_colour_mode_gives_the_same_picture(tmp_path, convert, suffix):
    image = convert(photograph())
    options = {"lossless": True} if suffix == "webp" else {}
    made = prepare(save(image, tmp_path / f"a.{suffix}", **options), WHOLE, image.size, NEWS)
    assert made.components == 4
    assert_close(plates(made), reference(photograph() if image.mode == "LAB" else image.convert("RGB")), worst=15)


def wide_rgb_tiff(path, colour: tuple[int, int, int]) -> None:
    """A 16-bit RGB TIFF of one colour, which Pillow cannot write."""
    tags = [(256, 3, 1, 8), (257, 3, 1, 8), (258, 3, 3, 134), (259, 3, 1, 1), (262, 3, 1, 2), (273, 4, 1, 140)]
    tags += [(277, 3, 1, 3), (278, 3, 1, 8), (279, 4, 1, 384), (284, 3, 1, 1)]
    directory = struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHLL", *tag) for tag in tags) + bytes(4)
    head = b"II*\0" + struct.pack("<L", 8) + directory
    path.write_bytes(head.ljust(134, b"\0") + struct.pack("<3H", 16, 16, 16) + struct.pack("<3H", *colour) * 64)


def test_sixteen_bits_a_channel(tmp_path):
    wide_rgb_tiff(tmp_path / "a.tif", (200 * 257, 100 * 257, 50 * 257))
    assert probe(tmp_path / "a.tif").bits == 16
    made = plates(prepare(tmp_path / "a.tif", WHOLE, (8, 8), NEWS))
    wanted = reference(Image.new("RGB", (8, 8), (200, 100, 50)))
    assert made.getpixel((4, 4)) == pytest.approx(wanted.getpixel((4, 4)), abs=4)


# The black plate's ink for a grey of sRGB: lightness laid between paper and solid black of newsprint.
TONES = [(255, 0), (240, 4), (192, 17), (128, 36), (64, 61), (0, 100)]


def grey_steps() -> Image.Image:
    steps = Image.new("L", (len(TONES), 1))
    steps.putdata([grey for grey, _ in TONES])
    return steps.resize((len(TONES) * 32, 32), Image.Resampling.NEAREST)


def wide_grey() -> Image.Image:
    image = Image.new("I;16", (len(TONES), 1))
    image.putdata([grey * 257 for grey, _ in TONES])
    return image.resize((len(TONES) * 32, 32), Image.Resampling.NEAREST)


@pytest.mark.parametrize(
    ("image", "name"),
    [
        (grey_steps(), "grey.png"),
        (grey_steps(), "grey.jpg"),
        (grey_steps().convert("LA"), "alpha.png"),
        (wide_grey(), "wide.png"),
        (wide_grey(), "wide.tif"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_grey_goes_to_the_black_plate_by_tone(tmp_path, image, name):
    made = prepare(save(image, tmp_path / name, **({"quality": 100} if "jpg" in name else {})), WHOLE, image.size, NEWS)
    assert made.components == 1
    black = ink(plates(made))
    assert [black[16, 32 * step + 16] for step in range(len(TONES))] == [pytest.approx(k, abs=1.0) for _, k in TONES]


def test_a_grey_page_takes_colour_by_its_lightness(tmp_path):
    image = Image.new("RGB", (64, 64), (128, 128, 128))
    image.paste((192, 192, 192), (0, 0, 32, 64))
    made = prepare(save(image, tmp_path / "a.png"), WHOLE, image.size, NEWS_GREY)
    assert made.components == 1
    black = ink(plates(made))
    assert (black[32, 16], black[32, 48]) == (pytest.approx(17, abs=1.5), pytest.approx(36, abs=1.5))


def test_a_grey_page_takes_cmyk_by_its_lightness(tmp_path):
    def black(*inks: int) -> float:
        path = save(Image.new("CMYK", (16, 16), inks), tmp_path / "a.tif")
        return float(ink(plates(prepare(path, WHOLE, (16, 16), NEWS_GREY)))[8, 8])

    assert black(0, 0, 0, 0) == 0
    assert black(150, 120, 120, 245) == 100
    assert 25 < black(0, 0, 0, 128) < black(110, 80, 80, 60) < 75


def test_one_bit_is_black_and_white(tmp_path):
    image = Image.new("1", (64, 64), 1)
    image.paste(0, (0, 0, 32, 64))
    black = ink(plates(prepare(save(image, tmp_path / "a.tif"), WHOLE, (64, 64), NEWS)))
    assert (black[32, 8], black[32, 56]) == (pytest.approx(100, abs=1), pytest.approx(0, abs=1))


@pytest.mark.parametrize("mode", ["RGBA", "P", "LA"])
def test_what_shows_through_is_paper(tmp_path, mode):
    image = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), (0, 0, 32, 64))
    path = tmp_path / "a.png"
    if mode == "P":
        flat = Image.new("P", (64, 64), 1)
        flat.putpalette([0, 0, 0, 200, 10, 10])
        flat.paste(0, (0, 0, 32, 64))
        flat.save(path, transparency=1)
    else:
        image.convert(mode).save(path)
    total = ink(plates(prepare(path, WHOLE, (64, 64), NEWS))).reshape(64, 64, -1).sum(axis=2)
    assert total[32, 56] == pytest.approx(0, abs=1)
    assert total[32, 8] > 95


CMYK = (26, 77, 179, 51)


@pytest.mark.parametrize("name", ["a.tif", "a.jpg"])
def test_cmyk_without_a_profile_is_left_as_it_is(tmp_path, name):
    image = Image.new("CMYK", (32, 32), CMYK)
    options = {"quality": 100} if name.endswith("jpg") else {}
    made = plates(prepare(save(image, tmp_path / name, **options), WHOLE, (32, 32), NEWS))
    assert made.getpixel((16, 16)) == pytest.approx(CMYK, abs=2)


def test_cmyk_jpeg_without_adobes_mark_holds_ink_not_light(tmp_path):
    out = BytesIO()
    ImageChops.invert(Image.new("CMYK", (32, 32), CMYK)).save(out, "JPEG", quality=100)
    data = out.getvalue()
    start = data.index(b"\xff\xee")
    length = int.from_bytes(data[start + 2 : start + 4], "big")
    path = tmp_path / "a.jpg"
    path.write_bytes(data[:start] + data[start + 2 + length :])
    made = plates(prepare(path, WHOLE, (32, 32), NEWS))
    assert made.getpixel((16, 16)) == pytest.approx(CMYK, abs=2)


def test_cmyk_with_a_profile_goes_through_it(tmp_path):
    image = Image.new("CMYK", (32, 32), CMYK)
    profile = ISO_CMYK.read_bytes()
    made = plates(prepare(save(image, tmp_path / "a.tif", icc_profile=profile), WHOLE, (32, 32), NEWS))
    wanted = reference(image, source=profile).getpixel((16, 16))
    assert made.getpixel((16, 16)) == pytest.approx(wanted, abs=4)
    assert made.getpixel((16, 16)) != pytest.approx(CMYK, abs=4)


def test_the_press_profile_itself_changes_nothing(tmp_path):
    image = Image.new("CMYK", (32, 32), CMYK)
    path = save(image, tmp_path / "a.tif", icc_profile=NEWS.profile.read_bytes())
    assert plates(prepare(path, WHOLE, (32, 32), NEWS)).getpixel((16, 16)) == pytest.approx(CMYK, abs=2)


def swapped_rgb() -> bytes:
    """sRGB with red and blue primaries exchanged: a profile that nobody can overlook."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for entry in range(132, 132 + 12 * int.from_bytes(profile[128:132], "big"), 12):
        tag = bytes(profile[entry : entry + 4])
        profile[entry : entry + 4] = {b"rXYZ": b"bXYZ", b"bXYZ": b"rXYZ"}.get(tag, tag)
    return bytes(profile)


def test_an_embedded_rgb_profile_is_respected(tmp_path):
    image = Image.new("RGB", (32, 32), (200, 40, 40))
    made = plates(prepare(save(image, tmp_path / "a.png", icc_profile=swapped_rgb()), WHOLE, (32, 32), NEWS))
    wanted = reference(Image.new("RGB", (32, 32), (40, 40, 200))).getpixel((16, 16))
    assert made.getpixel((16, 16)) == pytest.approx(wanted, abs=4)


USELESS = {
    "garbage": b"not a profile at all",
    "header only": ISO_CMYK.read_bytes()[:400],
    "cut off": NEWS.profile.read_bytes()[:20_000],
}


@pytest.mark.parametrize(
    ("mode", "profile"),
    [(mode, profile) for mode in ("RGB", "L", "CMYK") for profile in USELESS.values()]
    + [("RGB", ISO_CMYK.read_bytes()), ("L", ISO_CMYK.read_bytes()), ("CMYK", swapped_rgb())],
    ids=[f"{mode} {name}" for mode in ("RGB", "L", "CMYK") for name in (*USELESS,)]
    + ["RGB of CMYK", "grey of CMYK", "CMYK of RGB"],
)
def test_a_useless_profile_is_ignored(tmp_path, mode, profile):
    image = photograph(48, 32).convert(mode)
    path = save(image, tmp_path / "a.tif", icc_profile=profile)
    plain = save(image, tmp_path / "b.tif")
    assert prepare(path, WHOLE, image.size, NEWS) == prepare(plain, WHOLE, image.size, NEWS)


@pytest.mark.parametrize("settings", [NEWS, replace(NEWS, ink_limit=2.2), replace(NEWS, intent="relative")])
@pytest.mark.parametrize("kind", ["noise", "dark edges", "cmyk solid"])
def test_the_ink_limit_holds_after_jpeg(tmp_path, settings, kind):
    if kind == "noise":
        image = noise("RGB", 300, 300).point(lambda value: value // 3)
    elif kind == "dark edges":
        image = Image.new("RGB", (300, 300), "black")
        for at in range(0, 300, 7):
            image.paste((90, 60, 30), (at, 0, at + 3, 300))
    else:
        image = noise("CMYK", 300, 300).point(lambda value: 90 + value * 165 // 255)
    made = plates(prepare(save(image, tmp_path / "a.tif"), WHOLE, image.size, settings))
    total = np.asarray(made).astype(int).sum(axis=2)
    assert (total > settings.ink_limit * 255).mean() < 0.0002


def test_ink_above_the_limit_is_taken_from_the_colours_not_from_black(tmp_path):
    image = Image.new("CMYK", (32, 32), (255, 204, 204, 230))
    made = ink(plates(prepare(save(image, tmp_path / "a.tif"), WHOLE, (32, 32), NEWS)))[16, 16]
    assert made[3] == pytest.approx(90, abs=1)
    assert 225 < made.sum() <= 240
    assert made[0] / made[1] == pytest.approx(100 / 80, abs=0.03)


def test_same_picture_same_bytes(tmp_path):
    path = save(photograph(), tmp_path / "a.jpg", quality=90)
    crop = Rect(0.1, 0.2, 0.7, 0.6)
    assert prepare(path, crop, (100, 60), NEWS) == prepare(path, crop, (100, 60), NEWS)


def test_a_jpeg_decoded_small_looks_like_one_decoded_whole(tmp_path):
    image = photograph(1200, 800)
    small = plates(prepare(save(image, tmp_path / "a.jpg", quality=97), Rect(0.25, 0.25, 0.5, 0.5), (150, 100), NEWS))
    whole = plates(prepare(save(image, tmp_path / "a.png"), Rect(0.25, 0.25, 0.5, 0.5), (150, 100), NEWS))
    assert_close(small, whole, mean=1.5, worst=10)


def test_nothing_of_the_file_travels_along(tmp_path):
    exif = Image.Exif()
    exif[0x010E] = "secret"
    path = save(photograph(), tmp_path / "a.jpg", exif=exif.tobytes(), icc_profile=swapped_rgb(), comment=b"secret")
    data = prepare(path, WHOLE, (60, 40), NEWS).data
    assert b"secret" not in data
    assert b"ICC_PROFILE" not in data
    assert len(data) < 20_000


def test_float_pixels_are_refused(tmp_path):
    path = save(Image.new("F", (8, 8), 0.5), tmp_path / "a.tif")
    with pytest.raises(ImageFault) as caught:
        prepare(path, WHOLE, (8, 8), NEWS)
    assert caught.value.code == "image-unsupported"


@pytest.mark.parametrize(
    "content", [None, b"", b"no profile", ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()]
)
def test_an_unusable_press_profile_is_named(tmp_path, content):
    profile = tmp_path / "press.icc"
    if content is not None:
        profile.write_bytes(content)
    with pytest.raises(ImageFault) as caught:
        prepare(save(photograph(30, 20), tmp_path / "a.png"), WHOLE, (30, 20), replace(NEWS, profile=profile))
    assert caught.value.code == "profile-broken"
    assert str(profile) in caught.value.message
