"""Ads in the proof and in the comparison of two issues."""

import shutil
from pathlib import Path

import pytest
from ad_samples import Ad, ad_pdf
from test_pipeline_ads import AT_LEFT, LEFT, corners, fitting, issue, rect_of, rgb, size_of

from layout.core import Rect
from layout.pipeline import build
from layout.pipeline.diff import diff
from layout.pipeline.load import prepare
from layout.pipeline.proof_page import describe_page, draw_page, judged
from layout.proof import ProofPage
from layout.proof.record import contents, states


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "shop.pdf").write_bytes(fitting())
    return tmp_path


def proofed(path: Path) -> ProofPage:
    loaded = prepare(path)
    assert loaded.value is not None, loaded.diagnostics
    drawn = judged(draw_page(loaded.value, 0, loaded=loaded.diagnostics))
    page = describe_page(drawn)
    assert page is not None, drawn.found
    return page


def test_a_proof_names_the_ad(folder: Path) -> None:
    page = proofed(issue(folder, f"shop.pdf, {AT_LEFT}"))
    (ad,) = page.ads
    assert (ad.name, ad.rect, ad.findings) == ("shop.pdf", rect_of(LEFT), ())
    state = states(contents(page))[-1]
    assert (state.slug, state.photos[0].digest) == ("shop.pdf", ad.digest)
    assert [fault for fault in page.faults if fault.severity == "error"] == []


def test_a_refused_ad_is_shown_with_its_fault(folder: Path) -> None:
    (folder / "shop.pdf").write_bytes(ad_pdf(Ad(size_of(LEFT)), rgb))
    page = proofed(issue(folder, f"shop.pdf, {AT_LEFT}"))
    (fault,) = [fault for fault in page.faults if fault.severity == "error"]
    assert (fault.code, fault.story, fault.rect) == ("colour-rgb", "shop.pdf", rect_of(LEFT))
    assert b"/Subtype /Form" in page.pdf


@pytest.mark.parametrize("data", [None, b"%PDF-1.4 torn"])
def test_an_ad_that_cannot_be_read_is_crossed_out(folder: Path, data: bytes | None) -> None:
    if data is None:
        (folder / "shop.pdf").unlink()
    else:
        (folder / "shop.pdf").write_bytes(data)
    page = proofed(issue(folder, f"shop.pdf, {AT_LEFT}"))
    assert b"/Subtype /Form" not in page.pdf
    assert {fault.rect for fault in page.faults if fault.severity == "error"} == {rect_of(LEFT)}


def test_an_ad_that_changes_between_reading_and_writing(folder: Path) -> None:
    path = issue(folder, f"shop.pdf, {AT_LEFT}")
    loaded = prepare(path)
    assert loaded.value is not None
    (folder / "shop.pdf").write_bytes(ad_pdf(Ad(size_of(LEFT)), corners))
    assert "ad-changed" in [one.code for one in draw_page(loaded.value, 0).found]


@pytest.mark.parametrize("side", ["issue", "build"])
def test_another_artwork_is_a_difference(folder: Path, tmp_path: Path, side: str) -> None:
    new = tmp_path / "new"
    new.mkdir()
    shutil.copy(issue(folder, f"shop.pdf, {AT_LEFT}"), new / "issue.yaml")
    (new / "shop.pdf").write_bytes(ad_pdf(Ad(size_of(LEFT)), corners))
    sides = [folder / "issue.yaml", new / "issue.yaml"]
    if side == "build":
        for path in sides:
            assert build(path, path.parent / "out", jobs=1).ok
        sides = [path.parent / "out" for path in sides]
    found = diff(*sides)
    assert found.value is not None
    (page,) = found.value
    assert [change.slug for change in page.stories] == ["shop.pdf"]
    rect = rect_of(LEFT)
    assert all(Rect(rect.x - 5, rect.y - 5, rect.width + 10, rect.height + 10).contains(one) for one in page.regions)
    assert diff(sides[0], sides[0]).value == ()
