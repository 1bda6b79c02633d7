"""Pages that an earlier build made: taken when nothing changed, and only then."""

import json
import os
from pathlib import Path

import pytest
from msgspec.structs import replace

from layout.pipeline import build, kept
from layout.pipeline import press as pressing
from layout.pipeline.made import PressPage

ROOT = Path(__file__).parents[2]
HEAD = """
paper: {name: 样报}
date: 2024-01-08
style: broadsheet
pages:
"""
SETTINGS = "house: {copyfit: {short: 1}, faces: {kai: face.ttf}}\n"
PAGE = """
  - number: %d
    stories:
      - slug: one
        area: {columns: 1-4, lines: 1-20}
        headline: %s
        text: 春眠不觉晓,处处闻啼鸟。夜来风雨声,花落知多少。
        photos: [{file: a.jpg, lines: 5, columns: 1}]
"""


@pytest.fixture
def issue(tmp_path):
    (tmp_path / "a.jpg").write_bytes((ROOT / "assets/photos").joinpath(PHOTO).read_bytes())
    path = tmp_path / "issue.yaml"
    path.write_text(HEAD + PAGE % (1, "第一版") + PAGE % (2, "第二版") + PAGE % (3, "第三版"), encoding="utf-8")
    return path


PHOTO = min(path.name for path in (ROOT / "assets/photos").glob("*.jpg"))


@pytest.fixture
def made(monkeypatch):
    """The pages that are really made, by their place, and how often a file of all pages is written."""
    calls: list[object] = []
    page, issue = pressing.press_page, pressing.write_issue

    def press_page(prepared, index, **settings):
        calls.append(prepared.issue.pages[index].number)
        return page(prepared, index, **settings)

    def write_issue(prepared, pages, **settings):
        calls.append("issue")
        return issue(prepared, pages, **settings)

    monkeypatch.setattr(pressing, "press_page", press_page)
    monkeypatch.setattr(pressing, "write_issue", write_issue)
    return calls


def files(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(out.rglob("*.pdf"))}


def test_an_unchanged_issue_is_not_set_again(issue, tmp_path, made):
    cache = tmp_path / "cache"
    first = build(issue, tmp_path / "out", jobs=1, cache=cache)
    assert first.ok
    assert made == [1, 2, 3, "issue"]
    again = build(issue, tmp_path / "again", jobs=1, cache=cache)
    assert made == [1, 2, 3, "issue"]
    assert files(tmp_path / "again") == files(tmp_path / "out")
    plain = build(issue, tmp_path / "plain", jobs=1, cache=None)
    assert files(tmp_path / "plain") == files(tmp_path / "out")
    for name in ("diagnostics", "stories", "fonts", "images", "ink", "files"):
        assert json.dumps(again.data[name]) == json.dumps(plain.data[name])
    assert again.diagnostics == plain.diagnostics


@pytest.mark.parametrize(
    "settings", ["", "house: {copyfit: {short: 1}, faces: {kai: face.ttf}}\n"], ids=["bare", "settings"]
)
def test_only_the_changed_page_is_set_again(issue, tmp_path, made, settings):
    cache = tmp_path / "cache"
    (tmp_path / "face.ttf").write_bytes(next((ROOT / "fonts").glob("*Kai*.ttf")).read_bytes())
    issue.write_text(issue.read_text(encoding="utf-8").replace("pages:", settings + "pages:"), encoding="utf-8")
    build(issue, tmp_path / "out", jobs=1, cache=cache)
    before = files(tmp_path / "out")
    made.clear()
    issue.write_text(issue.read_text(encoding="utf-8").replace("第二版", "第贰版"), encoding="utf-8")
    assert build(issue, tmp_path / "out", jobs=1, cache=cache).ok
    assert made == [2, "issue"]
    after = files(tmp_path / "out")
    assert [name for name in before if after[name] != before[name]] == ["issue.pdf", "02.pdf"]
    build(issue, tmp_path / "plain", jobs=1, cache=None)
    assert files(tmp_path / "plain") == after


CHANGES = {
    "the paper's name": lambda text: text.replace("样报", "晨报"),
    "the date": lambda text: text.replace("2024-01-08", "2024-01-09"),
    "a setting of the house": lambda text: text + "house: {copyfit: {short: 1}}\n",
    "the standard": lambda text: text + "house: {standard: x1a}\n",
    "a term": lambda text: text + "terms: [第一版]\n",
    "how many pages there are": lambda text: text + PAGE % (4, "第四版"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_all_pages_depend_on(issue, tmp_path, made, change):
    cache = tmp_path / "cache"
    build(issue, tmp_path / "out", jobs=1, cache=cache)
    made.clear()
    issue.write_text(change(issue.read_text(encoding="utf-8")), encoding="utf-8")
    report = build(issue, tmp_path / "out", jobs=1, cache=cache)
    assert report.ok, report.diagnostics
    assert made[:3] == [1, 2, 3]


def test_another_photograph_under_the_same_name(issue, tmp_path, made):
    cache = tmp_path / "cache"
    build(issue, tmp_path / "out", jobs=1, cache=cache)
    made.clear()
    data = (tmp_path / "a.jpg").read_bytes()
    (tmp_path / "a.jpg").write_bytes(data[:2] + b"\xff\xfe\0\4ab" + data[2:])
    build(issue, tmp_path / "out", jobs=1, cache=cache)
    assert made == [1, 2, 3, "issue"]


def test_another_face_or_profile_under_the_same_name(issue, tmp_path, made):
    cache = tmp_path / "cache"
    face = tmp_path / "face.ttf"
    face.write_bytes(next((ROOT / "fonts").glob("*Kai*.ttf")).read_bytes())
    text = issue.read_text(encoding="utf-8") + "house: {faces: {kai: face.ttf}}\n"
    issue.write_text(text, encoding="utf-8")
    report = build(issue, tmp_path / "out", jobs=1, cache=cache)
    assert report.ok, report.diagnostics
    made.clear()
    os.utime(face, ns=(1, 1))
    build(issue, tmp_path / "out", jobs=1, cache=cache)
    assert made == [1, 2, 3, "issue"]


def test_another_program_makes_its_own_pages(issue, tmp_path, made, monkeypatch):
    cache = tmp_path / "cache"
    build(issue, tmp_path / "out", jobs=1, cache=cache)
    made.clear()
    monkeypatch.setattr(kept, "program_stamp", lambda: "another one")
    build(issue, tmp_path / "out", jobs=1, cache=cache)
    assert made == [1, 2, 3, "issue"]


def test_a_page_with_errors_is_not_kept(issue, tmp_path, made):
    cache = tmp_path / "cache"
    issue.write_text(issue.read_text(encoding="utf-8").replace("第二版", "第\ue000版"), encoding="utf-8")
    assert not build(issue, tmp_path / "out", jobs=1, cache=cache).ok
    made.clear()
    assert not build(issue, tmp_path / "out", jobs=1, cache=cache).ok
    assert made == [2]


def test_damaged_entries_are_made_again(issue, tmp_path, made):
    cache = tmp_path / "cache"
    build(issue, tmp_path / "out", jobs=1, cache=cache)
    before = files(tmp_path / "out")
    for entry in cache.iterdir():
        entry.write_bytes(entry.read_bytes()[:-1])
    made.clear()
    assert build(issue, tmp_path / "out", jobs=1, cache=cache).ok
    assert made == [1, 2, 3, "issue"]
    assert files(tmp_path / "out") == before


def test_what_is_no_leaf_is_made_again(issue, tmp_path, made, monkeypatch):
    cache = tmp_path / "cache"
    build(issue, tmp_path / "out", jobs=1, cache=cache)
    before = files(tmp_path / "out")
    real = kept._opened

    def opened(data: bytes) -> PressPage:
        page = real(data)
        return replace(page, files=tuple(replace(file, leaf=b"junk") for file in page.files))

    monkeypatch.setattr(kept, "_opened", opened)
    next(cache.glob("*.issue")).unlink()
    made.clear()
    assert build(issue, tmp_path / "out", jobs=1, cache=cache).ok
    assert made == ["issue", 1, 2, 3]
    assert files(tmp_path / "out") == before
