"""Tables as typed: in the flow of the text, or with a place of their own; every cell at its place in the file."""

from pathlib import Path

import pytest

from layout.issue import load_issue
from layout.issue.model import Cell, Story, TableCopy, TableRow
from layout.source import Placed, Source

ISSUE = """\
paper: {name: 样报}
date: 2024-01-08
pages:
  - number: 1
    stories:
      - text: |
          第一段。

          |各镇产量|
          |单位：吨|
          |镇|小麦|水稻|
          |:--|--:|:-:|
          |沙湖镇|1,203.5|{生|shēng}|
          |分组|
          |星海镇||12\\|3|
          |---|
          |合计|1|2|
          |来源：农业局|
          第二段。
        tables:
          - rows: "甲\\t乙\\n1\\t\\n\\t2\\n"
            title: 表
            unit: 单位：人
            note: 注
            columns: 2
            at: {column: 1, line: 3}
"""


def load(folder: Path, text: str = ISSUE) -> tuple[Story, tuple[str, ...]]:
    path = folder / "issue.yaml"
    path.write_text(text, "utf-8")
    checked = load_issue(path)
    assert checked.value is not None, checked.diagnostics
    told = tuple(f"{one.span.line}:{one.span.column} {one.code}" for one in checked.diagnostics)
    return checked.value.pages[0].stories[0], told


def words(rows: tuple[TableRow, ...]) -> list[list[str]]:
    return [[cell.text if cell else "" for cell in row.cells] for row in rows]


def test_a_table_in_the_text(tmp_path: Path) -> None:
    story, told = load(tmp_path)
    table = story.tables[0]
    assert told == ()
    assert [passage.text for passage in story.text] == ["第一段。", "第二段。"]
    assert table.before == 1
    assert (table.title and table.title.text, table.unit and table.unit.text) == ("各镇产量", "单位：吨")
    assert words(table.heads) == [["镇", "小麦", "水稻"]]
    assert words(table.rows) == [
        ["沙湖镇", "1,203.5", "{生|shēng}"],
        ["分组"],
        ["星海镇", "", "12\\|3"],
        ["合计", "1", "2"],
    ]
    assert [row.ruled for row in table.rows] == [False, False, True, False]
    assert table.aligns == ("start", "end", "centre")
    assert [note.text for note in table.note] == ["来源：农业局"]


def test_every_cell_stands_at_its_place(tmp_path: Path) -> None:
    lines = ISSUE.splitlines()
    for table in load(tmp_path)[0].tables[:1]:
        for passage in table.passages:
            line, column = passage.span.line, passage.span.column
            assert lines[line - 1][column - 1 :].startswith(passage.text), passage


def test_a_table_with_a_place_of_its_own_from_a_spreadsheet(tmp_path: Path) -> None:
    table = load(tmp_path)[0].tables[1]
    assert words(table.heads) == [["甲", "乙"]]
    assert words(table.rows) == [["1", ""], ["", "2"]]
    assert (table.columns, table.at, table.before) == (2, Cell(1, 3), None)
    assert [p.text for p in (table.title, table.unit, *table.note) if p] == ["表", "单位：人", "注"]


def test_rows_that_lack_a_cell_are_told_at_their_places(tmp_path: Path) -> None:
    _, told = load(tmp_path, ISSUE.replace("|合计|1|2|", "|合计|1|").replace("|沙湖镇|", "|沙湖镇|9|"))
    assert told == ("13:12 table-ragged", "17:12 table-ragged")


def test_a_table_of_single_cells_is_none(tmp_path: Path) -> None:
    text = ISSUE[: ISSUE.index("        tables:")].replace("|镇|小麦|水稻|", "|镇|")
    for row in ("|沙湖镇|1,203.5|{生|shēng}|", "|星海镇||12\\|3|", "|合计|1|2|", "|:--|--:|:-:|"):
        text = text.replace(row, "|一|")
    story, told = load(tmp_path, text)
    assert (story.tables, told) == ((), ("9:12 table-empty",))


def test_a_table_of_empty_cells_is_none(tmp_path: Path) -> None:
    text = (
        ISSUE[: ISSUE.index("      - text")] + '      - text: 文\n        tables: [{rows: "| | |\\n|--|--|\\n|<|^|"}]\n'
    )
    story, told = load(tmp_path, text)
    assert (story.tables, told) == ((), ("7:28 table-empty",))


def test_a_story_of_a_table_alone_is_not_empty(tmp_path: Path) -> None:
    story, told = load(tmp_path, ISSUE[: ISSUE.index("      - text")] + '      - tables: [{rows: "a|b\\n1|2"}]\n')
    assert (told, len(story.tables)) == ((), 1)


def read(text: str) -> TableCopy:
    from layout.issue.copy import all_lines
    from layout.issue.tables import read_rows

    table = read_rows(all_lines(text), Placed(text, Source("t", text), ((0, 0),)), page=1).table
    assert table is not None
    return table


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("a|b|", ["a", "b", ""]),
        ("|a|b|", ["a", "b"]),
        ("|a|b", ["a", "b"]),
        ("||b|", ["", "b"]),
        ("a\tb\t", ["a", "b", ""]),
        ("\tb", ["", "b"]),
        ("{a|b} | c", ["{a|b}", "c"]),
        ("{a | c}", ["{a | c}"]),
        ("a{ | c", ["a{", "c"]),
        ("a\\|b|c", ["a\\|b", "c"]),
        (" \u3000a  |  b ", ["a", "b"]),
    ],
)
def test_where_cells_part(row: str, cells: list[str]) -> None:
    head = "|".join("x" * max(2, len(cells)))
    assert words(read(f"{head}\n{row}\n{head}").rows)[0] == cells


def test_dashes_decide_the_head() -> None:
    two = read("a|b\nc|d\n---|---\n1|2")
    assert (words(two.heads), words(two.rows)) == ([["a", "b"], ["c", "d"]], [["1", "2"]])
    none = read("---|---\n1|2\n-|--")
    assert (words(none.heads), words(none.rows)) == ([], [["1", "2"], ["-", "--"]])


def test_a_story_as_typed_marks_all_of_its_copy(tmp_path: Path) -> None:
    typed, _ = load(
        tmp_path, ISSUE.replace("      - text", "      - normalise: false\n        kicker: 引\n        text")
    )
    assert typed.kicker is not None
    cells = [passage for table in typed.tables for passage in table.passages]
    assert all(passage.as_typed for passage in (*typed.text, typed.kicker, *cells))
    assert typed.text[0].orthography == "as-typed"
    assert load(tmp_path)[0].text[0].orthography == "body"


@pytest.mark.parametrize("name", ["README.md", "docs/README.zh.md"])
def test_the_readmes_tables_are_read(root: Path, tmp_path: Path, name: str) -> None:
    shown = (root / name).read_text("utf-8").partition("          |各镇粮食产量|")
    before, after = shown[0].rpartition("```yaml\n")[2], shown[2].partition("```")[0]
    text = f"{ISSUE.partition('      - text')[0]}      - slug: a\n{before}{shown[1]}{after}"
    story, told = load(tmp_path, text)
    assert told == ()
    typed, placed = story.tables
    assert (typed.before, len(typed.rows), typed.aligns) == (1, 2, ("start", "end", "end"))
    assert (placed.columns, placed.at, len(placed.rows)) == (3, "bottom", 1)


def test_a_vertical_story_has_no_tables(tmp_path: Path) -> None:
    story, told = load(tmp_path, ISSUE.replace("      - text", "      - direction: vertical\n        text"))
    assert story.tables == ()
    assert {place.partition(" ")[2] for place in told} == {"wrong-direction"}
    lines = {int(place.partition(":")[0]) for place in told}
    assert lines == {10, 22, 26, 27}  # both tables, the width and the place of the second
    _, told = load(tmp_path, ISSUE.replace("at: {column: 1, line: 3}", "at: left"))
    assert told == ("26:17 wrong-direction",)
