"""SFTP against a real OpenSSH server, over a network that fails in every way that a network can."""

import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from delivery_samples import (
    at_once,
    codes,
    deliver,
    finals,
    names_in,
    pdf,
    settings_of,
    signed_build,
    without_ticket,
    write_channels,
)
from delivery_servers import Proxy, Server, make_key, openssh
from msgspec.structs import replace

from layout.delivery import DeliveryError, read_receipts

pytest.importorskip("asyncssh")

pytestmark = pytest.mark.tools("sshd", "ssh-keygen")

PAGE = pdf(7, 2_000_000)
NAME = "YB20240108001v1.pdf"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return signed_build(tmp_path / "out", {1: PAGE})


def test_pages_ticket_and_manifest_arrive(tmp_path: Path, out: Path, incoming: Path, ssh_server: Server) -> None:
    sent = deliver(out, settings_of(tmp_path, ssh_server.channel(incoming)))
    assert sent.value is not None
    assert sent.value.complete
    assert names_in(incoming) == [NAME, "YB20240108v1.json", "YB20240108v1.xjdf"]
    assert (incoming / NAME).read_bytes() == PAGE
    assert [item.remote.rpartition("/")[2] for item in sent.value.items] == [item.name for item in sent.value.items]


def test_the_same_again_is_noticed_and_needs_a_word(
    tmp_path: Path, out: Path, incoming: Path, ssh_server: Server
) -> None:
    settings = settings_of(tmp_path, ssh_server.channel(incoming))
    deliver(out, settings)
    before = {path.name: path.stat().st_ino for path in incoming.iterdir()}
    second = deliver(out, settings)
    assert codes(second.diagnostics) == ["already-sent"]
    assert {path.name: path.stat().st_ino for path in incoming.iterdir()} == before
    third = deliver(out, settings, again=True)
    assert third.value is not None
    assert third.value.complete
    assert names_in(incoming) == sorted(before)
    assert (incoming / NAME).stat().st_ino != before[NAME], "was sent once more"


def test_a_corrected_page_gets_a_higher_version(tmp_path: Path, out: Path, incoming: Path, ssh_server: Server) -> None:
    settings = without_ticket(settings_of(tmp_path, ssh_server.channel(incoming)))
    deliver(out, settings)
    deliver(signed_build(out, {1: pdf(8)}), settings)
    assert names_in(incoming) == [NAME, "YB20240108001v2.pdf"]
    assert (incoming / NAME).read_bytes() == PAGE


def test_what_stands_there_already_is_never_overwritten(
    tmp_path: Path, out: Path, incoming: Path, ssh_server: Server
) -> None:
    (incoming / NAME).write_bytes(b"somebody else's page")
    settings = without_ticket(settings_of(tmp_path, ssh_server.channel(incoming)))
    deliver(out, settings)
    assert (incoming / NAME).read_bytes() == b"somebody else's page"
    assert (incoming / "YB20240108001v2.pdf").read_bytes() == PAGE
    unversioned = replace(settings, names=replace(settings.names, page="p{page}"))
    (incoming / "p1.pdf").write_bytes(b"old")
    shutil.rmtree(out / "receipts")
    refused = deliver(out, unversioned)
    assert codes(refused.diagnostics) == ["name-taken"]
    assert (incoming / "p1.pdf").read_bytes() == b"old"


@pytest.mark.parametrize("share", [0.10, 0.50, 0.99])
def test_a_cut_connection_is_taken_up_where_it_broke(
    tmp_path: Path, out: Path, incoming: Path, ssh_server: Server, share: float
) -> None:
    with Proxy(ssh_server.port, "cut", int(len(PAGE) * share)).listening() as proxy:
        settings = settings_of(tmp_path, ssh_server.channel(incoming, port=proxy.port))
        told: list[str] = []
        sent = deliver(out, without_ticket(settings), told=told)
    assert sent.value is not None
    assert "trying again" in told[0]
    assert names_in(incoming) == [NAME]
    assert (incoming / NAME).read_bytes() == PAGE
    again = sum(proxy.bytes[1:])
    assert again < len(PAGE) * (1 - share) + 300_000, "what was there was not sent again"


def test_when_every_attempt_is_cut_nothing_has_a_final_name(
    tmp_path: Path, out: Path, incoming: Path, ssh_server: Server
) -> None:
    with Proxy(ssh_server.port, "cut", int(len(PAGE) * 0.99), spoilt=99).listening() as proxy:
        settings = settings_of(tmp_path, ssh_server.channel(incoming, port=proxy.port, attempts=1))
        with pytest.raises(DeliveryError) as fault:
            deliver(out, settings)
    assert fault.value.diagnostic.code == "connection"
    assert finals(incoming) == []
    assert read_receipts(out, "plant") == ()
    deliver(out, settings_of(tmp_path, ssh_server.channel(incoming)))
    assert (incoming / NAME).read_bytes() == PAGE
    assert finals(incoming) == names_in(incoming)


def test_a_server_that_stops_answering(tmp_path: Path, out: Path, incoming: Path, ssh_server: Server) -> None:
    with Proxy(ssh_server.port, "stall", len(PAGE) // 2, spoilt=99).listening() as proxy:
        channel = ssh_server.channel(incoming, port=proxy.port, attempts=1, timeout=0.5)
        begun = time.monotonic()
        with pytest.raises(DeliveryError) as fault:
            deliver(out, settings_of(tmp_path, channel))
    assert fault.value.diagnostic.code in {"no-answer", "connection"}
    assert time.monotonic() - begun < 8
    assert finals(incoming) == []


def test_a_server_that_never_says_a_word(tmp_path: Path, out: Path, incoming: Path, ssh_server: Server) -> None:
    with Proxy(ssh_server.port, "stall", 0, spoilt=99).listening() as proxy:
        channel = ssh_server.channel(incoming, port=proxy.port, attempts=1, timeout=0.5)
        with pytest.raises(DeliveryError) as fault:
            deliver(out, settings_of(tmp_path, channel))
    assert fault.value.diagnostic.code in {"no-answer", "connection"}


def test_nobody_there(tmp_path: Path, out: Path, incoming: Path, ssh_server: Server) -> None:
    settings = settings_of(tmp_path, ssh_server.channel(incoming, port=1, attempts=3))
    told: list[str] = []
    with pytest.raises(DeliveryError) as fault:
        deliver(out, settings, told=told)
    assert fault.value.diagnostic.code == "connection"
    assert len(told) == 2, "three attempts"


def test_a_wrong_host_key_ends_it(tmp_path: Path, out: Path, incoming: Path, ssh_server: Server) -> None:
    other = make_key(tmp_path / "other").with_suffix(".pub").read_text()
    (tmp_path / "hosts").write_text(f"* {other}")
    channel = {**ssh_server.channel(incoming), "known_hosts": str(tmp_path / "hosts")}
    told: list[str] = []
    with pytest.raises(DeliveryError) as fault:
        deliver(out, settings_of(tmp_path, channel), told=told)
    assert fault.value.diagnostic.code == "host-key"
    assert told == [], "not tried again"
    assert names_in(incoming) == []


def test_a_refused_login_ends_it(tmp_path: Path, out: Path, incoming: Path, ssh_server: Server) -> None:
    channel = {**ssh_server.channel(incoming), "key": str(make_key(tmp_path / "stranger"))}
    with pytest.raises(DeliveryError) as fault:
        deliver(out, settings_of(tmp_path, channel))
    assert fault.value.diagnostic.code == "login-refused"


def test_a_locked_key_is_opened_with_a_passphrase_from_the_environment(
    tmp_path: Path, out: Path, incoming: Path, ssh_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("bcrypt")
    shutil.copy(ssh_server.key, tmp_path / "key")
    command = ["ssh-keygen", "-q", "-p", "-a", "1", "-P", "", "-N", "open sesame", "-f", str(tmp_path / "key")]
    subprocess.run(command, check=True, timeout=20)
    channel = {**ssh_server.channel(incoming), "key": "key", "passphrase_env": "PLANT_PASSPHRASE"}
    monkeypatch.setenv("PLANT_PASSPHRASE", "wrong")
    with pytest.raises(DeliveryError) as fault:
        deliver(out, settings_of(tmp_path, channel))
    assert fault.value.diagnostic.code == "key-broken"
    monkeypatch.setenv("PLANT_PASSPHRASE", "open sesame")
    deliver(out, settings_of(tmp_path, channel))
    assert NAME in names_in(incoming)


def test_a_missing_folder(tmp_path: Path, out: Path, ssh_server: Server) -> None:
    with pytest.raises(DeliveryError) as fault:
        deliver(out, settings_of(tmp_path, ssh_server.channel(tmp_path / "nowhere")))
    assert fault.value.diagnostic.code == "folder-missing"


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """A disk of 1 MB at ``folder``; False where this user may not mount one."""
    mount = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(folder)], check=False)
    try:
        yield mount.returncode == 0
    finally:
        if mount.returncode == 0:
            subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk(tmp_path: Path, out: Path, incoming: Path, ssh_server: Server) -> None:
    with small_disk(incoming) as small:
        if not small:
            pytest.skip("this user may not mount a disk")
        with pytest.raises(DeliveryError) as fault:
            deliver(out, settings_of(tmp_path, ssh_server.channel(incoming)))
        assert fault.value.diagnostic.code == "no-space"
        assert names_in(incoming) == [], "the plant's disk is left as it was"


def test_a_quota(tmp_path: Path, out: Path, incoming: Path) -> None:
    """The server may write 1 MB a file: to the protocol a failure like any other."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    home = tmp_path / "sshd"
    home.mkdir()
    with openssh(home, preexec_fn=limit, restore_signals=False) as server, pytest.raises(DeliveryError) as fault:
        deliver(out, settings_of(tmp_path, server.channel(incoming, attempts=2)))
    assert fault.value.diagnostic.code == "server-refused"
    assert finals(incoming) == []


def test_a_server_without_posix_rename(tmp_path: Path, out: Path, incoming: Path) -> None:
    home = tmp_path / "sshd"
    home.mkdir()
    with openssh(home, sftp="-P posix-rename,fsync,statvfs") as server:
        settings = settings_of(tmp_path, server.channel(incoming))
        deliver(out, settings)
        inode = (incoming / NAME).stat().st_ino
        deliver(out, settings, again=True)
    assert (incoming / NAME).read_bytes() == PAGE
    assert (incoming / NAME).stat().st_ino != inode
    assert finals(incoming) == names_in(incoming)


def test_a_part_that_holds_something_else_is_not_built_upon(
    tmp_path: Path, out: Path, incoming: Path, ssh_server: Server
) -> None:
    settings = without_ticket(settings_of(tmp_path, ssh_server.channel(incoming, attempts=1)))
    with Proxy(ssh_server.port, "cut", len(PAGE) // 2, spoilt=99).listening() as proxy:
        cut = settings_of(tmp_path, ssh_server.channel(incoming, port=proxy.port, attempts=1, ticket=False))
        with pytest.raises(DeliveryError):
            deliver(out, cut)
    (part,) = incoming.iterdir()
    spoilt = bytearray(part.read_bytes())
    spoilt[1000] ^= 1
    part.write_bytes(spoilt)
    (incoming / f"{NAME}.000000000000.part").write_bytes(b"left by an older version")
    deliver(out, settings)
    assert names_in(incoming) == [NAME]
    assert (incoming / NAME).read_bytes() == PAGE


def test_staging_keeps_parts_out_of_the_watched_folder(
    tmp_path: Path, out: Path, incoming: Path, ssh_server: Server
) -> None:
    (incoming / "tmp").mkdir()
    channel = ssh_server.channel(incoming, staging="tmp", attempts=1, ticket=False)
    with Proxy(ssh_server.port, "cut", len(PAGE) // 2, spoilt=99).listening() as proxy:
        cut = {**channel, "url": channel["url"].replace(f":{ssh_server.port}", f":{proxy.port}")}
        with pytest.raises(DeliveryError):
            deliver(out, settings_of(tmp_path, cut))
    assert names_in(incoming) == ["tmp"]
    assert len(names_in(incoming / "tmp")) == 1
    deliver(out, settings_of(tmp_path, channel))
    assert names_in(incoming) == [NAME, "tmp"]
    assert names_in(incoming / "tmp") == []


def test_killed_in_the_middle_and_run_again(tmp_path: Path, out: Path, incoming: Path, ssh_server: Server) -> None:
    with Proxy(ssh_server.port, "stall", len(PAGE) // 2, spoilt=99).listening() as proxy:
        file = write_channels(tmp_path / "c.yaml", {"plant": ssh_server.channel(incoming, port=proxy.port)})
        command = [sys.executable, "-m", "layout", "send", str(out), "--to", "plant", "--channels", str(file)]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            until = time.monotonic() + 15
            while not any(path.stat().st_size > 100_000 for path in incoming.iterdir()):
                assert time.monotonic() < until
                time.sleep(0.02)
            process.send_signal(signal.SIGKILL)
    assert finals(incoming) == []
    write_channels(file, {"plant": ssh_server.channel(incoming)})
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=30)
    assert (done.returncode, done.stderr) == (0, "")
    assert (incoming / NAME).read_bytes() == PAGE
    assert finals(incoming) == names_in(incoming)


def test_two_senders_of_one_build_at_once(tmp_path: Path, out: Path, incoming: Path, ssh_server: Server) -> None:
    settings = settings_of(tmp_path, ssh_server.channel(incoming))
    found: list[list[str]] = []
    at_once(*[lambda: found.append(codes(deliver(out, settings).diagnostics)) for _ in range(2)])
    assert sorted(found) == [[], ["already-sent"]]
    assert names_in(incoming) == [NAME, "YB20240108v1.json", "YB20240108v1.xjdf"]


def test_two_desks_send_the_same_page(tmp_path: Path, out: Path, incoming: Path, ssh_server: Server) -> None:
    """Two copies of one build, which know nothing of each other."""
    settings = settings_of(tmp_path, ssh_server.channel(incoming))
    shutil.copytree(out, tmp_path / "copy")
    at_once(lambda: deliver(out, settings), lambda: deliver(tmp_path / "copy", settings))
    assert names_in(incoming) == [NAME, "YB20240108v1.json", "YB20240108v1.xjdf"]
    assert (incoming / NAME).read_bytes() == PAGE


def test_two_desks_send_different_pages_under_one_name(
    tmp_path: Path, out: Path, incoming: Path, ssh_server: Server
) -> None:
    settings = without_ticket(settings_of(tmp_path, ssh_server.channel(incoming)))
    other = signed_build(tmp_path / "other", {1: pdf(9, 2_000_000)})
    at_once(lambda: deliver(out, settings), lambda: deliver(other, settings))
    assert names_in(incoming) == [NAME, "YB20240108001v2.pdf"]
    assert {path.read_bytes() for path in incoming.iterdir()} == {PAGE, pdf(9, 2_000_000)}
