"""A hot folder: a folder of this machine, usually a mounted one, that the plant watches."""

import errno
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Final

from layout.delivery.channels.base import (
    CHUNK,
    Channel,
    DeliveryError,
    NameTakenError,
    Note,
    Place,
    chunks,
    opened,
    part_name,
)
from layout.delivery.model import Artifact
from layout.delivery.settings import ChannelSettings
from layout.delivery.storage import sync_folder

_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NO_LINKS: Final = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})


def open_folder(settings: ChannelSettings) -> AbstractContextManager[Channel]:
    """The folder, which must be there: a folder that was made here would only hide that nothing is mounted."""
    folder = Path(settings.address.path)
    staging = folder / settings.staging if settings.staging else folder
    for place in (folder, staging):
        if not place.is_dir():
            raise DeliveryError("folder-missing", f"{place} is no folder", "is the plant's disk mounted?")
    return opened(_Folder(folder, staging))


class _Folder:
    """Files go into ``staging``, on the same disk, and are renamed into ``folder``."""

    def __init__(self, folder: Path, staging: Path) -> None:
        self.folder = folder
        self.staging = staging

    def look(self, name: str, item: Artifact) -> Place:
        """What stands under ``name``, by size and checksum."""
        path = self.folder / name
        with _told(path):
            if not path.exists():
                return Place.FREE
            return Place.SAME if _holds(path, item) else Place.TAKEN

    def address(self, name: str) -> str:
        """A file URL."""
        return (self.folder / name).resolve().as_uri()

    def put(self, name: str, item: Artifact, *, replace: bool, note: Note) -> str:  # noqa: ARG002 - done at once
        """Write the part, read it back, rename it."""
        part, path = self.staging / part_name(name, item), self.folder / name
        with _told(part):
            try:
                _write(part, item)
            except OSError as fault:
                if fault.errno in _NO_ROOM:
                    part.unlink(missing_ok=True)
                raise
            if not _holds(part, item):
                part.unlink(missing_ok=True)
                raise DeliveryError("not-verified", f"{part} reads back other than it was written", retry=True)
            try:
                _rename(part, path, replace=replace)
            except NameTakenError:
                part.unlink(missing_ok=True)
                raise
            sync_folder(self.folder)
            self._sweep(name)
        return self.address(name)

    def follow(self, remote: str) -> None:
        """Nothing: a file is there or it is not."""

    def _sweep(self, name: str) -> None:
        """Remove parts of this name that earlier runs left."""
        for left in self.staging.glob(f"{name}.{'[0-9a-f]' * 12}.part"):
            left.unlink(missing_ok=True)


def _write(part: Path, item: Artifact) -> None:
    """Bring the part to its full length, going on where an earlier run was cut off."""
    start = _prefix(part, item)
    if not start:
        part.unlink(missing_ok=True)
    # Never emptied on opening: another sender of the same bytes may be about to give the part its final name.
    with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644), "r+b") as file:
        for offset, piece in chunks(item.data, start):
            file.seek(offset)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())


def _prefix(part: Path, item: Artifact) -> int:
    """How many bytes of ``item`` the part holds already; 0 when it holds anything else."""
    try:
        held = part.read_bytes()
    except FileNotFoundError:
        return 0
    return len(held) if item.data.startswith(held) else 0


def _holds(path: Path, item: Artifact) -> bool:
    if path.stat().st_size != item.size:
        return False
    digest = sha256()
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest() == item.sha256


def _rename(part: Path, path: Path, *, replace: bool) -> None:
    """Give the part its final name at once; without ``replace`` nothing that stands there is overwritten."""
    if replace:
        part.replace(path)
        return
    try:
        path.hardlink_to(part)
    except FileExistsError:
        raise NameTakenError(str(path)) from None
    except OSError as fault:
        if fault.errno not in _NO_LINKS:
            raise
        if path.exists():  # a file system without links: the look and the rename are two steps
            raise NameTakenError(str(path)) from None
        part.replace(path)
    else:
        part.unlink(missing_ok=True)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what the system refuses into a fault of the delivery."""
    try:
        yield
    except FileNotFoundError as fault:
        raise DeliveryError("part-gone", f"somebody took {fault.filename or path} away", retry=True) from None
    except OSError as fault:
        if fault.errno in _NO_ROOM:
            hint = "ask the plant to make room"
            raise DeliveryError("no-space", f"{path.parent} is full", hint) from None
        reason = fault.strerror or str(fault)
        raise DeliveryError("folder-refused", f"{fault.filename or path}: {reason}", "is the disk mounted?") from None
