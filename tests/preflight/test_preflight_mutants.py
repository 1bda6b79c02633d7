"""One fault a file: each is found under its code, and nothing else is an error."""

from io import BytesIO

import pikepdf
import pytest
from preflight_mutants import ERRORS, LEGAL, WARNINGS, Mutant
from preflight_samples import changed

from layout.core import Severity
from layout.preflight import Finding, preflight


@pytest.fixture(autouse=True)
def _no_ghostscript(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same plates everywhere: those that are estimated."""
    monkeypatch.setattr("layout.preflight.ink.coverage.ghostscript", lambda: None)


def judged(mutant: Mutant, good: dict[str, bytes]) -> tuple[Finding, ...]:
    data = changed(good[mutant.base], mutant.change, **mutant.save)
    old, new = mutant.raw
    assert old in data
    return preflight(data.replace(old, new) if old else data, standard=mutant.base, ink=mutant.ink).findings


def codes(findings: tuple[Finding, ...], severity: Severity) -> set[str]:
    return {one.code for one in findings if one.severity is severity}


def names(mutants: tuple[Mutant, ...]) -> list[str]:
    return [f"{mutant.base}: {mutant.what}" for mutant in mutants]


@pytest.mark.parametrize("standard", ["x4", "x1a"])
def test_a_good_file_passes(good: dict[str, bytes], standard: str) -> None:
    result = preflight(good[standard])
    assert result.ok, result.findings
    assert result.standard == {"x4": "PDF/X-4", "x1a": "PDF/X-1a:2003"}[standard]
    assert codes(result.findings, Severity.WARNING) == set()


@pytest.mark.parametrize("standard", ["x4", "x1a"])
def test_saving_alone_is_no_fault(good: dict[str, bytes], standard: str) -> None:
    """What the mutants' tool does to a file by itself must not be found, or the table would prove nothing."""
    assert preflight(changed(good[standard], lambda _: None), standard=standard, ink=False).findings == ()


@pytest.mark.parametrize("mutant", ERRORS, ids=names(ERRORS))
def test_a_fault_is_found_and_nothing_else(mutant: Mutant, good: dict[str, bytes]) -> None:
    assert codes(judged(mutant, good), Severity.ERROR) == mutant.codes


@pytest.mark.parametrize("mutant", WARNINGS, ids=names(WARNINGS))
def test_a_risk_is_a_warning(mutant: Mutant, good: dict[str, bytes]) -> None:
    findings = judged(mutant, good)
    assert codes(findings, Severity.ERROR) == set()
    assert codes(findings, Severity.WARNING) == mutant.codes


@pytest.mark.parametrize("mutant", LEGAL, ids=names(LEGAL))
def test_what_is_legal_passes(mutant: Mutant, good: dict[str, bytes]) -> None:
    assert codes(judged(mutant, good), Severity.ERROR) == set()


def test_the_mutants_are_pdf_files(good: dict[str, bytes]) -> None:
    """A mutant that qpdf cannot open would test nothing but that."""
    for mutant in (*ERRORS, *WARNINGS, *LEGAL):
        if not mutant.raw[0]:
            with pikepdf.open(BytesIO(changed(good[mutant.base], mutant.change, **mutant.save))) as pdf:
                assert len(pdf.pages) >= 1
