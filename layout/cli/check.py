"""``layout check``: validate and compose an issue, write nothing."""

import sys
from pathlib import Path

import click

from layout.cli.console import Exit, fit_lines, progress, show


@click.command()
@click.argument("file", type=click.Path(path_type=Path), default=Path("issue.yaml"))
@click.option("--jobs", type=click.IntRange(1), help="Processes; all cores when left out.")
@click.option(
    "--allow",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A further folder that files may come from.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def command(file: Path, *, jobs: int | None, allow: tuple[Path, ...], as_json: bool) -> None:
    """Validate FILE (issue.yaml), compose it, and report how the copy fits. Writes nothing."""
    from layout.pipeline import check

    with progress("pages") as tell:
        report = check(file, allowed=allow, jobs=jobs, progress=tell)
    if as_json:
        click.echo(report.json(), nl=False)
    show(report.diagnostics)
    if not as_json:
        for line in fit_lines(report):
            click.echo(line)
    if not report.ok:
        sys.exit(Exit.FAULTS)
