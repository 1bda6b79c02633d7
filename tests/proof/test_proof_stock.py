"""Pictures kept between two states of a page."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageStat
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from layout.proof.raster import opened, whole
from layout.proof.stock import MOST, Stock


def picture(shade: int) -> ImageReader:
    ramp = Image.linear_gradient("L").resize((600, 400))
    return ImageReader(Image.merge("RGB", (ramp, ramp.rotate(180), ramp.point(lambda value: value * shade // 255))))


def page_with(*shades: int, text: str = "", mask=None, share: float = 1.0) -> bytes:
    data = BytesIO()
    canvas = Canvas(data, pagesize=(300, 200 * len(shades)), invariant=1)
    for nth, shade in enumerate(shades):
        canvas.drawImage(picture(shade), 30, 200 * nth + 20, 180 * share, 120 * share, mask=mask)
    canvas.drawString(10, 10, text)
    canvas.save()
    return data.getvalue()


def drawn(pdf: bytes, stock: Stock | None = None) -> Image.Image:
    with opened(pdf) as document:
        if stock is not None:
            stock.serve(document[0])
        return whole(document[0], 100)


def apart(one: Image.Image, other: Image.Image) -> float:
    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean)


@pytest.fixture
def asked(monkeypatch):
    """Which pictures were taken apart."""
    import layout.proof.stock

    counted = []
    ready = layout.proof.stock._ready
    monkeypatch.setattr(layout.proof.stock, "_ready", lambda item: counted.append(item) or ready(item))
    return counted


def test_a_page_looks_the_same(asked):
    stock = Stock()
    for text in ("one", "two"):
        pdf = page_with(100, 200, text=text)
        assert apart(drawn(pdf), drawn(pdf, stock)) < 1
    assert len(asked) == 2, "once for each picture"


def test_another_picture_is_noticed(asked):
    stock = Stock()
    drawn(page_with(100), stock)
    pdf = page_with(200)
    assert apart(drawn(pdf), drawn(pdf, stock)) < 1
    assert len(asked) == 2


def test_a_picture_that_was_small_is_sharp_when_it_is_large(asked):
    stock = Stock()
    drawn(page_with(100, share=0.1), stock)
    drawn(page_with(100), stock)
    assert len(asked) == 2, "it is made ready for its size"


def test_what_is_seen_through_is_left_alone():
    keyed = page_with(100, mask=[200, 255, 0, 255, 0, 255])
    assert apart(drawn(keyed), drawn(keyed, Stock())) == 0
    data = BytesIO()
    canvas = Canvas(data, pagesize=(300, 200), invariant=1)
    faded = Image.new("RGBA", (60, 40), (200, 30, 30, 255))
    faded.putalpha(Image.linear_gradient("L").resize((60, 40)))
    canvas.drawImage(ImageReader(faded), 30, 20, 180, 120, mask="auto")
    canvas.save()
    assert apart(drawn(data.getvalue()), drawn(data.getvalue(), Stock())) == 0


def test_not_all_are_kept_for_ever(asked):
    stock = Stock()
    for shade in range(MOST + 1):
        drawn(page_with(shade), stock)
    drawn(page_with(MOST), stock)
    assert len(asked) == MOST + 1
    drawn(page_with(0), stock)
    assert len(asked) == MOST + 2
