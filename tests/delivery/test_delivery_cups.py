"""A queue of CUPS by its name: a private scheduler on the loopback, in front of a real IPP printer."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from delivery_samples import START, codes, deliver, order_of, pdf, settings_of, signed_build
from delivery_servers import Proxy, Scheduler, cups, ipp_printer

from layout.delivery import ChannelSettings, DeliveryError, read_receipts, send

pytestmark = pytest.mark.tools("cupsd", "lpadmin", "cupsdisable", "ippeveprinter", "dbus-daemon")

PAGE = pdf(5, 400_000)


@pytest.fixture(scope="module")
def scheduler() -> Iterator[Scheduler]:
    with cups() as running:
        yield running


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, bus: str, scheduler: Scheduler) -> Iterator[Path]:
    """The home of the printer behind the queue ``proofs``."""
    folder = tmp_path_factory.mktemp("printer") / "home"
    with ipp_printer(folder, bus, "exit 0") as port:
        scheduler.queue("proofs", port)
        yield folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return signed_build(tmp_path / "out", {1: PAGE})


@pytest.fixture
def queue(tmp_path: Path, home: Path, scheduler: Scheduler, monkeypatch: pytest.MonkeyPatch) -> ChannelSettings:
    return channel(tmp_path, scheduler.address, monkeypatch)


def channel(folder: Path, address: str, monkeypatch: pytest.MonkeyPatch, **more: Any) -> ChannelSettings:
    monkeypatch.setenv("CUPS_SERVER", address)
    return settings_of(folder, {"url": "cups:proofs", "proof": True, "timeout": 5, "wait": 20, "backoff": 0, **more})


def printed(home: Path) -> list[bytes]:
    return [data for path in (home / "spool").iterdir() if (data := path.read_bytes())]


def test_a_job_is_followed_until_the_printer_has_it(out: Path, queue: ChannelSettings, home: Path) -> None:
    before = printed(home).count(PAGE)
    sent = deliver(out, queue)
    assert sent.value is not None
    assert [(item.key, item.state) for item in sent.value.items] == [("issue.pdf", "delivered")]
    assert printed(home).count(PAGE) == before + 1, "byte for byte"
    assert codes(deliver(out, queue).diagnostics) == ["already-sent"]


def test_a_paused_queue_is_told_while_waiting_and_gone_on_with(
    out: Path, queue: ChannelSettings, scheduler: Scheduler
) -> None:
    scheduler.run("cupsdisable", "-r", "out of toner", "proofs")
    told: list[str] = []

    def resume() -> None:
        until = time.monotonic() + 15
        while not told and time.monotonic() < until:
            time.sleep(0.05)
        scheduler.run("cupsenable", "proofs")

    mender = threading.Thread(target=resume)
    mender.start()
    try:
        sent = deliver(out, queue, told=told)
    finally:
        mender.join(20)
    assert "the printer has stopped" in told[0]
    assert "out of toner" in told[0]
    assert sent.value is not None
    assert sent.value.complete


def test_a_queue_that_stays_paused(
    tmp_path: Path, out: Path, queue: ChannelSettings, scheduler: Scheduler, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = printed(home).count(PAGE)
    scheduler.run("cupsdisable", "proofs")
    try:
        with pytest.raises(DeliveryError) as fault:
            deliver(out, channel(tmp_path, scheduler.address, monkeypatch, wait=0.5))
    finally:
        scheduler.run("cupsenable", "proofs")
    assert fault.value.diagnostic.code == "printer-stopped"
    assert "paused" in fault.value.diagnostic.message.casefold()
    assert [item.state for item in read_receipts(out, "plant")[-1].items] == ["submitted"]
    sent = deliver(out, queue)
    assert sent.value is not None
    assert sent.value.complete
    assert printed(home).count(PAGE) == before + 1, "followed, and not printed twice"


def test_a_queue_that_takes_no_jobs(out: Path, queue: ChannelSettings, scheduler: Scheduler) -> None:
    scheduler.run("cupsreject", "proofs")
    try:
        with pytest.raises(DeliveryError) as fault:
            deliver(out, queue)
    finally:
        scheduler.run("cupsaccept", "proofs")
    assert fault.value.diagnostic.code == "printer-stopped"


def test_a_job_that_somebody_cancels(out: Path, queue: ChannelSettings, scheduler: Scheduler) -> None:
    scheduler.run("cupsdisable", "proofs")
    told: list[str] = []

    def cancel(_: float) -> None:
        scheduler.run("cancel", "-a", "proofs")

    def hear(line: str) -> None:
        told.append(line)
        cancel(0)

    try:
        with pytest.raises(DeliveryError) as fault:
            send(order_of(out, queue), clock=lambda: START, tell=hear)
    finally:
        scheduler.run("cupsenable", "proofs")
    assert fault.value.diagnostic.code == "job-failed"
    assert "cancelled" in fault.value.diagnostic.message
    assert [item.state for item in read_receipts(out, "plant")[-1].items] == ["failed"]


def test_a_queue_that_is_not_there(tmp_path: Path, out: Path, queue: ChannelSettings, scheduler: Scheduler) -> None:
    settings = settings_of(tmp_path, {"url": "cups:nowhere", "proof": True, "attempts": 1})
    with pytest.raises(DeliveryError) as fault:
        deliver(out, settings)
    assert fault.value.diagnostic.code == "printer-missing"
    assert "lpstat" in fault.value.diagnostic.hint


@pytest.mark.parametrize("share", [0.10, 0.50, 0.99])
def test_a_cut_connection_prints_no_part_of_a_page(
    tmp_path: Path, out: Path, queue: ChannelSettings, scheduler: Scheduler, home: Path, share: float,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    assert queue.address.port == scheduler.port
    before = printed(home).count(PAGE)
    with Proxy(scheduler.port, "cut", int(len(PAGE) * share), spoilt=3).listening() as proxy:
        settings = channel(tmp_path, f"127.0.0.1:{proxy.port}", monkeypatch)
        told: list[str] = []
        sent = deliver(out, settings, told=told)
    assert "trying again" in told[0]
    assert sent.value is not None
    assert sent.value.complete
    assert printed(home).count(PAGE) == before + 1
    assert {len(data) for data in printed(home)} == {len(PAGE)}


def test_a_scheduler_that_is_no_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from delivery_samples import write_channels

    from layout.delivery import load_configuration

    monkeypatch.setenv("CUPS_SERVER", "printers:no")
    read = load_configuration(write_channels(tmp_path / "c.yaml", {"p": {"url": "cups:proofs"}}))
    assert codes(read.diagnostics) == ["bad-url"]
