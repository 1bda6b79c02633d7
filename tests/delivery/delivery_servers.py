"""Real receivers on the loopback for the tests of delivery: an OpenSSH server, an IPP printer, and a bad network."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

HOST = "127.0.0.1"
PASSWORD = "correct horse"
SSHD = shutil.which("sshd") or "/usr/sbin/sshd"
CUPSD = shutil.which("cupsd") or "/usr/sbin/cupsd"
LPADMIN = shutil.which("lpadmin") or "/usr/sbin/lpadmin"
IPPEVEPRINTER = shutil.which("ippeveprinter") or "/usr/sbin/ippeveprinter"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int, *, seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


@contextlib.contextmanager
def running(command: list[str], **how: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is ended with the test, and its children with it: it leads a group of its own."""
    process = subprocess.Popen(command, start_new_session=True, stdin=subprocess.DEVNULL, **how)
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def make_key(path: Path) -> Path:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)], check=True, timeout=20)
    return path


@dataclass(frozen=True)
class Server:
    """An OpenSSH server; ``known_hosts`` has its key for any port, since a proxy has another."""

    port: int
    key: Path
    known_hosts: Path

    def channel(self, folder: Path, *, port: int | None = None, **more: Any) -> dict[str, Any]:
        user = pwd.getpwuid(os.getuid()).pw_name
        url = f"sftp://{user}@{HOST}:{port or self.port}{folder}"
        return {
            "url": url,
            "known_hosts": str(self.known_hosts),
            "key": str(self.key),
            "paper": "YB",
            "backoff": 0.05,
            **more,
        }


@contextlib.contextmanager
def openssh(home: Path, *, sftp: str = "", **how: Any) -> Iterator[Server]:
    """sshd as the user who runs the tests, with throw-away keys. ``sftp``: options of its SFTP server."""
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    host_key, key, port = make_key(home / "host"), make_key(home / "user"), free_port()
    (home / "authorized_keys").write_text(key.with_suffix(".pub").read_text())
    (home / "known_hosts").write_text(f"* {host_key.with_suffix('.pub').read_text()}")
    (home / "sshd_config").write_text(
        f"Port {port}\nListenAddress {HOST}\nHostKey {host_key}\nPidFile none\nUsePAM no\nStrictModes no\n"
        f"AuthorizedKeysFile {home / 'authorized_keys'}\nPasswordAuthentication no\nPermitRootLogin prohibit-password\n"
        f"MaxStartups 100\nSubsystem sftp internal-sftp {sftp}\n"
    )
    command = [SSHD, "-D", "-e", "-f", str(home / "sshd_config")]
    with (home / "sshd.log").open("wb") as log, running(command, stderr=log, **how):
        wait_for_port(port)
        yield Server(port, key, home / "known_hosts")


@dataclass
class Proxy:
    """A TCP proxy that spoils connections from number ``spared`` to ``spoilt`` after ``after`` bytes from the client.

    ``how``: "cut" resets both sides, "stall" goes silent and keeps the connection open. ``bytes`` counts what came
    from the client, a number a connection.
    """

    target: int
    how: str = "cut"
    after: int = 0
    spoilt: int = 1
    spared: int = 0
    port: int = field(default_factory=free_port)
    bytes: list[int] = field(default_factory=list)
    _open: list[socket.socket] = field(default_factory=list)

    @contextlib.contextmanager
    def listening(self) -> Iterator["Proxy"]:
        with socket.create_server((HOST, self.port)) as server:
            threading.Thread(target=self._accept, args=(server,), daemon=True).start()
            try:
                yield self
            finally:
                for one in (server, *self._open):
                    _hang_up(one)

    def _accept(self, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = server.accept()
                upstream = socket.create_connection((HOST, self.target))
                for one in (client, upstream):
                    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    self._open.append(one)
                number = len(self.bytes)
                self.bytes.append(0)
                threading.Thread(target=self._up, args=(client, upstream, number), daemon=True).start()
                threading.Thread(target=_down, args=(client, upstream), daemon=True).start()

    def _up(self, client: socket.socket, upstream: socket.socket, number: int) -> None:
        with contextlib.suppress(OSError):
            while data := client.recv(16384):
                if self.spared <= number < self.spoilt and self.bytes[number] + len(data) > self.after:
                    upstream.sendall(data[: self.after - self.bytes[number]])
                    self.bytes[number] = self.after
                    if self.how == "stall":
                        return
                    break
                self.bytes[number] += len(data)
                upstream.sendall(data)
        _hang_up(client)
        _hang_up(upstream)


def _down(client: socket.socket, upstream: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := upstream.recv(65536):
            client.sendall(data)
    _hang_up(client)


def _hang_up(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


@contextlib.contextmanager
def message_bus(home: Path) -> Iterator[str]:
    """A private D-Bus, without which ippeveprinter does not start; its address."""
    address = f"unix:path={home / 'bus.sock'}"
    with running(["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address={address}"]):
        until = time.monotonic() + 10
        while not (home / "bus.sock").exists() and time.monotonic() < until:
            time.sleep(0.02)
        yield address


@contextlib.contextmanager
def ipp_printer(home: Path, bus: str, script: str, *options: str) -> Iterator[int]:
    """ippeveprinter, which runs ``script`` for each job with the file as $1; its port."""
    home.mkdir(parents=True, exist_ok=True)
    (home / "spool").mkdir()
    (home / "print.sh").write_text(f"#!/bin/sh\n{script}\n")
    (home / "print.sh").chmod(0o755)
    port = free_port()
    command = [IPPEVEPRINTER, "-n", "localhost", "-p", str(port), "-r", "off", "-d", str(home / "spool"), "-k"]
    command += ["-s", "10,10", "-c", str(home / "print.sh"), "-f", "application/pdf", *options, "Proofer"]
    environment = {**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": bus}
    with (home / "log").open("wb") as log, running(command, stdout=log, stderr=log, env=environment):
        wait_for_port(port)
        yield port


@dataclass(frozen=True)
class Scheduler:
    """A private CUPS scheduler. ``address`` is what CUPS_SERVER wants."""

    port: int

    @property
    def address(self) -> str:
        return f"{HOST}:{self.port}"

    def run(self, *command: str) -> None:
        """``lpadmin``, ``cupsdisable``... for this scheduler: program, its arguments."""
        program, *arguments = command
        subprocess.run([program, "-h", self.address, *arguments], check=True, timeout=20, capture_output=True)

    def queue(self, name: str, printer: int) -> None:
        """A queue in front of an IPP printer on the loopback."""
        device = f"ipp://localhost:{printer}/ipp/print"
        self.run(LPADMIN, "-p", name, "-E", "-v", device, "-m", "everywhere")


@contextlib.contextmanager
def cups() -> Iterator[Scheduler]:
    """cupsd with a configuration, spool and state of its own.

    Its folder is not pytest's, which nobody else may look into: what talks to printers runs as the user ``lp``.
    """
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="cups-") as folder:
        home = Path(folder)
        home.chmod(0o755)
        for name in ("root", "spool", "spool/tmp", "cache", "state"):
            (home / name).mkdir()
        anybody = "Order allow,deny\nAllow all\n"
        (home / "cupsd.conf").write_text(
            f"LogLevel info\nListen {HOST}:{port}\nBrowsing Off\nDefaultAuthType None\nWebInterface No\n"
            f"JobRetryInterval 1\nMaxLogSize 0\n<Location />\n{anybody}</Location>\n<Location /admin>\n{anybody}"
            f"</Location>\n<Policy default>\n<Limit All>\n{anybody}</Limit>\n</Policy>\n"
        )
        (home / "cups-files.conf").write_text(
            f"User lp\nGroup lp\nServerRoot {home}/root\nRequestRoot {home}/spool\nCacheDir {home}/cache\n"
            f"StateDir {home}/state\nTempDir {home}/spool/tmp\nErrorLog {home}/error_log\nPrintcap {home}/printcap\n"
            f"AccessLog {home}/access_log\nPageLog {home}/page_log\n"
        )
        # PDF goes to the printer as it is, without the filters of another package.
        (home / "root" / "mime.convs").write_text("application/pdf application/vnd.cups-pdf 0 -\n")
        command = [CUPSD, "-f", "-c", f"{home}/cupsd.conf", "-s", f"{home}/cups-files.conf"]
        with running(command, stderr=subprocess.DEVNULL):
            wait_for_port(port)
            yield Scheduler(port)


@contextlib.contextmanager
def ftps(home: Path, root: Path, how: str = "tls") -> Iterator[int]:
    """An FTPS server of the user "desk" with ``home/server.pem``; its port. ``how``: see ``ftps_server``."""
    certificate = make_certificate(home / "server.pem")
    port = free_port()
    program = Path(__file__).with_name("ftps_server.py")
    command = [
        sys.executable,
        "-W",
        "ignore",
        str(program),
        str(port),
        str(root),
        str(certificate),
        "desk",
        PASSWORD,
        how,
    ]
    with (home / "ftps.log").open("wb") as log, running(command, stdout=log, stderr=log):
        wait_for_port(port)
        yield port


def make_certificate(path: Path) -> Path:
    """A certificate of the loopback that vouches for itself, with its key, in one file."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "plant")])
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    signed = made.add_extension(names, critical=False).sign(key, hashes.SHA256())
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(secret + signed.public_bytes(Encoding.PEM))
    return path
