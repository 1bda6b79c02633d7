"""Preflight inside the house: what it asks of our own files and of the ads on our pages, told as diagnostics."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from layout.core import MM, Diagnostic, Pt, Rect, Severity, Span
from layout.foreign import ForeignFacts, ForeignKey
from layout.house.model import House, Press
from layout.house.palette import Spots
from layout.issue.model import Page

if TYPE_CHECKING:  # preflight and its pikepdf are loaded when there is a file to judge
    from layout.compose import ComposedPage
    from layout.pipeline.load import Prepared
    from layout.preflight import Finding, Profile
    from layout.preflight.model import Place

Examine: TypeAlias = "Callable[[bytes, str, Press, str], tuple[Finding, ...]]"
"""Tells what ``examine`` tells."""
_TOLD_BEFORE: Final = ("image-low", "page-count")
"""Warnings that composing has given already, with a better place, and what a file of several pages is meant to be."""


def _plates_for(spots: Spots) -> frozenset[str] | None:
    """The spot inks that have plates of their own on the press; None for any."""
    if isinstance(spots, str):
        return None if spots == "plates" else frozenset()
    return frozenset(name for name, use in spots.items() if use == "plates")


_COMPOSED: Final = frozenset(
    [
        "line-inks-thin",
        "line-thin",
        "line-white-thin",
        "text-inks-small",
        "text-inks-tiny",
        "text-rich-black",
        "text-tiny",
        "text-white-small",
        "text-white-tiny",
    ]
)
"""Warnings about small type and thin lines: those of our own composing has given, by the rules of the press."""


class Judged(Struct, frozen=True):
    """A finding about a press file, where on the page it is, and the rule that it goes back to."""

    diagnostic: Diagnostic
    rect: Rect | None
    rule: str


def house_profile(house: House) -> "Profile":
    """The profile of checks that the house style names, with the limits of its press condition.

    A resolution at the profile's limit is still too low.
    """
    return _profile(house.preflight, house.press)


def _profile(name: str, press: Press) -> "Profile":
    from layout.preflight import PROFILES

    profile = PROFILES[name]
    limits = replace(
        profile.limits,
        ink_pixel=press.ink_limit,
        image_coarse=press.resolution_min - 1,
        image_low=press.resolution_warn - 1,
        spots=_plates_for(press.spots),
    )
    return replace(profile, limits=limits)


def make_ready() -> None:
    """Load what judges, where there is time for it."""
    import layout.preflight  # noqa: F401


def examine(data: bytes, profile: str, press: Press, standard: str) -> "tuple[Finding, ...]":
    """What preflight finds in the file of one page by a profile's name, a press condition and a PDF/X level."""
    from layout.preflight import preflight

    rules = _profile(profile, press).without(*_TOLD_BEFORE)
    return preflight(data, profile=rules, standard=standard, ink=False, plain=True).findings


def judge_page(
    prepared: "Prepared",
    index: int,
    composed: "ComposedPage",
    data: bytes | None,
    origin: Pt = 0.0,
    *,
    by: Examine = examine,
) -> tuple[Judged, ...]:
    """What preflight finds in the file of the page at ``index``, each at the story or ad on which it lies.

    ``origin`` is the x at which the file's page begins: not 0 for the right half of a spread. What an ad's own
    preflight has told of it is not told again. ``by`` examines it, this process or another.
    """
    if data is None:
        return ()
    page = prepared.issue.pages[index]
    house = prepared.houses[page.number, ""]
    found = by(data, house.preflight, house.press, house.standard)
    return tuple(_told(found, page, composed, prepared.foreign, origin))


def judge_issue(prepared: "Prepared", data: bytes | None) -> tuple[Diagnostic, ...]:
    """What preflight finds in the file of the whole issue, whose pages have been judged one by one.

    Their content is the same here, so only what is the file's own is read: its structure, metadata, output intent,
    boxes, fonts and that every page finds the resources that it names.
    """
    if data is None:
        return ()
    from layout.preflight import preflight

    house = prepared.house
    profile = house_profile(house).without(*_TOLD_BEFORE, "page-empty")
    result = preflight(data, profile=profile, standard=house.standard, ink=False, content=False, plain=True)
    return tuple(_diagnostic(one, prepared.issue.span, None) for one in result.findings)


def _told(
    findings: Sequence["Finding"],
    page: Page,
    composed: "ComposedPage",
    foreign: Mapping[ForeignKey, ForeignFacts],
    origin: Pt,
) -> Iterator[Judged]:
    spans = {story.slug: story.span for story in page.stories}
    holders = [(ad.rect, ad.ad.span, _findings(foreign.get((str(ad.ad.file), ad.ad.page)))) for ad in composed.ads]
    holders += [(story.rect, spans[story.slug], _COMPOSED) for story in composed.placements]
    for finding in findings:
        place = _rect(finding.place, origin) if finding.place else None
        held = ((span, known) for rect, span, known in holders if place and _inside(rect, place.x, place.y))
        span, known = next(held, (page.span, _COMPOSED))
        if finding.code in known and (known is not _COMPOSED or finding.severity is Severity.WARNING):
            continue
        yield Judged(_diagnostic(finding, span, page.number), place, finding.source)


def _findings(facts: ForeignFacts | None) -> frozenset[str]:
    return frozenset(facts.findings if facts else ())


def _rect(place: "Place", origin: Pt) -> Rect:
    return Rect(origin + place.x * MM, place.y * MM, place.width * MM, place.height * MM)


def _inside(rect: Rect, x: float, y: float) -> bool:
    slack = 0.1 * MM  # places are told in tenths
    return rect.x - slack <= x <= rect.right + slack and rect.y - slack <= y <= rect.bottom + slack


def _diagnostic(finding: "Finding", span: Span, folio: int | None) -> Diagnostic:
    at = f" at {finding.place.x:g}, {finding.place.y:g} mm" if finding.place and folio is not None else ""
    message = f"press file: {finding.message}{at} [{finding.source}]"
    return replace(finding.diagnostic(""), message=message, span=span, page=folio)
