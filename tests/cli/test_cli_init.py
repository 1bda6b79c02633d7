"""``layout init``: a folder that builds at once, without a warning."""

import json
import shutil
from pathlib import Path

import jsonschema_rs
import pytest
import yaml
from issue_samples import digests, run, snapshot

STYLES = {"broadsheet": (1, (390, 550)), "tabloid": (2, (275, 390))}


@pytest.mark.parametrize("style", STYLES)
def test_the_starter_builds_without_a_word(style: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages, _ = STYLES[style]
    made = run("init", tmp_path / "paper", "--style", style)
    assert (made.exit_code, made.stderr) == (0, "")
    assert "layout build" in made.stdout
    monkeypatch.chdir(tmp_path / "paper")
    done = run("build")
    assert (done.exit_code, done.stderr) == (0, "")
    assert set(digests(Path("out"))) == {"issue.pdf", *(f"pages/{n:02d}.pdf" for n in range(1, pages + 1))}
    report = json.loads(Path("out/report.json").read_text("utf-8"))
    assert report["ok"]
    assert all(image["ppi"] >= 150 for image in report["images"])


@pytest.mark.parametrize("style", STYLES)
def test_the_sheet_is_the_styles(style: str, tmp_path: Path) -> None:
    from pikepdf import open as open_pdf

    run("init", tmp_path / "paper", "--style", style)
    assert run("build", tmp_path / "paper" / "issue.yaml", "-o", tmp_path / "out").exit_code == 0
    pages, (width, height) = STYLES[style]
    with open_pdf(tmp_path / "out" / "issue.pdf") as pdf:
        assert len(pdf.pages) == pages
        left, bottom, right, top = (float(edge) / 72 * 25.4 for edge in pdf.pages[0].trimbox)
    assert (round(right - left, 1), round(top - bottom, 1)) == (width, height)


def test_the_schema_lies_beside_the_issue(tmp_path: Path) -> None:
    run("init", tmp_path / "paper")
    issue = (tmp_path / "paper" / "issue.yaml").read_text("utf-8")
    assert issue.splitlines()[0] == "# yaml-language-server: $schema=issue.schema.json"
    schema = json.loads((tmp_path / "paper" / "issue.schema.json").read_text("utf-8"))
    values = yaml.safe_load(issue)
    values["date"] = str(values["date"])
    assert jsonschema_rs.Draft7Validator(schema).is_valid(values)
    values["pages"][0]["stories"][0]["house"] = {"grid": {"colums": 5}}
    assert not jsonschema_rs.Draft7Validator(schema).is_valid(values)


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    (tmp_path / "my paper").mkdir()
    done = run("init", tmp_path / "my paper")
    assert done.exit_code == 0
    assert f"cd '{tmp_path / 'my paper'}' && layout build" in done.stdout


def test_what_is_there_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    before = snapshot(tmp_path)
    for name in ("full", "file"):
        done = run("init", tmp_path / name)
        assert done.exit_code == 1
        assert done.stderr.startswith(f"{tmp_path / name}: error[not-empty]: ")
        assert "\n  hint: " in done.stderr
    assert snapshot(tmp_path) == before


def test_a_place_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    for folder in (tmp_path / "file" / "below", tmp_path / ("long" * 100)):
        done = run("init", folder)
        assert done.exit_code == 3
        assert "error[environment]: " in done.stderr
        assert "Traceback" not in done.output


def test_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr(shutil, "copyfile", refuse)
    done = run("init", tmp_path / "paper")
    assert done.exit_code == 3
    assert "hint: make room" in done.stderr


def test_an_unknown_style(tmp_path: Path) -> None:
    assert run("init", tmp_path / "paper", "--style", "berliner").exit_code == 2
    assert not (tmp_path / "paper").exists()
