from io import BytesIO
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from pdf_samples import PRESS, content, document_of, opened, page_of, press_picture, written
from PIL import Image

from layout.core import Rect, Size
from layout.display import Picture
from layout.images import ImageFacts, ImageFault
from layout.images.probe import probe
from layout.pdf import prepare_pictures
from layout.pdf.pictures import pixels

TRIM = Size(300.0, 400.0)


@pytest.fixture
def facts(tmp_path: Path) -> dict[str, ImageFacts]:
    colour, small = tmp_path / "colour.png", tmp_path / "small.png"
    Image.linear_gradient("L").resize((1200, 900)).convert("RGB").save(colour)
    Image.new("RGB", (120, 90), (200, 60, 40)).save(small)
    return {"colour": probe(colour), "small": probe(small)}


class Facts:
    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height


def test_a_picture_fills_its_rectangle() -> None:
    item = Picture(Rect(10.5, 20, 150, 100), "a")
    with opened(written(document_of(page_of(item, trim=TRIM)), pictures={item: press_picture()})) as pdf:
        assert "q\n150 0 0 100 10.5 280 cm\n/Im1 Do\nQ" in content(pdf.pages[0])
        assert "/GSk gs" in content(pdf.pages[0])


def test_jpegs_go_in_as_they_are() -> None:
    colour, grey = Picture(Rect(0, 0, 60, 40), "a"), Picture(Rect(0, 50, 60, 40), "b", grey=True)
    pictures = {colour: press_picture(), grey: press_picture("L")}
    with opened(written(document_of(page_of(colour, grey, trim=TRIM)), pictures=pictures)) as pdf:
        first, second = pdf.pages[0].obj.Resources.XObject.Im1, pdf.pages[0].obj.Resources.XObject.Im2
        assert first.read_raw_bytes() == pictures[colour].data
        assert (str(first.Filter), str(first.ColorSpace), first.Width, first.Height) == (
            "/DCTDecode",
            "/DeviceCMYK",
            60,
            40,
        )
        assert [int(end) for end in first.Decode] == [1, 0] * 4
        assert str(second.ColorSpace) == "/DeviceGray"
        assert "/Decode" not in second


def test_samples_stored_the_other_way_are_turned() -> None:
    colour, grey = Picture(Rect(0, 0, 60, 40), "a"), Picture(Rect(0, 50, 60, 40), "b")
    pictures = {colour: replace(press_picture(), inverted=False), grey: replace(press_picture("L"), inverted=False)}
    with opened(written(document_of(page_of(colour, grey, trim=TRIM)), pictures=pictures)) as pdf:
        assert "/Decode" not in pdf.pages[0].obj.Resources.XObject.Im1
        assert [int(end) for end in pdf.pages[0].obj.Resources.XObject.Im2.Decode] == [1, 0]


def test_a_picture_that_stands_twice_is_stored_once() -> None:
    first, second = Picture(Rect(0, 0, 60, 40), "a"), Picture(Rect(0, 100, 60, 40), "a")
    pages = (page_of(first, second, trim=TRIM), page_of(first, trim=TRIM, folio=2))
    pictures = {first: press_picture(), second: press_picture()}
    data = written(document_of(*pages), pictures=pictures)
    assert data.count(b"/DCTDecode") == 1
    with opened(data) as pdf:
        assert content(pdf.pages[0]).count("/Im1 Do") == 2
        assert pdf.pages[0].obj.Resources.XObject.Im1.objgen == pdf.pages[1].obj.Resources.XObject.Im1.objgen


def test_tones_come_out_right() -> None:
    colour, grey = Picture(Rect(0, 0, 60, 40), "a"), Picture(Rect(0, 60, 60, 40), "b")
    pictures = {colour: press_picture(level=20), grey: press_picture("L", level=20)}
    data = written(document_of(page_of(colour, grey, trim=TRIM)), pictures=pictures)
    picture = np.asarray(pypdfium2.PdfDocument(BytesIO(data))[0].render(scale=1, grayscale=True).to_pil())
    assert picture[20, 30] > 180, "20/255 of each ink is a light tint"
    assert picture[80, 30] == pytest.approx(20, abs=3), "gray 20/255 is nearly black"


@given(
    width=st.integers(1, 6000),
    height=st.integers(1, 6000),
    rect=st.tuples(st.floats(0.5, 1200), st.floats(0.5, 1200)),
    crop=st.tuples(st.floats(0.05, 1), st.floats(0.05, 1)),
)
def test_never_more_pixels_than_asked_or_there(
    width: int, height: int, rect: tuple[float, float], crop: tuple[float, float]
) -> None:
    item = Picture(Rect(0, 0, *rect), "a", Rect(0, 0, *crop))
    across, down = pixels(item, Facts(width, height), 200.0)  # type: ignore[arg-type]
    assert 1 <= across <= max(1, round(min(rect[0] / 72 * 200, crop[0] * width) + 0.5))
    assert 1 <= down <= max(1, round(min(rect[1] / 72 * 200, crop[1] * height) + 0.5))


def test_pictures_come_at_press_resolution(facts: dict[str, ImageFacts]) -> None:
    large, small = Picture(Rect(0, 0, 144, 108), "colour"), Picture(Rect(0, 0, 144, 108), "small")
    document = document_of(page_of(large, small))
    made = prepare_pictures(document, facts=facts, press=PRESS)
    assert (made[large].width, made[large].height, made[large].components) == (400, 300, 4)
    assert (made[small].width, made[small].height) == (120, 90)


def test_the_same_request_is_converted_once(facts: dict[str, ImageFacts], monkeypatch: pytest.MonkeyPatch) -> None:
    from layout.pdf import pictures as module

    calls = []
    prepare = module.prepare
    monkeypatch.setattr(module, "prepare", lambda *args: calls.append(args) or prepare(*args))
    first, second = Picture(Rect(0, 0, 72, 54), "colour", tag="a"), Picture(Rect(9, 9, 72, 54), "colour", tag="b")
    other = Picture(Rect(0, 0, 72, 54), "colour", Rect(0, 0, 0.5, 0.5))
    made = prepare_pictures(document_of(page_of(first, second), page_of(first, other)), facts=facts, press=PRESS)
    assert len(calls) == 2
    assert made[first] is made[second]
    assert set(made) == {first, second, other}


def test_workers_change_nothing(facts: dict[str, ImageFacts]) -> None:
    items = [Picture(Rect(0, 0, 72, 54), "colour", Rect(x / 10, 0, 0.5, 0.5)) for x in range(5)]
    document = document_of(page_of(*items))
    alone = prepare_pictures(document, facts=facts, press=PRESS, jobs=1)
    together = prepare_pictures(document, facts=facts, press=PRESS, jobs=4)
    assert alone == together
    assert list(alone) == list(together) == items


def test_meanwhile_something_else_is_done_where_there_are_threads(facts: dict[str, ImageFacts]) -> None:
    items = [Picture(Rect(0, 0, 72, 54), "colour", Rect(x / 10, 0, 0.5, 0.5)) for x in range(2)]
    done: list[int] = []
    for jobs in (1, 2):
        made = prepare_pictures(
            document_of(page_of(*items)),
            facts=facts,
            press=PRESS,
            jobs=jobs,
            meanwhile=lambda jobs=jobs: done.append(jobs),
        )
        assert list(made) == items
    assert done == [2]


def test_kept_pictures_are_not_made_again(
    facts: dict[str, ImageFacts], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from layout.pdf import pictures as module

    items = [Picture(Rect(0, 0, 72, 54), "colour", Rect(x / 10, 0, 0.5, 0.5)) for x in range(3)]
    first = prepare_pictures(document_of(page_of(items[0])), facts=facts, press=PRESS, cache=tmp_path / "kept")
    calls = []
    prepare = module.prepare
    monkeypatch.setattr(module, "prepare", lambda *args: calls.append(args) or prepare(*args))
    made = prepare_pictures(document_of(page_of(*items)), facts=facts, press=PRESS, cache=tmp_path / "kept", jobs=2)
    assert len(calls) == 2
    assert made[items[0]] == first[items[0]]
    assert list(made) == items


def test_grey_pages_and_grey_pictures_have_one_plate(facts: dict[str, ImageFacts]) -> None:
    colour, grey = Picture(Rect(0, 0, 72, 54), "colour"), Picture(Rect(0, 0, 72, 54), "colour", grey=True)
    document = document_of(page_of(colour, grey))
    made = prepare_pictures(document, facts=facts, press=PRESS)
    assert (made[colour].components, made[grey].components) == (4, 1)
    made = prepare_pictures(document, facts=facts, press=replace(PRESS, grey=True))
    assert (made[colour].components, made[grey].components) == (1, 1)


def test_an_unusable_source_is_a_fault(facts: dict[str, ImageFacts], tmp_path: Path) -> None:
    (tmp_path / "small.png").write_bytes(b"no picture")
    document = document_of(page_of(Picture(Rect(0, 0, 72, 54), "colour"), Picture(Rect(0, 0, 72, 54), "small")))
    for jobs in (1, 3):
        with pytest.raises(ImageFault):
            prepare_pictures(document, facts=facts, press=PRESS, jobs=jobs)


def test_no_picture_comes_below_the_warning(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    Image.linear_gradient("L").resize((1120, 1120)).convert("RGB").save(path)
    item = Picture(Rect(0, 0, 288, 288), "a")  # 4 inches: half of the source is 140 ppi
    press = replace(PRESS, resolution=150.0, resolution_warn=150.0)
    made = prepare_pictures(document_of(page_of(item)), facts={"a": probe(path)}, press=press)[item]
    assert made.width / 4 >= 150
