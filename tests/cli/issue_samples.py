"""A small issue that builds in a tenth of a second, and what the tests of ``build`` and ``check`` ask of it."""

import hashlib
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result
from PIL import Image

from layout.cli.main import cli

ROOT = Path(__file__).parents[2]
SENTENCE = "报纸的版面是一张看不见的方格纸，每一行都落在同一套基线上，左邻右舍行行对齐。"
HEAD = """\
paper: {name: 样报}
date: 2024-01-08
house:
  trim: {width: 150mm, height: 190mm}
  grid: {columns: 4, characters: 9, lines: 30, margins: {top: 30mm}}
  styles:
    headline: {size: 24pt, leading: 28pt}
  copyfit: {short: 500}
pages:
"""
"""All but the pages, which are small."""

ISSUE = f"""\
{HEAD}\
  - number: 1
    title: 要闻
    stories:
      - slug: first
        area: {{columns: 1-4, lines: 1-22}}
        headline: 字对字 行对行
        text: |
          {SENTENCE * 6}

          {SENTENCE * 2}
        photos:
          - file: photos/a.jpg
            caption: 一张图片
            columns: 2
      - slug: second
        area: {{columns: 1-4, lines: 24-30}}
        text: {SENTENCE * 3}
"""


def picture(path: Path, *, mode: str = "RGB", size: tuple[int, int] = (600, 400), **options: Any) -> Path:
    """A picture file of colour gradients."""
    ramp = Image.linear_gradient("L").resize(size)
    image = Image.merge("RGB", (ramp, ramp.transpose(Image.Transpose.FLIP_TOP_BOTTOM), ramp.rotate(90).resize(size)))
    if mode == "I;16":
        image = ramp.convert("I").point(lambda value: value * 257).convert(mode)
    path.parent.mkdir(parents=True, exist_ok=True)
    (image if image.mode == mode else image.convert(mode)).save(path, **options)
    return path


def paper(folder: Path, text: str = ISSUE) -> Path:
    """The issue with its photograph in a folder; the path of the issue file."""
    picture(folder / "photos" / "a.jpg")
    path = folder / "issue.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def pages(*numbers: int, text: str = ISSUE) -> str:
    """The issue with a page like its own for each number; each has a head of its own."""
    start = text.index("  - number: 1")
    page = text[start:]
    return text[:start] + "".join(
        page.replace("number: 1", f"number: {number}").replace("行对行", f"行对行之{number}") for number in numbers
    )


def run(*arguments: object) -> Result:
    """The command line in this process."""
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def start(*arguments: object, cwd: Path, code: str = "", **environment: str) -> "subprocess.Popen[str]":
    """The command line, or Python ``code``, in a process of its own."""
    program = ["-c", code] if code else ["-m", "layout"]
    return subprocess.Popen(
        [sys.executable, *program, *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )


@dataclass(frozen=True)
class Outcome:
    """How a process ended and what it printed."""

    code: int
    out: str
    err: str


def outcome(*arguments: object, cwd: Path, code: str = "", **environment: str) -> Outcome:
    """The same, to its end."""
    process = start(*arguments, cwd=cwd, code=code, **environment)
    out, err = process.communicate(timeout=60)
    return Outcome(process.returncode, out, err)


def digests(out: Path) -> dict[str, str]:
    """The sha256 of every press file in a folder."""
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((*out.glob("*.pdf"), *out.glob("pages/*.pdf")))
    }


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Everything in a folder: contents and times of change."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def place(text: str, needle: str) -> str:
    """``line:column`` of the first occurrence."""
    before = text[: text.index(needle)]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def earlier_build(out: Path) -> dict[str, tuple[bytes, int]]:
    """Stand-ins for the files of an earlier build, and their snapshot."""
    for name in ("issue.pdf", "pages/01.pdf", "report.json"):
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(f"an earlier {name}".encode())
        os.utime(path, ns=(10**18, 10**18))
    return snapshot(out)
