"""Preflight: facts, checks, findings."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from layout.core import Severity
from layout.preflight.budget import Budget
from layout.preflight.checks import CHECKS, STANDARDS, Case
from layout.preflight.checks.identity import claimed_standard
from layout.preflight.facts import Unreadable, open_file, read_facts
from layout.preflight.finding import Finding
from layout.preflight.model import Coverage, Facts, Trait
from layout.preflight.profiles import PROFILES, Profile, placed

AUTO: Final = "auto"
_EACH: Final = 20
"""Findings of one check that are listed; the rest are counted."""


class Preflight(Struct, frozen=True):
    """The outcome: findings, the worst first; facts None when the file could not be read. ``standard`` is its title."""

    findings: tuple[Finding, ...]
    facts: Facts | None
    standard: str
    profile: Profile

    @property
    def ok(self) -> bool:
        """Whether there is no error."""
        return not any(one.severity is Severity.ERROR for one in self.findings)


def preflight(
    pdf: bytes | Path,
    *,
    profile: str | Profile = "newspaper",
    standard: str = AUTO,
    ink: bool = True,
    measured: Sequence[Coverage] = (),
    plates: bool = True,
    page: int | None = None,
    content: bool = True,
    plain: bool = False,
    budget: Budget | None = None,
) -> Preflight:
    """Judge a PDF, ours or anybody's, against a profile and a PDF/X level (x4, x1a; auto: the one it claims, else x4).

    ``ink`` False leaves out total ink, for which Ghostscript takes seconds; without ``plates`` it is estimated;
    ``measured`` is what is known of it. With ``page`` only that page (from 1) is read and judged as one to be placed on
    another; the facts have no page when there is none of that number. Without ``content`` what pages paint is not
    judged, for pages that have been judged by themselves. A ``plain`` file is read without qpdf if it is one. A file
    that cannot be read is a finding, not an exception.
    Raises KeyError for a profile or standard that does not exist and OSError when a path cannot be read.
    """
    chosen = profile if isinstance(profile, Profile) else PROFILES[profile]
    level = None if standard == AUTO else STANDARDS[standard]
    try:
        opened = open_file(pdf if isinstance(pdf, bytes) else pdf.read_bytes(), budget or Budget(), plain=plain)
    except Unreadable as fault:
        found = Finding(Severity.ERROR, fault.code, fault.message, "ISO 32000-1, 7.5", fault.hint)
        return Preflight((found,), None, (level or STANDARDS["x4"]).title, chosen)
    with closing(opened.file):
        facts = replace(read_facts(opened, page, content=content), coverage=tuple(measured))
        if ink and not measured and not facts.shortfalls:
            from layout.preflight.ink import read_coverage

            coverage, short = read_coverage(opened, facts, limit=chosen.limits.ink_pixel, exact=plates)
            facts = replace(facts, coverage=coverage, shortfalls=short)
    level = level or STANDARDS[claimed_standard(facts.document)]
    if page is not None:
        facts, chosen = _as_placed(facts), placed(chosen)
    case = Case(facts, level, chosen.limits)
    return Preflight(tuple(_ranked(_findings(case, chosen))), facts, level.title, chosen)


def _as_placed(facts: Facts) -> Facts:
    """Without the page's own group: placing makes it one where something is transparent, and drops it elsewhere."""
    return replace(facts, uses=tuple(use for use in facts.uses if (use.trait, use.detail) != (Trait.GROUP, "page")))


def _findings(case: Case, profile: Profile) -> Iterator[Finding]:
    for check in CHECKS:
        severity = profile.severity(check, case.standard.name)
        if severity is None:
            continue
        found = list(check.examine(case))
        for one in found[:_EACH]:
            yield Finding(
                severity, check.code, one.message, check.source, check.hint, check.rationale, one.page, one.place
            )
        if len(found) > _EACH:
            rest = f"and {len(found) - _EACH} more of the kind"
            yield Finding(severity, check.code, rest, check.source, check.hint, check.rationale)


def _ranked(findings: Iterator[Finding]) -> list[Finding]:
    """Errors, warnings, notes; within each in the order of the table."""
    order = list(Severity)
    return sorted(findings, key=lambda one: order.index(one.severity))
