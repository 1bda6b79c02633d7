"""A hot folder, and what holds for every channel: what may be sent, under which names, and what is written about it."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from delivery_samples import (
    PEOPLE,
    START,
    codes,
    deliver,
    make_build,
    names_in,
    order_of,
    pdf,
    settings_of,
    sign_all,
    signed_build,
    write_channels,
)

from layout.delivery import (
    ChannelSettings,
    Configuration,
    DeliveryError,
    Receipt,
    place_order,
    plan,
    read_receipts,
    send,
    sign,
)
from layout.delivery.channels import folder as hot_folder
from layout.delivery.channels.base import chunks, part_name
from layout.delivery.model import artifact, sha256

THREE = {1: pdf(1), 2: pdf(2), 13: pdf(3)}
NAMES = ["YB20240108001v1.pdf", "YB20240108002v1.pdf", "YB20240108013v1.pdf"]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return signed_build(tmp_path / "out", THREE)


@pytest.fixture
def plant(tmp_path: Path, incoming: Path) -> ChannelSettings:
    return settings_of(tmp_path, {"url": f"file://{incoming}", "paper": "YB"})


def names(receipt: Receipt) -> list[str]:
    return [item.name for item in receipt.items]


def test_the_pages_with_manifest_and_ticket(out: Path, plant: ChannelSettings, incoming: Path) -> None:
    sent = deliver(out, plant)
    assert sent.value is not None
    assert names_in(incoming) == [*NAMES, "YB20240108v1.json", "YB20240108v1.xjdf"]
    assert [(incoming / name).read_bytes() for name in NAMES] == list(THREE.values())
    assert [item.key for item in sent.value.items] == [*(f"pages/{n:02}.pdf" for n in THREE), "ticket", "manifest"]


def test_the_manifest(out: Path, plant: ChannelSettings, incoming: Path) -> None:
    deliver(out, plant)
    manifest = json.loads((incoming / "YB20240108v1.json").read_text("utf-8"))
    assert [(one["file"], one["pages"], one["version"]) for one in manifest["files"]] == [
        (name, [{"number": page, "title": "要闻"}], 1) for name, page in zip(NAMES, THREE, strict=True)
    ]
    for one in manifest["files"]:
        data = (incoming / one["file"]).read_bytes()
        assert (one["sha256"], one["bytes"]) == (sha256(data), len(data))
    assert manifest["press"] == {"name": "newsprint-240", "condition": "IFRA26", "ink_limit": 2.4}
    assert (manifest["paper"], manifest["date"], manifest["standard"]) == ("样报", "2024-01-08", "x4")
    assert [(one["role"], one["name"]) for one in manifest["signoffs"]] == list(PEOPLE)


def test_a_spread_is_one_file_of_two_pages(tmp_path: Path, plant: ChannelSettings, incoming: Path) -> None:
    out = sign_all(make_build(tmp_path / "spread", {3: pdf(1), (4, 5): pdf(2), 6: pdf(3)}))
    assert plan(order_of(out, plant)).value == (
        ("pages/03.pdf", "YB20240108003v1.pdf"),
        ("pages/04-05.pdf", "YB20240108004-005v1.pdf"),
        ("pages/06.pdf", "YB20240108006v1.pdf"),
    )
    deliver(out, plant)
    manifest = json.loads((incoming / "YB20240108v1.json").read_text("utf-8"))
    assert [[page["number"] for page in one["pages"]] for one in manifest["files"]] == [[3], [4, 5], [6]]
    assert (incoming / "YB20240108004-005v1.pdf").read_bytes() == pdf(2)


def test_the_manifest_of_the_whole_issue_lists_all_pages(tmp_path: Path, out: Path, incoming: Path) -> None:
    channel = {"url": f"file://{incoming}", "paper": "YB", "files": "issue"}
    deliver(out, settings_of(tmp_path, channel))
    manifest = json.loads((incoming / "YB20240108v1.json").read_text("utf-8"))
    assert [[page["number"] for page in one["pages"]] for one in manifest["files"]] == [[1, 2, 13]]


def test_only_what_changed_goes_again(out: Path, plant: ChannelSettings, incoming: Path) -> None:
    deliver(out, plant)
    signed_build(out, {**THREE, 2: pdf(20)})
    second = deliver(out, plant)
    assert codes(second.diagnostics) == ["already-sent", "already-sent"]
    assert second.value is not None
    assert [item.name for item in second.value.items] == [
        "YB20240108002v2.pdf",
        "YB20240108v2.xjdf",
        "YB20240108v2.json",
    ]
    manifest = json.loads((incoming / "YB20240108v2.json").read_text("utf-8"))
    assert [one["file"] for one in manifest["files"]] == [NAMES[0], "YB20240108002v2.pdf", NAMES[2]]
    signed_build(out, THREE)
    third = deliver(out, plant)
    assert third.value is not None
    assert third.value.items[0].name == "YB20240108002v3.pdf", "the first wording again is a newer page"


def test_a_lost_receipt_is_made_good(out: Path, plant: ChannelSettings, incoming: Path) -> None:
    """As after a kill between the last rename and the receipt."""
    deliver(out, plant)
    before = names_in(incoming)
    shutil.rmtree(out / "receipts")
    sent = deliver(out, plant)
    assert sent.value is not None
    assert sent.value.complete
    assert names_in(incoming) == before


def test_the_plant_may_take_files_away(out: Path, plant: ChannelSettings, incoming: Path) -> None:
    deliver(out, plant)
    for path in incoming.iterdir():
        path.unlink()
    assert codes(deliver(out, plant).diagnostics) == ["already-sent"] * 3
    assert names_in(incoming) == []
    deliver(out, plant, again=True)
    assert names_in(incoming)[:3] == NAMES


def test_a_channel_that_leads_elsewhere_now_has_got_nothing(tmp_path: Path, out: Path, plant: ChannelSettings) -> None:
    deliver(out, plant)
    (tmp_path / "new").mkdir()
    moved = settings_of(tmp_path, {"url": f"file://{tmp_path}/new", "paper": "YB"})
    assert len(plan(order_of(out, moved)).value or ()) == 3
    sent = deliver(out, moved)
    assert sent.diagnostics == ()
    assert names_in(tmp_path / "new")[:3] == NAMES
    assert [receipt.serial for receipt in read_receipts(out, "plant")] == [1, 2]
    assert codes(deliver(out, plant).diagnostics) == ["already-sent"] * 3


@pytest.mark.parametrize("signed", [0, 1, 2])
def test_what_is_not_signed_by_all_does_not_leave(tmp_path: Path, plant: ChannelSettings, signed: int) -> None:
    out = make_build(tmp_path / "unsigned")
    for role, name in PEOPLE[:signed]:
        sign(out, role=role, name=name, at=START)
    placed = place_order(out, plant, Configuration())
    assert placed.value is None
    assert codes(placed.diagnostics) == ["unsigned"] * (3 - signed)


def test_one_changed_character_after_signing_is_refused(out: Path, plant: ChannelSettings, incoming: Path) -> None:
    data = (out / "pages/02.pdf").read_bytes()
    (out / "pages/02.pdf").write_bytes(data[:500] + b"x" + data[501:])
    placed = place_order(out, plant, Configuration())
    assert placed.value is None
    assert "file-changed" in codes(placed.diagnostics)
    assert names_in(incoming) == []


def test_a_file_that_changes_during_the_sending_does_not_leave(
    out: Path, plant: ChannelSettings, incoming: Path
) -> None:
    order = order_of(out, plant)
    (out / "pages/02.pdf").write_bytes(pdf(99))
    sent = send(order, clock=lambda: START, tell=lambda _: None)
    assert codes(sent.diagnostics) == ["file-changed"]
    assert names_in(incoming) == NAMES[:1]
    assert not read_receipts(out, "plant")[-1].complete


def test_unsigned_proofs_are_not_for_plants(tmp_path: Path, incoming: Path) -> None:
    out = make_build(tmp_path / "unsigned")
    plant = settings_of(tmp_path, {"url": f"file://{incoming}", "paper": "YB", "proof": True})
    placed = place_order(out, plant, Configuration(), unsigned_proof=True)
    assert codes(placed.diagnostics) == ["not-a-proof-printer"]


def test_an_unsigned_proof_that_changed_on_the_disk_is_refused(tmp_path: Path) -> None:
    out = make_build(tmp_path / "unsigned")
    (out / "issue.pdf").write_bytes(b"%PDF")
    proofer = settings_of(tmp_path, {"url": "ipp://localhost:1/", "proof": True})
    placed = place_order(out, proofer, Configuration(), unsigned_proof=True)
    assert placed.value is None
    assert "file-changed" in codes(placed.diagnostics)


def test_a_name_that_no_plant_takes(tmp_path: Path, out: Path, incoming: Path) -> None:
    plant = settings_of(tmp_path, {"url": f"file://{incoming}"})
    assert codes(deliver(out, plant).diagnostics) == ["bad-name"]
    assert names_in(incoming) == []


def test_two_files_of_one_name(tmp_path: Path, out: Path, incoming: Path) -> None:
    patterns = {"page": "p{page}", "issue": "p1"}
    plant = settings_of(tmp_path, {"url": f"file://{incoming}", "files": "all", "names": patterns})
    assert codes(plan(order_of(out, plant)).diagnostics) == ["name-twice"]
    assert codes(deliver(out, plant).diagnostics) == ["name-twice"]
    assert (incoming / "p1.pdf").read_bytes() == THREE[1]


def test_the_plan_says_what_would_be_sent(out: Path, plant: ChannelSettings, incoming: Path) -> None:
    planned = plan(order_of(out, plant)).value
    assert planned is not None
    assert [name for _, name in planned] == NAMES
    assert names_in(incoming) == []
    deliver(out, plant)
    assert plan(order_of(out, plant)).value == ()
    signed_build(out, {**THREE, 1: pdf(7)})
    assert plan(order_of(out, plant)).value == (("pages/01.pdf", "YB20240108001v2.pdf"),)


def test_files_can_be_chosen(tmp_path: Path, out: Path, incoming: Path) -> None:
    plant = settings_of(tmp_path, {"url": f"file://{incoming}", "paper": "YB", "files": "issue", "ticket": False})
    deliver(out, plant)
    assert names_in(incoming) == ["YB20240108v1.pdf"]


def test_a_disk_that_is_not_mounted(out: Path, plant: ChannelSettings, incoming: Path) -> None:
    incoming.rmdir()
    with pytest.raises(DeliveryError) as fault:
        deliver(out, plant)
    assert fault.value.diagnostic.code == "folder-missing"


def test_a_full_disk(out: Path, plant: ChannelSettings, incoming: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = os.fsync, []

    def full(handle: int) -> None:
        calls.append(handle)
        if Path(f"/proc/self/fd/{handle}").readlink().suffix == ".part":
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    monkeypatch.setattr(hot_folder.os, "fsync", full)
    with pytest.raises(DeliveryError) as fault:
        deliver(out, plant)
    assert calls
    assert fault.value.diagnostic.code == "no-space"
    assert names_in(incoming) == []


@pytest.mark.parametrize("times", [1, 99])
def test_a_disk_that_keeps_something_else(
    out: Path, plant: ChannelSettings, incoming: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    """What was written is read back: no byte under a final name that was not compared."""
    left = [times]

    def spoil(data: bytes, start: int) -> Iterator[tuple[int, bytes]]:
        for offset, piece in chunks(data, start):
            yield offset, (b"\0" + piece[1:] if left[0] > 0 else piece)
        left[0] -= 1

    monkeypatch.setattr(hot_folder, "chunks", spoil)
    told: list[str] = []
    if times == 1:
        deliver(out, plant, told=told)
        assert "reads back other" in told[0]
        assert [(incoming / name).read_bytes() for name in NAMES] == list(THREE.values())
        return
    with pytest.raises(DeliveryError) as fault:
        deliver(out, plant)
    assert fault.value.diagnostic.code == "not-verified"
    assert names_in(incoming) == []


def test_a_disk_without_links(
    out: Path, plant: ChannelSettings, incoming: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on many network file systems."""

    def refuse(self: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted", str(self))

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    (incoming / NAMES[0]).write_bytes(b"somebody else's")
    deliver(out, plant)
    assert names_in(incoming)[:2] == [NAMES[0], "YB20240108001v2.pdf"]
    assert (incoming / NAMES[0]).read_bytes() == b"somebody else's"


def test_a_part_is_taken_up_and_one_that_is_spoilt_is_not(out: Path, plant: ChannelSettings, incoming: Path) -> None:
    first, second = (artifact("", "", THREE[page]) for page in (1, 2))
    good, bad = incoming / part_name(NAMES[0], first), incoming / part_name(NAMES[1], second)
    good.write_bytes(THREE[1][:9000])
    bad.write_bytes(b"x" + THREE[2][1:9000])
    inode = good.stat().st_ino
    deliver(out, plant)
    assert [(incoming / name).read_bytes() for name in NAMES] == list(THREE.values())
    assert (incoming / NAMES[0]).stat().st_ino == inode
    assert not list(incoming.glob("*.part"))


def test_a_rename_that_is_quicker(
    out: Path, plant: ChannelSettings, incoming: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another desk's page takes the name between the look and the rename."""
    real = Path.hardlink_to

    def late(self: Path, target: Path) -> None:
        if self.name == NAMES[0] and not self.exists():
            self.write_bytes(b"another desk's")
        real(self, target)

    monkeypatch.setattr(Path, "hardlink_to", late)
    deliver(out, plant)
    assert (incoming / NAMES[0]).read_bytes() == b"another desk's"
    assert (incoming / "YB20240108001v2.pdf").read_bytes() == THREE[1]
    assert not list(incoming.glob("*.part"))


def test_many_senders_at_once(tmp_path: Path, plant: ChannelSettings, incoming: Path) -> None:
    outs = [signed_build(tmp_path / f"out{n}", {1: pdf(n % 2, 300_000)}) for n in range(6)]
    threads = [threading.Thread(target=deliver, args=(out, plant)) for out in outs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    pages = [path.read_bytes() for path in sorted(incoming.glob("*.pdf"))]
    assert set(pages) == {pdf(0, 300_000), pdf(1, 300_000)}
    assert len(pages) == 2
    assert not list(incoming.glob("*.part"))


def test_killed_at_any_moment_and_run_again(tmp_path: Path, incoming: Path) -> None:
    pages = {n: pdf(n, 4_000_000) for n in range(1, 5)}
    out = signed_build(tmp_path / "out", pages)
    file = write_channels(tmp_path / "c.yaml", {"plant": {"url": f"file://{incoming}", "paper": "YB"}})
    command = [sys.executable, "-m", "layout", "send", str(out), "--to", "plant", "--channels", str(file)]
    for moment in range(1, 5):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            until = time.monotonic() + 10
            while len(names_in(incoming)) < moment and process.poll() is None:
                assert time.monotonic() < until
                time.sleep(0.001)
            process.send_signal(signal.SIGKILL)
        for path in incoming.glob("*.pdf"):
            assert path.read_bytes() in pages.values(), "whole under its final name"
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr
    assert len(list(incoming.glob("*.pdf"))) == 4
    assert not list(incoming.glob("*.part"))


def test_receipts_are_whole_and_ordered(out: Path, plant: ChannelSettings) -> None:
    deliver(out, plant)
    deliver(out, plant, again=True)
    receipts = read_receipts(out, "plant")
    assert [(receipt.serial, receipt.complete) for receipt in receipts] == [(1, True), (2, True)]
    assert receipts[0].signoffs[0][:2] == (("role", "初审"), ("name", "张三"))
    (out / "receipts" / "plant-0002.json").write_text("{}")
    assert codes(deliver(out, plant).diagnostics) == ["receipt-broken"]
