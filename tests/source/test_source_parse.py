"""Broken YAML: a code and a place for every fault, and nothing that blows up."""

import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from layout.core import Diagnostic
from layout.source import Source, Table, parse_yaml, plain

BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]\n" for old, new in zip("abcdefghijk", "bcdefghijkl", strict=True)
)


def faults(text: str, *, pure: bool = False) -> list[tuple[str, int, int]]:
    return [place(found) for found in parse_yaml(Source("x.yaml", text), pure=pure).diagnostics]


def place(found: Diagnostic) -> tuple[str, int, int]:
    return found.code, found.span.line, found.span.column


BROKEN = {
    "tab as indentation": ("a:\n\tb: 1\n", [("yaml-tab", 2, 1)]),
    "every line with a tab": ("a:\n\tb: 1\n\tc: 2\n", [("yaml-tab", 2, 1), ("yaml-tab", 3, 1)]),
    "tab behind spaces": ("a:\n  - b\n \t- c: 1\n", [("yaml-tab", 3, 2)]),
    "colon in the text": ("deck: 访谈: 上\n", [("yaml-syntax", 1, 9)]),
    "full-width colon": ("paper：样报\ndate: 2024-01-08\n", [("yaml-syntax", 2, 5)]),
    "text that begins with @": ("a: @x\n", [("yaml-syntax", 1, 4)]),
    "bracket left open": ("a: [1\nb: 2\n", [("yaml-syntax", 1, 4)]),
    "quote left open": ('a: "文\nb: 1\n', [("yaml-syntax", 1, 4)]),
    "text behind a quoted text": ('a: "引" 文\n', [("yaml-syntax", 1, 8)]),
    "deeper than its neighbour": ("a: 1\n  b: 2\n", [("yaml-syntax", 2, 4)]),
    "list and mapping mixed": ("- a\nb: 1\n", [("yaml-syntax", 2, 1)]),
    "text behind a bar": ("a: |文\n  字\n", [("yaml-syntax", 1, 5)]),
    "same key twice": ("a: 1\nb: 2\na: 3\n", [("duplicate-key", 3, 1)]),
    "same key twice, deep": ("p:\n  - {a: 1, a: 2}\n", [("duplicate-key", 2, 12)]),
    "a list as a key": ("[x]: 3\n", [("yaml-key", 1, 1)]),
    "unknown alias": ("a: *b\n", [("yaml-alias", 1, 4)]),
    "alias of itself": ("a: &a [*a]\n", [("yaml-alias", 1, 8)]),
    "python object": ("a: !!python/object/apply:os.system [ls]\n", [("yaml-tag", 1, 4)]),
    "local tag": ("a: !x y\n", [("yaml-tag", 1, 4)]),
    "two documents": ("a: 1\n---\nb: 2\n", [("yaml-documents", 2, 1)]),
    "escaped control character": ('a: "文\\0"\n', [("control-character", 1, 4)]),
    "too deep": ("[" * 100, [("yaml-too-deep", 1, 65)]),
    "several at once": (
        "a: 1\na: 2\nb: *c\nd: !x 1\ne: [\n",
        [("duplicate-key", 2, 1), ("yaml-alias", 3, 4), ("yaml-tag", 4, 4), ("yaml-syntax", 6, 1)],
    ),
}


@pytest.mark.parametrize("pure", [False, True], ids=["c", "pure"])
@pytest.mark.parametrize("name", BROKEN)
def test_broken_yaml(name: str, pure: bool) -> None:
    text, expected = BROKEN[name]
    assert faults(text, pure=pure) == expected


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a:\n\tb: 1\n", "spaces"),
        ("deck: 访谈: 上\n", "quotes"),
        ("paper：样报\ndate: 1\n", "full-width colon"),
        ('a: "引" 文\n', "'...'"),
        ("a: *重要*\n", "quotes"),
    ],
)
def test_a_hint_says_what_to_do(text: str, hint: str) -> None:
    (found,) = parse_yaml(Source("x.yaml", text)).diagnostics
    assert hint in found.hint


@pytest.mark.parametrize("pure", [False, True], ids=["c", "pure"])
def test_billion_laughs_end_at_once(pure: bool) -> None:
    start = time.process_time()
    found = faults(BOMB, pure=pure)
    assert [code for code, *_ in found] == ["yaml-too-large"]
    assert time.process_time() - start < 2


def test_deep_aliases_are_refused() -> None:
    text = "a: &a0 [x]\n" + "".join(f"b{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 100))
    assert [code for code, *_ in faults(text)] == ["yaml-too-deep"]


def test_aliases_repeat_a_value_with_its_own_place() -> None:
    parsed = parse_yaml(Source("x.yaml", "a: &rule {width: 1}\nb: *rule\n"))
    assert isinstance(parsed.value, Table)
    assert plain(parsed.value) == {"a": {"width": 1}, "b": {"width": 1}}
    assert parsed.value.entries["b"].node.span.line == 1


def test_a_flood_of_faults_is_cut_off() -> None:
    assert len(faults("a: 1\n" * 5000)) == 50


def test_line_separators_do_not_end_a_line() -> None:
    parsed = parse_yaml(Source("x.yaml", "a: |\n  一\u2028二\x85三\nb: 1\n"))
    assert isinstance(parsed.value, Table)
    assert plain(parsed.value) == {"a": "一\u2028二\x85三\n", "b": 1}
    assert parsed.value.entries["b"].span.line == 3


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9999, 9999)
    | st.text(st.characters(codec="utf-8", exclude_categories=["C"])),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abc重点 #:'\"|>-", min_size=1), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(VALUES, st.booleans())
def test_what_yaml_dumps_is_read_back(value: object, flow: bool) -> None:
    text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=flow, width=30)
    read = [parse_yaml(Source("x.yaml", text), pure=pure) for pure in (False, True)]
    assert read[0].value is not None, read[0].diagnostics
    assert plain(read[0].value) == value
    assert read[0] == read[1]


@given(st.text(st.sampled_from(list("ab:：- \n\t|>\"'[]{}&*!#%@?,\\.,0x一"))))
def test_any_text_ends_in_a_tree_or_in_diagnostics(text: str) -> None:
    for pure in (False, True):
        parsed = parse_yaml(Source("x.yaml", text), pure=pure)
        assert (parsed.value is None) == bool(parsed.diagnostics)
        assert all(found.span.line >= 1 and found.span.column >= 1 for found in parsed.diagnostics)
