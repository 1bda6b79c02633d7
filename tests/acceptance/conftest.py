"""The acceptance pages, built once in both standards."""

import shutil
from pathlib import Path

import pytest
from acceptance_builds import PAGES, STANDARDS, Built
from acceptance_pictures import write_ads, write_copy, write_pictures

from layout.pipeline import build
from layout.pipeline.composition import compose_issue
from layout.pipeline.load import Prepared, prepare
from layout.pipeline.press import press_sheets


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The issue file with everything that it names."""
    folder = tmp_path_factory.mktemp("acceptance")
    shutil.copy(Path(__file__).with_name("issue.yaml"), folder)
    write_pictures(folder / "pictures")
    write_copy(folder / "copy")
    write_ads(folder / "ads")
    return folder / "issue.yaml"


@pytest.fixture(scope="session")
def prepared(source: Path) -> Prepared:
    checked = prepare(source)
    assert checked.value is not None, checked.diagnostics
    return checked.value


@pytest.fixture(scope="session")
def builds(source: Path, prepared: Prepared) -> dict[str, Built]:
    """The builds by standard."""
    pages = compose_issue(prepared).document.pages
    sheets = dict(zip(PAGES, (sheet for page in pages for sheet in press_sheets(prepared, page)), strict=True))
    made = {}
    for standard in STANDARDS:
        out = source.parent / standard
        report = build(source, out, standard=standard, jobs=1, cache=source.parent / "cache")
        assert report.ok, report.diagnostics
        assert {*report.data["files"]} == {"issue.pdf", *(f"pages/{name}.pdf" for name in PAGES)}
        made[standard] = Built(out, sheets, prepared.house)
    return made


@pytest.fixture(scope="session", params=STANDARDS)
def built(request: pytest.FixtureRequest, builds: dict[str, Built]) -> Built:
    """A build in one standard after the other."""
    return builds[request.param]
