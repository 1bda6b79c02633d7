from PIL import Image, ImageDraw

from layout.core import Rect
from layout.proof.compare import CELL, changed_regions


def page(*boxes, size=(300, 400)):
    image = Image.new("RGB", size, "white")
    for box in boxes:
        ImageDraw.Draw(image).rectangle(box, fill="black")
    return image


def test_nothing_differs():
    assert changed_regions(page((10, 10, 40, 40)), page((10, 10, 40, 40)), 72) == ()


def test_two_regions_from_the_top_down():
    found = changed_regions(page(), page((200, 300, 219, 309), (40, 50, 60, 60)), 72)
    assert found == (Rect(40, 48, 24, 16), Rect(200, 296, 24, 16))
    assert all(rect.x % CELL == 0 for rect in found)


def test_lengths_are_points_whatever_the_resolution():
    (found,) = changed_regions(page(), page((144, 144, 151, 151)), 144)
    assert found == Rect(72, 72, 4, 4)


def test_near_changes_are_one_region():
    assert len(changed_regions(page(), page((10, 10, 12, 12), (30, 10, 32, 12)), 72)) == 1
    assert len(changed_regions(page(), page((10, 10, 12, 12), (90, 10, 92, 12)), 72)) == 2


def test_faint_noise_is_no_change():
    grey = Image.new("RGB", (100, 100), (250, 250, 250))
    assert changed_regions(page(size=(100, 100)), grey, 72) == ()


def test_pages_of_two_sizes():
    small, large = page(size=(100, 100)), page((120, 10, 130, 20), size=(160, 100))
    assert changed_regions(small, large, 72) == (Rect(120, 8, 16, 16),)
    assert changed_regions(small, page(size=(160, 100)), 72) == ()
