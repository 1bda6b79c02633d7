"""Patterns that wait: nothing is compiled before something is looked for, and then they are patterns like others."""

import re

import pytest

from layout.core.patterns import late, not_before, not_behind


def test_a_late_pattern_finds_what_a_pattern_finds() -> None:
    pattern = late("(a)|b", re.IGNORECASE)
    assert [match[0] for match in pattern.finditer("xAyb")] == ["A", "b"]
    assert pattern.sub("-", "xAyb") == "x-y-"
    assert pattern.search("xx") is None
    assert (pattern.pattern, pattern.groups) == ("(a)|b", 1)
    assert late(b"[0-9]+").findall(b"1 22") == [b"1", b"22"]


def test_it_is_compiled_when_it_is_used_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    compiled = re.compile
    monkeypatch.setattr(re, "compile", lambda *written: made.append(written[0]) or compiled(*written))
    pattern = late("[0-9]")
    assert made == []
    assert [bool(pattern.match(text)) for text in ("1", "a", "2")] == [True, False, True]
    assert pattern.findall("12") == ["1", "2"]
    assert made == ["[0-9]"]


def test_a_wrong_pattern_is_told_when_it_is_used() -> None:
    pattern = late("(")
    with pytest.raises(re.error):
        pattern.search("")


def test_none_of_these_beside_it() -> None:
    alone = re.compile(f"{not_behind('^来')}电{not_before('影.')}")
    assert [bool(alone.search(text)) for text in ("电", "来电", "^电", "电影", "电.", "去电视")] == [
        True,
        False,
        False,
        False,
        False,
        True,
    ]
