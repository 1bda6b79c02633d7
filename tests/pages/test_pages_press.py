"""What the plant asks of the press file: inks, overprint, pictures, boxes, and what the file says of itself."""

import hashlib
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from io import BytesIO
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image as Pillow
from printed import Printed
from readback import BLACK, Box, Image, ReadPage

from layout.house.model import House

RED = ("DeviceCMYK", (0, 1, 1, 0))


@pytest.fixture(scope="session")
def trim(pdf: pikepdf.Pdf) -> Box:
    left, low, right, high = map(float, pdf.pages[0].trimbox)
    return 0, 0, right - left, high - low


def clear_of(box: Box, trim: Box) -> bool:
    return box[2] <= trim[0] or box[0] >= trim[2] or box[3] <= trim[1] or box[1] >= trim[3]


def test_the_operators_stand_in_legal_order(page: ReadPage) -> None:
    """ISO 32000-1, figure 9: a RIP may refuse a path inside a text object."""
    assert page.faults == []


# inks


def test_ink_is_set_in_device_cmyk_alone(page: ReadPage) -> None:
    assert not page.operators & {"g", "G", "rg", "RG", "cs", "sc", "scn", "sh", "ri", "i", "BI"}


def test_only_the_marks_outside_the_trim_print_on_every_plate(page: ReadPage, trim: Box) -> None:
    marks = [path for path in page.paths if path.colour[0] != "DeviceCMYK"]
    assert marks
    for path in marks:
        assert path.colour == ("All", (1,))
        assert clear_of(path.box, trim)


def test_type_is_black_or_red(page: ReadPage) -> None:
    assert {glyph.colour for glyph in page.glyphs if glyph.baseline > 0} == {BLACK, RED}, (
        "above it are the plates' names"
    )


def test_black_type_and_rules_overprint(page: ReadPage) -> None:
    """GWG 2022, R0009 and R0010; the reader counts overprint only together with OPM 1."""
    lines = [path for path in page.paths if path.operator == "S"]
    black = [item for item in (*page.glyphs, *lines) if item.colour == BLACK]
    assert len(black) > 3500
    assert all(item.overprint for item in black)


def test_red_knocks_out(page: ReadPage, printed: Printed) -> None:
    red = [item for item in (*page.glyphs, *page.paths) if item.colour == RED]
    heads = [glyph for head in printed.heads for row in head for glyph in row.glyphs]
    assert {glyph for glyph in page.glyphs if glyph.colour == RED} == set(heads)
    assert not any(item.overprint for item in red)


def test_every_rule_is_wide_enough_to_print(page: ReadPage) -> None:
    assert all(path.width >= 0.25 for path in page.paths if path.operator == "S")


# pictures


def inks(image: Image) -> np.ndarray:
    """The samples as ink, 0..1, height by width by four."""
    assert "/SMask" not in image.stream
    with Pillow.open(BytesIO(image.stream.read_raw_bytes())) as picture:
        assert picture.mode == "CMYK"
        samples = 255 - np.asarray(picture, dtype=np.float32)  # Pillow turns round what it reads
    turned = [int(edge) for edge in image.stream.get("/Decode", [])] == [1, 0] * 4
    return 1 - samples / 255 if turned else samples / 255


def test_pictures_are_cmyk_jpegs_that_knock_out(page: ReadPage) -> None:
    assert len(page.images) == 8
    for image in page.images:
        stream = image.stream
        assert (stream.ColorSpace, stream.Filter, stream.BitsPerComponent) == ("/DeviceCMYK", "/DCTDecode", 8)
        assert not image.overprint


def test_pictures_have_the_resolution_of_the_house(page: ReadPage, house: House) -> None:
    for image in page.images:
        across = int(image.stream.Width) / (image.box[2] - image.box[0]) * 72
        down = int(image.stream.Height) / (image.box[3] - image.box[1]) * 72
        assert across == pytest.approx(down, rel=0.01)
        assert house.press.resolution_warn <= across <= house.press.resolution + 0.5


def test_pictures_keep_the_ink_limit(page: ReadPage, house: House) -> None:
    for image in page.images:
        total = inks(image).sum(axis=2)
        assert total.max() > 0.5  # a picture, and the right way round
        assert (total > house.press.ink_limit + 0.005).mean() <= 0.0002


# boxes and identity


def test_the_boxes_nest_and_the_trim_is_the_house_format(pdf: pikepdf.Pdf, house: House) -> None:
    entries = pdf.pages[0].obj
    trim, bleed, media = ([float(edge) for edge in entries[key]] for key in ("/TrimBox", "/BleedBox", "/MediaBox"))
    assert trim[2] - trim[0] == pytest.approx(house.trim.width, abs=0.002)
    assert trim[3] - trim[1] == pytest.approx(house.trim.height, abs=0.002)
    for inner, outer, beyond in ((trim, bleed, house.bleed), (bleed, media, house.marks.margin)):
        distances = (inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3])
        assert distances == pytest.approx((beyond,) * 4, abs=0.002)
        assert min(distances) >= 0


def test_the_page_has_nothing_that_pdf_x_forbids(pdf: pikepdf.Pdf) -> None:
    assert {*pdf.pages[0].obj.keys()} == {
        "/Type", "/Parent", "/MediaBox", "/BleedBox", "/TrimBox", "/Resources", "/Contents", "/Group",
    }  # fmt: skip
    assert pdf.pages[0].Group.CS == "/DeviceCMYK"
    assert not {"/OpenAction", "/AA", "/Names", "/AcroForm", "/OCProperties", "/Outlines"} & {*pdf.Root.keys()}
    assert not pdf.is_encrypted


def test_the_file_is_plain_pdf_1_6(built: Path) -> None:
    data = built.read_bytes()
    assert data.startswith(b"%PDF-1.6")
    assert b"/ObjStm" not in data
    assert b"/XRef" not in data
    assert b"/LZWDecode" not in data


def test_the_output_intent_carries_the_press_profile(pdf: pikepdf.Pdf, house: House) -> None:
    (intent,) = pdf.Root.OutputIntents
    assert intent.S == "/GTS_PDFX"
    assert str(intent.OutputConditionIdentifier) == house.press.condition
    assert str(intent.RegistryName) == "http://www.color.org"
    assert intent.DestOutputProfile.N == 4
    profile = intent.DestOutputProfile.read_bytes()
    assert profile == house.press.profile.read_bytes()
    assert (profile[12:16], profile[16:20]) == (b"prtr", b"CMYK")


XMP = {
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}


def test_the_metadata_claim_pdf_x_4_and_agree_with_info(pdf: pikepdf.Pdf) -> None:
    assert "/Filter" not in pdf.Root.Metadata
    packet = ET.fromstring(pdf.Root.Metadata.read_bytes().strip())
    told = {key: packet.findtext(f".//{key}", namespaces=XMP) for key in _TOLD}
    assert None not in told.values()
    info = pdf.trailer.Info
    assert (told["pdfxid:GTS_PDFXVersion"], told["pdf:Trapped"]) == ("PDF/X-4", "False")
    assert info.Trapped == pikepdf.Name("/False")
    assert packet.findtext(".//dc:title//rdf:li", namespaces=XMP) == str(info.Title) == "样报 2024-01-08"
    days = (told["xmp:CreateDate"], str(info.CreationDate))
    assert {re.sub(r"\D", "", day) for day in days} == {"202401081200000800"}
    assert str(info.CreationDate) == str(info.ModDate)
    assert told["xmp:CreateDate"] == told["xmp:ModifyDate"] == told["xmp:MetadataDate"]
    assert (told["xmp:CreatorTool"], told["pdf:Producer"]) == (str(info.Creator), str(info.Producer))


_TOLD = (
    "pdfxid:GTS_PDFXVersion", "pdf:Trapped", "pdf:Producer", "xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate",
    "xmp:CreatorTool", "xmpMM:DocumentID", "xmpMM:VersionID", "xmpMM:RenditionClass",
)  # fmt: skip


def test_the_trailer_identifies_the_file(pdf: pikepdf.Pdf) -> None:
    assert [len(bytes(each)) for each in pdf.trailer.ID] == [16, 16]


# determinism


def test_another_process_builds_the_same_bytes(built: Path, issue: Path, root: Path, tmp_path: Path) -> None:
    """Another hash seed, time zone, locale, folder, number of processes, and a cache that is filled and then used."""
    surroundings = {"PYTHONHASHSEED": "4711", "TZ": "America/Lima", "LC_ALL": "C", "PYTHONPATH": str(root)}
    command = [sys.executable, "-m", "layout", "build", str(issue), "-o", "out", "--jobs", "2"]
    for _ in range(2):
        subprocess.run(
            command,
            cwd=tmp_path,
            env={**os.environ, **surroundings, "XDG_CACHE_HOME": str(tmp_path / "cache")},
            check=True,
            capture_output=True,
        )
        again = (tmp_path / "out/issue.pdf").read_bytes()
        assert hashlib.sha256(again).hexdigest() == hashlib.sha256(built.read_bytes()).hexdigest()
