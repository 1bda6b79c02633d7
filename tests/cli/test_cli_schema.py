"""``layout schema`` prints what an editor needs."""

import json
from datetime import date
from pathlib import Path

import jsonschema_rs
import pytest
import yaml
from click.testing import CliRunner

from layout.cli.schema import command

ISSUE = """\
paper: {name: 样报}
date: "2024-01-08"
house: {styles: {headline: {size: 小初}}}
pages:
  - number: 4
    stories:
      - headline: 履职尽责结硕果 团结奋斗启新程
        text: 正文
        house: {section: {rule: null}}
"""


def printed(*arguments: str) -> dict[str, object]:
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 0, result.output
    schema = json.loads(result.output)
    assert jsonschema_rs.meta.is_valid(schema)
    return dict(schema)


def test_an_issues_schema_knows_the_house_settings() -> None:
    validator = jsonschema_rs.Draft7Validator(printed())
    issue = yaml.safe_load(ISSUE)
    assert validator.is_valid(issue)
    issue["house"]["styles"]["headline"]["siez"] = 1
    assert [fault.instance_path for fault in validator.iter_errors(issue)] == [["house", "styles", "headline"]]


def test_a_house_styles_schema() -> None:
    validator = jsonschema_rs.Draft7Validator(printed("--house"))
    assert validator.is_valid({"name": "ours", "extends": "tabloid", "bleed": "3mm"})
    assert not validator.is_valid({"name": "ours", "blead": "3mm"})


def test_the_printed_schema_is_readable() -> None:
    text = CliRunner().invoke(command, []).output
    assert "引题" in text
    assert str(date(2024, 1, 8)) in text


@pytest.mark.parametrize(("options", "name"), [((), "issue"), (("--house",), "house")])
def test_the_schemas_in_the_docs_are_what_the_command_prints(options: tuple[str, ...], name: str, root: Path) -> None:
    printed = CliRunner().invoke(command, options).stdout
    kept = (root / "docs" / f"{name}.schema.json").read_text(encoding="utf-8")
    assert kept == printed, f"renew it: layout schema {' '.join(options)} > docs/{name}.schema.json"
