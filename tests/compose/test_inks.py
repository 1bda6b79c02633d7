"""The rules of ink on a composed story: told at the setting or the copy that is at fault, before there is a file."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace
from stories import HERE, copy, facts, passage, photo, setter, story

from layout.compose.grid import area_rect, type_area
from layout.compose.inks import ink_findings
from layout.compose.outside import outside, plates_of
from layout.compose.overprint import extent, knocked_out, plain_ruby
from layout.compose.story import Placement, compose_story
from layout.core import BLACK, WHITE, Ink, Point, Rect, Span, Spot
from layout.display import Curve, Fill, Glyph, GlyphRun, Item, Picture, Stroke
from layout.house import load_house
from layout.house.model import House
from layout.issue.model import Area, Box, HeadPlace
from layout.source import Source, Table, parse_yaml

RED = Ink(magenta=1.0, yellow=1.0)
TIN = Ink(spot=Spot("PANTONE 185 C", (0.0, 0.91, 0.76, 0.0)), tint=1.0)
OUTSIDE = ("ink-name", "bar", "slug")
RULES = "type-inks", "type-reversed", "type-invisible", "type-rich", "type-ink", "rule-", "spot-"


def run(size: float, ink: Ink, *, tag: str = "byline", x: float = 10, baseline: float = 50) -> GlyphRun:
    return GlyphRun(x, baseline, "face", size, ink, (Glyph(5, size, "字"),), overprint=ink.black_only, tag=tag)


def rule(width: float, ink: Ink) -> Stroke:
    return Stroke(Point(0, 0), Point(50, 0), width, ink, ink.black_only, tag="folio")


def house(text: str = "") -> House:
    parsed = parse_yaml(Source("ours.yaml", text or "bleed: 0\n")).value
    assert isinstance(parsed, Table)
    checked = load_house("broadsheet", overrides=[(parsed, parsed.span)])
    assert checked.value is not None, checked.diagnostics
    return checked.value


def codes(*items: Item, of: House | None = None) -> list[str]:
    return [f"{one.severity}:{one.code}" for one in ink_findings(items, of or house(), HERE, 1)]


GROUND = Fill(Rect(0, 0, 100, 100), Ink(black=0.6))


@pytest.mark.parametrize(
    ("items", "found"),
    [
        ((run(9, BLACK),), []),
        ((run(4, Ink(black=0.4)),), []),
        ((run(10, RED),), []),
        ((run(9.9, RED),), ["warning:type-inks-small"]),
        ((run(6.9, RED),), ["error:type-inks-tiny"]),
        ((run(6.9, Ink(magenta=1)),), []),
        ((run(30, Ink(0.5, 0.5, 0.5, 0.9)),), ["warning:type-rich-black"]),
        ((run(30, Ink(0.4, 0.4, 0.4, 0.9)),), []),
        ((run(30, WHITE),), ["error:type-invisible"]),
        ((Fill(Rect(0, 0, 100, 100), WHITE), run(30, WHITE)), ["error:type-invisible"]),
        ((Fill(Rect(50, 0, 100, 100), RED), run(30, WHITE)), ["error:type-invisible"]),
        ((GROUND, run(30, WHITE)), []),
        ((GROUND, run(9.9, WHITE)), ["warning:type-reversed-small"]),
        ((GROUND, run(6.9, WHITE)), ["error:type-reversed-tiny"]),
        ((Fill(Rect(0, 0, 100, 100), Ink(black=0.3)), run(30, WHITE)), ["warning:type-reversed-faint"]),
        ((Picture(Rect(0, 0, 100, 100), "a.jpg"), run(30, WHITE)), []),
        ((Fill(Rect(0, 0, 100, 100), RED), run(9, BLACK)), ["warning:type-ink-total"]),
        ((Fill(Rect(0, 0, 100, 100), Ink(magenta=1)), run(9, BLACK)), []),
        ((Fill(Rect(0, 0, 100, 100), Ink(1, 0.2, 0, 1)), run(9, BLACK)), []),
        ((rule(0.25, BLACK),), []),
        ((rule(0.2, BLACK),), ["warning:rule-thin"]),
        ((rule(0.2, RED),), ["warning:rule-inks-thin"]),
        ((rule(0.2, WHITE),), ["warning:rule-inks-thin"]),
        ((rule(0.25, RED),), []),
        ((Curve((Point(0, 0), Point(1, 1), Point(2, 2), Point(3, 3)), RED),), []),
    ],
)
def test_each_rule_at_its_limit(items: tuple[Item, ...], found: list[str]) -> None:
    assert codes(*items) == found


def test_the_limits_are_the_house_styles() -> None:
    strict = house("press: {ink_rules: {inks_warn: 20pt, inks_min: 12pt, reversed_warn: 20pt, rule_inks_min: 1.5pt}}\n")
    assert codes(run(14, RED), rule(1, RED), GROUND, run(14, WHITE), of=strict) == [
        "warning:type-inks-small",
        "warning:rule-inks-thin",
        "warning:type-reversed-small",
    ]
    assert codes(run(6, RED), of=house("press: coated\n")) == ["warning:type-inks-small"]


def test_a_kind_of_fault_is_told_once() -> None:
    assert codes(*[run(9, RED, x=x) for x in range(5)]) == ["warning:type-inks-small"]


def test_a_spot_is_refused_where_the_press_has_no_plate() -> None:
    text = "palette:\n  tin: {spot: PANTONE 185 C, cmyk: [0, 91, 76, 0]}\n  light: {of: tin, tint: 20}\n"
    light = replace(TIN, tint=0.2)
    (found,) = ink_findings((rule(1, light), run(30, TIN)), house(text), HERE, 1)
    assert (found.severity, found.code, found.span) == ("error", "spot-refused", Span("ours.yaml", 2, 3))
    assert "press: {spots: process}" in found.hint
    assert codes(run(30, TIN), of=house(text + "press: {spots: plates}\n")) == []
    assert codes(run(30, BLACK), of=house(text)) == [], "an ink that nothing is printed in does no harm"


def told(placement: Placement) -> list[tuple[str, Span]]:
    return [(one.code, one.span) for one in placement.diagnostics if one.code.startswith(RULES)]


def composed(style: str, **settings: Any) -> Placement:
    own = setter()
    own.house = house(style)
    return compose_story(story(**settings), own, facts("a.jpg"), page=1)


def test_the_place_is_the_style_that_is_at_fault() -> None:
    text = "styles:\n  caption: {ink: red}\n"
    found = composed(text, text=copy(4), photos=(photo(columns=2),))
    assert told(found) == [("type-inks-small", Span("ours.yaml", 2, 13))]


def test_the_place_is_the_markup_that_is_at_fault() -> None:
    marked = passage("大武口区政协坚持{履职:red}重点，紧跟发展步伐。", line=7)
    ((code, span),) = told(composed("", text=(*copy(3), marked)))
    assert (code, span.line) == ("type-inks-small", 7)
    assert span.column == 11 + marked.text.index("red")


def test_the_place_is_the_rule_that_is_at_fault() -> None:
    text = "rules:\n  mine: {width: 0.2pt, ink: red}\nphoto: {frame: mine}\n"
    found = composed(text, text=copy(4), photos=(photo(columns=2),))
    assert told(found) == [("rule-inks-thin", Span("ours.yaml", 2, 3))]


# overprint


def silent(size: float, ink: Ink) -> GlyphRun:
    """Ruby: glyphs without copy."""
    return replace(run(size, ink, tag="subhead"), glyphs=(Glyph(5, size, ""),))


def test_ruby_too_small_for_its_inks_is_black() -> None:
    items = (silent(6, RED), silent(7, RED), silent(6, Ink(magenta=1)), silent(6, WHITE), run(6, RED))
    made = plain_ruby(items, house())
    assert [item.ink for item in made if isinstance(item, GlyphRun)] == [BLACK, RED, Ink(magenta=1), WHITE, RED]
    assert [item.overprint for item in made if isinstance(item, GlyphRun)] == [True, False, False, False, False]
    text = (passage("{汉字|hàn zì}之美", "subhead"), *copy(3))
    placement = composed("", text=text)
    small = [item for item in placement.items if isinstance(item, GlyphRun) and item.tag == "subhead" and not item.text]
    assert [item.ink for item in small] == [BLACK] * 2
    assert [code for code, _ in told(placement)] == []


def test_a_fault_of_ruby_names_it_at_its_place() -> None:
    text = (*copy(1), passage("明方向 {汉字|hàn zì}之美", "subhead", line=30), *copy(3))
    placement = composed("section: {tint: red}\nstyles: {subhead: {ink: white}}", text=text)
    (fault,) = [one for one in placement.diagnostics if one.code == "type-reversed-tiny"]
    assert fault.message == "subhead ruby over “汉字” of 5.76 pt is reversed out of a ground"
    assert (fault.span.line, fault.span.column) == (30, 15)


def test_large_black_knocks_out_of_pictures_and_small_black_does_not() -> None:
    picture, style = Picture(Rect(0, 0, 100, 100), "a.jpg"), house()
    items = (picture, run(24, BLACK), run(23, BLACK), run(24, BLACK, x=200), rule(3, BLACK), rule(1, BLACK))
    assert [item.overprint for item in knocked_out(items, style)[1:]] == [False, True, True, False, True]
    assert [item.overprint for item in knocked_out(items[1:], style)] == [True] * 5, "there is no picture"


def test_black_knocks_out_of_a_ground_that_leaves_it_no_room() -> None:
    full, light = Fill(Rect(0, 0, 100, 100), RED), Fill(Rect(0, 0, 100, 100), Ink(yellow=1))
    for ground, overprints in ((full, [False, False, True]), (light, [True] * 3)):
        items = (ground, run(24, BLACK), run(12, BLACK), run(11.9, BLACK))
        assert [item.overprint for item in knocked_out(items, house())[1:]] == overprints


def test_only_what_is_printed_later_knocks_out() -> None:
    items = (run(30, BLACK), Picture(Rect(0, 0, 100, 100), "a.jpg"))
    assert knocked_out(items, house()) == items


def test_white_and_colours_never_overprint() -> None:
    text = "head: {tint: red}\nstyles: {headline: {ink: white}}\n"
    placement = composed(text, headline=passage("党建引领迈出新步伐", "headline"), text=copy(3))
    for item in placement.items:
        if isinstance(item, GlyphRun | Stroke | Fill) and not item.ink.black_only:
            assert not item.overprint


@pytest.mark.parametrize("flow", ["across", "down"])
def test_the_extent_of_type_is_its_em_boxes(flow: Any) -> None:
    box = extent(replace(run(10, BLACK, x=100, baseline=50), flow=flow))
    wanted = (100, 41.2, 10, 10) if flow == "across" else (95, 50, 10, 10)
    assert (box.x, box.y, box.width, box.height) == pytest.approx(wanted)


def test_the_extent_of_lines_is_their_ink() -> None:
    assert extent(rule(2, BLACK)) == Rect(-1, -1, 52, 2)
    curve = Curve((Point(0, 0), Point(1, 9), Point(2, 2), Point(3, 3)), BLACK, width=2)
    assert extent(curve) == Rect(-1, -1, 5, 11)


# reversed heads

REVERSED = """\
head: {tint: red}
styles: {headline: {ink: white, size: 36pt}, deck: {ink: white, size: 18pt}, byline: {ink: white}}
"""
HEADS = {
    "headline": passage("党建引领迈出新步伐", "headline"),
    "deck": passage("——大武口区政协工作亮点回眸", "deck"),
    "byline": passage("本报记者 罗 鸣", "byline"),
}


@pytest.mark.parametrize(
    "place",
    [
        {},
        {"head": HeadPlace(columns=3)},
        {"head": HeadPlace(vertical="left")},
        {"head": HeadPlace(vertical="right")},
        {"direction": "vertical"},
        {"direction": "vertical", "head": HeadPlace(horizontal=True)},
    ],
)
def test_a_reversed_head_stands_in_its_ground(place: dict[str, Any]) -> None:
    placement = composed(REVERSED, text=copy(6), **place, **HEADS)
    assert told(placement) == []
    (ground,) = [item for item in placement.items if isinstance(item, Fill)]
    assert (ground.ink, ground.tag) == (RED, "head")
    runs = [item for item in placement.items if isinstance(item, GlyphRun)]
    for item in runs:
        if item.tag in HEADS:
            assert ground.rect.contains(extent(item)), item.text
            assert (item.ink, item.overprint) == (WHITE, False)
        else:
            assert not ground.rect.overlaps(extent(item)), item.text
    assert area_rect(house().grid, Area(1, 6, 1, 40)).contains(ground.rect)


def test_the_type_is_in_the_middle_of_its_ground() -> None:
    placement = composed(REVERSED, text=copy(6), **HEADS)
    (ground,) = [item for item in placement.items if isinstance(item, Fill)]
    boxes = [extent(item) for item in placement.items if isinstance(item, GlyphRun) and item.tag in HEADS]
    above, below = min(b.y for b in boxes) - ground.rect.y, ground.rect.bottom - max(b.bottom for b in boxes)
    assert above == pytest.approx(below, abs=0.01)
    assert above > 6


def test_a_reversed_section_head_and_box() -> None:
    text = "section: {tint: red}\nstyles: {subhead: {ink: white}, subhead-long: {ink: white}}\n"
    sections = (passage("举旗帜 明方向", "subhead"), *copy(5))
    assert told(composed(text, text=sections)) == []
    boxed = composed("styles: {body: {ink: white}}\n", text=copy(5), box=Box(tint="grey-dark"))
    assert {code for code, _ in told(boxed)} == {"type-reversed-small"}


# outside the trim


def outside_of(text: str, *items: Item) -> tuple[Item, ...]:
    own = setter()
    own.house = house(text)
    values = {"paper": "样报", "date": date(2024, 1, 8), "page": 4, "version": 2, "digest": "0123abcd", "press": "p"}
    return outside(own, items, values, type_area(own.house.grid))


@pytest.mark.parametrize(
    ("items", "plates"),
    [
        ((), ["Black"]),
        ((run(9, BLACK), Picture(Rect(0, 0, 1, 1), "a", grey=True)), ["Black"]),
        ((rule(1, RED),), ["Magenta", "Yellow", "Black"]),
        ((Picture(Rect(0, 0, 1, 1), "a"),), ["Cyan", "Magenta", "Yellow", "Black"]),
        ((rule(1, TIN), rule(1, replace(TIN, tint=0.1))), ["Black", "PANTONE 185 C"]),
    ],
)
def test_a_page_has_the_plates_of_its_inks(items: tuple[Item, ...], plates: list[str]) -> None:
    assert [name for name, _ in plates_of(items)] == plates
    names = [item for item in outside_of("", *items) if item.tag == "ink-name"]
    assert "".join(item.text for item in names if isinstance(item, GlyphRun)).replace(" ", "") == "".join(
        plates
    ).replace(" ", "")
    assert all(isinstance(item, GlyphRun) and item.ink.colourants == 1 for item in names)


@pytest.mark.parametrize("bleed", ["0", "3mm"])
@pytest.mark.parametrize("margin", ["4mm", "12mm"])
def test_all_of_it_stands_between_bleed_and_edge(bleed: str, margin: str) -> None:
    text = f"bleed: {bleed}\nmarks: {{margin: {margin}, length: 1mm, offset: 0}}\n"
    style = house(text)
    page = Rect(0, 0, style.trim.width, style.trim.height)
    items = outside_of(text, Picture(Rect(0, 0, 1, 1), "a"), rule(1, TIN))
    assert {item.tag for item in items} == set(OUTSIDE)
    for item in items:
        assert not page.outset(style.bleed).overlaps(extent(item)), item
        if item.tag == "bar":
            assert page.outset(style.bleed + style.marks.margin).contains(extent(item)), item


def test_the_bar_has_solids_overprints_and_tints() -> None:
    bar = [item.ink for item in outside_of("", Picture(Rect(0, 0, 1, 1), "a"), rule(1, TIN)) if item.tag == "bar"]
    solids = [Ink(cyan=1), Ink(magenta=1), Ink(yellow=1), BLACK, TIN]
    assert bar == [*solids, RED, Ink(cyan=1, yellow=1), Ink(cyan=1, magenta=1), *(ink.screened(0.5) for ink in solids)]
    assert [item.ink for item in outside_of("") if item.tag == "bar"] == [BLACK, Ink(black=0.5)]


def test_the_bar_needs_no_plate_that_the_page_does_not() -> None:
    bar = [item.ink for item in outside_of("", rule(1, RED)) if item.tag == "bar"]
    solids = [Ink(magenta=1), Ink(yellow=1), BLACK]
    assert bar == [*solids, RED, *(ink.screened(0.5) for ink in solids)]


def test_the_slug_tells_version_and_content() -> None:
    slug = "".join(item.text for item in outside_of("") if isinstance(item, GlyphRun) and item.tag == "slug")
    assert slug == "样报 2024-01-08 04 v2 0123abcd p"


def test_ink_names_do_not_run_into_a_long_slug() -> None:
    long = f"furniture: {{slug: '{'很长的报名' * 26}'}}\n"
    items = outside_of(long, Picture(Rect(0, 0, 1, 1), "a"))
    slug, names = ([extent(item) for item in items if item.tag == tag] for tag in ("slug", "ink-name"))
    assert max(box.right for box in slug) < min(box.x for box in names)


def test_a_section_head_keeps_off_the_edges_of_its_ground() -> None:
    text = "section: {tint: red}\nstyles: {subhead: {ink: white, size: 30pt}}\n"
    placement = composed(text, text=(passage("举旗帜 明方向", "subhead"), *copy(5)))
    (ground,) = [item for item in placement.items if isinstance(item, Fill)]
    rows = [item for item in placement.items if isinstance(item, GlyphRun) and item.tag == "subhead"]
    assert len(rows) == 2  # divided at the clause space, since both clauses do not go into the column
    for row in rows:
        assert row.x - ground.rect.x >= 4.5
        assert ground.rect.right - row.x - row.width >= 4.5 - 0.01


@pytest.mark.parametrize(("mark", "tag"), [("slug", "slug"), ("inks", "ink-name"), ("bar", "bar")])
def test_what_is_not_wanted_is_not_there(mark: str, tag: str) -> None:
    assert {item.tag for item in outside_of(f"marks: {{{mark}: false}}\n")} == set(OUTSIDE) - {tag}
    assert outside_of("furniture: {slug: ''}\nmarks: {inks: false, bar: false}\n") == ()
