"""A build judges what it has written, and keeps no file that has an error."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from preflight_samples import changed, good_page, photograph, text

from layout.core import Span
from layout.house import load_house
from layout.pdf import PressFile, write_leaves, write_page
from layout.pipeline import build, press
from layout.pipeline.report import Report
from layout.pipeline.verdict import house_profile
from layout.preflight import PROFILES

Spoil = Callable[[bytes], bytes]


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    (tmp_path / "photo.png").write_bytes(photograph())
    (tmp_path / "issue.yaml").write_text(good_page(), encoding="utf-8")
    return tmp_path / "issue.yaml"


@pytest.fixture
def spoiled(issue: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Report]:
    """Builds with a writer whose files are spoiled; ``pages`` are the numbers of pages of the files to spoil."""

    def built(spoil: Spoil, pages: int | None = None) -> Report:
        def page(*what: Any, **how: Any) -> PressFile:
            written = write_page(*what, **how)
            return replace(written, data=spoil(written.data)) if pages in {None, 1} else written

        def joined(leaves: Any, *what: Any, **how: Any) -> bytes:
            data = write_leaves(leaves, *what, **how)
            return spoil(data) if pages in {None, len(leaves)} else data

        monkeypatch.setattr(press, "write_page", page)
        monkeypatch.setattr(press, "write_leaves", joined)
        return build(issue, issue.parent / "out", jobs=1)

    return built


def codes(report: Report) -> list[str]:
    return [one.code for one in report.diagnostics if one.code != "underset"]


def without_id(data: bytes) -> bytes:
    return data.replace(b"/Trapped /False", b"/Trapped /Never")


def tiny(data: bytes) -> bytes:
    return changed(data, text(5.0, before="0 1 1 0 k"))


def small(data: bytes) -> bytes:
    return changed(data, text(8.0, before="0 g"))


def test_an_error_leaves_the_last_good_build(issue: Path, spoiled: Callable[..., Report]) -> None:
    out = issue.parent / "out"
    assert build(issue, out, jobs=1).ok
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    report = spoiled(tiny)
    assert not report.ok
    assert "text-inks-tiny" in codes(report)
    assert report.data["files"] == {}
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_no_file_is_kept_where_none_was(issue: Path, spoiled: Callable[..., Report]) -> None:
    assert "trapped" in codes(spoiled(without_id))
    assert not (issue.parent / "out").exists()


def test_a_finding_stands_at_its_story(issue: Path, spoiled: Callable[..., Report]) -> None:
    def in_story(data: bytes) -> bytes:
        return changed(data, text(8.0, before="0 g", at=(200, 1000)))

    def above(data: bytes) -> bytes:
        return changed(data, text(8.0, before="0 g", at=(200, 1120)))

    for spoil, line in ((in_story, 9), (above, 6)):
        report = spoiled(spoil)
        assert report.ok
        (found,) = [one for one in report.diagnostics if one.code == "gray-text"]
        assert (found.span.line, found.page) == (line, 2)
        assert found.message.startswith("press file: ")
        assert "mm [" in found.message


def test_warnings_are_in_the_report_that_is_kept(issue: Path, spoiled: Callable[..., Report]) -> None:
    report = spoiled(small)
    assert report.ok
    kept = json.loads((issue.parent / "out" / "report.json").read_text("utf-8"))
    assert "gray-text" in [one["code"] for one in kept["diagnostics"]]


def two_pages(issue: Path) -> None:
    text = issue.read_text("utf-8")
    page = text[text.index("  - number: 2") :]
    issue.write_text(text + page.replace("number: 2", "number: 3"), encoding="utf-8")


def lost_font(data: bytes) -> bytes:
    """A page names a font that is not there."""

    def change(pdf: Any) -> None:
        for name in list(pdf.pages[1].obj.Resources.Font.keys()):
            del pdf.pages[1].obj.Resources.Font[name]

    return changed(data, change)


WHOLE: Mapping[str, tuple[Spoil, str]] = {
    "structure": (without_id, "trapped"),
    "a resource that is not there": (lost_font, "resource-missing"),
    "boxes": (lambda data: data.replace(b"/TrimBox", b"/TrimBix"), "trim-box"),
}


@pytest.mark.parametrize("name", WHOLE)
def test_the_file_of_the_issue_is_judged_too(issue: Path, spoiled: Callable[..., Report], name: str) -> None:
    two_pages(issue)
    spoil, code = WHOLE[name]
    report = spoiled(spoil, pages=2)
    assert code in codes(report)
    assert not (issue.parent / "out").exists()


def test_a_good_issue_of_two_pages_is_kept_without_a_word(issue: Path) -> None:
    two_pages(issue)
    report = build(issue, issue.parent / "out", jobs=1)
    assert report.ok
    assert codes(report) == []


def test_limits_are_those_of_the_press() -> None:
    for settings, profile, numbers in (
        ({}, "house", (2.4, 99, 149)),
        ({"press": "newsprint-220", "preflight": "newspaper"}, "newspaper", (2.2, 99, 149)),
        ({"press": "coated", "preflight": "coated"}, "coated", (3.0, 149, 224)),
    ):
        house = load_house("tabloid", overrides=[(settings, Span("issue.yaml", 1, 1))]).value
        assert house is not None
        made = house_profile(house)
        assert (made.limits.ink_pixel, made.limits.image_coarse, made.limits.image_low) == numbers
        assert made.severities == PROFILES[profile].severities
