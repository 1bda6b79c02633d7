"""``layout proof``: the issue's pages as they will print, with everything that a desk checks on them."""

import sys
from datetime import datetime
from pathlib import Path

import click

from layout.cli.console import Exit, cache_folder, environment_failed, parse_pages, progress, show
from layout.cli.options import allow_option, cache_option, issue_argument, jobs_option, out_option, pages_option
from layout.cli.trust import read_trust


@click.command()
@issue_argument
@out_option
@pages_option
@jobs_option
@allow_option
@click.option("--paper", type=click.Choice(["a3", "a4"]), help="Also a PDF for the office printer, on this paper.")
@click.option("--tiles", is_flag=True, help="With --paper: every page at 1:1, in tiles to be glued together.")
@cache_option
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
                trusted=read_trust,
            )
    except OSError as fault:
        environment_failed(fault)
    show(done.diagnostics)
    click.echo(done.index)
    if not done.ok:
        sys.exit(Exit.FAULTS)
