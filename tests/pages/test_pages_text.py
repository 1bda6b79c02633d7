"""The copy of the seed page, whole and in order, by four ways of reading the press file."""

import re
import subprocess
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from printed import Geometry, Printed
from readback import ReadPage
from seed import Seed

FURNITURE = re.compile(
    r"0?4|版|专版|2024年1月8日|2024|1|8|01|08|星期一|样报|newsprint|240|v1|[0-9a-f]{8}|Cyan|Magenta|Yellow|Black"
)
"""Every word that may stand on the page beside the copy: page, title, date, paper, version, content, press, plates."""


def counted(text: str) -> Counter[str]:
    """Han characters, letters and digits."""
    return Counter(re.findall(r"[^\W_]", text))


def solid(text: str) -> str:
    """The text without its spaces and line ends."""
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="session")
def pdftotext(built: Path) -> str:
    return subprocess.run(["pdftotext", "-raw", built, "-"], capture_output=True, check=True).stdout.decode()


@pytest.fixture(scope="session")
def pdfium_text(pdfium: pypdfium2.PdfDocument) -> str:
    page = pdfium[0].get_textpage()
    # Pdfium hands out the characters, but joins them with line ends of its own.
    return page.get_text_range()


@pytest.fixture(scope="session")
def furniture(page: ReadPage, geometry: Geometry) -> str:
    """What stands outside the type area."""
    left, top, right, foot = geometry.area
    outside = [g for g in page.glyphs if not (left - g.size <= g.x <= right and top <= g.baseline <= foot)]
    return "".join(
        ("\n" if before and not 0 <= glyph.x - before.x < 2 * glyph.size else "") + glyph.text
        for before, glyph in pairwise((None, *outside))
        if glyph
    )


def assert_in_order(text: str, seed: Seed) -> None:
    """The head, then every section with its paragraphs, then the credit."""
    copy = solid(text)
    place = 0
    running = [part for section in seed.sections for part in (section.head, *section.paragraphs)]
    for part in (seed.headline, seed.deck, seed.byline, *running, seed.credit):
        found = copy.find(solid(part), place)
        assert found >= 0, f"{part[:20]} is missing, or not whole, or not in its place"
        place = found + len(solid(part))


@pytest.fixture(scope="session")
def scraped(root: Path) -> str:
    return (root / "tests/cases/seed_page.txt").read_text("utf-8")


def test_the_furniture_has_no_words_but_its_own(furniture: str) -> None:
    words = re.findall(r"[^\W_]+", furniture)
    assert {"专版", "2024年1月8日", "样报"} <= set(words)
    assert [word for word in words if not FURNITURE.fullmatch(word)] == []


def test_the_content_stream_holds_every_character_as_often_as_the_scrape(
    page: ReadPage, scraped: str, furniture: str
) -> None:
    assert counted("".join(glyph.text for glyph in page.glyphs)) == counted(scraped + furniture)


def test_actual_text_says_what_its_glyphs_say(page: ReadPage) -> None:
    """What a reader copies is what the eye sees."""
    assert solid("".join(glyph.own for glyph in page.glyphs)) == solid("".join(glyph.text for glyph in page.glyphs))


@pytest.mark.tools("pdftotext")
def test_poppler_extracts_every_character_as_often_as_the_scrape(pdftotext: str, scraped: str, furniture: str) -> None:
    assert counted(pdftotext) == counted(scraped + furniture)


def test_pdfium_extracts_every_character_as_often_as_the_scrape(pdfium_text: str, scraped: str, furniture: str) -> None:
    assert counted(pdfium_text) == counted(scraped + furniture)


def test_the_content_stream_has_the_reading_order(page: ReadPage, seed: Seed) -> None:
    assert_in_order("".join(glyph.text for glyph in page.glyphs), seed)


@pytest.mark.tools("pdftotext")
def test_poppler_reads_in_order(pdftotext: str, seed: Seed) -> None:
    assert_in_order(pdftotext, seed)


def test_pdfium_reads_in_order(pdfium_text: str, seed: Seed) -> None:
    assert_in_order(pdfium_text, seed)


@pytest.mark.tools("pdftotext")
def test_readers_see_no_space_within_a_line(pdftotext: str, pdfium_text: str, seed: Seed) -> None:
    lines = {line.strip() for text in (pdftotext, pdfium_text) for line in text.splitlines()}
    running = solid("".join(seed.paragraphs))
    spaced = {line for line in lines if solid(line) in running and re.search(r"\s", line)}
    assert not spaced


def test_the_columns_hold_the_paragraphs_in_press_orthography(printed: Printed, seed: Seed) -> None:
    """Read by where the type stands, not by the order in which it is painted: marks and all."""
    found = ["".join(row.text for row in paragraph) for paragraph in printed.paragraphs]
    assert found == list(seed.paragraphs)


def test_each_head_stands_over_its_section(printed: Printed, seed: Seed) -> None:
    found: dict[str, list[str]] = {}
    head = ""
    for row in printed.rows:
        if row.kind == "subhead":
            head = row.text
            found[head] = []
        elif row.kind == "subhead-long":
            found[head].append(row.text)
    assert ["\u3000".join((head, *more)) for head, more in found.items()] == [section.head for section in seed.sections]
    starts = {paragraph[0]: text for paragraph, text in zip(printed.paragraphs, seed.paragraphs, strict=True)}
    following = [starts.get(row) for head in printed.heads for row in printed.rows if row is _after(head[-1], printed)]
    assert following == [section.paragraphs[0] for section in seed.sections]


def _after(row: object, printed: Printed) -> object:
    return printed.rows[printed.rows.index(row) + 1]


def test_the_two_cut_paragraphs_are_whole_again(printed: Printed) -> None:
    for cut in ("办理难的问题，协商解决", "创先争优、示范引领"):
        (paragraph,) = [p for p in printed.paragraphs if cut in "".join(row.text for row in p)]
        assert len(paragraph) > 3


def test_the_credit_closes_the_story(printed: Printed, seed: Seed) -> None:
    credit = printed.rows[-1]
    assert (credit.kind, credit.text) == ("credit", seed.credit)
    assert credit.right == pytest.approx(printed.geometry.columns[-1][1], abs=0.05)


def test_each_caption_stands_under_its_picture(printed: Printed, seed: Seed) -> None:
    found = ["".join(row.text for row in printed.caption(picture)) for picture in printed.pictures]
    assert sorted(found) == sorted(seed.captions)
