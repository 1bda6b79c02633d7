"""``layout check``: validate and compose an issue, write nothing; or preflight a PDF, ours or anybody's."""

import sys
from pathlib import Path

import click

from layout.cli.console import Exit, environment_failed, fit_lines, progress, show
from layout.cli.options import allow_option, jobs_option, json_option

_HEAD = 1024
"""A PDF's header stands in its first kilobyte."""


@click.command()
@click.argument("file", type=click.Path(path_type=Path), default=Path("issue.yaml"))
@jobs_option
@allow_option
@json_option
@click.option("--profile", type=click.Choice(["newspaper", "house", "coated"]), default="newspaper", help="PDF: rules.")
@click.option("--standard", type=click.Choice(["auto", "x4", "x1a"]), default="auto", help="PDF: its PDF/X level.")
@click.option("--no-ink", is_flag=True, help="PDF: leave out total ink, which takes seconds.")
@click.option("--html", type=click.Path(path_type=Path), help="PDF: write the report as a page, too.")
def command(
    file: Path,
    *,
    jobs: int | None,
    allow: tuple[Path, ...],
    as_json: bool,
    profile: str,
    standard: str,
    no_ink: bool,
    html: Path | None,
) -> None:
    """Validate FILE (issue.yaml), compose it, and report how the copy fits. Writes nothing.

    When FILE is a PDF, ours or anybody's: preflight it.
    """
    if _is_pdf(file):
        _preflight(file, profile=profile, standard=standard, ink=not no_ink, as_json=as_json, html=html)
    else:
        _check(file, jobs=jobs, allow=allow, as_json=as_json)


def _is_pdf(file: Path) -> bool:
    """Whether a file begins like a PDF, or is called one; what cannot be read is left to the issue's loader."""
    try:
        with file.open("rb") as stream:
            return b"%PDF-" in stream.read(_HEAD) or file.suffix.lower() == ".pdf"
    except OSError:
        return False


def _preflight(file: Path, *, profile: str, standard: str, ink: bool, as_json: bool, html: Path | None) -> None:
    from layout.preflight import preflight
    from layout.preflight.report import as_html
    from layout.preflight.report import as_json as json_report

    try:
        result = preflight(file, profile=profile, standard=standard, ink=ink)
        if html is not None:
            html.write_text(as_html(result, str(file)), encoding="utf-8")
    except OSError as fault:
        environment_failed(fault)
    if as_json:
        click.echo(json_report(result, str(file)), nl=False)
    show(one.diagnostic(str(file)) for one in result.findings)
    if not as_json:
        verdict = "passes" if result.ok else "has errors"
        click.echo(f"{file} {verdict}: {result.standard}, {result.profile.title}")
        if result.facts:
            click.echo(_size(result.facts.document.weights))
    if not result.ok:
        sys.exit(Exit.FAULTS)


def _size(weights: tuple[tuple[str, int], ...]) -> str:
    """What makes up the size of a file, in a line."""
    parts = ", ".join(f"{kind} {size / 1024:.0f}" for kind, size in weights)
    return f"{sum(size for _, size in weights) / 1024:.0f} KiB: {parts}"


def _check(file: Path, *, jobs: int | None, allow: tuple[Path, ...], as_json: bool) -> None:
    from layout.pipeline import check

    try:
        with progress("pages") as tell:
            report = check(file, allowed=allow, jobs=jobs, progress=tell)
    except OSError as fault:
        environment_failed(fault)
    if as_json:
        click.echo(report.json(), nl=False)
    show(report.diagnostics)
    if not as_json:
        for line in fit_lines(report):
            click.echo(line)
    if not report.ok:
        sys.exit(Exit.FAULTS)
