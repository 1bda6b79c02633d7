import subprocess
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from msgspec.structs import replace
from pdf_samples import document_of, hand_run, page_of, saved, set_run, written

from layout.display import DisplayPage, GlyphRun

COPIES = (
    "截至2026年7月20日，GDP增长5.2%，同比提高0.3个百分点",
    "the quick brown fox 在 2026 年跳过",
    "全国人民代表大会常务委员会",
    "他说：“好（的）。”《人民日报》，报道",
)
EXTRA = (0.0, 0.03, 0.08, 0.12, 0.3)


def squeezed(text: str, baseline: float) -> GlyphRun:
    """Opening and closing marks at half their width."""

    run = set_run(text, 40, baseline)
    half = [
        replace(glyph, advance=4.5, dx=-4.5)
        if glyph.text in "“（《"
        else replace(glyph, advance=4.5)
        if glyph.text in "”）》，。："
        else glyph
        for glyph in run.glyphs
    ]
    return replace(run, glyphs=tuple(half))


def hard_page() -> tuple[DisplayPage, list[str]]:
    """Lines in which readers like to see spaces, line ends or other characters than the copy."""
    lines: list[tuple[GlyphRun, ...]] = []
    for text in COPIES:
        lines += [(set_run(text, 40, 60 + 14 * (len(lines) + step), extra=extra),) for step, extra in enumerate(EXTRA)]

    def below() -> float:
        return 60 + 14 * len(lines)

    first = set_run("截至2026年", 40, below())
    second = set_run("GDP增长5%", 40 + first.width + 2.25, below(), name="NotoSansSC-Bold")
    third = set_run("，同比增长", 40 + first.width + 2.25 + second.width, below())
    lines.append((first, second, third))
    lines.append((hand_run([("增", "增"), ("長", "长"), ("长", "长"), ("五", "五")], 40, below()),))
    lines.append((hand_run([("长", "长"), ("\U0002f800", "长"), ("五", "五")], 40, below()),))
    lines.append((hand_run([("增", "增"), ("——", "一"), ("五", "五")], 40, below()),))
    lines.append((hand_run([("增", "增"), ("乘", "一"), ("", "二"), ("五", "五")], 40, below()),))
    lines.append((set_run("增长\U00020bb7野家与𠮷字", 40, below(), extra=0.02),))
    lines.append((squeezed(COPIES[3], below()),))
    items = [run for line in lines for run in line]
    return page_of(*items), ["".join(run.text for run in line) for line in lines]


@pytest.fixture(scope="module")
def hard() -> tuple[bytes, list[str]]:
    page, copies = hard_page()
    return written(document_of(page)), copies


def test_pdfium_reads_the_copy(hard: tuple[bytes, list[str]]) -> None:
    data, copies = hard
    text = pypdfium2.PdfDocument(BytesIO(data))[0].get_textpage().get_text_range()
    assert text.split("\r\n") == copies


@pytest.mark.tools("pdftotext")
@pytest.mark.parametrize("mode", [(), ("-raw",), ("-layout",)], ids=str)
def test_poppler_reads_the_copy(hard: tuple[bytes, list[str]], mode: tuple[str, ...], tmp_path: Path) -> None:
    data, copies = hard
    path = saved(tmp_path / "hard.pdf", data)
    out = subprocess.run(["pdftotext", *mode, "-enc", "UTF-8", path, "-"], capture_output=True, check=True)
    lines = [line.strip() for line in out.stdout.decode().replace("\f", "").split("\n")]
    assert [line for line in lines if line] == copies


def test_columns_are_read_one_after_the_other() -> None:
    left = [set_run(text, 40, 60 + 12 * place) for place, text in enumerate(("左栏第一行文字", "左栏第二行文字"))]
    right = [set_run(text, 40 + 72, 60 + 12 * place) for place, text in enumerate(("右栏第一行文字", "右栏第二行文字"))]
    data = written(document_of(page_of(*left, *right)))
    text = pypdfium2.PdfDocument(BytesIO(data))[0].get_textpage().get_text_range()
    assert text.replace("\r\n", "") == "左栏第一行文字左栏第二行文字右栏第一行文字右栏第二行文字"
