"""The numbers of the page's check of itself: those of issue.yaml are published, and no fault goes unreported."""

from pathlib import Path
from time import process_time

import pytest
import yaml

from layout.compose import story as make_up
from layout.pipeline import check
from layout.pipeline.composition import compose_one
from layout.pipeline.load import prepare

ROOT = Path(__file__).parents[2]
EXPECTED = yaml.safe_load((ROOT / "tests" / "cases" / "quality.yaml").read_text("utf-8"))


def test_issue_has_the_published_numbers() -> None:
    report = check(ROOT / "issue.yaml", jobs=1).data
    found = {
        story["slug"]: {
            **story["quality"],
            "passes": {int(number): count for number, count in story["passes"].items()},
            "tracking": list(story["quality"]["tracking"]),
        }
        for story in report["stories"]
    }
    assert found == EXPECTED


def test_check_is_cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few milliseconds of a page that takes two hundred; the best of some runs, since the machine may be busy."""
    taken: list[float] = []
    judge = make_up.check_story

    def timed(*arguments: object) -> object:
        for _ in range(9):
            start = process_time()
            judged = judge(*arguments)  # type: ignore[arg-type]
            taken.append(process_time() - start)
        return judged

    monkeypatch.setattr(make_up, "check_story", timed)
    prepared = prepare(ROOT / "issue.yaml").value
    assert prepared is not None
    start = process_time()
    compose_one(prepared, 0)
    assert min(taken) < 0.1 * (process_time() - start - sum(taken))
