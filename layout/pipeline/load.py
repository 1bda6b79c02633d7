"""Everything that composing needs, read from disk once: the issue, its house styles, its photographs' facts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from layout.core import NOWHERE, Checked, Diagnostic, Span, Spot, error, has_errors
from layout.foreign import ForeignFacts, ForeignKey
from layout.house import load_house
from layout.house.model import House
from layout.house.palette import plate
from layout.house.spread import spread_house
from layout.images import ImageFacts, ImageFault
from layout.issue import load_issue
from layout.issue.model import Ad, Issue, Overrides, Photo
from layout.pipeline.ads import is_pdf, read_ad
from layout.pipeline.album import Album
from layout.pipeline.vetted import house_faults

if TYPE_CHECKING:  # what sets type is loaded when there is a page to set
    from layout.text import Measures

HouseKey: TypeAlias = tuple[int, str]
"""Page number and story slug; the slug "" stands for the page itself, or for each of the two pages of a spread."""

PHOTO_HINT: Final = "JPEG, PNG, TIFF or WebP that other programs open"


class Prepared(Struct, frozen=True, dict=True):
    """An issue ready to be composed.

    ``facts`` are those of its photographs by path, ``foreign`` those of its ads that are pages of PDFs by path and
    page, as far as they can be read.
    """

    issue: Issue
    houses: Mapping[HouseKey, House]
    facts: Mapping[str, ImageFacts]
    foreign: Mapping[ForeignKey, ForeignFacts] = field(default_factory=dict)

    def measures(self, house: House) -> "Measures":
        """The cells of a house style's faces, the same for all pages that have these faces."""
        from layout.fonts import Book
        from layout.text import Measures

        faces = repr(house.faces)
        if faces not in self._measures:
            self._measures[faces] = Measures(Book(house.faces))
        return self._measures[faces]

    @cached_property
    def _measures(self) -> "dict[str, Measures]":
        return {}

    @property
    def title(self) -> str:
        """What the issue's files are called inside."""
        return f"{self.issue.paper.name} {self.issue.date.isoformat()}"

    @property
    def house(self) -> House:
        """The house style of the first page, which stands for the issue as a whole."""
        return self.houses[self.issue.pages[0].number, ""]


def prepare(
    path: Path,
    *,
    allowed: Sequence[Path] = (),
    standard: str | None = None,
    pages: frozenset[int] = frozenset(),
    cache: Path | None = None,
    time: str = "",
) -> Checked[Prepared]:
    """Read an issue and all that it names.

    ``pages`` keeps only those page numbers, spreads whole (empty: all), ``cache`` what was found in faces,
    photographs and ads; ``time`` is for slugs.

    All faults of the issue, its house styles, its faces and its photographs are reported together. When only
    photographs are at fault there is a value even so, and composing it tells what else is wrong.
    """
    loaded = load_issue(path, allowed=allowed)
    if loaded.value is None:
        return Checked(None, loaded.diagnostics)
    issue, chosen = _chosen(loaded.value, pages)
    kept = {None, *pages, *(page.number for page in issue.pages)}
    read = tuple(one for one in loaded.diagnostics if not pages or one.page in kept)
    houses, house_findings = _houses(issue, standard, allowed, cache)
    album = Album(path, cache)
    facts, photo_findings = _facts(issue, album, told={one.span for one in read})
    album.keep(whole=not pages)
    foreign, ad_findings = _foreign(issue, houses, told={one.span for one in read}, cache=cache)
    found = (*read, *chosen, *house_findings, *photo_findings, *ad_findings)
    photos = {photo.span for _, photo in _photos(issue)}
    if has_errors(one for one in found if one.span not in photos):
        return Checked(None, found)
    return Checked(Prepared(replace(issue, time=time), houses, facts, foreign), found)


def _chosen(issue: Issue, pages: frozenset[int]) -> tuple[Issue, tuple[Diagnostic, ...]]:
    if not pages:
        return issue, ()
    missing = sorted(pages - {number for page in issue.pages for number in page.numbers})
    there = ", ".join(page.name for page in issue.pages)
    found = tuple(
        error("page-unknown", f"the issue has no page {number}", issue.span, hint=f"it has {there}")
        for number in missing
    )
    return replace(issue, pages=tuple(page for page in issue.pages if pages.intersection(page.numbers))), found


def _houses(
    issue: Issue, standard: str | None, allowed: Sequence[Path], cache: Path | None
) -> tuple[dict[HouseKey, House], tuple[Diagnostic, ...]]:
    wanted: list[tuple[HouseKey, Overrides, bool]] = []
    for page in issue.pages:
        at_page = (*issue.overrides, *page.overrides)
        wanted += [((number, ""), at_page, page.spread) for number in page.numbers]
        wanted += [((page.number, story.slug), (*at_page, *story.overrides), page.spread) for story in page.stories]
    made: dict[tuple[str, bool], House | None] = {}
    houses: dict[HouseKey, House] = {}
    found: list[Diagnostic] = []
    for key, overrides, spread in wanted:
        name = (repr(overrides), spread)
        if name not in made:
            checked = load_house(
                issue.style, overrides=overrides, root=issue.root, allowed=allowed, span=issue.style_span
            )
            found += checked.diagnostics
            made[name] = _as_asked(checked.value, standard, spread=spread) if checked.value else None
        house = made[name]
        if house is not None:
            houses[key] = house
    return houses, tuple(dict.fromkeys((*found, *house_faults(houses.values(), cache), *_spot_faults(houses.values()))))


def _as_asked(house: House, standard: str | None, *, spread: bool) -> House:
    """The house style with the standard of the command line, made up for two facing pages when it is a spread's."""
    asked = replace(house, standard=standard) if standard else house
    return spread_house(asked) if spread else asked


def _spot_faults(houses: Iterable[House]) -> Iterator[Diagnostic]:
    """Spot inks that pages and stories describe differently: one plate has one ink."""
    first: dict[str, Spot] = {}
    for house in {id(house): house for house in houses}.values():
        for name, ink in house.palette.items():
            if ink.spot is not None and first.setdefault(plate(ink.spot), ink.spot) != ink.spot:
                message = f"the spot {ink.spot.name!r} is not the same ink as elsewhere in the issue"
                hint = "name it alike, and with the same process tints, on all pages"
                yield error("spot-differs", message, house.place((f"palette.{name}",), NOWHERE), hint)


def _facts(issue: Issue, album: Album, *, told: Set[Span]) -> tuple[dict[str, ImageFacts], tuple[Diagnostic, ...]]:
    """The photographs' facts by path; what stands at ``told`` is known to be missing."""
    facts: dict[str, ImageFacts] = {}
    found: list[Diagnostic] = []
    for page, photo in _photos(issue):
        if str(photo.file) in facts or photo.span in told or (isinstance(photo, Ad) and is_pdf(photo.file)):
            continue
        try:
            facts[str(photo.file)] = album.facts(photo.file)
        except ImageFault as fault:
            found.append(error(fault.code, fault.message, photo.span, PHOTO_HINT, page))
    return facts, tuple(found)


def _foreign(
    issue: Issue, houses: Mapping[HouseKey, House], *, told: Set[Span], cache: Path | None
) -> tuple[dict[ForeignKey, ForeignFacts], tuple[Diagnostic, ...]]:
    """The facts of the ads that are pages of PDFs, and what is wrong with them on the page where they stand."""
    facts: dict[ForeignKey, ForeignFacts] = {}
    found: list[Diagnostic] = []
    for page in issue.pages:
        house = houses.get((page.number, ""))
        for ad in page.ads:
            if house is None or ad.span in told or not is_pdf(ad.file):
                continue
            read = read_ad(ad, house, page.number, cache)
            found += read.diagnostics
            if read.value is not None:
                facts[str(ad.file), ad.page] = read.value
    return facts, tuple(found)


def _photos(issue: Issue) -> Iterator[tuple[int, Photo | Ad]]:
    """Every photograph, and every ad, with the number of its page."""
    for page in issue.pages:
        yield from ((page.number, ad) for ad in page.ads)
        for story in page.stories:
            yield from ((page.number, photo) for photo in story.photos)
