"""The text form of a display list: every kind of item, one a line."""

from datetime import date

from msgspec.structs import replace

from layout.core import BLACK, Ink, Point, Rect, Size, Spot
from layout.display import (
    Curve,
    DisplayPage,
    Document,
    Fill,
    Foreign,
    Glyph,
    GlyphRun,
    Item,
    Picture,
    Stroke,
    content_digest,
)
from layout.display.dump import dump

ITEMS = (
    GlyphRun(10, 20, "Song", 9, BLACK, (Glyph(5, 9.0, "国"), Glyph(6, 4.5, "，")), overprint=True, tag="body"),
    Fill(Rect(0, 0, 10.125, 5), Ink(magenta=1, yellow=1)),
    Stroke(Point(0, 1), Point(9, 1), 0.25, BLACK, dash=(1, 2)),
    Curve((Point(1, 2), Point(3, 4), Point(5, 6), Point(7, 8)), BLACK),
    Curve((Point(1, 2), Point(3, 4), Point(5, 6), Point(7, 8)), BLACK, 0.5, overprint=True, tag="body"),
    GlyphRun(10, 20, "Song", 9, BLACK, (Glyph(5, 9.0, "国"),), flow="down"),
    Picture(Rect(1, 2, 30, 20), "a.jpg", Rect(0, 0.125, 1, 0.75), grey=True),
)


def test_one_item_a_line() -> None:
    page = DisplayPage(4, Size(100, 200), 0, ITEMS, slug=(ITEMS[0],))
    assert dump(Document("样报", date(2024, 1, 8), (page,))).splitlines() == [
        "page 4 trim 100x200 bleed 0",
        "  type 10,20 width 13.5 Song 9 cmyk 0/0/0/100 overprint [body] 国，",
        "  fill 0,0 10.12x5 cmyk 0/100/100/0",
        "  rule 0,1 9,1 0.25 dash 1/2 cmyk 0/0/0/100",
        "  curve 1,2 7,8 filled cmyk 0/0/0/100",
        "  curve 1,2 7,8 0.5 cmyk 0/0/0/100 overprint [body]",
        "  type 10,20 width 9 down Song 9 cmyk 0/0/0/100 国",
        "  picture 1,2 30x20 crop 0.0000,0.1250 1.0000x0.7500 grey a.jpg",
        "  slug type 10,20 width 13.5 Song 9 cmyk 0/0/0/100 overprint [body] 国，",
    ]


def test_a_spot_by_its_name() -> None:
    tint = Ink(spot=Spot("专红 1", (0, 1, 1, 0)), tint=0.4)
    page = DisplayPage(4, Size(100, 200), 0, (Fill(Rect(0, 0, 1, 1), tint),))
    assert dump(Document("样报", date(2024, 1, 8), (page,))).splitlines()[1] == "  fill 0,0 1x1 spot '专红 1' 40"


def test_the_digest_tells_contents_apart() -> None:
    files = {"a.jpg": "0" * 64}
    run, fill, stroke, curve, *_, picture = ITEMS
    foreign = Foreign(Rect(0, 0, 7, 7), "ad.pdf")
    assert isinstance(run, GlyphRun)
    assert isinstance(curve, Curve)
    assert isinstance(picture, Picture)
    assert isinstance(fill, Fill)
    assert isinstance(stroke, Stroke)
    changed: tuple[Item, ...] = (
        replace(run, x=11.0),
        replace(run, glyphs=(Glyph(5, 9.0, "图"),)),
        replace(run, overprint=False),
        replace(run, ink=Ink(spot=Spot("A", (0, 1, 0, 0)), tint=1.0)),
        replace(fill, ink=Ink(magenta=1, yellow=0.99)),
        replace(stroke, width=0.3),
        replace(stroke, end=Point(9, 1.25)),
        replace(curve, points=(*curve.points[:3], Point(7, 9))),
        replace(picture, crop=Rect(0, 0.125, 1, 0.7499)),
        replace(foreign, rect=Rect(0, 0, 7, 7.1)),
        replace(foreign, page=2),
    )
    digests = {content_digest((*ITEMS, one), files) for one in (run, *changed)}
    assert len(digests) == len(changed) + 1
    assert content_digest(ITEMS, files) == content_digest(list(ITEMS), dict(files))
    assert content_digest(ITEMS, files) != content_digest(ITEMS, {"a.jpg": "1" * 64}), "another file of that name"
    assert content_digest(ITEMS[:2], {}) != content_digest(ITEMS[1::-1], {}), "what is painted last is on top"


def test_the_last_bit_of_a_length_makes_no_other_digest() -> None:
    def shifted(by: float) -> tuple[Item, ...]:
        return (
            replace(ITEMS[1], rect=Rect(by, 0, 10.125, 5 + by)),
            replace(ITEMS[2], start=Point(0, 1 - by), end=Point(9, 1 + by)),
            replace(ITEMS[3], points=(Point(1 + by, 2), *ITEMS[3].points[1:])),
            replace(ITEMS[6], rect=Rect(1, 2 + by, 30, 20), crop=Rect(-by, 0.125, 1, 0.75)),
            Foreign(Rect(-by, 0, 7, 7), "ad.pdf"),
        )

    assert len({content_digest(shifted(by), {}) for by in (0.0, 1e-13, -1e-13)}) == 1
