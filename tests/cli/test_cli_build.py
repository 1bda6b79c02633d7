"""``layout build`` end to end: what it makes, that it is the same everywhere, and what survives when it is killed."""

import hashlib
import json
import os
import signal
import time
from pathlib import Path

import pikepdf
import pytest
from issue_samples import (
    ISSUE,
    SENTENCE,
    digests,
    earlier_build,
    outcome,
    pages,
    paper,
    picture,
    run,
    snapshot,
    start,
)

PAGES = [(n, f"pages/{n:02d}.pdf") for n in (1, 2, 3)]


def test_the_files_and_their_report(tmp_path: Path) -> None:
    done = run("build", paper(tmp_path), "-o", tmp_path / "out")
    assert (done.exit_code, done.stderr) == (0, "")
    assert sorted(snapshot(tmp_path / "out")) == ["issue.pdf", "pages/01.pdf", "report.json"]
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert report["ok"]
    assert report["diagnostics"] == []
    for name, file in report["files"].items():
        data = (tmp_path / "out" / name).read_bytes()
        assert file == {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    assert set(report["files"]) == set(digests(tmp_path / "out"))
    assert [story["slug"] for story in report["stories"]] == ["first", "second"]
    assert [(one["page"], one["file"], one["grey"]) for one in report["images"]] == [(1, str(tmp_path / PHOTO), False)]
    assert "NotoSerifSC-Regular" in report["fonts"]
    assert report["ink"] == {"flat": 1.0}
    assert set(report["timings"]) == {"load", "pages", "issue"}


def test_how_the_stories_fit_is_told_in_words(tmp_path: Path) -> None:
    done = run("build", paper(tmp_path), "-o", tmp_path / "out")
    first, second, *files = done.stdout.splitlines()
    assert first.startswith("page 1  first: ")
    assert second.startswith("page 1  second: ")
    assert "short (欠 " in first
    assert [line.split("  ")[0] for line in files] == [str(tmp_path / "out" / n) for n in ("issue.pdf", "pages/01.pdf")]


def test_json_alone_is_on_standard_output(tmp_path: Path) -> None:
    path = paper(tmp_path, ISSUE.replace("short: 500", "short: 1").replace(SENTENCE * 6, SENTENCE))
    done = run("build", path, "-o", tmp_path / "out", "--json")
    assert done.exit_code == 0
    assert "warning[underset]" in done.stderr
    assert done.stdout == (tmp_path / "out" / "report.json").read_text("utf-8")
    assert {one["code"] for one in json.loads(done.stdout)["diagnostics"]} == {"underset"}


def test_json_with_errors(tmp_path: Path) -> None:
    path = paper(tmp_path, ISSUE.replace("number: 1", "number: eins"))
    done = run("build", path, "-o", tmp_path / "out", "--json")
    report = json.loads(done.stdout)
    assert (done.exit_code, report["ok"], report["files"]) == (1, False, {})
    found = report["diagnostics"][0]
    assert (found["severity"], found["code"], found["line"], found["column"]) == ("error", "bad-value", 10, 13)
    assert found["path"] == str(path)
    assert found["hint"]


@pytest.mark.parametrize("environment", [{}, {"NO_COLOR": "1", "FORCE_COLOR": "1"}], ids=["pipe", "NO_COLOR"])
def test_no_escape_codes_into_a_pipe(environment: dict[str, str], tmp_path: Path) -> None:
    paper(tmp_path, pages(1, 2).replace(PHOTO, "photos/none.jpg", 1))
    done = outcome("build", "--no-cache", cwd=tmp_path, **environment)
    assert done.code == 1
    assert "error[file-missing]" in done.err
    assert "\x1b" not in done.out + done.err
    assert "pages  [" not in done.err


PHOTO = "photos/a.jpg"
WIDTH = 19 * 9 / 72
"""Inches over two columns of nine characters and a gutter."""
MODES = {
    "CMYK JPEG": ("CMYK", "jpg", {}),
    "CMYK TIFF": ("CMYK", "tif", {}),
    "grey": ("L", "jpg", {}),
    "16 bits": ("I;16", "png", {}),
    "alpha": ("RGBA", "png", {}),
    "grey with alpha": ("LA", "png", {}),
    "palette": ("P", "png", {}),
    "one bit": ("1", "png", {}),
    "progressive": ("RGB", "jpg", {"progressive": True}),
    "WebP": ("RGB", "webp", {}),
    "turned": ("RGB", "jpg", {"exif": b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"}),
}


@pytest.mark.parametrize("name", MODES)
def test_a_photo_of_any_kind(name: str, tmp_path: Path) -> None:
    mode, suffix, options = MODES[name]
    path = paper(tmp_path, ISSUE.replace(PHOTO, f"photos/b.{suffix}"))
    picture(tmp_path / "photos" / f"b.{suffix}", mode=mode, size=(900, 700), **options)
    done = run("build", path, "-o", tmp_path / "out")
    assert (done.exit_code, done.stderr) == (0, "")
    image = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))["images"][0]
    assert image["ppi"] == round((700 if name == "turned" else 900) / WIDTH)


def test_a_page_of_the_issue(tmp_path: Path) -> None:
    path, out = paper(tmp_path, pages(1, 2, 3)), tmp_path / "out"
    assert run("build", path, "-o", out).exit_code == 0
    whole = digests(out)
    assert set(whole) == {"issue.pdf", *(name for _, name in PAGES)}
    (out / "pages" / "notes.pdf").write_bytes(b"mine")
    assert run("build", path, "-o", out, "--pages", "3, 1-1").exit_code == 0
    part = digests(out)
    assert set(part) == {"issue.pdf", "pages/01.pdf", "pages/03.pdf", "pages/notes.pdf"}
    assert part["pages/03.pdf"] == whole["pages/03.pdf"]
    assert part["issue.pdf"] != whole["issue.pdf"]


def test_a_page_is_built_though_another_is_not_ready(tmp_path: Path) -> None:
    path = paper(tmp_path, pages(1, 2).replace(PHOTO, "photos/none.jpg", 1))
    assert run("build", path, "-o", tmp_path / "out").exit_code == 1
    assert run("build", path, "-o", tmp_path / "out", "--pages", "1").exit_code == 1
    done = run("build", path, "-o", tmp_path / "out", "--pages", "2")
    assert (done.exit_code, done.stderr) == (0, "")


@pytest.mark.parametrize("standard", ["x4", "x1a"])
def test_the_same_bytes_everywhere(tmp_path: Path, standard: str) -> None:
    """Hash seed, language, time zone, working folder, processes, the picture cache: none of them shows."""
    path = paper(tmp_path / "one", pages(1, 2, 3))
    (tmp_path / "cache").mkdir()
    first = outcome(
        *("build", path, "-o", tmp_path / "first", "--jobs", 1, "--no-cache", "--standard", standard),
        cwd=tmp_path,
        PYTHONHASHSEED="1",
        LC_ALL="C",
        TZ="Asia/Shanghai",
    )
    second = outcome(
        *("build", "-o", "../second", "--jobs", 2, "--standard", standard),
        cwd=path.parent,
        PYTHONHASHSEED="2",
        LC_ALL="C.UTF-8",
        TZ="America/New_York",
        XDG_CACHE_HOME=str(tmp_path / "cache"),
    )
    assert (first.code, second.code) == (0, 0), first.err + second.err
    assert list((tmp_path / "cache").rglob("*.picture"))
    cached = run("build", path, "-o", tmp_path / "third", "--jobs", 2, "--standard", standard)
    again = run("build", path, "-o", tmp_path / "third", "--jobs", 1, "--standard", standard)
    assert (cached.exit_code, again.exit_code) == (0, 0)
    assert set(digests(tmp_path / "first")) == {"issue.pdf", *(name for _, name in PAGES)}
    assert digests(tmp_path / "first") == digests(tmp_path / "second") == digests(tmp_path / "third")


def test_the_disk_takes_only_a_part(tmp_path: Path) -> None:
    """A limit on the size of files makes real writes fail half-way."""
    path, out = paper(tmp_path), tmp_path / "out"
    assert run("build", path, "-o", out).exit_code == 0
    before = snapshot(out)
    size = (out / "issue.pdf").stat().st_size
    paper(tmp_path, ISSUE.replace("字对字", "一字对一字"))
    limited = (
        f"import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({size // 2},) * 2); "
        f"from layout.__main__ import main; sys.argv[1:] = ['build', '-o', {str(out)!r}, {str(path)!r}]; main()"
    )
    done = outcome(cwd=tmp_path, code=limited)
    assert (done.code, done.out) == (3, ""), done.err
    assert "error[environment]: File too large" in done.err
    assert "hint: make room" in done.err
    assert snapshot(out) == before
    assert not list(out.glob(".building-*"))


def test_killed_at_any_moment(tmp_path: Path) -> None:
    """Whatever the moment, each file is whole: that of the earlier build or that of the new one."""
    path, out = paper(tmp_path, pages(1, 2)), tmp_path / "out"
    assert run("build", path, "-o", out).exit_code == 0
    old = digests(out)
    paper(tmp_path, pages(1, 2).replace("字对字", "一字对一字"))
    began = time.monotonic()
    assert outcome("build", path, "-o", tmp_path / "new", cwd=tmp_path).code == 0
    lasts = time.monotonic() - began
    new = digests(tmp_path / "new")
    assert all(new[name] != old[name] for name in old)
    for share in (0.3, 0.5, 0.65, 0.75, 0.82, 0.88, 0.92, 0.96, 1.0):
        process = start("build", path, "-o", out, cwd=tmp_path)
        time.sleep(lasts * share)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        there = digests(out)
        assert set(there) == set(old)
        assert all(digest in {old[name], new[name]} for name, digest in there.items())
    (out / ".building-left").mkdir()
    (out / ".building-left" / "issue.pdf").write_bytes(b"half")
    assert run("build", path, "-o", out).exit_code == 0
    assert digests(out) == new
    assert not list(out.glob(".building-*"))


def test_two_builds_at_once(tmp_path: Path) -> None:
    """They take turns: what lies in the folder in the end is all of one build, as its report says."""
    one, other = paper(tmp_path / "a", pages(1, 2)), paper(tmp_path / "b", pages(1, 2).replace("字对字", "一字对一字"))
    started = [start("build", path, "-o", tmp_path / "out", cwd=tmp_path) for path in (one, other, one)]
    assert [process.communicate(timeout=60)[1] for process in started] == [""] * 3
    assert [process.returncode for process in started] == [0, 0, 0]
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert {name: file["sha256"] for name, file in report["files"].items()} == digests(tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["issue.pdf", "pages", "report.json"]


@pytest.mark.parametrize("standard", [None, "x4", "x1a"])
def test_the_standard_is_the_houses_or_the_one_asked_for(standard: str | None, tmp_path: Path) -> None:
    path = paper(tmp_path, ISSUE.replace("house:\n", "house:\n  standard: x1a\n"))
    asked = ["--standard", standard] if standard else []
    assert run("build", path, "-o", tmp_path / "out", *asked).exit_code == 0
    with pikepdf.open(tmp_path / "out" / "issue.pdf") as pdf:
        claimed = str(pdf.docinfo["/GTS_PDFXVersion"])
    assert claimed == ("PDF/X-4" if standard == "x4" else "PDF/X-1a:2003")


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
def test_interrupted_from_the_keyboard(tmp_path: Path) -> None:
    """Ctrl-C reaches all processes of the terminal; one short word is the answer."""
    path, out = paper(tmp_path, pages(*range(1, 25))), tmp_path / "out"
    before = earlier_build(out)
    process = start("build", path, "-o", out, "--jobs", 2, "--no-cache", cwd=tmp_path)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    until = time.monotonic() + 20
    while len(children.read_text().split()) < 2 and time.monotonic() < until:
        time.sleep(0.02)
    time.sleep(0.2)  # the workers have begun
    os.killpg(process.pid, signal.SIGINT)
    printed, said = process.communicate(timeout=60)
    assert (process.returncode, printed, said.strip()) == (1, "", "Aborted!")
    assert snapshot(out) == before


def test_a_lost_process_is_no_mistake_of_the_issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("layout.pipeline.press.compose_one", lambda prepared, index: os._exit(9))
    done = run("build", paper(tmp_path, pages(1, 2)), "-o", tmp_path / "out", "--jobs", "2")
    assert done.exit_code == 3
    assert "error[environment]: a worker process was ended" in done.stderr
    assert not (tmp_path / "out").exists()
