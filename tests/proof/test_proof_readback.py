import pytest
from PIL import Image
from proof_samples import CYAN, MARGIN, TRIM, YELLOW, drawn
from pytest import approx
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from layout.core import Rect
from layout.proof.pairs import compare_pages
from layout.proof.raster import opened
from layout.proof.readback import Frame, page_states

TEXT = "left one\nleft two"
UPPER, LOWER = Frame("upper", Rect(20, 30, 200, 26)), Frame("lower", Rect(20, 58, 200, 20))


@pytest.fixture
def pictured(tmp_path):
    def draw(value):
        path = tmp_path / "page.pdf"
        canvas = Canvas(str(path), pagesize=(TRIM.width, TRIM.height))
        canvas.drawImage(ImageReader(Image.new("RGB", (20, 10), value)), 50, 300, 100, 50)
        canvas.save()
        return path.read_bytes()

    return draw


def states(pdf, *given):
    with opened(pdf) as document:
        return page_states(document[0], *given)


def test_without_frames_the_page_is_one():
    (state,) = states(drawn(text=TEXT))
    assert (state.slug, state.rect, state.texts) == ("", None, {"text": "left one left two"})


def test_copy_belongs_to_the_frame_that_it_stands_in():
    page, upper, lower = states(drawn(text=TEXT), (UPPER, LOWER))
    assert page.texts == {}
    assert upper.texts == {"text": "left one"}
    assert lower.texts == {"text": "left two"}
    assert upper.rect == UPPER.rect


def test_pictures_are_told_by_content(pictured):
    one, other, same = (states(pictured(value))[0].photos[0] for value in ("red", "blue", "red"))
    assert one.digest == same.digest != other.digest
    assert (one.rect.x, one.rect.y, one.rect.width, one.rect.height) == approx((50, 50, 100, 50))
    assert one.name == "picture 1"
    assert states(pictured("red"), (), ("a.jpg",))[0].photos[0].name == "a.jpg"


def test_two_pages_in_one_picture():
    box = Rect(60, 80, 40, 20)
    with opened(drawn((box, CYAN, False))) as old, opened(drawn((box, YELLOW, False))) as new:
        regions, picture = compare_pages(old[0], new[0])
    (found,) = regions
    assert found.contains(Rect(box.x + MARGIN + 2, box.y + MARGIN + 2, box.width - 4, box.height - 4))
    assert picture.width > 2 * TRIM.width
