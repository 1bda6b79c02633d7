"""What results depend on besides the issue: this program, the packages it works with, the files of a house style."""

import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final, TypeAlias

from layout import __file__ as program
from layout.house.model import House

State: TypeAlias = tuple[str, int, int]
"""Path, size, time of change in nanoseconds."""

_PACKAGES: Final = ("PIL", "fontTools", "msgspec", "pikepdf", "pyphen", "reportlab", "rjieba", "uharfbuzz")
"""What makes pages besides this program. Installed anew, it may make other ones."""


@cache
def program_stamp() -> str:
    """The program as it is, and the Python and the packages that it makes pages with."""
    packages = (spec.origin for name in _PACKAGES if (spec := find_spec(name)) is not None and spec.origin)
    return repr([sys.hexversion, *sorted(_modules(Path(program).parent)), *map(_state, map(Path, packages))])


def house_stamps(house: House) -> str:
    """The files that a house style names: its press profile and its faces."""
    return repr([_state(path) for path in dict.fromkeys(_files(house))])


def _files(house: House) -> Iterable[Path]:
    yield house.press.profile
    for chain in house.faces.values():
        yield from (ref.path for ref in chain)


def _modules(folder: "Path | os.DirEntry[str]") -> Iterator[State]:
    """The states of the modules in ``folder`` and below. One look a folder: there are hundreds."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _modules(entry)
            elif entry.name.endswith(".py"):
                yield _state(entry)


def _state(file: "Path | os.DirEntry[str]") -> State:
    """A file as the file system tells it: by size and time of change, like ``make``. Faces are large.

    One that is gone has a state as well: who opens it tells that.
    """
    try:
        state = file.stat()
    except OSError:
        return os.fspath(file), -1, 0
    return os.fspath(file), state.st_size, state.st_mtime_ns
