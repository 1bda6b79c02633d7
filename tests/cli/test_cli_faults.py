"""Every mistake ends in diagnostics with place, code and hint, and leaves the files of the last good build alone."""

import os
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from issue_samples import ISSUE, ROOT, SENTENCE, earlier_build, paper, picture, place, run, snapshot
from PIL import ImageCms

Prepare = Callable[[Path], object]


@dataclass(frozen=True)
class Fault:
    """A mistake: what is changed in the issue or its folder, and what must be said.

    ``told`` are needle (the place is where it begins in the issue), code and a part of the message or hint.
    """

    changed: dict[str, str] = field(default_factory=dict)
    told: tuple[tuple[str, str, str], ...] = ()
    prepare: Prepare = lambda folder: None
    arguments: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        text = ISSUE
        for old, new in self.changed.items():
            assert old in text
            text = text.replace(old, new, 1)
        return text


def house(setting: str) -> dict[str, str]:
    """The issue with one more setting of the house style."""
    return {"house:\n": f"house:\n  {setting}\n"}


def photo(data: bytes) -> Prepare:
    return lambda folder: (folder / "photos" / "a.jpg").write_bytes(data)


def cut_in_half(folder: Path) -> None:
    path = folder / "photos" / "a.jpg"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def png(width: int, height: int, pixels: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def out_of_the_folder(folder: Path) -> None:
    picture(folder.parent / "elsewhere.jpg")
    (folder / "photos" / "a.jpg").unlink()
    (folder / "photos" / "a.jpg").symlink_to(folder.parent / "elsewhere.jpg")


def restricted_face(folder: Path) -> None:
    with TTFont(ROOT / "fonts" / "NotoSansSC-Bold.ttf", lazy=True) as font:
        font["OS/2"].fsType = 2
        font.save(folder / "face.ttf")


def screen_profile(folder: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    (folder / "press.icc").write_bytes(profile.tobytes())


def hollow_profile(folder: Path) -> None:
    """A press profile with a sound head and half of its tables."""
    data = bytearray((ROOT / "assets" / "press" / "NEWS26_TAC240.icc").read_bytes()[:5000])
    data[:4] = len(data).to_bytes(4, "big")
    (folder / "press.icc").write_bytes(data)


PHOTO = "photos/a.jpg"
FAULTS = {
    "unknown key": Fault({"headline: 字": "headlin: 字"}, (("headlin: 字", "unknown-key", "headline"),)),
    "unknown house setting": Fault(house("gird: {lines: 3}"), (("gird", "unknown-key", "grid"),)),
    "wrong types": Fault(
        {"number: 1": "number: eins", "columns: 2": "columns: two"},
        (("eins", "bad-value", "cannot be 'eins'"), ("two", "wrong-type", "whole number")),
    ),
    "area that is none": Fault({"lines: 1-22": "lines: top"}, (("top}", "bad-value", "1-120"),)),
    "area backwards": Fault({"lines: 1-22": "lines: 22-1"}, (("22-1", "bad-area", "1-22"),)),
    "areas overlap": Fault({"lines: 24-30": "lines: 20-30"}, (("{columns: 1-4, lines: 20", "area-overlap", "first"),)),
    "area outside the grid": Fault(
        {"lines: 24-30": "lines: 24-31"}, (("{columns: 1-4, lines: 24", "area-outside", "lines 1-30"),)
    ),
    "no photo": Fault({PHOTO: "photos/none.jpg"}, (("photos/none", "file-missing", "relative to"),)),
    "a folder as photo": Fault({PHOTO: "photos"}, (("photos\n", "file-missing", "no file"),)),
    "a name that is too long": Fault({PHOTO: "p" * 300 + ".jpg"}, (("ppp", "file-missing", "cannot be read"),)),
    "empty photo": Fault(prepare=photo(b""), told=((PHOTO, "image-broken", "empty"),)),
    "corrupt photo": Fault(
        prepare=photo(b"\xff\xd8\xff" + b"\x17" * 3000), told=((PHOTO, "image-broken", "other programs open"),)
    ),
    "a photo that is none": Fault(prepare=photo(b"hello"), told=((PHOTO, "image-unsupported", "JPEG"),)),
    "a photo cut off": Fault(prepare=cut_in_half, told=((PHOTO, "image-truncated", "cut off"),)),
    "a photo whose pixels are cut off": Fault(
        prepare=photo(png(800, 600, bytes(1000))), told=((PHOTO, "image-truncated", "cut off"),)
    ),
    "a bomb": Fault(prepare=photo(png(60000, 60000, bytes(1000))), told=((PHOTO, "image-too-large", "60000"),)),
    "a photo of few pixels": Fault(
        prepare=lambda folder: picture(folder / PHOTO, size=(90, 60)), told=((PHOTO, "image-resolution", "ppi"),)
    ),
    "empty story": Fault({f"text: {SENTENCE * 3}": "text: ''"}, (("slug: second", "empty-story", "give it text"),)),
    "overset": Fault(
        {f"text: {SENTENCE * 3}": f"text: {SENTENCE * 9}"}, (("slug: second", "overset", "cut the copy"),)
    ),
    "missing glyph": Fault(
        {SENTENCE[:5]: SENTENCE[:5] + "\U0001f600"}, (("\U0001f600", "glyph-missing", "\U0001f600 (U+1F600)"),)
    ),
    "missing glyph in the folio line": Fault(
        {"title: 要闻": "title: 要闻\U0001f600"}, (("number: 1", "glyph-missing", "\U0001f600 (U+1F600)"),)
    ),
    "headline without end": Fault(
        {"字对字 行对行": "字" * 400}, (("字" * 400, "headline-tiny", "smaller than the text"),)
    ),
    "YAML bomb": Fault(
        {
            "paper:": "a: &a [x,x,x,x,x,x,x,x,x]\n"
            + "".join(f"{b}: &{b} [{','.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
            + "paper:"
        },
        (("*e,", "yaml-too-large", "aliases"),),
    ),
    "duplicate key": Fault(
        {"house:\n": "date: 2024-01-09\nhouse:\n"}, (("date: 2024-01-09", "duplicate-key", "line 2"),)
    ),
    "tab": Fault({"    title: 要闻": "\ttitle: 要闻"}, (("\ttitle", "yaml-tab", "spaces"),)),
    "a path that escapes": Fault({PHOTO: "../elsewhere.jpg"}, (("../else", "path-escapes", "allow"),)),
    "a link that escapes": Fault(prepare=out_of_the_folder, told=((PHOTO, "path-escapes", "allow"),)),
    "a face that is none": Fault(
        house("faces: {kai: face.ttf}"),
        (("face.ttf", "font-broken", "another font file"),),
        lambda folder: (folder / "face.ttf").write_bytes(b"no font" * 99),
    ),
    "a face that may not be embedded": Fault(
        house("faces: {kai: face.ttf}"), (("face.ttf", "font-embedding", "licence"),), restricted_face
    ),
    "unknown house style": Fault(
        {"house:\n": "style: braodsheet\nhouse:\n"}, (("braod", "house-unknown", "broadsheet"),)
    ),
    "house style file that is not there": Fault(
        {"house:\n": "style: ours.yaml\nhouse:\n"}, (("ours", "file-missing", "relative to"),)
    ),
    "a press profile that is none": Fault(
        house("press: {profile: press.icc}"),
        (("press.icc", "profile-broken", "newsprint-240"),),
        lambda folder: (folder / "press.icc").write_bytes(b"no profile" * 99),
    ),
    "a press profile for screens": Fault(
        house("press: {profile: press.icc}"), (("press.icc", "profile-broken", "CMYK"),), screen_profile
    ),
    "a press profile that is hollow": Fault(
        house("press: {profile: press.icc}"), (("press.icc", "profile-broken", "cannot be used"),), hollow_profile
    ),
    "a page that is not there": Fault(told=(("paper", "page-unknown", "it has 1"),), arguments=("--pages", "2")),
    "mistakes of the content together": Fault(
        {
            PHOTO: "photos/none.jpg",
            SENTENCE[:5]: SENTENCE[:5] + "\U0001f600",
            f"text: {SENTENCE * 3}": f"text: {SENTENCE * 9}",
        },
        (
            ("photos/none", "file-missing", "relative to"),
            ("\U0001f600", "glyph-missing", "U+1F600"),
            ("slug: second", "overset", "cut the copy"),
        ),
    ),
    "mistakes of all kinds together": Fault(
        {"lines: 24-30": "lines: 30-24", "house:\n": "style: tabloid\nhouse:\n  bled: 3mm\n  faces: {kai: face.ttf}\n"},
        (("bled", "unknown-key", "bleed"), ("30-24", "bad-area", "24-30"), (PHOTO, "image-broken", "empty")),
        photo(b""),
    ),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_mistake(fault: Fault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = paper(tmp_path / "paper", fault.text)
    fault.prepare(path.parent)
    before = earlier_build(path.parent / "out")
    monkeypatch.chdir(path.parent)
    done = run("build", "--no-cache", *fault.arguments)
    assert done.exit_code == 1, done.output
    lines = done.stderr.splitlines()
    for needle, code, part in fault.told:
        start = f"issue.yaml:{place(fault.text, needle)}: error[{code}]: "
        told = [i for i, line in enumerate(lines) if line.startswith(start)]
        assert told, f"{start} is not in\n{done.stderr}"
        both = "\n".join(lines[told[0] : told[0] + 2])
        assert part in both
        assert "\n  hint: " in both
    assert done.stderr.count(": error[") == len(fault.told)
    assert "Traceback" not in done.output
    assert snapshot(path.parent / "out") == before


def test_overset_is_told_in_characters(tmp_path: Path) -> None:
    done = run(
        "build",
        paper(tmp_path, ISSUE.replace(f"text: {SENTENCE * 3}", f"text: {SENTENCE * 9}")),
        "-o",
        tmp_path / "out",
    )
    assert done.exit_code == 1
    assert "(多 " in done.stderr
    assert not (tmp_path / "out").exists()


def test_underset_is_a_warning(tmp_path: Path) -> None:
    text = ISSUE.replace("short: 500", "short: 1").replace(SENTENCE * 6, SENTENCE)
    done = run("build", paper(tmp_path, text), "-o", tmp_path / "out")
    assert done.exit_code == 0
    assert f"issue.yaml:{place(text, 'slug: first')}: warning[underset]: " in done.stderr
    assert "(欠 " in done.stderr
    assert (tmp_path / "out" / "issue.pdf").exists()


def test_few_pixels_are_warned_of(tmp_path: Path) -> None:
    path = paper(tmp_path)
    picture(tmp_path / PHOTO, size=(300, 200))
    done = run("build", path, "-o", tmp_path / "out")
    assert done.exit_code == 0
    assert f"issue.yaml:{place(ISSUE, PHOTO)}: warning[image-resolution-low]: " in done.stderr


def test_every_damaged_photo_is_told(tmp_path: Path) -> None:
    """Damage that shows only when the pixels are decoded, in two photographs of one page."""
    text = ISSUE.replace(SENTENCE * 6, SENTENCE * 3).replace(
        "            columns: 2\n", "            columns: 2\n          - {file: photos/b.png, columns: 2}\n"
    )
    path = paper(tmp_path, text)
    for name in ("a.jpg", "b.png"):
        (tmp_path / "photos" / name).write_bytes(png(800, 600, bytes(1000)))
    done = run("build", path, "-o", tmp_path / "out", "--no-cache")
    for name in (PHOTO, "photos/b.png"):
        assert f"issue.yaml:{place(text, name)}: error[image-truncated]: " in done.stderr
    assert (done.exit_code, done.stderr.count("error[")) == (1, 2)


ENCODINGS = {
    "UTF-8 with BOM": (b"\xef\xbb\xbf" + ISSUE.encode(), 0, ""),
    "UTF-16 with BOM": (ISSUE.encode("utf-16"), 0, ""),
    "UTF-16 without BOM": (ISSUE.encode("utf-16-le"), 1, "save the file as UTF-8"),
    "GBK": (ISSUE.encode("gbk"), 1, "GBK"),
    "damaged UTF-8": (ISSUE.encode() + b"\xe4\xb8\n", 1, "0xE4"),
    "CR LF": (ISSUE.replace("\n", "\r\n").encode(), 0, ""),
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_an_encoding(name: str, tmp_path: Path) -> None:
    data, code, part = ENCODINGS[name]
    path = paper(tmp_path)
    path.write_bytes(data)
    done = run("build", path, "-o", tmp_path / "out")
    assert done.exit_code == code, done.output
    assert part in done.stderr
    assert done.stderr.count("error[encoding]") == code


def test_no_issue_and_a_folder_as_issue(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "none.yaml", "file-missing"), (tmp_path, "file-unreadable")):
        for command in ("build", "check"):
            done = run(command, path)
            assert done.exit_code == 1
            assert done.stderr.startswith(f"{path}: error[{code}]: ")


USAGE = {
    "pages in words": ("--pages", "front"),
    "pages backwards": ("--pages", "3-1"),
    "pages from nought": ("--pages", "0-1"),
    "no pages": ("--pages", ""),
    "pages without end": ("--pages", "1-99999999999"),
    "no jobs": ("--jobs", "0"),
    "unknown standard": ("--standard", "x9"),
    "unknown option": ("--fast",),
}


@pytest.mark.parametrize("arguments", USAGE.values(), ids=USAGE)
def test_wrong_usage(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = run("build", paper(tmp_path), "-o", tmp_path / "out", *arguments)
    assert done.exit_code == 2
    assert arguments[0] in done.stderr
    assert not (tmp_path / "out").exists()


def test_out_is_a_file(tmp_path: Path) -> None:
    path = paper(tmp_path)
    (tmp_path / "out").write_text("mine")
    for out in (tmp_path / "out", tmp_path / "out" / "below"):
        done = run("build", path, "-o", out)
        assert done.exit_code == 3
        assert done.stderr.startswith(f"{out}: error[environment]: ")
        assert "\n  hint: something else stands there" in done.stderr
    assert (tmp_path / "out").read_text() == "mine"


@pytest.mark.parametrize("taken", ["issue.pdf", "pages/01.pdf", "report.json"])
def test_a_folder_stands_where_a_file_belongs(taken: str, tmp_path: Path) -> None:
    path, out = paper(tmp_path), tmp_path / "out"
    earlier_build(out)
    (out / taken).unlink()
    (out / taken / "mine").mkdir(parents=True)
    before = snapshot(out)
    done = run("build", path, "-o", out)
    assert done.exit_code == 3
    assert done.stderr.startswith(f"{out / taken}: error[environment]: ")
    assert snapshot(out) == before
    assert not list(out.glob(".building-*"))


def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, out = paper(tmp_path), tmp_path / "out"
    before = earlier_build(out)

    def refuse(handle: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", refuse)
    done = run("build", path, "-o", out)
    assert done.exit_code == 3
    assert "error[environment]: " in done.stderr
    assert "hint: make room" in done.stderr
    assert snapshot(out) == before
    assert not list(out.glob(".building-*"))
