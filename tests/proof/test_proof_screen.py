"""Photographs in screen colours, made before the page on which they stand."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops
from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from layout.proof import screen
from layout.proof.model import fingerprint
from layout.proof.raster import opened, whole


def photograph(shade: int = 255) -> bytes:
    """A JPEG in four inks, as it stands in a press file."""
    ramp = Image.linear_gradient("L").resize((120, 80))
    yellow, black = ramp.point(lambda value: value * shade // 255), ramp.point(lambda value: value // 3)
    data = BytesIO()
    Image.merge("CMYK", (ramp, ramp.rotate(180), yellow, black)).save(data, "JPEG", quality=90, subsampling=0)
    return data.getvalue()


ONE, OTHER = photograph(), photograph(90)


@pytest.fixture
def page_with(tmp_path, monkeypatch):
    monkeypatch.setattr(rl_config, "useA85", 0)  # the press files are as they come

    def made(*jpegs: bytes) -> bytes:
        data = BytesIO()
        canvas = Canvas(data, pagesize=(300, 200 * len(jpegs)), invariant=1)
        for nth, jpeg in enumerate(jpegs):
            path = tmp_path / f"{nth}.jpg"
            path.write_bytes(jpeg)
            canvas.drawImage(str(path), 30, 200 * nth + 20, 180, 120)
        canvas.drawString(10, 10, "text")
        canvas.save()
        return data.getvalue()

    return made


@pytest.fixture
def converted(monkeypatch):
    """How many photographs were taken out of their inks."""
    counted = []
    made = screen._made
    monkeypatch.setattr(screen, "_made", lambda jpeg, entry: counted.append(jpeg) or made(jpeg, entry))
    return counted


def drawn(pdf: bytes, *photographs: bytes, cache=None) -> tuple[Image.Image, int]:
    with opened(pdf) as document:
        left = screen.serve(document[0], frozenset(map(fingerprint, photographs)), cache)
        return whole(document[0], 300), left


def same(one: Image.Image, other: Image.Image) -> bool:
    return ImageChops.difference(one, other).getbbox() is None


def test_a_page_looks_the_same_to_the_last_pixel(page_with, converted):
    pdf = page_with(ONE, OTHER)
    plain, left = drawn(pdf)
    assert left == 2 * 120 * 80
    assert converted == []
    served, left = drawn(pdf, ONE, OTHER)
    assert left == 0
    assert len(converted) == 2
    assert same(plain, served)


def test_a_picture_that_is_not_named_is_left_alone(page_with, converted):
    pdf = page_with(ONE, OTHER)
    served, left = drawn(pdf, OTHER)
    assert left == 120 * 80
    assert converted == [OTHER]
    assert same(drawn(pdf)[0], served)


def test_what_is_ready_is_not_made_again(page_with, converted):
    screen.make_ready((ONE, OTHER))
    assert len(converted) == 2
    pdf = page_with(ONE, OTHER)
    served, _ = drawn(pdf, ONE, OTHER)
    assert len(converted) == 2
    assert same(drawn(pdf)[0], served)
    drawn(pdf, ONE)
    assert len(converted) == 3, "it waited for one page only"


def test_they_are_kept_from_one_proof_to_the_next(page_with, converted, tmp_path):
    pdf, cache = page_with(ONE), tmp_path / "kept"
    for _ in range(2):
        served, _ = drawn(pdf, ONE, cache=cache)
        assert same(drawn(pdf)[0], served)
    assert len(converted) == 1
    (kept,) = cache.iterdir()
    kept.write_bytes(kept.read_bytes()[:-9])
    served, left = drawn(pdf, ONE, cache=cache)
    assert (left, len(converted)) == (0, 2), "a damaged one is made anew"
    assert same(drawn(pdf)[0], served)


def test_there_is_an_end_to_what_is_made_ready(page_with, converted, monkeypatch):
    monkeypatch.setattr(screen, "MOST", 120 * 80 + 1)
    pdf = page_with(ONE, OTHER)
    served, left = drawn(pdf, ONE, OTHER)
    assert (left, converted) == (120 * 80, [ONE])
    assert same(drawn(pdf)[0], served)


def test_what_pdfium_cannot_take_apart_it_draws_as_it_can(page_with):
    broken = ONE[:40]
    pdf = page_with(ONE).replace(ONE, broken + bytes(len(ONE) - len(broken)))
    served, left = drawn(pdf, broken + bytes(len(ONE) - len(broken)))
    assert left == 120 * 80
    assert same(drawn(pdf)[0], served)
