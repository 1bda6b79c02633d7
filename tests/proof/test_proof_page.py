import json
import tempfile
from pathlib import Path

import pikepdf
import pytest
from ad_samples import X4, Ad, ad_pdf, resource
from PIL import Image, ImageChops, ImageCms, ImageStat
from proof_samples import CYAN, MARGIN, PROFILE, RICH, SPOT, YELLOW, drawn, proof_page
from reportlab.lib.colors import CMYKColor

from layout.core import Rect
from layout.proof import is_complete, page_key, page_record, plates
from layout.proof.folder import PLATES, page_facts
from layout.proof.page import make_pictures, make_quick
from layout.proof.separations import process_image, read_separations
from layout.proof.stock import Stock

BOX, OTHER, THIRD = Rect(50, 60, 100, 30), Rect(50, 160, 100, 30), Rect(50, 260, 100, 30)


def pixel(image, x, y, resolution=PLATES):
    return image.getpixel((round((MARGIN + x) * resolution / 72), round((MARGIN + y) * resolution / 72)))


def picture(path):
    with Image.open(path) as image:
        return image.copy()


def test_the_key_is_of_the_content():
    one = proof_page(drawn())
    assert page_key(one) == page_key(proof_page(drawn()))
    assert page_key(one).startswith("01-")
    assert page_key(one) != page_key(proof_page(drawn((BOX, CYAN, False))))
    assert page_key(one) != page_key(proof_page(drawn(), ink_limit=2.2))


def test_a_folder_is_complete_when_all_is_there(tmp_path):
    page = proof_page(drawn())
    make_quick(page, tmp_path, Stock())
    assert not is_complete(tmp_path)
    assert page_facts(tmp_path) == {}
    make_pictures(page, tmp_path)
    assert is_complete(tmp_path)


BY_PROGRAM = [pytest.param(each, marks=pytest.mark.tools(each.name), id=each.name) for each in plates.PROGRAMS]


@pytest.mark.parametrize("program", BY_PROGRAM)
class TestSeparations:
    @pytest.fixture
    def separated(self, program, monkeypatch):
        monkeypatch.setattr(plates, "PROGRAMS", (program,))
        pdf = drawn(
            (BOX, CYAN, False), (BOX, YELLOW, True), (OTHER, CYAN, False), (OTHER, YELLOW, False), (THIRD, SPOT, True)
        )
        with plates.separating(pdf, PROFILE) as separation:
            return {plate.name: plate for plate in separation.done().plates()}

    def test_overprint_is_on_both_plates(self, separated):
        assert pixel(separated["Cyan"].image, 100, 75) == 255
        assert pixel(separated["Yellow"].image, 100, 75) == 255

    def test_what_does_not_overprint_knocks_out(self, separated):
        assert pixel(separated["Cyan"].image, 100, 175) == 0
        assert pixel(separated["Yellow"].image, 100, 175) == 255

    def test_a_spot_ink_has_its_plate_and_its_look(self, separated):
        assert list(separated) == ["Cyan", "Magenta", "Yellow", "Black", "HKS 8"]
        assert pixel(separated["HKS 8"].image, 100, 275) == 255
        assert pixel(separated["Magenta"].image, 100, 275) == 0
        assert separated["HKS 8"].likeness == pytest.approx((0, 0.8, 0.9, 0), abs=0.01)

    def test_on_paper_a_spot_ink_looks_like_itself(self, separated):
        paper = process_image(tuple(separated.values()))
        assert pixel(paper, 100, 275) == pytest.approx((0, 204, 230, 0), abs=2)
        assert pixel(paper, 100, 75) == (255, 0, 255, 0)
        assert pixel(paper, 250, 350) == (0, 0, 0, 0)

    def test_a_third_of_a_tint_is_a_third_of_ink(self, program, monkeypatch):
        monkeypatch.setattr(plates, "PROGRAMS", (program,))
        with plates.separating(drawn((BOX, CMYKColor(0.33, 0, 0, 0), False)), PROFILE) as separation:
            cyan = separation.done().plates()[0]
        assert pixel(cyan.image, 100, 75) == pytest.approx(0.33 * 255, abs=1)

    def test_what_is_no_pdf_has_no_plates(self, program, monkeypatch):
        monkeypatch.setattr(plates, "PROGRAMS", (program,))
        with plates.separating(b"no pdf", PROFILE) as separation:
            assert separation.done().plates() == ()


class TestWhoSeparates:
    """MuPDF where a page has inks only, Ghostscript where it has colour of other kinds."""

    @pytest.fixture
    def installed(self, monkeypatch):
        there = {"mutool", "gs"}
        monkeypatch.setattr(plates.shutil, "which", lambda name: name if name in there else None)
        monkeypatch.setattr(plates.subprocess, "Popen", lambda call, **_: call)
        return there

    def by(self, pdf):
        with tempfile.TemporaryDirectory() as folder:
            program = plates._program(pdf)
            return program and plates._start(program, pdf, Path(folder), None)[0]

    def test_inks_alone(self, installed):
        assert self.by(drawn((BOX, CYAN, False))) == "mutool"
        installed.discard("mutool")
        assert self.by(drawn((BOX, CYAN, False))) == "gs"

    @pytest.mark.parametrize("sign", [b"[/ICCBased 7 0 R]", b"/Type /ObjStm", b"/DefaultRGB 3 0 R"])
    def test_colour_that_is_no_ink(self, installed, sign):
        pdf = drawn((BOX, CYAN, False)) + sign
        assert self.by(pdf) == "gs"
        installed.discard("gs")
        assert self.by(pdf) is None


@pytest.mark.tools("mutool", "gs")
def test_both_programs_make_the_same_plates(monkeypatch):
    pdf = drawn((BOX, RICH, False), (OTHER, SPOT, False), text="Type is smoothed")
    made = []
    for program in plates.PROGRAMS:
        monkeypatch.setattr(plates, "PROGRAMS", (program,))
        with plates.separating(pdf, PROFILE) as separation:
            made.append(separation.done().plates())
    for one, other in zip(*made, strict=True):
        assert one.name == other.name
        different = ImageChops.difference(one.image, other.image)
        assert ImageStat.Stat(different).mean[0] < 0.5


@pytest.mark.tools("gs")
def test_managed_colour_goes_into_the_inks_of_the_press():
    def patches(pdf):
        profile = pdf.make_stream(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), N=3)
        resource(pdf, "ColorSpace", "S", pikepdf.Array([pikepdf.Name.ICCBased, profile]))
        operators = b"q /S cs 0.8 0.1 0.1 sc 0 0 100 100 re f 0.5 0.4 0.4 0 k 100 0 100 100 re f Q"
        pdf.pages[0].contents_add(pdf.make_stream(operators))

    with plates.separating(ad_pdf(Ad(level=X4), change=patches), PROFILE) as separation:
        inks = process_image(separation.done().plates())
        assert separation.done().by == "gs"
    height = inks.height
    told = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"), str(PROFILE), "RGB", "CMYK", 1, ImageCms.Flags.BLACKPOINTCOMPENSATION
    )
    expected = ImageCms.applyTransform(Image.new("RGB", (1, 1), (204, 26, 26)), told).getpixel((0, 0))
    assert inks.getpixel((50, height - 50)) == pytest.approx(expected, abs=5)
    assert inks.getpixel((150, height - 50)) == pytest.approx((128, 102, 102, 0), abs=1), "inks stay as they are"


@pytest.mark.parametrize("data", [b"", b"8BPS", b"8BPS" + bytes(40), b"\x89PNG" + bytes(100)])
def test_a_file_that_holds_no_separations(data):
    assert read_separations(data) == ()


@pytest.mark.tools("mutool")
class TestPictures:
    def test_the_facts(self, tmp_path):
        page = proof_page(drawn((BOX, RICH, False)))
        make_pictures(page, tmp_path)
        facts = page_facts(tmp_path)
        assert facts["exact"]
        assert facts["by"] == "mutool"
        assert facts["soft"]
        assert facts["ink"]["largest"] == pytest.approx(3.0, abs=0.02)
        x, y = facts["ink"]["at"]
        assert (x, y) == (pytest.approx(BOX.x, abs=1), pytest.approx(BOX.y, abs=1))
        share = BOX.width * BOX.height / (page.trim.width * page.trim.height)
        assert facts["ink"]["over"] == pytest.approx(share, rel=0.05)
        by_name = {plate["name"]: plate["share"] for plate in facts["plates"]}
        assert by_name["Black"] == pytest.approx(0.9 * share, rel=0.05)

    def test_pictures_for_the_browser(self, tmp_path):
        make_pictures(proof_page(drawn((BOX, CYAN, False))), tmp_path)
        cyan, black = (picture(tmp_path / f"plate-{nth}.jpg") for nth in (0, 3))
        assert pixel(cyan, 100, 75) < 10 < 245 < pixel(black, 100, 75)
        soft = picture(tmp_path / "soft.jpg")
        paper = pixel(soft, 250, 350)
        assert 200 < min(paper) <= max(paper) < 225, "newsprint, not white"
        script = (tmp_path / "inks.js").read_text("utf-8")
        assert script.startswith(f'PROOF_INKS("{tmp_path.name}", ')
        assert "data:image/png;base64," in script

    def test_who_judges_the_page_is_told_its_ink(self, tmp_path):
        told = []
        make_pictures(proof_page(drawn((BOX, RICH, False))), tmp_path, judge=lambda ink: told.append(ink) or [{"a": 1}])
        assert told[0].largest == pytest.approx(3.0, abs=0.02)
        assert page_facts(tmp_path)["preflight"] == [{"a": 1}]


def test_without_a_program_the_soft_proof_is_approximate(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    make_pictures(proof_page(drawn((BOX, CYAN, False))), tmp_path)
    assert page_facts(tmp_path) == {"soft": True, "exact": False, "preflight": []}
    soft = Image.open(tmp_path / "soft.jpg")
    assert max(pixel(soft, 250, 350)) < 225
    assert not list(tmp_path.glob("plate-*"))


def test_an_unusable_profile_only_costs_the_soft_proof(tmp_path):
    (tmp_path / "bad.icc").write_bytes(b"no profile")
    make_pictures(proof_page(drawn(), profile=tmp_path / "bad.icc"), tmp_path)
    assert page_facts(tmp_path)["soft"] is False
    assert is_complete(tmp_path)


def test_the_record_is_plain(tmp_path):
    page = proof_page(drawn())
    make_quick(page, tmp_path, Stock())
    record = json.loads(json.dumps(page_record(page, tmp_path)))
    assert record["sheet"]["origin"] == [MARGIN, MARGIN]
    assert record["faults"][0]["rect"] == [20, 60, 60, 9]
    assert record["sheet"]["medium"] == [340, 440]
    assert record["stories"][0]["lines"][1]["text"] == "字对字行对行"
