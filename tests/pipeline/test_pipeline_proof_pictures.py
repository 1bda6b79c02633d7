"""What the preflight says of a page's ink, as the proof shows it."""

from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from layout import resources
from layout.core import MM, Point, Rect
from layout.pipeline.proof_pictures import judged
from layout.proof import Printed
from layout.proof.ink import Ink


def some_page() -> bytes:
    """No PDF/X at all: of that the page is told elsewhere."""
    data = BytesIO()
    canvas = Canvas(data, pagesize=(200 * MM, 300 * MM), invariant=1)
    canvas.drawString(20 * MM, 30 * MM, "x")
    canvas.save()
    return data.getvalue()


def findings(ink: Ink | None = None, *, limit: float = 2.4) -> dict[str, dict]:
    press = resources.PRESS / "NEWS26_TAC240.icc"
    return {
        found["code"]: found
        for found in judged(Printed(3, some_page(), Rect(0, 0, 1, 1), press, "p", limit, "x4"), ink)
    }


def measured(largest: float, *, over: float = 0.01, mean: float = 1.0) -> Ink:
    return Ink(largest, Point(10 * MM, 20 * MM), mean, Point(50 * MM, 60 * MM), over)


def test_only_the_ink_is_judged_here():
    assert findings() == {}
    assert set(findings(measured(1.0))) == set()


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
