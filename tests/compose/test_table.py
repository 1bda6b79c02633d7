"""Tables of figures on the page (rule B-7): on the grid, aligned, copied out row by row."""

from itertools import pairwise
from pathlib import Path

import pytest
from stories import HERE, copy, facts, photo, setter, story

from layout.compose import Placement, Setter
from layout.compose.grid import EM_TOP, type_area
from layout.compose.story import compose_story
from layout.display import Fill, GlyphRun, Stroke
from layout.issue.copy import all_lines
from layout.issue.model import Area, Cell, Passage, TableCopy
from layout.issue.tables import read_rows
from layout.source import Placed, Source

ROWS = """\
|各镇产量|
|单位：吨|
|乡镇|小麦|水稻|
|沙湖镇|1,203.5|880|
|星海镇|98|12.75|
|长胜街道|—|5,010.2|
|---|
|合计|1,301.5|5,902.95|
|数据来源：农业局|
"""
WIDE = """\
指标|完成数|比重|说明
地区生产总值|312.48|5.6%|高于全市平均水平0.4个百分点，对全区的贡献率达到六成以上
第一产业|4.9|−1.2%|受水情影响
"""


def table(rows: str = ROWS, **settings: object) -> TableCopy:
    from msgspec.structs import replace

    made = read_rows(all_lines(rows), Placed(rows, Source("issue.yaml", rows), ((0, 0),)), page=1)
    assert made.table is not None
    assert not made.faults
    return replace(made.table, span=HERE, **settings)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def house() -> Setter:
    return setter()


def made(house: Setter, *tables: TableCopy, **settings: object) -> Placement:
    settings.setdefault("text", copy(6))
    return compose_story(story(tables=tables, **settings), house, {}, page=1)


@pytest.mark.parametrize("rows", ["|{|}|**|\n|--|--|\n|{国:=}|[^1]|", "|{|}|{|}|\n|--|--|\n|{|}|{|}|"])
def test_a_table_of_markup_alone_is_no_harm(house: Setter, rows: str) -> None:
    assert {found.code for found in made(house, table(rows)).diagnostics} <= {"markup-unclosed", "underset"}


def runs(placement: Placement, tag: str = "table") -> list[GlyphRun]:
    return [item for item in placement.items if isinstance(item, GlyphRun) and item.tag.startswith(tag)]


def text(placement: Placement) -> str:
    """The copy of tables, a line end where one goes on in another line of the page."""
    found, last = "", None
    for run in runs(placement):
        found += "\n" if last is not None and run.baseline != last else ""
        found, last = found + run.text, run.baseline
    return found


def codes(placement: Placement) -> list[str]:
    return [found.code for found in placement.diagnostics if found.code != "underset"]


def test_a_table_in_the_text_is_copied_out_row_by_row(house: Setter) -> None:
    placement = made(house, table(before=2))
    assert text(placement).splitlines() == [
        "各镇产量 单位：吨",
        "乡镇 小麦 水稻",
        "沙湖镇 1,203.5 880",
        "星海镇 98 12.75",
        "长胜街道 — 5,010.2",
        "合计 1,301.5 5,902.95",
        "数据来源：农业局",
    ]
    assert codes(placement) == []


def test_it_stands_between_the_paragraphs_where_it_was_typed(house: Setter) -> None:
    items = [item for item in made(house, table(before=2)).items if isinstance(item, GlyphRun)]
    first = next(nth for nth, item in enumerate(items) if item.tag == "table-title")
    before = "".join(item.text for item in items[:first] if item.tag == "body")
    assert before == "".join(passage.text for passage in copy(6)[:2])


def test_rows_stand_on_the_pages_grid(house: Setter) -> None:
    grid = house.house.grid
    first = type_area(grid).y + EM_TOP * grid.size
    for run in runs(made(house, table(before=2))):
        if run.tag != "table-title" and not run.text.startswith("单"):
            line = (run.baseline - first) / grid.pitch
            assert line == pytest.approx(round(line), abs=1e-6) or run.baseline < first + grid.pitch * 200


def right_of_point(run: GlyphRun) -> float:
    """Where the decimal point of a figure stands, or its end."""
    x = run.x
    for glyph in run.glyphs:
        if glyph.text == ".":
            return x
        x += glyph.advance
    return x


def cell(placement: Placement, text: str) -> list[GlyphRun]:
    """The runs of a cell: a mark may be set by another scale than its figures."""
    found = runs(placement)
    for start in range(len(found)):
        for end in range(start + 1, len(found) + 1):
            if "".join(run.text for run in found[start:end]) == text:
                return found[start:end]
    raise AssertionError(text)


def point(placement: Placement, text: str) -> float:
    """Where the decimal point of a cell stands, or its last digit ends."""
    for run in cell(placement, text):
        if "." in run.text:
            return right_of_point(run)
    last = cell(placement, text)[-1]
    return last.x + last.width


def test_figures_are_aligned_on_the_decimal_point(house: Setter) -> None:
    placement = made(house, table(before=2))
    first = point(placement, "1,203.5")
    assert point(placement, "98") == pytest.approx(first, abs=1e-6)
    assert point(placement, "1,301.5") == pytest.approx(first, abs=1e-6)
    second = point(placement, "880")
    for figure in ("12.75", "5,010.2", "5,902.95"):
        assert point(placement, figure) == pytest.approx(second, abs=1e-6)
    size = house.style("table").size
    digits = [
        glyph.advance for run in runs(placement) if run.tag == "table" for glyph in run.glyphs if glyph.text.isdigit()
    ]
    assert digits == pytest.approx([size / 2] * len(digits))


def test_columns_told_by_the_desk(house: Setter) -> None:
    told = "甲|乙|丙\n--:|:--|:-:\n1|22.5|3\n4444|5|666\n"
    placement = made(house, table(told, before=0))
    ends = [sum((cell(placement, text)[-1].x, cell(placement, text)[-1].width)) for text in ("1", "4444")]
    assert ends[0] == pytest.approx(ends[1])
    assert cell(placement, "22.5")[0].x == pytest.approx(cell(placement, "5")[0].x)
    middles = [run.x + run.width / 2 for run in (cell(placement, "3")[0], cell(placement, "666")[0])]
    assert middles[0] == pytest.approx(middles[1])


def test_rules_are_the_houses(house: Setter) -> None:
    strokes = [item for item in made(house, table(before=2)).items if isinstance(item, Stroke) and item.tag == "table"]
    rules = house.house.rules
    names = ("thick", "thin", "hairline", "hairline", "thin", "thick")
    assert [stroke.width for stroke in strokes] == [rules[name].width for name in names]
    gaps = [after.start.y - before.start.y for before, after in pairwise(strokes)]
    assert gaps == pytest.approx([house.house.grid.pitch] * len(gaps))
    assert all(stroke.overprint for stroke in strokes)


def test_grounds_and_uprights(house: Setter) -> None:
    own = setter({"table": {"tint": "grey", "stripe": "grey-light", "column": "hairline", "row": None}})
    rows = ROWS.replace("|星海镇", "|分组|\n|星海镇")
    placement = made(own, table(rows, before=2))
    fills = [item for item in placement.items if isinstance(item, Fill)]
    assert [fill.ink for fill in fills] == [own.house.palette[name] for name in ("grey", "grey-light", "grey-light")]
    upright = [item for item in placement.items if isinstance(item, Stroke) and item.start.x == item.end.x]
    assert len(upright) == 4  # two between three columns, parted by the row over all of them
    group = next(run for run in runs(placement) if run.text == "分组")
    assert not any(line.start.y < group.baseline < line.end.y for line in upright)


def test_words_are_broken_to_fit_and_figures_are_not(house: Setter) -> None:
    placement = made(house, table(WIDE, columns=2, at="top"))
    assert codes(placement) == []
    lines = text(placement)
    assert "312.48" in lines
    assert "5.6%" in lines
    assert "高于全市平均水平0.4个百分点，对全区的贡献率达到六成以上" in lines.replace("\n", "")
    last = max(run.x + run.width for run in runs(placement))
    assert last <= type_area(house.house.grid).right + 1e-6


def test_a_wide_table_takes_the_columns_that_it_needs(house: Setter) -> None:
    def width(rows: str) -> float:
        placement = made(house, table(rows))
        stroke = next(item for item in placement.items if isinstance(item, Stroke))
        return round((stroke.end.x - stroke.start.x) / house.style("body").size)

    assert width(ROWS) == 13
    assert width(WIDE) == 41  # three columns and two gutters of one
    assert width("甲|乙\n" + "长" * 200 + "|1\n") == 83


@pytest.mark.parametrize("at", ["top", "bottom", Cell(2, 10), None])
def test_it_keeps_clear_of_the_text(house: Setter, at: object) -> None:
    placement = made(house, table(at=at, columns=2), text=copy(8), area=Area(1, 4, 1, 40))
    assert codes(placement) == []
    boxes = [(run.x, run.x + run.width, run.baseline) for run in runs(placement)]
    left, right = min(box[0] for box in boxes), max(box[1] for box in boxes)
    top, foot = min(box[2] for box in boxes), max(box[2] for box in boxes)
    pitch = house.house.grid.pitch
    for run in runs(placement, "body"):
        if run.x < right and run.x + run.width > left:
            assert run.baseline < top - 1.5 * pitch or run.baseline > foot + 1.5 * pitch


def test_tables_and_photographs_share_a_story(house: Setter) -> None:
    placement = compose_story(
        story(text=copy(9), photos=(photo("a.jpg"),), tables=(table(), table(WIDE))), house, facts("a.jpg"), page=1
    )
    assert codes(placement) == []


def test_what_is_wrong_is_told_at_the_table(house: Setter) -> None:
    wide = "甲|乙\n" + "|".join(["1234567890123456", "1234567890.1234"]) + "\n"
    (fault,) = (one for one in made(house, table(wide, before=0)).diagnostics if one.code == "table-too-wide")
    assert "characters too wide for its 14" in fault.message
    assert fault.span == HERE
    assert "table-outside" in codes(made(house, table(at=Cell(6, 1), columns=2)))
    assert "table-outside" in codes(made(house, table(columns=7)))
    assert "photo-overlap" in codes(made(house, table(at=Cell(1, 2)), table(at=Cell(1, 4))))
    high = "甲|乙\n" + "1|2\n" * 60
    assert codes(made(house, table(high, before=0))) == []  # parted
    whole = setter({"table": {"split": False}})
    assert "table-too-high" in codes(made(whole, table(high, before=0)))


def test_a_story_of_a_table_alone(house: Setter) -> None:
    placement = made(house, table(), text=())
    assert codes(placement) == []
    assert "合计" in text(placement)


def test_markup_in_cells(house: Setter) -> None:
    own = setter()
    rows = "项目|数量[^1]\n**黑体**与{红:red}|*12.5*\n{汉字|hàn zì}{点:.}|3\n"
    placement = made(own, table(rows, before=0))
    assert "黑体与红 12.5" in text(placement)
    assert "数量1" in text(placement)
    assert [found.code for found in own.diagnostics] == ["markup-refused", "markup-refused"]
    assert point(placement, "12.5") == pytest.approx(point(placement, "3"))


def test_a_house_style_without_tables_sets_them_as_captions(tmp_path: Path) -> None:
    import yaml

    from layout.house import load_house
    from layout.house.layers import HERE as FILES

    alone = yaml.safe_load((FILES / "broadsheet.yaml").read_text("utf-8"))
    for name in ("table", "table-head", "table-title", "table-note"):
        del alone["styles"][name]
    del alone["table"]
    (tmp_path / "own.yaml").write_text(yaml.safe_dump(alone, allow_unicode=True), "utf-8")
    house = load_house(str(tmp_path / "own.yaml")).value
    assert house is not None
    assert house.styles["table-title"] == house.styles["table"] == house.styles["caption"]
    assert house.table.head is None


def test_cells_are_read_by_their_own_rules(house: Setter) -> None:
    cell = Passage("table", "用 AI 写稿,共 8 人", HERE)
    assert house.copy_of(cell) == "用AI写稿，共8人"


def test_figures_are_aligned_where_the_desk_sets_them_to_the_right_too(house: Setter) -> None:
    placement = made(house, table("甲|乙\n--|--:\n一|1,203.5\n二|98\n", before=0))
    assert point(placement, "98") == pytest.approx(point(placement, "1,203.5"))


def test_a_note_mark_is_no_part_of_a_figure(house: Setter) -> None:
    placement = made(house, table("甲|乙\n一|98[^1]\n二|1,203.5[^2]\n三|6\n", before=0))
    last = cell(placement, "6")[-1]
    digits = next(run for run in runs(placement) if run.text.startswith("98"))
    assert digits.x + sum(glyph.advance for glyph in digits.glyphs[:2]) == pytest.approx(last.x + last.width)
