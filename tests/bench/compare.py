"""The same paragraphs by four engines, read back: ``python tests/bench/compare.py [OUT]``.

This engine, Typst, Chromium and ReportLab's Paragraph set the copy of issue.yaml, normalised once for all, at 13, 17
and 22 em of 10 pt in the same face. Each PDF is read back glyph by glyph (MuPDF), and faults are counted:

- loose: a line before a paragraph's last one whose Han stand more than 0.10 em apart beyond their own width. What a
  line lacks of the measure counts as spread over its gaps: a line that is left ragged is as loose as it would be when
  filled, so a program that does not justify gains nothing by it
- edges: a mark that may not begin a line begins one, or one that may not end a line ends one
- lone: a paragraph whose last line holds one Han (and marks)
- ragged: a line before a paragraph's last one that does not end at the measure (a mark's blank not counted)
- torn: a quantity (number, multiplier, measure word) in two lines

The row "the least" is the floor: the fewest loose lines that any breaking of these paragraphs can have that keeps every
rule, all squeezing allowed, whatever it costs otherwise.

OUT (out/compare) gets the PDFs and side-by-side pictures. Needs the extra ``bench``, ``mutool`` and ``chromium`` on the
path; an engine that is missing is left out and said so.
"""

import html
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise
from math import inf
from pathlib import Path
from statistics import fmean
from xml.etree import ElementTree

import pypdfium2 as pdfium
import yaml
from msgspec.structs import replace
from PIL import Image, ImageDraw

from layout.core import BLACK, MM, Size
from layout.display import DisplayPage, Document, GlyphRun
from layout.fonts import Book
from layout.house import load_house
from layout.pdf import write_pdf
from layout.text import FaceMetrics, Setting, break_lines, line_runs, set_paragraph
from layout.text.costs import COMFORTABLE, Terms, ratio_of, terms_of
from layout.text.lattice import PASSES, Lattice, lattice
from layout.text.normalise import normalise
from layout.text.quantities import quantity_breaks

ROOT = Path(__file__).parents[2]
FACE = ROOT / "fonts" / "NotoSerifSC-Regular.ttf"
SIZE, LEADING, EDGE, INDENT = 10.0, 15.0, 36.0, 2.0
MEASURES = (13, 17, 22)
NOT_AT_START = "、。，．！？：；’”）〕］｝〉》」』】〗·～–—%‰℃"
NOT_AT_END = "‘“（〔［｛〈《「『【〖"
MARKS = NOT_AT_START + NOT_AT_END + "…"


def copy() -> list[str]:
    """The page's paragraphs in press orthography, without its heads."""
    issue = yaml.safe_load((ROOT / "issue.yaml").read_text(encoding="utf-8"))
    text = issue["pages"][0]["stories"][0]["text"]
    return [normalise(p.strip()) for p in text.split("\n\n") if p.strip() and not p.startswith("## ")]


def body(book: Book) -> Setting:
    """How this engine sets the copy."""
    return Setting(metrics=FaceMetrics(book, "body"), size=SIZE, indent=INDENT)


# the engines


def by_layout(paragraphs: list[str], measure: int, out: Path) -> None:
    """This engine: total fit, one column."""
    house = load_house("broadsheet").value
    assert house is not None
    book = Book(house.faces)
    setting = body(book)
    items: list[GlyphRun] = []
    y = EDGE
    for paragraph in paragraphs:
        for line in break_lines(set_paragraph(paragraph, setting), (float(measure),)).lines:
            y += LEADING
            items += line_runs(line, x=EDGE, baseline=y, size=SIZE, ink=BLACK, overprint=True, tag="body")
    page = DisplayPage(1, Size(measure * SIZE + 2 * EDGE, y + EDGE), 0, tuple(items))
    marks = type(house.marks)(False, False, False, 0.0, 3 * MM, 5 * MM, 0.25)
    document = Document("compare", date(2024, 1, 8), (page,))
    out.write_bytes(write_pdf(document, faces=book.faces(), pictures={}, press=house.press, marks=marks, standard="x4"))


def by_typst(paragraphs: list[str], measure: int, out: Path) -> None:
    """Typst with its own justification, Chinese settings and indent."""
    import typst

    source = f"""
#set page(width: {measure * SIZE + 2 * EDGE}pt, height: auto, margin: {EDGE}pt)
#set text(font: "Noto Serif SC", size: {SIZE}pt, lang: "zh", region: "cn")
#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 5pt, spacing: 5pt)
""" + "\n\n".join(paragraphs)
    out.write_bytes(typst.compile(source.encode(), font_paths=[str(FACE.parent)], ignore_system_fonts=True))


def by_chromium(paragraphs: list[str], measure: int, out: Path) -> None:
    """Chromium's print to PDF with strict line breaking and spacing trim."""
    page = out.with_suffix(".html")
    body = "".join(f"<p>{html.escape(p)}</p>" for p in paragraphs)
    page.write_text(
        f"""<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><style>
@font-face {{ font-family: F; src: url({FACE.as_uri()}); }}
@page {{ size: {measure * SIZE + 2 * EDGE}pt 12000pt; margin: {EDGE}pt; }}
body {{ margin: 0; width: {measure * SIZE}pt; font: {SIZE}pt/{LEADING}pt F; }}
p {{ margin: 0; text-indent: 2em; text-align: justify; line-break: strict; text-spacing-trim: trim-start;
  text-autospace: normal; }}
</style>{body}</html>""",
        encoding="utf-8",
    )
    profile = out.parent / "profile"
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
    target = (f"--user-data-dir={profile}", "--no-pdf-header-footer", f"--print-to-pdf={out}", page.as_uri())
    subprocess.run(["chromium", *flags, *target], check=True, capture_output=True, timeout=120)


def by_reportlab(paragraphs: list[str], measure: int, out: Path) -> None:
    """ReportLab's Paragraph with CJK wrapping."""
    from reportlab.lib.enums import TA_JUSTIFY
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Frame, PageTemplate, Paragraph
    from reportlab.platypus.doctemplate import BaseDocTemplate

    pdfmetrics.registerFont(TTFont("F", str(FACE)))
    style = ParagraphStyle(
        "p",
        fontName="F",
        fontSize=SIZE,
        leading=LEADING,
        wordWrap="CJK",
        alignment=TA_JUSTIFY,
        firstLineIndent=2 * SIZE,
    )
    width = measure * SIZE
    document = BaseDocTemplate(str(out), pagesize=(width + 2 * EDGE, 14000))
    frame = Frame(EDGE, EDGE, width, 14000 - 2 * EDGE, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate(frames=[frame]))
    document.build([Paragraph(html.escape(p), style) for p in paragraphs])


ENGINES: dict[str, Callable[[list[str], int, Path], None]] = {
    "this engine": by_layout,
    "Typst": by_typst,
    "Chromium": by_chromium,
    "ReportLab": by_reportlab,
}

# reading back


@dataclass(frozen=True)
class Char:
    """A character, the origin of its glyph and where its advance ends, points from the page's left edge and top."""

    text: str
    x: float
    y: float
    end: float


def characters(path: Path) -> list[Char]:
    """All characters of the file that are not spaces, where MuPDF finds them."""
    found: list[Char] = []
    top = 0.0
    command = ["mutool", "draw", "-q", "-F", "stext", "-o", "-", str(path)]
    for page in ElementTree.fromstring(subprocess.run(command, check=True, capture_output=True).stdout).iter("page"):
        found += [
            Char(
                text=char.attrib["c"],
                x=float(char.attrib["x"]),
                y=top + float(char.attrib["y"]),
                end=float(char.attrib["quad"].split()[2]),
            )
            for char in page.iter("char")
            if not char.attrib["c"].isspace() and char.attrib["c"] not in "\ufeff\u200b"
        ]
        top += float(page.attrib["height"])
    return found


def lines(path: Path, paragraphs: list[str]) -> Iterator[list[list[Char]]]:
    """The lines of each paragraph, by baseline."""
    chars = sorted(characters(path), key=lambda char: (round(char.y), char.x))
    rows: list[list[Char]] = []
    for char in chars:
        if not rows or abs(rows[-1][-1].y - char.y) > SIZE / 2:
            rows.append([])
        rows[-1].append(char)
    rows = [sorted(row, key=lambda char: char.x) for row in rows]
    for paragraph in paragraphs:
        wanted, taken = sum(not char.isspace() for char in paragraph), 0
        own: list[list[Char]] = []
        while taken < wanted and rows:
            own.append(rows.pop(0))
            taken += len(own[-1])
        yield own


def is_han(text: str) -> bool:
    """Whether a character is a Han ideograph."""
    return "\u4e00" <= text <= "\u9fff"


def count(path: Path, paragraphs: list[str], measure: int) -> dict[str, int]:
    """The faults, and how many lines there are."""
    found = {"lines": 0, "loose": 0, "edges": 0, "lone": 0, "ragged": 0, "torn": 0}
    edge = EDGE + measure * SIZE
    for copied, own in zip(paragraphs, lines(path, paragraphs), strict=True):
        for place, row in enumerate(own):
            found["lines"] += 1
            found["edges"] += (place > 0 and row[0].text in NOT_AT_START) + (row[-1].text in NOT_AT_END)
            if place < len(own) - 1:
                found["loose"] += _loose(row, edge)
                found["ragged"] += not _flush(row[-1], edge)
        found["lone"] += len(own) > 1 and sum(char.text not in MARKS for char in own[-1]) == 1
        found["torn"] += len(_stops(own) & quantity_breaks("".join(copied.split())))
    return found


def _stops(own: list[list[Char]]) -> set[int]:
    """The characters of a paragraph, spaces left out, at which its lines after the first begin."""
    return set(accumulate(len(row) for row in own[:-1]))


def _loose(row: list[Char], edge: float) -> bool:
    """Whether a line is looser than comfortable; what it lacks of the measure counts at its gaps (rule J-4)."""
    gaps = [b.x - a.x - SIZE for a, b in pairwise(row) if is_han(a.text) and is_han(b.text)]
    places = sum(_may_open(a.text, b.text) for a, b in pairwise(row))
    lacking = max(0.0, edge - row[-1].end)
    return bool(gaps) and fmean(gaps) + (lacking / places if places else 0.0) > COMFORTABLE * SIZE


def _may_open(left: str, right: str) -> bool:
    both_latin = left.isascii() and right.isascii()
    return left not in NOT_AT_END and right not in NOT_AT_START and not both_latin


def _flush(last: Char, edge: float) -> bool:
    """Whether a line's last character ends at the edge, with its blank or without."""
    if is_han(last.text):
        return abs(last.x + SIZE - edge) < 0.5
    return edge - 1.1 * SIZE < last.x < edge


# the floor


def least_loose(paragraphs: list[str], measure: int) -> int:
    """The fewest loose lines of any breaking within the rules (pass 3, quantities whole), whatever else it costs."""
    house = load_house("broadsheet").value
    assert house is not None
    setting = body(Book(house.faces))
    return sum(_least(lattice(set_paragraph(copied, setting), PASSES[2]), float(measure)) for copied in paragraphs)


def _least(net: Lattice, measure: float) -> int:
    terms = terms_of(measure, PASSES[2], "justify")
    least: list[float] = [0.0] + [inf] * (len(net.places) - 1)
    for end in range(1, len(net.places)):
        for place in range(end):
            if least[place] < inf:
                least[end] = min(least[end], least[place] + _looseness(net, place, end, terms))
    return int(least[-1])


def _looseness(net: Lattice, place: int, end: int, terms: Terms) -> float:
    """1 for a loose line, 0 for another, infinite for one that no rule allows."""
    last = end == len(net.places) - 1
    orphan = last and place and net.weights[end] - net.weights[place] < 2.0
    if terms.costs[net.breaks[end]] == inf or orphan:
        return inf
    room = terms.measure - (0.0 if place else INDENT)
    comfortable = replace(terms, tracking=COMFORTABLE)
    for cost, allowed in enumerate((comfortable, terms)):
        if abs(ratio_of(net.starts[place], net.ends[end], room, allowed, last=last)) < inf:
            return float(cost)
    return inf


def picture(paths: dict[str, Path], out: Path) -> None:
    """The beginning of each engine's column side by side."""
    strips = []
    for name, path in paths.items():
        image = pdfium.PdfDocument(path)[0].render(scale=2).to_pil().convert("RGB")
        strip = image.crop((0, 0, image.width, min(image.height, 1500)))
        ImageDraw.Draw(strip).text((20, 20), name, fill=(200, 0, 0))
        strips.append(strip)
    whole = Image.new("RGB", (sum(s.width for s in strips), max(s.height for s in strips)), "white")
    for place, strip in enumerate(strips):
        whole.paste(strip, (sum(s.width for s in strips[:place]), 0))
    whole.save(out)


def main() -> None:
    """Set, read back, print the table."""
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "out/compare").resolve()
    out.mkdir(parents=True, exist_ok=True)
    paragraphs = copy()
    print("| measure | engine | lines | loose | edges | lone | ragged | torn |\n|---|---|---|---|---|---|---|---|")
    for measure in MEASURES:
        paths = {}
        for name, engine in ENGINES.items():
            path = out / f"{name.replace(' ', '-')}-{measure}.pdf"
            try:
                engine(paragraphs, measure, path)
            except (ImportError, FileNotFoundError) as missing:
                print(f"{name} left out: {missing}", file=sys.stderr)
                continue
            paths[name] = path
            found = count(path, paragraphs, measure)
            print(f"| {measure} em | {name} | " + " | ".join(str(found[k]) for k in found) + " |", flush=True)
        print(f"| {measure} em | the least | | {least_loose(paragraphs, measure)} | 0 | 0 | 0 | 0 |", flush=True)
        picture(paths, out / f"side-by-side-{measure}.png")
    shutil.rmtree(out / "profile", ignore_errors=True)


if __name__ == "__main__":
    main()
