"""Sign-off 签样: who must sign, who has, and whether it still stands."""

import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from msgspec import Struct

from layout.core import Checked, Diagnostic, Span, error, has_errors, warning
from layout.delivery.ledger import LEDGER, Entry, append, read_ledger
from layout.delivery.model import PARTICULARS, Build
from layout.delivery.package import disk_faults, read_build
from layout.delivery.receipts import read_receipts, receipt_channels
from layout.delivery.settings import Trust
from layout.delivery.signature import Signer, same_key
from layout.delivery.storage import alone_in

_TELLING: Final = 6
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_TWO_PERSONS: Final = "another person signs; a house style may allow it with signoff: {same_person: true}"


_WORDS: Final = {PARTICULARS: "what is said of the edition (number, date, page titles, press, who must sign)"}
EVERYBODY: Final = Trust()


class Standing(Struct, frozen=True):
    """How one stage stands: signed by nobody (no entry), void (``changed`` or ``untrusted``), or signed.

    ``changed`` names the press files that are not those that were signed; ``untrusted`` says why a signature does
    not count.
    """

    role: str
    entry: Entry | None = None
    changed: tuple[str, ...] = ()
    untrusted: str = ""

    @property
    def reason(self) -> str:
        """What changed, in words."""
        return ", ".join(_WORDS.get(name, name) for name in dict.fromkeys(self.changed))

    @property
    def signed(self) -> bool:
        """Whether the stage's sign-off stands."""
        return self.entry is not None and not self.changed and not self.untrusted


class Status(Struct, frozen=True):
    """The stages in order, and whoever else signed, for the files as they are now."""

    build: Build
    stages: tuple[Standing, ...]
    entries: tuple[Entry, ...]

    @property
    def complete(self) -> bool:
        """Whether every stage is signed."""
        return all(stage.signed for stage in self.stages)


def status(out: Path, *, trust: Trust = EVERYBODY) -> Checked[Status]:
    """How the sign-offs of the build in ``out`` stand. Raises OSError.

    ``trust`` says whose sign-offs count only with a signature; the others need none. No value when the build or the
    ledger cannot be read. Codes: those of ``read_build`` and ``read_ledger``; unsigned, signature-void,
    signature-missing, signature-untrusted, signer-unknown, same-person, file-missing, file-changed; ledger-shortened
    (a warning: receipts quote a sign-off that is no longer there).
    """
    build, ledger = read_build(out), read_ledger(out)
    if build.value is None or ledger.value is None:
        return Checked(None, (*build.diagnostics, *ledger.diagnostics))
    faults = disk_faults(build.value)
    spoilt = tuple(str(Path(fault.span.path).relative_to(out).as_posix()) for fault in faults)
    roles = tuple(dict.fromkeys((*build.value.edition.roles, *trust.roles)))
    stages = tuple(_standing(role, build.value, ledger.value, spoilt, trust) for role in roles)
    found = (
        *_shortened(out, ledger.value),
        *faults,
        *(fault for stage in stages for fault in _stage_faults(stage, out)),
    )
    return Checked(Status(build.value, stages, ledger.value), (*found, *_person_faults(build.value, stages)))


def sign(
    out: Path,
    *,
    role: str,
    name: str,
    at: datetime,
    remark: str = "",
    signer: Signer | None = None,
    trust: Trust = EVERYBODY,
    identity: str = "",
) -> Checked[Entry]:
    """Record that ``name`` signs the build in ``out`` for ``role`` at ``at``. Raises OSError, TimeoutError.

    ``identity``, where given, is that of the build that was looked at. Codes: those of ``read_build``,
    ``read_ledger`` and ``disk_faults``; bad-name, unknown-role, same-person, other-build; warnings: role-order (an
    earlier stage is not signed yet), clock-behind (the last sign-off is later than now).
    """
    name, remark = " ".join(name.split()), " ".join(remark.split())
    if not out.is_dir():
        return Checked(None, read_build(out).diagnostics)
    with alone_in(out):
        read = status(out, trust=trust)
        if read.value is None:
            return Checked(None, read.diagnostics)
        build, stages = read.value.build, read.value.stages
        found = (
            *disk_faults(build),
            *_text_faults(name, remark),
            *_identity_faults(build, identity),
            *_refusals(build, stages, role, name, signer),
        )
        if has_errors(found):
            return Checked(None, found)
        entry = Entry(role, name, at.astimezone(UTC).isoformat(timespec="seconds"), remark, build.fingerprint)
        found = (*found, *_order(stages, role), *_clock(read.value.entries, entry))
        return Checked(append(out, read.value.entries, entry, signer), found)


def _shortened(out: Path, entries: tuple[Entry, ...]) -> Iterator[Diagnostic]:
    """Cutting lines off the end leaves a ledger that is whole; what went out meanwhile remembers them."""
    known = {entry.digest for entry in entries}
    for channel in receipt_channels(out):
        try:
            receipts = read_receipts(out, channel)
        except ValueError:  # told by whoever sends there
            continue
        for receipt in receipts:
            if any(dict(one).get("digest") not in known for one in receipt.signoffs):
                message = f"{receipt.file} quotes sign-offs that are not in {LEDGER}: lines were cut off its end"
                yield warning("ledger-shortened", message, Span(str(out / LEDGER)), "was it begun anew?")


def _clock(entries: tuple[Entry, ...], entry: Entry) -> Iterator[Diagnostic]:
    """Times are told by clocks, the order by the chain."""
    if entries and entries[-1].at > entry.at:
        message = f"the last sign-off is of {entries[-1].at}, this one of {entry.at}"
        yield warning("clock-behind", message, hint="set this machine's clock, or that of whoever signed before")


def _standing(role: str, build: Build, entries: tuple[Entry, ...], spoilt: tuple[str, ...], trust: Trust) -> Standing:
    """The role's last entry for these very files, else its last entry, which is void."""
    own = [entry for entry in entries if entry.role == role]
    if not own:
        return Standing(role)
    fitting = [entry for entry in own if dict(entry.files) == dict(build.fingerprint)]
    trusted = [entry for entry in fitting if not _untrusted(entry, trust)]
    entry = (trusted or fitting or own)[-1]
    return Standing(role, entry, (*_differing(entry, build), *spoilt), _untrusted(entry, trust))


def _differing(entry: Entry, build: Build) -> tuple[str, ...]:
    """Press files that were not signed as they are, and signed ones that are no longer there."""
    signed, now = dict(entry.files), dict(build.fingerprint)
    return tuple(name for name in (*now, *(signed.keys() - now.keys())) if signed.get(name) != now.get(name))


def _untrusted(entry: Entry, trust: Trust) -> str:
    """The code of what is wrong with the entry's signature, where its signer must have one."""
    known = {_person(name): key for name, key in trust.signers.items()}.get(_person(entry.name))
    if known is None:
        return "signer-unknown" if trust.signers_only else ""
    if not entry.key:
        return "signature-missing"
    return "" if same_key(known, entry.key) else "signature-untrusted"


def _stage_faults(stage: Standing, out: Path) -> Iterator[Diagnostic]:
    span = Span(str(out / LEDGER))
    if stage.entry is None:
        hint = f'layout sign {out} --role {stage.role} --name "..."'
        yield error("unsigned", f"{stage.role} is not signed", span, hint)
        return
    who = f"{stage.role} by {stage.entry.name}, {stage.entry.at}"
    if stage.changed:
        message = f"{who}: void, since {stage.reason} changed"
        yield error("signature-void", message, span, "look at the change and sign anew")
    if stage.untrusted == "signer-unknown":
        message = f"{who}: not among those whose sign-offs count"
        yield error(stage.untrusted, message, span, "see `signers` and `signers_only` in the configuration")
    elif stage.untrusted:
        message = f"{who}: not signed with the key that stands for {stage.entry.name} in the configuration"
        yield error(stage.untrusted, message, span, "sign with --key and that key")


def _person_faults(build: Build, stages: tuple[Standing, ...]) -> Iterator[Diagnostic]:
    signed = [stage for stage in stages if stage.signed]
    for index, stage in enumerate(signed):
        for other in signed[:index]:
            if not build.edition.same_person and _one_person(stage.entry, other.entry):
                yield _same_person(stage.role, other)


def _text_faults(name: str, remark: str) -> Iterator[Diagnostic]:
    """Characters that nobody sees make two names of one, or other words of a status."""
    for text in (name, remark):
        hidden = [f"U+{ord(one):04X}" for one in text if unicodedata.category(one) in _UNSEEN]
        if hidden:
            hint = "type it anew, without what a copy brought along"
            yield error("bad-name", f"{text!r} holds characters that are not seen: {', '.join(hidden)}", hint=hint)


def _identity_faults(build: Build, identity: str) -> Iterator[Diagnostic]:
    """``identity`` may be shortened, but not to nothing that tells."""
    if identity and not (len(identity) >= _TELLING and build.identity.startswith(identity)):
        hint = "look at the proof of this build, then sign it"
        yield error("other-build", f"the build here is {build.identity}, not {identity}", hint=hint)


def _refusals(
    build: Build, stages: tuple[Standing, ...], role: str, name: str, signer: Signer | None
) -> Iterator[Diagnostic]:
    roles = [stage.role for stage in stages]
    if not name:
        yield error("bad-name", "a sign-off needs the name of a person", hint='--name "..."')
    if role not in roles:
        known = f"the house style has {', '.join(roles)}" if roles else "the house style asks for no sign-off"
        yield error("unknown-role", f"{role!r} is no stage of review", hint=known)
    new = Entry(role, name, "", "", (), key=signer.public if signer else "")
    for stage in stages:
        if stage.signed and stage.role != role and not build.edition.same_person and _one_person(new, stage.entry):
            yield _same_person(role, stage)


def _same_person(role: str, other: Standing) -> Diagnostic:
    assert other.entry is not None
    message = f"{other.entry.name} has signed {other.role}: no two stages by one person, so not {role} too"
    return error("same-person", message, hint=_TWO_PERSONS)


def _one_person(one: Entry | None, other: Entry | None) -> bool:
    if one is None or other is None:
        return False
    return _person(one.name) == _person(other.name) or bool(one.key and same_key(one.key, other.key or "-"))


def _person(name: str) -> str:
    """A name for comparing: width, case and blanks do not make another person."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _order(stages: tuple[Standing, ...], role: str) -> Iterator[Diagnostic]:
    names = [stage.role for stage in stages]
    for stage in stages[: names.index(role)]:
        if not stage.signed:
            yield warning("role-order", f"{stage.role} comes before {role} and is not signed yet")
