"""The sign-off ledger ``signoff.jsonl``: one line an entry, each chained to the one before.

``previous`` is the sha256 of the line before (of nothing: sixty-four zeros), ``digest`` that of the entry itself, so
that a line which is changed, taken out or put in between is found. A signature covers the same bytes as the digest.
Cutting entries off the end leaves a shorter ledger that is whole: the receipts, which quote the sign-offs, tell.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, to_builtins
from msgspec.structs import replace

from layout.core import Checked, Diagnostic, Span, error
from layout.delivery.model import sha256
from layout.delivery.signature import SignatureError, Signer, verifies
from layout.delivery.storage import write_whole

LEDGER: Final = "signoff.jsonl"
_START: Final = "0" * 64
_LONGEST: Final = 16_000_000
_AFRESH: Final = f"do not mend it: keep {LEDGER} for the record under another name, and sign anew"


class Entry(Struct, frozen=True):
    """One sign-off: ``name`` for ``role`` at ``at`` (UTC, ISO 8601) of ``files`` (name, sha256).

    ``files`` is the build's fingerprint: its press files and the particulars of the edition.

    ``key`` and ``signature`` are empty when it is not signed by a key.
    """

    role: str
    name: str
    at: str
    remark: str
    files: tuple[tuple[str, str], ...]
    previous: str = _START
    key: str = ""
    digest: str = ""
    signature: str = ""

    @property
    def payload(self) -> bytes:
        """What the digest and the signature cover: everything but the two."""
        return _canonical({name: value for name, value in _record(self).items() if name not in {"digest", "signature"}})

    @property
    def line(self) -> bytes:
        """The entry as it stands in the ledger, without the line end."""
        return _canonical(_record(self))


def read_ledger(out: Path) -> Checked[tuple[Entry, ...]]:
    """The entries of the ledger in ``out``; none where there is no ledger. Raises OSError.

    Codes: ledger-broken (a line is no entry, or does not follow from the line before), entry-forged (an entry is not
    what it was when it was written, or its signature is not its key's), package-missing.
    """
    path = out / LEDGER
    if not path.exists():
        return Checked(())
    if path.stat().st_size > _LONGEST:
        return Checked(None, (error("ledger-broken", f"{path} is too large to be a ledger", Span(str(path)), _AFRESH),))
    entries: list[Entry] = []
    found: list[Diagnostic] = []
    previous = _START
    data = path.read_bytes()
    for number, line in enumerate(data.split(b"\n")[:-1], start=1):
        span = Span(str(path), number)
        entry = _parse(line)
        found += _faults(entry, previous, span)
        previous = sha256(line)
        if entry is not None:
            entries.append(entry)
    if not data.endswith(b"\n"):
        found.append(error("ledger-broken", "the last line is not whole", Span(str(path)), _AFRESH))
    return Checked(None if found else tuple(entries), tuple(found))


def append(out: Path, entries: tuple[Entry, ...], entry: Entry, signer: Signer | None = None) -> Entry:
    """Put ``entry`` behind ``entries``, the ledger's, and give it back as it stands there. Raises OSError.

    The caller holds the folder, so that nobody else appends in between.
    """
    previous = sha256(entries[-1].line) if entries else _START
    entry = replace(entry, previous=previous, key=signer.public if signer else "")
    entry = replace(entry, digest=sha256(entry.payload))
    entry = replace(entry, signature=signer.sign(entry.payload) if signer else "")
    write_whole(out / LEDGER, b"".join(each.line + b"\n" for each in (*entries, entry)))
    return entry


def _faults(entry: Entry | None, previous: str, span: Span) -> Iterator[Diagnostic]:
    if entry is None:
        yield error("ledger-broken", f"line {span.line} is no entry of a ledger", span, _AFRESH)
        return
    if entry.previous != previous:
        message = f"line {span.line} does not follow from the line before: one was changed, taken out or put in"
        yield error("ledger-broken", message, span, _AFRESH)
    if entry.digest != sha256(entry.payload):
        message = f"line {span.line}, {entry.role} by {entry.name}, was changed after it was written"
        yield error("entry-forged", message, span, _AFRESH)
    elif entry.key or entry.signature:
        yield from _signature_faults(entry, span)


def _signature_faults(entry: Entry, span: Span) -> Iterator[Diagnostic]:
    try:
        genuine = verifies(entry.key, entry.payload, entry.signature)
    except SignatureError as fault:
        yield replace(fault.diagnostic, span=span)
        return
    if not genuine:
        yield error("entry-forged", f"line {span.line}: the signature is not that of its key", span, _AFRESH)


def _parse(line: bytes) -> Entry | None:
    """The entry that a line holds, if it holds one and nothing else."""
    try:
        values = json.loads(line)
        files = tuple((str(name), str(digest)) for name, digest in values.pop("files").items())
        entry = Entry(**{name: str(value) for name, value in values.items()}, files=files)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return entry if entry.line == line else None


def _record(entry: Entry) -> dict[str, Any]:
    return {**to_builtins(entry), "files": dict(entry.files)}


def _canonical(values: dict[str, Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
