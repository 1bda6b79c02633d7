"""The XJDF ticket against the rules of XJDF 2.1 for every element that it uses.

The rules are a table, written after the published schema of CIP4 (XJDF Schema 2.1.43), which its licence keeps out of
here; ``Part`` after the specification. A schema is made of the table, and libxml2 validates with it: a parser and a
validator that have nothing in common with what wrote the ticket.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import md5
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from delivery_samples import deliver, make_build, pdf, settings_of, sign_all, signed_build

from layout.delivery import Status, status
from layout.delivery.model import Artifact, artifact
from layout.delivery.sidecars import ticket

NAMESPACE = "http://www.CIP4.org/JDFSchema_2_0"
X = f"{{{NAMESPACE}}}"
ANY = "unbounded"

etree: Any = import_module("lxml.etree")


@dataclass(frozen=True)
class Element:
    """Children in their order, with the least and the largest number; attributes with their types."""

    children: tuple[tuple[str, int, str], ...] = ()
    required: tuple[tuple[str, str], ...] = ()
    optional: tuple[tuple[str, str], ...] = ()


RULES = {
    "XJDF": Element(
        (("AuditPool", 0, "1"), ("GeneralID", 0, ANY), ("ProductList", 0, "1"), ("ResourceSet", 0, ANY)),
        required=(("JobID", "xs:NMTOKEN"), ("Types", "xs:NMTOKENS")),
        optional=(("DescriptiveName", "xs:string"), ("Version", "Version")),
    ),
    "AuditPool": Element((("AuditCreated", 0, ANY),)),
    "AuditCreated": Element((("Header", 1, "1"),)),
    "Header": Element(
        required=(("DeviceID", "xs:NMTOKEN"), ("Time", "xs:dateTime")),
        optional=(("AgentName", "xs:string"), ("AgentVersion", "xs:string")),
    ),
    "GeneralID": Element(required=(("IDUsage", "xs:NMTOKEN"), ("IDValue", "xs:string"))),
    "ProductList": Element((("Product", 1, ANY),)),
    "Product": Element(optional=(("DescriptiveName", "xs:string"), ("ProductType", "xs:NMTOKEN"))),
    "ResourceSet": Element((("Resource", 0, ANY),), required=(("Name", "xs:NMTOKEN"),), optional=(("Usage", "Usage"),)),
    "Resource": Element((("Part", 0, ANY), ("RunList", 0, "1")), optional=(("DescriptiveName", "xs:string"),)),
    "Part": Element(optional=(("RunIndex", "IntegerRange"),)),
    "RunList": Element((("FileSpec", 0, "1"),), optional=(("NPage", "xs:int"), ("FinishedPages", "xs:int"))),
    "FileSpec": Element(
        optional=(
            ("URL", "xs:anyURI"),
            ("MimeType", "xs:string"),
            ("FileSize", "xs:long"),
            ("CheckSum", "xs:hexBinary"),
        )
    ),
}

TYPES = """
<xs:simpleType name="Version"><xs:restriction base="xs:string">
  <xs:enumeration value="2.0"/><xs:enumeration value="2.1"/></xs:restriction></xs:simpleType>
<xs:simpleType name="Usage"><xs:restriction base="xs:NMTOKEN">
  <xs:enumeration value="Input"/><xs:enumeration value="Output"/></xs:restriction></xs:simpleType>
<xs:simpleType name="Integers"><xs:list itemType="xs:int"/></xs:simpleType>
<xs:simpleType name="IntegerRange"><xs:restriction base="Integers">
  <xs:length value="2"/></xs:restriction></xs:simpleType>
"""


def schema() -> Any:
    """The table as an XML schema."""
    elements = []
    for name, rule in RULES.items():
        children = "".join(
            f'<xs:element ref="{child}" minOccurs="{a}" maxOccurs="{z}"/>' for child, a, z in rule.children
        )
        attributes = [(*one, "required") for one in rule.required] + [(*one, "optional") for one in rule.optional]
        listed = "".join(f'<xs:attribute name="{key}" type="{kind}" use="{use}"/>' for key, kind, use in attributes)
        sequence = f"<xs:sequence>{children}</xs:sequence>"
        elements.append(f'<xs:element name="{name}"><xs:complexType>{sequence}{listed}</xs:complexType></xs:element>')
    head = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="{NAMESPACE}" targetNamespace="{NAMESPACE}"'
    text = f'{head} elementFormDefault="qualified">{TYPES}{"".join(elements)}</xs:schema>'
    return etree.XMLSchema(etree.fromstring(text.encode()))


SCHEMA = schema()


def parse(data: bytes) -> Any:
    """The ticket's root, when it is valid."""
    root = etree.fromstring(data)
    SCHEMA.assertValid(root)
    return root


def standing(out: Path) -> Status:
    read = status(out)
    assert read.value is not None
    return read.value


def made(out: Path, names: dict[str, str]) -> Artifact:
    """The ticket of the press files of ``out`` that are in ``names``, each as it is called at the receiver."""
    now = standing(out)
    files = [file for file in now.build.files if file.name in names]
    sent = [
        (artifact(f.name, "application/pdf", (out / f.name).read_bytes(), pages=f.pages), names[f.name], 1)
        for f in files
    ]
    return ticket(now.build, sent, now.stages)


def test_pages_in_order_with_their_checksums(tmp_path: Path) -> None:
    pages = {1: pdf(1), 2: pdf(2), 13: pdf(3)}
    out = signed_build(tmp_path / "out", pages)
    (tmp_path / "in").mkdir()
    deliver(out, settings_of(tmp_path, {"url": f"file://{tmp_path}/in", "paper": "YB"}))
    root = parse((tmp_path / "in" / "YB20240108v1.xjdf").read_bytes())
    assert (root.get("JobID"), root.get("Types"), root.get("Version")) == ("20240108-128", "Product", "2.1")
    assert root.find(f"{X}GeneralID").attrib == {"IDUsage": "PressCondition", "IDValue": "IFRA26"}
    assert root.find(f"{X}ProductList/{X}Product").get("ProductType") == "Newspaper"
    assert root.find(f"{X}AuditPool/{X}AuditCreated/{X}Header").get("Time") == "2024-01-07T22:02:00+00:00"
    assert [part.get("RunIndex") for part in root.iter(f"{X}Part")] == ["0 0", "1 1", "2 2"]
    assert [one.get("DescriptiveName") for one in root.iter(f"{X}Resource")] == ["1 要闻", "2 要闻", "13 要闻"]
    for spec in root.iter(f"{X}FileSpec"):
        data = (tmp_path / "in" / spec.get("URL")).read_bytes()
        assert spec.get("CheckSum") == md5(data, usedforsecurity=False).hexdigest()
        assert int(spec.get("FileSize")) == len(data)


def test_the_whole_issue_is_one_file_of_many_pages(tmp_path: Path) -> None:
    out = signed_build(tmp_path, {1: pdf(1), 2: pdf(2), 3: pdf(3)})
    root = parse(made(out, {"issue.pdf": "i.pdf"}).data)
    assert [part.get("RunIndex") for part in root.iter(f"{X}Part")] == ["0 2"]
    assert root.find(f".//{X}RunList").attrib == {"NPage": "3", "FinishedPages": "3"}


def test_pages_that_go_with_the_whole_issue_are_listed_once(tmp_path: Path) -> None:
    out = signed_build(tmp_path, {1: pdf(1), 2: pdf(2)})
    names = {"pages/01.pdf": "1.pdf", "pages/02.pdf": "2.pdf", "issue.pdf": "i.pdf"}
    root = parse(made(out, names).data)
    assert [spec.get("URL") for spec in root.iter(f"{X}FileSpec")] == ["1.pdf", "2.pdf"]


def test_a_spread_is_one_page_of_two_finished_ones(tmp_path: Path) -> None:
    out = sign_all(make_build(tmp_path, {1: pdf(1), (4, 5): pdf(2)}))
    root = parse(made(out, {"pages/01.pdf": "1.pdf", "pages/04-05.pdf": "4-5.pdf"}).data)
    assert [part.get("RunIndex") for part in root.iter(f"{X}Part")] == ["0 0", "1 1"]
    assert [dict(run.attrib) for run in root.iter(f"{X}RunList")] == [
        {"NPage": "1", "FinishedPages": "1"},
        {"NPage": "1", "FinishedPages": "2"},
    ]
    assert [one.get("DescriptiveName") for one in root.iter(f"{X}Resource")] == ["1 要闻", "4 要闻, 5 要闻"]


def test_an_issue_that_nobody_signs(tmp_path: Path) -> None:
    out = make_build(tmp_path, signoff={"roles": [], "same_person": False})
    root = parse(made(out, {"pages/01.pdf": "1.pdf"}).data)
    time = datetime.fromisoformat(root.find(f".//{X}Header").get("Time"))
    assert time == datetime(2024, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize("text", ["第128期（总第9号）", "A & B <12>", '"', "", "\x0b\x00", "年\ufffe"])
def test_any_words_make_a_valid_ticket(tmp_path: Path, text: str) -> None:
    out = make_build(tmp_path, number=text, paper=f"报{text}", signoff={"roles": [], "same_person": False})
    report = json.loads((out / "report.json").read_text("utf-8"))
    report["edition"]["pages"][0]["title"] = text
    (out / "report.json").write_text(json.dumps(report), "utf-8")
    root = parse(made(out, {"pages/01.pdf": "1.pdf"}).data)
    assert root.get("JobID").startswith("20240108")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b' JobID="20240108-128"', b""),
        (b'JobID="20240108-128"', b'JobID="20240108 128"'),
        (b' Types="Product"', b""),
        (b'Version="2.1"', b'Version="1.7"'),
        (b'RunIndex="0 0"', b'RunIndex="0"'),
        (b' DeviceID="newspaper-layout"', b""),
        (b'Time="2024', b'Time="24'),
        (b'CheckSum="', b'CheckSum="x'),
        (b' Name="RunList"', b""),
        (b'Usage="Input"', b'Usage="input"'),
        (b"JDFSchema_2_0", b"JDFSchema_1_1"),
        (b"<Part RunIndex", b"<Part Sheet"),
        (b"AuditCreated>", b"Created>"),
    ],
)
def test_the_rules_refuse_what_is_none(tmp_path: Path, old: bytes, new: bytes) -> None:
    data = made(signed_build(tmp_path), {"pages/01.pdf": "1.pdf"}).data
    assert old in data
    with pytest.raises((etree.DocumentInvalid, etree.XMLSyntaxError)):
        parse(data.replace(old, new))
