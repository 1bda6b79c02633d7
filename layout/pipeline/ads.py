"""Advertisements that are pages of PDFs: read and preflighted before anything is composed, lifted for the press."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from layout import keeping
from layout.core import NOWHERE, Checked, Diagnostic, Severity, Size, error, warning
from layout.display import DisplayPage, Foreign
from layout.foreign import ForeignFacts, ForeignFault, ForeignKey, ForeignPage, ForeignPages
from layout.house.model import House
from layout.issue.model import Ad
from layout.pipeline.stamps import program_stamp
from layout.pipeline.verdict import house_profile

if TYPE_CHECKING:
    from layout.pipeline.load import Prepared
    from layout.preflight import Finding, Preflight
    from layout.preflight.model import Space

LABEL_HINT: Final = "the law (广告法, article 14) asks for a mark that readers see"
AD_HINT: Final = "a PDF page or a picture (JPEG, PNG, TIFF, WebP) that other programs open"
RGB: Final = (
    "ask for the ad as PDF/X in CMYK, or convert it to the press's profile in Acrobat or the program it is from"
)
PROCESS: Final = ("Cyan", "Magenta", "Yellow", "Black")
_MAGIC: Final = b"%PDF-"
_HEAD: Final = 1024
UNSAFE: Final = frozenset({"file-damaged", "file-too-heavy", "file-encrypted", "content-unreadable"})
"""Findings after which nobody knows how much a page unpacks to: not even for a proof is it taken out of its file."""
BYTES_MAX: Final = 512 << 20
"""No ad may be larger than this."""


def is_pdf(path: Path) -> bool:
    """Whether a file begins like a PDF; what cannot be opened does not."""
    try:
        with path.open("rb") as file:
            return _MAGIC in file.read(_HEAD)
    except OSError:
        return False


def read_ad(ad: Ad, house: House, folio: int, cache: Path | None = None) -> Checked[ForeignFacts]:
    """The facts of an ad's page and what is wrong with it, judged as the page it stands on is.

    ``cache`` keeps what was found from one build to the next. Codes: ad-too-large, ad-page, ad-not-pdfx, ad-condition,
    ad-colour, ad-unmarked, and those of preflight.
    """
    size = ad.file.stat().st_size
    if size > BYTES_MAX:
        return Checked(None, (error("ad-too-large", f"{_name(ad)} has {size >> 20} MB", ad.span, AD_HINT, folio),))
    data = ad.file.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    entry = cache / f"{_key(ad, digest, house)}.ad" if cache is not None else None
    read = _kept(entry, ad, digest) if entry else None
    if read is None:
        read = _judged(ad, data, digest, house)
        if entry is not None:
            _keep(entry, read)
    return replace(read, diagnostics=tuple(replace(one, span=ad.span, page=folio) for one in read.diagnostics))


def _judged(ad: Ad, data: bytes, digest: str, house: House) -> Checked[ForeignFacts]:
    from layout.preflight import preflight

    profile = house_profile(house)
    result = preflight(data, profile=profile, standard=house.standard, plates=False, page=ad.page)
    told = tuple(_told(ad, one) for one in result.findings)
    if result.facts is None:
        return Checked(None, told)
    if not result.facts.pages:
        return Checked(None, (error("ad-page", f"{_name(ad)} has no page {ad.page}", hint="page: counts from 1"),))
    found = (*told, *_own_findings(ad, result, house))
    left, bottom, right, top = result.facts.pages[0].boxes.frame
    turned = result.facts.pages[0].rotation % 180
    size = Size(top - bottom, right - left) if turned else Size(right - left, top - bottom)
    codes = tuple(dict.fromkeys(one.code for one in found))
    return Checked(ForeignFacts(ad.file, ad.page, size, digest, _condition(result), _plates(result), codes), found)


def _key(ad: Ad, digest: str, house: House) -> str:
    """The name under which a verdict is kept: the digest of all that it depends on."""
    how = (house.preflight, house.standard, house.press, ad.label == "")
    return hashlib.sha256(repr((program_stamp(), digest, ad.file.name, ad.page, how)).encode()).hexdigest()


def _kept(entry: Path, ad: Ad, digest: str) -> Checked[ForeignFacts] | None:
    from layout.pipeline.kept import found_in

    data = keeping.fetch(entry)
    if data is None:
        return None
    facts, rows = json.loads(data)
    found = tuple(map(found_in, rows))
    if facts is None:
        return Checked(None, found)
    width, height, condition, plates, codes = facts
    size = Size(width, height)
    return Checked(ForeignFacts(ad.file, ad.page, size, digest, condition, tuple(plates), tuple(codes)), found)


def _keep(entry: Path, read: Checked[ForeignFacts]) -> None:
    from layout.pipeline.kept import row_of

    facts = read.value
    plain = [facts.size.width, facts.size.height, facts.condition, facts.plates, facts.findings] if facts else None
    keeping.keep(entry, json.dumps([plain, [row_of(one) for one in read.diagnostics]]).encode())


def _condition(result: "Preflight") -> str:
    """The press condition that the file names; "" when it names none."""
    intents = result.facts.document.intents if result.facts else ()
    return next((one.condition or one.info for one in intents if one.subtype == "GTS_PDFX"), "")


def _claim(result: "Preflight") -> str:
    """The PDF/X level that the file claims; "" when it claims none."""
    assert result.facts is not None  # asked before
    document = result.facts.document
    packet = document.metadata.get("pdfxid:GTS_PDFXVersion") if document.metadata else None
    return document.info.get("GTS_PDFXVersion") or packet or ""


def _told(ad: Ad, finding: "Finding") -> Diagnostic:
    """A finding of preflight, told of the ad; its place in the issue comes later."""
    at = f" at {finding.place.x:g}, {finding.place.y:g} mm" if finding.place else ""
    message = f"{_name(ad)}: {finding.message}{at} [{finding.source}]"
    hint = RGB if finding.code in {"colour-rgb", "colour-managed", "colour-alternate"} else finding.hint
    return replace(finding.diagnostic(""), message=message, span=NOWHERE, hint=hint)


def _own_findings(ad: Ad, result: "Preflight", house: House) -> Iterator[Diagnostic]:
    condition = _condition(result)
    if not _claim(result):
        message = f"{_name(ad)} is no PDF/X file: nobody has promised that it is fit for print"
        yield warning("ad-not-pdfx", message, hint="ask for PDF/X-1a or PDF/X-4")
    if condition and condition != house.press.condition:
        message = f"{_name(ad)} was made for {condition}, this page is printed to {house.press.condition}"
        hint = "its inks print as they are: heavier or lighter than meant, perhaps above the limit of total ink"
        yield warning("ad-condition", message, hint=hint)
    if house.press.grey and (plates := [plate for plate in _plates(result) if plate != "Black"]):
        message = f"{_name(ad)} needs {', '.join(plates)}, but the page is printed in black only"
        yield error("ad-colour", message, hint="ask for the ad in black, or place it on a page in colour")
    if ad.label == "":
        message = f"{_name(ad)} is placed without a mark"
        yield Diagnostic(Severity.NOTE, "ad-unmarked", message, hint=LABEL_HINT)


def _plates(result: "Preflight") -> tuple[str, ...]:
    """The plates that the page needs; where a colour does not say, the four of process colour."""
    assert result.facts is not None  # asked before
    paints = [paint.colour for paint in result.facts.paints if paint.printed]
    inks = (plate for colour in paints for plate, tint in colour.inks or () if tint > 0)
    spaces = [colour.space for colour in paints if colour.inks is None]
    spaces += [image.space for image in result.facts.images if image.printed and image.space]
    coloured = any(not _is_black(tuple(space.parts())[-1]) for space in spaces)
    named = dict.fromkeys((*inks, *(PROCESS if coloured else ("Black",) if spaces else ())))
    return (*(plate for plate in PROCESS if plate in named), *(plate for plate in named if plate not in PROCESS))


def _is_black(space: "Space") -> bool:
    return space.family in {"DeviceGray", "CalGray"} or space.names == ("Black",)


def _name(ad: Ad) -> str:
    return f"ad {ad.file.name}"


def lift_pages(prepared: "Prepared", page: DisplayPage) -> tuple[ForeignPages, tuple[Diagnostic, ...]]:
    """The foreign pages of a display page, ready for the press file, and what is wrong with those that are not there.

    Codes: ad-unreadable, ad-changed.
    """
    made: dict[ForeignKey, ForeignPage] = {}
    found: list[Diagnostic] = []
    ads = {(str(ad.file), ad.page): ad for one in prepared.issue.pages if one.number == page.folio for ad in one.ads}
    for key in dict.fromkeys(_keys(page)):
        if key not in prepared.foreign or UNSAFE & set(prepared.foreign[key].findings):
            continue  # told when it was read
        lifted = _lift(prepared.foreign[key], ads[key], page.folio)
        found += lifted.diagnostics
        if lifted.value is not None:
            made[key] = lifted.value
    return made, tuple(found)


def _keys(page: DisplayPage) -> Iterable[ForeignKey]:
    return ((item.source, item.page) for item in page.items if isinstance(item, Foreign))


def _lift(facts: ForeignFacts, ad: Ad, folio: int) -> Checked[ForeignPage]:
    from layout.foreign.lift import lift

    try:
        data = facts.path.read_bytes()
        if hashlib.sha256(data).hexdigest() != facts.sha256:
            message = f"{_name(ad)} was changed while the page was made"
            return Checked(None, (error("ad-changed", message, ad.span, "build again", folio),))
        return Checked(lift(data, facts.page))
    except (ForeignFault, OSError) as fault:
        return Checked(None, (error("ad-unreadable", f"{_name(ad)}: {fault}", ad.span, AD_HINT, folio),))
