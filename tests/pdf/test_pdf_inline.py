"""Dressed and vertical lines in the file: readers find the copy and nothing else, the ink is where it was composed."""

import re
import subprocess
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pdf_samples import RED, content_of, document_of, opened, page_of, saved, written

from layout.core import BLACK, Point
from layout.display import Curve, Document, GlyphRun, Item
from layout.fonts import Book
from layout.house.model import FaceRef
from layout.resources import FONTS
from layout.text import FaceMetrics, Setting, Span, break_lines, column_runs, line_runs, set_line, set_paragraph
from layout.text.markup import MarkKind, press_copy

FACES = {"body": "NotoSerifSC-Regular", "hei": "NotoSansSC-Bold", "kai": "LXGWWenKai-Regular"}
BOOK = Book({role: (FaceRef(FONTS / f"{name}.ttf"),) for role, name in FACES.items()})
METRICS = {role: FaceMetrics(BOOK, role) for role in FACES}
SIZE = 16.0

ACROSS = (
    "今天**黑体字**与*楷体字*，{套红的字:red}和{着重，字:.}，{张三:_}{李四:_}读{论语:~}。",
    "生僻字{銮|luán}、{魑魅魍魉|chī mèi wǎng liǎng}，还有{饕餮|tāotiè}，{装|zhuāng}{床|chuáng}。",
    "增长5.2%[^1]，比上年“翻番”。[^2]又有***粗楷***和**ABC word**与12.48万元[^①]。",
    "第一行{|}第二行",
)
DOWN = (
    "他说：“走（去）吧——好……真的？”《论语·学而》、〈书〉，3～5天；共12人和365天，2024年GDP增长5.2%，用iPhone看AI。",
    "{张三:_}读{论语:~}，{要点，是:.}{汉字|hàn zì}与**黑体**，增长[^1]。成都—重庆/上海‘内’【注】！",
)


def spans(copy: str) -> tuple[str, tuple[Span, ...]]:
    marked = press_copy(copy, "body", ("red",))
    settings: dict[MarkKind, dict[str, object]] = {
        "hei": {"metrics": METRICS["hei"]},
        "kai": {"metrics": METRICS["kai"]},
        "ink": {"ink": RED},
        "dots": {"dots": True},
        "name": {"line": "name"},
        "title": {"line": "title"},
        "note": {"note": True},
        "break": {"turn": True},
    }
    made = (
        Span(mark.start, mark.end, **settings.get(mark.kind, {"ruby": mark.values}))  # type: ignore[arg-type]
        for mark in marked.marks
    )
    return marked.text, tuple(made)


def lines_across() -> Iterator[tuple[str, Sequence[Item]]]:
    baseline = 60.0
    for copy in ACROSS:
        broken = break_lines(set_paragraph(*_shaped(copy, vertical=False)), (13.0,))
        assert broken is not None
        for line in broken.lines:
            yield line.text, line_runs(line, x=40, baseline=baseline, size=9, ink=BLACK, overprint=True, tag="body")
            baseline += 13.5


def _shaped(copy: str, *, vertical: bool) -> tuple[str, Setting, tuple[Span, ...]]:
    text, made = spans(copy)
    return text, Setting(METRICS["body"], vertical=vertical), made


def columns() -> Iterator[tuple[str, Sequence[Item]]]:
    x = 400.0
    for copy in DOWN:
        broken = break_lines(set_paragraph(*_shaped(copy, vertical=True)), (14.0,))
        assert broken is not None
        for line in broken.lines:
            yield line.text, column_runs(line, x=x, top=60, size=SIZE, ink=BLACK, overprint=True, tag="body")
            x -= 1.8 * SIZE


def pdf_of(lines: Sequence[tuple[str, Sequence[Item]]]) -> bytes:
    return written_by(document_of(page_of(*(item for _, items in lines for item in items))))


def written_by(document: Document) -> bytes:
    return written(document, faces=BOOK.faces())


@pytest.fixture(scope="module", params=[lines_across, columns], ids=["across", "down"])
def set_lines(request: pytest.FixtureRequest) -> tuple[bytes, list[str]]:
    lines = tuple(request.param())
    return pdf_of(lines), [text for text, _ in lines]


def pdfium_text(data: bytes) -> str:
    return pypdfium2.PdfDocument(BytesIO(data))[0].get_textpage().get_text_range()


def test_pdfium_reads_the_copy(set_lines: tuple[bytes, list[str]]) -> None:
    """Rule Q-9: no ruby, no presentation forms, no spaces.

    Pdfium does not see that a column is a new one where it starts with figures or letters of unlike widths, and puts a
    space there.
    """
    data, copies = set_lines
    text = pdfium_text(data)
    assert re.sub(r" (?=AI|5天)", "\r\n", text).split("\r\n") == copies


PARAGRAPHS = ("山路弯弯像谁手画的一笔。", "同行的老人今年78岁，走得比我还快。", "到了山顶，云忽然散开。")


def test_pdfium_keeps_the_order_of_columns_that_start_at_one_height() -> None:
    """Pdfium orders what starts at one height from left to right; a short last line ends where the next one begins."""
    x, copies, items = 400.0, [], []
    for copy in PARAGRAPHS:
        broken = break_lines(set_paragraph(copy, Setting(METRICS["body"], vertical=True, indent=2.0)), (11.0,))
        assert broken is not None
        for line in broken.lines:
            copies.append(line.text)
            items += column_runs(line, x=x, top=60, size=SIZE, ink=BLACK, overprint=True, tag="body")
            x -= 1.5 * SIZE
    assert copies[1] == "一笔。"  # it ends level with the start of the paragraph after it
    text = pdfium_text(written_by(document_of(page_of(*items))))
    assert re.sub(r"\s", "", text) == "".join(copies)


def test_a_column_is_one_line_of_a_vertical_font() -> None:
    with opened(written_by(document_of(page_of(*column("古城墙。"))))) as pdf:
        (font,) = pdf.pages[0].obj.Resources.Font.values()
        assert str(font.Encoding) == "/Identity-V"
        assert [int(number) for number in font.DescendantFonts[0].DW2] == [880, -1000]
        shown = [operands for operands, operator in pikepdf.parse_content_stream(pdf.pages[0]) if str(operator) == "TJ"]
    content = content_of(written_by(document_of(page_of(*column("古城墙。")))))
    assert content.count(" Td") == 1
    assert shown == []  # set solid, nothing is moved


def test_condensed_figures_stand_on_a_line_across() -> None:
    """Readers do not agree on where condensed glyphs hang."""
    items = column("第126页")
    content = content_of(written_by(document_of(page_of(*items))))
    figures = next(item for item in items if isinstance(item, GlyphRun) and item.xscale < 1)
    assert f"{round(figures.xscale * 100, 3):g} Tz" in content
    with opened(written_by(document_of(page_of(*items)))) as pdf:
        assert {str(font.Encoding) for font in pdf.pages[0].obj.Resources.Font.values()} == {
            "/Identity-H",
            "/Identity-V",
        }


@pytest.mark.tools("pdftotext")
def test_poppler_reads_the_copy(set_lines: tuple[bytes, list[str]], tmp_path: Path) -> None:
    data, copies = set_lines
    path = saved(tmp_path / "inline.pdf", data)
    out = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", path, "-"], capture_output=True, check=True)
    assert [line for line in out.stdout.decode().replace("\f", "").split("\n") if line] == copies


def test_marks_in_vertical_form_are_read_as_themselves() -> None:
    """Rule Q-9, also without ActualText."""
    line = set_line("（“国”，。：）", Setting(METRICS["body"], vertical=True))
    items = column_runs(line, x=100, top=60, size=SIZE, ink=BLACK, overprint=True, tag="body")
    with opened(written_by(document_of(page_of(*items)))) as pdf:
        fonts = pdf.pages[0].obj.Resources.Font
        cmaps = b"".join(font.ToUnicode.read_bytes() for font in fonts.values())
    for mark in "（“国”，。：）":
        assert f"<{ord(mark):04X}>".encode() in cmaps
    assert b"<FE" not in cmaps


def ink_of(items: Sequence[Item], scale: float = 4.0) -> tuple[float, float, float, float]:
    """The box of what a page shows, in points from the top left."""
    page = pypdfium2.PdfDocument(BytesIO(written_by(document_of(page_of(*items)))))[0]
    picture = page.render(scale=scale, grayscale=True).to_pil()
    box = picture.point(lambda level: 255 if level < 128 else 0).getbbox()
    assert box is not None
    left, top, right, bottom = (edge / scale for edge in box)
    return left, top, right, bottom


def column(copy: str) -> tuple[Item, ...]:
    line = set_line(copy, Setting(METRICS["body"], vertical=True))
    return column_runs(line, x=200.0, top=100.0, size=100.0, ink=BLACK, overprint=True, tag="body")


@pytest.mark.parametrize(
    ("copy", "wanted"),
    [
        ("。", (214.0, 106.0, 241.7, 134.0)),
        ("——", (198.0, 107.0, 202.0, 293.0)),
        ("“", (219.7, 108.3, 246.3, 142.8)),
        ("2024", (163.0, 102.0, 238.0, 298.0)),
        ("12", (156.7, 111.7, 246.0, 188.0)),
        ("126", (154.0, 111.7, 245.0, 188.0)),
    ],
)
def test_a_column_is_painted_where_it_was_composed(copy: str, wanted: tuple[float, float, float, float]) -> None:
    assert ink_of(column(copy)) == pytest.approx(wanted, abs=3.0)


def test_what_follows_a_turned_run_stands_upright_again() -> None:
    left, _, right, bottom = ink_of(column("2024国"))
    assert bottom == pytest.approx(421.0, abs=4.0)  # the number, a quarter em, the em box but for its foot
    assert (left, right) == pytest.approx((160.0, 244.5), abs=3.0)


def test_a_line_across_after_a_turned_one_stands_upright() -> None:
    across = line_runs(
        set_line("国", Setting(METRICS["body"])), x=400, baseline=488, size=100, ink=BLACK, overprint=True, tag="body"
    )
    assert ink_of((*column("2024"), *across))[2:] == pytest.approx((495.0, 497.0), abs=3.0)


def test_curves_are_stroked_or_filled() -> None:
    points = tuple(Point(x, y) for x, y in ((10, 10), (20, 0), (30, 20), (40, 10)))
    page = page_of(Curve(points, RED, 2.0), Curve(points, BLACK, overprint=True))
    content = content_of(written(document_of(page)))
    with opened(written(document_of(page))) as pdf:
        operators = [str(operator) for _, operator in pikepdf.parse_content_stream(pdf.pages[0])]
    assert [name for name in operators if name in {"m", "c", "S", "f"}] == ["m", "c", "S", "m", "c", "f"]
    assert "2 w" in content


def test_ruby_is_hidden_from_readers_by_one_span_a_line() -> None:
    line = set_line("见魑魅。", Setting(METRICS["body"]), (Span(1, 3, ruby=("chī", "mèi")),))
    items = line_runs(line, x=40, baseline=60, size=9, ink=BLACK, overprint=True, tag="body")
    assert sum(isinstance(item, GlyphRun) for item in items) == 3
    content = content_of(written_by(document_of(page_of(*items))))
    assert content.count("/ActualText") == content.count("EMC") == 1
