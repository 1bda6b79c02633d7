"""``report.json``: what a build found and made, for programs and for the desk."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from layout.compose import StoryReport
from layout.core import Diagnostic, has_errors
from layout.fonts import Face
from layout.house.model import Press
from layout.pipeline.composition import Composition, PictureUse

VERSION = 1


@dataclass(frozen=True, slots=True)
class Report:
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
    composition: Composition | None = None,
    uses: tuple[PictureUse, ...] = (),
    faces: Mapping[str, Face] | None = None,
    press: Press | None = None,
    ink: Mapping[str, float] | None = None,
    files: Mapping[str, Mapping[str, Any]] | None = None,
    timings: Mapping[str, float] | None = None,
) -> Report:
    """Gather what is known into one report."""
    data: dict[str, Any] = {
        "version": VERSION,
        "ok": not has_errors(diagnostics),
        "diagnostics": [_diagnostic(each) for each in diagnostics],
        "stories": _stories(composition),
        "fonts": sorted(faces or {}),
        "images": [
            {"page": use.page, "file": use.source, "ppi": round(use.resolution), "grey": use.picture.grey}
            for use in uses
        ],
        "ink": dict(ink or {}),
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


def _stories(composition: Composition | None) -> list[dict[str, Any]]:
    if composition is None:
        return []
    return [{"page": page.display.folio, **_story(report)} for page in composition.pages for report in page.reports]


def _story(report: StoryReport) -> dict[str, Any]:
    return {**asdict(report), "passes": {str(nth): count for nth, count in report.passes}}
