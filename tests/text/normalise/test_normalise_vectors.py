"""The published vectors and the readable examples: every one of them, and every output a fixed point."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from layout.text.normalise import ROLES, join_cut, join_texts, normalise

CASES = Path(__file__).parents[2] / "cases"
VECTORS = yaml.load((CASES / "typography_cases.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
SPACES = str.maketrans({"␣": " ", "▢": "\u3000", "⍽": "\u202f", "∅": "\u200b", "⇥": "\t"})


def examples() -> Iterator[Any]:
    """The rows of the example files: role, as typed, as printed."""
    texts = [(CASES / name).read_text(encoding="utf-8") for name in ("normalise_examples.txt", "normalise_more.txt")]
    for line in "\n".join(texts).splitlines():
        if " | " not in line or line.startswith("#"):
            continue
        role, typed, printed = (part.strip().translate(SPACES) for part in line.split(" | ")[:3])
        printed = printed.removesuffix("|").strip(" ")
        yield pytest.param(role, typed, typed if printed == "(same)" else printed, id=f"{role}: {line.split(' | ')[1]}")


@pytest.mark.parametrize("case", VECTORS["normalise"], ids=lambda case: case["id"])
def test_vector(case: dict[str, str]) -> None:
    printed = normalise(case["input"], case["role"])
    assert printed == case["output"]
    assert normalise(printed, case["role"]) == printed


@pytest.mark.parametrize("case", VECTORS["normalise_paragraphs"], ids=lambda case: case["id"])
def test_paragraph_vector(case: dict[str, Any]) -> None:
    passages = list(zip(case["roles"], case["input"], strict=True))
    printed = [
        normalise(join_texts([passages[index][1] for index in group]), passages[group[0]][0])
        for group in join_cut(passages)
    ]
    assert printed == case["output"]


@pytest.mark.parametrize(("role", "typed", "printed"), list(examples()))
def test_example(role: str, typed: str, printed: str) -> None:
    assert role in ROLES
    assert normalise(typed, role) == printed
    assert normalise(printed, role) == printed


def test_the_whole_table_of_the_specification_is_among_the_examples() -> None:
    assert len(list(examples())) > 67
