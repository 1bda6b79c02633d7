"""The XMP packet (ISO 16684-1): simple properties by prefix and name."""

from typing import Final
from xml.etree.ElementTree import Element, ParseError, XMLParser

from layout.preflight.model import Metadata

_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_PREFIXES: Final = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/pdf/1.3/": "pdf",
    "http://ns.adobe.com/xap/1.0/mm/": "xmpMM",
    "http://www.npes.org/pdfx/ns/id/": "pdfxid",
    "http://ns.adobe.com/pdfx/1.3/": "pdfx",
}
_PACKET_MAX: Final = 4 << 20


def read_packet(data: bytes, *, filtered: bool) -> Metadata:
    """The properties of a packet. Only the name spaces that PDF/X asks for are kept."""
    if len(data) > _PACKET_MAX:
        return Metadata(fault=f"it has {len(data) >> 20} MB", filtered=filtered)
    if b"<!" in data:  # no packet needs a document type, and entities unfold without end
        return Metadata(fault="it has a document type declaration", filtered=filtered)
    parser = XMLParser()  # noqa: S314 - entities are refused above
    try:
        parser.feed(data[max(0, data.find(b"<")) :].rstrip(b"\0"))
        root = parser.close()
    except (ParseError, ValueError, LookupError, RecursionError) as fault:
        return Metadata(fault=f"it is no XML ({fault})", filtered=filtered)
    values: dict[str, str] = {}
    for description in root.iter(f"{_RDF}Description"):
        for tag, value in description.attrib.items():
            values.setdefault(_key(tag), value)
        for child in description:
            values.setdefault(_key(child.tag), _text(child))
    values.pop("", None)
    return Metadata(tuple(sorted(values.items())), filtered=filtered)


def _key(tag: str) -> str:
    space, _, local = tag[1:].partition("}") if tag.startswith("{") else ("", "", "")
    return f"{_PREFIXES[space]}:{local}" if space in _PREFIXES else ""


def _text(element: Element) -> str:
    """The value of a property: its text, or that of the first entry of its list."""
    first = next(element.iter(f"{_RDF}li"), element)
    return (first.text or "").strip()
