"""What building needs, read once: house styles by page and story, faults of everything together."""

from pathlib import Path

import pytest

from layout.core import Severity
from layout.pipeline.load import prepare

ISSUE = """\
paper: {name: 样报}
date: 2024-01-08
pages:
  - number: 1
    stories:
      - slug: a
        area: {columns: 1-4, lines: 1-20}
        text: 正文
      - slug: b
        area: {columns: 1-4, lines: 21-40}
        text: 正文
        house: {styles: {body: {indent: 0}}}
  - number: 2
    house: {bleed: 3mm}
    stories:
      - {slug: a, text: 正文}
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "issue.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def codes(checked) -> list[str]:
    return [one.code for one in checked.diagnostics if one.severity is Severity.ERROR]


def test_house_styles_by_page_and_story(tmp_path: Path) -> None:
    prepared = prepare(write(tmp_path, ISSUE)).value
    houses = prepared.houses
    assert set(houses) == {(1, ""), (1, "a"), (1, "b"), (2, ""), (2, "a")}
    assert houses[1, ""] is houses[1, "a"]
    assert houses[1, "b"].styles["body"].indent == 0
    assert houses[1, "a"].styles["body"].indent == 2
    assert houses[2, "a"].bleed == houses[2, ""].bleed > houses[1, ""].bleed == 0
    assert prepared.house is houses[1, ""]
    assert prepared.title == "样报 2024-01-08"


def test_another_standard_is_still_one_house(tmp_path: Path) -> None:
    prepared = prepare(write(tmp_path, ISSUE), standard="x1a").value
    assert {house.standard for house in prepared.houses.values()} == {"x1a"}
    assert prepared.houses[1, ""] is prepared.houses[1, "a"]


def test_only_some_pages(tmp_path: Path) -> None:
    prepared = prepare(write(tmp_path, ISSUE), pages=frozenset({2})).value
    assert [page.number for page in prepared.issue.pages] == [2]
    assert set(prepared.houses) == {(2, ""), (2, "a")}


def test_pages_that_are_not_there(tmp_path: Path) -> None:
    checked = prepare(write(tmp_path, ISSUE), pages=frozenset({2, 7, 9}))
    assert checked.value is None
    assert codes(checked) == ["page-unknown", "page-unknown"]


def test_faults_of_pages_that_are_not_wanted_do_not_count(tmp_path: Path) -> None:
    path = write(tmp_path, ISSUE.replace("{slug: a, text: 正文}", "{slug: a, text: 正文, photos: [{file: none.jpg}]}"))
    assert codes(prepare(path)) == ["file-missing"]
    assert prepare(path, pages=frozenset({1})).diagnostics == ()


def test_an_issue_whose_photographs_alone_are_at_fault_can_still_be_composed(tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").touch()
    story = "{slug: a, text: 正文, photos: [{file: none.jpg}, {file: empty.jpg}]}"
    checked = prepare(write(tmp_path, ISSUE.replace("{slug: a, text: 正文}", story)))
    assert sorted(codes(checked)) == ["file-missing", "image-broken"]
    assert {one.page for one in checked.diagnostics} == {2}
    assert checked.value.facts == {}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ("house: {bled: 3mm}", "unknown-key"),
        ("house: {faces: {song: face.ttf}}", "font-broken"),
        ("house: {press: {profile: face.ttf}}", "profile-broken"),
        ("house: {press: {profile: none.icc}}", "file-missing"),
    ],
)
def test_an_issue_whose_house_style_is_at_fault_cannot(changed: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "face.ttf").write_bytes(b"no font")
    checked = prepare(write(tmp_path, ISSUE.replace("house: {bleed: 3mm}", changed)))
    assert checked.value is None
    assert codes(checked) == [code]
    (found,) = checked.diagnostics
    assert (found.span.path, found.span.line) == (str(tmp_path / "issue.yaml"), 14)


def test_a_face_in_a_house_style_of_ones_own_is_told_there(tmp_path: Path) -> None:
    (tmp_path / "face.ttf").write_bytes(b"no font")
    (tmp_path / "ours.yaml").write_text("extends: tabloid\nfaces:\n  kai: face.ttf\n", encoding="utf-8")
    checked = prepare(write(tmp_path, ISSUE.replace("pages:", "style: ours.yaml\npages:")))
    (found,) = checked.diagnostics
    assert str(found.span) == f"{tmp_path / 'ours.yaml'}:3:8"
    assert (found.code, bool(found.hint)) == ("font-broken", True)


def test_one_plate_has_one_ink_in_the_whole_issue(tmp_path: Path) -> None:
    tin = "palette: {tin: {spot: Gold, cmyk: [0, 20, 60, %d]}}"
    text = ISSUE.replace("bleed: 3mm", tin % 20).replace("styles: {body: {indent: 0}}", tin % 10)
    (found,) = prepare(write(tmp_path, text)).diagnostics
    assert (found.code, found.severity) == ("spot-differs", Severity.ERROR)
    assert found.span.line == text[: text.index("60, 20")].count("\n") + 1
    assert prepare(write(tmp_path, text.replace("60, 10", "60, 20"))).diagnostics == ()
