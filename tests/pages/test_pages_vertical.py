"""A page with vertical stories in print: the literary supplement, read back from its press file."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from printed import CLOSING, OPENING, STOPS
from readback import Glyph, ReadPage, read_page

from layout.issue.model import Story
from layout.pipeline import build
from layout.pipeline.load import Prepared, prepare
from layout.pipeline.proof_page import describe_page, draw_page
from layout.text.markup import press_copy

HERE = Path(__file__).parent
SLUG, SIZE, PITCH, TIERS = "gucheng", 9.5, 14.0, 3
GRID = 0.05


def laid_out(folder: Path, changed: tuple[str, str] = ("", "")) -> Path:
    """The supplement with its photographs in a folder of its own."""
    copy = (HERE / "supplement.yaml").read_text("utf-8").replace(*changed)
    (folder / "photos").mkdir()
    for name in ("0506", "1201"):
        Image.new("RGB", (1500, 1000), (90, 120, 60)).save(folder / f"photos/{name}.jpg")
    (folder / "supplement.yaml").write_text(copy, encoding="utf-8")
    return folder / "supplement.yaml"


@pytest.fixture(scope="module")
def supplement(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return laid_out(tmp_path_factory.mktemp("supplement"))


@pytest.fixture(scope="module")
def ready(supplement: Path) -> Prepared:
    checked = prepare(supplement)
    assert checked.value is not None, checked.diagnostics
    return checked.value


@pytest.fixture(scope="module")
def pressed(supplement: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("pressed")
    report = build(supplement, out, jobs=1)
    assert report.ok
    assert {(str(found.severity), found.code) for found in report.diagnostics} == {("note", "arabic-figures")}
    return out / "issue.pdf"


@pytest.fixture(scope="module")
def read(pressed: Path) -> Iterator[ReadPage]:
    with pikepdf.open(pressed) as pdf:
        (page,) = pdf.pages
        yield read_page(page)


@pytest.fixture(scope="module")
def told(ready: Prepared) -> Story:
    return next(story for story in ready.issue.pages[0].stories if story.slug == SLUG)


@pytest.fixture(scope="module")
def area(ready: Prepared) -> tuple[float, float, float]:
    """Right edge, top and height of the story, from the settings alone."""
    grid = ready.houses[8, SLUG].grid
    right = grid.margins.left + (6 * grid.characters + 5 * grid.gutter) * grid.size
    return right, grid.margins.top, 60 * grid.pitch + grid.size


@pytest.fixture(scope="module")
def lines(read: ReadPage) -> list[list[Glyph]]:
    """The story's vertical lines of text in the order of the file; figures across and turned words left out."""
    body = [g for g in read.glyphs if g.flow == "down" and abs(g.size - SIZE) < 0.01 and g.own and not g.own.isdigit()]
    return [list(line) for _, line in groupby(body, key=lambda glyph: round(glyph.x, 1))]


def solid(text: str) -> str:
    return re.sub(r"\s+", "", text)


def copy_of(story: Story) -> list[str]:
    heads = [passage for passage in (story.kicker, story.headline, story.byline) if passage]
    captions = [photo.caption for photo in story.photos if photo.caption]
    return [solid(press_copy(each.text, each.role).text) for each in (*heads, *captions, *story.text)]


def assert_in_order(text: str, ready: Prepared) -> None:
    """Every story whole: head, captions, then every paragraph."""
    found, place = solid(text), 0
    for story in ready.issue.pages[0].stories:
        for part in copy_of(story):
            place = found.find(part, place) + len(part)
            assert place >= len(part), part


def test_nothing_on_the_page_is_out_of_order(read: ReadPage) -> None:
    assert read.faults == []


def test_lines_stand_on_their_grid(lines: list[list[Glyph]], area: tuple[float, float, float]) -> None:
    right, *_ = area
    assert len(lines) > 45
    for line in lines:
        for glyph in line:
            place = (right - glyph.x - SIZE / 2) / PITCH
            assert abs(place - round(place)) * PITCH < GRID


def test_lines_start_at_the_tops_of_the_tiers(lines: list[list[Glyph]], area: tuple[float, float, float]) -> None:
    _, top, height = area
    measure = int((height / SIZE - 2 * 2) / TIERS)
    step = (height - measure * SIZE) / (TIERS - 1)
    starts = [top + tier * step + indent for tier in range(TIERS) for indent in (0.0, 2 * SIZE)]
    firsts = [line[0] for line in lines if line[0].text not in OPENING]
    assert len(firsts) > 40
    late = [glyph for glyph in firsts if min(abs(glyph.baseline - start) for start in starts) > GRID]
    assert len(late) <= 4  # lines that begin with figures or a turned word
    assert {glyph.flow for glyph in late} <= {"down"}


def test_no_mark_stands_where_it_may_not(lines: list[list[Glyph]]) -> None:
    for line in lines:
        assert line[0].text not in CLOSING + STOPS
        assert line[-1].text not in OPENING


def test_marks_have_vertical_glyphs_that_read_as_themselves(read: ReadPage) -> None:
    """Rules V-2, V-7, Q-9: the stop's ink stands in the upper right of its em box."""
    upright = [glyph for glyph in read.glyphs if glyph.flow == "down"]
    assert not re.search("[\ue000-\uf8ff\ufe10-\ufe4f]", "".join(glyph.own for glyph in upright))
    for mark in "，。":
        (found, *_) = (glyph for glyph in upright if glyph.own == mark and glyph.size == SIZE)
        left, bottom, _, _ = read.fonts[found.font].ink(found.code)
        assert left > 0.5
        assert bottom > 0.88 - 0.5


def test_pdfium_reads_the_page_in_order(pressed: Path, ready: Prepared) -> None:
    with pypdfium2.PdfDocument(pressed) as document:
        assert_in_order(document[0].get_textpage().get_text_range(), ready)


@pytest.mark.tools("pdftotext")
def test_poppler_reads_the_page_in_order(pressed: Path, ready: Prepared) -> None:
    out = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", pressed, "-"], capture_output=True, check=True)
    assert_in_order(out.stdout.decode(), ready)


@pytest.mark.tools("pdftotext")
def test_poppler_takes_a_column_for_a_line(pressed: Path, lines: list[list[Glyph]]) -> None:
    """Without -raw as well, where readers go by the look of the page alone."""
    out = subprocess.run(["pdftotext", "-enc", "UTF-8", pressed, "-"], capture_output=True, check=True).stdout.decode()
    found = {solid(line) for line in out.splitlines()}
    assert sum("".join(glyph.text for glyph in line) in found for line in lines) > len(lines) / 2


def test_the_proof_shows_a_missing_glyph_at_its_line(tmp_path: Path) -> None:
    checked = prepare(laid_out(tmp_path, ("先生那盏灯", "先生那盏\U00032000灯")))
    assert checked.value is not None
    proof = describe_page(draw_page(checked.value, 0))
    assert proof is not None
    (fault,) = [each for each in proof.faults if each.code == "glyph-missing"]
    story = next(each for each in proof.stories if each.slug == SLUG)
    assert fault.rect is not None
    assert story.rect.outset(3.0).contains(fault.rect)
    assert fault.rect.width < 2 * SIZE
    (line,) = [line for line in story.lines if "那盏" in line.text and "灯" in line.text[line.text.index("那盏") :]]
    assert line.vertical
    assert line.rect.outset(3.0).contains(fault.rect)
    shutil.rmtree(tmp_path / "photos")
