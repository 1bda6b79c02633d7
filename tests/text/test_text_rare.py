"""Rare characters: beyond the Basic Multilingual Plane, variation sequences, compatibility forms, other faces."""

from pathlib import Path

import pytest

from layout.core import BLACK
from layout.display import GlyphRun
from layout.fonts import Book
from layout.house.model import FaceRef
from layout.text import FaceMetrics, Setting, line_runs, set_line, set_paragraph
from layout.text.normalise import normalise

VARIANT = "葛\U000e0100"


@pytest.fixture(scope="module")
def setting(root: Path) -> Setting:
    chain = ("NotoSerifSC-Regular", "LXGWWenKai-Regular")
    book = Book({"body": tuple(FaceRef(root / "fonts" / f"{name}.ttf") for name in chain)})
    return Setting(FaceMetrics(book, "body"))


def runs(copy: str, setting: Setting) -> list[GlyphRun]:
    items = line_runs(set_line(copy, setting), x=0.0, baseline=50.0, size=10.0, ink=BLACK, overprint=True, tag="body")
    return [item for item in items if isinstance(item, GlyphRun)]


@pytest.mark.parametrize(
    "copy",
    ["𠮷野家", "陈𬱖之", "㑇", "𫚉鱼", VARIANT + "洪", "﨎﨑", "二〇二六年", "①②⑳", "12㎡与5㎏", "あいう", "ㄅㄆㄇ"],
)
def test_every_one_takes_an_em_and_none_is_missing(copy: str, setting: Setting) -> None:
    paragraph = set_paragraph(copy, setting)
    assert paragraph.missing == ()
    han = [cell for cluster, cell in zip(paragraph.clusters, paragraph.cells, strict=True) if not cluster.isascii()]
    assert [cell.advance for cell in han] == [1.0] * len(han)
    assert "".join(run.text for run in runs(copy, setting)) == copy


@pytest.mark.parametrize("copy", ["大吉𠮷野家", "研究𫚉鱼的人", "𠮷𫚉𠮷"])
def test_another_face_inside_a_word_keeps_baseline_size_and_pitch(copy: str, setting: Setting) -> None:
    found = runs(copy, setting)
    assert {run.face.split("-")[0] for run in found} >= {"LXGWWenKai"}
    assert {(run.baseline, run.size) for run in found} == {(50.0, 10.0)}
    starts = [(run.x, len(run.text)) for run in found]
    assert [x for x, _ in starts] == pytest.approx([10.0 * sum(n for _, n in starts[:at]) for at in range(len(starts))])
    assert all(glyph.dy == 0.0 for run in found for glyph in run.glyphs)


def test_a_variant_that_no_face_has_is_set_by_its_base_and_stays_in_the_copy(setting: Setting) -> None:
    (run,) = runs(VARIANT, setting)
    (base,) = runs("葛", setting)
    assert [glyph.gid for glyph in run.glyphs] == [glyph.gid for glyph in base.glyphs]
    assert run.text == VARIANT


def test_a_variant_and_its_base_are_one_cluster(setting: Setting) -> None:
    assert set_paragraph(f"诸{VARIANT}亮", setting).clusters == ("诸", VARIANT, "亮")


@pytest.mark.parametrize(
    ("typed", "printed"), [("\uf9dc", "隆"), ("\U0002f800", "丽"), ("﨎", "﨎"), ("①㎡Ⅷ", "①㎡Ⅷ"), (VARIANT, VARIANT)]
)
def test_compatibility_forms(typed: str, printed: str) -> None:
    """Rule N-1: composed form, so that what Unicode calls the same character is one; never NFKC."""
    assert normalise(f"字{typed}字") == f"字{printed}字"
