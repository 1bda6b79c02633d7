"""What goes beside the press files: a manifest for people and programs, an XJDF job ticket for the plant's system."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from xml.etree import ElementTree

from layout import __version__
from layout.delivery.model import Artifact, Build, artifact
from layout.delivery.signoff import Standing

MANIFEST: Final = "manifest"
TICKET: Final = "ticket"
_XJDF: Final = "http://www.CIP4.org/JDFSchema_2_0"
_AGENT: Final = "newspaper-layout"


def manifest(build: Build, sent: Sequence[tuple[Artifact, str, int]], stages: Sequence[Standing]) -> Artifact:
    """The manifest: checksums, pages, press condition, sign-offs. ``sent``: each file with its name and version."""
    edition = build.edition
    titles = dict(edition.pages)
    files = [
        {
            "file": name,
            "version": version,
            "page": item.page,
            "title": titles.get(item.page, "") if item.page else "",
            "bytes": item.size,
            "sha256": item.sha256,
        }
        for item, name, version in sent
    ]
    values: dict[str, Any] = {
        "manifest": 1,
        "paper": edition.paper,
        "number": edition.number,
        "date": edition.date.isoformat(),
        "standard": edition.press.standard,
        "press": {
            "name": edition.press.name,
            "condition": edition.press.condition,
            "ink_limit": edition.press.ink_limit,
        },
        "files": files,
        "signoffs": [dict(one) for one in signoffs(stages)],
    }
    return artifact(MANIFEST, "application/json", (json.dumps(values, ensure_ascii=False, indent=2) + "\n").encode())


def ticket(build: Build, sent: Sequence[tuple[Artifact, str, int]], stages: Sequence[Standing]) -> Artifact:
    """A minimal XJDF 2 ticket: the job, who made it when, and the run list of files in page order.

    ``CheckSum`` is MD5, as XJDF has it; the manifest has sha256. The time is that of the last sign-off (the edition's
    day when nobody signs): a ticket of the same files is the same ticket.
    """
    edition = build.edition
    root = ElementTree.Element("XJDF", {"xmlns": _XJDF, "Version": "2.1", "JobID": _job(build), "Types": "Imposition"})
    root.set("DescriptiveName", f"{edition.paper} {edition.date.isoformat()}")
    signed = max((stage.entry.at for stage in stages if stage.entry and stage.signed), default="")
    created = ElementTree.SubElement(ElementTree.SubElement(root, "AuditPool"), "AuditCreated")
    time = signed or f"{edition.date.isoformat()}T00:00:00+00:00"
    _add(created, "Header", {"AgentName": _AGENT, "AgentVersion": __version__, "DeviceID": _AGENT, "Time": time})
    run_list = _add(root, "ResourceSet", {"Name": "RunList", "Usage": "Input"})
    for index, (item, name, _version) in enumerate(sent):
        resource = _add(run_list, "Resource", {})
        _add(resource, "Part", {"RunIndex": f"{index} {index}"})
        spec = _add(_add(resource, "RunList", {}), "FileSpec", {"URL": name, "MimeType": item.media_type})
        spec.set("FileSize", str(item.size))
        spec.set("CheckSum", hashlib.md5(item.data, usedforsecurity=False).hexdigest())
    ElementTree.indent(root)
    data = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
    return artifact(TICKET, "application/vnd.cip4-xjdf+xml", data)


def signoffs(stages: Sequence[Standing]) -> tuple[tuple[tuple[str, str], ...], ...]:
    """The stages that are signed: role, name, time, remark and the entry's digest in the ledger."""
    return tuple(
        (
            ("role", stage.role),
            ("name", stage.entry.name),
            ("at", stage.entry.at),
            ("remark", stage.entry.remark),
            ("digest", stage.entry.digest),
        )
        for stage in stages
        if stage.entry is not None and stage.signed
    )


def _job(build: Build) -> str:
    """The job's identifier, a name token: the date, and the issue's number as far as it is ASCII."""
    number = re.sub(r"[^A-Za-z0-9.-]", "", build.edition.number)
    return "-".join(part for part in (f"{build.edition.date:%Y%m%d}", number) if part)


def _add(parent: ElementTree.Element, name: str, attributes: Mapping[str, str]) -> ElementTree.Element:
    return ElementTree.SubElement(parent, name, dict(attributes))
