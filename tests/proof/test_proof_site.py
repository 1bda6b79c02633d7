from proof_samples import CYAN, MARGIN, drawn, photo, proof_page, story

from layout.core import Rect
from layout.proof import Site, compared, page_key, page_record
from layout.proof.page import make_pictures
from layout.proof.record import joined

BOX = Rect(60, 200, 40, 40)


def proofed(site, page, old=None):
    folder = site.page_folder(page_key(page))
    make_pictures(page, folder)
    return compared(page_record(page, folder), old, site.pages)


def test_published_and_read_again(tmp_path):
    site = Site(tmp_path / "proof")
    assert site.last() is None
    data = {"title": "样报</script>", "pages": []}
    index = site.publish(data)
    assert index.name == "index.html"
    assert site.last() == data
    assert {path.name for path in index.parent.iterdir()} >= {"proof.js", "proof.css", "data.js"}
    assert not list(index.parent.glob(".*"))


def test_damaged_data_are_none(tmp_path):
    site = Site(tmp_path)
    (tmp_path / "data.js").write_text("PROOF_DATA({", encoding="utf-8")
    assert site.last() is None


def test_sheets_that_are_not_renewed_go(tmp_path):
    site = Site(tmp_path)
    site.publish({"pages": []}, {"sheets-a3.pdf": b"%PDF"})
    assert (tmp_path / "sheets-a3.pdf").read_bytes() == b"%PDF"
    site.publish({"pages": []})
    assert not (tmp_path / "sheets-a3.pdf").exists()


def test_what_changed_since_the_last_proof(tmp_path):
    site = Site(tmp_path)
    first = proofed(site, proof_page(drawn()))
    assert first["changes"] is None
    page = proof_page(drawn((BOX, CYAN, False)), stories=(story(text="字对字行对列"),), photos=(photo("b.jpg", "b"),))
    second = proofed(site, page, first)
    changes = second["changes"]
    assert changes["key"] == first["key"]
    ((x, y, width, height),) = changes["regions"]
    assert x <= BOX.x
    assert y <= BOX.y
    assert x + width >= BOX.right
    assert y + height >= BOX.bottom
    (told,) = changes["stories"]
    assert told["texts"][0]["changes"][0]["before"] == "行"
    assert told["texts"][0]["changes"][0]["after"] == "列"
    assert told["photos"][0]["kind"] == "replaced"
    third = proofed(site, page, second)
    assert third["changes"] == changes, "the same page again keeps what it had to tell"


def test_tidying_keeps_what_is_named(tmp_path):
    site = Site(tmp_path)
    first = proofed(site, proof_page(drawn()))
    second = proofed(site, proof_page(drawn((BOX, CYAN, False))), first)
    third = proofed(site, proof_page(drawn((BOX, CYAN, False), text="x")), second)
    site.tidy({"pages": [third]})
    assert {path.name for path in site.pages.iterdir()} == {second["key"], third["key"]}
    assert third["sheet"]["origin"][0] == MARGIN


def test_words_at_line_ends_get_their_space_back():
    assert joined(["据 BBC", "News 报道，", "他说"]) == "据 BBC News 报道，他说"
