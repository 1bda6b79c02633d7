"""Copy that an editor wants as typed: whole paragraphs, or the part between ``{`` and ``:!}``."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.text.markup import press_copy
from layout.text.normalise import AS_TYPED, ROLES, edits, lint, normalise, traced, typed_ranges


def test_a_paragraph_as_typed_only_loses_what_prints_nothing() -> None:
    assert normalise('  他说\u200b,"好"(笑).  ', AS_TYPED) == '他说,"好"(笑).'


@pytest.mark.parametrize(
    ("typed", "role", "press"),
    [
        ("设{3.15,abc:!}晚会,好.", "body", "设3.15,abc晚会，好。"),
        ("读{(汉,字):！},再读", "body", "读(汉,字)，再读"),
        ("本报记者 {罗鸣:!} 李四", "byline", "本报记者\u3000罗鸣\u3000李\u3000四"),
        ("{促 发 展:!} 惠民生", "headline", "促 发 展\u3000惠民生"),
        ("{**黑,体**:!},好", "body", "黑,体，好"),
        ("**{a,b:!}**,c", "body", "a,b,c"),
        ("{a,b:!}{c,d:!}文,", "body", "a,bc,d文，"),
    ],
)
def test_a_span_stays_as_typed(typed: str, role: str, press: str) -> None:
    marked = press_copy(typed, role)
    assert (marked.text, marked.faults) == (press, ())


def test_every_character_of_a_span_knows_where_it_was_typed() -> None:
    typed = "设{3.15,abc:!}晚会,好"
    marked = press_copy(typed)
    at = marked.text.index("3.15,abc")
    assert [typed[place] for place in marked.origin[at : at + 8]] == list("3.15,abc")
    assert typed[marked.origin[marked.text.index("晚")]] == "晚"
    (mark,) = marked.marks
    assert marked.text[mark.start : mark.end] == "3.15,abc"


def test_the_command_keeps_the_markup() -> None:
    typed = "设{3.15,abc:!}晚会,好."
    kept = typed_ranges(typed)
    assert normalise(typed, "body", kept) == "设{3.15,abc:!}晚会，好。"
    assert [(edit.offset, edit.before) for edit in edits(typed, "body", kept)] == [(15, ","), (17, ".")]


def test_what_is_as_typed_is_not_doubted() -> None:
    assert [found.code for found in lint("比分3:1，王.李来访")] == ["ratio-colon", "ambiguous-period"]
    assert [found.code for found in lint("比分{3:1:!}，王.李来访")] == ["ambiguous-period"]


pieces = st.text(st.sampled_from("国,.。()（“\"' 3a\ufdd0\U0002a6c0|-"), max_size=6)


@given(st.lists(st.tuples(pieces, pieces.filter(bool)), max_size=4), pieces, st.sampled_from(ROLES))
def test_whatever_stands_beside_it(parts: list[tuple[str, str]], end: str, role: str) -> None:
    text, kept = "", []
    for before, part in parts:
        text += before
        kept.append((len(text), len(text) + len(part)))
        text += part
    press, origin = traced(text + end, role, kept)
    assert list(origin) == sorted(origin)
    assert len(origin) == len(press) + 1
    at = 0
    for start, stop in kept:
        at = press.index(text[start:stop], at) + stop - start
