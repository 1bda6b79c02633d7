"""What kind of file it is: version, structure, what it claims to be."""

from collections.abc import Iterator

from layout.preflight.checks.case import X1A, X4, Case, Found
from layout.preflight.model import Document


def damaged(case: Case) -> Iterator[Found]:
    """A file whose structure has to be repaired is read differently by each program, and refused by some RIPs."""
    for what in case.facts.document.damage:
        yield Found(f"the file is damaged: {what}")


def not_fully_read(case: Case) -> Iterator[Found]:
    """A file that asks for more work than a page of print can need was not judged to its end; a RIP may fail on it."""
    for short in case.facts.shortfalls:
        yield Found(f"the file asks for {short.what}; it was not read to its end", short.page or None)


def version(case: Case) -> Iterator[Found]:
    """A PDF/X level builds on one version of PDF; what came later is not in it, and older RIPs do not know it."""
    found = case.facts.document.version
    if found > case.standard.version:
        wanted = ".".join(map(str, case.standard.version))
        yield Found(f"the file is PDF {found[0]}.{found[1]}; {case.standard.title} builds on {wanted}")


def object_streams(case: Case) -> Iterator[Found]:
    """Packed objects came with PDF 1.5: a RIP for PDF 1.4 finds no object in the file."""
    if case.facts.document.object_streams:
        yield Found("objects or the cross-reference table are packed into streams")


def encrypted(case: Case) -> Iterator[Found]:
    """An encrypted file may lock out the plant's own programs; every PDF/X level forbids it."""
    if case.facts.document.encrypted:
        yield Found("the file is encrypted")


def identifier(case: Case) -> Iterator[Found]:
    """The file identifier tells one version of a page from the next, through all renaming."""
    if not case.facts.document.identified:
        yield Found("the trailer has no /ID of two strings")


def claim(case: Case) -> Iterator[Found]:
    """A file says itself which PDF/X level it keeps; RIPs and plants choose their treatment by that."""
    document = case.facts.document
    if case.standard.name == X4:
        if document.metadata is not None and not document.metadata.fault:
            said = document.metadata.get("pdfxid:GTS_PDFXVersion")
            if said != "PDF/X-4":
                yield Found(f"the XMP packet says {said or 'nothing'} where PDF/X-4 belongs (pdfxid:GTS_PDFXVersion)")
        return
    said, conformance = document.info.get("GTS_PDFXVersion"), document.info.get("GTS_PDFXConformance")
    if said != "PDF/X-1a:2003" and (said, conformance) != ("PDF/X-1:2001", "PDF/X-1a:2001"):
        yield Found(f"Info says {said or 'nothing'} where PDF/X-1a:2003 belongs (GTS_PDFXVersion)")


def claimed_standard(document: Document) -> str:
    """The level that a file claims; x4 when it claims none."""
    said = document.info.get("GTS_PDFXVersion") or ""
    named = document.metadata.get("pdfxid:GTS_PDFXVersion") if document.metadata else None
    return X1A if said.startswith("PDF/X-1") and named != "PDF/X-4" else X4
