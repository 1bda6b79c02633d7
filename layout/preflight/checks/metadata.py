"""Info dictionary and XMP packet."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from layout.preflight.checks.case import X1A, X4, Case, Found

_REQUIRED: Final = (
    "dc:title",
    "xmp:CreateDate",
    "xmp:ModifyDate",
    "xmp:MetadataDate",
    "xmpMM:DocumentID",
    "xmpMM:VersionID",
    "xmpMM:RenditionClass",
)
_INFO_REQUIRED: Final = ("Title", "CreationDate", "ModDate")
_PAIRS: Final = (("Title", "dc:title"), ("GTS_PDFXVersion", "pdfxid:GTS_PDFXVersion"))
_DATE_PAIRS: Final = (("CreationDate", "xmp:CreateDate"), ("ModDate", "xmp:ModifyDate"))
_PDF_DATE: Final = re.compile(
    r"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:Z(?:00'?00'?)?|([+-])(\d\d)'?(\d\d)?'?)?"
)


def info_missing(case: Case) -> Iterator[Found]:
    """PDF/X-1a keeps title and dates in the Info dictionary: they name the file in the plant's queue."""
    for key in _INFO_REQUIRED:
        if not case.facts.document.info.get(key):
            yield Found(f"Info has no {key}")


def info_not_text(case: Case) -> Iterator[Found]:
    """All values of the Info dictionary but Trapped are text; anything else stops programs that read it."""
    for key in case.facts.document.info.strange:
        yield Found(f"{key} in Info is no text")


def trapped(case: Case) -> Iterator[Found]:
    """A page says whether its colours overlap already, so that the plant traps it once: neither twice nor never."""
    document = case.facts.document
    said = document.info.trapped
    if said not in {"/True", "/False"} and (case.standard.name == X1A or said is not None):
        yield Found(f"Trapped in Info is {said or 'missing'}; the names True and False are allowed")
    if case.standard.name == X4 and document.metadata and not document.metadata.fault:
        value = document.metadata.get("pdf:Trapped")
        if value not in {"True", "False"}:
            yield Found(f"pdf:Trapped in the XMP packet is {value or 'missing'}; True and False are allowed")


def disagreement(case: Case) -> Iterator[Found]:
    """What Info and XMP both say must be the same: else two programs show two different files."""
    info, metadata = case.facts.document.info, case.facts.document.metadata
    if metadata is None or metadata.fault:
        return
    for key, name in _PAIRS:
        ours, theirs = info.get(key), metadata.get(name)
        # PDF/X-1a knows no pdfxid: what is not in the packet cannot disagree with Info.
        if ours is not None and theirs is not None and ours != theirs:
            yield Found(f"{key} in Info is {ours!r}, {name} is {theirs!r}")
    for key, name in _DATE_PAIRS:
        ours, theirs = info.get(key), metadata.get(name)
        if ours and theirs and _moment(ours) != _moment(theirs):
            yield Found(f"{key} in Info is {ours}, {name} is {theirs}")
    said, value = info.trapped, metadata.get("pdf:Trapped")
    if said in {"/True", "/False"} and value in {"True", "False"} and said != f"/{value}":
        yield Found(f"Trapped in Info is {said[1:]}, pdf:Trapped is {value}")


def packet_missing(case: Case) -> Iterator[Found]:
    """PDF/X-4 says in its XMP packet what it is; without one it is no PDF/X-4."""
    if case.facts.document.metadata is None:
        yield Found("the file has no XMP packet")


def packet_broken(case: Case) -> Iterator[Found]:
    """An XMP packet that is no sound XML tells nothing to any program."""
    metadata = case.facts.document.metadata
    if metadata and metadata.fault:
        yield Found(f"the XMP packet cannot be read: {metadata.fault}")


def packet_incomplete(case: Case) -> Iterator[Found]:
    """Title, dates and identifiers in the packet let plants tell a corrected page from the one before."""
    metadata = case.facts.document.metadata
    if metadata and not metadata.fault:
        for name in _REQUIRED:
            if not metadata.get(name):
                yield Found(f"the XMP packet has no {name}")


def packet_filtered(case: Case) -> Iterator[Found]:
    """A packet that is written plain can be found and read by programs that know no PDF."""
    metadata = case.facts.document.metadata
    if metadata and metadata.filtered:
        yield Found("the XMP packet is compressed")


def _moment(written: str) -> datetime | str:
    """A date of PDF or of XMP as a moment; the text itself when it is none. No zone is UTC."""
    found = _PDF_DATE.fullmatch(written)
    try:
        if found is None:
            moment = datetime.fromisoformat(written)
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        parts = [
            int(part) if part else least for part, least in zip(found.groups()[:6], (1, 1, 1, 0, 0, 0), strict=True)
        ]
        shift = timedelta(hours=int(found[8] or 0), minutes=int(found[9] or 0))
        zone = timezone(-shift if found[7] == "-" else shift)
        return datetime(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], tzinfo=zone)
    except ValueError:
        return written
