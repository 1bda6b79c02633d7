"""Sharpening at press size, and what a press profile does with colours."""

from pathlib import Path

import pytest
from image_samples import ISO_CMYK, NEWS, NEWS_GREY, WHOLE, photograph, plates, save
from msgspec.structs import replace
from PIL import Image, ImageFilter, ImageStat

from layout.images import ImageFault
from layout.images.behaviour import behaviour
from layout.images.picture import prepare
from layout.images.wanted import PictureSettings, Unsharp
from layout.resources import PRESS

MASK = Unsharp(1.5, 1.5, 3)


def edge(mode: str = "RGB") -> Image.Image:
    """A soft step from dark to light grey."""
    step = Image.new("L", (240, 160), 90)
    step.paste(170, (120, 0, 240, 160))
    return step.filter(ImageFilter.GaussianBlur(1.0)).convert(mode)


def black(path: Path, settings: PictureSettings) -> Image.Image:
    made = plates(prepare(path, WHOLE, (240, 160), settings))
    return made if made.mode == "L" else made.getchannel("K")


@pytest.mark.parametrize("settings", [NEWS, NEWS_GREY])
def test_edges_are_steeper_and_flats_are_as_they_were(settings: PictureSettings, tmp_path: Path) -> None:
    path = save(edge(), tmp_path / "edge.png")
    plain, sharp = black(path, settings), black(path, replace(settings, sharpen=MASK))
    steepness = [max(abs(k.getpixel((x, 80)) - k.getpixel((x + 4, 80))) for x in range(236)) for k in (plain, sharp)]
    assert steepness[1] > 1.15 * steepness[0]
    for x in (5, 234):
        assert abs(plain.getpixel((x, 80)) - sharp.getpixel((x, 80))) <= 2


def test_noise_below_the_threshold_stays(tmp_path: Path) -> None:
    path = save(photograph(), tmp_path / "photo.png")
    spread = [ImageStat.Stat(black(path, replace(NEWS, sharpen=mask))).var[0] for mask in (None, Unsharp(1, 1.5, 255))]
    assert spread[0] == spread[1]


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK", "LAB"])
def test_every_kind_of_picture_is_sharpened(mode: str, tmp_path: Path) -> None:
    picture = Image.merge("LAB", [edge("L"), *[Image.new("L", (240, 160), 128)] * 2]) if mode == "LAB" else edge(mode)
    path = save(picture, tmp_path / "edge.tif")
    plain, sharp = (prepare(path, WHOLE, (240, 160), replace(NEWS, sharpen=mask)).data for mask in (None, MASK))
    assert plain != sharp


def test_the_ink_limit_has_the_last_word(tmp_path: Path) -> None:
    picture = Image.linear_gradient("L").resize((240, 160)).convert("CMYK")
    dark = Image.merge("CMYK", [picture.getchannel("K").point(lambda v: 255 - v)] * 4)
    path = save(dark, tmp_path / "dark.tif")
    inks = plates(prepare(path, WHOLE, (240, 160), replace(NEWS, sharpen=Unsharp(2.0, 4.0, 0))))
    totals = [sum(inks.getpixel((x, y))) / 255 for x in range(0, 240, 7) for y in range(160)]
    assert max(totals) <= 2.42


def test_each_sharpening_is_kept_by_itself(tmp_path: Path) -> None:
    path, folder = save(photograph(), tmp_path / "photo.png"), tmp_path / "cache"
    for mask in (None, MASK, replace(MASK, radius=0.8), replace(MASK, amount=1.0), replace(MASK, threshold=0), MASK):
        prepare(path, WHOLE, (60, 40), replace(NEWS, sharpen=mask), folder)
    assert len([entry for entry in folder.iterdir() if entry.is_file()]) == 5


@pytest.mark.parametrize(
    ("name", "total", "deepest"),
    [
        ("NEWS26_TAC240.icc", 2.4, (0.51, 0.37, 0.33, 0.95)),
        ("NEWS26_TAC220.icc", 2.2, (0.43, 0.29, 0.24, 0.95)),
    ],
)
def test_the_shipped_profiles_keep_their_limits(name: str, total: float, deepest: tuple[float, ...]) -> None:
    does = behaviour(PRESS / name, "perceptual")
    assert does.deepest == pytest.approx(deepest, abs=0.01)
    assert sum(does.deepest) <= does.total <= total
    assert does.most == pytest.approx(0.95, abs=0.01)
    assert 0.05 < does.start < 0.2
    assert does.grey[3] > 4 * max(does.grey[:3]), "neutral tones are mostly black"


def test_coated_paper_takes_more(tmp_path: Path) -> None:
    assert behaviour(ISO_CMYK, "perceptual").total > 2.5
    (tmp_path / "no.icc").write_bytes(b"no profile")
    with pytest.raises(ImageFault) as found:
        behaviour(tmp_path / "no.icc", "perceptual")
    assert found.value.code == "profile-broken"
