"""``layout check`` says what ``layout build`` would, and writes nothing."""

import json
from pathlib import Path

import pytest
from issue_samples import ISSUE, SENTENCE, earlier_build, pages, paper, place, run, snapshot


def test_a_good_issue(tmp_path: Path) -> None:
    path = paper(tmp_path)
    before = snapshot(tmp_path)
    done = run("check", path)
    assert (done.exit_code, done.stderr) == (0, "")
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == ["page 1  first", "page 1  second"]
    assert snapshot(tmp_path) == before


def test_the_same_findings_as_building(tmp_path: Path) -> None:
    text = ISSUE.replace(f"text: {SENTENCE * 3}", f"text: {SENTENCE * 9}").replace("photos/a.jpg", "photos/none.jpg")
    path = paper(tmp_path, text)
    before = earlier_build(tmp_path / "out")
    checked, built = run("check", path), run("build", path, "-o", tmp_path / "out")
    assert (checked.exit_code, built.exit_code) == (1, 1)
    assert f"{path}:{place(text, 'photos/none')}: error[file-missing]: " in checked.stderr
    assert f"{path}:{place(text, 'slug: second')}: error[overset]: " in checked.stderr
    assert built.stderr == f"{checked.stderr}{tmp_path / 'out'} was left as it was\n"
    assert snapshot(tmp_path / "out") == before


def test_json(tmp_path: Path) -> None:
    done = run("check", paper(tmp_path, pages(1, 2)), "--json", "--jobs", "2")
    report = json.loads(done.stdout)
    assert (done.exit_code, report["ok"], report["files"]) == (0, True, {})
    assert [(story["page"], story["slug"]) for story in report["stories"]] == [
        (1, "first"),
        (1, "second"),
        (2, "first"),
        (2, "second"),
    ]
    assert [image["page"] for image in report["images"]] == [1, 2]
    assert done.stderr == ""


def test_the_issue_here_is_meant_when_none_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paper(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert run("check").exit_code == 0


def test_a_further_folder_is_allowed(tmp_path: Path) -> None:
    paper(tmp_path / "archive")
    path = paper(tmp_path / "paper", ISSUE.replace("photos/a.jpg", "../archive/photos/a.jpg"))
    assert "error[path-escapes]" in run("check", path).stderr
    assert run("check", path, "--allow", tmp_path / "archive").exit_code == 0
    assert run("build", path, "-o", tmp_path / "out", "--allow", tmp_path / "archive").exit_code == 0


def test_what_is_called_a_pdf_and_is_none(tmp_path: Path) -> None:
    """As a download that failed: nobody means it as an issue."""
    path = tmp_path / "ad.PDF"
    path.write_text("<html>404</html>", encoding="utf-8")
    done = run("check", path)
    assert done.exit_code == 1
    assert "file-unreadable" in done.output
    assert "this is no PDF file" in done.output
