from io import BytesIO

import numpy as np
import pypdfium2
import pytest
from msgspec.structs import replace
from pdf_samples import ALL_MARKS, NO_MARKS, content_of, document_of, opened, page_of, set_run, written

from layout.core import BLACK, MM, Ink, Point, Rect, Size
from layout.display import Fill
from layout.house.model import Marks
from layout.pdf.boxes import page_boxes
from layout.pdf.marks import centre_marks, crop_marks, fold_marks, outside_items, target_places

TRIM = Size(300.0, 400.0)


def rendered(data: bytes, scale: float = 2.0) -> np.ndarray:
    page = pypdfium2.PdfDocument(BytesIO(data))[0]
    return np.asarray(page.render(scale=scale, grayscale=True).to_pil())


def inked(picture: np.ndarray, rect: Rect, scale: float = 2.0) -> bool:
    top, bottom, left, right = (round(edge * scale) for edge in (rect.y, rect.bottom, rect.x, rect.right))
    return bool((picture[top:bottom, left:right] < 200).any())


@pytest.mark.parametrize("bleed", [0.0, 3 * MM, 20.0])
def test_marks_stand_outside_the_bleed_and_inside_the_medium(bleed: float) -> None:
    boxes = page_boxes(TRIM, bleed, ALL_MARKS)
    lines = crop_marks(boxes, ALL_MARKS)
    assert len(lines) == 8
    for start, end in lines:
        for place in (start, end):
            assert boxes.medium.contains(Rect(place.x, place.y, 0, 0))
        middle = Point((start.x + end.x) / 2, (start.y + end.y) / 2)
        assert not boxes.bled.contains(Rect(middle.x, middle.y, 0, 0))
        assert start.x in (0.0, 300.0) or start.y in (0.0, 400.0)


def test_marks_keep_their_offset_and_length() -> None:
    lines = crop_marks(page_boxes(TRIM, 0.0, ALL_MARKS), ALL_MARKS)
    assert (Point(-9.0, 0.0), Point(-21.0, 0.0)) in lines
    assert (Point(300.0, 409.0), Point(300.0, 421.0)) in lines


def test_no_room_no_marks() -> None:
    narrow = replace(ALL_MARKS, margin=5.0)
    assert crop_marks(page_boxes(TRIM, 0.0, narrow), narrow) == ()


def test_targets_make_way_for_the_slug() -> None:
    boxes = page_boxes(TRIM, 0.0, ALL_MARKS)
    assert target_places(boxes, ())[2:] == (Point(150.0, -15.0), Point(150.0, 415.0))
    slug = set_run("试验报二〇二六年七月二十日第一版彩色", 20, -12, size=9)
    _, _, above, below = target_places(boxes, (slug,))
    assert above.x > slug.x + slug.width + 8.5
    assert below == Point(150.0, 415.0)


def test_paper_between_trim_and_marks_is_clean() -> None:
    page = page_of(trim=TRIM, bleed=5.0, slug=(set_run("版面信息", 20, -12, size=9),))
    picture = rendered(written(document_of(page), marks=ALL_MARKS))
    assert picture.shape == (2 * (400 + 70), 2 * (300 + 70))
    assert not inked(picture, Rect(30.5, 30.5, 309, 409))
    assert inked(picture, Rect(0, 0, 370, 29))
    assert inked(picture, Rect(175, 0, 20, 29.5)), "target above"
    assert inked(picture, Rect(54, 10, 40, 19)), "slug"


def test_page_and_marks_are_kept_apart() -> None:
    spilling = set_run("出血之外", -60, 200, size=40)
    invading = set_run("侵入版面", 20, 20, size=20)
    page = page_of(spilling, trim=TRIM, bleed=5.0, slug=(invading,))
    picture = rendered(written(document_of(page), marks=replace(ALL_MARKS, crop=False, registration=False)))
    assert not inked(picture, Rect(0, 160, 29.5, 120)), "the page prints into the marks"
    assert inked(picture, Rect(31, 190, 100, 60))
    assert not inked(picture, Rect(40, 40, 200, 30)), "the slug prints into the page"


@pytest.mark.parametrize("field", ["crop", "registration", "slug"])
def test_each_mark_is_asked_for_by_itself(field: str) -> None:
    page = page_of(trim=TRIM, slug=(set_run("版面信息", 20, -12, size=9),))
    text = content_of(written(document_of(page), marks=replace(NO_MARKS, **{field: True})))
    drawn = {"crop": text.count(" l S") == 8, "registration": " c " in text, "slug": "Tj" in text or "TJ" in text}
    assert {key for key, there in drawn.items() if there} == {field}


def test_without_marks_the_slug_is_left_out() -> None:
    page = page_of(set_run("正文"), trim=TRIM, slug=(set_run("版面信息", 20, -12),))
    with opened(written(document_of(page), marks=NO_MARKS)) as pdf:
        assert len(pdf.pages[0].obj.Resources.Font.F1.ToUnicode.read_bytes().split(b"\n")) == 17
        assert "/ColorSpace" not in pdf.pages[0].obj.Resources


def test_marks_of_no_margin_are_no_marks() -> None:
    marks = Marks(crop=True, registration=True, slug=True, margin=0.0, offset=9, length=12, weight=0.25)
    assert " l S" not in content_of(written(document_of(page_of(trim=TRIM)), marks=marks))


@pytest.mark.parametrize("bleed", [0.0, 3 * MM])
def test_lines_mark_the_middle_of_each_side_and_the_folds(bleed: float) -> None:
    marks = replace(ALL_MARKS, centre=True, folds_across=(150.0,), folds_down=(100.0, 200.0))
    boxes = page_boxes(TRIM, bleed, marks)
    centres, folds = centre_marks(boxes, marks, ()), fold_marks(boxes, marks)
    assert {(start.x if start.x in (150.0, end.x) else start.y) for start, end in centres} == {150.0, 200.0}
    assert (len(centres), len(folds)) == (4, 6)
    for start, end in (*centres, *folds):
        middle = Point((start.x + end.x) / 2, (start.y + end.y) / 2)
        assert not boxes.bled.contains(Rect(middle.x, middle.y, 0, 0))
        assert all(boxes.medium.contains(Rect(place.x, place.y, 0, 0)) for place in (start, end))
        assert max(abs(start.x - end.x), abs(start.y - end.y)) == pytest.approx(12.0)
    assert {start.y for start, end in folds if start.y == end.y} == {150.0}
    assert {start.x for start, end in folds if start.x == end.x} == {100.0, 200.0}


def test_the_middle_makes_way_for_the_slug_and_the_bar() -> None:
    marks = replace(ALL_MARKS, centre=True)
    boxes = page_boxes(TRIM, 0.0, marks)
    slug = set_run("试验报二〇二六年七月二十日第一版彩色", 20, -12, size=9)
    bar = Fill(Rect(100, 410, 100, 14), Ink(cyan=1.0), tag="bar")
    assert len(centre_marks(boxes, marks, (slug,))) == 3
    assert len(centre_marks(boxes, marks, (slug, bar))) == 2
    _, _, above, below = target_places(boxes, (slug, bar))
    assert above.x > slug.x + slug.width + 8.5
    assert below.x > bar.rect.right + 8.5


def test_folds_are_dashed_and_cuts_are_not() -> None:
    marks = replace(NO_MARKS, crop=True, centre=True, folds_across=(200.0,))
    text = content_of(written(document_of(page_of(trim=TRIM)), marks=marks))
    solid, dashed = text.split("[2 1] 0 d")
    assert (solid.count(" l S"), dashed.count(" l S")) == (12, 2)


def test_items_outside_are_asked_for_by_their_tag() -> None:
    items = (
        replace(set_run("版面", 20, -12), tag="slug"),
        replace(set_run("Cyan", 60, -12), tag="ink-name"),
        Fill(Rect(0, 410, 9, 9), Ink(cyan=1.0), tag="bar"),
    )
    page = page_of(trim=TRIM, slug=items)
    for nth, field in enumerate(("slug", "inks", "bar")):
        assert outside_items(page, replace(NO_MARKS, **{field: True})) == (items[nth],)
    assert outside_items(page, NO_MARKS) == ()


@pytest.mark.parametrize("field", ["crop", "registration", "slug", "centre", "bar", "inks"])
def test_any_mark_makes_room_for_itself(field: str) -> None:
    assert page_boxes(TRIM, 0.0, replace(NO_MARKS, **{field: True})).margin == 30_000
    assert page_boxes(TRIM, 0.0, ALL_MARKS.off()).margin == 0
    assert page_boxes(TRIM, 0.0, replace(NO_MARKS, folds_down=(9.0,))).margin == 30_000


@pytest.mark.parametrize("bleed", [0.0, 3 * MM, 20.0])
def test_the_fold_of_a_spread_is_marked_outside_the_bleed(bleed: float) -> None:
    boxes = page_boxes(Size(600.0, 400.0), bleed, ALL_MARKS)
    marks = replace(ALL_MARKS, crop=True, folds_down=(), folds_across=())
    above, below = fold_marks(boxes, marks, 300.0)
    for start, end in (above, below):
        assert start.x == end.x == 300.0
        assert boxes.medium.contains(Rect(end.x, min(start.y, end.y), 0, abs(end.y - start.y)))
    assert above[0].y <= boxes.bled.y
    assert below[0].y >= boxes.bled.bottom
    assert all(abs(place.x - 300.0) > 100 for place in target_places(boxes, (), 300.0)[2:])
    assert not any(start.x == 300.0 for start, _ in centre_marks(boxes, marks, (), 300.0))
    assert fold_marks(boxes, replace(marks, crop=False), 300.0) == ()


def test_a_spread_shows_its_fold_and_a_half_nothing_beyond_it() -> None:
    page = page_of(Fill(Rect(20.0, 20.0, 260.0, 300.0), BLACK), trim=TRIM)
    whole, half = (
        rendered(written(document_of(each))) for each in (page, replace(page, within=Rect(0.0, 0.0, 100.0, 400.0)))
    )
    assert inked(whole, Rect(150.0, 100.0, 100.0, 100.0))
    assert not inked(half, Rect(101.0, 0.0, 199.0, 400.0))
    assert inked(half, Rect(20.0, 20.0, 79.0, 300.0))
    crop = replace(NO_MARKS, crop=True)
    marked = [
        rendered(written(document_of(replace(page_of(trim=TRIM), fold=fold)), marks=crop)) for fold in (None, 100.0)
    ]
    boxes = page_boxes(TRIM, 0.0, crop)
    mark = Rect(100.0 - boxes.medium.x - 2.0, 0.0, 4.0, -boxes.medium.y)
    assert [inked(picture, mark) for picture in marked] == [False, True]
