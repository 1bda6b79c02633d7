"""A folder of results that are costly to make, under names that say what they are made from.

A result is there whole or not at all; a folder that cannot be used is left alone, and a damaged file is no result.
"""

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

_MAGIC: Final = b"layout kept 1\n"
_START: Final = len(_MAGIC) + hashlib.sha256().digest_size
_LIMIT: Final = 4 << 30
_LEAVE: Final = 0.75
"""What tidying leaves of the limit, so that not every build has to tidy."""


def fetch(entry: Path) -> bytes | None:
    """What was kept under this name; None when there is nothing or it is damaged."""
    try:
        with entry.open("rb", buffering=0) as file:  # head and data apart: to part them later would copy megabytes
            head, data = file.read(_START), file.readall()
        os.utime(entry)
    except OSError:
        return None
    return data if head == _head(data) else None


def keep(entry: Path, data: bytes) -> None:
    """Keep a result under a name."""
    with suppress(OSError):
        entry.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=entry.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_head(data))
                file.write(data)
            Path(name).replace(entry)
        except OSError:
            Path(name).unlink(missing_ok=True)


def tidy(folder: Path, limit: int = _LIMIT) -> None:
    """Drop what was not used for longest when the folder holds more than ``limit`` bytes."""
    with suppress(OSError), os.scandir(folder) as there:
        files = [(state.st_mtime_ns, state.st_size, each.path) for each in there for state in (each.stat(),)]
        excess = sum(size for _, size, _ in files) - limit
        if excess <= 0:
            return
        excess += round(limit * (1 - _LEAVE))
        for _, size, path in sorted(files):
            if excess <= 0:
                return
            Path(path).unlink(missing_ok=True)
            excess -= size


def _head(data: bytes) -> bytes:
    return _MAGIC + hashlib.sha256(data).digest()
