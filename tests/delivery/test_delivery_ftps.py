"""FTPS against a real server, over a network that fails in every way that a network can."""

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from delivery_samples import at_once, codes, deliver, finals, names_in, pdf, settings_of, signed_build, write_channels
from delivery_servers import HOST, PASSWORD, Proxy, ftps, make_certificate
from msgspec.structs import replace

from layout.delivery import ChannelSettings, DeliveryError, read_receipts
from layout.delivery.channels import ftps as ftps_channel
from layout.delivery.channels.base import part_name
from layout.delivery.model import artifact

PAGE = pdf(7, 1_000_000)
NAME = "YB20240108001v1.pdf"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ftps")


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[int]:
    (home / "files").mkdir()
    with ftps(home, home / "files") as port:
        yield port


@pytest.fixture
def folder(home: Path, server: int, tmp_path: Path) -> Path:
    """The plant's folder, another one for each test."""
    made = home / "files" / tmp_path.name
    made.mkdir()
    return made


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANT_PASSWORD", PASSWORD)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return signed_build(tmp_path / "out", {1: PAGE})


def values(home: Path, folder: str, port: int, **more: Any) -> dict[str, Any]:
    url = f"ftps://desk@{HOST}:{port}/{folder}"
    given = {"url": url, "password_env": "PLANT_PASSWORD", "ca": str(home / "server.pem"), "paper": "YB"}
    return {**given, "backoff": 0.05, "timeout": 5, "ticket": False, **more}


@pytest.fixture
def plant(tmp_path: Path, home: Path, folder: Path, server: int) -> ChannelSettings:
    return settings_of(tmp_path, values(home, folder.name, server))


def test_pages_ticket_and_manifest_arrive(tmp_path: Path, out: Path, home: Path, folder: Path, server: int) -> None:
    sent = deliver(out, settings_of(tmp_path, values(home, folder.name, server, ticket=True)))
    assert sent.value is not None
    assert sent.value.complete
    assert names_in(folder) == [NAME, "YB20240108v1.json", "YB20240108v1.xjdf"]
    assert (folder / NAME).read_bytes() == PAGE
    assert sent.value.items[0].remote == f"ftps://desk@{HOST}:{server}/{folder.name}/{NAME}"


def test_the_same_again_and_a_corrected_page(out: Path, plant: ChannelSettings, folder: Path) -> None:
    deliver(out, plant)
    assert codes(deliver(out, plant).diagnostics) == ["already-sent"]
    inode = (folder / NAME).stat().st_ino
    deliver(out, plant, again=True)
    assert (folder / NAME).stat().st_ino != inode, "was sent once more"
    deliver(signed_build(out, {1: pdf(8)}), plant)
    assert names_in(folder) == [NAME, "YB20240108001v2.pdf"]


def test_what_stands_there_already_is_never_overwritten(out: Path, plant: ChannelSettings, folder: Path) -> None:
    (folder / NAME).write_bytes(b"somebody else's page")
    deliver(out, plant)
    assert (folder / NAME).read_bytes() == b"somebody else's page"
    assert (folder / "YB20240108001v2.pdf").read_bytes() == PAGE


@pytest.mark.parametrize("share", [0.10, 0.50, 0.99])
def test_a_cut_connection_is_taken_up_where_it_broke(tmp_path: Path, out: Path, share: float) -> None:
    files, cut = tmp_path / "files", int(len(PAGE) * share)
    files.mkdir()
    with ftps(tmp_path, files, f"cut:{cut}") as port:
        with pytest.raises(DeliveryError) as fault:
            deliver(out, settings_of(tmp_path, values(tmp_path, "", port, attempts=1)))
        assert fault.value.diagnostic.code == "connection"
        (part,) = files.iterdir()
        assert finals(files) == []
        assert part.stat().st_size == cut
        assert read_receipts(out, "plant") == ()
        inode = part.stat().st_ino
        deliver(out, settings_of(tmp_path, values(tmp_path, "", port)))
    assert names_in(files) == [NAME]
    assert (files / NAME).read_bytes() == PAGE
    assert (files / NAME).stat().st_ino == inode, "what was there was not sent again"


def test_a_cut_connection_is_tried_again(tmp_path: Path, out: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    told: list[str] = []
    with ftps(tmp_path, files, "cut:500000") as port:
        deliver(out, settings_of(tmp_path, values(tmp_path, "", port)), told=told)
    assert "trying again" in told[0]
    assert (files / NAME).read_bytes() == PAGE


def test_a_server_that_stops_answering(tmp_path: Path, out: Path, home: Path, folder: Path, server: int) -> None:
    with Proxy(server, "stall", 200, spoilt=99).listening() as proxy:
        settings = settings_of(tmp_path, values(home, folder.name, proxy.port, timeout=0.4, attempts=2))
        begun = time.monotonic()
        with pytest.raises(DeliveryError) as fault:
            deliver(out, settings)
    assert fault.value.diagnostic.code == "no-answer"
    assert time.monotonic() - begun < 8
    assert names_in(folder) == []


def test_a_control_connection_that_is_cut(tmp_path: Path, out: Path, home: Path, folder: Path, server: int) -> None:
    with Proxy(server, "cut", 400, spoilt=1).listening() as proxy:
        told: list[str] = []
        deliver(out, settings_of(tmp_path, values(home, folder.name, proxy.port)), told=told)
    assert "trying again" in told[0]
    assert (folder / NAME).read_bytes() == PAGE


def test_nobody_there(tmp_path: Path, out: Path, home: Path, folder: Path) -> None:
    told: list[str] = []
    with pytest.raises(DeliveryError) as fault:
        deliver(out, settings_of(tmp_path, values(home, folder.name, 1, attempts=3)), told=told)
    assert fault.value.diagnostic.code == "connection"
    assert len(told) == 2, "three attempts"


@pytest.mark.parametrize("how", ["other", "system"])
def test_a_certificate_that_nobody_vouches_for_ends_it(
    tmp_path: Path, out: Path, home: Path, folder: Path, server: int, how: str
) -> None:
    channel = values(home, folder.name, server)
    channel["ca"] = str(make_certificate(tmp_path / "other.pem"))
    if how == "system":
        del channel["ca"]
    told: list[str] = []
    with pytest.raises(DeliveryError) as fault:
        deliver(out, settings_of(tmp_path, channel), told=told)
    assert fault.value.diagnostic.code == "certificate"
    assert told == [], "not tried again"


def test_a_certificate_of_another_host_ends_it(
    tmp_path: Path, out: Path, home: Path, folder: Path, server: int
) -> None:
    channel = values(home, folder.name, server)
    channel["url"] = channel["url"].replace(HOST, "localhost")
    with pytest.raises(DeliveryError) as fault:
        deliver(out, settings_of(tmp_path, channel))
    assert fault.value.diagnostic.code == "certificate"


def test_the_password_goes_to_nobody_in_the_clear(tmp_path: Path, out: Path) -> None:
    (tmp_path / "files").mkdir()
    with ftps(tmp_path, tmp_path / "files", "plain") as port, pytest.raises(DeliveryError) as fault:
        deliver(out, settings_of(tmp_path, values(tmp_path, "", port)))
    assert fault.value.diagnostic.code == "no-tls"
    assert PASSWORD not in (tmp_path / "ftps.log").read_text()
    assert "USER" not in (tmp_path / "ftps.log").read_text()


def test_a_refused_login_ends_it(out: Path, plant: ChannelSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANT_PASSWORD", "hunter2")
    told: list[str] = []
    with pytest.raises(DeliveryError) as fault:
        deliver(out, plant, told=told)
    assert fault.value.diagnostic.code == "login-refused"
    assert "hunter2" not in str(fault.value.diagnostic)
    assert told == [], "not tried again"


def test_a_password_that_is_not_set(out: Path, plant: ChannelSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLANT_PASSWORD")
    with pytest.raises(DeliveryError) as fault:
        deliver(out, plant)
    assert fault.value.diagnostic.code == "secret-missing"


def test_a_missing_folder(tmp_path: Path, out: Path, home: Path, server: int) -> None:
    with pytest.raises(DeliveryError) as fault:
        deliver(out, settings_of(tmp_path, values(home, "nowhere", server)))
    assert fault.value.diagnostic.code == "folder-missing"


def test_a_full_disk(tmp_path: Path, out: Path) -> None:
    (tmp_path / "files").mkdir()
    with ftps(tmp_path, tmp_path / "files", "full:300000") as port, pytest.raises(DeliveryError) as fault:
        deliver(out, settings_of(tmp_path, values(tmp_path, "", port, attempts=2)))
    assert fault.value.diagnostic.code == "no-space", fault.value.diagnostic
    assert names_in(tmp_path / "files") == [], "the plant's disk is left as it was"


@pytest.mark.parametrize("lapses", [1, 99])
def test_a_server_that_keeps_something_else(
    out: Path, plant: ChannelSettings, folder: Path, monkeypatch: pytest.MonkeyPatch, lapses: int
) -> None:
    """What was uploaded is read back: no byte under a final name that was not compared."""
    real, left = ftps_channel._Ftps._store, [lapses]

    def spoil(self: Any, part: str, data: bytes, start: int) -> None:
        real(self, part, b"\0" + data[1:] if left[0] > 0 else data, start)
        left[0] -= 1

    monkeypatch.setattr(ftps_channel._Ftps, "_store", spoil)
    told: list[str] = []
    if lapses == 1:
        deliver(out, plant, told=told)
        assert "reads back other" in told[0]
        assert (folder / NAME).read_bytes() == PAGE
        return
    with pytest.raises(DeliveryError) as fault:
        deliver(out, plant)
    assert fault.value.diagnostic.code == "not-verified"
    assert names_in(folder) == []


def test_a_name_that_is_taken_during_the_upload(
    out: Path, plant: ChannelSettings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = ftps_channel._Ftps._upload

    def late(self: Any, part: str, item: Any) -> None:
        real(self, part, item)
        if not (folder / NAME).exists():
            (folder / NAME).write_bytes(b"another desk's")

    monkeypatch.setattr(ftps_channel._Ftps, "_upload", late)
    deliver(out, plant)
    assert (folder / NAME).read_bytes() == b"another desk's"
    assert names_in(folder) == [NAME, "YB20240108001v2.pdf"]


def test_a_part_that_holds_something_else_is_not_built_upon(out: Path, plant: ChannelSettings, folder: Path) -> None:
    plant = replace(plant, attempts=1)
    part = folder / part_name(NAME, artifact("", "", PAGE))
    part.write_bytes(b"x" + PAGE[1:9000])
    (folder / f"{part.stem}.01234567.part").write_bytes(b"left by a run that was killed")
    (folder / f"{NAME}.000000000000.part").write_bytes(b"left by an older version")
    deliver(out, plant)
    assert names_in(folder) == [NAME]
    assert (folder / NAME).read_bytes() == PAGE
    shutil.rmtree(out / "receipts")
    (folder / part.name).write_bytes(PAGE + b"more")
    (folder / NAME).unlink()
    deliver(out, plant)
    assert (folder / NAME).read_bytes() == PAGE


def test_staging_keeps_parts_out_of_the_watched_folder(
    tmp_path: Path, out: Path, home: Path, folder: Path, server: int
) -> None:
    (folder / "tmp").mkdir()
    (folder / "tmp" / part_name(NAME, artifact("", "", PAGE))).write_bytes(PAGE[:5000])
    deliver(out, settings_of(tmp_path, values(home, folder.name, server, staging="tmp")))
    assert names_in(folder) == [NAME, "tmp"]
    assert names_in(folder / "tmp") == []


def test_killed_in_the_middle_and_run_again(tmp_path: Path, home: Path, folder: Path, server: int) -> None:
    page = pdf(7, 8_000_000)
    out = signed_build(tmp_path / "out", {1: page})
    file = write_channels(tmp_path / "c.yaml", {"plant": values(home, folder.name, server, timeout=20)})
    command = [sys.executable, "-m", "layout", "send", str(out), "--to", "plant", "--channels", str(file)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        until = time.monotonic() + 15
        while not any(path.stat().st_size > 100_000 for path in folder.iterdir()):
            assert time.monotonic() < until
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
    assert finals(folder) == []
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert (folder / NAME).read_bytes() == page
    assert finals(folder) == names_in(folder)


def test_two_desks_send_the_same_page(tmp_path: Path, out: Path, plant: ChannelSettings, folder: Path) -> None:
    """Two copies of one build, which know nothing of each other."""
    outs = [shutil.copytree(out, tmp_path / f"copy{number}") for number in range(3)]
    at_once(*[partial(deliver, one, plant) for one in outs])
    assert names_in(folder) == [NAME]
    assert (folder / NAME).read_bytes() == PAGE
    assert all(read_receipts(one, "plant")[-1].complete for one in outs)
