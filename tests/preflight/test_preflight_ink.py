"""Total ink: the estimate by itself, and against Ghostscript's plates."""

import pytest
from hostile_samples import page

from layout.preflight import preflight
from layout.preflight.model import Coverage


@pytest.fixture
def estimated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("layout.preflight.ink.coverage.ghostscript", lambda: None)


def coverage(content: bytes, **more: bytes) -> Coverage:
    facts = preflight(page(content, **more)).facts  # type: ignore[arg-type]
    assert facts is not None
    (one,) = facts.coverage
    return one


@pytest.mark.usefixtures("estimated")
@pytest.mark.parametrize(
    ("content", "peak"),
    [
        (b"", 0.0),
        (b"1 0.5 0 0 k 99 99 200 200 re f", 1.5),
        (b"1 1 1 0 k 99 99 200 200 re f 0 0 0 1 k 99 99 200 200 re f", 1.0),
        (b"1 1 1 0 k 99 99 200 200 re f /O gs 0 0 0 1 k 150 150 50 50 re f", 4.0),
        (b"/H gs 1 1 0 0 k 99 99 200 200 re f", 1.0),
        (b"1 1 1 1 k 99 99 200 200 re f 0 0 0 0 k 90 90 300 300 re f", 0.0),
        (b"1 0 0 0 K 20 w 99 99 m 300 99 l S", 1.0),
        (b"9 9 9 9 re W n 1 1 1 1 k 99 99 200 200 re f", 0.0),
        (b"0.5 g 99 99 200 200 re f", 0.5),
        (b"/Pattern cs 99 99 200 200 re f", 0.0),
        (b"/S cs 0.4 scn 99 99 200 200 re f", 0.4),
        (b"1 1 1 0 k 99 99 200 200 re f /S cs 1 scn 99 99 200 200 re f", 1.0),
        (b"/S cs 1 scn 99 99 200 200 re f 1 0.5 0 0 k 99 99 200 200 re f", 1.5),
        (b"/S cs 1 scn 99 99 200 200 re f /O gs 0 0 0 1 k 99 99 200 200 re f", 2.0),
        (b"1 1 0 0 k 99 99 200 200 re f /O gs /S cs 0.5 scn 99 99 200 200 re f", 2.5),
        (b"/S cs 1 scn 99 99 200 200 re f 0 0 0 0 k 90 90 300 300 re f", 0.0),
    ],
)
def test_inks_add_up(content: bytes, peak: float) -> None:
    states = b"/ExtGState<</O<</op true/OPM 1>>/H<</ca 0.5>>>>/ColorSpace<</S[/Separation/Gold/DeviceCMYK "
    states += b"<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[0 .2 .6 .2]/N 1>>]>>"
    assert coverage(content, resources=states).peak == pytest.approx(peak, abs=0.02)


@pytest.mark.usefixtures("estimated")
def test_the_peak_has_its_place() -> None:
    """A square inch whose upper left corner is 2 in from the left and 3 in from the top of 600 x 800 pt."""
    found = coverage(b"1 1 0.5 0 k 144 512 72 72 re f")
    assert (found.peak_place.x, found.peak_place.y) == (pytest.approx(50.8, abs=0.8), pytest.approx(76.2, abs=0.8))
    assert found.square == pytest.approx(2.5, abs=0.05)
    assert found.above == pytest.approx(72 * 72 / (600 * 800), rel=0.1)
    assert found.square_place.width == 15


@pytest.mark.usefixtures("estimated")
def test_small_areas_do_not_make_a_square() -> None:
    found = coverage(b"1 1 1 0 k 144 512 21 21 re f")  # half of 15 mm each way
    assert found.square == pytest.approx(0.75, abs=0.2)  # at 36 dpi an edge of the area is a pixel wide


@pytest.mark.usefixtures("estimated")
def test_a_heavy_area_is_an_error_and_a_square_a_warning() -> None:
    codes = {one.code for one in preflight(page(b"0.8 0.8 0.9 0 k 99 99 99 99 re f")).findings}
    assert {"ink-limit", "ink-square"} <= codes


@pytest.mark.usefixtures("estimated")
def test_a_page_larger_than_any_press_is_not_plated() -> None:
    data = page(b"0 0 9 9 re f").replace(b"[0 0 600 800]", b"[0 0 9e3 9e3]")
    result = preflight(data.replace(b"9e3 9e3", b"9000 900"))
    assert result.facts is not None
    assert result.facts.shortfalls == () or result.facts.coverage == ()


@pytest.mark.tools("gs")
def test_ghostscript_agrees_with_the_estimate(seed_page: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    plates = preflight(seed_page).facts
    monkeypatch.setattr("layout.preflight.ink.coverage.ghostscript", lambda: None)
    marks = preflight(seed_page).facts
    assert plates is not None
    assert marks is not None
    (real,), (guess,) = plates.coverage, marks.coverage
    assert (real.method, guess.method) == ("Ghostscript tiffsep", "estimated from the marks")
    assert guess.square == pytest.approx(real.square, abs=0.1)
    assert guess.peak == pytest.approx(real.peak, abs=0.3)


@pytest.mark.tools("gs")
@pytest.mark.parametrize(
    ("content", "peak"),
    [
        (b"0 0 0 1 k 99 99 200 200 re f", 1.0),
        (b"1 1 1 0 k 99 99 200 200 re f /O gs 0 0 0 1 k 150 150 50 50 re f", 4.0),
        (b"1 1 1 0 k 99 99 200 200 re f 0 0 0 1 k 99 99 200 200 re f", 1.0),
    ],
)
def test_ghostscript_keeps_inks_as_they_are(content: bytes, peak: float) -> None:
    found = coverage(content, resources=b"/ExtGState<</O<</op true/OPM 1>>>>")
    assert found.method == "Ghostscript tiffsep"
    assert found.peak == pytest.approx(peak, abs=0.02)


def test_without_a_result_of_ghostscript_there_is_an_estimate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("layout.preflight.ink.coverage.ghostscript", lambda: "gs")
    monkeypatch.setattr("layout.preflight.ink.tiffsep.shutil.which", lambda _: "/bin/false")
    assert coverage(b"1 0 0 0 k 99 99 99 99 re f").method == "estimated from the marks"
