"""The outcome of a preflight for programs (JSON) and for the desk (one HTML page that needs nothing else)."""

import json
from collections import Counter
from html import escape
from typing import Any, Final

from msgspec import to_builtins

from layout.core import MM, Severity
from layout.preflight.finding import Finding
from layout.preflight.model import Coverage, Facts, Page
from layout.preflight.run import Preflight

VERSION: Final = 1
"""Of the JSON report: it changes when a key changes its meaning or goes."""

_STYLE: Final = """
body{font:15px/1.5 system-ui,"Noto Sans CJK SC",sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:#222}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-top:1px solid #ddd}th{font-weight:600}
.error{color:#b00020}.warning{color:#8a5a00}.note{color:#555}small{color:#666}code{font-size:.9em}
"""


def as_json(result: Preflight, path: str) -> str:
    """The report as JSON text; places in millimetres from the trim's top left, ink in percent."""
    data = {
        "version": VERSION,
        "file": path,
        "ok": result.ok,
        "standard": result.standard,
        "profile": result.profile.name,
        "findings": [_finding(one) for one in result.findings],
        "facts": summary(result.facts) if result.facts else None,
    }
    # A name that is not UTF-8 was read as lone surrogates; JSON has an escape for them.
    return json.dumps(data, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace").decode() + "\n"


def summary(facts: Facts) -> dict[str, Any]:
    """What the file is made of, in short."""
    spaces = {space.family for paint in facts.paints for space in paint.colour.space.parts()}
    spaces |= {space.family for image in facts.images if image.space for space in image.space.parts()}
    plates = {plate for paint in facts.paints for plate, tint in paint.colour.inks or () if tint > 0}
    return {
        "pdf": ".".join(map(str, facts.document.version)),
        "size": dict(facts.document.weights),
        "conditions": [intent.condition for intent in facts.document.intents],
        "pages": [_page(page) for page in facts.pages],
        "fonts": sorted({use.font.name for use in facts.fonts}),
        "colour_spaces": sorted(spaces),
        "plates": sorted(plates),
        "images": sum(image.count for image in facts.images),
        "ppi": min((image.ppi for image in facts.images if image.printed), default=None),
        "ink": [_coverage(one) for one in facts.coverage],
    }


def as_html(result: Preflight, path: str) -> str:
    """The report as one HTML page: the findings, why each rule is there, and what the file is made of."""
    counts = Counter(one.severity for one in result.findings)
    counted = ", ".join(f"{counts[each]} {each}{'s' * (counts[each] != 1)}" for each in Severity)
    verdict = "passes" if result.ok else "has errors"
    title = f"{escape(path)} {verdict}: {result.standard}, {escape(result.profile.title)}"
    rows = "".join(map(_row, result.findings)) or '<tr><td colspan="4">Nothing was found.</td></tr>'
    return (
        f'<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>\n'
        f"<h1>{title}</h1>\n<p>{counted}.</p>\n"
        "<table><tr><th>Finding</th><th>Where</th><th>What to do</th><th>Why</th></tr>\n"
        f"{rows}</table>\n<h2>What the file is made of</h2>\n"
        f"<table>{_made_of(result.facts) if result.facts else ''}</table>\n"
        "<p><small>This is one reading of the standards: a candidate for the plant's own preflight, "
        "not a certificate.</small></p></html>\n"
    )


def _row(one: Finding) -> str:
    return (
        f'<tr><td><b class="{one.severity}">{one.severity}</b> <code>{one.code}</code><br>{_shown(one.message)}</td>'
        f"<td>{one.where}</td><td>{_shown(one.hint)}</td>"
        f"<td>{_shown(one.rationale)}<br><small>{_shown(one.source)}</small></td></tr>\n"
    )


def _made_of(facts: Facts) -> str:
    rows = []
    for key, value in summary(facts).items():
        parts = value if isinstance(value, list) else [value]
        shown = "<br>".join(_shown(_words(part)) for part in parts if part is not None)
        rows.append(f"<tr><th>{key.replace('_', ' ')}</th><td>{shown}</td></tr>\n")
    return "".join(rows)


def _words(part: Any) -> str:
    return (
        ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in part.items())
        if isinstance(part, dict)
        else str(part)
    )


def _shown(text: str) -> str:
    """Text from anybody's file, safe in a page: names that are not UTF-8 hold lone surrogates."""
    return escape(text.encode("utf-8", "backslashreplace").decode())


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "severity": str(one.severity),
        "code": one.code,
        "message": one.message,
        "source": one.source,
        "hint": one.hint,
        "page": one.page,
        "place": to_builtins(one.place) if one.place else None,
    }


def _page(page: Page) -> dict[str, Any]:
    left, bottom, right, top = page.boxes.frame
    return {
        "page": page.number,
        "width": round((right - left) / MM, 2),
        "height": round((top - bottom) / MM, 2),
        "bleed": round((left - page.boxes.edge[0]) / MM, 2),
    }


def _coverage(one: Coverage) -> dict[str, Any]:
    return {
        "page": one.page,
        "method": one.method,
        "peak": round(one.peak * 100),
        "above_limit": round(one.above * 100, 3),
        "square": round(one.square * 100),
    }
