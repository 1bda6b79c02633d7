"""Display documents set by hand, and a small reader of the PDF that comes out. It shares nothing with the writer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, ClassVar

import pikepdf
from msgspec.structs import replace
from PIL import Image

from layout import resources
from layout.core import BLACK, MM, Ink, Point, Rect, Size
from layout.display import DisplayPage, Document, Fill, Glyph, GlyphRun, Item, Picture, Stroke
from layout.fonts import Face, open_face
from layout.house.model import Marks, Press
from layout.images import PressPicture
from layout.pdf import write_pdf

RED = Ink(magenta=1.0, yellow=0.9)
PAPER = Ink()
NO_MARKS = Marks(crop=False, registration=False, slug=False, margin=30.0, offset=9.0, length=12.0, weight=0.25)
ALL_MARKS = replace(NO_MARKS, crop=True, registration=True, slug=True)
PRESS = Press(
    name="news",
    profile=resources.PRESS / "NEWS26_TAC240.icc",
    condition="IFRA26",
    registry="http://www.color.org",
    info="IFRA26 newsprint",
    ink_limit=2.4,
    resolution=200.0,
    resolution_warn=150.0,
    resolution_min=100.0,
    jpeg_quality=85,
    intent="perceptual",
)
DAY = date(2026, 7, 20)
TRIM = Size(393 * MM, 545 * MM)


@cache
def face(name: str = "NotoSerifSC-Regular") -> Face:
    return open_face(resources.FONTS / f"{name}.ttf")


def set_run(
    text: str,
    x: float = 40.0,
    baseline: float = 60.0,
    *,
    name: str = "NotoSerifSC-Regular",
    size: float = 9.0,
    extra: float = 0.0,
    ink: Ink = BLACK,
    overprint: bool = True,
    xscale: float = 1.0,
) -> GlyphRun:
    """Text as it is shaped; ``extra`` em after each glyph, and a quarter em between Han and Latin."""
    font = face(name)
    shaped = font.shape(text)
    glyphs = []
    for place, glyph in enumerate(shaped):
        end = shaped[place + 1].cluster if place + 1 < len(shaped) else len(text)
        copy = text[glyph.cluster : end]
        gap = extra + (0.25 if re.fullmatch(r"[一-鿿][\dA-Z]|[\dA-Z%][一-鿿]", copy + text[end : end + 1]) else 0.0)
        glyphs.append(
            Glyph(
                glyph.gid,
                (glyph.advance * xscale + gap) * size,
                copy,
                glyph.dx * size * xscale,
                -glyph.dy * size,
            )
        )
    return GlyphRun(x, baseline, font.key, size, ink, tuple(glyphs), xscale=xscale, overprint=overprint)


def hand_run(pairs: list[tuple[str, str]], x: float = 40.0, baseline: float = 60.0, size: float = 9.0) -> GlyphRun:
    """(copy, character whose glyph shows) pairs at their natural advances."""
    font = face()
    glyphs = [(copy, font.gid(ord(shape))) for copy, shape in pairs]
    return GlyphRun(
        x,
        baseline,
        font.key,
        size,
        BLACK,
        tuple(Glyph(gid, font.advance(gid) * size, copy) for copy, gid in glyphs),
        overprint=True,
    )


def page_of(
    *items: Item, folio: int = 1, trim: Size = TRIM, bleed: float = 0.0, slug: tuple[Item, ...] = ()
) -> DisplayPage:
    return DisplayPage(folio, trim, bleed, items, slug)


def document_of(*pages: DisplayPage, title: str = "试验报 第1版 <A&B>") -> Document:
    return Document(title, DAY, pages)


def written(document: Document, *, pictures: dict[Picture, PressPicture] | None = None, **changed: Any) -> bytes:
    settings: dict[str, Any] = {"press": PRESS, "marks": NO_MARKS, "faces": faces_of(document)} | changed
    return write_pdf(document, pictures=pictures or {}, **settings)


def faces_of(document: Document) -> dict[str, Face]:
    runs = [item for page in document.pages for item in (*page.items, *page.slug) if isinstance(item, GlyphRun)]
    known = {opened.key: opened for opened in map(face, ALL_FACES)}
    return {run.face: known[run.face] for run in runs}


ALL_FACES = ("NotoSerifSC-Regular", "NotoSansSC-Medium", "NotoSansSC-Bold", "NotoSerifSC-Black", "LXGWWenKai-Regular")


def jpeg(mode: str, size: tuple[int, int] = (60, 40), level: int = 96) -> bytes:
    """A flat JPEG; CMYK as Pillow stores it, inverted."""
    file = BytesIO()
    Image.new(mode, size, (level,) * len(mode)).save(file, "JPEG", quality=90)
    return file.getvalue()


def press_picture(mode: str = "CMYK", size: tuple[int, int] = (60, 40), level: int = 96) -> PressPicture:
    return PressPicture(*size, 1 if mode == "L" else 4, jpeg(mode, size, level), inverted=True)


def busy_page() -> tuple[DisplayPage, dict[Picture, PressPicture]]:
    """One of everything, with marks and slug."""
    colour, grey = Picture(Rect(300, 100, 150, 100), "a.jpg"), Picture(Rect(300, 220, 150, 100), "b.jpg", grey=True)
    items: tuple[Item, ...] = (
        Fill(Rect(-9, -9, 200, 40), Ink(cyan=1.0, magenta=0.2)),
        set_run("反白的标题", 10, 20, size=18, ink=PAPER, overprint=False, name="NotoSansSC-Bold"),
        set_run("截至2026年7月20日，GDP增长5.2%", 40, 60),
        set_run("下一行，𠮷野家", 40, 72, extra=0.02),
        set_run("红色小标题", 40, 90, size=12, ink=RED, overprint=False, name="NotoSansSC-Medium"),
        colour,
        set_run("黑体", 40, 110, name="NotoSerifSC-Black"),
        grey,
        Stroke(Point(40, 130), Point(240, 130), 0.5, BLACK, overprint=True),
        Stroke(Point(40, 140), Point(240, 140), 1.0, RED, dash=(2.0, 1.0)),
        set_run("楷体图说", 40, 150, name="LXGWWenKai-Regular"),
    )
    slug = (set_run("试验报 2026-07-20 A1", 20, -22, size=6),)
    return page_of(*items, bleed=3 * MM, slug=slug), {colour: press_picture(), grey: press_picture("L")}


# reading back


@dataclass(frozen=True)
class Read:
    """A glyph as a reader places it: its origin in PDF space, its code's Unicode, its width as the font says."""

    x: float
    y: float
    text: str
    width: float
    size: float
    ink: tuple[float, ...]
    overprint: bool


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(data))


def content(page: pikepdf.Page) -> str:
    return page.obj.Contents.read_bytes().decode("ascii")


def cmap(stream: pikepdf.Object) -> dict[int, str]:
    blocks = re.findall(r"beginbfchar\n(.*?)endbfchar", stream.read_bytes().decode("ascii"), re.DOTALL)
    pairs = [pair for block in blocks for pair in re.findall(r"<([0-9A-F]{4})> <([0-9A-F]+)>", block)]
    return {int(code, 16): bytes.fromhex(units).decode("utf-16-be") for code, units in pairs}


def widths(cid_font: pikepdf.Object, code: int) -> float:
    """The width of a CID after ISO 32000-1, 9.7.4.3."""
    array = list(cid_font.W)
    while array:
        if isinstance(array[1], pikepdf.Array):
            first, listed = int(array[0]), list(array[1])
            if first <= code < first + len(listed):
                return float(listed[code - first])
            array = array[2:]
        else:
            if int(array[0]) <= code <= int(array[1]):
                return float(array[2])
            array = array[3:]
    return float(cid_font.DW)


def content_of(data: bytes) -> str:
    """The content of a file's first page."""
    with opened(data) as pdf:
        return content(pdf.pages[0])


def glyphs_of(data: bytes) -> list[Read]:
    """Every glyph of a file's first page."""
    with opened(data) as pdf:
        return glyphs_on(pdf.pages[0])


def glyphs_on(page: pikepdf.Page) -> list[Read]:
    """Every glyph of a page, read by the rules of ISO 32000-1, 9.4.4."""
    return list(Reader(page).glyphs())


class Reader:
    """A text machine."""

    def __init__(self, page: pikepdf.Page) -> None:
        self.page = page
        self.resources = page.obj.Resources
        self.state: dict[str, Any] = {"ink": (), "over": False, "font": None, "size": 0.0, "scale": 1.0}
        self.stack: list[dict[str, Any]] = []
        self.x = self.y = self.line_x = 0.0

    def glyphs(self) -> Iterator[Read]:
        for operands, operator in pikepdf.parse_content_stream(self.page):
            if str(operator) in ("Tj", "TJ"):
                yield from self.show(operands[0] if str(operator) == "TJ" else operands)
            elif str(operator) in self.OPERATORS:
                self.OPERATORS[str(operator)](self, *operands)

    def keep(self) -> None:
        self.stack.append(dict(self.state))

    def bring_back(self) -> None:
        self.state = self.stack.pop()

    def begin(self) -> None:
        self.x = self.y = self.line_x = 0.0

    def move(self, x: Any, y: Any) -> None:
        self.line_x, self.y = self.line_x + float(x), self.y + float(y)
        self.x = self.line_x

    def show(self, parts: Any) -> Iterator[Read]:
        state = self.state
        font = self.resources.Font[state["font"]]
        unicode, cid_font, unit = cmap(font.ToUnicode), font.DescendantFonts[0], state["size"] * state["scale"] / 1000
        for part in parts:
            if not isinstance(part, pikepdf.String):
                self.x -= float(part) * unit
                continue
            data = bytes(part)
            for code in (int.from_bytes(data[i : i + 2], "big") for i in range(0, len(data), 2)):
                width = widths(cid_font, code) * unit
                yield Read(self.x, self.y, unicode[code], width, state["size"], state["ink"], state["over"])
                self.x += width

    OPERATORS: ClassVar[dict[str, Any]] = {
        "q": keep,
        "Q": bring_back,
        "BT": begin,
        "Td": move,
        "k": lambda self, *ink: self.state.update(ink=tuple(map(float, ink))),
        "gs": lambda self, name: self.state.update(over=bool(self.resources.ExtGState[str(name)].op)),
        "Tf": lambda self, name, size: self.state.update(font=str(name), size=float(size)),
        "Tz": lambda self, scale: self.state.update(scale=float(scale) / 100),
    }


def box(page: pikepdf.Page, key: str) -> list[float]:
    return [float(edge) for edge in page.obj[key]]


def saved(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
