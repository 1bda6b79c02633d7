"""A printer for proofs (打样): the job is handed over and followed until it is printed."""

import ssl
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from time import monotonic, sleep
from typing import Final

from msgspec import Struct

from layout.delivery.channels.base import Channel, DeliveryError, Note, Place, Tell, opened
from layout.delivery.channels.ipp import Answer, Attributes, Group, IppError, Operation, Printer, Tag, Value
from layout.delivery.model import Artifact
from layout.delivery.settings import ChannelSettings

_BUSY: Final = frozenset({0x0503, 0x0505, 0x0507})  # service unavailable, temporary error, busy
_NOT_FOUND: Final = 0x0406
_REFUSALS: Final = {
    0x0401: ("printer-forbidden", "the printer does not let us print"),
    0x0402: ("printer-forbidden", "the printer wants a login"),
    0x0403: ("printer-forbidden", "the printer does not let us print"),
    _NOT_FOUND: ("printer-missing", "there is no such printer"),
    0x040A: ("format-unsupported", "the printer takes no PDF"),
    0x040B: ("setting-unsupported", "the printer does not have what the channel asks for"),
    0x0506: ("printer-stopped", "the printer accepts no jobs"),
}
_HINTS: Final = {
    "format-unsupported": "use a printer, or a CUPS queue, that takes application/pdf",
    "setting-unsupported": "see media, sides, copies and scaling of the channel",
    "printer-stopped": "look at the printer: paper, toner, a stopped queue",
    "printer-missing": "check the address: its path is usually /ipp/print; for cups: the name of the queue (lpstat -p)",
}
_FAILED: Final = {7: "was cancelled", 8: "was given up by the printer"}
_HALTED: Final = {4: "is held", 6: "has come to a halt"}
_COMPLETED: Final = 9
_STOPPED: Final = 5
_STOPPING: Final = (
    "cover-open",
    "door-open",
    "marker-supply-empty",
    "media-empty",
    "media-jam",
    "media-needed",
    "offline",
    "paused",
    "stopped",
    "toner-empty",
)
"""Printer state reasons that keep a job from being done, with whatever severity (RFC 8011, 5.4.12)."""
_USER: Final = "newspaper-layout"
_K: Final = 1024
_FIRST_POLL: Final = 0.1
_LAST_POLL: Final = 2.0


def open_printer(settings: ChannelSettings, tell: Tell) -> AbstractContextManager[Channel]:
    """The printer; nothing is asked of it before the first job. ``tell`` hears what a job waits for."""
    address = settings.address
    secure = address.scheme == "ipps"
    printer = Printer(address.host, address.port, address.path, secure, settings.timeout, settings.ca)
    return opened(_PrinterChannel(settings, printer, tell))


class _PrinterChannel(Struct, frozen=True):
    """Jobs by name; a job that was handed over before the connection failed is found again by its name."""

    settings: ChannelSettings
    printer: Printer
    tell: Tell

    def look(self, name: str, item: Artifact) -> Place:  # noqa: ARG002 - paper has no names
        """Nothing stands in the way of a job."""
        return Place.FREE

    def address(self, name: str) -> str:  # noqa: ARG002 - as above
        """The printer's."""
        return self.printer.uri

    def put(self, name: str, item: Artifact, *, replace: bool, note: Note) -> str:  # noqa: ARG002 - as above
        """Print ``item`` as the job ``name``, and wait until it is done."""
        with _told(self.settings):
            job = self._earlier(name, item) or self._submit(name, item)
        remote = f"{self.printer.uri}#{job}"
        note(remote)
        self._wait(job)
        return remote

    def follow(self, remote: str) -> None:
        """Wait for a job that an earlier run handed over."""
        self._wait(int(remote.rpartition("#")[2]))

    def _submit(self, name: str, item: Artifact) -> int:
        settings = self.settings
        operation: list[tuple[Tag, str, Value]] = [
            (Tag.NAME, "requesting-user-name", _USER),
            (Tag.NAME, "job-name", name),
            (Tag.BOOLEAN, "ipp-attribute-fidelity", True),
            (Tag.MIME_TYPE, "document-format", item.media_type),
        ]
        wanted = (("media", settings.media), ("sides", settings.sides), ("print-scaling", settings.scaling))
        job: list[tuple[Tag, str, Value]] = [(Tag.KEYWORD, key, value) for key, value in wanted if value]
        if settings.copies != 1:
            job.append((Tag.INTEGER, "copies", settings.copies))
        answer = self.printer.ask(Operation.PRINT_JOB, operation, job=job, data=item.data)
        _check(answer)
        return _integer(answer, "job-id")

    def _earlier(self, name: str, item: Artifact) -> int | None:
        """The job of this name that the printer has, when it has all of it: only the answer to it was lost.

        Printers print what they got before a connection was cut. A job whose size they do not tell, or tell otherwise
        (job-k-octets, RFC 8011, 5.3.17.1), may be such a fragment: it is cancelled, and does not count.
        """
        whole = (-(-item.size // _K),)
        for number, facts in self._jobs("not-completed", name):
            if facts.get("job-k-octets") == whole:
                return number
            self._give_up(number)
        for number, facts in self._jobs("completed", name):
            if facts["job-state"][0] == _COMPLETED:
                if facts.get("job-k-octets") == whole:
                    return number
                self.tell(f"job {number} may have printed a part of the file only: it is sent anew")
        return None

    def _jobs(self, which: str, name: str) -> Iterator[tuple[int, Attributes]]:
        """The jobs of a name, with number and facts."""
        wanted = [(Tag.KEYWORD, "which-jobs", which), (Tag.KEYWORD, "requested-attributes", "job-id")]
        wanted += [(Tag.KEYWORD, "", key) for key in ("job-name", "job-state", "job-k-octets")]
        for group, facts in self.printer.ask(Operation.GET_JOBS, wanted).groups:
            if group == Group.JOB and facts.get("job-name") == (name,) and {"job-id", "job-state"} <= facts.keys():
                yield int(facts["job-id"][0]), facts

    def _give_up(self, job: int) -> None:
        """Cancel a job; that it is done by now is no fault."""
        self.tell(f"job {job} may be a part of the file only: it is cancelled, and sent anew")
        user = (Tag.NAME, "requesting-user-name", _USER)
        self.printer.ask(Operation.CANCEL_JOB, [(Tag.INTEGER, "job-id", job), user])

    def _wait(self, job: int) -> None:
        """Ask after the job until it is done.

        Raises DeliveryError: job-failed, job-unknown, printer-stopped, job-unfinished.
        """
        until, pause, told = monotonic() + self.settings.wait, _FIRST_POLL, ""
        while True:
            answer = self._ask_after(job)
            state = answer.first(Group.JOB).get("job-state", (None,))[0]
            if state == _COMPLETED:
                return
            if state in _FAILED:
                reasons = _reasons(answer, "job-state")
                raise DeliveryError("job-failed", f"job {job} {_FAILED[state]}{reasons}", lost=True)
            if monotonic() > until:
                raise self._unfinished(job)
            told = self._tell(told, self._obstacle(job, answer))
            sleep(pause)
            pause = min(2 * pause, _LAST_POLL)

    def _obstacle(self, job: int, answer: Answer) -> str:
        """What keeps a job from being printed, if the printer says so."""
        stopped, reasons = self._printer_state()
        if stopped:
            return f"job {job} waits: the printer has stopped{reasons}"
        state = answer.first(Group.JOB).get("job-state", (None,))[0]
        return f"job {job} {_HALTED[state]}{_reasons(answer, 'job-state')}" if state in _HALTED else ""

    def _tell(self, before: str, now: str) -> str:
        """Say it once; what was said last."""
        if now and now != before:
            self.tell(now)
        return now

    def _ask_after(self, job: int) -> Answer:
        with _told(self.settings):
            answer = self.printer.ask(Operation.GET_JOB_ATTRIBUTES, [(Tag.INTEGER, "job-id", job)])
        if answer.status == _NOT_FOUND:
            hint = "look whether it was printed; sending again prints it anew"
            raise DeliveryError("job-unknown", f"the printer knows nothing of job {job} any more", hint, lost=True)
        _check(answer)
        return answer

    def _unfinished(self, job: int) -> DeliveryError:
        """Why the job does not get done, as far as the printer says."""
        stopped, reasons = self._printer_state()
        code, what = ("printer-stopped", "has stopped") if stopped else ("job-unfinished", "is still at work")
        message = f"job {job} is not done after {self.settings.wait:g} s; the printer {what}{reasons}"
        return DeliveryError(code, message, f"{_HINTS['printer-stopped']}; then send again: the job is not sent twice")

    def _printer_state(self) -> tuple[bool, str]:
        """Whether the printer has stopped, and what it says about its state."""
        with _told(self.settings):
            answer = self.printer.ask(Operation.GET_PRINTER_ATTRIBUTES)
        attributes = answer.first(Group.PRINTER)
        told = [str(reason) for reason in attributes.get("printer-state-reasons", ())]
        stopped = attributes.get("printer-state") == (_STOPPED,) or any(
            reason.startswith(_STOPPING) or reason.endswith("-error") for reason in told
        )
        return stopped, _reasons(answer, "printer-state")


def _check(answer: Answer) -> None:
    """Raises DeliveryError when the printer refused."""
    if answer.ok:
        return
    if answer.status in _BUSY:
        raise DeliveryError("printer-busy", "the printer is busy", "try again later", retry=True)
    code, message = _REFUSALS.get(answer.status, ("printer-refused", f"the printer refuses, 0x{answer.status:04X}"))
    unsupported = ", ".join(name for name in answer.first(Group.UNSUPPORTED))
    said = ", ".join(str(text) for text in answer.first(Group.OPERATION).get("status-message", ()))
    details = f": {unsupported or said}" if unsupported or said else ""
    raise DeliveryError(code, message + details, _HINTS.get(code, ""))


def _integer(answer: Answer, name: str) -> int:
    try:
        return int(answer.first(Group.JOB)[name][0])
    except (KeyError, ValueError):
        msg = f"the answer lacks {name}"
        raise IppError(msg) from None


def _reasons(answer: Answer, state: str) -> str:
    """What the job or the printer says about its state, to be put behind a sentence."""
    attributes = {name: values for _, group in answer.groups for name, values in group.items()}
    said = [*attributes.get(f"{state}-reasons", ()), *attributes.get(f"{state}-message", ())]
    words = [str(one) for one in said if one and one != "none"]
    return f" ({', '.join(words)})" if words else ""


@contextmanager
def _told(settings: ChannelSettings) -> Iterator[None]:
    """Turn what goes wrong on the way to the printer into faults of the delivery."""
    where = settings.address
    try:
        yield
    except ssl.SSLCertVerificationError as fault:
        hint = "name the printer's certificate with ca: FILE"
        raise DeliveryError("certificate", f"{where}: {fault.verify_message}", hint) from None
    except TimeoutError:
        message = f"{where} has not answered for {settings.timeout:g} s"
        raise DeliveryError("no-answer", message, "is the printer on?", retry=True) from None
    except OSError as fault:
        message = f"the connection with {where} failed: {fault.strerror or fault}"
        raise DeliveryError("connection", message, "is the printer on?", retry=True) from None
    except IppError as fault:
        hint = "check the address; a printer that wants encryption has ipps:"
        raise DeliveryError("printer-refused", f"{where}: {fault}", hint, retry=fault.passing) from None
