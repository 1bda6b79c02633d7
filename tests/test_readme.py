"""The README's commands are what a newcomer copies: they are run, not believed."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


def commands(text: str) -> list[list[str]]:
    """The quick start's commands, each as the steps that `&&` joins."""
    found = re.findall(r"^python3 -m venv .+$", text, re.MULTILINE)
    return [line.split(" && ") for line in found]


def test_both_readmes_give_the_same_commands(root: Path) -> None:
    english = commands((root / "README.md").read_text(encoding="utf-8"))
    assert english == commands((root / "docs" / "README.zh.md").read_text(encoding="utf-8"))
    assert [steps[0] for steps in english] == ["python3 -m venv .venv"] * 2
    assert [steps[1] for steps in english] == [
        ".venv/bin/pip install -q .",
        ".venv/bin/pip install -q -e '.[test]'",
    ]


def test_the_build_command_builds_the_page(root: Path, tmp_path: Path) -> None:
    """Its last step as written, with this interpreter in the place of the new environment's."""
    program, *arguments = shlex.split(commands((root / "README.md").read_text(encoding="utf-8"))[0][-1])
    assert program == ".venv/bin/layout"
    shutil.copy(root / "issue.yaml", tmp_path)
    shutil.copytree(root / "assets" / "photos", tmp_path / "assets" / "photos")
    done = subprocess.run(
        [sys.executable, "-m", "layout", *arguments],
        cwd=tmp_path,
        env={"PYTHONPATH": str(root), "XDG_CACHE_HOME": str(tmp_path / "cache")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for name in ("out/issue.pdf", "out/pages/04.pdf", "out/report.json"):
        assert (tmp_path / name).is_file()


@pytest.mark.parametrize("name", ["README.md", "docs/README.zh.md"])
def test_what_the_readme_links_to_is_there(root: Path, name: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    links = {*re.findall(r"\]\(([^)#:]+)\)", text), *re.findall(r'src="([^"]+)"', text)}
    assert links
    for link in links:
        assert ((root / name).parent / link).exists(), link
