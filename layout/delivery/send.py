"""Sending 传版: each press file once, complete and verified, under a name that no other content has."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from time import sleep
from typing import TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from layout.core import Checked, Diagnostic, Severity, error
from layout.delivery.channels import Channel, DeliveryError, NameTakenError, Place, Tell
from layout.delivery.line import Line, Pause
from layout.delivery.model import Artifact, Build, PressFile, first_page, sha256
from layout.delivery.names import fields
from layout.delivery.order import Order, RefusedError, file_name, job_title, pattern_of, twice
from layout.delivery.package import read_artifact
from layout.delivery.receipts import (
    DELIVERED,
    FAILED,
    RECEIPTS,
    SUBMITTED,
    Receipt,
    Sent,
    last_sent,
    read_receipts,
    write_receipt,
)
from layout.delivery.sidecars import TICKET, manifest, signoffs, ticket
from layout.delivery.storage import alone_in

Clock: TypeAlias = Callable[[], datetime]


def send(order: Order, *, clock: Clock, tell: Tell, pause: Pause = sleep) -> Checked[Receipt]:
    """Send what was ordered; the receipt lists what was sent now. One sender at a time for a build.

    Codes: file-changed, file-missing (since the sign-offs were read), name-taken, name-twice, bad-name,
    receipt-broken; already-sent (a note). Raises DeliveryError when the receiver or the way to it failed, what arrived
    until then being in the receipt on the disk; OSError.
    """
    folder = order.build.out / RECEIPTS
    folder.mkdir(exist_ok=True)
    with alone_in(folder):
        try:
            return _run(order, clock, Line(order.settings, tell, pause)).all()
        except RefusedError as fault:
            return Checked(None, fault.diagnostics)


def plan(order: Order) -> Checked[tuple[tuple[str, str], ...]]:
    """Key and name of the press files that ``send`` would send, as far as can be told without the receiver."""
    try:
        history = _here(order, _history(order))
        pairs = []
        for file in order.files:
            last = last_sent(history, file.name)
            if last is None or last.sha256 != file.sha256 or last.state != DELIVERED or order.again:
                version = 1 if last is None else last.version + (last.sha256 != file.sha256)
                pairs.append((file.name, _title(order, file.name, file.pages, version)))
    except RefusedError as fault:
        return Checked(None, fault.diagnostics)
    return Checked(tuple(pairs), tuple(twice(tuple(name for _, name in pairs))))


class _Run(Struct):
    """One run of sending: the receipt grows with every artifact, and is on the disk at once."""

    order: Order
    history: tuple[Receipt, ...]
    line: Line
    clock: Clock
    receipt: Receipt
    names: list[str] = field(default_factory=list)
    notes: list[Diagnostic] = field(default_factory=list)

    def all(self) -> Checked[Receipt]:
        """Every press file, then what goes along."""
        order = self.order
        try:
            sent = [self.one(_read(order.build, file)) for file in order.files]
            for key in order.sidecars:
                make = ticket if key == TICKET else manifest
                self.one(make(order.build, sent, order.stages))
        finally:
            self.line.close()
        if self.receipt.items:
            self.keep(replace(self.receipt, complete=True))
        return Checked(self.receipt, tuple(self.notes))

    def one(self, item: Artifact) -> tuple[Artifact, str, int]:
        """Send one artifact unless it is there; the artifact, its name and its version."""
        last = last_sent(self.history, item.key)
        same = last is not None and last.sha256 == item.sha256
        if last is not None and same and last.state != FAILED and not self.order.again:
            self.settle(item, last)
            self.names.append(last.name)
            return item, last.name, last.version
        version = 1 if last is None else last.version + (not same)
        sent = self.place(item, version, replace=same and last is not None and last.state == DELIVERED)
        self.line.tell(f"{item.key} -> {sent.remote}")
        return item, sent.name, sent.version

    def place(self, item: Artifact, version: int, *, replace: bool) -> Sent:
        """Put the artifact under the first version of its name that is free."""
        while True:
            name = _title(self.order, item.key, item.pages, version) + self.mark(item)
            if doubled := tuple(twice((*self.names, name))):
                raise RefusedError(*doubled)
            found = self.line.attempt(partial(_look, name=name, item=item))
            if found is Place.TAKEN:
                version = self.next_version(item, name, version)
                continue
            try:
                sent = self.put(item, name, version, replace=replace, there=found is Place.SAME)
            except NameTakenError:
                continue  # somebody was quicker: look again
            self.names.append(name)
            return sent

    def mark(self, item: Artifact) -> str:
        """What tells a print job of this run from all others, so that it is found when its acceptance was not heard."""
        if self.order.settings.address.kind != "printer":
            return ""
        return f" #{sha256(f'{item.sha256} {self.receipt.serial} {self.receipt.at}'.encode())[:10]}"

    def put(self, item: Artifact, name: str, version: int, *, replace: bool, there: bool) -> Sent:
        """Deliver the artifact as ``name``. Bytes that an earlier run left there, complete, are its own."""
        note = partial(self.note, item, name, version)
        if there and not replace:
            return note(self.line.attempt(lambda channel: channel.address(name)), DELIVERED)
        handed_over: list[str] = []

        def hear(remote: str) -> None:
            handed_over[:] = [remote]
            note(remote, SUBMITTED)

        def work(channel: Channel) -> str:
            if handed_over:  # the connection failed later: it has all of it, and is not told twice
                channel.follow(handed_over[0])
                return handed_over[0]
            return channel.put(name, item, replace=there, note=hear)

        try:
            remote = self.line.attempt(work)
        except DeliveryError as fault:
            if fault.lost and handed_over:
                note(handed_over[0], FAILED)
            raise
        return note(remote, DELIVERED)

    def settle(self, item: Artifact, last: Sent) -> None:
        """What an earlier run sent: wait for it where it is not done, else only say so."""
        if last.state == DELIVERED and item.key in self.order.sidecars:
            return
        if last.state == DELIVERED:
            message = f"{item.key} went to {self.order.settings.name} on {last.at} as {last.name}"
            hint = "--again sends it once more"
            page = first_page(item.pages)
            self.notes.append(Diagnostic(Severity.NOTE, "already-sent", message, hint=hint, page=page))
            return
        self.line.tell(f"{item.key}: handed over before, waiting for it")
        state = SUBMITTED
        try:
            self.line.attempt(lambda channel: channel.follow(last.remote))
            state = DELIVERED
        except DeliveryError as fault:
            state = FAILED if fault.lost else SUBMITTED
            raise
        finally:
            self.note(item, last.name, last.version, last.remote, state)

    def next_version(self, item: Artifact, name: str, version: int) -> int:
        """The version after one whose name is taken. Raises RefusedError where names have no version."""
        if "version" in fields(pattern_of(self.order.settings, item.key, item.pages)):
            return version + 1
        hint = "let the channel's names have a {version}, or ask the plant to take the old file away"
        message = f"{name} is at the receiver with other content, and is not overwritten"
        raise RefusedError(error("name-taken", message, self.order.settings.span, hint, first_page(item.pages)))

    def note(self, item: Artifact, name: str, version: int, remote: str, state: str) -> Sent:
        """Keep in the receipt, on the disk, how far an artifact is."""
        sent = Sent(item.key, name, version, item.sha256, item.size, remote, state, _iso(self.clock()))
        self.keep(self.receipt.with_item(sent))
        return sent

    def keep(self, receipt: Receipt) -> None:
        """Write the receipt."""
        self.receipt = receipt
        write_receipt(self.order.build.out, receipt)


def _look(channel: Channel, *, name: str, item: Artifact) -> Place:
    return channel.look(name, item)


def _title(order: Order, key: str, pages: tuple[int, ...], version: int) -> str:
    """What an artifact is called at the receiver."""
    if order.settings.address.kind == "printer":
        return job_title(order, key)
    return file_name(order, key, pages, version)


def _read(build: Build, file: PressFile) -> Artifact:
    """The file's bytes, which are checked once more: what is sent is what was signed, whatever happened since."""
    read = read_artifact(build, file)
    if read.value is None:
        raise RefusedError(*read.diagnostics)
    return read.value


def _history(order: Order) -> tuple[Receipt, ...]:
    """The receipts of the channel, whatever its address was."""
    try:
        return read_receipts(order.build.out, order.settings.name)
    except ValueError as fault:
        hint = "move it away, if you know what went to this channel"
        raise RefusedError(error("receipt-broken", str(fault), hint=hint)) from None


def _here(order: Order, history: tuple[Receipt, ...]) -> tuple[Receipt, ...]:
    """The receipts from where the channel leads now: what went elsewhere did not go there."""
    return tuple(receipt for receipt in history if receipt.url == str(order.settings.address))


def _run(order: Order, clock: Clock, line: Line) -> _Run:
    history, edition = _history(order), order.build.edition
    receipt = Receipt(
        channel=order.settings.name,
        serial=max((receipt.serial for receipt in history), default=0) + 1,
        url=str(order.settings.address),
        at=_iso(clock()),
        edition=f"{edition.paper} {edition.date.isoformat()}",
        signoffs=signoffs(order.stages),
        unsigned_proof=order.unsigned_proof,
    )
    return _Run(order, _here(order, history), line, clock, receipt)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
