"""An issue file: what it gives, and what each mistake in it is answered with."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from layout.core import Span
from layout.issue import load_issue
from layout.issue.model import Area, Box, Cell, Issue, Passage

GOOD = """\
# yaml-language-server: $schema=issue.schema.json
paper: {name: 样报, notes: {电话: 010-12345678}}
date: 2024-01-08
number: 0123
style: tabloid
house: {bleed: 3mm}
pages:
  - number: 4
    title: 专版
    staff: {责编: 张三, 设计: 李四}
    house: {grid: {lines: 100}}
    stories:
      - slug: zhengxie
        area: {columns: 1-8, lines: 1-120}
        kicker: 引题
        headline: 履职尽责结硕果 团结奋斗启新程
        deck: ——2023年工作亮点回眸
        byline: 本报记者 罗 鸣
        columns: 6
        text: |
          ## 举旗帜 明方向 引领新步伐
          思想之旗引领新的征程,
          一行未完。

          第二段。
        photos:
          - file: photos/a.jpg
            caption: 5月6日,调研。
            columns: 2
            lines: 15
            at: {column: 1, line: 20}
            focus: [0.25, 1]
          - file: photos/b.jpg
            at: top
        credit: (本版图片由政协提供)
        box: {rule: thin, tint: warm}
        house: {styles: {body: {size: 10pt}}}
"""
SHORT = """\
paper: {name: 样报}
date: 2024-01-08
pages:
  - number: 1
    stories:
      - text: 正文
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "photos").mkdir()
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / "photos" / name).touch()
    return tmp_path


def write(folder: Path, text: str) -> Path:
    path = folder / "issue.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def load(folder: Path, text: str) -> Issue:
    checked = load_issue(write(folder, text))
    assert checked.ok, checked.diagnostics
    assert checked.value is not None
    return checked.value


def faults(folder: Path, text: str) -> list[tuple[str, int, int]]:
    found = load_issue(write(folder, text)).diagnostics
    return [(one.code, one.span.line, one.span.column) for one in found]


def test_every_key_reaches_the_model(folder: Path) -> None:
    issue = load(folder, GOOD)
    assert (issue.paper.name, issue.paper.notes) == ("样报", (("电话", "010-12345678"),))
    assert (issue.date, issue.number, issue.style) == (date(2024, 1, 8), "0123", "tabloid")
    assert (issue.root, issue.style_span.line) == (folder, 5)
    (page,) = issue.pages
    assert (page.number, page.title, page.staff) == (4, "专版", (("责编", "张三"), ("设计", "李四")))
    (story,) = page.stories
    assert (story.slug, story.columns, story.box) == ("zhengxie", 6, Box("thin", "warm"))
    assert story.area is not None
    assert story.area == Area(1, 8, 1, 120, story.area.span)
    heads = (story.kicker, story.headline, story.deck, story.byline, story.credit)
    assert [head.role for head in heads if head] == ["kicker", "headline", "deck", "byline", "credit"]
    assert story.headline is not None
    assert (story.headline.text, story.headline.span.line) == ("履职尽责结硕果 团结奋斗启新程", 16)
    first, second = story.photos
    assert (first.file, first.columns, first.lines) == (folder / "photos" / "a.jpg", 2, 15)
    assert (first.at, first.focus) == (Cell(1, 20), (0.25, 1.0))
    assert first.caption is not None
    assert (first.caption.role, first.caption.text) == ("caption", "5月6日,调研。")
    assert (second.at, second.caption, second.focus) == ("top", None, (0.5, 0.5))


def test_terms_and_the_place_of_a_head(folder: Path) -> None:
    issue = load(folder, SHORT + "        head: {columns: 2}\nterms: [大武口区政协, 有事好商量]\n")
    assert issue.terms == ("大武口区政协", "有事好商量")
    head = issue.pages[0].stories[0].head
    assert (head.columns, head.span.line) == (2, 7)
    plain = load(folder, SHORT + "        head:\nterms:\n")
    assert (plain.terms, plain.pages[0].stories[0].head.columns) == ((), None)


def test_text_is_cut_into_passages(folder: Path) -> None:
    story = load(folder, GOOD).pages[0].stories[0]
    assert [(passage.role, passage.text) for passage in story.text] == [
        ("subhead", "举旗帜 明方向 引领新步伐"),
        ("body", "思想之旗引领新的征程, 一行未完。"),
        ("body", "第二段。"),
    ]
    path = str(folder / "issue.yaml")
    assert [passage.span for passage in story.text] == [Span(path, 21, 14), Span(path, 22, 11), Span(path, 25, 11)]
    body = story.text[1]
    assert body.at(body.text.index("征")) == Span(path, 22, 19)
    assert body.at(body.text.index("未")) == Span(path, 23, 13)


def test_overrides_keep_their_places(folder: Path) -> None:
    issue = load(folder, GOOD)
    page, story = issue.pages[0], issue.pages[0].stories[0]
    lines = [span.line for overrides in (issue.overrides, page.overrides, story.overrides) for _, span in overrides]
    assert lines == [6, 11, 37]


def test_what_is_left_out_has_a_default(folder: Path) -> None:
    issue = load(folder, SHORT + "        deck:\n        photos:\n        house:\n")
    assert (issue.style, issue.number, issue.overrides) == ("broadsheet", "", ())
    (story,) = issue.pages[0].stories
    assert (story.slug, story.area, story.deck, story.photos, story.overrides) == ("1-1", None, None, (), ())


def test_numbers_are_text_where_text_is_wanted(folder: Path) -> None:
    story = load(folder, SHORT + "        headline: 2024\n        slug: 007\n").pages[0].stories[0]
    assert (story.slug, story.headline and story.headline.text) == ("007", "2024")


@pytest.mark.parametrize(
    ("typed", "area"), [("{columns: 3, lines: 5-9}", (3, 3, 5, 9)), ("{columns: 1–8, lines: '7'}", (1, 8, 7, 7))]
)
def test_areas(folder: Path, typed: str, area: tuple[int, int, int, int]) -> None:
    found = load(folder, f"{SHORT}        area: {typed}\n").pages[0].stories[0].area
    assert found is not None
    assert (found.first_column, found.last_column, found.first_line, found.last_line) == area


def test_text_from_a_file_with_places_in_that_file(folder: Path) -> None:
    (folder / "copy.txt").write_bytes("\ufeff## 小标题\r\n　　第一段,\r\n续行\r\n\r\n第二段\r\n".encode())
    story = load(folder, SHORT.replace("text: 正文", "text_file: copy.txt")).pages[0].stories[0]
    path = str(folder / "copy.txt")
    assert [(p.role, p.text, p.span) for p in story.text] == [
        ("subhead", "小标题", Span(path, 1, 4)),
        ("body", "第一段, 续行", Span(path, 2, 3)),
        ("body", "第二段", Span(path, 5, 1)),
    ]
    assert story.text[1].at(6) == Span(path, 3, 2)


@pytest.mark.parametrize("style", ["|", ">", "|-", '"'])
def test_every_character_of_the_copy_is_where_it_says(folder: Path, style: str) -> None:
    copy = "第一段,\n          续行。\n\n          ##小标题\n\n          第二段"
    text = f'"{copy}"' if style == '"' else f"{style}\n          {copy}"
    issue = load(folder, SHORT.replace("正文", text))
    lines = (folder / "issue.yaml").read_text(encoding="utf-8").split("\n")
    passages = issue.pages[0].stories[0].text
    assert "".join(passage.text for passage in passages).replace(" ", "") == "第一段,续行。小标题第二段"
    for passage in passages:
        for offset, character in enumerate(passage.text):
            if character != " ":
                place = passage.at(offset)
                assert lines[place.line - 1][place.column - 1] == character


MISTAKES = {
    "unknown key": (SHORT + "        headlin: 文\n", [("unknown-key", 7, 9)]),
    "no date": (SHORT.replace("date: 2024-01-08\n", ""), [("missing-key", 1, 1)]),
    "no paper": (SHORT.replace("paper: {name: 样报}\n", ""), [("missing-key", 1, 1)]),
    "no name": (SHORT.replace("{name: 样报}", "{}"), [("missing-key", 1, 8)]),
    "no such day": (SHORT.replace("2024-01-08", "2024-02-30"), [("bad-value", 2, 7)]),
    "date in another form": (SHORT.replace("2024-01-08", "2024年1月8日"), [("bad-value", 2, 7)]),
    "no pages": ("paper: {name: 样报}\ndate: 2024-01-08\npages: []\n", [("bad-value", 3, 8)]),
    "pages empty": ("paper: {name: 样报}\ndate: 2024-01-08\npages:\n", [("wrong-type", 3, 7)]),
    "page number as text": (SHORT.replace("number: 1", "number: 一"), [("bad-value", 4, 13)]),
    "pages that do not face each other": (SHORT.replace("number: 1", "number: 5-6"), [("bad-spread", 4, 13)]),
    "a spread over three pages": (SHORT.replace("number: 1", "number: 4-6"), [("bad-spread", 4, 13)]),
    "page without stories": (SHORT.replace(":\n      - text: 正文\n", ": []\n"), [("bad-value", 5, 14)]),
    "area half given": (SHORT + "        area: {columns: 1-8}\n", [("missing-key", 7, 15)]),
    "area in words": (SHORT + "        area: {columns: 左, lines: 1-9}\n", [("bad-value", 7, 25)]),
    "area from 0": (SHORT + "        area: {columns: 0-3, lines: 1-9}\n", [("bad-value", 7, 25)]),
    "area backwards": (SHORT + "        area: {columns: 8-1, lines: 1-9}\n", [("bad-area", 7, 25)]),
    "a photo nowhere": (SHORT + "        photos: [{file: photos/a.jpg, at: middle}]\n", [("bad-value", 7, 43)]),
    "a photo without its file": (SHORT + "        photos: [{caption: 文}]\n", [("missing-key", 7, 18)]),
    "focus outside": (SHORT + "        photos: [{file: photos/a.jpg, focus: [0.5, 2]}]\n", [("bad-value", 7, 52)]),
    "missing photo": (SHORT + "        photos:\n          - file: photos/none.jpg\n", [("file-missing", 8, 19)]),
    "a folder as a photo": (SHORT + "        photos: [{file: photos}]\n", [("file-missing", 7, 25)]),
    "photo outside": (SHORT + "        photos: [{file: ../../etc/passwd}]\n", [("path-escapes", 7, 25)]),
    "absolute photo": (SHORT + "        photos: [{file: /etc/passwd}]\n", [("path-escapes", 7, 25)]),
    "missing text file": (SHORT.replace("text: 正文", "text_file: none.txt"), [("file-missing", 6, 20)]),
    "text file outside": (SHORT.replace("text: 正文", "text_file: ../x.txt"), [("path-escapes", 6, 20)]),
    "text twice": (SHORT + "        text_file: photos/a.jpg\n", [("text-twice", 7, 9)]),
    "empty story": (SHORT.replace("text: 正文", "byline: 记者"), [("empty-story", 6, 9)]),
    "a head over a blank text": (SHORT.replace("正文", "'  '\n        headline: 题"), [("text-empty", 6, 15)]),
    "blank text": (SHORT.replace("正文", "'  '"), [("empty-story", 6, 9)]),
    "two pages of one number": (SHORT + "  - number: 1\n    stories: [{text: 文}]\n", [("duplicate-page", 7, 5)]),
    "two stories of one name": (
        SHORT.replace("正文", "正文\n        slug: a\n        area: {columns: 1, lines: 1}")
        + "      - {text: 文, slug: a, area: {columns: 2, lines: 1}}\n",
        [("duplicate-slug", 9, 9)],
    ),
    "stories without areas": (SHORT + "      - text: 二\n", [("area-missing", 6, 9), ("area-missing", 7, 9)]),
    "house in words": (SHORT + "        house: big\n", [("wrong-type", 7, 16)]),
    "all at once": (
        SHORT.replace("2024-01-08", "soon").replace("number", "nummer") + "        colums: 3\n",
        [("bad-value", 2, 7), ("missing-key", 4, 5), ("unknown-key", 4, 5), ("unknown-key", 7, 9)],
    ),
    "content faults at once": (
        SHORT
        + "        text_file: x\n        area: {columns: 2-1, lines: 9-3}\n"
        + "        photos: [{file: none.jpg}, {file: /a}]\n",
        [
            ("text-twice", 7, 9),
            ("bad-area", 8, 25),
            ("bad-area", 8, 37),
            ("file-missing", 9, 25),
            ("path-escapes", 9, 43),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_has_a_code_and_a_place(folder: Path, name: str) -> None:
    text, expected = MISTAKES[name]
    assert faults(folder, text) == expected


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (SHORT.replace("date: 2024-01-08\n", ""), "date: 2024-01-08"),
        (SHORT + "        headlin: 文\n", "did you mean headline?"),
        (SHORT + "        作者: 文\n", "did you mean byline?"),
        (SHORT + "        area: {columns: 8-1, lines: 1-9}\n", "write 1-8"),
        (SHORT + "        photos: [{file: /etc/passwd}]\n", "allow its folder"),
    ],
)
def test_a_hint_says_what_to_do(folder: Path, text: str, hint: str) -> None:
    (found,) = load_issue(write(folder, text)).diagnostics
    assert hint in found.hint


def test_content_faults_leave_the_issue_there_and_name_the_page(folder: Path) -> None:
    checked = load_issue(write(folder, SHORT + "        photos: [{file: none.jpg}]\n"))
    assert checked.value is not None
    assert not checked.ok
    assert checked.value.pages[0].stories[0].photos[0].file == folder / "none.jpg"
    assert [found.page for found in checked.diagnostics] == [1]


def test_folders_may_be_allowed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    archive = tmp_path_factory.mktemp("archive")
    (archive / "c.jpg").touch()
    path = write(folder, SHORT + f"        photos: [{{file: {archive / 'c.jpg'}}}]\n")
    assert not load_issue(path).ok
    assert load_issue(path, allowed=[archive]).ok


def test_a_broken_file_is_told_as_such(folder: Path) -> None:
    assert faults(folder, "paper: [\n") == [("yaml-syntax", 2, 1)]
    assert [found.code for found in load_issue(folder / "none.yaml").diagnostics] == ["file-missing"]


def test_a_passage_counts_columns_from_its_breaks() -> None:
    passage = Passage("body", "一二 三四", Span("x", 2, 5), ((3, Span("x", 3, 1)),))
    assert [passage.at(offset) for offset in (0, 1, 3, 4)] == [
        Span("x", 2, 5),
        Span("x", 2, 6),
        Span("x", 3, 1),
        Span("x", 3, 2),
    ]


ODD = (None, -1, True, "x", [None], {}, {"a": {"b": [1]}})


def places(value: Any, above: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every value of a tree."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        yield (*above, step)
        yield from places(inner, (*above, step))


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_no_value_of_any_key_is_a_crash(folder: Path, odd: object) -> None:
    for path in places(yaml.safe_load(GOOD)):
        issue = yaml.safe_load(GOOD)
        target = issue
        for step in path[:-1]:
            target = target[step]
        target[path[-1]] = odd
        checked = load_issue(write(folder, yaml.safe_dump(issue, allow_unicode=True)))
        assert checked.value is not None or checked.diagnostics, path
        assert all(found.span.line for found in checked.diagnostics), path
