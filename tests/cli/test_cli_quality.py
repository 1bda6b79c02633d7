"""What the commands say of a story's lines, in its own line of the output: only what an editor would look at."""

from typing import Any

import pytest

from layout.cli.console import fit_lines
from layout.pipeline import Report

GOOD: dict[str, Any] = {"loose": 0, "justified": 90, "widest": 0.08, "rivers": 0, "flaws": {}}


def said(quality: dict[str, Any], passes: dict[str, int] | None = None) -> str:
    story = {
        "page": 3,
        "slug": "lead",
        "natural_lines": 0,
        "natural_characters": 0,
        "head": 0,
        "bands": (),
        "foot": 0,
        "quality": GOOD | quality,
        "passes": passes or {"1": 12},
    }
    (line,) = fit_lines(Report(True, (), {"stories": [story]}))
    return line.removeprefix("page 3  lead: fits as written")


def test_nothing_notable_is_not_mentioned() -> None:
    assert said({}) == ""


@pytest.mark.parametrize(
    ("quality", "passes", "words"),
    [
        ({"loose": 2, "widest": 0.186}, None, "; 2 of 90 lines loose, by 0.19 em at most"),
        ({"rivers": 1}, None, "; rivers of loose lines: 1"),
        ({}, {"1": 9, "2": 2, "3": 2, "4": 1}, "; 3 paragraphs set with more than is comfortable"),
        ({"flaws": {"widow": 1, "quantity-torn": 2}}, None, "; widow 1; quantity-torn 2"),
    ],
)
def test_notable_lines_are_told(quality: dict[str, Any], passes: dict[str, int] | None, words: str) -> None:
    assert said(quality, passes) == words
