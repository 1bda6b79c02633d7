"""``layout diff``: two issues, two builds, two PDFs."""

import json
import shutil

import pytest
from issue_samples import ISSUE, SENTENCE, pages, paper, picture, run
from PIL import Image

OTHER = ISSUE.replace(f"text: {SENTENCE * 3}", f"text: {SENTENCE * 2}{SENTENCE.replace('方格纸', '方格网')}")


@pytest.fixture(scope="module")
def sides(tmp_path_factory):
    """Two issues that differ in one character of the second story, and their builds."""
    made = {}
    for name, text in (("old", ISSUE), ("new", OTHER)):
        folder = tmp_path_factory.mktemp(name)
        assert run("build", paper(folder, text), "-o", folder / "out").exit_code == 0
        made[name] = folder
    return made["old"], made["new"]


def told(old, new, code=1):
    done = run("diff", old, new, "--json")
    assert done.exit_code == code, done.output
    return json.loads(done.stdout)


def the_character(found, role):
    (page,) = found["pages"]
    assert page["kind"] == "changed"
    (story,) = page["stories"]
    (text,) = story["texts"]
    assert (text["role"], text["before"], text["after"]) == (role, "纸", "网")
    assert text["left"].endswith("方格")
    assert len(page["regions"]) == 1
    return page, story


@pytest.mark.parametrize("part", ["", "issue.yaml"])
def test_two_issues(sides, part, tmp_path):
    folders = []
    for side in sides:  # without a build beside it
        folder = tmp_path / side.name
        shutil.copytree(side, folder, ignore=shutil.ignore_patterns("out"))
        folders.append(folder / part)
    _, story = the_character(told(*folders), "body")
    assert story["slug"] == "second"


def test_two_builds(sides):
    page, story = the_character(told(*(side / "out" for side in sides)), "text")
    assert story["slug"] == "second"
    ((x, y, width, height),) = page["regions"]
    assert 0 < x < x + width < 150
    assert 100 < y < y + height < 190


def test_two_pdfs(sides):
    _page, story = the_character(told(*(side / "out/issue.pdf" for side in sides)), "text")
    assert story["slug"] == ""


def test_a_build_and_an_issue(sides):
    _, story = the_character(told(sides[0] / "out", sides[1] / "issue.yaml"), "text")
    assert story["slug"] == "second"


def test_a_report_of_another_version(sides, tmp_path):
    shutil.copytree(sides[0] / "out", tmp_path / "out")
    (tmp_path / "out/report.json").write_text("{}", encoding="utf-8")
    the_character(told(tmp_path / "out", sides[1] / "out"), "text")


def test_the_same(sides):
    old, new = sides
    assert told(old / "out", old / "issue.yaml", code=0) == {"same": True, "pages": []}
    done = run("diff", new / "out", new / "out")
    assert (done.exit_code, done.output) == (0, "nothing differs\n")


def test_in_words_and_pictures(sides, tmp_path):
    done = run("diff", *(side / "out" for side in sides), "-o", tmp_path / "pictures")
    assert done.exit_code == 1
    lines = done.output.splitlines()
    assert lines[:2] == ["page 1", "  story second"]
    assert "[纸 → 网]" in lines[2]
    assert lines[3].startswith("  region 1: ")
    assert " mm at " in lines[3]
    with Image.open(tmp_path / "pictures/01.png") as image:
        assert image.width > image.height


def test_frames_photographs_pages(tmp_path):
    old = paper(tmp_path / "old", pages(1, 2))
    changed = pages(1, 3).replace("lines: 24-30", "lines: 25-30", 1)
    new = paper(tmp_path / "new", changed)
    picture(tmp_path / "new/photos/a.jpg", size=(601, 400))
    done = run("diff", old, new)
    assert done.exit_code == 1
    assert "page 2: removed" in done.output
    assert "page 3: added" in done.output
    assert "photograph replaced: a.jpg" in done.output
    assert "    frame: " in done.output


@pytest.mark.parametrize("content", [b"", b"no pdf", b"%PDF-1.4\n%%EOF\n"])
def test_what_cannot_be_read(tmp_path, sides, content):
    (tmp_path / "x.pdf").write_bytes(content)
    done = run("diff", tmp_path / "x.pdf", sides[0] / "out")
    assert done.exit_code == 3
    assert "error[pdf-unreadable]" in done.output


def test_an_issue_with_a_fault(tmp_path, sides):
    broken = paper(tmp_path, ISSUE.replace("date:", "dta:"))
    done = run("diff", broken, sides[0])
    assert done.exit_code == 3
    assert "error[missing-key]" in done.output


def test_an_empty_folder_and_none(tmp_path, sides):
    assert run("diff", tmp_path, sides[0]).exit_code == 3
    assert run("diff", tmp_path / "none", sides[0]).exit_code == 2
