from PIL import Image
from pytest import approx

from layout.core import Rect
from layout.proof import ink


def plates(*values, size=(200, 100)):
    return [Image.new("L", size, value) for value in values]


def spot(plate, box, value=255):
    plate.paste(value, box)
    return plate


def test_the_sum_of_the_plates():
    total = ink.total(plates(255, 255, 102, 0), (0, 0, 200, 100))
    assert total.getextrema() == (612, 612)


def test_the_largest_and_its_place():
    cyan, magenta, yellow, black = plates(0, 0, 0, 0)
    for plate in (cyan, magenta, yellow):
        spot(plate, (50, 40, 60, 50))
    total = ink.total([cyan, magenta, yellow, black], (0, 0, 200, 100))
    found = ink.measure(total, resolution=72, limit=2.4)
    assert found.largest == 3.0
    assert (found.place.x, found.place.y) == (50.5, 40.5)
    assert found.over == approx(100 / 20000)


def test_exactly_the_limit_is_not_above():
    total = ink.total(plates(204, 204, 204, 0), (0, 0, 200, 100))
    assert ink.measure(total, resolution=72, limit=2.4).over == 0.0
    assert ink.measure(total, resolution=72, limit=2.39).over == 1.0


def test_the_mean_of_a_square_is_lower_than_a_pixel():
    total = ink.total([spot(plate, (0, 0, 4, 4)) for plate in plates(0, 0, 0, 0)], (0, 0, 200, 100))
    found = ink.measure(total, resolution=72, limit=2.4)
    assert found.largest == 4.0
    assert found.mean < 0.1


def test_only_the_box_counts():
    marks = [spot(plate, (0, 0, 10, 100)) for plate in plates(0, 0, 0, 0)]
    box = ink.box_of(Rect(10, 0, 190, 100), 72, (200, 100))
    assert box == (10, 0, 200, 100)
    assert ink.total(marks, box).getextrema() == (0, 0)


def test_the_map_marks_what_is_above_the_limit():
    cyan, magenta, yellow, black = plates(128, 0, 0, 0)
    for plate in (cyan, magenta, yellow):
        spot(plate, (0, 0, 10, 10))
    heat = ink.heat(ink.total([cyan, magenta, yellow, black], (0, 0, 200, 100)), 2.4).convert("RGB")
    assert "#{:02x}{:02x}{:02x}".format(*heat.getpixel((5, 5))) == ink.OVER
    assert "#{:02x}{:02x}{:02x}".format(*heat.getpixel((100, 50))) != ink.OVER


def test_the_legend_goes_up_to_the_limit():
    texts = [text for _, text in ink.legend(2.4)]
    assert texts[0] == "< 2"
    assert texts[-2:] == ["220-240", "> 240"]
    assert [text for _, text in ink.legend(1.0)][-3:] == ["50-80", "80-100", "> 100"]
