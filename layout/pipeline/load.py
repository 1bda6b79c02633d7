"""Everything that composing needs, read from disk once: the issue, its house styles, its photographs' facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from layout.core import Checked, Diagnostic, error, has_errors
from layout.fonts import Book, FontError
from layout.house import load_house
from layout.house.model import House
from layout.images import ImageFacts, ImageFault, probe
from layout.issue import load_issue
from layout.issue.model import Issue, Overrides

HouseKey: TypeAlias = tuple[int, str]
"""Page number and story slug; the slug "" stands for the page itself."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """An issue ready to be composed."""

    issue: Issue
    houses: Mapping[HouseKey, House]
    facts: Mapping[str, ImageFacts]

    @property
    def title(self) -> str:
        """What the issue's files are called inside."""
        return f"{self.issue.paper.name} {self.issue.date.isoformat()}"

    @property
    def house(self) -> House:
        """The house style of the first page, which stands for the issue as a whole."""
        return self.houses[self.issue.pages[0].number, ""]


def prepare(
    path: Path, *, allowed: Sequence[Path] = (), standard: str | None = None, pages: frozenset[int] = frozenset()
) -> Checked[Prepared]:
    """Read an issue and all that it names. ``pages`` keeps only those page numbers (empty: all).

    All faults of the issue, its house styles, its faces and its photographs are reported together.
    """
    loaded = load_issue(path, allowed=allowed)
    if loaded.value is None:
        return Checked(None, loaded.diagnostics)
    issue, chosen = _chosen(loaded.value, pages)
    houses, house_findings = _houses(issue, standard, allowed)
    facts, photo_findings = _facts(issue)
    found = (*loaded.diagnostics, *chosen, *house_findings, *photo_findings)
    if has_errors(found):
        # Houses and photographs that could be read are of no use without the others.
        return Checked(None, found)
    return Checked(Prepared(issue, houses, facts), found)


def _chosen(issue: Issue, pages: frozenset[int]) -> tuple[Issue, tuple[Diagnostic, ...]]:
    if not pages:
        return issue, ()
    missing = sorted(pages - {page.number for page in issue.pages})
    there = ", ".join(str(page.number) for page in issue.pages)
    found = tuple(
        error("page-unknown", f"the issue has no page {number}", issue.span, hint=f"it has {there}")
        for number in missing
    )
    return replace(issue, pages=tuple(page for page in issue.pages if page.number in pages)), found


def _houses(
    issue: Issue, standard: str | None, allowed: Sequence[Path]
) -> tuple[dict[HouseKey, House], tuple[Diagnostic, ...]]:
    wanted: list[tuple[HouseKey, Overrides]] = []
    for page in issue.pages:
        at_page = (*issue.overrides, *page.overrides)
        wanted.append(((page.number, ""), at_page))
        wanted += [((page.number, story.slug), (*at_page, *story.overrides)) for story in page.stories]
    made: dict[Overrides | str, Checked[House]] = {}
    houses: dict[HouseKey, House] = {}
    found: list[Diagnostic] = []
    for key, overrides in wanted:
        name = repr(overrides)
        if name not in made:
            checked = load_house(
                issue.style, overrides=overrides, root=issue.root, allowed=allowed, span=issue.style_span
            )
            made[name] = checked if checked.value is None else _usable(checked.value, checked.diagnostics, issue)
            found += made[name].diagnostics
        house = made[name].value
        if house is not None:
            houses[key] = replace(house, standard=standard) if standard else house
    return houses, tuple(dict.fromkeys(found))


def _usable(house: House, diagnostics: tuple[Diagnostic, ...], issue: Issue) -> Checked[House]:
    """The house with its faces tried: a face that cannot be opened or embedded is an error of the issue."""
    book = Book(house.faces)
    found = []
    for role in book.roles:
        try:
            book.chain(role)
        except FontError as fault:
            found.append(error(fault.code, fault.message, issue.style_span))
    return Checked(house, (*diagnostics, *dict.fromkeys(found)))


def _facts(issue: Issue) -> tuple[dict[str, ImageFacts], tuple[Diagnostic, ...]]:
    facts: dict[str, ImageFacts] = {}
    found: list[Diagnostic] = []
    for photo in (photo for page in issue.pages for story in page.stories for photo in story.photos):
        if str(photo.file) in facts or not photo.file.exists():  # a missing file is the loader's finding
            continue
        try:
            facts[str(photo.file)] = probe(photo.file)
        except ImageFault as fault:
            found.append(error(fault.code, fault.message, photo.span, hint=_IMAGE_HINT))
    return facts, tuple(found)


_IMAGE_HINT = "JPEG, PNG, TIFF or WebP that other programs open"
