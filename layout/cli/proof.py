"""``layout proof``: the issue's pages as they will print, with everything that a desk checks on them."""

import sys
from datetime import datetime
from pathlib import Path

import click

from layout.cli.console import Exit, cache_folder, environment_failed, parse_pages, progress, show


@click.command()
@click.argument("issue", type=click.Path(path_type=Path), default=Path("issue.yaml"))
@click.option("-o", "--out", type=click.Path(path_type=Path), default=Path("out"), show_default=True, help="Output.")
@click.option("--pages", "chosen", metavar="1,3-4", help="Only these pages: the proof then holds just them.")
@click.option("--jobs", type=click.IntRange(1), help="Processes; all cores when left out.")
@click.option(
    "--allow",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A further folder that files may come from.",
)
@click.option("--paper", type=click.Choice(["a3", "a4"]), help="Also a PDF for the office printer, on this paper.")
@click.option("--tiles", is_flag=True, help="With --paper: every page at 1:1, in tiles to be glued together.")
@click.option("--no-cache", is_flag=True, help="Convert every photograph anew.")
def command(
    issue: Path,
    out: Path,
    *,
    chosen: str | None,
    jobs: int | None,
    allow: tuple[Path, ...],
    paper: str | None,
    tiles: bool,
    no_cache: bool,
) -> None:
    """Proof ISSUE (issue.yaml): OUT/proof/index.html, to be opened in a browser.

    A page with errors is proofed too, with the faults marked on it.
    """
    from layout.pipeline.proof import Paper, proof

    if tiles and paper is None:
        raise click.UsageError("--tiles needs --paper")
    pages = parse_pages(chosen)
    state = f"大样 {datetime.now():%Y-%m-%d %H:%M}"
    try:
        with progress("pages") as tell:
            done = proof(
                issue,
                out,
                allowed=allow,
                pages=pages,
                jobs=jobs,
                cache=None if no_cache else cache_folder(),
                progress=tell,
                paper=Paper(paper, tiles, state) if paper else None,
            )
    except OSError as fault:
        environment_failed(fault)
    show(done.diagnostics)
    click.echo(done.index)
    if not done.ok:
        sys.exit(Exit.FAULTS)
