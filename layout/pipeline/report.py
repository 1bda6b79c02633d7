"""``report.json``: what a build found and made, for programs and for the desk."""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct, to_builtins

from layout.core import MM, Diagnostic, Rect, has_errors
from layout.display import DisplayPage, Foreign, GlyphRun, Picture
from layout.foreign import ForeignFacts, ForeignKey
from layout.house.model import Press
from layout.images import ImageFacts
from layout.pipeline.uses import picture_uses

if TYPE_CHECKING:
    from layout.compose import ComposedPage, Placement
    from layout.compose.ads import PlacedAd

VERSION = 1

Share: TypeAlias = Mapping[str, Any]
"""What one page adds to the report: ``stories``, ``ads``, ``fonts``, ``images``, ``pages`` (its content hash and its
plates) and ``ink``, all of it plain JSON values."""


class Report(Struct, frozen=True):
    """The outcome of a build or a check. ``files`` are the press files by name with size and sha256."""

    ok: bool
    diagnostics: tuple[Diagnostic, ...]
    data: Mapping[str, Any]

    def json(self) -> str:
        """The report as JSON text."""
        return json.dumps(self.data, ensure_ascii=False, indent=2) + "\n"


def make_report(
    diagnostics: tuple[Diagnostic, ...],
    *,
    shares: Sequence[Share] = (),
    press: Press | None = None,
    edition: Mapping[str, Any] | None = None,
    files: Mapping[str, Mapping[str, Any]] | None = None,
    timings: Mapping[str, float] | None = None,
) -> Report:
    """Gather what is known into one report, findings in the order of their places. Ink 1.0 is one solid."""
    diagnostics = tuple(sorted(diagnostics, key=lambda one: one.span))
    data: dict[str, Any] = {
        "version": VERSION,
        "ok": not has_errors(diagnostics),
        "edition": dict(edition or {}),
        "diagnostics": [_diagnostic(each) for each in diagnostics],
        "stories": [story for share in shares for story in share["stories"]],
        "ads": [ad for share in shares for ad in share["ads"]],
        "fonts": sorted({font for share in shares for font in share["fonts"]}),
        "images": [image for share in shares for image in share["images"]],
        "pages": [page for share in shares for page in share["pages"]],
        "ink": {"flat": max((share["ink"] for share in shares), default=0.0)},
        "press": {"name": press.name, "condition": press.condition, "ink_limit": press.ink_limit} if press else {},
        "files": dict(files or {}),
        "timings": {name: round(seconds, 3) for name, seconds in (timings or {}).items()},
    }
    return Report(bool(data["ok"]), diagnostics, data)


def _diagnostic(each: Diagnostic) -> dict[str, Any]:
    return {
        "severity": str(each.severity),
        "code": each.code,
        "message": each.message,
        "path": each.span.path,
        "line": each.span.line,
        "column": each.span.column,
        "page": each.page,
        "hint": each.hint,
    }


def share_of(
    page: "ComposedPage", facts: Mapping[str, ImageFacts], foreign: Mapping[ForeignKey, ForeignFacts]
) -> Share:
    """What a composed page adds to the report."""
    display = page.display
    return {
        "stories": [{"page": display.folio, **_spread(display), **_story(placement)} for placement in page.placements],
        "ads": [
            {
                "page": display.folio,
                **_spread(display),
                **_ad(placed, foreign.get((str(placed.ad.file), placed.ad.page))),
            }
            for placed in page.ads
        ],
        "fonts": sorted({item.face for item in display.items if isinstance(item, GlyphRun)}),
        "images": [
            {"page": use.page, "file": use.source, "ppi": round(use.resolution), "grey": use.picture.grey}
            for use in picture_uses((display,), facts)
        ],
        "pages": [{"page": display.folio, "content": page.digest, "plates": list(page.plates)}],
        "ink": _flat_ink(display),
    }


def _spread(page: DisplayPage) -> dict[str, Any]:
    """The numbers of both pages of a spread."""
    return {} if page.fold is None else {"spread": list(page.folios)}


def _flat_ink(display: DisplayPage) -> float:
    """The most ink that type, rules and tints lay on one spot."""
    return max((item.ink.coverage for item in display.items if not isinstance(item, Picture | Foreign)), default=0.0)


def _ad(placed: "PlacedAd", facts: ForeignFacts | None) -> dict[str, Any]:
    """An ad with its frame as that of a story, its own size in mm (a picture has none) and what was found."""
    return {
        "name": placed.name,
        "file": str(placed.ad.file),
        "pdf_page": placed.ad.page if facts else None,
        "sha256": facts.sha256 if facts else None,
        "size": [round(side / MM, 2) for side in (facts.size.width, facts.size.height)] if facts else None,
        "frame": _frame(placed.rect),
        "scale": round(placed.scale, 4),
        "condition": facts.condition if facts else None,
        "findings": list(facts.findings) if facts else [],
    }


def _frame(rect: Rect) -> list[float]:
    return [round(length, 2) for length in (rect.x, rect.y, rect.width, rect.height)]


def _story(placement: "Placement") -> dict[str, Any]:
    """How the story fits and the frame it stands in: x, y, width, height in points from the trim's top left."""
    report = placement.report
    quality = {**to_builtins(report.quality), "flaws": dict(report.quality.flaws)}
    passes = {str(nth): count for nth, count in report.passes}
    return {**to_builtins(report), "passes": passes, "quality": quality, "frame": _frame(placement.rect)}
