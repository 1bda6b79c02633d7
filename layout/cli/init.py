"""``layout init``: a starter issue that builds at once."""

import json
import shlex
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

import click

from layout.cli.console import Exit, environment_failed, show
from layout.core import Span, error
from layout.resources import ROOT

STARTER: Final = Path(__file__).parent / "starter"
SCHEMA: Final = "issue.schema.json"
PHOTOS: Final = {
    "1.jpg": "0506.jpg",
    "2.jpg": "0619.jpg",
    "3.jpg": "0621.jpg",
    "4.jpg": "1201.jpg",
    "5.jpg": "0825.jpg",
    "6.jpg": "0808.jpg",
}
"""The starter's photographs and the stand-ins that they are copies of."""


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--style", type=click.Choice(["broadsheet", "tabloid"]), default="broadsheet", show_default=True)
def command(folder: Path, style: str) -> None:
    """Write a starter issue (对开 or 四开) with its copy, photographs and schema into DIR."""
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            show([error("not-empty", "there is something already", Span(str(folder)), "name a new folder")])
            sys.exit(Exit.FAULTS)
        _place_starter(folder, style)
    except OSError as fault:
        environment_failed(fault)
    click.echo(f"{folder / 'issue.yaml'} is there; build it with: cd {shlex.quote(str(folder))} && layout build")


def _place_starter(folder: Path, style: str) -> None:
    """Written beside its place and then renamed, so that a full disk leaves no half of it."""
    folder.absolute().parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".starter-", dir=folder.absolute().parent))
    try:
        _write_starter(beside, style)
        beside.chmod(0o755)  # mkdtemp keeps it to its owner
        beside.replace(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _write_starter(folder: Path, style: str) -> None:
    from layout.house import house_schema
    from layout.issue import issue_schema

    for name in ("copy", "photos"):
        (folder / name).mkdir(parents=True)
    for text in STARTER.glob("*.txt"):
        shutil.copyfile(text, folder / "copy" / text.name)
    for name, stand_in in PHOTOS.items():
        shutil.copyfile(ROOT / "assets" / "photos" / stand_in, folder / "photos" / name)
    (folder / SCHEMA).write_text(
        json.dumps(issue_schema(house_schema()), ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
    starter = (STARTER / f"{style}.yaml").read_text(encoding="utf-8")
    (folder / "issue.yaml").write_text(starter.replace("{schema}", SCHEMA), encoding="utf-8")
