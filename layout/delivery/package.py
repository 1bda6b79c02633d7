"""The press files of a build, read from ``report.json`` and compared with what is on the disk now."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from layout.core import Checked, Diagnostic, Span, error
from layout.delivery.model import Artifact, Build, Edition, PressCondition, PressFile, artifact, first_page, sha256

REPORT: Final = "report.json"

_FILE: Final = re.compile(r"issue\.pdf|pages/(?P<first>[0-9]{2,4})(?:-(?P<last>[0-9]{2,4}))?\.pdf")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_REBUILD: Final = "run `layout build` again: the same issue gives the same files, and their sign-offs stand"


def read_build(out: Path) -> Checked[Build]:
    """The build in ``out``. Codes: no-build (nothing built there), report-broken. Raises OSError."""
    path = out / REPORT
    span = Span(str(path))
    if not path.is_file():
        hint = "build the issue first: layout build"
        return Checked(None, (error("no-build", f"{out} holds no press files: {REPORT} is missing", span, hint),))
    try:
        build = _build(out, json.loads(path.read_text("utf-8")))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        message = f"{path} is not what a build writes: {type(fault).__name__} {fault}"
        return Checked(None, (error("report-broken", message, span, "run `layout build` again"),))
    return Checked(build)


def disk_faults(build: Build) -> tuple[Diagnostic, ...]:
    """Press files that are gone or are not those that the build made. Codes: file-missing, file-changed."""
    return tuple(fault for file in build.files if (fault := _fault(build, file)) is not None)


def read_artifact(build: Build, file: PressFile) -> Checked[Artifact]:
    """A press file's bytes, which are those that were signed. Codes: file-missing, file-changed."""
    path = build.out / file.name
    made = artifact(file.name, "application/pdf", path.read_bytes(), pages=file.pages) if path.is_file() else None
    if made is not None and made.sha256 == file.sha256:
        return Checked(made)
    return Checked(None, (_changed(build, file, missing=made is None),))


def _build(out: Path, report: Mapping[str, Any]) -> Build:
    edition, press = report["edition"], report["press"]
    condition = PressCondition(press["name"], press["condition"], float(press["ink_limit"]), edition["standard"])
    signoff = edition["signoff"]
    files = tuple(_file(name, facts) for name, facts in report["files"].items())
    if not report["ok"] or not files:
        msg = "no press files"
        raise ValueError(msg)
    return Build(
        out,
        Edition(
            paper=str(edition["paper"]),
            number=str(edition["number"] or ""),
            date=date.fromisoformat(edition["date"]),
            pages=tuple((int(page["number"]), str(page["title"])) for page in edition["pages"]),
            press=condition,
            roles=tuple(map(str, signoff["roles"])),
            same_person=bool(signoff["same_person"]),
        ),
        files,
        sha256(json.dumps([edition, press], ensure_ascii=False, sort_keys=True).encode()),
    )


def _file(name: str, facts: Mapping[str, Any]) -> PressFile:
    found = _FILE.fullmatch(name)
    if found is None or not _SHA256.fullmatch(facts["sha256"]):
        msg = f"{name!r} is no press file"
        raise ValueError(msg)
    first, last = (int(found[part] or found["first"] or 0) for part in ("first", "last"))
    if last < first:
        msg = f"{name!r} ends before it begins"
        raise ValueError(msg)
    pages = tuple(range(first, last + 1)) if found["first"] else ()
    return PressFile(name, int(facts["bytes"]), facts["sha256"], pages)


def _fault(build: Build, file: PressFile) -> Diagnostic | None:
    path = build.out / file.name
    if not path.is_file():
        return _changed(build, file, missing=True)
    with path.open("rb") as data:
        same = hashlib.file_digest(data, "sha256").hexdigest() == file.sha256
    return None if same else _changed(build, file, missing=False)


def _changed(build: Build, file: PressFile, *, missing: bool) -> Diagnostic:
    code, what = ("file-missing", "is gone") if missing else ("file-changed", "is not the file that the build made")
    return error(code, f"{file.name} {what}", Span(str(build.out / file.name)), _REBUILD, first_page(file.pages))
