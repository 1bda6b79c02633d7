"""What may go where: the press files that carry all sign-offs, and what each is called at the receiver."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

from layout.core import Checked, Diagnostic, Severity, error, has_errors, warning
from layout.delivery.model import Build, PressFile, first_page
from layout.delivery.names import UnusableNameError, Value, fill
from layout.delivery.settings import ChannelSettings, Configuration
from layout.delivery.sidecars import MANIFEST, TICKET
from layout.delivery.signoff import Standing, status

_ENDINGS: Final = {TICKET: ".xjdf", MANIFEST: ".json"}
_UNSIGNED: Final = frozenset(
    {"unsigned", "signature-void", "signature-missing", "signature-untrusted", "signer-unknown", "same-person"}
)
_TITLE_LENGTH: Final = 80


class RefusedError(Exception):
    """Something was found on the way for which the sending must end; ``diagnostics`` say what."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(diagnostics[0].message)
        self.diagnostics = diagnostics


class Order(Struct, frozen=True):
    """What is to go where: a build, its sign-offs, the channel; ``again``: also what went before."""

    build: Build
    stages: tuple[Standing, ...]
    settings: ChannelSettings
    unsigned_proof: bool = False
    again: bool = False

    @property
    def files(self) -> tuple[PressFile, ...]:
        """The press files that the channel takes, in page order, the whole issue last."""
        return wanted_files(self.build, self.settings)

    @property
    def sidecars(self) -> tuple[str, ...]:
        """The keys of what goes along; the manifest is last: whoever finds it finds everything else."""
        wanted = self.settings.ticket and self.settings.address.kind != "printer"
        return (TICKET, MANIFEST) if wanted else ()


def place_order(
    out: Path,
    settings: ChannelSettings,
    configuration: Configuration,
    *,
    unsigned_proof: bool = False,
    again: bool = False,
) -> Checked[Order]:
    """The order of the build in ``out`` for a channel; no value when nothing may be sent. Raises OSError.

    Codes: those of ``status``; not-a-proof-printer; nothing-to-send. With ``unsigned_proof``, to a printer for
    proofs, missing sign-offs are warnings.
    """
    if unsigned_proof and not (settings.proof and settings.address.kind == "printer"):
        hint = "press files leave only with their sign-offs; a printer for proofs has proof: true in its channel"
        message = f"{settings.name} is no printer for proofs: --unsigned-proof is not for it"
        return Checked(None, (error("not-a-proof-printer", message, settings.span, hint),))
    read = status(out, trust=configuration.trust)
    found = tuple(map(_forgiven, read.diagnostics)) if unsigned_proof else read.diagnostics
    if read.value is None or has_errors(found):
        return Checked(None, found)
    if not wanted_files(read.value.build, settings):
        message = f"the build has none of what {settings.name} wants: {settings.files}"
        return Checked(None, (*found, error("nothing-to-send", message, settings.span)))
    return Checked(Order(read.value.build, read.value.stages, settings, unsigned_proof, again), found)


def wanted_files(build: Build, settings: ChannelSettings) -> tuple[PressFile, ...]:
    """The press files of a build that a channel takes, in page order, the whole issue last."""
    pages = tuple(sorted((file for file in build.files if file.pages), key=lambda file: file.pages))
    whole = tuple(file for file in build.files if not file.pages)
    return {"pages": pages, "issue": whole, "all": pages + whole}[settings.files]


def pattern_of(settings: ChannelSettings, key: str, pages: tuple[int, ...]) -> str:
    """The pattern for the name of an artifact."""
    if key in _ENDINGS:
        return settings.names.sidecar
    return settings.names.page if pages else settings.names.issue


def file_name(order: Order, key: str, pages: tuple[int, ...], version: int) -> str:
    """An artifact's name at the receiver. Raises RefusedError: bad-name."""
    edition, settings = order.build.edition, order.settings
    values: Mapping[str, Value] = {
        "paper": settings.paper or edition.paper,
        "number": edition.number,
        "date": edition.date,
        "section": settings.section,
        "page": pages,
        "version": version,
    }
    try:
        return fill(pattern_of(settings, key, pages), values, _ENDINGS.get(key, ".pdf"))
    except UnusableNameError as fault:
        hint = "give the channel a short ASCII name of the paper, as in paper: YB"
        raise RefusedError(error("bad-name", str(fault), settings.span, hint, first_page(pages))) from None


def job_title(order: Order, key: str) -> str:
    """A print job's title, as an operator reads it."""
    edition = order.build.edition
    return f"{edition.paper} {edition.date.isoformat()}"[:_TITLE_LENGTH] + f" {key}"


def twice(names: tuple[str, ...]) -> Iterator[Diagnostic]:
    """Names that two artifacts would have. Code name-twice."""
    for index, name in enumerate(names):
        if name in names[:index]:
            yield error("name-twice", f"two files would be called {name}", hint="make the patterns in `names` differ")


def _forgiven(one: Diagnostic) -> Diagnostic:
    """For a proof, a missing sign-off is only worth a warning."""
    forgive = one.severity is Severity.ERROR and one.code in _UNSIGNED
    return warning(one.code, one.message, one.span, one.hint, one.page) if forgive else one
