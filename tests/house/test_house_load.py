"""House styles: the two built in, one's own laid over them, and what each mistake is answered with."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from layout.core import MM, Ink, Span
from layout.house import BUILT_IN, house_schema, load_house
from layout.house.model import STYLE_NAMES, House
from layout.resources import FONTS, PRESS
from layout.source import Source, Table, parse_yaml

ROLES = {"body", "headline", "kicker", "deck", "byline", "subhead", "caption", "credit", "folio"}
HERE = Span("issue.yaml", 5, 8)


def house(name: str = "broadsheet", **overrides: Any) -> House:
    checked = load_house(name, overrides=[(overrides, HERE)])
    assert checked.value is not None, checked.diagnostics
    return checked.value


def settings(text: str, path: str = "issue.yaml") -> tuple[Table, Span]:
    """Settings as an issue file gives them, with their places."""
    parsed = parse_yaml(Source(path, text))
    assert isinstance(parsed.value, Table), parsed.diagnostics
    return parsed.value, parsed.value.span


def faults(text: str, name: str = "broadsheet") -> list[tuple[str, int, int]]:
    found = load_house(name, overrides=[settings(text)]).diagnostics
    assert all(one.span.path == "issue.yaml" for one in found), found
    return [(one.code, one.span.line, one.span.column) for one in found]


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_built_in_style_is_whole(name: str) -> None:
    style = house(name)
    assert style.name == name
    assert set(style.styles) == set(STYLE_NAMES)
    assert set(style.faces) >= ROLES
    assert {one.role for one in style.styles.values()} <= set(style.faces)
    assert {one.ink for one in (*style.styles.values(), *style.rules.values())} <= set(style.palette)
    assert style.press.profile.parent == PRESS
    assert style.grid.margins.left == pytest.approx(style.grid.margins.right)


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_role_falls_back_over_every_face(name: str) -> None:
    everything = {path for path in FONTS.iterdir() if path.suffix == ".ttf"}
    for role, chain in house(name).faces.items():
        assert {face.path for face in chain} == everything, role


def test_the_broadsheet_is_a_full_sheet() -> None:
    style = house()
    assert (style.trim.width, style.trim.height, style.bleed) == (390 * MM, 550 * MM, 0)
    grid = style.grid
    assert (grid.columns, grid.characters, grid.gutter, grid.lines, grid.size, grid.pitch) == (8, 13, 1, 115, 9, 12)
    assert grid.width == pytest.approx(999)
    assert grid.margins.top == pytest.approx(34 * MM)
    assert grid.margins.left == pytest.approx((390 * MM - 999) / 2)
    assert grid.margins.bottom == pytest.approx((550 - 34) * MM - (114 * 12 + 9))
    assert style.palette["red"] == Ink(magenta=1, yellow=1)
    assert style.palette["black"] == Ink(black=1)
    body, headline = style.styles["body"], style.styles["headline"]
    assert (body.size, body.leading, body.indent, body.align, body.ink) == (9, 12, 2, "justify", "black")
    assert (headline.size, headline.align, headline.level) == (54, "centre", "news")
    assert (style.press.name, style.press.condition, style.press.ink_limit) == ("newsprint-240", "IFRA26", 2.4)
    assert (style.press.resolution, style.press.jpeg_quality, style.press.grey) == (200, 85, False)
    assert style.rules["double"].second > 0
    assert style.rules["dotted"].dash == (0.5, 2)


def test_the_tabloid_is_half_a_sheet() -> None:
    style = house("tabloid")
    assert (style.trim.width, style.trim.height) == (275 * MM, 390 * MM)
    assert (style.grid.columns, style.grid.characters, style.grid.lines, style.grid.pitch) == (6, 11, 80, 12)


def test_settings_are_laid_over_outermost_first() -> None:
    outer = settings("grid: {columns: 7, lines: 100}\nstyles: {default: {tracking: 0.02}}\n")
    inner = settings("grid: {lines: 90}\nstyles: {body: {tracking: 0.01}}\n")
    style = load_house("broadsheet", overrides=[outer, inner]).value
    assert style is not None
    assert (style.grid.columns, style.grid.lines, style.grid.characters) == (7, 90, 13)
    assert (style.styles["body"].tracking, style.styles["deck"].tracking) == (0.01, 0.02)
    assert style.grid.margins.left == pytest.approx(style.grid.margins.right)


def test_size_names_follow_the_table() -> None:
    named = {"headline": {"size": "小初"}}
    assert house(styles=named).styles["headline"].size == 30
    assert house(styles=named, sizes="office").styles["headline"].size == 36


def test_a_left_margin_is_kept() -> None:
    margins = house(grid={"margins": {"left": "10mm"}}).grid.margins
    assert margins.left == pytest.approx(10 * MM)
    assert margins.right > margins.left


def test_null_takes_a_rule_away() -> None:
    assert house().section.rule == "red"
    assert house(section={"rule": None}).section.rule is None


def test_press_conditions() -> None:
    assert house(press="coated").press.condition == "FOGRA39"
    changed = house(press={"ink_limit": 230, "grey": True}).press
    assert (changed.name, changed.ink_limit, changed.grey, changed.condition) == ("newsprint-240", 2.3, True, "IFRA26")
    other = house(press={"like": "newsprint-220", "name": "plant"}).press
    assert (other.name, other.profile.name) == ("plant", "NEWS26_TAC220.icc")
    both = load_house("broadsheet", overrides=[settings("press: {grey: true}\n"), settings("press: coated\n")]).value
    assert both is not None
    assert (both.press.name, both.press.grey) == ("coated", False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "house" / "fonts").mkdir(parents=True)
    (tmp_path / "house" / "fonts" / "Ours.ttc").touch()
    (tmp_path / "house" / "ours.icc").touch()
    (tmp_path / "house" / "ours.yaml").write_text(
        "name: ours\n"
        "faces: {ours: {file: fonts/Ours.ttc, index: 2, axes: {wght: 700, opsz: 12}}}\n"
        "roles: {headline: [ours, song]}\n"
        "press: {profile: ours.icc}\n",
        encoding="utf-8",
    )
    (tmp_path / "secret.otf").touch()
    return tmp_path


def test_ones_own_style_is_laid_over_the_broadsheet(folder: Path) -> None:
    checked = load_house("house/ours.yaml", root=folder)
    style = checked.value
    assert style is not None, checked.diagnostics
    assert (style.name, style.grid.columns) == ("ours", 8)
    face = style.faces["headline"][0]
    assert (face.path, face.index) == (folder / "house" / "fonts" / "Ours.ttc", 2)
    assert face.axes == (("opsz", 12.0), ("wght", 700.0))
    assert (style.press.profile, style.press.condition) == (folder / "house" / "ours.icc", "Custom")


def test_ones_own_style_may_extend_another(folder: Path) -> None:
    (folder / "house" / "sunday.yaml").write_text("name: sunday\nextends: ours.yaml\nbleed: 3mm\n", encoding="utf-8")
    style = load_house("house/sunday.yaml", root=folder).value
    assert style is not None
    assert (style.name, style.bleed, style.faces["headline"][0].index) == ("sunday", 3 * MM, 2)


def test_styles_may_not_extend_in_a_circle(folder: Path) -> None:
    (folder / "a.yaml").write_text("extends: b.yaml\n", encoding="utf-8")
    (folder / "b.yaml").write_text("extends: a.yaml\n", encoding="utf-8")
    (found,) = load_house("a.yaml", root=folder).diagnostics
    assert (found.code, found.span) == ("house-cycle", Span(str(folder / "b.yaml"), 1, 10))


def test_a_style_that_stands_alone_must_say_everything(folder: Path) -> None:
    (folder / "alone.yaml").write_text("extends: null\nname: alone\ngrid: {columns: 3}\n", encoding="utf-8")
    found = load_house("alone.yaml", root=folder).diagnostics
    assert {one.code for one in found} == {"missing-key"}
    assert {"'trim' is missing", "'pitch' is missing"} <= {one.message for one in found}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("brodsheet", "house-unknown"),
        ("none.yaml", "file-missing"),
        ("../outside.yaml", "path-escapes"),
        ("/etc/hosts.yaml", "path-escapes"),
    ],
)
def test_a_style_that_cannot_be_had(folder: Path, name: str, code: str) -> None:
    (found,) = load_house(name, root=folder / "house", span=HERE).diagnostics
    assert (found.code, found.span) == (code, HERE)


def test_the_nearest_style_is_named() -> None:
    assert "did you mean broadsheet?" in load_house("brodsheet").diagnostics[0].hint


def test_faces_stay_inside(folder: Path) -> None:
    (folder / "house" / "bad.yaml").write_text("faces: {song: ../secret.otf, kai: none.ttf}\n", encoding="utf-8")
    found = load_house("bad.yaml", root=folder / "house").diagnostics
    assert [(one.code, one.span.line, one.span.column) for one in found] == [
        ("path-escapes", 1, 15),
        ("file-missing", 1, 35),
    ]
    assert load_house("bad.yaml", root=folder / "house", allowed=[folder]).diagnostics[0].code == "file-missing"


MISTAKES = {
    "unknown setting": ("gird: {lines: 3}\n", [("unknown-key", 1, 1)]),
    "extends in an issue": ("extends: tabloid\n", [("unknown-key", 1, 1)]),
    "unknown style": ("styles: {headlin: {size: 9pt}}\n", [("unknown-key", 1, 10)]),
    "no length": ("trim: {width: 390 厘米}\n", [("bad-value", 1, 15)]),
    "size name of the other table": ("grid: {size: 八号}\n", [("bad-value", 1, 14)]),
    "negative length": ("bleed: -3mm\n", [("bad-value", 1, 8)]),
    "negative number": ("bleed: -3\n", [("bad-value", 1, 8)]),
    "size of nothing": ("styles: {body: {size: 0pt}}\n", [("bad-value", 1, 23)]),
    "no column": ("grid: {columns: 0}\n", [("bad-value", 1, 17)]),
    "half a column": ("grid: {columns: 7.5}\n", [("wrong-type", 1, 17)]),
    "too much ink": ("palette: {red: {m: 120}}\n", [("bad-value", 1, 20)]),
    "unknown ink of a style": ("styles: {subhead: {ink: rde}}\n", [("unknown-name", 1, 25)]),
    "unknown ink of the default": ("styles: {default: {ink: rde}}\n", [("unknown-name", 1, 25)]),
    "unknown role": ("styles: {body: {role: bodi}}\n", [("unknown-name", 1, 23)]),
    "unknown face in a chain": ("roles: {body: [song, kia]}\n", [("unknown-name", 1, 22)]),
    "unknown rule": ("furniture: {rule: doubel}\n", [("unknown-name", 1, 19)]),
    "unknown tint": ("section: {tint: pink}\n", [("unknown-name", 1, 17)]),
    "unknown press": ("press: newsprint\n", [("unknown-name", 1, 8)]),
    "unknown press to build on": ("press: {like: newsprint}\n", [("unknown-name", 1, 15)]),
    "unknown face": ("faces: {song: NotoSerif}\n", [("font-missing", 1, 15)]),
    "profile missing": ("press: {profile: none.icc}\n", [("file-missing", 1, 18)]),
    "unknown field": ('furniture: {folio_left: "{page}{papre}"}\n', [("bad-template", 1, 32)]),
    "brace left open": ('furniture: {slug: "{page"}\n', [("bad-template", 1, 20)]),
    "a list for a mapping": ("grid: [8, 13]\n", [("wrong-type", 1, 7)]),
    "press as a number": ("press: 5\n", [("unknown-name", 1, 8)]),
    "press as a list": ("press: [5]\n", [("wrong-type", 1, 8)]),
    "type area too wide": ("grid:\n  columns: 9\n", [("bad-geometry", 2, 12)]),
    "type area too high": ("grid:\n  lines: 200\n", [("bad-geometry", 2, 10)]),
    "trim too small": ("trim: {width: 300mm}\n", [("bad-geometry", 1, 15)]),
    "lines overlap": ("grid: {pitch: 8pt}\n", [("bad-geometry", 1, 15)]),
    "vertical lines overlap": ("vertical: {pitch: 8pt}\n", [("bad-geometry", 1, 19)]),
    "a rule between tiers that is not there": ("vertical: {rule: hairlien}\n", [("unknown-name", 1, 18)]),
    "folio line off the page": ("furniture: {folio_offset: 40mm}\n", [("bad-geometry", 1, 27)]),
    "marks off the paper": ("marks: {margin: 6mm}\n", [("bad-geometry", 1, 17)]),
    "no room beside the fold": ("spread: {gutter: 700mm}\n", [("bad-geometry", 1, 18)]),
    "an overlap beyond the bleed": ("spread: {overlap: 3mm}\n", [("bad-geometry", 1, 19)]),
    "resolutions upside down": ("press: {resolution_warn: 250}\n", [("bad-geometry", 1, 26)]),
    "several": (
        "bleed: much\ngrid: {columns: 0, linse: 3}\nstyles: {body: {ink: rde}}\nstandard: x3\n",
        [
            ("bad-value", 1, 8),
            ("bad-value", 2, 17),
            ("unknown-key", 2, 20),
            ("unknown-name", 3, 22),
            ("bad-value", 4, 11),
        ],
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_where_it_was_written(name: str) -> None:
    text, expected = MISTAKES[name]
    assert faults(text) == expected


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("gird: {}\n", "did you mean grid?"),
        ("栏: 3\n", "known here"),
        ("palette: {}\n标题: 3\n", "known here"),
        ("styles: {标题: {}}\n", "did you mean headline?"),
        ("styles: {body: {ink: rde}}\n", "did you mean red?"),
        ("faces: {song: NotoSerifSC-Regula}\n", "did you mean NotoSerifSC-Regular?"),
        ("press: newsprint\n", "did you mean newsprint-2"),
        ('furniture: {slug: "{papre}"}\n', "paper"),
    ],
)
def test_a_hint_names_the_nearest(text: str, hint: str) -> None:
    (found,) = load_house("broadsheet", overrides=[settings(text)]).diagnostics
    assert hint in found.hint


def test_an_override_that_is_no_mapping() -> None:
    found = load_house("broadsheet", overrides=[(5, HERE)]).diagnostics  # type: ignore[list-item]  # a caller's mistake
    assert [(one.code, one.span) for one in found] == [("wrong-type", HERE)]


ODD = (None, -1, True, "x", [None], {}, {"a": {"b": [1]}})


def paths(schema: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The way to every setting that the schema knows, and to one of a free name where names are free."""
    inner = dict(schema.get("properties", {}))
    if isinstance(schema.get("additionalProperties"), Mapping):
        inner |= {"song": schema["additionalProperties"], "red": schema["additionalProperties"]}
    for choice in schema.get("anyOf", ()):
        yield from paths(choice, above)
    for key, value in inner.items():
        yield (*above, key)
        yield from paths(value, (*above, key))


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_no_value_of_any_setting_is_a_crash(odd: object) -> None:
    for path in dict.fromkeys(paths(house_schema())):
        values: Any = odd
        for key in reversed(path):
            values = {key: values}
        checked = load_house("broadsheet", overrides=[(values, HERE)])
        assert (checked.value is None) == bool(checked.diagnostics), path
        assert {found.span for found in checked.diagnostics} <= {HERE}, path


def test_a_page_printed_in_black_only_has_no_coloured_ink() -> None:
    checked = load_house("broadsheet", overrides=[settings("press: {grey: true}\n")])
    assert checked.value is not None
    assert all(ink.black_only or not ink.coverage for ink in checked.value.palette.values())
    assert 0.5 < checked.value.palette["red"].black < 1
