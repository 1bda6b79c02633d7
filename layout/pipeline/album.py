"""An issue's photographs as earlier builds have found them: what has not been touched since is not read again.

A page's photographs are megabytes, of which a build in which they are kept needs nothing but their facts.
"""

import os
from hashlib import sha256
from pathlib import Path
from time import time_ns
from typing import Final, TypeAlias

from msgspec import json

from layout import keeping
from layout.images import ImageFacts
from layout.images.probe import probe
from layout.pipeline.stamps import program_stamp

_State: TypeAlias = tuple[int, int, int]
"""Size, time of change of the content and of the file, in nanoseconds."""

_Seen: TypeAlias = dict[str, tuple[_State, tuple[int, int, str, int, bool, int, str]]]
"""State and facts by path."""

_SETTLED: Final = 2_000_000_000
"""Nanoseconds for which a file must have been left alone: within that time some file systems tell no two changes apart.

The clock decides only whether a file is read once more, never what is made of it."""


class Album:
    """The photographs of the issue at ``issue``; without a ``cache`` each is read by every build."""

    def __init__(self, issue: Path, cache: Path | None) -> None:
        name = sha256(repr((program_stamp(), os.fspath(issue.absolute()))).encode()).hexdigest()
        self._entry = None if cache is None else cache / f"{name}.album"
        kept = None if self._entry is None else keeping.fetch(self._entry)
        self._before: _Seen = {} if kept is None else json.decode(kept, type=_Seen)
        self._seen: _Seen = {}

    def facts(self, path: Path) -> ImageFacts:
        """What a picture file is. Raises ImageFault."""
        if self._entry is None:
            return probe(path)
        state, name = _state(path), os.fspath(path)
        before = self._before.get(name)
        if before is not None and before[0] == state:
            self._seen[name] = before
            return ImageFacts(path, *before[1])
        found = probe(path)
        if state is not None:
            shape = found.width, found.height, found.mode, found.bits, found.has_profile, found.orientation
            self._seen[name] = state, (*shape, found.sha256)
        return found

    def keep(self, *, whole: bool) -> None:
        """Keep what was found of files that have been left alone for a while.

        ``whole``: these are all of the issue's photographs; what was kept of others is dropped.
        """
        if self._entry is None:
            return
        now = time_ns()
        settled = {name: seen for name, seen in self._seen.items() if now - max(seen[0][1:]) > _SETTLED}
        kept = settled if whole else {**self._before, **settled}
        if kept != self._before:
            keeping.keep(self._entry, json.encode(kept))


def _state(path: Path) -> _State | None:
    """How a file stands, looked at before it is read; None when there is none."""
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_size, state.st_mtime_ns, state.st_ctime_ns
