"""A thousand random paragraphs at 8 to 30 em; ``tests/bench/random_run.py`` sets a hundred thousand."""

from math import inf
from random import Random

import pytest
from msgspec.structs import replace
from random_copy import MEASURES, METRICS, Tally, judge, random_copy, run

from layout.text import Broken, Paragraph, Setting, break_lines, breaking, set_paragraph
from layout.text.lattice import Lattice, Limits


@pytest.mark.parametrize("seed", range(4))
def test_no_hard_rule_is_broken_in_random_copy(seed: int) -> None:
    tally = run(160, seed)
    assert tally.breaches == []
    assert tally.passes[1] > 110
    assert tally.passes[3] + tally.passes[4] < 20


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


def test_search_leaves_no_line_out_that_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    """No pass is given up too early (rule J-10): trying every line from every place finds nothing cheaper."""
    random, pruned = Random(11), breaking.lattice

    def unpruned(paragraph: Paragraph, limits: Limits) -> Lattice:
        net = pruned(paragraph, limits)
        return replace(net, widest=(inf,) * len(net.widest))

    for _ in range(60):
        paragraph = set_paragraph(random_copy(random), Setting(METRICS, indent=2.0))
        measure = float(random.randint(*MEASURES))
        found = break_lines(paragraph, (measure,))
        with monkeypatch.context() as patch:
            patch.setattr(breaking, "lattice", unpruned)
            thorough = break_lines(paragraph, (measure,))
        assert found is not None
        assert thorough is not None
        assert (found.passed, found.cost) == (thorough.passed, pytest.approx(thorough.cost))


@pytest.mark.parametrize("looseness", [-2, -1, 1, 2])
def test_search_near_the_optimum_misses_nothing(looseness: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line more or fewer: the same breaking as when the search may stray as far as it likes."""
    random = Random(20 + looseness)
    for _ in range(12):
        paragraph = set_paragraph(random_copy(random) + random_copy(random), Setting(METRICS, indent=2.0))
        measure = float(random.randint(*MEASURES))
        found = break_lines(paragraph, (measure,), looseness=looseness)
        with monkeypatch.context() as patch:
            patch.setattr(breaking, "_ASIDE", 99)
            thorough = break_lines(paragraph, (measure,), looseness=looseness)
        assert (found and found.cost) == (thorough and pytest.approx(thorough.cost))
