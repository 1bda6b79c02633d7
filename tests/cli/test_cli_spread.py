"""A spread through the commands: what is built, chosen, compared, proofed, signed and sent."""

import json
from pathlib import Path

import pikepdf
import pytest
from issue_samples import HEAD, SENTENCE, paper, run

SPREAD = f"""\
{HEAD}\
  - number: 3
    title: 要闻
    stories:
      - text: {SENTENCE * 4}
  - number: 4-5
    title: 跨版
    stories:
      - slug: across
        area: {{columns: 1-8, lines: 1-20}}
        headline: 字对字 行对行
        text: {SENTENCE * 14}
        photos:
          - {{file: photos/a.jpg, columns: 4, lines: 8, at: {{column: 3, line: 8}}}}
      - slug: right
        area: {{columns: 5-8, lines: 22-30}}
        text: {SENTENCE * 4}
"""
WHOLE = SPREAD.replace("copyfit:", "spread: {files: whole}\n  copyfit:")


def names(out: Path) -> list[str]:
    return sorted(path.name for path in (out / "pages").iterdir())


def widths(path: Path) -> list[float]:
    with pikepdf.open(path) as pdf:
        return [float(page.trimbox[2] - page.trimbox[0]) / 72 * 25.4 for page in pdf.pages]


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folders of the issue with its spread in halves and on one sheet, both built into ``out``."""
    made = {}
    for name, text in (("halves", SPREAD), ("whole", WHOLE)):
        folder = tmp_path_factory.mktemp(name)
        assert run("build", paper(folder, text), "-o", folder / "out", "--jobs", "1").exit_code == 0
        made[name] = folder
    return made


def test_the_plant_gets_halves_or_one_sheet(sides: dict[str, Path]) -> None:
    halves, whole = sides["halves"] / "out", sides["whole"] / "out"
    assert names(halves) == ["03.pdf", "04.pdf", "05.pdf"]
    assert names(whole) == ["03.pdf", "04-05.pdf"]
    assert widths(halves / "issue.pdf") == pytest.approx([150, 150, 150], abs=0.01)
    assert widths(whole / "issue.pdf") == pytest.approx([150, 300], abs=0.01)
    assert widths(whole / "pages" / "04-05.pdf") == pytest.approx([300], abs=0.01)


def test_the_report_names_both_pages(sides: dict[str, Path]) -> None:
    report = json.loads((sides["whole"] / "out" / "report.json").read_text("utf-8"))
    assert [(page["number"], page["file"]) for page in report["edition"]["pages"]] == [
        (3, "pages/03.pdf"), (4, "pages/04-05.pdf"), (5, "pages/04-05.pdf"),
    ]  # fmt: skip
    assert [(story["page"], story.get("spread")) for story in report["stories"]] == [
        (3, None), (4, [4, 5]), (4, [4, 5]),
    ]  # fmt: skip


@pytest.mark.parametrize("chosen", ["4", "5", "4-5"])
def test_one_page_of_a_spread_brings_the_other(sides: dict[str, Path], tmp_path: Path, chosen: str) -> None:
    done = run("build", sides["halves"] / "issue.yaml", "-o", tmp_path, "--pages", chosen)
    assert done.exit_code == 0
    assert names(tmp_path) == ["04.pdf", "05.pdf"]


def test_a_page_that_there_is_not(sides: dict[str, Path], tmp_path: Path) -> None:
    done = run("build", sides["halves"] / "issue.yaml", "-o", tmp_path, "--pages", "6")
    assert "error[page-unknown]" in done.stderr
    assert "it has 3, 4-5" in done.stderr


def test_the_other_way_of_delivery_takes_the_old_files_away(sides: dict[str, Path], tmp_path: Path) -> None:
    for name in ("whole", "halves"):
        assert run("build", sides[name] / "issue.yaml", "-o", tmp_path).exit_code == 0
    assert names(tmp_path) == ["03.pdf", "04.pdf", "05.pdf"]


@pytest.mark.parametrize("name", ["halves", "whole"])
def test_kept_pages_go_into_the_next_build(
    sides: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The spread comes from an earlier build, the other page is new: the files are those of a build from nothing."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    text = SPREAD if name == "halves" else WHOLE
    path = paper(tmp_path, text)
    assert run("build", path, "-o", tmp_path / "kept").exit_code == 0
    path.write_text(text.replace("title: 要闻", "title: 综合"), encoding="utf-8")
    assert run("build", path, "-o", tmp_path / "kept").exit_code == 0
    assert run("build", path, "-o", tmp_path / "new", "--no-cache").exit_code == 0
    for file in ("issue.pdf", *(f"pages/{each}" for each in names(tmp_path / "new"))):
        assert (tmp_path / "kept" / file).read_bytes() == (tmp_path / "new" / file).read_bytes()
    assert (tmp_path / "kept" / "issue.pdf").read_bytes() != (sides[name] / "out" / "issue.pdf").read_bytes()


def test_the_desk_reads_both_numbers(sides: dict[str, Path]) -> None:
    told = run("check", sides["halves"] / "issue.yaml").stdout.splitlines()
    assert [line.split(":")[0] for line in told] == ["page 3  3-1", "page 4-5  across", "page 4-5  right"]


@pytest.mark.parametrize("name", ["halves", "whole"])
def test_a_build_is_what_its_issue_says(sides: dict[str, Path], name: str) -> None:
    done = run("diff", sides[name] / "issue.yaml", sides[name] / "out")
    assert (done.exit_code, done.stdout) == (0, "nothing differs\n")


def test_what_changed_is_told_of_the_page_where_it_stands(sides: dict[str, Path], tmp_path: Path) -> None:
    path = paper(tmp_path, SPREAD.replace(f"lines: 22-30}}\n        text: {SENTENCE}", "lines: 22-30}\n        text: "))
    for new in (path, None):
        if new is None:
            assert run("build", path, "-o", tmp_path / "out").exit_code == 0
        done = run("diff", sides["halves"] / "out", new or tmp_path / "out", "--json")
        (page,) = json.loads(done.stdout)["pages"]
        assert page["page"] == 5
        assert [story["slug"] for story in page["stories"]] == ["right"]
        assert page["regions"]


def test_the_proof_shows_it_as_one(sides: dict[str, Path], tmp_path: Path) -> None:
    done = run("proof", sides["halves"] / "issue.yaml", "-o", tmp_path, "--pages", "5", "--paper", "a3")
    assert done.exit_code == 0
    data = (tmp_path / "proof" / "data.js").read_text("utf-8")
    (page,) = json.loads(data[data.index("{") : data.rindex("}") + 1])["pages"]
    assert (page["folio"], page["name"]) == (4, "4-5")
    assert page["fold"] == pytest.approx(150 / 25.4 * 72)
    assert page["trim"][0] == pytest.approx(300 / 25.4 * 72)
    assert len(page["grid"]["columns"]) == 8
    with pikepdf.open(tmp_path / "proof" / "sheets-a3.pdf") as pdf:
        box = [float(edge) for edge in pdf.pages[0].mediabox]
    assert box[2] > box[3]  # the paper lies across


def test_a_spread_is_signed_and_sent_under_both_numbers(
    sides: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    out, hot = tmp_path / "out", tmp_path / "hot"
    assert run("build", sides["whole"] / "issue.yaml", "-o", out).exit_code == 0
    for role, name in (("初审", "张三"), ("复审", "李四"), ("终审", "王五")):
        assert run("sign", out, "--role", role, "--name", name).exit_code == 0
    hot.mkdir()
    channels = tmp_path / "config" / "newspaper-layout" / "channels.yaml"
    channels.parent.mkdir(parents=True)
    channels.write_text(
        f"channels:\n  plant: {{url: 'file://{hot}', paper: YB, files: pages, ticket: true}}\n", "utf-8"
    )
    sent = run("send", out, "--to", "plant")
    assert (sent.exit_code, sent.stderr) == (0, "")
    arrived = sorted(path.name for path in hot.iterdir())
    assert [name for name in arrived if name.endswith(".pdf")] == ["YB20240108003v1.pdf", "YB20240108004-005v1.pdf"]
    (manifest,) = [path for path in hot.iterdir() if path.suffix == ".json"]
    files = json.loads(manifest.read_text("utf-8"))["files"]
    assert [[(page["number"], page["title"]) for page in file["pages"]] for file in files] == [
        [(3, "要闻")],
        [(4, "跨版"), (5, "跨版")],
    ]
