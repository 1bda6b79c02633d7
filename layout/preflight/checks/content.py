"""Content streams that are not sound."""

from collections.abc import Iterator

from layout.preflight.checks.case import Case, Found
from layout.preflight.model import Flaw


def operators(case: Case) -> Iterator[Found]:
    """What an operator that ISO 32000 does not know should paint, each RIP decides for itself."""
    yield from _defects(case, Flaw.OPERATOR)


def operands(case: Case) -> Iterator[Found]:
    """An operator with the wrong operands is guessed at by one program and skipped by another."""
    yield from _defects(case, Flaw.OPERANDS)


def balance(case: Case) -> Iterator[Found]:
    """A state that is saved and not brought back leaks its colour, clip or scale into what follows."""
    yield from _defects(case, Flaw.NESTING)


def resources(case: Case) -> Iterator[Found]:
    """A font, picture, state or colour space that is named but not there leaves a hole in the page."""
    yield from _defects(case, Flaw.RESOURCE, Flaw.SPACE)


def streams(case: Case) -> Iterator[Found]:
    """Content that cannot be decoded, or that paints itself without end, cannot be printed."""
    yield from _defects(case, Flaw.STREAM, Flaw.LOOP, Flaw.DEPTH)


def _defects(case: Case, *flaws: Flaw) -> Iterator[Found]:
    for defect in case.facts.defects:
        if defect.flaw in flaws:
            times = f", {defect.count} times" if defect.count > 1 else ""
            yield Found(f"{defect.flaw}: {defect.detail}{times}", defect.page)
