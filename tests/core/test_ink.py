import pytest

from layout.core import BLACK, WHITE, Ink


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
