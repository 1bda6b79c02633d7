"""The text form of a display list: every kind of item, one a line."""

from datetime import date

from layout.core import BLACK, Ink, Point, Rect, Size
from layout.display import Curve, DisplayPage, Document, Fill, Glyph, GlyphRun, Picture, Stroke
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
