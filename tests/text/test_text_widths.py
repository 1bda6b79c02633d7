"""Rule P-5, cell by cell, for the reference metrics and for every face that ships."""

from pathlib import Path

import pytest

from layout.fonts import Book
from layout.house.model import FaceRef
from layout.text import FaceMetrics, Metrics, ReferenceMetrics, Setting, break_lines, set_paragraph

SAMPLES = {"O": "（《“【", "C": "）》”】", "M": "，、；：", "E": "。！？", "·": "·", "B": "—…", "Han": "国"}
TOTALS = {
    "O": (1.5, 2, 2, 2, 1.5, 2, 2),
    "C": (1.5, 1.5, 1.5, 1.5, 1, 2, 2),
    "M": (1.5, 1.5, 1.5, 1.5, 1, 2, 2),
    "E": (1.5, 1.5, 1.5, 1.5, 1, 2, 2),
    "·": (1, 1.5, 1.5, 1.5, 1, 1.5, 1.5),
    "B": (2, 2, 2, 2, 1.5, 2, 2),
    "Han": (2, 2, 2, 2, 1.5, 2, 2),
}
"""First mark -> totals with the second mark O C M E · B Han, mid-line, Han outside."""

CELLS = [
    (a, b, total) for a, row in TOTALS.items() for b, total in zip(SAMPLES, row, strict=True) if (a, b) != ("·", "·")
]


@pytest.fixture(scope="module", params=["reference", "NotoSerifSC-Regular", "NotoSansSC-Medium", "LXGWWenKai-Regular"])
def metrics(request: pytest.FixtureRequest, root: Path) -> Metrics:
    if request.param == "reference":
        return ReferenceMetrics()
    return FaceMetrics(Book({"body": (FaceRef(root / "fonts" / f"{request.param}.ttf"),)}), "body")


def total(metrics: Metrics, first: str, second: str, **options: str) -> float:
    """What two marks take between Han, as the difference that they make to the line."""
    marks = "".join(mark * 2 if mark in "—…" else mark for mark in (first, second))
    (line,) = lines(metrics, f"国国{marks}国国", **options)
    doubled = (first in "—…") + (second in "—…")
    return line - 4.0 - doubled


def lines(metrics: Metrics, copy: str, **options: str) -> list[float]:
    result = break_lines(set_paragraph(copy, Setting(metrics, **options)), (40.0,))  # type: ignore[arg-type]
    assert result is not None
    return [line.width for line in result.lines]


@pytest.mark.parametrize(("a", "b", "expected"), CELLS, ids=str)
def test_totals_of_p5(metrics: Metrics, a: str, b: str, expected: float) -> None:
    for first in SAMPLES[a]:
        for second in SAMPLES[b]:
            if {first, second} <= set("！？") or (first == second and first in "—…"):
                continue  # stacked marks, and one longer dash
            assert total(metrics, first, second) == pytest.approx(expected, abs=1e-6), first + second


@pytest.mark.parametrize(("marks", "expected"), [("？！", 1.0), ("！！", 1.0), ("！！！", 2.0), ("⁉", 1.0)])
def test_stacked_marks(metrics: Metrics, marks: str, expected: float) -> None:
    """Rule P-3."""
    if marks == "⁉" and not isinstance(metrics, ReferenceMetrics) and set_paragraph(marks, Setting(metrics)).missing:
        pytest.skip("the face lacks it")
    assert lines(metrics, f"国国{marks}国国")[0] - 4.0 == pytest.approx(expected)


@pytest.mark.parametrize(
    ("style", "marks", "expected"),
    [
        ("kaiming", "，", 0.5),
        ("kaiming", "“", 0.5),
        ("kaiming", "。", 1.0),
        ("kaiming", "：“", 1.0),
        ("kaiming", "。”", 1.5),
        ("kaiming", "！”）", 2.0),
        ("kaiming", "。“", 1.5),
        ("kaiming", "”，", 1.0),
        ("banjiao", "。", 0.5),
        ("banjiao", "。”", 1.0),
        ("banjiao", "：“", 1.0),
        ("kaiming", "？！", 1.0),
    ],
)
def test_styles(metrics: Metrics, style: str, marks: str, expected: float) -> None:
    """Rule P-6."""
    assert lines(metrics, f"国国{marks}国国", punctuation=style)[0] - 4.0 == pytest.approx(expected)


@pytest.mark.parametrize("mark", "。！？，、；：）》”")
def test_line_end_is_trimmed(metrics: Metrics, mark: str) -> None:
    """Rule P-4, the last line too."""
    assert lines(metrics, f"国国{mark}") == [pytest.approx(2.5)]


@pytest.mark.parametrize("mark", "（《“【")
def test_line_start_is_trimmed(metrics: Metrics, mark: str) -> None:
    """Rule P-4, on an indented line too: the ink stands at two em."""
    result = break_lines(set_paragraph(f"{mark}国国", Setting(metrics, indent=2.0)), (20.0,))
    assert result is not None
    first = result.lines[0].clusters[0]
    assert (result.lines[0].indent, first.advance) == (2.0, pytest.approx(0.5))


@pytest.mark.parametrize(
    ("copy", "gaps"),
    [
        ("国5国", 0.5),
        ("国GDP国", 0.5),
        ("长5%的", 0.5),
        ("国5", 0.25),
        ("5℃国", 0.0),
        ("①5", 0.0),
        ("，5国", 0.25),
        ("国（A）国", 0.0),
        ("国～5", 0.0),
        ("国·A", 0.0),
        ("国/A国", 0.25),
        ("国¥5", 0.25),
        ("国−5", 0.0),
    ],
)
def test_han_latin_gap(copy: str, gaps: float) -> None:
    """Rules S-1 to S-3."""
    paragraph = set_paragraph(copy, Setting(ReferenceMetrics()))
    assert sum(glue.natural for glue in paragraph.glue if glue.tier == 5) == gaps


def test_gap_is_no_character() -> None:
    """Rule S-4."""
    result = break_lines(set_paragraph("共8人用AI写稿", Setting(ReferenceMetrics())), (20.0,))
    assert result is not None
    assert result.lines[0].text == "共8人用AI写稿"
