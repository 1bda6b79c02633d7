"""An FTPS server, run as a program of its own: ``python ftps_server.py PORT ROOT CERTIFICATE USER PASSWORD [HOW]``.

HOW: ``plain`` knows no TLS; ``full:BYTES`` has room for so many bytes a file; ``cut:BYTES`` hangs up once, after so
many bytes of a file.
"""

import errno
import sys
from typing import Any

from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.filesystems import AbstractedFS
from pyftpdlib.handlers import FTPHandler, TLS_FTPHandler
from pyftpdlib.servers import FTPServer


class _Spoilt:
    """A file that takes so many bytes, then calls ``spoil`` and goes on as that lets it."""

    def __init__(self, file: Any, limit: int, spoil: Any) -> None:
        self._file = file
        self._limit = limit
        self._spoil = spoil

    def write(self, data: bytes) -> int:
        room = max(0, self._limit - self._file.tell())
        if len(data) > room:
            self._file.write(data[:room])
            self._file.flush()
            self._spoil()
            data = data[room:]
        return int(self._file.write(data))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


class _Disk(AbstractedFS):
    """``how`` and ``limit`` as given; ``spoilt``: whether the line was cut already."""

    how = ""
    limit = 0
    spoilt = False

    def open(self, filename: str, mode: str) -> Any:
        file = super().open(filename, mode)
        writes = "r" not in mode or "+" in mode
        return _Spoilt(file, self.limit, self._spoil) if writes and not type(self).spoilt else file

    def _spoil(self) -> None:
        if self.how == "full":
            self.cmd_channel.respond("452 No space left on device.")
            raise OSError(errno.ENOSPC, "No space left on device")
        type(self).spoilt = True
        self.cmd_channel.data_channel.close()
        self.cmd_channel.close()
        raise ConnectionResetError


def main() -> None:
    port, root, certificate, user, password, how = sys.argv[1:7]
    authorizer = DummyAuthorizer()
    authorizer.add_user(user, password, root, perm="elradfmw")
    handler = type("Handler", (FTPHandler if how == "plain" else TLS_FTPHandler,), {})
    handler.authorizer = authorizer
    handler.auth_failed_timeout = 0
    if how != "plain":
        handler.certfile = certificate
        handler.tls_control_required = handler.tls_data_required = True
    if ":" in how:
        _Disk.how, limit = how.split(":")
        _Disk.limit = int(limit)
        handler.abstracted_fs = _Disk
    FTPServer(("127.0.0.1", int(port)), handler).serve_forever(handle_exit=False)


if __name__ == "__main__":
    main()
