"""What a small issue composes to, line by line, against a text that people have read.

``UPDATE_DUMPS=1 pytest tests/pages/test_pages_dump.py`` writes the text anew; its difference tells what has moved.
"""

import os
import re
import shutil
from difflib import unified_diff
from pathlib import Path

import pytest
from PIL import Image

from layout.display.dump import dump
from layout.pipeline.composition import compose_issue
from layout.pipeline.load import Prepared, prepare

HERE = Path(__file__).parent
EXPECTED = HERE / "small.dump.txt"


def composed(folder: Path) -> str:
    shutil.copy(HERE / "small.yaml", folder / "small.yaml")
    Image.new("RGB", (900, 600), (90, 120, 60)).save(folder / "photo.png")
    checked = prepare(folder / "small.yaml")
    assert checked.value is not None, checked.diagnostics
    composition = compose_issue(checked.value)
    assert composition.diagnostics == ()
    text = dump(composition.document).replace(f"{folder}/", "")
    # The slug's digest counts the photograph's file, whose packing may vary, and figures differ in width.
    return re.sub(r"width [0-9.]+ (.* v1) [0-9a-f]{8} ", r"width * \1 ******** ", text)


def test_the_small_issue_composes_as_it_was_read(tmp_path: Path) -> None:
    found = composed(tmp_path)
    if os.environ.get("UPDATE_DUMPS"):
        EXPECTED.write_text(found, encoding="utf-8")
    moved = unified_diff(EXPECTED.read_text("utf-8").splitlines(), found.splitlines(), "expected", "found", n=0)
    assert not list(moved)


def test_the_dump_does_not_depend_on_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = tmp_path / "另一处"
    elsewhere.mkdir()
    here = composed(tmp_path)
    monkeypatch.chdir(elsewhere)
    assert composed(elsewhere) == here


def test_composing_twice_gives_equal_documents(prepared: Prepared, issue: Path) -> None:
    again = prepare(issue).value
    assert again is not None
    first = compose_issue(prepared).document
    assert first == compose_issue(prepared).document
    assert first == compose_issue(again).document
