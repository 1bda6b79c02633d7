"""What the preflight finds on a page, as the proof shows it."""

from io import BytesIO

import pytest
from reportlab.lib.colors import CMYKColor, CMYKColorSep
from reportlab.pdfgen.canvas import Canvas

from layout import resources
from layout.core import MM, Point
from layout.pipeline.proof_pictures import judged
from layout.proof import Printed
from layout.proof.ink import Ink


def page_with_tiny_type() -> bytes:
    """No PDF/X, and type of 3 points at 20, 30 mm from the trim's top left."""
    data = BytesIO()
    size, edge = (200 * MM, 300 * MM), 10 * MM
    trim = (edge, edge, size[0] - edge, size[1] - edge)
    canvas = Canvas(data, pagesize=size, invariant=1, trimBox=trim)
    canvas.setFont("Helvetica", 3)
    canvas.setFillColor(CMYKColor(0, 0, 0, 1))
    canvas.drawString(edge + 20 * MM, size[1] - edge - 30 * MM, "tiny")
    canvas.setFillColor(CMYKColorSep(0, 0.9, 0.7, 0, spotName="HKS 8"))
    canvas.rect(60 * MM, 60 * MM, 50, 50, stroke=0, fill=1)
    canvas.save()
    return data.getvalue()


def findings(ink: Ink | None = None, *, limit: float = 2.4, spots: bool = False) -> dict[str, dict]:
    press = resources.PRESS / "NEWS26_TAC240.icc"
    return {
        found["code"]: found for found in judged(Printed(3, page_with_tiny_type(), press, "p", limit, "x4", spots), ink)
    }


def measured(largest: float, *, over: float = 0.01, mean: float = 1.0) -> Ink:
    return Ink(largest, Point(10 * MM, 20 * MM), mean, Point(50 * MM, 60 * MM), over)


def test_a_finding_has_its_place_in_points():
    found = findings()["text-tiny"]
    x, y, width, height = found["rect"]
    assert x == pytest.approx(20 * MM, abs=1)
    assert y < 30 * MM < y + height + 1
    assert width > 0
    assert found["place"].endswith(" mm")
    assert found["rule"]
    assert found["severity"] == "warning"


def test_a_finding_about_the_file_has_none():
    found = findings()["intent-count"]
    assert (found["rect"], found["place"], found["severity"]) == (None, "", "error")


def test_ink_above_the_limit():
    found = findings(measured(2.6))["ink-limit"]
    assert found["severity"] == "error"
    assert "260 %" in found["message"]
    assert "the proof's plates" in found["message"]
    assert found["rect"][:2] == [pytest.approx(10 * MM, abs=0.2), pytest.approx(20 * MM, abs=0.2)]
    assert "ink-limit" not in findings(measured(2.4, over=0.0))
    assert "ink-limit" not in findings()


@pytest.mark.parametrize(("limit", "largest", "found"), [(2.2, 2.3, True), (2.4, 2.3, False), (3.0, 2.9, False)])
def test_the_limit_is_the_press_s(limit, largest, found):
    assert ("ink-limit" in findings(measured(largest), limit=limit)) is found


def test_heavy_ink_on_a_square():
    assert "ink-square" in findings(measured(2.4, mean=2.5))
    assert "ink-square" not in findings(measured(2.4, mean=2.4))


def test_spot_inks_are_a_fault_where_they_have_no_plates():
    assert findings()["spot-colour"]["severity"] == "error"
    assert "spot-colour" not in findings(spots=True)


def test_coated_paper_has_rules_of_its_own():
    assert "bleed-small" in findings(limit=3.0)
    assert "bleed-small" not in findings(limit=2.4)
