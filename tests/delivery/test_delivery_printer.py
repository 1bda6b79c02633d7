"""Proof printers: a real IPP printer on the loopback, and one of our own for what it cannot be made to say."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from struct import pack
from typing import Any, ClassVar

import pytest
from delivery_samples import (
    START,
    codes,
    deliver,
    make_build,
    order_of,
    pdf,
    settings_of,
    signed_build,
    write_channels,
)
from delivery_servers import HOST, Proxy, ipp_printer

from layout.delivery import ChannelSettings, DeliveryError, read_receipts, send
from layout.delivery.channels.ipp import Group, IppError, Operation, Printer, Tag, decode, encode
from layout.delivery.model import sha256

pytestmark = pytest.mark.tools("ippeveprinter", "dbus-daemon")

PAGE = pdf(3)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return signed_build(tmp_path / "out", {1: PAGE})


def proofer(folder: Path, port: int, **more: Any) -> ChannelSettings:
    channel = {"url": f"ipp://localhost:{port}/ipp/print", "proof": True, "timeout": 2, "wait": 10, "backoff": 0}
    return settings_of(folder, {**channel, **more}, name="proofer")


def printed(home: Path) -> list[bytes]:
    return [data for path in sorted((home / "spool").iterdir()) if (data := path.read_bytes())]


@pytest.fixture(scope="module")
def printer(tmp_path_factory: pytest.TempPathFactory, bus: str) -> Iterator[tuple[Path, int]]:
    """A printer that prints: its home and its port."""
    home = tmp_path_factory.mktemp("printer") / "home"
    with ipp_printer(home, bus, "exit 0") as port:
        yield home, port


def test_the_issue_is_printed(tmp_path: Path, out: Path, printer: tuple[Path, int]) -> None:
    home, port = printer
    sent = deliver(out, proofer(tmp_path, port))
    assert sent.value is not None
    assert [(item.key, item.state) for item in sent.value.items] == [("issue.pdf", "delivered")]
    assert PAGE in printed(home)
    assert codes(deliver(out, proofer(tmp_path, port)).diagnostics) == ["already-sent"]
    count = len(printed(home))
    again = deliver(out, proofer(tmp_path, port, files="all", copies=2, sides="one-sided"), again=True)
    assert again.value is not None
    assert len(printed(home)) == count + 2


def test_an_unsigned_proof_goes_only_to_a_proof_printer(tmp_path: Path, printer: tuple[Path, int]) -> None:
    out, (home, port) = make_build(tmp_path / "unsigned", {1: pdf(4)}), printer
    sent = deliver(out, proofer(tmp_path, port), unsigned_proof=True)
    assert sent.value is not None
    assert sent.value.unsigned_proof
    assert pdf(4) in printed(home)


def test_paper_that_the_printer_does_not_have(tmp_path: Path, printer: tuple[Path, int]) -> None:
    out = signed_build(tmp_path / "out", {1: pdf(5)})
    with pytest.raises(DeliveryError) as fault:
        deliver(out, proofer(tmp_path, printer[1], media="iso_a0_841x1189mm"))
    assert fault.value.diagnostic.code == "setting-unsupported"
    assert "media" in fault.value.diagnostic.message


def test_a_wrong_path(tmp_path: Path, out: Path, printer: tuple[Path, int]) -> None:
    url = f"ipp://localhost:{printer[1]}/nowhere"
    with pytest.raises(DeliveryError) as fault:
        deliver(out, proofer(tmp_path, printer[1], url=url, attempts=1))
    assert fault.value.diagnostic.code in {"printer-missing", "printer-refused"}


def test_a_printer_that_gives_up_is_told_and_asked_anew(tmp_path: Path, out: Path, bus: str) -> None:
    script = f"test -e {tmp_path / 'mended'} || {{ echo 'ERROR: fuser' >&2; exit 1; }}"
    with ipp_printer(tmp_path / "p", bus, script) as port:
        with pytest.raises(DeliveryError) as fault:
            deliver(out, proofer(tmp_path, port))
        assert fault.value.diagnostic.code == "job-failed"
        assert "fuser" in fault.value.diagnostic.message
        assert [item.state for item in read_receipts(out, "proofer")[-1].items] == ["failed"]
        (tmp_path / "mended").touch()
        sent = deliver(out, proofer(tmp_path, port))
    assert sent.value is not None
    assert sent.value.items[0].state == "delivered"


def test_a_printer_without_paper_is_waited_for_and_not_sent_the_job_twice(tmp_path: Path, out: Path, bus: str) -> None:
    paper = tmp_path / "paper"
    script = f"echo 'STATE: +media-empty-error' >&2; while ! test -e {paper}; do sleep 0.1; done"
    with ipp_printer(tmp_path / "p", bus, script) as port:
        with pytest.raises(DeliveryError) as fault:
            deliver(out, proofer(tmp_path, port, wait=0.6))
        assert fault.value.diagnostic.code == "printer-stopped"
        assert "media-empty" in fault.value.diagnostic.message
        assert [item.state for item in read_receipts(out, "proofer")[-1].items] == ["submitted"]
        paper.touch()
        told: list[str] = []
        sent = deliver(out, proofer(tmp_path, port), told=told)
        assert len(printed(tmp_path / "p")) == 1
    assert sent.value is not None
    assert [item.state for item in sent.value.items] == ["delivered"]
    assert "handed over before" in told[0]


def test_a_job_stays_handed_over_while_nobody_answers(tmp_path: Path, out: Path) -> None:
    pending = reply(0, group(Group.JOB, job_state=(Tag.ENUM, 3)))
    answers = {"GET_JOBS": NO_JOBS, "PRINT_JOB": ACCEPTED, "GET_JOB_ATTRIBUTES": pending}
    with sulking(**answers, GET_PRINTER_ATTRIBUTES=reply(0)) as (port, _):
        with pytest.raises(DeliveryError) as fault:
            deliver(out, local(tmp_path, port, wait=0.1))
        assert fault.value.diagnostic.code == "job-unfinished"
    with pytest.raises(DeliveryError) as fault:
        deliver(out, local(tmp_path, port, attempts=1))
    assert fault.value.diagnostic.code == "connection"
    assert [receipt.items[0].state for receipt in read_receipts(out, "proofer")] == ["submitted", "submitted"]


def test_a_busy_printer_is_tried_again(tmp_path: Path, out: Path, bus: str) -> None:
    """ippeveprinter takes one job at a time."""
    with ipp_printer(tmp_path / "p", bus, "sleep 1") as port:
        other = Printer("localhost", port, "/ipp/print", secure=False, timeout=5)
        attributes = [(Tag.NAME, "job-name", "another desk's"), (Tag.MIME_TYPE, "document-format", "application/pdf")]
        assert other.ask(Operation.PRINT_JOB, attributes, data=b"%PDF-1.4").ok
        with pytest.raises(DeliveryError) as fault:
            deliver(out, proofer(tmp_path, port, attempts=1))
        assert fault.value.diagnostic.code == "printer-busy"
        told: list[str] = []
        settings = proofer(tmp_path, port, attempts=20, backoff=0)
        sent = send(order_of(out, settings), clock=lambda: START, tell=told.append, pause=lambda _: time.sleep(0.2))
    assert sent.value is not None
    assert sent.value.complete
    assert any("busy" in line for line in told)


def test_a_printer_that_does_not_answer(tmp_path: Path, out: Path, printer: tuple[Path, int]) -> None:
    with Proxy(printer[1], "stall", 100, spoilt=99).listening() as silent:
        begun = time.monotonic()
        with pytest.raises(DeliveryError) as fault:
            deliver(out, proofer(tmp_path, silent.port, timeout=0.3, attempts=2))
    assert fault.value.diagnostic.code == "no-answer"
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("share", [0.10, 0.50, 0.99])
def test_a_cut_connection_is_not_taken_for_a_print(tmp_path: Path, bus: str, share: float) -> None:
    """The printer prints what it got before the cut, and calls it done: the file is sent once more, whole."""
    page = pdf(6, 1_000_000)
    out = signed_build(tmp_path / "out", {1: page})
    with ipp_printer(tmp_path / "p", bus, "exit 0") as port:
        told: list[str] = []
        with Proxy(port, "cut", int(len(page) * share), spoilt=3).listening() as proxy:
            settings = proofer(tmp_path, proxy.port, attempts=20)
            order = order_of(out, settings)
            sent = send(order, clock=lambda: START, tell=told.append, pause=lambda _: time.sleep(0.05))
        job = sent.value.items[0].remote.rpartition("#")[2] if sent.value else ""
    assert "trying again" in told[0]
    assert any("part of the file" in line for line in told)
    (whole,) = (tmp_path / "p" / "spool").glob(f"{job}-*.pdf")
    assert whole.read_bytes() == page


def test_a_connection_that_fails_while_it_prints(tmp_path: Path, out: Path, bus: str) -> None:
    """The printer has said that it has the job: it is followed on, and neither cancelled nor printed twice."""
    with ipp_printer(tmp_path / "p", bus, "sleep 0.5") as port:
        told: list[str] = []
        with Proxy(port, "cut", spared=3, spoilt=5).listening() as proxy:
            sent = deliver(out, proofer(tmp_path, proxy.port), told=told)
        count = len(printed(tmp_path / "p"))
    assert sum("trying again" in line for line in told) == 2
    assert sent.value is not None
    assert sent.value.complete
    assert count == 1


def test_killed_in_the_middle_and_printed_again(tmp_path: Path, bus: str) -> None:
    page = pdf(6, 1_000_000)
    out = signed_build(tmp_path / "out", {1: page})
    channel = {"proof": True, "timeout": 5, "wait": 10, "backoff": 0.1, "attempts": 20}
    with ipp_printer(tmp_path / "p", bus, "exit 0") as port:
        with Proxy(port, "stall", len(page) // 2, spoilt=3).listening() as proxy:
            file = write_channels(
                tmp_path / "c.yaml", {"p": {**channel, "url": f"ipp://localhost:{proxy.port}/ipp/print"}}
            )
            command = [sys.executable, "-m", "layout", "send", str(out), "--to", "p", "--channels", str(file)]
            with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
                until = time.monotonic() + 15
                while max(proxy.bytes, default=0) < len(page) // 2:
                    assert time.monotonic() < until
                    time.sleep(0.02)
                process.send_signal(signal.SIGKILL)
        assert read_receipts(out, "p") == (), "nobody says that it was printed"
        write_channels(file, {"p": {**channel, "url": f"ipp://localhost:{port}/ipp/print"}})
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=30)
        assert done.returncode == 0, done.stderr
    (receipt,) = read_receipts(out, "p")
    job = receipt.items[0].remote.rpartition("#")[2]
    (whole,) = (tmp_path / "p" / "spool").glob(f"{job}-*.pdf")
    assert whole.read_bytes() == page


def test_no_printer(tmp_path: Path, out: Path) -> None:
    with pytest.raises(DeliveryError) as fault:
        deliver(out, proofer(tmp_path, 1, attempts=1))
    assert fault.value.diagnostic.code == "connection"


def test_ipps_wants_a_certificate_that_is_vouched_for(tmp_path: Path, out: Path, bus: str) -> None:
    (tmp_path / "certificates").mkdir()
    with ipp_printer(tmp_path / "p", bus, "exit 0", "-K", str(tmp_path / "certificates")) as port:
        secure = {"url": f"ipps://localhost:{port}/ipp/print", "attempts": 1}
        with pytest.raises(DeliveryError) as fault:
            deliver(out, proofer(tmp_path, port, **secure))
        assert fault.value.diagnostic.code == "certificate"
        (certificate,) = (tmp_path / "certificates").glob("*.crt")
        sent = deliver(out, proofer(tmp_path, port, **secure, ca=str(certificate)))
    assert sent.value is not None
    assert sent.value.complete


class _Sulking(BaseHTTPRequestHandler):
    """A printer that says what it is told to: ``answers`` by operation."""

    answers: ClassVar[dict[int, bytes]]
    asked: ClassVar[list[int]]
    bodies: ClassVar[list[bytes]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        operation = int.from_bytes(body[2:4], "big")
        self.asked.append(operation)
        self.bodies.append(body)
        answer = self.answers.get(operation, b"")
        self.send_response(200 if answer else 404)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def sulking(**answers: bytes) -> Iterator[tuple[int, list[int]]]:
    asked: list[int] = []
    by_number = {Operation[name].value: answer for name, answer in answers.items()}
    handler = type("Handler", (_Sulking,), {"answers": by_number, "asked": asked})
    with HTTPServer((HOST, 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield server.server_port, asked
        finally:
            server.shutdown()


def reply(status: int, *groups: bytes) -> bytes:
    return pack(">BBHI", 1, 1, status, 1) + b"".join(groups) + bytes([Group.END])


def group(kind: Group, **attributes: tuple[Tag, Any]) -> bytes:
    """One group of attributes; underscores stand for hyphens."""
    body = b""
    for name, (tag, value) in attributes.items():
        key = name.replace("_", "-").encode()
        raw = pack(">i", value) if isinstance(value, int) else value.encode()
        body += pack(">BH", tag, len(key)) + key + pack(">H", len(raw)) + raw
    return bytes([kind]) + body


NO_JOBS = reply(0)
ACCEPTED = reply(0, group(Group.JOB, job_id=(Tag.INTEGER, 5), job_state=(Tag.ENUM, 3)))


def local(folder: Path, port: int, **more: Any) -> ChannelSettings:
    return proofer(folder, port, url=f"ipp://{HOST}:{port}/printers/a3", **{"timeout": 1, "attempts": 2, **more})


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (0x0506, "printer-stopped"),
        (0x0507, "printer-busy"),
        (0x040A, "format-unsupported"),
        (0x0403, "printer-forbidden"),
        (0x0500, "printer-refused"),
    ],
)
def test_what_a_printer_refuses(tmp_path: Path, out: Path, status: int, code: str) -> None:
    with sulking(GET_JOBS=NO_JOBS, PRINT_JOB=reply(status)) as (port, asked), pytest.raises(DeliveryError) as fault:
        deliver(out, local(tmp_path, port))
    assert fault.value.diagnostic.code == code
    assert asked.count(Operation.PRINT_JOB) == (2 if code == "printer-busy" else 1)


def test_what_the_channel_says_of_the_job_is_asked_for(tmp_path: Path, out: Path) -> None:
    done = reply(0, group(Group.JOB, job_state=(Tag.ENUM, 9)))
    how = {"media": "iso_a3_297x420mm", "sides": "two-sided-long-edge", "copies": 3, "scaling": "fit"}
    _Sulking.bodies.clear()
    with sulking(GET_JOBS=NO_JOBS, PRINT_JOB=ACCEPTED, GET_JOB_ATTRIBUTES=done) as (port, _):
        deliver(out, local(tmp_path, port, **how))
    (job,) = (body for body in _Sulking.bodies if int.from_bytes(body[2:4], "big") == Operation.PRINT_JOB)
    assert job.endswith(PAGE)
    asked = decode(job.removesuffix(PAGE))
    assert asked.first(Group.JOB) == {
        "media": ("iso_a3_297x420mm",),
        "sides": ("two-sided-long-edge",),
        "print-scaling": ("fit",),
        "copies": (3,),
    }
    assert asked.first(Group.OPERATION)["document-format"] == ("application/pdf",)
    assert asked.first(Group.OPERATION)["ipp-attribute-fidelity"] == (True,)


def test_a_stopped_printer_says_why(tmp_path: Path, out: Path) -> None:
    pending = reply(0, group(Group.JOB, job_state=(Tag.ENUM, 6)))
    reasons = {"printer_state": (Tag.ENUM, 5), "printer_state_reasons": (Tag.KEYWORD, "paused")}
    stopped = reply(0, group(Group.PRINTER, **reasons))
    answers = {"GET_JOBS": NO_JOBS, "PRINT_JOB": ACCEPTED, "GET_JOB_ATTRIBUTES": pending}
    with sulking(**answers, GET_PRINTER_ATTRIBUTES=stopped) as (port, _), pytest.raises(DeliveryError) as fault:
        deliver(out, local(tmp_path, port, wait=0.2))
    assert fault.value.diagnostic.code == "printer-stopped"
    assert "paused" in fault.value.diagnostic.message


def test_a_slow_printer_is_not_called_a_stopped_one(tmp_path: Path, out: Path) -> None:
    printing = reply(0, group(Group.JOB, job_state=(Tag.ENUM, 5)))
    reasons = {"printer_state": (Tag.ENUM, 4), "printer_state_reasons": (Tag.KEYWORD, "toner-low-warning")}
    answers = {"GET_JOBS": NO_JOBS, "PRINT_JOB": ACCEPTED, "GET_JOB_ATTRIBUTES": printing}
    slow = reply(0, group(Group.PRINTER, **reasons))
    with sulking(**answers, GET_PRINTER_ATTRIBUTES=slow) as (port, _), pytest.raises(DeliveryError) as fault:
        deliver(out, local(tmp_path, port, wait=0.2))
    assert fault.value.diagnostic.code == "job-unfinished"


def test_a_job_whose_acceptance_was_not_heard_of_is_found_by_its_title(tmp_path: Path, out: Path) -> None:
    """The printer has the job already; it is followed and not printed twice."""
    mark = sha256(f"{sha256(PAGE)} 1 2024-01-07T22:00:00+00:00".encode())[:10]
    title = (Tag.NAME, f"样报 2024-01-08 issue.pdf #{mark}")
    size = (Tag.INTEGER, -(-len(PAGE) // 1024))
    job = group(Group.JOB, job_id=(Tag.INTEGER, 5), job_name=title, job_state=(Tag.ENUM, 5), job_k_octets=size)
    done = reply(0, group(Group.JOB, job_state=(Tag.ENUM, 9)))
    with sulking(GET_JOBS=reply(0, job), PRINT_JOB=ACCEPTED, GET_JOB_ATTRIBUTES=done) as (port, asked):
        sent = deliver(out, local(tmp_path, port))
    assert sent.value is not None
    assert sent.value.items[0].remote.endswith("#5")
    assert Operation.PRINT_JOB not in asked


@pytest.mark.parametrize(
    "size", [{}, {"job_k_octets": (Tag.INTEGER, -(-len(PAGE) // 1024) - 1)}], ids=["untold", "less"]
)
@pytest.mark.parametrize("state", [5, 9])
def test_a_part_of_a_file_is_no_job(tmp_path: Path, out: Path, size: dict[str, Any], state: int) -> None:
    """The connection was cut: the printer has a job of that name, and perhaps not all of its file."""
    mark = sha256(f"{sha256(PAGE)} 1 2024-01-07T22:00:00+00:00".encode())[:10]
    title = (Tag.NAME, f"样报 2024-01-08 issue.pdf #{mark}")
    part = reply(0, group(Group.JOB, job_id=(Tag.INTEGER, 4), job_name=title, job_state=(Tag.ENUM, state), **size))
    done = reply(0, group(Group.JOB, job_state=(Tag.ENUM, 9)))
    told: list[str] = []
    answers = {"GET_JOBS": part, "CANCEL_JOB": reply(0), "PRINT_JOB": ACCEPTED, "GET_JOB_ATTRIBUTES": done}
    with sulking(**answers) as (port, asked):
        sent = deliver(out, local(tmp_path, port), told=told)
    assert sent.value is not None
    assert sent.value.items[0].remote.endswith("#5")
    assert Operation.CANCEL_JOB in asked
    assert "part of the file" in told[0]


def test_a_job_that_the_printer_has_forgotten_is_printed_anew(tmp_path: Path, out: Path) -> None:
    answers = {"GET_JOBS": NO_JOBS, "PRINT_JOB": ACCEPTED}
    with sulking(**answers, GET_JOB_ATTRIBUTES=reply(0x0406)) as (port, asked):
        with pytest.raises(DeliveryError) as fault:
            deliver(out, local(tmp_path, port))
        assert fault.value.diagnostic.code == "job-unknown"
        with pytest.raises(DeliveryError):
            deliver(out, local(tmp_path, port))
    assert asked.count(Operation.PRINT_JOB) == 2


def test_a_web_server_that_is_no_printer(tmp_path: Path, out: Path) -> None:
    with sulking() as (port, asked), pytest.raises(DeliveryError) as fault:
        deliver(out, local(tmp_path, port))
    assert fault.value.diagnostic.code == "printer-refused"
    assert len(asked) == 1, "not tried again"


@pytest.mark.parametrize("answer", [b"<html>", b"\1\1\0\0", reply(0), pack(">BBHI", 1, 1, 0, 1) + b"\x02\x21\0\xff"])
def test_answers_that_are_no_ipp(tmp_path: Path, out: Path, answer: bytes) -> None:
    with sulking(GET_JOBS=NO_JOBS, PRINT_JOB=answer) as (port, _), pytest.raises(DeliveryError) as fault:
        deliver(out, local(tmp_path, port, attempts=1))
    assert fault.value.diagnostic.code == "printer-refused"


def test_requests_are_ipp() -> None:
    body = encode(
        Operation.PRINT_JOB, [(Tag.NAME, "job-name", "样报")], [(Tag.INTEGER, "copies", 2), (Tag.BOOLEAN, "b", True)]
    )
    assert body[:9] == b"\x01\x01\x00\x02\x00\x00\x00\x01\x01"
    assert body[9:].startswith(b"\x47\x00\x12attributes-charset\x00\x05utf-8\x48\x00\x1battributes-natural-language")
    read = decode(body)
    assert read.first(Group.OPERATION)["job-name"] == ("样报",)
    assert read.first(Group.JOB) == {"copies": (2,), "b": (True,)}


def test_values_of_one_attribute_stay_together() -> None:
    sets = group(Group.PRINTER, media=(Tag.KEYWORD, "a")) + pack(">BHH", Tag.KEYWORD, 0, 1) + b"b"
    assert decode(reply(0, sets)).first(Group.PRINTER) == {"media": ("a", "b")}
    with pytest.raises(IppError):
        decode(reply(0, sets)[:-3])
