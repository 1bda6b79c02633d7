from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_samples import ALL_MARKS, NO_MARKS

from layout.core import MM, Point, Size
from layout.house.model import Marks
from layout.pdf.boxes import page_boxes

lengths = st.floats(50.0, 4000.0)
margins = st.floats(0.0, 60.0)


def decimals(box: object) -> list[Decimal]:
    return [Decimal(edge) for edge in box.sequence]  # type: ignore[attr-defined]


@given(width=lengths, height=lengths, bleed=margins, margin=margins)
def test_boxes_nest_as_they_are_written(width: float, height: float, bleed: float, margin: float) -> None:
    marks = Marks(crop=True, registration=False, slug=False, margin=margin, offset=9, length=12, weight=0.25)
    entries = {key: decimals(box) for key, box in page_boxes(Size(width, height), bleed, marks).entries().items()}
    media, bled, trim = (entries[key] for key in ("MediaBox", "BleedBox", "TrimBox"))
    for outer, inner in ((media, bled), (bled, trim)):
        assert outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]
        assert inner[0] - outer[0] == outer[2] - inner[2] == inner[1] - outer[1] == outer[3] - inner[3]
    assert Decimal("-0.000001") <= Decimal(width) - (trim[2] - trim[0]) < Decimal("0.001")
    assert trim[0] - bled[0] >= Decimal(bleed) - Decimal("0.000002")


def test_without_marks_the_medium_is_the_bleed() -> None:
    entries = page_boxes(Size(1000, 1400), 8.5, NO_MARKS).entries()
    assert decimals(entries["MediaBox"]) == decimals(entries["BleedBox"]) == [0, 0, 1017, 1417]


def test_without_bleed_and_marks_all_boxes_are_one() -> None:
    entries = page_boxes(Size(390 * MM, 540 * MM), 0.0, NO_MARKS).entries()
    assert decimals(entries["MediaBox"]) == decimals(entries["BleedBox"]) == decimals(entries["TrimBox"])


def test_any_one_mark_brings_the_margin() -> None:
    for marks in (
        Marks(crop=True, registration=False, slug=False, margin=30, offset=9, length=12, weight=0.25),
        Marks(crop=False, registration=True, slug=False, margin=30, offset=9, length=12, weight=0.25),
        Marks(crop=False, registration=False, slug=True, margin=30, offset=9, length=12, weight=0.25),
    ):
        assert page_boxes(Size(100, 100), 0.0, marks).margin == 30_000


def test_y_is_flipped_about_the_trim() -> None:
    boxes = page_boxes(Size(1000, 1400), 8.5, ALL_MARKS)
    assert boxes.point(Point(0, 0)) == pytest.approx((38.5, 1438.5))
    assert boxes.point(Point(1000, 1400)) == pytest.approx((1038.5, 38.5))
    assert boxes.point(Point(-8.5, -8.5)) == pytest.approx((30.0, 1447.0))
