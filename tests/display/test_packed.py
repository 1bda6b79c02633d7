"""Pages as bytes: the same page again, and nothing but a page."""

import os
import pickle

import msgspec
import pytest

from layout.core import BLACK, Ink, Point, Rect, Size, Spot
from layout.display import Curve, DisplayPage, Fill, Foreign, Glyph, GlyphRun, Picture, Stroke, packed, unpacked

RED = Ink(spot=Spot("Red", (0.0, 1.0, 0.9, 0.1)), tint=0.3)
PAGE = DisplayPage(
    4,
    Size(100.0, 200.0),
    8.5,
    (
        GlyphRun(0.1, 20.0, "Song", 9.0, BLACK, (Glyph(5, 9.0, "国"), Glyph(6, 4.5, "", -0.5, 1e-9)), flow="down"),
        Fill(Rect(0.0, 0.0, 10.125, 5.0), RED, overprint=True, tag="tint"),
        Stroke(Point(0.0, 1.0), Point(9.0, 1.0), 0.25, BLACK, dash=(1.0, 2.0)),
        Curve((Point(1.0, 2.0), Point(3.0, 4.0), Point(5.0, 6.0), Point(7.0, 8.0)), BLACK),
        Picture(Rect(1.0, 2.0, 30.0, 20.0), "照片.jpg", Rect(0.0, 0.125, 1.0, 0.75), grey=True),
        Foreign(Rect(1.0, 2.0, 30.0, 20.0), "ad.pdf", 2, ("Black",)),
    ),
    slug=(Fill(Rect(0.0, -9.0, 1.0, 1.0), BLACK),),
    fold=50.0,
    within=Rect(0.0, 0.0, 50.0, 200.0),
)


def test_the_same_page_again() -> None:
    assert unpacked(packed(PAGE)) == PAGE
    assert repr(unpacked(packed(PAGE))) == repr(PAGE)


def test_a_page_is_pickled_as_its_bytes() -> None:
    assert packed(PAGE) in pickle.dumps(PAGE)
    assert pickle.loads(pickle.dumps(PAGE)) == PAGE


class Trap:
    """What a hostile file would have the program call."""

    def __reduce__(self) -> tuple[object, ...]:
        return (os.mkdir, ("sprung",))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"junk",
        packed(PAGE)[:-1],
        packed(PAGE) + b"\0",
        packed(PAGE).replace(b"Stroke", b"Stroll"),
        msgspec.msgpack.encode({"folio": 4, "trim": "A4"}),
        msgspec.msgpack.encode(["no page"]),
        pickle.dumps(Trap()),
    ],
)
def test_what_is_no_page(data: bytes) -> None:
    assert unpacked(data) is None
