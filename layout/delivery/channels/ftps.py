"""FTPS: FTP whose control and data connections are encrypted (explicit TLS, RFC 4217); standard library only.

Plain FTP is not spoken: a server that offers no TLS gets neither a login nor a page. FTP has no rename that refuses a
name that is taken; the look comes right before the rename, and between the two another sender may be quicker.
"""

import ftplib
import os
import re
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from io import BytesIO
from time import sleep
from typing import Final

from layout.delivery.channels.base import CHUNK, Channel, DeliveryError, NameTakenError, Note, Place, part_name
from layout.delivery.channels.secret import secret
from layout.delivery.model import Artifact
from layout.delivery.settings import ChannelSettings

_PORT: Final = 21
_STILL: Final = 0.3
"""Seconds in which a part that somebody is uploading grows."""
_NO_FILE: Final = "550"
_NO_LOGIN: Final = "530"
_NO_ROOM: Final = ("452", "552")
_NO_TLS: Final = ("500", "502", "504", "534")


class _Socket(ssl.SSLSocket):
    """Many servers just hang up at the end of a file. Whether all of it came is told by reply and checksum."""

    def unwrap(self) -> socket.socket:
        """End TLS as far as the other side plays along."""
        with suppress(OSError):
            return super().unwrap()
        return self


class _Client(ftplib.FTP_TLS):
    """Data connections go on with the TLS session of the control connection: many servers ask for it."""

    def ntransfercmd(self, cmd: str, rest: int | str | None = None) -> tuple[socket.socket, int | None]:
        """As in ``FTP_TLS``, whose own begins a new session each time."""
        plain, size = ftplib.FTP.ntransfercmd(self, cmd, rest)  # noqa: S321 - encrypted in the next step
        assert isinstance(self.sock, ssl.SSLSocket)
        try:
            secured = self.context.wrap_socket(plain, server_hostname=self.host, session=self.sock.session)
        except BaseException:
            plain.close()
            raise
        return secured, size


@contextmanager
def open_ftps(settings: ChannelSettings) -> Iterator[Channel]:
    """A session with the server. Raises DeliveryError: secret-missing, no-tls, certificate, login-refused..."""
    password = secret(settings.password_env) or ""
    context = ssl.create_default_context(cafile=str(settings.ca) if settings.ca else None)
    context.sslsocket_class = _Socket
    client = _Client(context=context)
    try:
        with _told(settings):
            _log_in(client, settings, password)
        yield _Ftps(settings, client)
    finally:
        client.close()


def _log_in(client: _Client, settings: ChannelSettings, password: str) -> None:
    address = settings.address
    client.connect(address.host, address.port or _PORT, timeout=settings.timeout)
    try:
        client.auth()
    except ftplib.error_perm as fault:
        if str(fault).startswith(_NO_TLS):
            message = f"{address.host} offers no TLS: neither password nor pages go there in the clear"
            raise DeliveryError("no-tls", message, "ask the plant for FTPS or SFTP") from None
        raise
    client.login(address.user, password)
    client.prot_p()
    folder = address.path.removeprefix("/~/") if address.path.startswith("/~/") else address.path
    try:
        if folder:
            client.cwd(folder)
    except ftplib.error_perm:
        raise DeliveryError("folder-missing", f"{address.host} has no folder {address.path} for us") from None


class _Ftps:
    """Parts go into ``staging``, below the folder that the session stands in."""

    def __init__(self, settings: ChannelSettings, client: _Client) -> None:
        self.settings = settings
        self.client = client
        self.staging = f"{settings.staging}/" if settings.staging else ""
        sender = f"{socket.gethostname()} {os.getpid()} {threading.get_ident()}"
        self.sender = sha256(sender.encode()).hexdigest()[:8]

    def look(self, name: str, item: Artifact) -> Place:
        """What stands under ``name``; read back only when it has the right length."""
        with _told(self.settings):
            return self._look(name, item)

    def address(self, name: str) -> str:
        """The channel's URL with the name behind it."""
        return f"{str(self.settings.address).rstrip('/')}/{name}"

    def put(self, name: str, item: Artifact, *, replace: bool, note: Note) -> str:  # noqa: ARG002 - done at once
        """Upload the part, read it back, rename it.

        FTP empties a file that it is told to store: each sender has parts of its own, so that a part that was checked
        stays as it was checked.
        """
        with _told(self.settings):
            part = self._claim(name, item)
            self._upload(part, item)
            if self._look(part, item) is not Place.SAME:
                self._remove(part)
                raise DeliveryError("not-verified", f"{part} reads back other than it was sent", retry=True)
            if not replace and self._look(name, item) is not Place.FREE:
                self._remove(part)
                raise NameTakenError(name)
            self._rename(part, name)
            self._sweep(name)
        return self.address(name)

    def follow(self, remote: str) -> None:
        """Nothing: a file is there or it is not."""

    def _look(self, name: str, item: Artifact) -> Place:
        size = self._size(name)
        if size is None:
            return Place.FREE
        return Place.SAME if size == item.size and self._digest(name) == item.sha256 else Place.TAKEN

    def _size(self, name: str) -> int | None:
        """None when there is no such file."""
        self.client.voidcmd("TYPE I")  # a listing leaves type A behind, in which servers refuse to tell a size
        try:
            return self.client.size(name)
        except ftplib.error_perm as fault:
            if str(fault).startswith(_NO_FILE):
                return None
            raise

    def _digest(self, name: str) -> str:
        digest = sha256()
        self.client.retrbinary(f"RETR {name}", digest.update, CHUNK)
        return digest.hexdigest()

    def _claim(self, name: str, item: Artifact) -> str:
        """The name of our own part: a new one, ours from the attempt before, or one that a run of old left.

        A part that grows is another sender's. Should one be taken that only paused, both write the same bytes.
        """
        stem = self.staging + part_name(name, item).removesuffix("part")
        own = f"{stem}{self.sender}.part"
        parts = [part for part in self._parts(name) if part.startswith(stem)]
        if parts and own not in parts:
            sizes = {part: self._size(part) for part in parts}
            sleep(_STILL)
            for part, size in sizes.items():
                if size is not None and self._size(part) == size:
                    with suppress(ftplib.error_perm):
                        self.client.rename(part, own)
                        break
        return own

    def _parts(self, name: str) -> list[str]:
        """The parts of a name that are there; none where the server does not say."""
        kind = re.compile(re.escape(name) + r"\.[0-9a-f]{12}(\.[0-9a-f]{8})?\.part")
        try:
            listed = [entry.rpartition("/")[2] for entry in self.client.nlst(self.staging or ".")]
        except ftplib.Error:
            return []
        return [self.staging + entry for entry in listed if kind.fullmatch(entry)]

    def _upload(self, part: str, item: Artifact) -> None:
        """Bring the part to its full length, going on where an earlier upload was cut off."""
        size = self._size(part) or 0
        if size > item.size or (size and self._digest(part) != sha256(item.data[:size]).hexdigest()):
            self._remove(part)
            size = 0
        try:
            self._store(part, item.data[size:], size)
        except ftplib.Error as fault:
            if str(fault).startswith(_NO_ROOM):
                self._remove(part)
            raise

    def _store(self, part: str, data: bytes, start: int) -> None:
        """Store from ``start`` on. Where the data connection breaks, what the server says of it counts, if it does."""
        try:
            self.client.storbinary(f"STOR {part}", BytesIO(data), CHUNK, rest=start or None)
        except TimeoutError:
            raise
        except OSError:
            with suppress(OSError, EOFError):
                self.client.voidresp()
            raise

    def _rename(self, old: str, new: str) -> None:
        try:
            self.client.rename(old, new)
        except ftplib.error_perm as fault:
            if str(fault).startswith(_NO_FILE) and self._size(old) is None:
                raise DeliveryError("part-gone", f"somebody took {old} away", retry=True) from None
            raise

    def _remove(self, name: str) -> None:
        """Remove a file that another sender may have removed already."""
        with suppress(ftplib.error_perm):
            self.client.delete(name)

    def _sweep(self, name: str) -> None:
        """Remove parts of this name that earlier runs left."""
        for part in self._parts(name):
            self._remove(part)


@contextmanager
def _told(settings: ChannelSettings) -> Iterator[None]:
    """Turn what goes wrong into faults of the delivery, whose texts quote nothing secret."""
    host = settings.address.host
    try:
        yield
    except ssl.SSLCertVerificationError as fault:
        hint = "name the certificate that the plant gave you with ca: FILE"
        raise DeliveryError("certificate", f"{host}: {fault.verify_message}", hint) from None
    except TimeoutError:
        message = f"{host} has not answered for {settings.timeout:g} s"
        raise DeliveryError("no-answer", message, "is the server well?", retry=True) from None
    except ftplib.Error as fault:
        raise _refusal(settings, str(fault)) from None
    except (OSError, EOFError) as fault:
        message = f"the connection with {host} failed: {getattr(fault, 'strerror', '') or type(fault).__name__}"
        raise DeliveryError("connection", message, "is the network there?", retry=True) from None


def _refusal(settings: ChannelSettings, said: str) -> DeliveryError:
    """What a reply of the server means. Replies that begin with 4 may be another the next time (RFC 959, 4.2.1)."""
    host = settings.address.host
    if said.startswith(_NO_LOGIN):
        return DeliveryError("login-refused", f"{host} refuses the login", "check the user and the password")
    if said.startswith(_NO_ROOM):
        return DeliveryError("no-space", f"the disk of {host} is full", "ask the plant to make room")
    return DeliveryError("server-refused", f"{host}: {said}", retry=said.startswith("4"))
