"""Total fit: passes, looseness, measures that change, last lines, narrow and ragged setting, breaks in need."""

from itertools import accumulate
from typing import Any

import pytest

from layout.text import Broken, ReferenceMetrics, Setting, break_lines, breaking, breakings, set_line, set_paragraph

METRICS = ReferenceMetrics()
LONG = "一年来，全区经济稳中向好，就业稳定，民生改善，群众满意度不断提高。" * 6


def broken(copy: str, *measures: float, looseness: int = 0, **options: Any) -> Broken:
    result = break_lines(set_paragraph(copy, Setting(METRICS, **options)), measures, looseness=looseness)
    assert result is not None
    return result


def texts(result: Broken) -> list[str]:
    return [line.text for line in result.lines]


def test_empty_copy_has_no_line() -> None:
    assert broken("", 17.0) == Broken((), 1, 0.0)


@pytest.mark.parametrize("measures", [(), (0.0,), (2.0,), (17.0, -1.0)])
def test_measures_that_hold_nothing_are_refused(measures: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="measures"):
        break_lines(set_paragraph("国", Setting(METRICS, indent=2.0)), measures)


@pytest.mark.parametrize("option", [{"level": "soft"}, {"punctuation": "half"}, {"profile": "web"}])
def test_unknown_names_are_refused(option: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="none of"):
        Setting(METRICS, **option)  # type: ignore[arg-type]


def test_lines_take_the_measures_in_turn() -> None:
    result = broken(LONG, 20.0, 20.0, 10.0, 15.0)
    assert [line.measure for line in result.lines][:6] == [20.0, 20.0, 10.0, 15.0, 15.0, 15.0]
    assert all(line.width == pytest.approx(line.measure) for line in result.lines[:-1])


def test_measures_that_repeat_are_one_measure() -> None:
    assert broken(LONG, *[17.0] * 9) == broken(LONG, 17.0)


@pytest.mark.parametrize("looseness", [-1, 1])
def test_looseness_changes_the_number_of_lines(looseness: int) -> None:
    found = {}
    for measure in range(12, 24):
        paragraph = set_paragraph(LONG, Setting(METRICS, indent=2.0))
        best, other = break_lines(paragraph, (measure,)), break_lines(paragraph, (measure,), looseness=looseness)
        assert best is not None
        if other is not None:
            found[measure] = len(other.lines) - len(best.lines)
            assert other.passed <= 2
            assert "".join(texts(other)) == LONG
            assert all(line.width == pytest.approx(measure) for line in other.lines[:-1])
    assert found
    assert set(found.values()) == {looseness}


def test_looseness_that_cannot_be_had() -> None:
    paragraph = set_paragraph("国人", Setting(METRICS))
    assert break_lines(paragraph, (17.0,), looseness=-1) is None
    assert break_lines(paragraph, (17.0,), looseness=1) is None


@pytest.mark.parametrize("measure", [11.0, 13.0, 17.0, 22.0])
def test_search_by_line_count_finds_the_optimum(measure: float) -> None:
    paragraph = set_paragraph(LONG, Setting(METRICS, indent=2.0))
    best = break_lines(paragraph, (measure,))
    assert best is not None
    course = tuple(accumulate(len(line.clusters) for line in best.lines))
    found = breaking._with_lines(paragraph, (measure,), course, 0)
    assert found is not None
    assert found[1].cost == pytest.approx(best.cost)


@pytest.mark.parametrize("copy", ["国" * 18 + "。", "国" * 17 + "人”。", "国" * 35 + "。"])
def test_last_line_holds_two_han(copy: str) -> None:
    """Rule J-6."""
    last = texts(broken(copy, 17.0))[-1]
    assert sum(char in "国人" for char in last) >= 2


def test_last_line_is_never_stretched() -> None:
    last = broken("国" * 20, 17.0).lines[-1]
    assert (last.width, last.tracking, last.last) == (3.0, 0.0, True)


def test_quantity_parts_only_when_nothing_else_helps() -> None:
    """Rule L-7: pass 3 keeps it whole as long as tracking within half an em can."""
    result = broken("国" * 13 + "1.2亿人次" + "国" * 30, 17.0)
    assert texts(result)[0] == "国" * 13
    assert result.passed == 3


def test_word_breaks_before_a_prohibition() -> None:
    """Rule L-10: a word wider than the measure is cut; the mark after it stays off the line start."""
    result = broken("国" + "w" * 60 + "，国国国", 10.0)
    assert result.passed == 4
    assert all(line.width <= 10.0 + 1e-6 for line in result.lines)
    assert not any(text.startswith("，") for text in texts(result))


@pytest.mark.parametrize("token", ["010-12345678", "COVID-19", "UNESCO", "−12.48%", "1234567km"])
def test_number_or_name_never_parts_while_it_goes_into_a_line(token: str) -> None:
    """Rules L-6 and L-10: any tracking rather than that."""
    for before in range(1, 9):
        result = broken("国" * before + token + "国" * 8, 8.0)
        assert sum(token in text for text in texts(result)) == 1
        assert all(line.width == pytest.approx(8.0) for line in result.lines[:-1])


def test_plain_word_parts_rather_than_opening_a_line_by_more_than_half_an_em() -> None:
    """Rules L-8 and L-10: two letters before, three after."""
    result = broken("国国国国transformation国国国国国国", 10.0)
    first, second, *_ = texts(result)
    assert result.passed == 4
    assert (first[:4], second[-1]) == ("国国国国", "国")
    assert 2 <= len(first) - 4 <= 11


def test_mail_address_parts_at_its_joints() -> None:
    result = broken("来信请寄zhangsanfeng@newspaper.example.com即可", 10.0)
    assert [text for text in texts(result) if text[0] in "@."] == ["@newspaper", ".example.com即可"]


def test_stacked_marks_stay_together_in_need() -> None:
    """Rule L-6 before the remedial clause of L-10."""
    for before in range(1, 9):
        for text in texts(broken("国" * before + "》！！！”" + "国" * 9, 8.0)):
            assert not text.startswith("！")


def test_third_closing_mark_may_wrap() -> None:
    """Rule L-10, the remedial clause: a run of closing marks wider than the line wraps, but never before its second."""
    copy = "国" * 8 + "”）》" * 8 + "人民"
    result = broken(copy, 8.0)
    at = 0
    wrapped = 0
    for text in texts(result):
        if text[0] in "”）》":
            wrapped += 1
            assert set(copy[at - 2 : at]) <= set("”）》")
        at += len(text)
    assert wrapped
    assert all(line.width <= 8.0 + 1e-6 for line in result.lines)


def test_cluster_wider_than_the_measure_stands_alone() -> None:
    assert texts(broken("国——国", 1.5)) == ["国", "——", "国"]


def test_latin_paragraph_opens_its_word_spaces() -> None:
    result = broken("Newspapers print what people want to read about their own town and neighbours", 12.0)
    assert all(line.width == pytest.approx(12.0) for line in result.lines[:-1])
    assert "".join(texts(result)) == "Newspapers print what people want to read about their own town and neighbours"


def test_web_address_breaks_at_its_joints() -> None:
    """Rule L-8: after / and before a period, anywhere else only in need."""
    address = "www.example.cn/news/2024/index"
    cuts = set()
    for measure in range(10, 20):
        result = broken("国国国" + address + "国" * 20, float(measure))
        at = -3
        for text in texts(result)[:-1]:
            at += len(text)
            if result.passed < 4 and 0 < at < len(address):
                cuts.add(at)
    assert cuts
    assert cuts <= {3, 11, 15, 20, 25}


def test_narrow_measure_is_set_ragged() -> None:
    """Rule J-12."""
    result = broken("国人民大会堂前广场上天气晴朗", 6.5)
    assert all(line.tracking == 0.0 for line in result.lines)
    assert all(line.width <= 6.5 for line in result.lines)


@pytest.mark.parametrize(("align", "share"), [("start", 0.0), ("centre", 0.5), ("end", 1.0)])
def test_alignment_is_in_the_indent(align: str, share: float) -> None:
    for line in broken("图为大会现场，代表们在认真听取报告。", 12.0, align=align).lines:
        free = 12.0 - sum(placed.advance for placed in line.clusters)
        assert line.indent == pytest.approx(free * share)
        assert line.tracking == 0.0


def test_line_that_is_never_broken() -> None:
    line = set_line("促发展\u3000惠民生！", Setting(METRICS, indent=2.0, align="centre"), tracking=0.1)
    assert line.width == pytest.approx(7.5 + 0.4)  # trimmed ！; four gaps, none at the space or before the mark
    assert (line.indent, line.measure) == (0.0, line.width)


def test_line_of_nothing() -> None:
    assert set_line("", Setting(METRICS)).clusters == ()


def test_spaces_hang_at_the_line_end() -> None:
    result = broken("Newspapers print what people want to read", 8.0, align="start")
    assert all(line.clusters[-1].advance == 0.0 for line in result.lines[:-1])


def test_same_input_same_lines() -> None:
    assert broken(LONG, 17.0) == broken(LONG, 17.0)


@pytest.mark.parametrize(("looseness", "most"), [(0, 4), (1, 20), (-1, 20)])
def test_long_paragraph_takes_linear_effort(monkeypatch: pytest.MonkeyPatch, looseness: int, most: int) -> None:
    """The number of lines tried a character has a bound, however long the text is."""
    tried = []
    ratio = breaking.ratio_of
    monkeypatch.setattr(breaking, "ratio_of", lambda *args, **more: tried.append(1) or ratio(*args, **more))
    for times in (8, 32):
        tried.clear()
        broken(LONG * times, 17.3, looseness=looseness)
        assert len(tried) < most * times * len(LONG)


@pytest.mark.parametrize("copy", [LONG, "国" * 40, LONG + "transformation" + LONG, ""])
@pytest.mark.parametrize("measure", [9.0, 13.0, 17.0])
def test_breakings_are_those_found_one_by_one(copy: str, measure: float) -> None:
    paragraph = set_paragraph(copy, Setting(METRICS, indent=2.0, hyphenate=True))
    ways = (0, -1, 1, 2)
    one_by_one = [break_lines(paragraph, (measure,), looseness=looseness) for looseness in ways]
    assert breakings(paragraph, (measure,), lambda _: ways[1:]) == tuple(way for way in one_by_one if way is not None)
