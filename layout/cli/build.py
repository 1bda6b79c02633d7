"""``layout build``: the press files of an issue."""

import sys
from pathlib import Path

import click

from layout.cli.console import Exit, cache_folder, environment_failed, fit_lines, parse_pages, progress, show
from layout.cli.options import (
    allow_option,
    cache_option,
    issue_argument,
    jobs_option,
    json_option,
    out_option,
    pages_option,
)


@click.command()
@issue_argument
@out_option
@click.option("--standard", type=click.Choice(["x4", "x1a"]), help="PDF/X level; the house style's when left out.")
@pages_option
@click.option("--time", default="", metavar="TEXT", help="The time that the slug shows; none when left out.")
@jobs_option
@allow_option
@cache_option
@json_option
def command(
    issue: Path,
    out: Path,
    *,
    standard: str | None,
    chosen: str | None,
    time: str,
    jobs: int | None,
    allow: tuple[Path, ...],
    no_cache: bool,
    as_json: bool,
) -> None:
    """Make the press files of ISSUE (issue.yaml): OUT/issue.pdf, OUT/pages/NN.pdf, OUT/report.json.

    With an error nothing in OUT changes.
    """
    from layout.pipeline import build

    pages = parse_pages(chosen)
    try:
        with progress("pages") as tell:
            report = build(
                issue,
                out,
                allowed=allow,
                standard=standard,
                pages=pages,
                time=time,
                jobs=jobs,
                cache=None if no_cache else cache_folder(),
                progress=tell,
            )
    except OSError as fault:
        environment_failed(fault)
    if as_json:
        click.echo(report.json(), nl=False)
    show(report.diagnostics)
    if not report.ok:
        click.echo(f"{out} was left as it was", err=True)
        sys.exit(Exit.FAULTS)
    if not as_json:
        for line in fit_lines(report):
            click.echo(line)
        for name, file in report.data["files"].items():
            click.echo(f"{out / name}  {file['bytes'] / 1024:.0f} KiB")
