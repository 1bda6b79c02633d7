"""Checking an issue: everything that building does up to the press, and nothing written."""

from collections.abc import Sequence
from os import cpu_count
from pathlib import Path

from layout.pipeline.load import prepare
from layout.pipeline.report import Report, make_report, share_of
from layout.pipeline.workers import Progress


def check(
    path: Path,
    *,
    allowed: Sequence[Path] = (),
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Report:
    """Validate and compose the issue at ``path``; the report tells its faults and how its stories fit.

    Raises OSError when the system ends one of the ``jobs`` processes.
    """
    loaded = prepare(path, allowed=allowed)
    if loaded.value is None:
        return make_report(loaded.diagnostics)
    from layout.pipeline.composition import compose_issue

    composition = compose_issue(loaded.value, jobs=jobs or cpu_count() or 1, progress=progress)
    return make_report(
        (*loaded.diagnostics, *composition.diagnostics),
        shares=[share_of(page, loaded.value.facts, loaded.value.foreign) for page in composition.pages],
        press=loaded.value.house.press,
    )
