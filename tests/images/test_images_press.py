"""A prepared picture in a PDF, looked at by programs that we did not write."""

import io
import shutil
import subprocess

import numpy as np
import pikepdf
import pypdfium2
import pytest
from image_samples import NEWS, WHOLE, save
from PIL import Image

from layout.images import PressPicture
from layout.images.picture import prepare

CMYK = (51, 153, 204, 26)


def page_with(picture: PressPicture) -> bytes:
    pdf = pikepdf.new()
    image = pdf.make_stream(picture.data)
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width, image.Height, image.BitsPerComponent = picture.width, picture.height, 8
    image.ColorSpace = pikepdf.Name.DeviceCMYK if picture.components == 4 else pikepdf.Name.DeviceGray
    image.Filter = pikepdf.Name.DCTDecode
    if picture.components == 4 and picture.inverted:
        image.Decode = pikepdf.Array([1, 0, 1, 0, 1, 0, 1, 0])
    page = pdf.add_blank_page(page_size=(72, 72))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=image))
    page.Contents = pdf.make_stream(b"q 72 0 0 72 0 0 cm /P Do Q")
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


@pytest.fixture(params=["CMYK", "L"])
def patch(request, tmp_path) -> tuple[PressPicture, tuple[float, ...]]:
    """A flat picture and the ink in percent that the plates must have."""
    if request.param == "CMYK":
        path = save(Image.new("CMYK", (72, 72), CMYK), tmp_path / "a.tif")
        return prepare(path, WHOLE, (72, 72), NEWS), (20, 60, 80, 10)
    path = save(Image.new("L", (72, 72), 128), tmp_path / "a.png")
    return prepare(path, WHOLE, (72, 72), NEWS), (0, 0, 0, 36)


@pytest.mark.tools
def test_the_plates_have_the_ink(patch, tmp_path):
    if shutil.which("gs") is None:
        pytest.skip("gs is not installed")
    picture, wanted = patch
    (tmp_path / "page.pdf").write_bytes(page_with(picture))
    command = "gs -q -dSAFER -dBATCH -dNOPAUSE -r72 -sDEVICE=tiffsep -sOutputFile=page.tif page.pdf"
    subprocess.run(command.split(), cwd=tmp_path, check=True, capture_output=True)
    for ink, percent in zip(("Cyan", "Magenta", "Yellow", "Black"), wanted, strict=True):
        plate = 255 - np.asarray(Image.open(tmp_path / f"page({ink}).tif").convert("L")).astype(int)
        assert plate[36, 36] / 2.55 == pytest.approx(percent, abs=1)


def test_a_screen_shows_the_picture_not_its_negative(patch):
    picture, _ = patch
    shown = pypdfium2.PdfDocument(page_with(picture))[0].render(scale=1).to_pil().convert("RGB").getpixel((36, 36))
    if picture.components == 1:
        assert shown == pytest.approx((163, 163, 163), abs=3)
    else:
        red, green, blue = shown
        assert red > green > blue
        assert red > 150
