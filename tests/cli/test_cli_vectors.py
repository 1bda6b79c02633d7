"""The vectors of the typographic specification through the public commands alone, as an outsider would run them."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from issue_samples import run as started

from layout.cli.lines import command as lines_command
from layout.cli.normalise import command as normalise_command

CASES: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "typography_cases.yaml").read_text("utf-8")
)


def cases(group: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", CASES[group], ids=lambda case: case["id"])


def normalised(copy: str, role: str) -> str:
    done = CliRunner().invoke(normalise_command, ["--role", role], input=copy + "\n")
    assert done.exit_code == 0
    return done.stdout.rstrip("\n")


def composed(paragraphs: list[str], *options: str) -> list[dict[str, Any]]:
    arguments = ["--raw", "--metrics", "reference", "--json", *options]
    done = CliRunner().invoke(lines_command, arguments, input="\n".join(paragraphs) + "\n")
    assert done.exit_code == 0
    return [json.loads(line) for line in done.stdout.splitlines()]


@cases("normalise")
def test_orthography(case: dict[str, Any]) -> None:
    once = normalised(case["input"], case["role"])
    assert once == case["output"]
    assert normalised(once, case["role"]) == once


@cases("unbreakable")
def test_string_parts_only_where_it_may(case: dict[str, Any]) -> None:
    string, allowed = case["string"], set(case["allowed_breaks"])
    answers = composed(
        ["国" * count + string + "国" * 30 for count in range(1, 20)], "--measure", "17", "--indent", "0"
    )
    for count, answer in enumerate(answers, 1):
        at = -count
        for line in answer["lines"][:-1]:
            at += len(line["text"])
            assert not 0 < at < len(string) or at in allowed


@cases("breaks")
def test_lines_as_the_desk_would_break_them(case: dict[str, Any]) -> None:
    (answer,) = composed([case["text"]], "--measure", str(case["measure"]))
    assert [line["text"] for line in answer["lines"]] in case["lines_any_of"]
    assert answer["pass"] == case["pass"]


@pytest.mark.parametrize("group", ["forbidden_line_start", "forbidden_line_end"])
def test_marks_at_the_edges_of_lines(group: str) -> None:
    end = group.endswith("end")
    for case in CASES[group]:
        mark, level = case.get("char"), case["from_level"]
        if mark is None or level in {"never", "strict"}:
            continue
        before, after = "5" * (mark in "%‰°′″℃℉"), "5" * (mark in "¥$€£№±+−￥")
        copies = ["国" * count + before + mark + after + "国" * 24 for count in range(1, 24)]
        for answer in composed(copies, "--measure", "10", "--indent", "0", "--level", level):
            found = [line["text"] for line in (answer["lines"][:-1] if end else answer["lines"][1:])]
            assert not any(text.endswith(mark) if end else text.startswith(mark) for text in found)


@cases("vertical")
def test_forms_in_a_column(case: dict[str, Any]) -> None:
    options = ("--measure", "20", "--indent", "0", "--vertical", "--profile", case["profile"])
    (answer,) = composed([f"国{case['char']}国"], *options)
    clusters = [cluster for line in answer["lines"] for cluster in line["clusters"]]
    assert {cluster["form"] for cluster in clusters[1:-1]} == {case["expect"]}


def test_commands_have_these_names() -> None:
    listed = started("--help").output
    assert "normalise" in listed
    assert "lines" in listed
