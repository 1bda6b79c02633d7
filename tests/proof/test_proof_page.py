import json

import pytest
from PIL import Image
from proof_samples import CYAN, MARGIN, RICH, SPOT, YELLOW, drawn, proof_page

from layout.core import Rect
from layout.proof import is_complete, make_pictures, make_quick, page_key, page_record, plates
from layout.proof.page import page_facts

BOX, OTHER, THIRD = Rect(50, 60, 100, 30), Rect(50, 160, 100, 30), Rect(50, 260, 100, 30)


def pixel(image, x, y, resolution=plates.RESOLUTION):
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
    make_quick(page, tmp_path)
    assert not is_complete(tmp_path)
    assert page_facts(tmp_path) == {}
    make_pictures(page, tmp_path)
    assert is_complete(tmp_path)


@pytest.mark.tools("gs")
class TestSeparations:
    @pytest.fixture
    def separated(self):
        pdf = drawn(
            (BOX, CYAN, False), (BOX, YELLOW, True), (OTHER, CYAN, False), (OTHER, YELLOW, False), (THIRD, SPOT, True)
        )
        with plates.separating(pdf) as separation:
            return separation.plates()

    def test_overprint_is_on_both_plates(self, separated):
        assert pixel(separated["Cyan"], 100, 75) == 255
        assert pixel(separated["Yellow"], 100, 75) == 255

    def test_what_does_not_overprint_knocks_out(self, separated):
        assert pixel(separated["Cyan"], 100, 175) == 0
        assert pixel(separated["Yellow"], 100, 175) == 255

    def test_a_spot_ink_has_its_plate(self, separated):
        assert list(separated) == ["Cyan", "Magenta", "Yellow", "Black", "HKS 8"]
        assert pixel(separated["HKS 8"], 100, 275) == 255
        assert pixel(separated["Magenta"], 100, 275) == 0

    def test_what_is_no_pdf_has_no_plates(self):
        with plates.separating(b"no pdf") as separation:
            assert separation.plates() == {}

    def test_the_facts(self, tmp_path):
        page = proof_page(drawn((BOX, RICH, False)))
        make_pictures(page, tmp_path)
        facts = page_facts(tmp_path)
        assert facts["exact"]
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


def test_without_ghostscript_the_soft_proof_is_approximate(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    make_pictures(proof_page(drawn((BOX, CYAN, False))), tmp_path)
    assert page_facts(tmp_path) == {"soft": True, "exact": False}
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
    record = json.loads(json.dumps(page_record(page, tmp_path)))
    assert record["sheet"]["origin"] == [MARGIN, MARGIN]
    assert record["faults"][0]["rect"] == [20, 60, 60, 9]
    assert record["stories"][0]["lines"][1]["text"] == "字对字行对行"
