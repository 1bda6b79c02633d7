"""A page with tables in its press file: what readers copy out, where the figures stand, what preflight says."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from readback import Glyph, ReadPage, read_page

from layout.pipeline import build
from layout.preflight import preflight

ROWS = (
    "各镇粮食产量",
    "单位：吨",
    "乡镇 小麦 水稻",
    "沙湖镇 1,203.5 880",
    "星海镇 98 12.75",
    "长胜街道 — 5,010.2",
    "合计 1,301.5 5,902.95",
    "数据来源：区农业农村局",
    "指标 完成数 同比增长 说明",
    "地区生产总值 312.48 5.6% 高于全市平均水平0.4个百分点",
    "名次 球队 胜 负 积分",
    "10 石炭井 0 10 10",
)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("table")
    report = build(Path(__file__).with_name("table.yaml"), out, jobs=1)
    assert report.ok, report.diagnostics
    assert {found.code for found in report.diagnostics} <= {"underset", "headlines-touch"}
    return out / "issue.pdf"


@pytest.fixture(scope="module")
def table_page(file: Path) -> Iterator[ReadPage]:
    with pikepdf.open(file) as pdf:
        yield read_page(pdf.pages[0])


def baselines(page: ReadPage) -> list[list[Glyph]]:
    """The glyphs, those that follow each other on a baseline together."""
    lines: list[list[Glyph]] = []
    for glyph in page.glyphs:
        if lines and abs(lines[-1][-1].baseline - glyph.baseline) < 0.01 and glyph.x >= lines[-1][-1].x:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return lines


def test_every_row_reads_from_left_to_right(table_page: ReadPage) -> None:
    texts = ["".join(glyph.text for glyph in line) for line in baselines(table_page)]
    joined = "\n".join(texts)
    for row in ROWS:
        assert row in joined, row
    places = [joined.index(row) for row in ROWS[:8]]
    assert places == sorted(places)
    assert table_page.faults == []


def test_points_of_a_column_stand_under_each_other(table_page: ReadPage) -> None:
    rows = [line for line in baselines(table_page) if "".join(glyph.text for glyph in line) in ROWS[3:7]]
    assert len(rows) == 4
    points = []
    for row in rows:
        spaces = [nth for nth, glyph in enumerate(row) if glyph.text == " "]
        last = row[spaces[-1] + 1 :]
        dot = next((glyph.x for glyph in last if glyph.text == "."), None)
        points.append(dot if dot is not None else last[-1].x + last[-1].size / 2)
    assert points == pytest.approx([points[0]] * 4, abs=0.02)


def test_rules_are_at_least_a_hairline_and_black(table_page: ReadPage) -> None:
    inside = [path for path in table_page.paths if min(path.box) > 0 and path.colour[0] == "DeviceCMYK"]
    rules = [path for path in inside if path.width in (0.25, 0.5, 1.0)]
    assert len(rules) == 6 + 6 + 5
    assert all(path.colour[1] == (0, 0, 0, 1) and path.overprint for path in rules)


def test_preflight_finds_no_fault(file: Path) -> None:
    found = preflight(file, ink=False).findings
    assert [one.message for one in found if one.severity.value in ("error", "warning")] == []


@pytest.mark.tools("pdftotext")
def test_other_readers_copy_the_rows_out(file: Path) -> None:
    text = subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, check=True).stdout.decode()
    for row in ROWS:
        assert row in text, row
