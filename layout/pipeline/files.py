"""Replacing press files as one: everything is written beside its place first, then renamed.

A build that is killed at any moment leaves each file whole, the old one or the new one, and never a half-written one.
Builds into one folder take turns, so that its files are always those of one build.
"""

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from errno import EISDIR
from pathlib import Path
from stat import S_ISREG
from typing import Final

_BESIDE: Final = ".building-"
_PAGE_FILE: Final = re.compile(r"[0-9]{2,}(?:-[0-9]{2,})?\.pdf")


def replace_files(out: Path, files: Mapping[str, bytes], *, last: str) -> None:
    """Write ``files`` (by path relative to ``out``) and drop older page files that are not among them.

    A file that is there already, byte for byte, stays as it is: most pages of an issue are the same in the next build.
    ``last`` names the file that is renamed last: it lists the others with their checksums, so that it never vouches for
    files that are not there yet. Raises OSError and leaves what was there when the disk does not take everything.
    """
    out.mkdir(parents=True, exist_ok=True)
    with _turn(out) as alone:
        if alone:
            _sweep(out)
        beside = Path(tempfile.mkdtemp(prefix=_BESIDE, dir=out))
        try:
            new = {name: data for name, data in files.items() if not _holds(out / name, data)}
            for name, data in new.items():
                _write(beside / name, data)
            _rename(beside, out, sorted(new, key=lambda name: name == last))
        finally:
            shutil.rmtree(beside, ignore_errors=True)
        for page in sorted((out / "pages").glob("*.pdf")):
            if _PAGE_FILE.fullmatch(page.name) and page.is_file() and f"pages/{page.name}" not in files:
                page.unlink()


@contextmanager
def _turn(out: Path) -> Iterator[bool]:
    """Wait until no other build writes into the folder; False where the system cannot tell.

    The lock is the system's, on the folder itself: it leaves no file behind and ends with the process that holds it.
    """
    if sys.platform == "win32":
        yield False
        return
    import fcntl

    folder = os.open(out, os.O_RDONLY)
    try:
        locked = True
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
        except OSError:  # a file system without locks
            locked = False
        yield locked
    finally:
        os.close(folder)


def _sweep(out: Path) -> None:
    """Remove what builds that were killed have left; the caller knows that none is running."""
    for left in out.glob(f"{_BESIDE}*"):
        shutil.rmtree(left, ignore_errors=True)


def _holds(place: Path, data: bytes) -> bool:
    """Whether a file holds just these bytes."""
    try:
        state = place.lstat()
        return S_ISREG(state.st_mode) and state.st_size == len(data) and place.read_bytes() == data
    except OSError:
        return False


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _rename(beside: Path, out: Path, names: Sequence[str]) -> None:
    """Put every file in its place; a place that is taken by a folder is found before the first one moves."""
    for name in names:
        place = out / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.is_dir():
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR), str(place))
    for name in names:
        (beside / name).replace(out / name)
