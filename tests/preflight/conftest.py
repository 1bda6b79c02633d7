"""Good press files to spoil: small pages of both standards, built once, and the checkout's own page."""

from pathlib import Path

import pytest
from preflight_samples import good_page, photograph

from layout.pipeline import build


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A small page by standard."""
    folder = tmp_path_factory.mktemp("good")
    (folder / "photo.png").write_bytes(photograph())
    (folder / "issue.yaml").write_text(good_page(), encoding="utf-8")
    made = {}
    for standard in ("x4", "x1a"):
        out = folder / standard
        report = build(folder / "issue.yaml", out, standard=standard, jobs=1)
        assert report.ok, report.diagnostics
        made[standard] = (out / "issue.pdf").read_bytes()
    return made


@pytest.fixture(scope="session")
def seed_page(root: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The page that the checkout's issue builds."""
    out = tmp_path_factory.mktemp("seed")
    report = build(root / "issue.yaml", out, jobs=1)
    assert report.ok, report.diagnostics
    return (out / "issue.pdf").read_bytes()
