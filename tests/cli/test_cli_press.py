"""``layout press``, and what the other commands say of the press file: its size, the slug's time."""

import json
import re
from pathlib import Path

import pytest
from issue_samples import ISSUE, pages, paper, run

from layout.house import CONDITIONS
from layout.proof.raster import opened


def test_every_condition_is_told_with_its_black_build() -> None:
    done = run("press")
    assert (done.exit_code, done.stderr) == (0, "")
    told = [line.split(":")[0] for line in done.stdout.splitlines() if not line.startswith(" ")]
    assert told == list(CONDITIONS)
    assert "newsprint-240: IFRA26 (http://www.color.org), Coldset newsprint" in done.stdout
    assert "  screen 100 lpi; pictures 200 ppi, 2 pixels a cell" in done.stdout
    assert "  black sets in at 13% of grey, 95% at most; total ink up to 222%" in done.stdout


def test_as_json() -> None:
    told = json.loads(run("press", "--json").stdout)
    assert [one["name"] for one in told] == list(CONDITIONS)
    assert told[2]["spots"] == "plates"
    assert told[0]["black"]["total"] < 2.4


def test_a_plants_own_profile_is_measured(tmp_path: Path) -> None:
    style = tmp_path / "ours.yaml"
    style.write_text("press:\n  profile: COATED39_TAC300.icc\n  spots: {Gold: process}\n", encoding="utf-8")
    done = run("press", "--house", style)
    assert done.exit_code == 0
    assert f"{style}:2:12: warning[profile-ink]: newsprint-240: its profile lays up to 290%" in done.stderr
    assert "newsprint-240: Custom, Press profile COATED39_TAC300.icc" in done.stdout
    assert "  spots Gold: process" in done.stdout


def test_what_is_no_profile(tmp_path: Path) -> None:
    (tmp_path / "ours.icc").write_bytes(b"nothing")
    style = tmp_path / "ours.yaml"
    style.write_text("press: {profile: ours.icc}\n", encoding="utf-8")
    done = run("press", "--house", style)
    assert done.exit_code == 1
    assert f"{style}:1:18: error[profile-broken]: " in done.stderr
    assert run("press", "--house", tmp_path / "none.yaml").exit_code == 1


def slug(path: Path) -> str:
    """What stands above the trim."""
    with opened(path.read_bytes()) as document:
        page = document[0]
        height, top = page.get_height(), page.get_trimbox()[3]
        text: str = page.get_textpage().get_text_bounded(bottom=top, top=height)
    return text.strip()


@pytest.mark.parametrize(("time", "told"), [((), ""), (("--time", "01-08 00:40"), " 01-08 00:40")])
def test_the_slug_tells_the_time_that_it_is_told(time: tuple[str, ...], told: str, tmp_path: Path) -> None:
    text = ISSUE.replace("    title: 要闻\n", "    title: 要闻\n    version: 3\n")
    assert run("build", paper(tmp_path, text), "-o", tmp_path / "out", *time).exit_code == 0
    found = slug(tmp_path / "out" / "issue.pdf")
    assert re.match(rf"样报 2024-01-08 01 v3 [0-9a-f]{{8}} newsprint-240{told}\s", found), found
    assert re.sub(r"\s+", " ", found).endswith("Cyan Magenta Yellow Black")


def test_the_slugs_digest_is_the_pages_own(tmp_path: Path) -> None:
    run("build", paper(tmp_path, pages(1, 2)), "-o", tmp_path / "out")
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    alone, other = (slug(tmp_path / "out" / "pages" / f"0{n}.pdf").split()[4] for n in (1, 2))
    whole = slug(tmp_path / "out" / "issue.pdf").split()[4]
    assert alone == whole != other
    assert [page["content"][:8] for page in report["pages"]] == [alone, other]
    assert [page["plates"] for page in report["pages"]] == [["Cyan", "Magenta", "Yellow", "Black"]] * 2


def test_the_size_of_a_file_is_told_by_its_parts(tmp_path: Path) -> None:
    run("build", paper(tmp_path), "-o", tmp_path / "out")
    file = tmp_path / "out" / "issue.pdf"
    line = run("check", file, "--no-ink").stdout.splitlines()[-1]
    assert re.fullmatch(r"\d+ KiB: pictures \d+, fonts \d+, content \d+, profiles \d+, other \d+", line)
    size = json.loads(run("check", file, "--no-ink", "--json").stdout)["facts"]["size"]
    assert sum(size.values()) == file.stat().st_size
    assert size["profiles"] > 150_000
    assert min(size.values()) > 0
    assert size["other"] < 0.1 * file.stat().st_size
