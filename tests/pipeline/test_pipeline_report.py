"""The report of a build, for programs and for the desk."""

import json

from layout.core import Span, error, warning
from layout.pipeline.report import VERSION, make_report

LATE = warning("underset", "短", Span("issue.yaml", 20, 3), page=4)
EARLY = error("glyph-missing", "没有“𰻞”字", Span("issue.yaml", 9, 12), "add a face", 4)


def test_findings_stand_in_the_order_of_their_places() -> None:
    report = make_report((LATE, EARLY))
    assert report.diagnostics == (EARLY, LATE)
    assert [one["code"] for one in report.data["diagnostics"]] == ["glyph-missing", "underset"]


def test_a_finding_as_data() -> None:
    assert make_report((EARLY,)).data["diagnostics"] == [
        {
            "severity": "error",
            "code": "glyph-missing",
            "message": "没有“𰻞”字",
            "path": "issue.yaml",
            "line": 9,
            "column": 12,
            "page": 4,
            "hint": "add a face",
        }
    ]


def test_warnings_are_no_errors() -> None:
    assert make_report((LATE,)).ok
    assert not make_report((LATE, EARLY)).ok
    assert make_report(()).ok


def test_json_is_readable_and_whole() -> None:
    report = make_report((EARLY,), files={"issue.pdf": {"bytes": 1, "sha256": "00"}}, timings={"load": 0.12345})
    text = report.json()
    assert text.endswith("}\n")
    assert "𰻞" in text
    data = json.loads(text)
    assert data == report.data
    assert (data["version"], data["ok"], data["stories"], data["fonts"]) == (VERSION, False, [], [])
    assert data["files"] == {"issue.pdf": {"bytes": 1, "sha256": "00"}}
    assert data["timings"] == {"load": 0.123}
