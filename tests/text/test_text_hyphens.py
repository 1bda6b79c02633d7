"""Long Latin words at line ends, and addresses (rule L-8)."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.text import Broken, ReferenceMetrics, Setting, Span, break_lines, set_paragraph
from layout.text.hyphens import hyphen_points, long_words
from layout.text.prohibition import link_breaks

METRICS = ReferenceMetrics()
COPY = "他说的internationalization即国际化，与photosynthesis一起出现在representative名单上，另有三项。"


def broken(copy: str, measure: float, spans: tuple[Span, ...] = (), **options: Any) -> Broken:
    made = break_lines(set_paragraph(copy, Setting(METRICS, **{"hyphenate": True, **options}), spans), (measure,))
    assert made is not None
    return made


def hyphenated(made: Broken) -> list[str]:
    return [line.text for line in made.lines if line.clusters[-1].text == ""]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("用University的", ["University"]),
        ("COVID-19、DeepSeek、WTO、5Gnetwork、iPhone", []),
        ("见http://example.com/internationalization", []),
        ("写信至zhang.sanfeng@example.com", []),
        ("the state-of-the-art system.", ["state-of-the-art", "system"]),
        ("couldn’t，Müller’s", ["couldn"]),
        ("word;next", ["word", "next"]),
    ],
)
def test_which_words_are_hyphenated(text: str, words: list[str]) -> None:
    assert [word.text for word in long_words(text)] == words


def test_two_letters_stay_before_and_three_after() -> None:
    for word in ("internationalization", "photosynthesis", "representative", "abracadabra", "education"):
        points = hyphen_points(word)
        assert points
        assert all(2 <= at <= len(word) - 3 for at in points)
    assert hyphen_points("state-of-the-art") == (6, 9, 13)


def test_a_loose_line_is_mended_by_a_hyphen() -> None:
    with_hyphens, without = broken(COPY, 13.0), broken(COPY, 13.0, hyphenate=False)
    assert hyphenated(without) == []
    assert hyphenated(with_hyphens)
    assert with_hyphens.passed < without.passed
    assert "".join(line.text for line in with_hyphens.lines) == COPY
    for line in with_hyphens.lines[:-1]:
        assert line.width == pytest.approx(13.0)


def test_lines_that_are_good_without_stay_without() -> None:
    copy = "用University的一年来，全区经济稳中向好，就业稳定，民生改善，群众满意度不断提高。" * 2
    assert hyphenated(broken(copy, 27.0)) == []
    assert broken(copy, 27.0).passed == 1


@pytest.mark.parametrize("measure", [11.0, 12.0, 13.0, 14.0, 15.0])
def test_no_ladder_of_three_hyphens(measure: float) -> None:
    for copy in (
        "论坛谈及transportation、communication、responsibility、internationalization等话题。",
        "论坛谈及representative、understanding、environmental、administration等话题。",
    ):
        made = broken(copy, measure)
        marks = "".join("-" if line.clusters[-1].text == "" else " " for line in made.lines)
        assert "---" not in marks
        assert "".join(line.text for line in made.lines) == copy


def test_a_compound_parts_behind_its_own_hyphen() -> None:
    made = broken("这是全国各地state-of-the-art系统在各地推广应用的情况", 10.0, indent=0.0)
    assert any(line.text.endswith("-") for line in made.lines)
    assert hyphenated(made) == []


def test_no_hyphen_inside_what_is_kept_whole() -> None:
    at = COPY.index("inter")
    kept = broken(COPY, 13.0, (Span(at, at + 20, keep=True),))
    assert any("internationalization" in line.text for line in kept.lines)


def test_hyphens_wear_the_ink_of_their_word_and_no_dots() -> None:
    at = COPY.index("inter")
    made = broken(COPY, 13.0, (Span(at, at + 20, line="name", dots=True),))
    line = next(line for line in made.lines if line.clusters[-1].text == "")
    assert line.clusters[-1].dress.lines
    assert not line.clusters[-1].dress.dots


def test_a_paragraph_with_lines_that_end_by_hand_is_hyphenated_too() -> None:
    made = broken(COPY, 13.0, (Span(3, 3, turn=True),))
    assert made.lines[0].text == COPY[:3]
    assert "".join(line.text for line in made.lines) == COPY


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["国", "经济，", "internationalization", "photosynthesis ", "8.5%", "state-of-the-art"]),
        min_size=4,
    ),
    st.integers(8, 20),
)
def test_nothing_is_lost_and_every_line_is_flush(parts: list[str], measure: int) -> None:
    copy = "".join(parts).strip()
    made = broken(copy, float(measure))
    assert "".join(line.text for line in made.lines) == copy
    for line in made.lines[:-1]:
        assert line.width == pytest.approx(measure) or made.passed == 4


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("见www.example.com/a-b?c=d&e完", "见www|.example|.com/|a-|b?|c=|d&|e完"),
        ("见example.com.cn/news完", "见example|.com|.cn/|news完"),
        ("信li_wei@mail.example.cn完", "信li_wei@mail.example.cn完"),  # in need only
        ("增长12.48%和No.1", "增长12.48%和No.1"),
    ],
)
def test_where_addresses_break(text: str, parts: str) -> None:
    at, edges = 0, set()
    for part in parts.split("|")[:-1]:
        at += len(part)
        edges.add(at)
    assert link_breaks(text) == edges
