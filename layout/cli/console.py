"""What every command says in the same way: diagnostics, exit codes, where converted photographs are kept."""

import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

import click

from layout.core import Diagnostic, Severity, Span, error
from layout.core.patterns import late

if TYPE_CHECKING:
    from layout.pipeline import Report

_PAGES: Final = late(r"\s*([0-9]{1,4})\s*(?:-\s*([0-9]{1,4})\s*)?")
_COLOURS: Final = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


_IN_THE_WAY: Final = "something else stands there; move it, or name another folder"
_NOT_ALLOWED: Final = "change the permissions, or name another folder"
_NO_ROOM: Final = "make room, or name a folder on another disk"
_REMEDIES: Final = {
    errno.EEXIST: _IN_THE_WAY,
    errno.ENOTDIR: _IN_THE_WAY,
    errno.EISDIR: _IN_THE_WAY,
    errno.EACCES: _NOT_ALLOWED,
    errno.EPERM: _NOT_ALLOWED,
    errno.EROFS: _NOT_ALLOWED,
    errno.ENOSPC: _NO_ROOM,
    errno.EDQUOT: _NO_ROOM,
    errno.EFBIG: _NO_ROOM,
}
"""What to do when the system refuses."""


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
    place = Span(str(fault.filename2 or fault.filename or ""))
    show([error("environment", fault.strerror or str(fault), place, _REMEDIES.get(fault.errno or 0, ""))])
    sys.exit(Exit.ENVIRONMENT)


def cache_folder() -> Path:
    """Where converted photographs are kept between builds (XDG Base Directory specification)."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "newspaper-layout"


def parse_pages(text: str | None) -> frozenset[int]:
    """``1,3-4`` as page numbers; none for None. Raises click.BadParameter."""
    numbers: set[int] = set()
    for part in () if text is None else text.split(","):
        found = _PAGES.fullmatch(part)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= last:
            raise click.BadParameter(f"{part!r} is no page and no range of pages, as in 1,3-4", param_hint="'--pages'")
        numbers.update(range(first, last + 1))
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
        notable = "".join(f"; {what}" for what in _notable(story))
        page = "-".join(map(str, story.get("spread", [story["page"]])))
        yield f"page {page}  {story['slug']}: {said}{taken}{notable}"


def _notable(story: Mapping[str, Any]) -> Iterator[str]:
    """What an editor would want to look at in the lines of a story, by the numbers of its self-check."""
    quality, passes = story["quality"], story["passes"]
    if quality["loose"]:
        yield f"{quality['loose']} of {quality['justified']} lines loose, by {quality['widest']:.2f} em at most"
    if quality["rivers"]:
        yield f"rivers of loose lines: {quality['rivers']}"
    strained = sum(count for number, count in passes.items() if int(number) > 2)
    if strained:
        yield f"{strained} paragraphs set with more than is comfortable"
    yield from (f"{code} {count}" for code, count in quality["flaws"].items())
