"""``layout watch``: the proof in the browser, renewed with every change of the issue."""

import gc
import signal
from collections.abc import Sequence
from pathlib import Path
from threading import Event

import click

from layout.cli.console import cache_folder, environment_failed, show
from layout.cli.options import allow_option, issue_argument, out_option
from layout.cli.trust import read_trust
from layout.core import Diagnostic, Severity


@click.command()
@issue_argument
@out_option
@click.option("--port", type=click.IntRange(0, 65535), default=8190, show_default=True, help="0 takes a free one.")
@allow_option
def command(issue: Path, out: Path, *, port: int, allow: tuple[Path, ...]) -> None:
    """Proof ISSUE (issue.yaml) again whenever it changes, at an address that only this machine reaches.

    The issue's folder and those that are allowed are watched. A fault in the issue shows in the browser and does not
    end the watch; Ctrl-C does.
    """
    gc.enable()  # a watch runs for a day; a build does without (layout/__main__.py)
    from layout.pipeline.proof import FOLDER
    from layout.pipeline.watch import Watch, watch
    from layout.proof import Site
    from layout.proof.server import serving

    site = Site(out / FOLDER)
    try:
        site.folder.mkdir(parents=True, exist_ok=True)
        with serving(site.folder, port) as (address, events):
            click.echo(address)
            renewed = Watch(
                issue, site, lambda: events.tell("proof"), allowed=allow, cache=cache_folder(), trusted=read_trust
            )
            watch(renewed, tell=_tell, stop=_stop_on_signals())
    except OSError as fault:
        environment_failed(fault)


def _stop_on_signals() -> Event:
    """Set by Ctrl-C or a termination; a second one ends the program at once."""
    stop = Event()

    def ask(number: int, _frame: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask)
    return stop


def _tell(found: Sequence[Diagnostic]) -> None:
    show(found)
    errors = sum(each.severity is Severity.ERROR for each in found)
    click.echo(f"{errors} errors, {len(found) - errors} warnings")
