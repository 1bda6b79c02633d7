"""What every command says in the same way: diagnostics, exit codes, where converted photographs are kept."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from layout.core import Diagnostic, Severity

if TYPE_CHECKING:
    from layout.pipeline import Report

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


class Exit(IntEnum):
    """Exit codes; 2, wrong usage, is click's own."""

    DONE = 0
    FAULTS = 1
    ENVIRONMENT = 3


def show(diagnostics: Iterable[Diagnostic]) -> None:
    """Print diagnostics to standard error, coloured on a terminal that wants colour."""
    for found in diagnostics:
        click.echo(_styled(found), err=True, color=_colour())


def _styled(found: Diagnostic) -> str:
    word = f"{found.severity}[{found.code}]"
    return str(found).replace(word, click.style(word, fg=_COLOURS[found.severity], bold=True), 1)


def _colour() -> bool:
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR")


def environment_failed(fault: OSError) -> NoReturn:
    """Say what the disk or the network refused, and leave with exit code 3."""
    where = f"{fault.filename}: " if fault.filename else ""
    click.echo(f"{where}error[environment]: {fault.strerror or fault}", err=True)
    sys.exit(Exit.ENVIRONMENT)


def cache_folder() -> Path:
    """Where converted photographs are kept between builds (XDG Base Directory specification)."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "newspaper-layout"


def parse_pages(text: str | None) -> frozenset[int]:
    """``1,3-4`` as page numbers; none for None. Raises click.BadParameter."""
    numbers: set[int] = set()
    for part in (text or "").replace(" ", "").split(",") if text else ():
        first, _, last = part.partition("-")
        if not first.isdecimal() or not (last or first).isdecimal() or int(last or first) < int(first):
            raise click.BadParameter(f"{part!r} is no page and no range of pages, as in 1,3-4", param_hint="--pages")
        numbers |= set(range(int(first), int(last or first) + 1))
    return frozenset(numbers)


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on a terminal, for work of several steps; silent elsewhere."""
    with ExitStack() as stack:
        bars: list[Any] = []  # click exports the function that makes a bar, not its class

        def tell(_done: int, total: int) -> None:
            if total < 2 or not sys.stderr.isatty():
                return
            if not bars:
                bars.append(stack.enter_context(click.progressbar(length=total, label=label, file=sys.stderr)))
            bars[0].update(1)

        yield tell


def fit_lines(report: "Report") -> Iterator[str]:
    """How each story fits, in the desk's words: over (多) or short (欠) as written, and what copyfitting did."""
    for story in report.data["stories"]:
        natural = story["natural_lines"]
        over = f"{natural} lines, {story['natural_characters']} characters over (多 {story['natural_characters']} 字)"
        short = (
            f"{-natural} lines, {-story['natural_characters']} characters short (欠 {-story['natural_characters']} 字)"
        )
        given = [f"head {story['head']:+d}"] if story["head"] else []
        given += [f"pictures {' '.join(f'{n:+d}' for n in story['bands'])}"] if any(story["bands"]) else []
        given += [f"foot {story['foot']} blank"] if story["foot"] else []
        said = over if natural > 0 else short if natural < 0 else "fits as written"
        taken = f"; taken by {', '.join(given)} lines" if given else ""
        yield f"page {story['page']}  {story['slug']}: {said}{taken}"
