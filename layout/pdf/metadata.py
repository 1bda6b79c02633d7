"""Info dictionary and XMP packet: one set of facts, written twice, so that the two always agree."""

from datetime import date
from typing import Any, Final

from msgspec import Struct

from layout import __version__
from layout.pdf.objects import dictionary, string
from layout.pdf.profile import Standard

CREATOR: Final = f"newspaper-layout {__version__}"
PRODUCER: Final = f"newspaper-layout {__version__} (ReportLab)"
TRAPPED: Final = "False"  # nothing here spreads or chokes; the plant traps

_BEGIN: Final = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
_END: Final = '<?xpacket end="w"?>'
_ENTITIES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_SPACES: Final = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
}


class Facts(Struct, frozen=True):
    """What the file says about itself, in legal text.

    ``identity`` is a hash of its content; its dates are noon of ``day``, UTC+8.
    """

    title: str
    day: date
    standard: Standard
    identity: bytes


def info_dictionary(facts: Facts) -> Any:
    """The Info dictionary."""
    when = string(f"D:{facts.day.isoformat().replace('-', '')}120000+08'00'")
    entries = {
        "Title": string(facts.title),
        "Creator": string(CREATOR),
        "Producer": string(PRODUCER),
        "CreationDate": when,
        "ModDate": when,
        "Trapped": f"/{TRAPPED}",
    }
    return dictionary(entries | {key: string(value) for key, value in facts.standard.info})


def xmp_packet(facts: Facts) -> bytes:
    """The XMP packet in UTF-8."""
    when = f"{facts.day.isoformat()}T12:00:00+08:00"
    document = _uuid(facts.identity[:16])
    properties = [
        ("dc:format", "application/pdf"),
        ("xmp:CreateDate", when),
        ("xmp:ModifyDate", when),
        ("xmp:MetadataDate", when),
        ("xmp:CreatorTool", CREATOR),
        ("pdf:Producer", PRODUCER),
        ("pdf:Trapped", TRAPPED),
        ("xmpMM:DocumentID", document),
        ("xmpMM:InstanceID", document),
        ("xmpMM:VersionID", "1"),
        ("xmpMM:RenditionClass", "default"),
        *((f"pdfxid:{key}", value) for key, value in facts.standard.xmp),
    ]
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _SPACES.items() if prefix != "rdf")
    lines = [
        _BEGIN,
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">',
        f'<rdf:RDF xmlns:rdf="{_SPACES["rdf"]}">',
        f'<rdf:Description rdf:about="" {spaces}>',
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{_xml(facts.title)}</rdf:li></rdf:Alt></dc:title>',
        *(f"<{key}>{_xml(value)}</{key}>" for key, value in properties),
        "</rdf:Description>",
        "</rdf:RDF>",
        "</x:xmpmeta>",
        _END,
    ]
    return "\n".join(lines).encode()


def _uuid(digest: bytes) -> str:
    """A name-based identifier (RFC 9562, version 8: any hash)."""
    hexed = digest.hex()
    text = f"{hexed[:12]}8{hexed[13:16]}{'89ab'[digest[8] % 4]}{hexed[17:]}"
    return f"uuid:{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def legal(text: str) -> str:
    """The text without the characters that XML has no place for (XML 1.0, 2.2)."""
    return "".join(c for c in text if " " <= c < "\ud800" or (c > "\udfff" and c not in "\ufffe\uffff"))


def _xml(text: str) -> str:
    """Text of an element."""
    return text.translate(_ENTITIES)
