import pytest

from layout.core import BLACK, WHITE, Ink, Spot


def test_what_only_the_black_plate_carries() -> None:
    assert BLACK.black_only
    assert not Ink(magenta=0.1, black=1).black_only
    assert not WHITE.black_only
    assert Ink(0.1, 0.2, 0.3, 0.4).coverage == pytest.approx(1.0)
    assert Ink(0.1, 0, 0.3).colourants == 2


def test_a_colour_on_a_black_page_is_a_tint_of_black() -> None:
    assert BLACK.grey == BLACK
    assert WHITE.grey == WHITE
    assert Ink(yellow=1).grey.black < Ink(cyan=1).grey.black < Ink(magenta=1).grey.black < Ink(1, 1, 1).grey.black
    assert Ink(cyan=1, magenta=1, yellow=1).grey == BLACK


RED_TIN = Spot("PANTONE 185 C", (0.0, 0.91, 0.76, 0.0))


def test_a_spot_ink_is_one_plate() -> None:
    tint = Ink(spot=RED_TIN, tint=0.4)
    assert (tint.coverage, tint.colourants, tint.black_only) == (0.4, 1, False)
    assert tint.process == Ink(magenta=0.364, yellow=0.304)
    assert tint.process.process == tint.process
    assert tint.grey == tint.process.grey
    assert 0 < tint.grey.black < Ink(spot=RED_TIN, tint=1.0).grey.black < 1


def test_a_spot_that_looks_black_does_not_overprint() -> None:
    assert not Ink(spot=Spot("Schwarz 2", (0.0, 0.0, 0.0, 1.0)), tint=1.0).black_only
    assert Ink(spot=Spot("Schwarz 2", (0.0, 0.0, 0.0, 1.0)), tint=1.0).process.black_only


def test_tints_of_colours() -> None:
    assert Ink(magenta=1, yellow=0.9).screened(0.2) == Ink(magenta=0.2, yellow=0.18)
    assert Ink(spot=RED_TIN, tint=0.5).screened(0.5) == Ink(spot=RED_TIN, tint=0.25)
