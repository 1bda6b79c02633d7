"""The case files of the typographic specification, group by group, as someone at a news desk reads them."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from layout.text import Broken, Paragraph, ReferenceMetrics, Setting, break_lines, set_paragraph

METRICS = ReferenceMetrics()
FILES: tuple[dict[str, Any], ...] = tuple(
    yaml.load((Path(__file__).parents[1] / "cases" / name).read_text("utf-8"), Loader=yaml.CSafeLoader)
    for name in ("typography_cases.yaml", "setting_more.yaml")
)


def cases(group: str) -> Any:
    return pytest.mark.parametrize(
        "case", [case for file in FILES for case in file[group]], ids=lambda case: case["id"]
    )


def broken(copy: str, measure: float, **options: Any) -> Broken:
    result = break_lines(set_paragraph(copy, Setting(METRICS, **options)), (measure,))
    assert result is not None
    return result


def per_character(copy: str, **options: Any) -> list[float]:
    """The advance of every character of copy that goes on one line."""
    (line,) = broken(copy, 40.0, **options).lines
    return [placed.advance / len(placed.text) for placed in line.clusters for _ in placed.text]


def neighbour(mark: str) -> str:
    """What makes a pair stand as the case means it: a number before %, a second letter before a letter."""
    if mark in "%‰°′″℃℉":
        return "5"
    return ("3" if mark.isdigit() else "B") if mark.isascii() and mark.isalnum() else ""


def whole(mark: str) -> str:
    return mark * 2 if mark in "—…" else mark


@cases("pairs")
def test_pair_is_as_wide_as_it_says(case: dict[str, Any]) -> None:
    first, second = case["pair"]
    options = {"punctuation": case.get("style", "quanjiao"), "vertical": case.get("direction") == "vertical"}
    if first in {"<paragraph-start>", "<line-start>"}:
        indent = 2.0 if first == "<paragraph-start>" else 0.0
        total = indent + per_character(whole(second) + neighbour(second) + "国" * 6, indent=indent, **options)[0]
    elif second == "<line-end>":
        total = per_character("国" * 6 + neighbour(first) + whole(first), **options)[-1]
    elif first == second and first in "—…":
        total = sum(per_character(f"国国{first}{second}国国", **options)[2:4])
    else:
        left = "国国" + neighbour(first) + whole(first)
        advances = per_character(left + whole(second) + neighbour(second) + "国国", **options)
        total = advances[len(left) - 1] + advances[len(left)]
    assert total == pytest.approx(case["total"], abs=1e-9)


def probes(case: dict[str, Any]) -> list[str]:
    """The mark of the case pushed through every place of a line."""
    mark = case["char"]
    before, after = ("5" if mark in "%‰°′″℃℉" else ""), ("5" if mark in "¥$€£№±+−￥" else "")
    return ["国" * count + before + mark + after + "国" * 24 for count in range(1, 24)]


@cases("forbidden_line_start")
def test_mark_at_line_start(case: dict[str, Any]) -> None:
    level = "news" if case["from_level"] == "never" else case["from_level"]
    if "text" in case:
        check_text_at_edge(case, level)
        return
    starts = [line.text for copy in probes(case) for line in broken(copy, 10.0, level=level).lines[1:]]
    assert any(text.startswith(case["char"]) for text in starts) is (case["from_level"] == "never")


@cases("forbidden_line_end")
def test_mark_at_line_end(case: dict[str, Any]) -> None:
    level = "news" if case["from_level"] == "never" else case["from_level"]
    if "text" in case:
        check_text_at_edge(case, level)
        return
    ends = [line.text for copy in probes(case) for line in broken(copy, 10.0, level=level).lines[:-1]]
    assert any(text.endswith(case["char"]) for text in ends) is (case["from_level"] == "never")


def check_text_at_edge(case: dict[str, Any], level: str) -> None:
    """¶ is the start or the end of the paragraph: ``吧……”¶``, ``¶■``; else a mark between Han: ``北京—上海``."""
    text = case["text"]
    if text.startswith("¶"):
        paragraph = set_paragraph(text[1:] + "国" * 9, Setting(METRICS, level=level))
        assert breakable(paragraph, 1) is False
    elif text.endswith("¶"):
        paragraph = set_paragraph("国" * 9 + text[:-1], Setting(METRICS, level=level))
        assert breakable(paragraph, 10) is False
    else:
        paragraph = set_paragraph(text, Setting(METRICS, level=level))
        assert breakable(paragraph, text.index("—")) is False


def breakable(paragraph: Paragraph, offset: int) -> bool:
    return paragraph.breaks[offset - 1] <= 2


@cases("unbreakable")
def test_breaks_only_where_it_may(case: dict[str, Any]) -> None:
    string, allowed = case["string"], set(case["allowed_breaks"])
    for count in range(1, 20):
        at = -count
        for line in broken("国" * count + string + "国" * 30, 17.0).lines[:-1]:
            at += len(line.text)
            assert not 0 < at < len(string) or at in allowed


@cases("breaks")
def test_breaks_as_the_desk_would(case: dict[str, Any]) -> None:
    result = broken(case["text"], float(case["measure"]), indent=2.0)
    assert [line.text for line in result.lines] == case["lines_any_of"][0]
    assert result.passed == case["pass"]
    assert max(line.tracking for line in result.lines) <= case["max_tracking"] + 0.005


@cases("vertical")
def test_stands_as_it_says(case: dict[str, Any]) -> None:
    setting = Setting(METRICS, vertical=True, profile=case["profile"])
    paragraph = set_paragraph(f"国{case['char']}国", setting)
    assert {cell.form for cell in paragraph.cells[1:-1]} == {case["expect"]}
