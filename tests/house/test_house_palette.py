"""The palette: spot inks, tints of inks, what a press condition makes of them, and what is wrong with them."""

from typing import Any

import pytest

from layout.core import Ink, Span, Spot
from layout.house import load_house
from layout.house.model import House
from layout.source import Source, Table, parse_yaml

TIN = Spot("PANTONE 185 C", (0.0, 0.91, 0.76, 0.0))
PALETTE = """\
palette:
  tin: {spot: PANTONE 185 C, cmyk: [0, 91, 76, 0]}
  light: {of: tin, tint: 20}
  pink: {of: red, tint: 30}
"""


def loaded(text: str, *more: str) -> Any:
    layers = []
    for each in (text, *more):
        parsed = parse_yaml(Source("issue.yaml", each)).value
        assert isinstance(parsed, Table)
        layers.append((parsed, parsed.span))
    return load_house("broadsheet", overrides=layers)


def house(text: str, *more: str) -> House:
    checked = loaded(text, *more)
    assert checked.value is not None, checked.diagnostics
    return checked.value


def faults(text: str) -> list[tuple[str, int]]:
    return [(one.code, one.span.line) for one in loaded(text).diagnostics]


def test_a_spot_keeps_its_plate_and_its_tints_theirs() -> None:
    inks = house(PALETTE + "press: {spots: plates}\n").palette
    assert inks["tin"] == Ink(spot=TIN, tint=1.0)
    assert inks["light"] == Ink(spot=TIN, tint=0.2)
    assert inks["pink"] == Ink(magenta=0.3, yellow=0.3)


def test_the_converter_mixes_a_spot_out_of_process_inks() -> None:
    inks = house(PALETTE + "press: {spots: process}\n").palette
    assert inks["tin"] == Ink(magenta=0.91, yellow=0.76)
    assert inks["light"] == Ink(magenta=0.182, yellow=0.152)


def test_each_spot_may_be_treated_by_its_name() -> None:
    gold = "  gold: {spot: Gold 871, cmyk: [20, 25, 60, 25]}\n"
    style = house(PALETTE + gold + "press: {spots: {PANTONE 185 C: process}}\n")
    assert style.palette["tin"].spot is None
    spot = style.palette["gold"].spot
    assert spot is not None
    assert style.refuses(spot), "what is not named is refused"


@pytest.mark.parametrize("name", ["newsprint-240", "newsprint-220"])
def test_newsprint_has_no_fifth_plate(name: str) -> None:
    style = house(f"{PALETTE}press: {name}\n")
    assert style.refuses(TIN)
    assert style.palette["tin"].spot == TIN, "it is refused where it is used, not where it is defined"
    assert not house(PALETTE + "press: coated\n").refuses(TIN)


def test_a_grey_page_has_tints_of_black() -> None:
    inks = house(PALETTE + "press: {grey: true, spots: plates}\n").palette
    assert all(ink.tints[:3] == (0, 0, 0) and ink.spot is None for ink in inks.values())
    assert 0 < inks["light"].black < inks["tin"].black


@pytest.mark.parametrize("spots", ["plates", "process", "refuse"])
def test_the_order_of_definition_is_no_matter(spots: str) -> None:
    turned = "palette:\n  light: {of: tin, tint: 20}\n  tin: {spot: PANTONE 185 C, m: 91, y: 76}\n"
    press = f"press: {{spots: {spots}}}\n"
    assert house(turned + press).palette["light"] == house(PALETTE + press).palette["light"]


def test_an_ink_told_in_another_way_takes_the_place_of_the_one_below() -> None:
    assert house("palette: {red: {spot: A, cmyk: [0, 90, 0, 0]}}\n").palette["red"].spot == Spot("A", (0, 0.9, 0, 0))
    assert house("palette: {red: {cmyk: [10, 0, 0, 0]}}\n").palette["red"] == Ink(cyan=0.1)
    both = house("palette: {red: {spot: A, cmyk: [0, 90, 0, 0]}}\n", "palette: {red: {m: 50}}\n")
    assert both.palette["red"] == Ink(magenta=0.5)
    assert house("palette: {red: {m: 95}}\n").palette["red"] == Ink(magenta=0.95, yellow=1.0), "as it always was"


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ("{of: red, m: 10}", "bad-ink"),
        ("{cmyk: [0, 0, 0, 9], m: 10}", "bad-ink"),
        ("{of: new}", "bad-ink"),
        ("{spot: Gold}", "bad-ink"),
        ("{spot: Gold, cmyk: [0, 0, 0, 0]}", "bad-ink"),
        ("{spot: All, cmyk: [99, 0, 0, 0]}", "spot-name"),
        ("{spot: ' black', cmyk: [0, 0, 0, 90]}", "spot-name"),
        ("{spot: PANTONE 185 C, cmyk: [0, 90, 76, 0]}", "spot-differs"),
        ("{spot: Pantone 185C, cmyk: [0, 91, 76, 0]}", "spot-differs"),
        ("{of: blue}", "unknown-name"),
        ("{cmyk: [0, 0, 90]}", "bad-value"),
        ("{spot: 5, tint: 120}", "bad-value"),
    ],
)
def test_what_is_wrong_is_told_at_its_ink(entry: str, code: str) -> None:
    assert (code, 5) in faults(f"{PALETTE}  new: {entry}\npress: {{spots: plates}}\n")


def test_tints_in_a_circle() -> None:
    found = faults("palette:\n  a: {of: b}\n  b: {of: a, tint: 50}\n  c: {of: a}\n")
    assert found == [("bad-ink", 2), ("bad-ink", 3), ("bad-ink", 4)]


def test_too_much_ink_is_refused_after_conversion() -> None:
    deep = "palette:\n  deep: {spot: Deep, cmyk: [90, 90, 90, 0]}\n"
    assert faults(deep + "press: {spots: process}\n") == [("bad-geometry", 2)]
    assert house(deep + "press: {spots: plates}\n").palette["deep"].coverage == 1.0


def test_where_settings_are_written() -> None:
    style = house("palette: {mine: {m: 50}}\nstyles:\n  deck: {ink: mine}\n")
    here, other = Span("issue.yaml", 3, 10), Span("x", 9, 9)
    assert style.place(("styles.deck.size", "styles.deck.ink"), other) == here
    assert style.place(("styles.headline.ink", "palette.red"), other) == other, "the built-in style says that"


@pytest.mark.parametrize(
    ("press", "intent"),
    [
        ("{profile: COATED39_TAC300.icc}", ("Custom", "", "Press profile COATED39_TAC300.icc")),
        ("{profile: COATED39_TAC300.icc, condition: FOGRA39, info: ours}", ("FOGRA39", "http://www.color.org", "ours")),
        ("{profile: NEWS26_TAC240.icc}", ("IFRA26", "http://www.color.org", None)),
        ("{profile: COATED39_TAC300.icc, condition: plant 7, registry: null}", ("plant 7", "", None)),
    ],
)
def test_a_profile_of_ones_own_does_not_go_under_a_registered_name(press: str, intent: tuple[str, str, Any]) -> None:
    made = house(f"press: {press}\n").press
    assert (made.condition, made.registry) == intent[:2]
    assert intent[2] in (None, made.info)
