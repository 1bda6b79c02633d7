"""Files that must be whole whenever the program ends, and folders that one program at a time works in."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Final

_PATIENCE: Final = 600.0
_EVERY: Final = 0.05


def write_whole(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path`` at once: written beside, flushed to the disk, renamed. Raises OSError."""
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Flush a folder's entries to the disk, where the system can."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def alone_in(folder: Path, *, patience: float = _PATIENCE) -> Iterator[None]:
    """Wait until no other program works in ``folder``. Builds take the same turn in their output folder.

    The lock is the system's, on the folder itself: it leaves no file behind and ends with the process that holds it.
    Raises TimeoutError after ``patience`` seconds.
    """
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        _lock(handle, folder, patience)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, folder: Path, patience: float) -> None:
    import fcntl

    until = monotonic() + patience
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if monotonic() > until:
                raise TimeoutError(None, "another program has been at work here for too long", str(folder)) from None
            sleep(_EVERY)
        except OSError:  # a file system without locks
            return
        else:
            return
