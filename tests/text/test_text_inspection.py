"""Composed lines judged by their characters: a fault put in by hand is found, and the breaker makes none."""

from itertools import accumulate, pairwise

import pytest
from msgspec.structs import replace

from layout.text import ReferenceMetrics, Setting, break_lines, set_paragraph
from layout.text.inspection import Flaw, flaws, weight
from layout.text.justify import Line, justify

METRICS = ReferenceMetrics()


def cut(*lines: str, **options: object) -> list[Flaw]:
    """The flaws of a paragraph cut into lines by hand; each as wide as it is by nature."""
    setting = Setting(METRICS, **options)  # type: ignore[arg-type]
    paragraph = set_paragraph("".join(lines), setting)
    offsets = list(accumulate(map(len, paragraph.clusters), initial=0))
    ends = [offsets.index(at) for at in accumulate(map(len, lines), initial=0)]
    made = [
        justify(paragraph, start, end, measure=None, indent=0.0, flush=True, last=end == ends[-1])
        for start, end in pairwise(ends)
    ]
    return list(flaws(made, setting))


def codes(*lines: str, **options: object) -> list[str]:
    return [flaw.code for flaw in cut(*lines, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize("mark", "，。、；：？！”’）》】·～–/℃々")
def test_barred_mark_at_a_line_start(mark: str) -> None:
    assert codes("国国国国", f"{mark}国国国") == ["line-start"]


def test_lone_dash_at_a_line_start() -> None:
    assert codes("国国国国", "—国国国") == ["line-start"]
    assert codes("国国国国", "——国国国") == []
    assert codes("国国国国", "——国国国", level="strict") == ["line-start"]


@pytest.mark.parametrize("mark", "“‘（《【/")
def test_barred_mark_at_a_line_end(mark: str) -> None:
    assert codes(f"国国国国{mark}", "国国国国") == ["line-end"]


def test_prefix_stays_with_its_number() -> None:
    assert codes("国国国国¥", "99国国国") == ["line-end"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("国国12", ".48国国"),
        ("国国12.", "48国国"),
        ("国国3,0", "00国国"),
        ("国国COVID", "-19国国"),
        ("国国010-", "12345678国国"),
    ],
)
def test_number_or_name_over_two_lines(first: str, second: str) -> None:
    assert codes(first, second)[0] in {"token-torn", "line-start"}


def test_two_em_marks_in_halves() -> None:
    setting = Setting(METRICS)
    whole = [
        justify(set_paragraph(text, setting), 0, 4, measure=None, indent=0.0, flush=True, last=False)
        for text in ("国国国—", "—国国国")
    ]
    assert [flaw.code for flaw in flaws(whole, setting)] == ["token-torn"]


def test_dash_that_is_not_two_em_wide() -> None:
    setting = Setting(METRICS)
    line = justify(set_paragraph("国——国", setting), 0, 3, measure=None, indent=0.0, flush=True, last=True)
    assert list(flaws([line], setting)) == []
    dash = line.clusters[1]
    short = replace(dash, cell=dash.cell._replace(advance=1.7))
    narrow = Line((line.clusters[0], short, line.clusters[2]), 4.0, 4.0, 4.0, 0.0, last=True, indent=0.0)
    assert "two-em" in [flaw.code for flaw in flaws([narrow], setting)]


def test_word_that_parts() -> None:
    assert codes("国国国trans", "formation国国") == ["word-parted"]
    assert codes("国国国t", "he国国国") == ["token-torn"]


def test_address_parts_at_its_joints_only() -> None:
    assert codes("见https://www.example.cn/", "news/today国国") == []
    assert codes("见https://www.exa", "mple.cn/news国国") == ["token-torn"]
    assert codes("来信li@newspaper", ".example.cn国国") == ["word-parted"]


@pytest.mark.parametrize(
    ("first", "second"), [("捐款50万", "元助学国"), ("增加275", "户国国国"), ("他们获第", "3届国国")]
)
def test_quantity_over_two_lines(first: str, second: str) -> None:
    assert codes(first, second) == ["quantity-torn"]


def test_date_parts_behind_its_month() -> None:
    assert codes("国国国12月", "31日国国") == []


def test_third_closing_mark_is_told_apart() -> None:
    assert codes("国国国》”", "）国国国") == ["closing-run"]
    assert codes("国国国国！", "！国国国") == ["line-start"]


def test_line_that_is_not_flush() -> None:
    setting = Setting(METRICS)
    paragraph = set_paragraph("国" * 20, setting)
    line = justify(paragraph, 0, 11, measure=12.0, indent=0.0, flush=False, last=False)
    (flaw,) = flaws([line], setting)
    assert (flaw.code, flaw.amount) == ("not-flush", pytest.approx(-9.0))
    assert list(flaws([line], Setting(METRICS, align="start"))) == []


def test_a_character_between_tokens_as_wide_as_their_lines() -> None:
    setting = Setting(METRICS)
    line = justify(set_paragraph("国国", setting), 0, 1, measure=12.0, indent=0.0, flush=True, last=False)
    (flaw,) = flaws([line], setting)
    assert (flaw.code, flaw.amount) == ("unfilled", pytest.approx(-99.0))


def test_blank_before_an_opening_mark_at_a_line_start() -> None:
    setting = Setting(METRICS)
    line = justify(set_paragraph("国《国国国国", setting), 0, 6, measure=None, indent=0.0, flush=False, last=True)
    late = Line(line.clusters[1:], 5.0, 5.0, 5.0, 0.0, last=True, indent=0.0)
    assert "not-flush" in [flaw.code for flaw in flaws([late], setting)]


@pytest.mark.parametrize(
    "text", ["国国，“国国”国国", "国》（国国", "国。”国国", "国：“国国", "国“《国国", "——“国国", "国……）国国"]
)
def test_pairs_of_marks_as_they_are_set(text: str) -> None:
    assert codes(text) == []


def test_marks_that_stand_apart() -> None:
    setting = Setting(METRICS)
    line = justify(set_paragraph("国国。”国国", setting), 0, 6, measure=None, indent=0.0, flush=False, last=True)
    wide = [replace(p, advance=1.0) if p.text == "。" else p for p in line.clusters]
    apart = Line(tuple(wide), 6.0, sum(p.advance for p in wide), 6.0, 0.0, last=True, indent=0.0)
    assert [flaw.code for flaw in flaws([apart], setting)] == ["mark-pair"]


def test_gaps_of_a_line_are_alike_and_within_their_limits() -> None:
    setting = Setting(METRICS)
    line = justify(set_paragraph("国5国5国国国", setting), 0, 7, measure=None, indent=0.0, flush=False, last=True)
    assert list(flaws([line], setting)) == []
    for gap in (0.05, 0.3, 0.7):
        clusters = (replace(line.clusters[0], advance=1.0 + gap), *line.clusters[1:])
        width = sum(p.advance for p in clusters)
        changed = Line(clusters, width, width, width, 0.0, last=True, indent=0.0)
        assert [flaw.code for flaw in flaws([changed], setting)] == ["gap"]


@pytest.mark.parametrize(("text", "count"), [("国。", 1.0), ("国人", 2.0), ("news", 2.0), ("8人", 1.5), ("——", 2.0)])
def test_what_a_last_line_counts(text: str, count: float) -> None:
    assert weight(text) == count


def test_lone_character() -> None:
    assert codes("国国国国国国国国", "国。") == ["lone-character"]
    assert codes("国。") == []


def test_place_of_a_flaw() -> None:
    (flaw,) = cut("国国国国", "国国国国", "，国国国")
    assert (flaw.line, flaw.at) == (2, 8)


def test_breaker_makes_none() -> None:
    copy = "“十四五”以来，全区新增就业3.6万人次，发放补贴1,200余万元——这是群众的心声（见12月31日《日报》）。" * 5
    for measure in range(11, 25):
        setting = Setting(METRICS, indent=2.0)
        broken = break_lines(set_paragraph(copy, setting), (float(measure),))
        assert broken is not None
        assert list(flaws(broken.lines, setting)) == []
