"""Replacing press files as one: everything is written beside its place first, then renamed.

A build that is killed at any moment leaves each file whole, the old one or the new one, and never a half-written one.
"""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path


def replace_files(out: Path, files: Mapping[str, bytes], *, last: str) -> None:
    """Write ``files`` (by path relative to ``out``) and drop older page files that are not among them.

    ``last`` names the file that is renamed last: it lists the others with their checksums, so that it never vouches for
    files that are not there yet. Raises OSError and leaves what was there when the disk does not take everything.
    """
    out.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".building-", dir=out))
    try:
        for name, data in files.items():
            _write(beside / name, data)
        for name in sorted(files, key=lambda name: name == last):
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            (beside / name).replace(out / name)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    for stale in (out / "pages").glob("*.pdf"):
        if f"pages/{stale.name}" not in files:
            stale.unlink()


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
