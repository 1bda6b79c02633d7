"""Things that a file may carry and print must not meet: actions, forms, attachments, filters, screening."""

from collections.abc import Iterator

from layout.preflight.checks.case import Case, Found
from layout.preflight.model import Feature, Trait


def actions(case: Case) -> Iterator[Found]:
    """A file for print does nothing by itself: no action, no script, nothing that changes when it is opened."""
    yield from _traces(case, Feature.ACTION, Feature.JAVASCRIPT)


def form_fields(case: Case) -> Iterator[Found]:
    """What stands in a form's field is drawn by whoever opens the file, in a font of his."""
    yield from _traces(case, Feature.FORM_FIELD, Feature.XFA)


def attachments(case: Case) -> Iterator[Found]:
    """A file inside the file is not printed, and plants refuse what they cannot check."""
    yield from _traces(case, Feature.ATTACHMENT)


def external(case: Case) -> Iterator[Found]:
    """A stream, page or picture in another file stays behind when this one is sent."""
    yield from _traces(case, Feature.EXTERNAL, Feature.REFERENCE)


def postscript(case: Case) -> Iterator[Found]:
    """PostScript inside PDF is run by some RIPs and passed over by others."""
    yield from _traces(case, Feature.POSTSCRIPT)
    for use in case.facts.uses:
        if use.trait is Trait.POSTSCRIPT and use.detail == "PS":
            yield Found("the page runs PostScript (operator PS)", use.page)


def replacements(case: Case) -> Iterator[Found]:
    """OPI comments and alternate images let somebody else choose another picture than the one that was proofed."""
    yield from _traces(case, Feature.OPI, Feature.ALTERNATES)


def transfer(case: Case) -> Iterator[Found]:
    """A transfer curve changes every tint on its way to the plate; that is the press's business alone."""
    yield from _traces(case, Feature.TRANSFER)


def halftones(case: Case) -> Iterator[Found]:
    """Screens are the plant's: only halftones of type 1 and 5 without a name or a phase may stand in the file."""
    yield from _traces(case, Feature.HALFTONE, Feature.HALFTONE_ORIGIN)


def filters(case: Case) -> Iterator[Found]:
    """A RIP of the level's generation cannot, or may not, undo every compression."""
    for trace in case.facts.traces:
        if trace.feature is Feature.FILTER and trace.detail in case.standard.filters:
            yield Found(f"{trace.count} stream{'s' * (trace.count > 1)} with {trace.detail}")


def slow_filters(case: Case) -> Iterator[Found]:
    """JPEG 2000 and JBIG2 are legal in PDF/X-4, and slow or faulty in many RIPs."""
    for trace in case.facts.traces:
        slow = trace.feature is Feature.FILTER and trace.detail in {"JPXDecode", "JBIG2Decode"}
        if slow and trace.detail not in case.standard.filters:
            yield Found(f"{trace.count} stream{'s' * (trace.count > 1)} with {trace.detail}")


def view_areas(case: Case) -> Iterator[Found]:
    """A viewer told to show or print another box than medium or bleed shows another page than the press prints."""
    yield from _traces(case, Feature.VIEW_AREA)


def _traces(case: Case, *features: Feature) -> Iterator[Found]:
    for trace in case.facts.traces:
        if trace.feature in features:
            detail = f" ({trace.detail})" if trace.detail else ""
            yield Found(f"{trace.feature}{detail}" + (f", {trace.count} times" if trace.count > 1 else ""))
