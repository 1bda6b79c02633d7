"""What no line ends in, beside words and quantities."""

import pytest

from layout.text import ReferenceMetrics, Setting, break_lines, set_paragraph
from layout.text.kept import kept_spans


@pytest.mark.parametrize(
    ("copy", "kept"),
    [
        ("区委书记汤瑞（左一）调研", ["记汤瑞（左一）"]),
        ("李明（前排右二）、王芳（后排左起第三）", ["李明（前排右二）"]),
        ("一致通过。（下转第3版）", ["（下转第3版）"]),
        ("▲上接第1版", ["上接第1版"]),
        ("图为现场（资料图片）", []),
    ],
)
def test_spans(copy: str, kept: list[str]) -> None:
    assert [copy[span.start : span.end] for span in kept_spans(copy)] == kept


def test_a_place_stays_with_its_name_at_every_measure() -> None:
    copy = "5月6日，大武口区区委书记汤瑞（左一）调研区政协基层平台建设情况。" * 3
    paragraph = set_paragraph(copy, Setting(ReferenceMetrics()), tuple(kept_spans(copy)))
    for measure in range(12, 40):
        broken = break_lines(paragraph, (float(measure),))
        assert broken is not None
        whole = "\n".join(line.text for line in broken.lines)
        assert whole.count("汤瑞（左一）") == 3
