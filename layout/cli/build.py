"""``layout build``: the press files of an issue."""

import sys
from pathlib import Path

import click

from layout.cli.console import Exit, cache_folder, environment_failed, fit_lines, parse_pages, progress, show


@click.command()
@click.argument("issue", type=click.Path(path_type=Path), default=Path("issue.yaml"))
@click.option("-o", "--out", type=click.Path(path_type=Path), default=Path("out"), show_default=True, help="Output.")
@click.option("--standard", type=click.Choice(["x4", "x1a"]), help="PDF/X level; the house style's when left out.")
@click.option("--pages", "chosen", metavar="1,3-4", help="Only these pages: OUT then holds just them.")
@click.option("--jobs", type=click.IntRange(1), help="Processes; all cores when left out.")
@click.option(
    "--allow",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A further folder that files may come from.",
)
@click.option("--no-cache", is_flag=True, help="Convert every photograph anew.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def command(
    issue: Path,
    out: Path,
    *,
    standard: str | None,
    chosen: str | None,
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
