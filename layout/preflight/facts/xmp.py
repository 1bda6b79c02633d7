"""The XMP packet (ISO 16684-1): simple properties by prefix and name."""

from collections.abc import Iterator
from pyexpat import ExpatError, ParserCreate
from typing import Final

from layout.preflight.model import Metadata

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
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
    try:
        root = _tree(data[max(0, data.find(b"<")) :].rstrip(b"\0"))
    except (ExpatError, ValueError, LookupError) as fault:
        return Metadata(fault=f"it is no XML ({fault})", filtered=filtered)
    values: dict[str, str] = {}
    for description in root.named(f"{_RDF} Description"):
        for tag, value in description.attributes.items():
            values.setdefault(_key(tag), value)
        for child in description.children:
            values.setdefault(_key(child.tag), _text(child))
    values.pop("", None)
    return Metadata(tuple(sorted(values.items())), filtered=filtered)


class _Element:
    """An element: its tag and attributes with their name spaces before a space, and the text before its children."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag, self.attributes = tag, attributes
        self.children: list[_Element] = []
        self.text = ""

    def named(self, tag: str) -> Iterator["_Element"]:
        """Itself and those inside that have a tag, in the order of the packet."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            waiting += reversed(one.children)
            if one.tag == tag:
                yield one


def _tree(data: bytes) -> _Element:
    """The root element. Raises ExpatError, and ValueError or LookupError for what no packet may have."""
    top = _Element("", {})
    opened = [top]

    def start(tag: str, attributes: dict[str, str]) -> None:
        element = _Element(tag, attributes)
        opened[-1].children.append(element)
        opened.append(element)

    def take(text: str) -> None:
        if not opened[-1].children:
            opened[-1].text += text

    def refuse(*_declared: object) -> None:  # no packet needs one, and entities unfold without end
        raise ValueError("a document type declaration")

    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _tag: opened.pop()
    parser.CharacterDataHandler = take
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(data, True)  # noqa: FBT003 - that this is all of it
    return top.children[0]


def _key(tag: str) -> str:
    space, _, local = tag.rpartition(" ")
    return f"{_PREFIXES[space]}:{local}" if space in _PREFIXES else ""


def _text(element: _Element) -> str:
    """The value of a property: its text, or that of the first entry of its list."""
    return next(element.named(f"{_RDF} li"), element).text.strip()
