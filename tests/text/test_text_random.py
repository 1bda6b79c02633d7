"""A thousand random paragraphs at 8 to 30 em; ``tests/bench/random_run.py`` sets a hundred thousand."""

from random import Random

import pytest
from random_copy import Tally, judge, random_copy, run

from layout.text import Broken, breaking


@pytest.mark.parametrize("seed", range(4))
def test_no_hard_rule_is_broken_in_random_copy(seed: int) -> None:
    tally = run(250, seed)
    assert tally.breaches == []
    assert tally.passes[1] > 180
    assert tally.passes[3] + tally.passes[4] < 30


def test_copy_is_the_same_for_the_same_seed() -> None:
    assert [random_copy(Random(7)) for _ in range(2)] == [random_copy(Random(7))] * 2


def test_what_only_need_allows_is_a_breach_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """The judge itself: the same lines, said to come from pass 1."""
    copy, pass_one = "国国国国transformation国国国国国国", breaking.break_lines
    tally = Tally()
    judge(copy, 10.0, tally)
    assert (tally.breaches, dict(tally.flaws)) == ([], {("word-parted", 4): 1})

    def boast(*arguments: object) -> Broken:
        broken = pass_one(*arguments)  # type: ignore[arg-type]
        assert broken is not None
        return Broken(broken.lines, 1, broken.cost)

    monkeypatch.setattr("random_copy.break_lines", boast)
    judge(copy, 10.0, tally)
    assert tally.breaches[0].startswith("word-parted in pass 1")


def test_token_wider_than_its_line_is_forced() -> None:
    tally = Tally()
    judge("国国" + "1234567890" * 3 + "国国", 8.0, tally)
    assert tally.breaches == []
    assert tally.forced["token-torn"] >= 1
