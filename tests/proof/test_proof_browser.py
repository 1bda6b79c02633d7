"""The proof in a real browser: what a pre-press desk does with it, by mouse, keys and fingers."""

import json
import shutil
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import sync_playwright
from proof_samples import CYAN, RICH, drawn, photo, proof_page, story

from layout.core import Rect
from layout.proof import Fault, Site, compared, fault_record, page_key, page_record
from layout.proof.page import make_pictures
from layout.proof.server import serving

pytestmark = pytest.mark.tools("chromium", "mutool")

BOX = Rect(60, 200, 60, 40)
FAULTS = (
    Fault("error", "overset", "20 characters too long", "cut the copy", "issue.yaml:3:1", "first", Rect(20, 60, 60, 9)),
    Fault("warning", "underset", "short", "", "issue.yaml:9:1", "second", Rect(150, 300, 100, 60)),
    Fault("warning", "bad-value", "nowhere on the page", "", "", "", None),
)
JUDGED = Fault(
    "error", "ink-limit", "up to 300 % ink", "use less", "31.2, 80.1 mm", "", Rect(60, 200, 6, 6), rule="GWG 2022 R0026"
)
STAGES = [
    {"role": "初审", "state": "signed", "name": "张三", "at": "2024-01-07T20:00:00+00:00", "remark": "", "key": True},
    {"role": "复审", "state": "void", "name": "李四", "at": "2024-01-07T21:00:00+00:00", "remark": "", "key": False},
    {"role": "终审", "state": "missing", "name": "", "at": "", "remark": "", "key": False},
]
SIGNOFF = {
    "stages": [{**stage, "changed": "pages/02.pdf" if stage["state"] == "void" else ""} for stage in STAGES],
    "complete": False,
    "pages": {"1": True, "2": False},
    "faults": [],
}
DATA = {
    "version": 2,
    "title": "样报 2024-01-08",
    "stale": False,
    "live": False,
    "sheets": None,
    "signoff": SIGNOFF,
    "faults": [],
}


@pytest.fixture(scope="module")
def index(tmp_path_factory) -> Path:
    """A proof of two pages, the first changed since the last one."""
    site = Site(tmp_path_factory.mktemp("proof"))

    def proofed(page, old=None, judged=()):
        folder = site.page_folder(page_key(page))
        make_pictures(page, folder, judge=lambda _: list(map(fault_record, judged)))
        return compared(page_record(page, folder), old, site.pages)

    old = proofed(proof_page(drawn(text="Galley of old"), faults=FAULTS))
    stories = (story(text="字对字行对列"), story("second", rect=Rect(150, 280, 120, 90)))
    new = proof_page(drawn((BOX, RICH, False), text="Galley anew"), faults=FAULTS, stories=stories, photos=(photo(),))
    pages = [
        proofed(new, old, [JUDGED]),
        proofed(proof_page(drawn((BOX, CYAN, False)), folio=2, name="2-3", faults=())),
    ]
    return site.publish({**DATA, "pages": pages})


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as tool:
        # No sandbox: CI runs as root in a container, and the only page that is opened is ours.
        browser = tool.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium, index):
    """A page on the proof in a window of its own; any error in a script fails the test."""
    contexts, troubles = [], []

    def open_(width=1440, height=900, *, address="", **options):
        context = chromium.new_context(viewport={"width": width, "height": height}, locale="en", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda fault: troubles.append(str(fault)))
        page.on("console", lambda line: troubles.append(line.text) if line.type == "error" else None)
        page.on("request", lambda asked: troubles.append(asked.url) if asked.url.startswith("http") else None)
        page.goto(address or index.as_uri())
        page.wait_for_selector("#current img")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert troubles == []


def until(page, holds):
    """Wait for an expression to hold. The page's policy forbids the waiting of the browser tool itself."""
    for _ in range(100):
        if page.evaluate(holds):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"not in time: {holds}")


def percent(page):
    return int(page.inner_text("#percent").removesuffix(" %"))


def levels(page):
    return set(page.eval_on_selector_all("#current img", "images => images.map(image => image.src.split('/').at(-2))"))


def box(page, selector):
    return page.locator(selector).first.bounding_box()


def middle(page, selector):
    found = box(page, selector)
    return found["x"] + found["width"] / 2, found["y"] + found["height"] / 2


def pressed(page, selector):
    return page.get_attribute(selector, "aria-pressed") == "true"


def test_zoom_brings_finer_tiles(opened):
    page = opened(1000, 600)
    assert levels(page) == {"100"}
    whole = percent(page)
    page.click("[data-do=in]")
    assert percent(page) == pytest.approx(whole * 1.4, abs=2)
    page.click("[data-do=full]")
    assert percent(page) == 313, "a pixel of 300 dpi on a pixel of the screen"
    fine = "#current img[src*='/300/']"
    until(page, f"""[...document.querySelectorAll("{fine}")].some(image => image.naturalWidth)""")
    page.keyboard.press("0")
    assert percent(page) == whole
    assert "300" not in levels(page)


def test_the_wheel_zooms_about_the_pointer(opened):
    page = opened()
    x, y = middle(page, ".pin")
    page.mouse.move(x, y)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    assert middle(page, ".pin") == (pytest.approx(x, abs=3), pytest.approx(y, abs=3))
    page.mouse.wheel(40, 30)
    assert middle(page, ".pin") == (pytest.approx(x - 40, abs=3), pytest.approx(y - 30, abs=3))


def test_dragging_moves_the_page(opened):
    page = opened()
    page.click("[data-do=full]")
    before = box(page, "#sheet")
    page.mouse.move(500, 400)
    page.mouse.down()
    page.mouse.move(560, 440, steps=4)
    page.mouse.up()
    after = box(page, "#sheet")
    assert (after["x"] - before["x"], after["y"] - before["y"]) == (60, 40)


@pytest.mark.parametrize("name", ["grid", "baselines", "frames", "safe", "trim", "faults"])
def test_an_overlay_is_switched(opened, name):
    page = opened()
    before = pressed(page, f"[data-overlay={name}]")
    assert page.locator(f"#marks .{name}").count() == before
    page.click(f"[data-overlay={name}]")
    assert page.locator(f"#marks .{name}").count() == 1 - before
    page.keyboard.press({"grid": "g", "baselines": "b", "frames": "f", "safe": "s", "trim": "t", "faults": "e"}[name])
    assert pressed(page, f"[data-overlay={name}]") == before


def test_overlays_lie_where_the_page_has_it(opened):
    page = opened()
    page.keyboard.press("f")
    sheet, frame = box(page, "#sheet"), box(page, "#marks .frames rect:not(.text):not(.photo)")
    scale = sheet["width"] / 340
    assert frame["x"] - sheet["x"] == pytest.approx((20 + 20) * scale, abs=2)
    assert frame["width"] == pytest.approx(200 * scale, abs=3)
    assert "first" in page.text_content("#marks .frames")


def test_a_fault_leads_to_its_place(opened):
    page = opened()
    page.click("#body [data-fault='1']")
    stage, place = box(page, "#stage"), box(page, "#marks .place.warning")
    assert place["x"] + place["width"] / 2 == pytest.approx(stage["x"] + stage["width"] / 2, abs=3)
    assert place["y"] + place["height"] / 2 == pytest.approx(stage["y"] + stage["height"] / 2, abs=3)
    assert place["width"] > 150
    assert page.locator("#flash rect").count() == 1
    assert "chosen" in page.get_attribute("#body [data-fault='1']", "class")
    page.keyboard.press("n")
    assert "chosen" in page.get_attribute("#body [data-fault='2']", "class")
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert "chosen" in page.get_attribute("#body [data-fault='0']", "class")


def test_what_the_preflight_found_leads_to_its_place_too(opened):
    page = opened()
    row = page.locator("#body [data-fault='3']")
    assert row.inner_text().split("\n")[1:] == [
        "error · ink-limit",
        "up to 300 % ink",
        "use less",
        "31.2, 80.1 mm · GWG 2022 R0026",
    ]
    row.click()
    stage, place = box(page, "#stage"), box(page, "#marks .place.error >> nth=1")
    assert place["x"] + place["width"] / 2 == pytest.approx(stage["x"] + stage["width"] / 2, abs=3)
    page.click("[data-page='1']")
    assert "preflight passes" in page.inner_text("#body")


def test_a_pin_leads_to_its_fault(opened):
    page = opened()
    page.click("[data-tab=galley]")
    page.click("#marks .pin.error")
    assert page.get_attribute("[data-tab=faults]", "aria-selected") == "true"
    assert "20 characters too long" in page.inner_text("#body .chosen")


def shown(page, x, y):
    """The colour of the stage at a place of the trim, in points."""
    sheet = box(page, "#sheet")
    scale = sheet["width"] / 340
    clip = {"x": sheet["x"] + (20 + x) * scale, "y": sheet["y"] + (20 + y) * scale, "width": 1, "height": 1}
    with Image.open(BytesIO(page.screenshot(clip=clip))) as image:
        return image.convert("RGB").getpixel((0, 0))


def test_plates_are_taken_off_one_by_one(opened):
    page = opened()
    page.keyboard.press("3")
    until(page, "document.querySelector('#plates').width > 300")
    assert page.locator("#options [data-plate]").count() == 4
    inside = (BOX.x + 30, BOX.y + 20)
    page.wait_for_timeout(300)
    assert max(shown(page, *inside)) < 90
    page.click("[data-plate=Black]")
    page.keyboard.press("y")
    page.keyboard.press("c")
    page.wait_for_timeout(200)
    red, green, blue = shown(page, *inside)
    assert red == green == blue == pytest.approx(255 * 0.3, abs=6), "a single plate in grey: 70 % magenta"
    page.keyboard.press("m")
    page.wait_for_timeout(200)
    assert shown(page, *inside) == (255, 255, 255)


def test_the_ink_map_and_its_limit(opened):
    page = opened()
    page.keyboard.press("4")
    until(page, "document.querySelector('#heat').naturalWidth > 0")
    page.wait_for_timeout(100)
    assert shown(page, BOX.x + 30, BOX.y + 20) == (224, 48, 30)
    assert shown(page, BOX.x - 20, BOX.y + 20) == (255, 255, 255)
    assert "300 %" in page.inner_text("#options")
    ring, sheet = box(page, "#marks .heaviest circle"), box(page, "#sheet")
    scale = sheet["width"] / 340
    assert ring["x"] + ring["width"] / 2 - sheet["x"] == pytest.approx((20 + BOX.x) * scale, abs=3)
    assert "300 %" in page.text_content("#marks .heaviest")
    page.click("[data-tab=facts]")
    page.click("#body .largest")
    assert percent(page) > 100


def test_inks_under_the_pointer(opened):
    page = opened()
    until(page, "document.documentElement.dataset.inks")
    sheet = box(page, "#sheet")
    scale = sheet["width"] / 340
    page.mouse.move(sheet["x"] + (20 + BOX.x + 30) * scale, sheet["y"] + (20 + BOX.y + 20) * scale)
    assert page.inner_text("#inks").split() == ["C", "80", "M", "70", "Y", "60", "K", "90", "total", "300", "%"]
    assert page.locator("#inks .over").count() == 1
    assert page.inner_text("#where").startswith("31.")


def test_the_soft_proof_is_on_newsprint(opened):
    page = opened()
    page.keyboard.press("2")
    until(page, "document.querySelector('#soft').naturalWidth > 0")
    page.wait_for_timeout(100)
    assert 200 < min(shown(page, 280, 380)) <= max(shown(page, 280, 380)) < 225


def test_old_and_new(opened):
    page = opened()
    page.keyboard.press("5")
    until(page, "[...document.querySelectorAll('#previous img')].every(image => image.naturalWidth)")
    page.wait_for_timeout(200)
    inside = (BOX.x + 30, BOX.y + 20)
    assert shown(page, *inside)[0] > 200, "the curtain shows the old page on the left"
    page.focus("#divider")
    for _ in range(14):
        page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(100)
    assert max(shown(page, *inside)) < 120
    assert page.locator("#marks .changes rect").count() >= 1
    page.click("[data-mode=blink]")
    page.keyboard.press("Escape")
    page.focus("#stage")
    page.keyboard.press(" ")
    first = page.inner_text("#options output")
    page.keyboard.press(" ")
    assert {first, page.inner_text("#options output")} == {"old", "new"}


def test_changed_words_are_listed(opened):
    page = opened()
    page.click("[data-tab=changes]")
    assert page.inner_text("#body .words del") == "行"
    assert page.inner_text("#body .words ins") == "列"
    assert "second" in page.inner_text("#body")
    page.click("#body .row.region >> nth=0")
    assert percent(page) > 100


def test_a_line_of_the_galley_leads_to_the_page(opened):
    page = opened()
    page.click("[data-tab=galley]")
    page.click("#body .line.body >> nth=0")
    assert page.locator("#flash rect").count() == 1
    assert page.inner_text("#body .line.body .number >> nth=0") == "1"


def notes(page):
    return page.eval_on_selector_all("#marks .pin.note text", "all => all.map(one => one.textContent)")


def test_a_note_is_pinned_kept_and_found_again(opened):
    page = opened()
    page.click("#pin")
    sheet = box(page, "#sheet")
    place = (sheet["x"] + sheet["width"] / 2, sheet["y"] + sheet["height"] / 2)
    page.mouse.click(*place)
    page.keyboard.type("换一张 <b>照片</b>")
    pin = box(page, "#marks .pin.note")
    assert (pin["x"] + pin["width"] / 2, pin["y"] + pin["height"]) == (
        pytest.approx(place[0], abs=2),
        pytest.approx(place[1], abs=3),
    )
    page.reload()
    page.wait_for_selector("#marks .pin.note")
    page.click("#marks .pin.note")
    assert page.input_value("#body .note.chosen textarea") == "换一张 <b>照片</b>"
    assert page.inner_text("#body .note .row .sub").startswith("53, 7")
    page.check("#body .note input[type=checkbox]")
    assert "done" in page.get_attribute("#marks .pin.note", "class")
    page.click("#body [data-note-do=remove]")
    assert notes(page) == []


def test_dragging_while_a_note_is_to_be_placed_moves_the_page(opened):
    page = opened()
    page.click("#pin")
    page.mouse.move(500, 400)
    page.mouse.down()
    page.mouse.move(560, 440, steps=4)
    page.mouse.up()
    assert notes(page) == []
    page.keyboard.press("Escape")
    page.mouse.click(500, 400)
    assert notes(page) == []


def test_notes_by_keys_alone(opened):
    page = opened()
    page.keyboard.press("a")
    assert page.is_visible("#cross")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    page.keyboard.type("gbfst 12")
    assert page.input_value("#body .note textarea") == "gbfst 12", "keys are text here, not commands"
    assert not pressed(page, "[data-overlay=grid]")
    cross = middle(page, "#stage")
    pin = box(page, "#marks .pin.note")
    assert pin["x"] + pin["width"] / 2 == pytest.approx(cross[0], abs=2)
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    assert pressed(page, "[data-overlay=grid]")


def test_notes_go_to_another_desk_and_come_back(opened, tmp_path):
    page = opened()
    page.click("[data-tab=notes]")
    page.fill(".author input", "王五")
    page.keyboard.press("Tab")
    page.focus("#stage")
    for text in ("一", "二"):
        page.keyboard.press("a")
        page.keyboard.press("Enter")
        page.keyboard.type(text)
        page.keyboard.press("Escape")
    with page.expect_download() as waiting:
        page.click("[data-note-do=export]")
    waiting.value.save_as(tmp_path / "notes.json")
    assert waiting.value.suggested_filename == "样报-2024-01-08-notes.json"
    file = json.loads((tmp_path / "notes.json").read_text("utf-8"))
    assert [note["text"] for note in file["notes"]] == ["一", "二"]
    assert {note["author"] for note in file["notes"]} == {"王五"}

    other = opened()  # a context of its own: nothing is kept there
    other.click("[data-tab=notes]")
    assert notes(other) == []
    other.set_input_files("#body input[type=file]", tmp_path / "notes.json")
    until(other, "document.querySelectorAll('#marks .pin.note').length === 2")
    assert "2 of 2 notes" in other.inner_text("#body [role=status]")
    file["notes"][0] |= {"text": "改过", "at": "2099-01-01T00:00:00.000Z"}
    (tmp_path / "notes.json").write_text(json.dumps(file), encoding="utf-8")
    other.set_input_files("#body input[type=file]", tmp_path / "notes.json")
    until(other, "document.querySelector('#body [role=status]').textContent.startsWith('1 of 2')")
    assert sorted(other.eval_on_selector_all("#body textarea", "all => all.map(one => one.value)")) == ["二", "改过"]


@pytest.mark.parametrize(
    "content", ["no json", "{}", '{"notes": [{"id": 1}]}', '{"title": "别的报", "notes": []}'], ids=range(4)
)
def test_a_file_that_holds_no_notes_for_this_issue(opened, tmp_path, content):
    (tmp_path / "x.json").write_text(content, encoding="utf-8")
    page = opened()
    page.click("[data-tab=notes]")
    page.set_input_files("#body input[type=file]", tmp_path / "x.json")
    until(page, "document.querySelector('#body [role=status]').textContent !== ''")
    assert notes(page) == []


def test_the_list_of_notes_on_paper(opened):
    page = opened()
    page.evaluate("window.print = () => {}")
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    page.keyboard.type("标题太挤")
    page.click("[data-note-do=print]")
    page.emulate_media(media="print")
    assert page.is_visible("#list")
    assert not page.is_visible("#stage")
    cells = page.eval_on_selector_all("#list tbody td", "all => all.map(one => one.textContent)")
    assert cells[:2] == ["1", "1"]
    assert cells[3] == "标题太挤"
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert not page.is_visible("#list")


def test_who_has_signed(opened):
    page = opened()
    assert "signed 1/3" in page.inner_text("[data-page='0']")
    assert "not as built" in page.inner_text("[data-page='1']")
    page.click("[data-tab=issue]")
    stages = [text.split("\n") for text in page.locator("#body .stage").all_inner_texts()]
    assert [stage[1:3] for stage in stages] == [["初审", "signed"], ["复审", "void"], ["终审", "not signed"]]
    assert stages[1][-1] == "changed since: pages/02.pdf"
    text = page.inner_text("#body")
    assert "Missing: 复审, 终审" in text
    assert "This page is the press file" in text
    page.click("#body .pages [data-page='1']")
    assert page.url.endswith("#p2")
    assert "no sign-off covers what you see" in page.inner_text("#body")


def test_the_pages_at_a_glance(opened):
    page = opened()
    page.click("[data-tab=issue]")
    rows = [row.split() for row in page.locator("#body .pages tbody tr").all_inner_texts()]
    assert rows[0][:6] == ["1", "要闻", "2", "2", "300", "%"]
    assert rows[1][:6] == ["2-3", "要闻", "0", "0", "100", "%"]


def test_pages_are_turned(opened, index):
    page = opened()
    page.keyboard.press("PageDown")
    assert page.url.endswith("#p2")
    assert pressed(page, "[data-page='1']")
    page.click("[data-tab=changes]")
    assert "No earlier proof" in page.inner_text("#body")
    again = opened(address=f"{index.as_uri()}#p2")
    assert pressed(again, "[data-page='1']")


def test_both_languages(opened):
    page = opened()
    assert page.inner_text("[data-view=plates]") == "Plates"
    page.keyboard.press("l")
    assert page.inner_text("[data-view=plates]") == "分色"
    assert page.get_attribute("html", "lang") == "zh-CN"
    assert "溢版（多文） overset" in page.inner_text("#body [data-fault='0']")
    page.keyboard.press("3")
    assert page.inner_text("[data-plate=Magenta] .long-name") == "品红"
    page.reload()
    page.wait_for_selector("#current img")
    assert page.inner_text("[data-view=plates]") == "分色", "the choice is kept"


def test_by_keys_alone(opened):
    page = opened()
    page.keyboard.press("?")
    assert page.locator("#keys[open]").count() == 1
    page.keyboard.press("Escape")
    page.focus("[data-tab=faults]")
    page.keyboard.press("ArrowRight")
    assert page.get_attribute("[data-tab=galley]", "aria-selected") == "true"
    assert page.evaluate("document.activeElement.dataset.tab") == "galley"
    page.focus("#stage")
    before = box(page, "#sheet")
    page.keyboard.press("ArrowRight")
    assert box(page, "#sheet")["x"] == before["x"] - 80
    names = page.eval_on_selector_all(
        "button", "all => all.filter(one => !one.textContent.trim() && !one.ariaLabel).length"
    )
    assert names == 0


def test_on_a_phone(opened):
    page = opened(390, 844, has_touch=True, is_mobile=True, device_scale_factor=2)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    stage = box(page, "#stage")
    assert stage["height"] > 400
    page.tap("[data-tab=faults]")
    assert page.is_visible("#body")
    page.tap("#body [data-fault='0']")
    assert page.locator("#flash rect").count() == 1
    place = box(page, "#marks .place.error")
    shrunk = box(page, "#stage")
    assert shrunk["y"] < place["y"] < shrunk["y"] + shrunk["height"]
    page.tap("[data-tab=faults]")
    assert not page.is_visible("#body"), "the second tap gives the page its room again"


def test_without_pages_the_faults_are_told(opened, tmp_path):
    site = Site(tmp_path)
    fault = {"severity": "error", "code": "yaml-syntax", "message": "no YAML", "hint": "", "place": "issue.yaml:1:1"}
    empty = site.publish({**DATA, "stale": True, "pages": [], "faults": [fault]})
    context = opened().context
    page = context.new_page()
    page.goto(empty.as_uri())
    page.wait_for_selector("#banner:not([hidden])")
    assert "issue.yaml:1:1: no YAML" in page.inner_text("#banner")


def test_live(opened, index, tmp_path):
    shutil.copytree(index.parent, tmp_path / "live")
    site = Site(tmp_path / "live")
    data = site.last() | {"live": True}
    site.publish(data)
    with serving(site.folder, 0) as (address, events):
        context = opened().context
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector("#current img")
        page.keyboard.press("g")
        until(page, "document.querySelector('#note').textContent.includes('live')")
        data["pages"][0]["faults"] = []
        site.publish(data)
        page.wait_for_timeout(300)
        events.tell("proof")
        until(page, "document.querySelectorAll('#marks .pin').length === 0")
        assert page.locator("#marks .grid").count() == 1, "what was switched on stays on"
