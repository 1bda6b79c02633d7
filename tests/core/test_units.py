import pytest

from layout.core import MM, parse_length
from layout.core.units import OFFICE_SIZES


@pytest.mark.parametrize(
    ("typed", "points"),
    [
        (9, 9.0),
        ("9", 9.0),
        ("9pt", 9.0),
        ("390mm", 390 * MM),
        ("1in", 72.0),
        ("1 cm", 10 * MM),
        ("小五", 9.0),
        ("二号", 21.0),
        ("-2pt", -2.0),
    ],
)
def test_lengths_as_typed(typed: float | str, points: float) -> None:
    assert parse_length(typed) == pytest.approx(points)


def test_office_and_newspaper_sizes_differ() -> None:
    assert parse_length("小初") == 30
    assert parse_length("小初", sizes=OFFICE_SIZES) == 36


@pytest.mark.parametrize("typed", ["", "pt", "9px", "nine", "九号", "1e3pt", "9 9pt"])
def test_what_is_no_length(typed: str) -> None:
    with pytest.raises(ValueError, match="not a length"):
        parse_length(typed)
