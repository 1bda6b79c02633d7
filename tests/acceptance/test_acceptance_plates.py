"""The acceptance pages on Ghostscript's plates: black type, ink limit, overprint, test charts, the fold."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from acceptance_builds import PAGES, Built
from acceptance_pictures import COLOURS, PATCHES, chart, reference, wide_gamut
from PIL import Image
from press_plates import DPI, INKS, Sheet, plates, type_alone

from layout.core import Rect
from layout.display import Fill, Foreign, GlyphRun, Picture
from layout.pipeline.load import Prepared

pytestmark = pytest.mark.tools("gs")

SPOT = "PANTONE 185 C"

STEP = 1.5 / 255
"""A plate's value is a byte."""


@pytest.fixture(scope="session")
def separated(built: Built, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sheet]:
    """The plates of every sheet by its name."""
    folder = tmp_path_factory.mktemp("plates") / "all"
    return dict(zip(PAGES, plates(built.issue, built.house.press.profile, folder), strict=True))


def part(sheet: Sheet, rect: Rect, bleed: float, *, inside: float = 0.0) -> np.ndarray:
    """The four plates of a rectangle (points from the trim's corner), ``inside`` points smaller on each side."""
    scale = DPI / 72
    top, bottom = (round((edge + bleed) * scale) for edge in (rect.y + inside, rect.bottom - inside))
    left, right = (round((edge + bleed) * scale) for edge in (rect.x + inside, rect.right - inside))
    return np.stack([sheet[ink][top:bottom, left:right] for ink in INKS])


def test_there_are_four_plates_on_black_pages_one_and_with_a_spot_ink_five(separated: dict[str, Sheet]) -> None:
    for name, sheet in separated.items():
        assert {*sheet} - {*INKS} == ({SPOT} if name == "12" else set()), name
        coloured = max(sheet[ink].max() for ink in INKS[:3])
        assert coloured <= STEP if name in {"02", "12"} else coloured > 0.5, name


def test_a_spot_ink_prints_on_its_own_plate(separated: dict[str, Sheet], built: Built) -> None:
    """The head is solid on it, the tint of the ground is its tint, and black text overprints that."""
    sheet = separated["12"]
    assert sheet[SPOT].max() > 1 - STEP
    for run in runs(built, "12", "body"):
        box = ink_box(run)
        top, bottom = (round(edge * DPI / 72) for edge in (box.y, box.bottom))
        left, right = (round(edge * DPI / 72) for edge in (box.x, box.right))
        assert np.abs(sheet[SPOT][top:bottom, left:right] - 0.15).max() <= STEP


def test_total_ink_keeps_the_limit(separated: dict[str, Sheet], built: Built) -> None:
    for name, sheet in separated.items():
        total = sum(sheet.values())
        assert (total <= built.house.press.ink_limit + STEP).mean() >= 0.9998, name


def test_no_type_is_black_and_coloured_at_once(built: Built, tmp_path: Path) -> None:
    alone = plates(type_alone(built.issue, tmp_path / "type.pdf"), built.house.press.profile, tmp_path / "type")
    for name, sheet in zip(PAGES, alone, strict=True):
        black = sheet["Black"] > STEP
        assert black.any(), name
        for ink in INKS[:3]:
            assert not (black & (sheet[ink] > STEP)).any(), (name, ink)


# overprint


def runs(built: Built, name: str, tag: str) -> list[GlyphRun]:
    return [item for item in built.sheets[name].items if isinstance(item, GlyphRun) and item.tag == tag]


def ink_box(run: GlyphRun) -> Rect:
    return Rect(run.x, run.baseline - 0.88 * run.size, run.width, run.size)


def test_black_text_overprints_the_tint_below_it(separated: dict[str, Sheet], built: Built) -> None:
    (tint,) = [item.ink for item in built.sheets["09"].items if isinstance(item, Fill) and item.ink.cyan == 0]
    for run in runs(built, "09", "body"):
        cyan, magenta, yellow, black = part(separated["09"], ink_box(run), 0.0)
        assert black.max() > 1 - STEP
        assert cyan.max() <= STEP
        assert np.abs(magenta - tint.magenta).max() <= STEP
        assert np.abs(yellow - tint.yellow).max() <= STEP


@pytest.mark.parametrize("name", ["09", "03"])
def test_a_reversed_head_is_bare_paper(separated: dict[str, Sheet], built: Built, name: str) -> None:
    head = runs(built, name, "headline")[0]
    total = part(separated[name], ink_box(head), built.sheets[name].bleed).sum(axis=0)
    assert total.min() <= STEP
    assert total.max() > 1


def test_a_folio_line_on_a_picture_is_reversed(separated: dict[str, Sheet], built: Built) -> None:
    (number,) = runs(built, "03", "folio-number")
    assert part(separated["03"], ink_box(number), built.sheets["03"].bleed).sum(axis=0).min() <= STEP


# bleed and fold


def edges(sheet: Sheet) -> dict[str, float]:
    """The share of each edge of the bleed that has ink."""
    total = sum(sheet[ink] for ink in INKS)
    strips = {"top": total[0], "bottom": total[-1], "left": total[:, 0], "right": total[:, -1]}
    return {edge: float((strip > STEP).mean()) for edge, strip in strips.items()}


def test_bleeding_pictures_reach_the_edge_of_the_bleed(separated: dict[str, Sheet]) -> None:
    found = edges(separated["03"])
    assert found["top"] == 1
    assert 0.5 < found["left"] < found["right"] < 1
    assert 0.4 < found["bottom"] < 0.6


def test_a_page_without_bleed_is_bare_at_its_edges(separated: dict[str, Sheet]) -> None:
    assert {*edges(separated["01"]).values()} == {0}


def test_halves_end_with_their_overlap(separated: dict[str, Sheet], built: Built) -> None:
    """Each half is, up to its overlap of 3 mm, what the whole sheet shows there, and has nothing beyond."""
    whole, page = separated["06-07"], round(built.house.trim.width / 72 * DPI)
    left, right = separated["04"], separated["05"]
    for ink in INKS:
        assert left[ink].shape == right[ink].shape
        width = left[ink].shape[1]
        for half, first in ((left, 0), (right, page)):
            body = slice(round(20 / 72 * DPI), width - round(20 / 72 * DPI))  # off slug-free edges and rounding
            same = np.abs(half[ink][:, body] - whole[ink][:, first : first + width][:, body]) < 0.25
            assert same.mean() > 0.97, ink
    assert edges(left)["right"] > 0.1 < edges(right)["left"]  # the picture runs over the fold


def test_no_character_of_a_head_stands_on_the_fold(built: Built) -> None:
    sheet = built.sheets["06-07"]
    assert sheet.fold is not None
    heads = [run for tag in ("headline", "kicker") for run in runs(built, "06-07", tag)]
    crossing = [run for run in heads if run.x < sheet.fold < run.x + run.width]
    for run in crossing:
        pen = run.x
        for glyph in run.glyphs:
            assert not pen + 0.01 < sheet.fold < pen + glyph.advance - 0.01 or not glyph.text.strip()
            pen += glyph.advance
    lefts = {tag: min(run.x for run in runs(built, "06-07", tag)) for tag in ("headline", "kicker")}
    assert all(left < sheet.fold for left in lefts.values())


def test_text_keeps_clear_of_the_fold(built: Built, prepared: Prepared) -> None:
    sheet, gutter = built.sheets["06-07"], prepared.houses[6, ""].spread.gutter
    assert sheet.fold is not None
    low, high = sheet.fold - gutter / 2, sheet.fold + gutter / 2
    text = [run for tag in ("body", "caption") for run in runs(built, "06-07", tag)]
    assert {run.x + run.width <= low + 0.01 for run in text} == {True, False}
    assert all(run.x + run.width <= low + 0.01 or run.x >= high - 0.01 for run in text)


# advertisements


def ads(built: Built) -> list[Foreign]:
    return [item for item in built.sheets["13"].items if isinstance(item, Foreign)]


@pytest.mark.parametrize("nth", [0, 1], ids=["X-1a", "X-4 turned"])
def test_an_ad_prints_as_its_own_file_does(separated: dict[str, Sheet], built: Built, tmp_path: Path, nth: int) -> None:
    """On every plate the same ink, on the whole and place by place: nothing converted, moved or mirrored."""
    ad, clear = ads(built)[nth], 20.0  # off the frame and the mark in the corner
    (alone,) = plates(Path(ad.source), built.house.press.profile, tmp_path / "ad", box="TrimBox")
    size = Rect(0.0, 0.0, ad.rect.width, ad.rect.height)
    asked, found = part(alone, size, 0.0, inside=clear), part(separated["13"], ad.rect, 0.0, inside=clear)
    asked, found = (inks[:, :130, :90] for inks in (asked, found))
    assert asked.max(axis=(1, 2)).min() > 0.3  # each ink is there
    assert np.abs(asked.mean(axis=(1, 2)) - found.mean(axis=(1, 2))).max() < 0.01
    assert (np.abs(asked - found) < 0.3).mean() > 0.9


def test_an_ad_ends_at_its_trim(separated: dict[str, Sheet], built: Built) -> None:
    """The files paint beyond it; between the two there is bare paper."""
    left, right = (ad.rect for ad in ads(built))
    between = Rect(left.right, left.y, right.x - left.right, left.height)
    assert part(separated["13"], between, 0.0, inside=2.0).max() <= STEP


# colour accuracy


def charts(built: Built) -> list[Picture]:
    return [item for item in built.sheets["10"].items if isinstance(item, Picture)]


def middles(shape: tuple[int, int], crop: Rect) -> list[tuple[slice, slice]]:
    """The inner half of each patch of a chart of which ``crop`` shows."""
    height, width = shape
    found = []
    for row in range(PATCHES[1]):
        for column in range(PATCHES[0]):
            x, y = (
                ((column + 0.5) / PATCHES[0] - crop.x) / crop.width,
                ((row + 0.5) / PATCHES[1] - crop.y) / crop.height,
            )
            dx, dy = 0.2 / PATCHES[0] / crop.width, 0.2 / PATCHES[1] / crop.height
            found.append(
                (
                    slice(round((y - dy) * height), max(round((y + dy) * height), round((y - dy) * height) + 1)),
                    slice(round((x - dx) * width), max(round((x + dx) * width), round((x - dx) * width) + 1)),
                )
            )
    return found


def patches(inks: np.ndarray, crop: Rect) -> np.ndarray:
    """The mean ink of the 24 patches in four plates."""
    return np.array([inks[:, rows, columns].mean(axis=(1, 2)) for rows, columns in middles(inks.shape[1:], crop)])


def wanted(picture: Picture, built: Built) -> np.ndarray:
    """What LittleCMS gives for the patches with the same profiles and intent."""
    profile = wide_gamut() if "profile" in picture.source else None
    small = chart().resize(PATCHES, Image.Resampling.NEAREST)
    made = reference(small, built.house.press.profile, profile)
    return np.asarray(made, dtype=np.float32).reshape(len(COLOURS), 4) / 255


def in_the_file(built: Built, nth: int) -> np.ndarray:
    """The samples of the nth picture of the page as four plates of ink."""
    with pikepdf.open(built.page("10")) as document:
        image = document.pages[0].obj.Resources.XObject[f"/Im{nth + 1}"]
        turned = [int(edge) for edge in image.get("/Decode", [])][:2] == [1, 0]
        with Image.open(BytesIO(image.read_raw_bytes())) as picture:
            samples = np.asarray(picture, dtype=np.float32) / 255
            if picture.mode == "L":
                light = 1 - samples if turned else samples
                return np.stack([0 * light, 0 * light, 0 * light, 1 - light])
    assert turned  # Pillow has turned Adobe's samples round already
    return samples.transpose(2, 0, 1)


@pytest.mark.parametrize("nth", [0, 1], ids=["sRGB", "embedded profile"])
def test_a_chart_has_the_inks_that_littlecms_gives(separated: dict[str, Sheet], built: Built, nth: int) -> None:
    picture = charts(built)[nth]
    asked = wanted(picture, built)
    assert asked.sum(axis=1).max() > 1.5  # real colours
    assert np.abs(patches(in_the_file(built, nth), picture.crop) - asked).max() <= 0.02
    on_plates = patches(part(separated["10"], picture.rect, 0.0), picture.crop)
    assert np.abs(on_plates - asked).max() <= 0.02


def test_the_two_charts_differ_by_their_profile(built: Built) -> None:
    one, other = (patches(in_the_file(built, nth), charts(built)[nth].crop) for nth in (0, 1))
    assert np.abs(one - other).max() > 0.2


def test_a_grey_chart_prints_in_black_by_its_tone(separated: dict[str, Sheet], built: Built) -> None:
    """print.md, ICC profiles: grey 192, 128, 64 and 0 become 17, 36, 61 and 100 % of black, paper white none."""
    picture = charts(built)[2]
    for found in (in_the_file(built, 2), part(separated["10"], picture.rect, 0.0)):
        inks = patches(found, picture.crop)
        assert inks[:, :3].max() <= STEP
        samples = np.asarray(chart().resize(PATCHES, Image.Resampling.NEAREST).convert("L")).reshape(-1)
        curve = np.interp(samples, [0, 64, 128, 192, 255], [1.0, 0.61, 0.36, 0.17, 0.0])
        assert np.abs(inks[:, 3] - curve).max() <= 0.03
