"""What holds for every paragraph: a fixed point, no word lost, linear time."""

import time
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layout.text.normalise import ROLES, edits, join_cut, lint, normalise

NASTY = (
    "中国一二零甲年月日ヺAaxOoés01259 \u3000\u202f\u00a0\u200b\t\x07"
    ",;:?!.。，；：？！、\"'＂“”‘’「」『』()（）[]《》〈〉<>【】"
    "-—―─⸺~～…⋯・•·．○◯〇*×°C℃%％￥１Ａ：/@\u0301记者本报讯电文图摄\ufdd0"
)
PARAGRAPHS = st.text(st.sampled_from(NASTY), max_size=60)
QUOTED = st.text(st.sampled_from("中A9“”‘’\"'「」『』 ,.()"), max_size=25)
SAME = str.maketrans({"O": "〇", "○": "〇", "◯": "〇", "×": "x", "*": "x", "℃": "C"})


def words(text: str) -> str:
    """Han, letters and digits in order, modulo the forms that rules N-1, N-9 and N-10 list."""
    wide = "".join(chr(ord(char) - 0xFEE0) if "！" <= char <= "～" and char.isalnum() else char for char in text)
    composed = unicodedata.normalize("NFC", "".join(char for char in wide if not char.isspace() and char.isprintable()))
    return "".join(char for char in unicodedata.normalize("NFD", composed).translate(SAME) if char.isalnum())


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PARAGRAPHS | QUOTED, st.sampled_from(ROLES))
def test_the_result_is_a_fixed_point(text: str, role: str) -> None:
    printed = normalise(text, role)
    assert normalise(printed, role) == printed


@settings(max_examples=300, deadline=None)
@given(PARAGRAPHS, st.sampled_from(ROLES))
def test_words_are_neither_lost_nor_moved(text: str, role: str) -> None:
    assert words(normalise(text, role)) == words(text)


@settings(max_examples=150, deadline=None)
@given(PARAGRAPHS, st.sampled_from(ROLES))
def test_edits_tell_every_change(text: str, role: str) -> None:
    assert bool(edits(text, role)) == (normalise(text, role) != text)
    assert all(0 <= edit.offset <= len(text) for edit in edits(text, role))


@settings(max_examples=200, deadline=None)
@given(PARAGRAPHS, st.sampled_from(ROLES))
def test_lints_point_into_the_text(text: str, role: str) -> None:
    for found in (*lint(text, role), *lint(normalise(text, role), role)):
        assert 0 <= found.offset < max(1, len(text), len(normalise(text, role)))
        assert found.code == found.code.lower()


@given(st.lists(st.tuples(st.sampled_from(["body", "subhead"]), PARAGRAPHS), max_size=8))
def test_joining_keeps_every_passage_once_and_in_order(passages: list[tuple[str, str]]) -> None:
    assert [index for group in join_cut(passages) for index in group] == list(range(len(passages)))


PIECES = (
    *(
        "(",
        "(a",
        "(a),",
        "中(",
        '"',
        "\"'",
        "”中“",
        ".",
        "-",
        "。",
        "\u3000",
        " ",
        "1x",
        "一",
        "一○",
        "<<>>",
        "a@",
        "www.a.",
    ),
    *("http://", "，", ", ", "1 111 ", "a'b", "1~", "1*", "a…", "本报 ", "（记者 ", "A(B),", "(a). ", "中,国(左).“甲”"),
)


@pytest.mark.parametrize(("opening", "closing"), ["“’", "《〉", "(》", "\"'", "‘”"])
def test_marks_that_never_close_take_linear_time(opening: str, closing: str) -> None:
    start = time.process_time()
    text = opening * 30_000 + "中" + closing * 30_000
    normalise(text)
    lint(text)
    assert time.process_time() - start < 10


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("role", ["body", "headline", "byline"])
def test_time_is_linear(piece: str, role: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length] + "中"
        start = time.process_time()
        normalise(text, role)
        lint(text, role)
        return time.process_time() - start

    # Quadratic time would take 64 times as long, linear time takes 8; the best of a few runs and the floor forgive what
    # a busy machine adds.
    long, short = min(seconds(16_000) for _ in range(2)), min(seconds(2_000) for _ in range(3))
    assert long < 40 * max(short, 0.01)


def test_a_very_long_paragraph() -> None:
    text = '今年以来,全区(含开发区)共办理提案1,200件. 他说"很好!"增长3.5%~4.2%,参加GDP,CPI统计.' * 1800
    start = time.process_time()
    printed = normalise(text)
    assert len(text) > 100_000
    assert time.process_time() - start < 5
    assert printed.startswith(
        "今年以来，全区（含开发区）共办理提案1,200件。他说“很好！”增长3.5%～4.2%，参加GDP，CPI统计"
    )
