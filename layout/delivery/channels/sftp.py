"""SFTP to a server whose host key is known beforehand.

The client is asyncssh (the extra ``sftp``): it is typed, checks host keys unless told not to, reads and writes at any
offset, any wait can be given an end, and it brings ``cryptography`` and ``typing_extensions`` only. (paramiko is not
typed, ends waits by socket timeouts alone, and brings bcrypt, PyNaCl and invoke as well.) Of the user's own SSH
set-up nothing is read: what counts stands in the configuration.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from layout.delivery.channels.base import CHUNK, Channel, DeliveryError, NameTakenError, Note, Place, chunks, part_name
from layout.delivery.channels.ssh import credentials, told
from layout.delivery.model import Artifact
from layout.delivery.settings import ChannelSettings

if TYPE_CHECKING:
    from asyncssh import SFTPClient, SSHClientConnection

T = TypeVar("T")

_KEEPALIVE: Final = 3
_LAST_BLOCKS: Final = 4
"""A disk with fewer free blocks than this is full; the protocol's version 3 has no word for it."""


@contextmanager
def open_sftp(settings: ChannelSettings) -> Iterator[Channel]:
    """A session with the server. Raises DeliveryError: package-missing, secret-missing, host-key, login-refused..."""
    try:
        import asyncssh  # noqa: F401 - here to tell early and plainly that it is missing
    except ImportError:
        hint = "pip install 'newspaper-layout[sftp]'"
        raise DeliveryError("package-missing", "SFTP needs the package asyncssh", hint) from None
    with asyncio.Runner() as runner:
        channel = _Sftp(settings, runner.run)
        try:
            channel.connect()
            yield channel
        finally:
            channel.close()


class _Sftp:
    """The channel for the outside, which waits; inside, coroutines, each wait with its end."""

    def __init__(self, settings: ChannelSettings, run: Callable[[Coroutine[Any, Any, Any]], Any]) -> None:
        self.settings = settings
        self.timeout = settings.timeout
        self.folder = _remote_folder(settings.address.path)
        self.staging = self.folder / settings.staging if settings.staging else self.folder
        self._run = run
        self._connection: SSHClientConnection | None = None
        self._session: SFTPClient | None = None

    def connect(self) -> None:
        """Log in and start SFTP."""
        with told(self.settings):
            self._run(self._connect())

    def close(self) -> None:
        """End the session; a server that does not answer is left behind."""
        if self._connection is not None:
            self._connection.abort()
            with suppress(Exception):
                self._run(self._within(self._connection.wait_closed()))

    def look(self, name: str, item: Artifact) -> Place:
        """What stands under ``name``; read back only when it has the right length."""
        with told(self.settings):
            place: Place = self._run(self._look(self.folder / name, item))
        return place

    def address(self, name: str) -> str:
        """The channel's URL with the name behind it."""
        return f"{str(self.settings.address).rstrip('/')}/{name}"

    def put(self, name: str, item: Artifact, *, replace: bool, note: Note) -> str:  # noqa: ARG002 - done at once
        """Upload the part, read it back, rename it."""
        with told(self.settings):
            self._run(self._put(name, item, replace=replace))
        return self.address(name)

    def follow(self, remote: str) -> None:
        """Nothing: a file is there or it is not."""

    async def _connect(self) -> None:
        import asyncssh

        address = self.settings.address
        options = asyncssh.SSHClientConnectionOptions(
            config=None,
            username=address.user,
            known_hosts=str(self.settings.known_hosts),
            keepalive_interval=max(1.0, self.timeout / _KEEPALIVE),
            keepalive_count_max=_KEEPALIVE,
            connect_timeout=self.timeout,
            login_timeout=self.timeout,
            **credentials(self.settings),
        )
        self._connection = await self._within(asyncssh.connect(address.host, address.port or 22, options=options))
        self._session = await self._within(self._connection.start_sftp_client())

    async def _look(self, path: PurePosixPath, item: Artifact) -> Place:
        import asyncssh

        try:
            facts = await self._within(self._sftp.stat(str(path)))
            same = facts.size == item.size and await self._digest(path) == item.sha256
        except asyncssh.SFTPNoSuchFile:
            return Place.FREE
        return Place.SAME if same else Place.TAKEN

    async def _put(self, name: str, item: Artifact, *, replace: bool) -> None:
        part, path = self.staging / part_name(name, item), self.folder / name
        await self._upload(part, item)
        if await self._look(part, item) is not Place.SAME:
            await self._remove(part)
            raise DeliveryError("not-verified", f"{part} reads back other than it was sent", retry=True)
        try:
            await self._rename(part, path, item, replace=replace)
        except NameTakenError:
            await self._remove(part)
            raise
        await self._sweep(name)

    async def _upload(self, part: PurePosixPath, item: Artifact) -> None:
        """Bring the part to its full length, going on where an earlier upload was cut off."""
        import asyncssh

        start = await self._prefix(part, item)
        # Never emptied on opening: another sender of the same bytes may be about to give the part its final name.
        flags = asyncssh.FXF_WRITE | asyncssh.FXF_CREAT
        file = await self._within(self._sftp.open(str(part), flags, encoding=None))
        try:
            for offset, piece in chunks(item.data, start):
                await self._within(file.write(piece, offset))
            with suppress(asyncssh.SFTPOpUnsupported):
                await self._within(file.fsync())
        except asyncssh.SFTPError as fault:
            await self._full(part, fault)
            raise
        finally:
            with suppress(asyncssh.Error, OSError):
                await self._within(file.close())

    async def _prefix(self, part: PurePosixPath, item: Artifact) -> int:
        """How many bytes of ``item`` the part holds already; one that holds anything else is removed.

        Removed, not emptied: another sender may be about to give that very file its final name.
        """
        import asyncssh

        try:
            size = (await self._within(self._sftp.stat(str(part)))).size or 0
            if 0 < size <= item.size and await self._digest(part, size) == sha256(item.data[:size]).hexdigest():
                return size
        except asyncssh.SFTPNoSuchFile:
            return 0
        await self._remove(part)
        return 0

    async def _digest(self, path: PurePosixPath, size: int | None = None) -> str:
        """The sha256 of the file as the server reads it back, or of its first ``size`` bytes."""
        digest = sha256()
        file = await self._within(self._sftp.open(str(path), "rb", encoding=None))
        try:
            offset = 0
            while True:
                length = CHUNK if size is None else min(CHUNK, size - offset)
                piece = cast(bytes, await self._within(file.read(length, offset))) if length else b""
                if not piece:
                    break
                digest.update(piece)
                offset += len(piece)
        finally:
            await self._within(file.close())
        return digest.hexdigest()

    async def _rename(self, part: PurePosixPath, path: PurePosixPath, item: Artifact, *, replace: bool) -> None:
        """Give the part its final name.

        The protocol's own rename takes no name that is there (OpenSSH links and unlinks: at once, and no sender
        overwrites another). To replace the same bytes, the POSIX rename; where it is not known, remove and rename.
        """
        import asyncssh

        if replace:
            try:
                await self._within(self._sftp.posix_rename(str(part), str(path)))
            except asyncssh.SFTPOpUnsupported:
                await self._remove(path)
            else:
                return
        try:
            await self._within(self._sftp.rename(str(part), str(path)))
        except asyncssh.SFTPNoSuchFile:
            raise DeliveryError("part-gone", f"somebody took {part} away", retry=True) from None
        except (asyncssh.SFTPFailure, asyncssh.SFTPFileAlreadyExists):
            if await self._look(path, item) is Place.FREE:
                raise
            raise NameTakenError(str(path)) from None

    async def _remove(self, path: PurePosixPath) -> None:
        """Remove a file that another sender may have removed already."""
        import asyncssh

        with suppress(asyncssh.SFTPNoSuchFile):
            await self._within(self._sftp.remove(str(path)))

    async def _sweep(self, name: str) -> None:
        """Remove parts of this name that earlier runs left; that it does not work is no fault."""
        import asyncssh

        left = re.compile(re.escape(name) + r"\.[0-9a-f]{12}\.part")
        with suppress(asyncssh.SFTPError):
            for entry in await self._within(self._sftp.listdir(str(self.staging))):
                if left.fullmatch(str(entry)):
                    await self._remove(self.staging / str(entry))

    async def _full(self, part: PurePosixPath, fault: Exception) -> None:
        """Tell a full disk from other failures, and leave no part on it."""
        import asyncssh

        full = isinstance(fault, asyncssh.SFTPNoSpaceOnFilesystem | asyncssh.SFTPQuotaExceeded)
        if not full and isinstance(fault, asyncssh.SFTPFailure):
            with suppress(asyncssh.SFTPError):
                full = (await self._within(self._sftp.statvfs(str(self.staging)))).bavail < _LAST_BLOCKS
        if full:
            with suppress(asyncssh.SFTPError):
                await self._within(self._sftp.remove(str(part)))
            host = self.settings.address.host
            raise DeliveryError("no-space", f"the disk of {host} is full", "ask the plant to make room") from None

    async def _within(self, wait: Awaitable[T]) -> T:
        """The result, which must come within the channel's timeout."""
        async with asyncio.timeout(self.timeout):
            return await wait

    @property
    def _sftp(self) -> "SFTPClient":
        assert self._session is not None
        return self._session


def _remote_folder(path: str) -> PurePosixPath:
    """``/~/folder`` lies in the user's home, where a session starts; everything else is from the root."""
    return PurePosixPath(path.removeprefix("/~/") or ".") if path.startswith("/~/") else PurePosixPath(path)
