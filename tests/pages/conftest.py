"""The page that the checkout's issue builds, read back once."""

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from printed import Geometry, Printed
from readback import ReadPage, read_page
from seed import Seed, read_seed

from layout.display import DisplayPage
from layout.fonts import Book
from layout.house.model import House
from layout.pipeline import build
from layout.pipeline.composition import compose_issue
from layout.pipeline.load import Prepared, prepare


@pytest.fixture(scope="session")
def issue(root: Path) -> Path:
    return root / "issue.yaml"


@pytest.fixture(scope="session")
def built(issue: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The issue's press file."""
    out = tmp_path_factory.mktemp("built")
    report = build(issue, out, jobs=1)
    assert report.ok, report.diagnostics
    return out / "issue.pdf"


@pytest.fixture(scope="session")
def prepared(issue: Path) -> Prepared:
    checked = prepare(issue)
    assert checked.value is not None, checked.diagnostics
    return checked.value


@pytest.fixture(scope="session")
def house(prepared: Prepared) -> House:
    return prepared.house


@pytest.fixture(scope="session")
def display(prepared: Prepared) -> DisplayPage:
    """What the page was meant to be."""
    return compose_issue(prepared).document.pages[0]


@pytest.fixture(scope="session")
def seed(root: Path) -> Seed:
    return read_seed(root / "tests/cases/seed_page.txt")


@pytest.fixture(scope="session")
def pdf(built: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(built) as document:
        yield document


@pytest.fixture(scope="session")
def page(pdf: pikepdf.Pdf) -> ReadPage:
    """What the page's content stream paints."""
    (only,) = pdf.pages
    return read_page(only)


@pytest.fixture(scope="session")
def pdfium(built: Path) -> Iterator[pypdfium2.PdfDocument]:
    with pypdfium2.PdfDocument(built) as document:
        yield document


@pytest.fixture(scope="session")
def geometry(prepared: Prepared, house: House) -> Geometry:
    """The type area and the story's columns: whole characters each, what is left over in the gutters."""
    grid, size = house.grid, house.styles["body"].size
    (story,) = prepared.issue.pages[0].stories
    count = story.columns or grid.columns
    left, top = grid.margins.left, grid.margins.top
    width = int((grid.width / size - (count - 1) * grid.gutter) / count) * size
    step = (grid.width - width) / (count - 1)
    area = (left, top, left + grid.width, top + (grid.lines - 1) * grid.pitch + grid.size)
    columns = tuple((left + place * step, left + place * step + width) for place in range(count))
    return Geometry(area, columns, size, grid.pitch, grid.lines)


@pytest.fixture(scope="session")
def styles(house: House) -> dict[tuple[str, float], str]:
    """The names of the house's styles by the first face of their role and their size."""
    book = Book(house.faces)
    return {
        (book.chain(style.role)[0].ps_name, round(style.size, 2)): name
        for name, style in house.styles.items()
        if name in {"body", "subhead", "subhead-long", "caption", "credit"}
    }


@pytest.fixture(scope="session")
def printed(page: ReadPage, geometry: Geometry, styles: dict[tuple[str, float], str]) -> Printed:
    """The running text."""
    return Printed(page, geometry, styles)
