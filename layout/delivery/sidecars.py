"""What goes beside the press files: a manifest for people and programs, an XJDF job ticket for the plant's system."""

import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any, Final
from xml.etree import ElementTree

from layout import __version__
from layout.delivery.model import Artifact, Build, artifact
from layout.delivery.signoff import Standing

MANIFEST: Final = "manifest"
TICKET: Final = "ticket"
_XJDF: Final = "http://www.CIP4.org/JDFSchema_2_0"
_NO_XML: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 does not have (section 2.2)."""
_AGENT: Final = "newspaper-layout"


def manifest(build: Build, sent: Sequence[tuple[Artifact, str, int]], stages: Sequence[Standing]) -> Artifact:
    """The manifest: checksums, pages, press condition, sign-offs. ``sent``: each file with its name and version."""
    edition = build.edition
    titles = dict(edition.pages)
    files = [
        {
            "file": name,
            "version": version,
            "pages": [{"number": page, "title": titles.get(page, "")} for page in _pages_of(build, item)],
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
    """A minimal XJDF 2.1 ticket: the newspaper, the press condition, who made it when, the run list in page order.

    The plant plans the rest and finds the pages by name. A run list has each page once: where the whole issue goes
    along with its pages, it is the pages. The time is that of the last sign-off (the edition's day when nobody
    signs): a ticket of the same files is the same ticket.
    """
    edition = build.edition
    title = f"{edition.paper} {edition.date.isoformat()}"
    root = ElementTree.Element("XJDF", {"xmlns": _XJDF, "Version": "2.1", "JobID": _job(build), "Types": "Product"})
    root.set("DescriptiveName", _NO_XML.sub("", title))
    signed = max((stage.entry.at for stage in stages if stage.entry and stage.signed), default="")
    created = _add(_add(root, "AuditPool"), "AuditCreated")
    time = signed or f"{edition.date.isoformat()}T00:00:00+00:00"
    _add(created, "Header", AgentName=_AGENT, AgentVersion=__version__, DeviceID=_AGENT, Time=time)
    _add(root, "GeneralID", IDUsage="PressCondition", IDValue=edition.press.condition)
    _add(_add(root, "ProductList"), "Product", ProductType="Newspaper", DescriptiveName=title)
    run_list = _add(root, "ResourceSet", Name="RunList", Usage="Input")
    pages = [one for one in sent if one[0].pages]
    _run(run_list, build, pages or sent)
    ElementTree.indent(root)
    data = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
    return artifact(TICKET, "application/vnd.cip4-xjdf+xml", data)


def _run(run_list: ElementTree.Element, build: Build, sent: Sequence[tuple[Artifact, str, int]]) -> None:
    """The files one after the other; RunIndex counts their pages from 0. CheckSum is MD5, as XJDF has it."""
    index, titles = 0, dict(build.edition.pages)
    for item, name, _version in sent:
        count = 1 if item.pages else max(1, sum(1 for file in build.files if file.pages))
        words = (f"{page} {titles.get(page, '')}".strip() for page in _pages_of(build, item))
        resource = _add(run_list, "Resource", DescriptiveName=", ".join(words))
        _add(resource, "Part", RunIndex=f"{index} {index + count - 1}")
        finished = len(_pages_of(build, item))
        run = _add(resource, "RunList", NPage=str(count), FinishedPages=str(finished))
        digest = hashlib.md5(item.data, usedforsecurity=False).hexdigest()
        _add(run, "FileSpec", URL=name, MimeType=item.media_type, FileSize=str(item.size), CheckSum=digest)
        index += count


def _pages_of(build: Build, item: Artifact) -> tuple[int, ...]:
    """The page numbers of a file; all of the edition's for the whole issue."""
    return item.pages or tuple(number for number, _ in build.edition.pages)


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


def _add(parent: ElementTree.Element, name: str, **attributes: str) -> ElementTree.Element:
    return ElementTree.SubElement(parent, name, {key: _NO_XML.sub("", text) for key, text in attributes.items()})
