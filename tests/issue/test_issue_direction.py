"""Vertical stories as the desk writes them, and the words of the other direction."""

from pathlib import Path

import pytest

from layout.core import Checked
from layout.issue import load_issue
from layout.issue.model import Cell, HeadPlace, Issue, Story

ISSUE = """\
paper: {{name: 样报}}
date: 2024-01-08
pages:
  - number: 8
    stories:
      - text: 正文
{}
"""
VERTICAL = """\
        direction: vertical
        tiers: 3
        head: {tiers: 2}
        photos:
          - {file: a.jpg, tiers: 1, lines: 14, at: {tier: 2, line: 9}}
          - {file: a.jpg, at: left}"""


def loaded(folder: Path, told: str) -> Checked[Issue]:
    (folder / "a.jpg").write_bytes(b"")
    (folder / "issue.yaml").write_text(ISSUE.format(told), encoding="utf-8")
    return load_issue(folder / "issue.yaml")


def story(checked: Checked[Issue]) -> Story:
    assert checked.value is not None, checked.diagnostics
    return checked.value.pages[0].stories[0]


def test_a_vertical_story_is_read(tmp_path: Path) -> None:
    checked = loaded(tmp_path, VERTICAL)
    assert checked.diagnostics == ()
    told = story(checked)
    assert (told.vertical, told.tiers, told.columns) == (True, 3, None)
    assert (told.head.tiers, told.head.horizontal, told.head.span.line) == (2, False, 9)
    assert [(one.tiers, one.lines, one.at) for one in told.photos] == [(1, 14, Cell(2, 9)), (None, None, "left")]
    cell = told.photos[0].at
    assert isinstance(cell, Cell)
    assert {type(cell.column), type(cell.line)} == {int}


def test_copy_is_horizontal_unless_it_is_told(tmp_path: Path) -> None:
    assert not story(loaded(tmp_path, "")).vertical
    assert not story(loaded(tmp_path, "        direction: horizontal")).vertical
    assert story(loaded(tmp_path, "")).head == HeadPlace()


@pytest.mark.parametrize(
    ("told", "place", "hint"),
    [
        ("        direction: vertical\n        columns: 3", (8, 9), "write tiers"),
        ("        direction: vertical\n        head: {columns: 2}", (8, 16), "write tiers"),
        ("        direction: vertical\n        photos: [{file: a.jpg, columns: 2}]", (8, 32), "write tiers"),
        ("        direction: vertical\n        photos: [{file: a.jpg, at: top}]", (8, 36), "write right"),
        ("        direction: vertical\n        photos: [{file: a.jpg, at: bottom}]", (8, 36), "write left"),
        (
            "        direction: vertical\n        photos: [{file: a.jpg, at: {column: 1, line: 3}}]",
            (8, 37),
            "write tier",
        ),
        ("        direction: vertical\n        head: {vertical: left}", (8, 26), "horizontal: true"),
        ("        tiers: 3", (7, 9), "write columns"),
        ("        photos: [{file: a.jpg, at: right}]", (7, 36), "write top"),
        ("        photos: [{file: a.jpg, at: {tier: 1, line: 3}}]", (7, 37), "write column"),
        ("        head: {horizontal: true}", (7, 28), "leave it out"),
    ],
)
def test_words_of_the_other_direction_are_told_at_their_place(
    tmp_path: Path, told: str, place: tuple[int, int], hint: str
) -> None:
    (found,) = loaded(tmp_path, told).diagnostics
    assert (found.code, found.span.line, found.span.column) == ("wrong-direction", *place)
    assert found.page == 8
    assert hint in found.hint


def test_the_side_of_a_vertical_head_may_be_said(tmp_path: Path) -> None:
    assert loaded(tmp_path, "        direction: vertical\n        head: {vertical: right}").diagnostics == ()
    assert loaded(tmp_path, "        head: {vertical: left, horizontal: false}").diagnostics == ()


def test_keys_with_nothing_after_them_say_nothing(tmp_path: Path) -> None:
    assert loaded(tmp_path, "        direction: vertical\n        columns:\n        head:").diagnostics == ()


@pytest.mark.parametrize("at", ["{line: 3}", "{tier: 1}", "{tier: 1, column: 1, line: 3}"])
def test_a_place_is_a_line_of_one_tier(tmp_path: Path, at: str) -> None:
    checked = loaded(tmp_path, f"        direction: vertical\n        photos: [{{file: a.jpg, at: {at}}}]")
    assert checked.value is None
    assert all(found.span.line == 8 for found in checked.diagnostics)
