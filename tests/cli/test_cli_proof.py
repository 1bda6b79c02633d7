"""``layout proof``: what lies in the folder; the page itself is tried in a browser in tests/proof."""

import json
import os
import re
import time

import pytest
from issue_samples import ISSUE, SENTENCE, outcome, pages, paper, run, snapshot

from layout.proof import Site
from layout.proof import page as drawing


def proofed(folder, *options, text=None, code=0):
    """Proof an issue; what the browser is given."""
    issue = paper(folder, text) if text is not None else folder / "issue.yaml"
    done = run("proof", issue, "-o", folder / "out", *options)
    assert done.exit_code == code, done.output
    return Site(folder / "out/proof").last()


def errors(page):
    """The page's errors by code."""
    return {fault["code"]: fault for fault in page["faults"] if fault["severity"] == "error"}


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plain")
    return folder, proofed(folder, text=ISSUE)


def test_everything_lies_beside_the_page(plain):
    folder, data = plain
    site = folder / "out/proof"
    html = (site / "index.html").read_text("utf-8")
    for name in re.findall(r'(?:src|href)="([^"]+)"', html):
        assert name == "data:," or (site / name).is_file()
    assert not re.search(r"https?://", html + "".join(path.read_text("utf-8") for path in site.glob("*.css")))
    assert not re.search(r'\son\w+="|<style|style="|<script>', html), "nothing that a strict policy forbids"
    (page,) = data["pages"]
    names = {path.name for path in (site / "pages" / page["key"]).iterdir()}
    assert names >= {"100", "300", "thumb.jpg", "soft.jpg", "facts.json"}


def test_what_the_desk_is_told(plain):
    _, data = plain
    (page,) = data["pages"]
    assert not errors(page)
    assert [story["slug"] for story in page["stories"]] == ["first", "second"]
    first = page["stories"][0]
    body = [line for line in first["lines"] if line["number"]]
    assert [line["number"] for line in body] == list(range(1, len(body) + 1))
    assert "".join(line["text"] for line in body) == SENTENCE * 8
    assert {line["role"] for line in first["lines"]} == {"headline", "caption", "body"}
    assert first["edits"][0]["code"] == "N-12", "the space of the headline"
    (photo,) = page["photos"]
    assert (photo["name"], photo["story"], photo["pixels"]) == ("a.jpg", "first", [600, 400])
    assert photo["ppi"] == pytest.approx(600 * photo["crop"][2] / photo["rect"][2] * 72, abs=1)
    assert all(len(story["columns"]) == 4 for story in page["stories"])


def test_the_preflight_of_our_own_page_finds_nothing(plain):
    _, data = plain
    (page,) = data["pages"]
    assert [fault for fault in page["faults"] if fault["rule"]] == []


def test_without_a_build_nothing_is_signed(plain):
    _, data = plain
    assert data["signoff"] is None


def test_who_signed_and_what_is_shown(tmp_path):
    out = tmp_path / "out"
    assert run("build", paper(tmp_path), "-o", out).exit_code == 0
    assert run("sign", out, "--role", "初审", "--name", "张三", "--remark", "可").exit_code == 0
    signoff = proofed(tmp_path)["signoff"]
    assert [(stage["role"], stage["state"], stage["name"], stage["remark"]) for stage in signoff["stages"]] == [
        ("初审", "signed", "张三", "可"),
        ("复审", "missing", "", ""),
        ("终审", "missing", "", ""),
    ]
    assert signoff["pages"] == {"1": True}
    assert signoff["faults"] == []
    assert not signoff["complete"]
    changed = proofed(tmp_path, text=ISSUE.replace("字对字", "词对词"))["signoff"]
    assert changed["pages"] == {"1": False}, "the proof is ahead of the build"
    assert changed["stages"][0]["state"] == "signed", "the build itself is still as it was signed"


def test_a_ledger_that_cannot_be_read(tmp_path):
    out = tmp_path / "out"
    assert run("build", paper(tmp_path), "-o", out).exit_code == 0
    (out / "signoff.jsonl").write_text("{}\n", encoding="utf-8")
    signoff = proofed(tmp_path)["signoff"]
    assert signoff["stages"] == []
    assert "ledger-broken" in signoff["faults"][0]


def test_a_broken_configuration_stops_no_proof(tmp_path, monkeypatch):
    folder = tmp_path / "config/newspaper-layout"
    folder.mkdir(parents=True)
    (folder / "channels.yaml").write_text("channels: [\n", encoding="utf-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert run("build", paper(tmp_path, ISSUE), "-o", tmp_path / "out").exit_code == 0
    data = proofed(tmp_path)
    assert len(data["pages"]) == 1
    assert data["signoff"]["stages"] == []
    assert "channels.yaml:2:1: error[yaml-syntax]" in data["signoff"]["faults"][0]


def test_the_same_issue_again_makes_nothing_anew(plain):
    folder, _ = plain
    pictures = folder / "out/proof/pages"
    before = snapshot(pictures)
    again = proofed(folder)
    assert snapshot(pictures) == before
    assert again["pages"][0]["changes"] is None


def test_what_changed_since_the_last_proof(tmp_path):
    old = proofed(tmp_path, text=ISSUE)
    changed = ISSUE.replace("字对字", "词对词").replace("columns: 2", "columns: 1")
    new = proofed(tmp_path, text=changed)
    changes = new["pages"][0]["changes"]
    assert changes["key"] == old["pages"][0]["key"]
    (story,) = changes["stories"]
    assert story["slug"] == "first"
    assert story["texts"] == [
        {"role": "headline", "changes": [{"before": "字对字", "after": "词对词", "left": "", "right": "\u3000行对行"}]}
    ]
    assert changes["regions"]
    kept = {path.name for path in (tmp_path / "out/proof/pages").iterdir()}
    assert kept == {changes["key"], new["pages"][0]["key"]}


def test_a_page_with_errors_is_proofed(tmp_path):
    text = ISSUE.replace(f"\n          {SENTENCE * 2}\n", f"\n          {SENTENCE * 60}\n").replace(
        "photos/a.jpg", "photos/none.jpg"
    )
    data = proofed(tmp_path, text=text, code=1)
    (page,) = data["pages"]
    faults = errors(page)
    assert set(faults) == {"file-missing", "overset"}
    (photo,) = page["photos"]
    assert faults["file-missing"]["rect"] == photo["rect"]
    assert photo["pixels"] == [0, 0]
    first = page["stories"][0]
    assert faults["overset"]["story"] == "first"
    assert faults["overset"]["rect"] == first["rect"]
    assert first["fit"]["left_characters"] == sum(map(len, first["overset"])) > 0
    assert data["faults"] == []


def test_a_broken_photograph_is_a_blank(tmp_path):
    paper(tmp_path)
    (tmp_path / "photos/a.jpg").write_bytes((tmp_path / "photos/a.jpg").read_bytes()[:2000])
    data = proofed(tmp_path, code=1)
    (page,) = data["pages"]
    assert errors(page)["image-truncated"]["rect"] == page["photos"][0]["rect"]


def test_a_fault_in_the_copy_is_marked_where_it_stands(tmp_path):
    missing = SENTENCE.replace("方格纸", "方\U0001f600纸")
    data = proofed(
        tmp_path, text=ISSUE.replace(f"\n          {SENTENCE * 2}\n", f"\n          {SENTENCE}{missing}\n"), code=1
    )
    (page,) = data["pages"]
    x, y, width, height = errors(page)["glyph-missing"]["rect"]
    (line,) = [
        line
        for story in page["stories"]
        for line in story["lines"]
        if line["rect"][1] <= y + height / 2 <= line["rect"][1] + line["rect"][3]
        and line["rect"][0] <= x + width / 2 <= line["rect"][0] + line["rect"][2]
    ]
    assert line["role"] == "body"


def test_an_issue_that_cannot_be_read_keeps_the_last_proof(tmp_path):
    old = proofed(tmp_path, text=ISSUE)
    stale = proofed(tmp_path, text=ISSUE.replace("date:", "dta:"), code=1)
    assert stale["stale"]
    assert stale["pages"] == old["pages"]
    assert {fault["code"] for fault in stale["faults"]} == {"missing-key", "unknown-key"}
    assert not proofed(tmp_path, text=ISSUE)["stale"]


def test_without_a_last_proof_there_are_only_the_faults(tmp_path):
    data = proofed(tmp_path, text="paper: [", code=1)
    assert data["pages"] == []
    assert data["faults"]


def test_several_pages_in_several_processes(tmp_path):
    data = proofed(tmp_path, "--jobs", "2", text=pages(1, 2, 3))
    assert [page["folio"] for page in data["pages"]] == [1, 2, 3]
    only = proofed(tmp_path, "--pages", "2")
    assert [page["folio"] for page in only["pages"]] == [2]
    assert len(list((tmp_path / "out/proof/pages").iterdir())) == 1


def test_sheets_for_the_office_printer(tmp_path):
    from layout.proof.raster import opened

    data = proofed(tmp_path, "--paper", "a4", text=ISSUE)
    assert data["sheets"] == "sheets-a4.pdf"
    with opened((tmp_path / "out/proof/sheets-a4.pdf").read_bytes()) as document:
        (page,) = document
        assert page.get_size() == pytest.approx((595.28, 841.89), abs=0.01)
        text = page.get_textpage().get_text_range()
    for part in ("样报 2024-01-08", "第1版", "大样", "SHA-256", "second", "1　行"[:1]):
        assert part in text
    data = proofed(tmp_path, "--paper", "a4", "--tiles")
    assert data["sheets"] == "sheets-a4-tiles.pdf"
    assert run("proof", tmp_path / "issue.yaml", "--tiles").exit_code == 2


def test_the_disk_refuses(tmp_path):
    paper(tmp_path)
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    done = outcome("proof", cwd=tmp_path)
    assert done.code == 3
    assert "Traceback" not in done.err


def test_the_data_are_a_script(plain):
    folder, data = plain
    text = (folder / "out/proof/data.js").read_text("utf-8")
    assert json.loads(text.removeprefix("PROOF_DATA(").removesuffix(");\n")) == data


def test_pages_are_drawn_by_several_processes(tmp_path, monkeypatch):
    """Each of two processes waits with its first page until the other has one too: not time, but who does the work."""
    draw, told = drawing.make_levels, tmp_path / "who"
    told.mkdir()

    def drawn(page, folder, **options):
        (told / f"{page.folio}-{os.getpid()}").touch()
        end = time.monotonic() + 60
        while len({path.name.split("-")[1] for path in told.iterdir()}) < 2 and time.monotonic() < end:
            time.sleep(0.01)
        draw(page, folder, **options)

    monkeypatch.setattr(drawing, "make_levels", drawn)
    data = proofed(tmp_path, "--jobs", "2", text=pages(1, 2, 3, 4))
    drew = [path.name.split("-") for path in told.iterdir()]
    assert sorted(folio for folio, _ in drew) == ["1", "2", "3", "4"], "each page once"
    processes = {process for _, process in drew}
    assert len(processes) == 2
    assert str(os.getpid()) not in processes, "the parent is free to gather"
    assert [page["folio"] for page in data["pages"]] == [1, 2, 3, 4]
