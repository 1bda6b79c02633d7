"""Tables whose cells go over several columns or rows, and tables that go on in the next column (rule B-7)."""

import pytest
from msgspec.structs import replace
from stories import HERE, copy, setter, story

from layout.compose import Placement, Setter
from layout.compose.floating import pour_round
from layout.compose.grid import Slot
from layout.compose.pour import Inset, Text
from layout.compose.story import compose_story
from layout.display import GlyphRun, Stroke
from layout.issue.copy import all_lines
from layout.issue.model import Area, Cell, Spread, TableCopy
from layout.issue.tables import read_rows
from layout.source import Placed, Source
from layout.text import Broken, ReferenceMetrics, Setting, break_lines, set_paragraph

HEADS = """\
|镇|2025年|<|2024年|<|
|^|产量|同比|产量|同比|
|--|--|--|--|--|
|沙湖镇|1,203|5.6|1,139|3.2|
|星海镇|980|−2.1|无数据|<|
"""
GROUPS = """\
类别|项目|进展
工业|年产10万吨材料|主体完工
^|智能装备|安装
^|物流中心|使用
民生|医院|封顶
^|学校|开学
合计|5项|—
"""


def read(rows: str) -> tuple[TableCopy | None, list[str]]:
    made = read_rows(all_lines(rows), Placed(rows, Source("issue.yaml", rows), ((0, 0),)), page=1)
    return made.table, [f"{fault.span.column} {fault.code}" for fault in made.faults]


def table(rows: str, **settings: object) -> TableCopy:
    made, faults = read(rows)
    assert made is not None
    assert faults == []
    return replace(made, span=HERE, **settings)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def house() -> Setter:
    return setter({"table": {"column": "hairline"}})


def made(house: Setter, *tables: TableCopy, **settings: object) -> Placement:
    settings.setdefault("text", copy(6))
    return compose_story(story(tables=tables, **settings), house, {}, page=1)


def run(placement: Placement, text: str) -> GlyphRun:
    return next(item for item in runs(placement) if item.text == text)


def runs(placement: Placement) -> list[GlyphRun]:
    return [item for item in placement.items if isinstance(item, GlyphRun) and item.tag.startswith("table")]


def middle(item: GlyphRun) -> float:
    return item.x + item.width / 2


def rules(placement: Placement) -> list[Stroke]:
    return [item for item in placement.items if isinstance(item, Stroke) and item.tag == "table"]


# as typed


def test_a_cell_over_columns_that_hold_nothing_else(house: Setter) -> None:
    table, told = read("1|<\n^|^\n2|<\n")
    assert table is not None
    assert not told
    made = compose_story(story(tables=(table,), text=copy(2)), house, {}, page=1)
    assert [run.text for run in made.items if isinstance(run, GlyphRun) and run.tag.startswith("table")] == ["1", "2"]


def test_a_cell_over_several_columns_of_a_table_that_is_too_wide(house: Setter) -> None:
    table, _ = read(f"1|<|乙\n国|国|{'internationalization' * 4}\n")
    assert table is not None
    made = compose_story(story(tables=(table,), text=copy(2), area=Area(1, 1, 1, 60)), house, {}, page=1)
    assert "table-too-wide" in {found.code for found in made.diagnostics}


def test_marks_give_their_places_to_the_cells_beside_them() -> None:
    made = table(HEADS)
    assert [[cell and cell.text for cell in row.cells] for row in made.heads] == [
        ["镇", "2025年", None, "2024年", None],
        [None, "产量", "同比", "产量", "同比"],
    ]
    assert made.heads[0].spreads == ((0, Spread(1, 2)), (1, Spread(2, 1)), (3, Spread(2, 1)))
    assert made.rows[1].spread(3) == (2, 1)
    assert made.rows[0].spreads == ()


def test_a_head_without_dashes_ends_with_its_last_cell() -> None:
    made = table("|镇|产量|<|\n|^|小麦|水稻|\n|沙湖镇|1|2|\n")
    assert (len(made.heads), len(made.rows)) == (2, 1)


def test_a_block_goes_over_columns_and_rows() -> None:
    made = table("甲|乙|丙\n无|<|1\n^|<|2\n^|^|3\n")
    assert made.rows[0].spreads == ((0, Spread(2, 3)),)


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ("甲|乙\n<|1\n", ["1 table-spread"]),  # nothing on its left
        ("甲|乙\n--|--\n^|1\n", ["1 table-spread"]),  # the head keeps to itself
        ("甲|乙\n1|2\n分组\n^|3\n", ["1 table-spread"]),  # nor over a heading
        ("甲|乙|丙\n1|<|2\n^|3|4\n", ["1 table-spread"]),  # no rectangle
        ("甲|乙\n1|2|<\n", ["1 table-ragged"]),
    ],
)
def test_marks_that_make_no_sense_are_told(rows: str, wrong: list[str]) -> None:
    assert read(rows)[1] == wrong


def test_the_sign_itself_is_typed_with_a_backslash() -> None:
    made = table("甲|乙\n\\<|\\^\n")
    assert [cell and cell.text for cell in made.rows[0].cells] == ["\\<", "\\^"]


# on the page


def test_heads_stand_in_the_middle_of_what_they_head(house: Setter) -> None:
    placement = made(house, table(HEADS, before=0), columns=2)
    yields = [item for item in runs(placement) if item.text == "产量"]
    shares = [item for item in runs(placement) if item.text == "同比"]
    first, second, below = run(placement, "2025年"), run(placement, "2024年"), rules(placement)
    for head, (left, right) in zip((first, second), zip(yields, shares, strict=True), strict=True):
        assert left.x < middle(head) < right.x + right.width
        pitch = house.house.grid.pitch
        assert left.baseline - head.baseline == pytest.approx(pitch)
        under = [r for r in below if r.start.y == r.end.y and head.baseline < r.start.y < left.baseline]
        assert any(r.start.x <= left.x and right.x + right.width <= r.end.x + 0.01 for r in under)
        assert all(r.end.x - r.start.x < placement.columns[0].width / 2 for r in under)  # below the two, not below 镇
    assert run(placement, "镇").baseline == pytest.approx((first.baseline + yields[0].baseline) / 2)


def test_cells_over_rows_stand_in_their_middle_and_no_rule_cuts_them(house: Setter) -> None:
    placement = made(house, table(GROUPS, before=0), columns=2)
    names = [run(placement, name) for name in ("年产10万吨材料", "智能装备", "物流中心")]
    group = run(placement, "工业")
    assert group.baseline == pytest.approx(names[1].baseline)
    across = [r for r in rules(placement) if r.start.y == r.end.y]
    inside = [r for r in across if names[0].baseline < r.start.y < names[2].baseline]
    assert len(inside) == 2
    assert all(r.start.x > group.x + group.width for r in inside)
    between = [r for r in across if names[2].baseline < r.start.y < run(placement, "医院").baseline]
    assert any(r.start.x < group.x for r in between)


def test_uprights_keep_out_of_cells_over_columns(house: Setter) -> None:
    placement = made(house, table(HEADS, before=0), columns=2)
    missing = run(placement, "无数据")
    top = missing.baseline - house.house.grid.pitch / 2
    crossing = [
        r for r in rules(placement) if r.start.x == r.end.x and r.end.y > top and missing.x < r.start.x < 10_000
    ]
    assert all(not missing.x < r.start.x < missing.x + missing.width for r in crossing)
    assert any(r.start.x == r.end.x for r in rules(placement))


def test_a_long_head_widens_its_columns_or_is_broken(house: Setter) -> None:
    rows = "|镇|夏季粮食作物播种面积合计|<|\n|^|小麦|油菜|\n|--|--|--|\n|沙湖镇|1|2|\n"
    placement = made(house, table(rows, before=0), columns=2)
    assert [found.code for found in placement.diagnostics if found.code != "underset"] == []
    head = "".join(item.text for item in runs(placement))
    assert "夏季粮食作物播种面积合计" in head


def test_cells_are_set_solid(house: Setter) -> None:
    """No gap between Han and Latin, nothing opened, in one line and in several."""
    rows = "指标|说明\n产值|高于全市2.3个百分点\n增速|比上年加快1.2个百分点居全市第2位比全国高0.8个百分点\n"
    placement = made(house, table(rows, before=0))
    size = house.style("table").size
    for item in runs(placement):
        if item.tag == "table" and item.text.strip():
            han = [glyph.advance for glyph in item.glyphs if glyph.text > "\u2fff"]
            figures = [glyph.advance for glyph in item.glyphs if glyph.text.isdigit()]
            assert han == pytest.approx([size] * len(han))
            assert figures == pytest.approx([size / 2] * len(figures))


# parted


def slots(*heights: int) -> tuple[Slot, ...]:
    return tuple(Slot(column, line, 0.0, 0.0, 100.0) for column, height in enumerate(heights) for line in range(height))


def broken(lines: int) -> Broken:
    made = break_lines(set_paragraph("国" * (17 * lines - 4), Setting(ReferenceMetrics())), (17.0,))
    assert made is not None
    return made


LONG = "镇|产量\n" + "".join(f"第{n}镇|{n}\n" for n in range(1, 31))


def test_a_table_that_no_column_holds_is_parted_with_its_head_above_each_part(house: Setter) -> None:
    placement = made(house, table(LONG, before=0), area=Area(1, 3, 1, 30), columns=3, text=copy(1), headline=None)
    heads = [item for item in runs(placement) if item.text == "产量"]
    assert len(heads) == 2
    assert {item.baseline for item in heads} == {heads[0].baseline}
    assert [item.text for item in runs(placement) if item.text.startswith("第")] == [f"第{n}镇" for n in range(1, 31)]
    assert [found.code for found in placement.diagnostics if found.code != "underset"] == []
    ends = [r.start.y for r in rules(placement) if r.start.y == r.end.y and r.width > 0.9]
    assert len(ends) == 4  # a thick rule above and below each part


def test_a_table_that_a_column_holds_stays_whole() -> None:
    inset = Inset(8, 1, 1, tuple((line, line - 1) for line in range(3, 7)))
    text = Text((broken(8),))
    poured = pour_round((Inset(4, 1), inset, text), slots(10, 12), measure=17.0, limit=float("inf"))
    assert poured is not None
    assert poured.placed[1].slots == tuple(range(10, 18))  # the text runs on before it


def test_no_row_is_left_alone() -> None:
    inset = Inset(9, 1, 1, tuple((line, line - 1) for line in range(3, 8)))  # a head and eight rows
    poured = pour_round((Inset(3, 1), inset), slots(6, 4, 9), measure=17.0, limit=float("inf"))
    assert poured is not None
    assert poured.over == 0
    parted = pour_round((Inset(3, 1), inset), slots(6, 4, 6), measure=17.0, limit=float("inf"))
    assert parted is not None
    assert parted.over == 0
    assert parted.placed[1].slots == (
        *range(6, 10),
        *range(10, 16),
    )  # three rows and the other five; not one at the foot


def test_a_house_style_that_does_not_part_tables_says_that_none_holds_it() -> None:
    whole = setter({"table": {"split": False}})
    placement = made(whole, table(LONG, before=0), area=Area(1, 3, 1, 20), columns=3)
    assert "table-too-high" in [found.code for found in placement.diagnostics]


def test_cells_over_rows_are_in_one_part(house: Setter) -> None:
    rows = "类别|项目\n" + "".join(f"{'^' if n % 5 else '组'}|第{n}项\n" for n in range(30))
    placement = made(house, table(rows, before=0), area=Area(1, 3, 1, 25), columns=3, headline=None)
    top = min(item.baseline for item in runs(placement))
    second = [item for item in runs(placement) if item.baseline > top and item.x > placement.columns[1].x]
    first = min(second, key=lambda item: item.baseline + (item.x > placement.columns[2].x) * 1e4)
    assert first.text in {f"第{n}项" for n in range(0, 30, 5)}


def test_what_a_table_lacks_is_told_at_it_and_counted(house: Setter) -> None:
    high = "镇|产量\n" + "".join(f"第{n}镇|{n}\n" for n in range(1, 16))
    placement = made(house, table(high, before=6), area=Area(1, 1, 1, 30), columns=1)
    (fault,) = [found for found in placement.diagnostics if found.code == "table-overset"]
    assert fault.span == HERE
    assert "characters are lacking" in fault.message
    report = placement.report
    assert report.over_characters >= report.over_lines > 0
    assert any("第15镇" in line for line in placement.overset)


def test_a_table_with_a_place_tells_how_far_it_reaches_out(house: Setter) -> None:
    placement = made(house, table(GROUPS, at=Cell(1, 38)), area=Area(1, 2, 1, 40), columns=2)
    (fault,) = [found for found in placement.diagnostics if found.code == "table-outside"]
    assert "lines are lacking" in fault.message
