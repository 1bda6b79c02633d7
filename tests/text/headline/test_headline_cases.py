"""Where headlines break, as someone at a news desk reads them."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from layout.text import ReferenceMetrics, Setting
from layout.text.headline import HeadCopy, shipped_lexicon
from layout.text.headline.places import Place, mark_places, word_places
from layout.text.headline.words import Readings, words_of

SETTING = Setting(ReferenceMetrics(), size=30.0, punctuation="kaiming", han_latin=0.125)
CASES: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("headline_breaks.yaml").read_text("utf-8"))


def places(text: str, terms: tuple[str, ...] = ()) -> dict[int, Place]:
    """Every place where the engine may break, by the offset where the next line starts."""
    lexicon = shipped_lexicon()
    assert lexicon is not None
    words = words_of(text, lexicon, terms)
    copy = HeadCopy(text)
    found = (
        *mark_places(copy, SETTING),
        *word_places(copy, SETTING, words, Readings(text, words, lexicon)),
    )
    return {place.start: place for place in found}


def marked(copy: str) -> tuple[str, set[int]]:
    """The copy of a case without its marks, and where they stand."""
    pieces = copy.split("|")
    return "".join(pieces), {len("".join(pieces[:n])) for n in range(1, len(pieces))}


@pytest.mark.parametrize("case", CASES["words"])
def test_breaks_only_between_words(case: str) -> None:
    text, allowed = marked(case)
    assert set(places(text)) <= allowed


def test_nearly_every_allowed_place_is_offered() -> None:
    cases = [marked(case) for case in CASES["words"]]
    offered = sum(len(set(places(text)) & allowed) for text, allowed in cases)
    assert offered >= 0.95 * sum(len(allowed) for _, allowed in cases)


@pytest.mark.parametrize("case", CASES["terms"], ids=lambda case: case["copy"])
def test_terms_are_never_broken(case: dict[str, Any]) -> None:
    text, allowed = marked(case["copy"])
    assert set(places(text, tuple(case["terms"]))) == allowed


@pytest.mark.parametrize("case", CASES["doubtful"], ids=lambda case: case["copy"])
def test_a_place_with_another_reading_is_doubtful(case: dict[str, Any]) -> None:
    text, (at,) = marked(case["copy"])
    assert places(text)[at].rival == case["rival"]


def test_a_plain_place_is_not_doubtful() -> None:
    assert places("武汉市长江大桥")[3].rival == ""
