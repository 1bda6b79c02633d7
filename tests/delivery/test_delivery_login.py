"""Logging in with a password, against a server in this process: OpenSSH would need an account for it."""

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from delivery_samples import deliver, names_in, pdf, settings_of, signed_build, write_channels
from delivery_servers import HOST, PASSWORD, make_key
from msgspec.structs import replace

from layout.delivery import ChannelSettings, DeliveryError

asyncssh = pytest.importorskip("asyncssh")

pytestmark = pytest.mark.tools("ssh-keygen")


class _Gate(asyncssh.SSHServer):
    def begin_auth(self, username: str) -> bool:
        return True

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == ("desk", PASSWORD)


class _Forgetful(asyncssh.SFTPServer):
    """Writes something else than it was given, as often as ``lapses`` says."""

    lapses = 0

    def write(self, file_obj: Any, offset: int, data: bytes) -> Any:
        if type(self).lapses > 0:
            type(self).lapses -= 1
            data = b"\0" + data[1:]
        return super().write(file_obj, offset, data)


@contextmanager
def password_server(home: Path, root: Path, lapses: int = 0) -> Iterator[int]:
    """An SFTP server in a thread, which shows ``root`` as its file system."""
    kind = type("Server", (_Forgetful,), {"lapses": lapses})
    key, ports, ended = make_key(home / "host"), [], threading.Event()
    (home / "hosts").write_text(f"* {key.with_suffix('.pub').read_text()}")
    ready = threading.Event()

    async def serve() -> None:
        def sftp(channel: Any) -> Any:
            return kind(channel, chroot=str(root).encode())

        server = await asyncssh.listen(HOST, 0, server_factory=_Gate, server_host_keys=[str(key)], sftp_factory=sftp)
        ports.append(server.get_port())
        ready.set()
        await asyncio.to_thread(ended.wait)
        server.close()

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    try:
        assert ready.wait(10)
        yield ports[0]
    finally:
        ended.set()
        thread.join(10)


CHANNEL = {"known_hosts": "hosts", "password_env": "PLANT_PASSWORD", "paper": "YB", "attempts": 1}


def channel(folder: Path, port: int) -> ChannelSettings:
    return settings_of(folder, {**CHANNEL, "url": f"sftp://desk@{HOST}:{port}/~/"})


def test_the_password_comes_from_the_environment_and_goes_nowhere_else(
    tmp_path: Path, incoming: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = signed_build(tmp_path / "out")
    with password_server(tmp_path, incoming) as port:
        monkeypatch.setenv("PLANT_PASSWORD", "wrong")
        with pytest.raises(DeliveryError) as fault:
            deliver(out, channel(tmp_path, port))
        assert fault.value.diagnostic.code == "login-refused"
        assert "wrong" not in str(fault.value.diagnostic)
        monkeypatch.setenv("PLANT_PASSWORD", PASSWORD)
        told: list[str] = []
        sent = deliver(out, channel(tmp_path, port), told=told)
    assert sent.value is not None
    assert "YB20240108001v1.pdf" in names_in(incoming)
    written = [path.read_text("utf-8", "replace") for path in (out / "receipts").iterdir()]
    written += [path.read_text("utf-8", "replace") for path in incoming.iterdir()]
    assert PASSWORD not in "".join([*written, *told])


@pytest.mark.parametrize("lapses", [1, 99])
def test_a_server_that_keeps_something_else(
    tmp_path: Path, incoming: Path, monkeypatch: pytest.MonkeyPatch, lapses: int
) -> None:
    """What was uploaded is read back: no byte under a final name that was not compared."""
    monkeypatch.setenv("PLANT_PASSWORD", PASSWORD)
    out = signed_build(tmp_path / "out")
    told: list[str] = []
    with password_server(tmp_path, incoming, lapses) as port:
        settings = replace(channel(tmp_path, port), attempts=3)
        if lapses == 1:
            deliver(out, settings, told=told)
            assert "reads back other" in told[0]
            assert (incoming / "YB20240108001v1.pdf").read_bytes() == pdf()
            return
        with pytest.raises(DeliveryError) as fault:
            deliver(out, settings)
    assert fault.value.diagnostic.code == "not-verified"
    assert names_in(incoming) == []


def test_a_variable_that_is_not_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = signed_build(tmp_path / "out")
    (tmp_path / "hosts").touch()
    monkeypatch.delenv("PLANT_PASSWORD", raising=False)
    with pytest.raises(DeliveryError) as fault:
        deliver(out, channel(tmp_path, 1))
    assert fault.value.diagnostic.code == "secret-missing"
    assert "PLANT_PASSWORD" in fault.value.diagnostic.message


@pytest.mark.parametrize(("given", "code"), [("hunter2 wrong", 3), (PASSWORD, 0)])
def test_no_password_in_what_the_command_says_or_writes(tmp_path: Path, incoming: Path, given: str, code: int) -> None:
    """Neither when it works nor when it fails: output, receipts, ledger, what the plant gets."""
    out = signed_build(tmp_path / "out")
    with password_server(tmp_path, incoming) as port:
        values = {**CHANNEL, "url": f"sftp://desk@{HOST}:{port}/~/"}
        file = write_channels(tmp_path / "c.yaml", {"plant": values})
        done = subprocess.run(
            [sys.executable, "-X", "dev", "-m", "layout", "send", str(out), "--to", "plant", "--channels", str(file)],
            env={**os.environ, "PLANT_PASSWORD": given},
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    files = [path for folder in (out, incoming) for path in folder.rglob("*") if path.is_file()]
    written = [path.read_bytes().decode("utf-8", "replace") for path in files]
    assert given not in "".join([done.stdout, done.stderr, *written])


def test_what_is_not_foreseen_shows_no_password(tmp_path: Path, incoming: Path) -> None:
    """A fault of the program itself: Python's traceback shows lines of code, and no values."""
    out = signed_build(tmp_path / "out")
    with password_server(tmp_path, incoming) as port:
        values = {**CHANNEL, "url": f"sftp://desk@{HOST}:{port}/~/"}
        file = write_channels(tmp_path / "c.yaml", {"plant": values})
        script = (
            "import asyncssh, runpy, sys\n"
            "def fail(*args, **how): raise RuntimeError('unforeseen')\n"
            "asyncssh.connect = fail\n"
            f"sys.argv = ['layout', 'send', {str(out)!r}, '--to', 'plant', '--channels', {str(file)!r}]\n"
            "runpy.run_module('layout', run_name='__main__')\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PLANT_PASSWORD": PASSWORD},
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert done.returncode != 0
    assert "unforeseen" in done.stderr
    assert PASSWORD not in done.stdout + done.stderr
