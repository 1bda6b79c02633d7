from PIL import Image
from pytest import approx

from layout.core import Rect
from layout.proof import ink


def plates(*values, size=(200, 100)):
    return [Image.new("L", size, value) for value in values]


def spot(plate, box, value=255):
    plate.paste(value, box)
    return plate


def measured(made, limit=2.4):
    return ink.measure(made, ink.total(made), resolution=72, limit=limit)


def test_the_sum_of_the_plates():
    total = ink.total(plates(255, 255, 102, 0))
    assert total.getextrema() == (612, 612)


def test_the_largest_and_its_place():
    cyan, magenta, yellow, black = plates(0, 0, 0, 0)
    for plate in (cyan, magenta, yellow):
        spot(plate, (50, 40, 60, 50))
    found = measured([cyan, magenta, yellow, black])
    assert found.largest == 3.0
    assert (found.place.x, found.place.y) == (50.5, 40.5)
    assert found.over == approx(100 / 20000)


def test_the_first_of_the_largest_from_the_top():
    black = spot(spot(plates(0)[0], (150, 10, 160, 12)), (5, 11, 160, 12))
    found = measured([black])
    assert (found.place.x, found.place.y) == (150.5, 10.5)


def test_exactly_the_limit_is_not_above():
    full = plates(204, 204, 204, 0)
    assert measured(full).over == 0.0
    assert measured(full, limit=2.39).over == 1.0


def test_the_mean_of_a_square_is_lower_than_a_pixel():
    found = measured([spot(plate, (100, 50, 104, 54)) for plate in plates(0, 0, 0, 0)])
    assert found.largest == 4.0
    assert found.mean < 0.1


def test_the_heaviest_square_is_found_wherever_it_lies():
    side = ink.SQUARE  # pixels at 72 dpi are points
    box = (71, 33, 71 + round(side), 33 + round(side))
    found = measured([spot(plate, box, 204) for plate in plates(0, 0, 0, size=(200, 140))])
    assert found.mean == approx(2.4, abs=0.15)
    assert (found.mean_place.x, found.mean_place.y) == (approx(71 + side / 2, abs=5), approx(33 + side / 2, abs=5))


def test_a_page_smaller_than_the_square_is_its_own_square():
    assert measured(plates(102, 51, size=(20, 10))).mean == approx(0.6)


def test_the_pixels_of_a_box():
    assert ink.box_of(Rect(10, 0, 190, 100), 72, (200, 100)) == (10, 0, 200, 100)


def test_the_map_marks_what_is_above_the_limit():
    cyan, magenta, yellow, black = plates(128, 0, 0, 0)
    for plate in (cyan, magenta, yellow):
        spot(plate, (0, 0, 10, 10))
    heat = ink.heat(ink.total([cyan, magenta, yellow, black]), 2.4).convert("RGB")
    assert "#{:02x}{:02x}{:02x}".format(*heat.getpixel((5, 5))) == ink.OVER
    assert "#{:02x}{:02x}{:02x}".format(*heat.getpixel((100, 50))) != ink.OVER


def test_the_legend_goes_up_to_the_limit():
    texts = [text for _, text in ink.legend(2.4)]
    assert texts[0] == "< 2"
    assert texts[-2:] == ["220-240", "> 240"]
    assert [text for _, text in ink.legend(1.0)][-3:] == ["50-80", "80-100", "> 100"]
