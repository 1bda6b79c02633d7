"""The sign-offs (签样) of the build beside the proof, for the browser: who signed, what is missing or void."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from msgspec.structs import replace

from layout.core import NOWHERE, Checked, Diagnostic
from layout.pipeline.build import REPORT
from layout.proof import Record

if TYPE_CHECKING:
    from layout.delivery import Standing, Trust
    from layout.delivery.model import Build

Trusted: TypeAlias = "Callable[[], Checked[Trust] | None]"
"""Gives what the configuration says of sign-offs; asked only where something is built, since it has to be read."""
_TOLD: Final = {"unsigned", "signature-void", "signature-missing", "signature-untrusted", "signer-unknown"}
"""Faults that the stages tell themselves."""


def nothing_said() -> None:
    """No configuration."""


def signoff_record(out: Path, pages: Sequence[Record], trusted: Trusted) -> Record | None:
    """How the sign-offs of the build in ``out`` stand, and which of the proof's pages are those that were built.

    None where nothing is built. Raises OSError.
    """
    if not (out / REPORT).is_file():
        return None
    from layout.delivery import status

    said = trusted()
    if said is not None and said.value is None:  # a page is proofed even so
        return _unread([str(each) for each in said.diagnostics])
    read = status(out) if said is None or said.value is None else status(out, trust=said.value)
    faults = [_plain(each) for each in read.diagnostics if each.code not in _TOLD]
    if read.value is None:
        return _unread(faults)
    built = _built(read.value.build)
    shown = {page["folio"]: built.get(page["folio"]) == page["sha256"] for page in pages}
    return {
        "stages": [_stage(stage) for stage in read.value.stages],
        "complete": read.value.complete,
        "pages": {str(folio): same for folio, same in shown.items()},
        "faults": faults,
    }


def _unread(faults: list[str]) -> Record:
    """Sign-offs of which nothing is known."""
    return {"stages": [], "complete": False, "pages": {}, "faults": faults}


def _built(build: "Build") -> dict[int, str]:
    """The checksum of each page's press file."""
    return {number: file.sha256 for file in build.files for number in file.pages}


def _stage(stage: "Standing") -> dict[str, Any]:
    entry = stage.entry
    state = "missing" if entry is None else "signed" if stage.signed else "void" if stage.changed else "untrusted"
    return {
        "role": stage.role,
        "state": state,
        "name": entry.name if entry else "",
        "at": entry.at if entry else "",
        "remark": entry.remark if entry else "",
        "key": bool(entry and entry.key),
        "changed": stage.reason,
    }


def _plain(each: Diagnostic) -> str:
    return str(replace(each, span=NOWHERE))
