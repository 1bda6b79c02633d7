"""``layout diff``: what changed between two issues, builds or PDFs, in words and in pictures."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from layout.cli.console import Exit, cache_folder, environment_failed, show
from layout.cli.options import allow_option
from layout.core import MM, Rect

if TYPE_CHECKING:
    from layout.pipeline.diff import PageDifference
    from layout.proof.changes import PhotoChange, StoryChange
    from layout.proof.words import Change

DIFFERENT = 1
"""Exit code when something differs, as with the system's diff."""


@click.command()
@click.argument("old", type=click.Path(path_type=Path, exists=True))
@click.argument("new", type=click.Path(path_type=Path, exists=True))
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Folder for a picture of each changed page, NN.png.")
@allow_option
@click.option("--json", "as_json", is_flag=True, help="Print the differences as JSON; lengths in mm.")
def command(old: Path, new: Path, *, out: Path | None, allow: tuple[Path, ...], as_json: bool) -> None:
    """What changed from OLD to NEW: issues (YAML or its folder), output folders of builds, or PDFs.

    Exit code 0: nothing differs; 1: something does; 3: one of the two cannot be read.
    """
    from layout.pipeline.diff import diff

    try:
        found = diff(old, new, pictures=out, allowed=allow, cache=cache_folder())
    except OSError as fault:
        environment_failed(fault)
    show(found.diagnostics)
    if found.value is None:
        sys.exit(Exit.ENVIRONMENT)
    if as_json:
        click.echo(
            json.dumps({"same": not found.value, "pages": [_page(page) for page in found.value]}, ensure_ascii=False)
        )
    else:
        for line in _told(found.value):
            click.echo(line)
    if found.value:
        sys.exit(DIFFERENT)


def _told(pages: Sequence["PageDifference"]) -> Iterator[str]:
    if not pages:
        yield "nothing differs"
    for page in pages:
        yield f"page {page.folio}" + ("" if page.kind == "changed" else f": {page.kind}")
        for story in page.stories:
            yield from _story_lines(story)
        for nth, rect in enumerate(page.regions, 1):
            yield f"  region {nth}: {_place(rect)}"


def _story_lines(story: "StoryChange") -> Iterator[str]:
    name = f"story {story.slug}" if story.slug else "on the page"
    yield f"  {name}" + ("" if story.kind == "changed" else f": {story.kind}")
    if story.moved is not None:
        yield f"    frame: {_place(story.moved[0])} → {_place(story.moved[1])}"
    for photo in story.photos:
        yield f"    photograph {photo.kind}: {_photo_names(photo)}"
    for text in story.texts:
        for change in text.changes:
            yield f"    {text.role}: {_words(change)}"


def _words(change: "Change") -> str:
    return f"{change.left}[{change.before} → {change.after}]{change.right}"


def _photo_names(photo: "PhotoChange") -> str:
    return " → ".join(dict.fromkeys(state.name for state in (photo.old, photo.new) if state is not None))


def _place(rect: Rect) -> str:
    x, y, width, height = _mm(rect)
    return f"{width:g} x {height:g} mm at {x:g}, {y:g}"


def _mm(rect: Rect) -> list[float]:
    return [round(length / MM, 1) for length in (rect.x, rect.y, rect.width, rect.height)]


def _page(page: "PageDifference") -> dict[str, Any]:
    stories = [_story(story) for story in page.stories]
    return {"page": page.folio, "kind": page.kind, "stories": stories, "regions": [_mm(rect) for rect in page.regions]}


def _story(story: "StoryChange") -> dict[str, Any]:
    return {
        "slug": story.slug,
        "kind": story.kind,
        "moved": story.moved and [_mm(rect) for rect in story.moved],
        "photos": [
            {"kind": photo.kind, "old": photo.old and photo.old.name, "new": photo.new and photo.new.name}
            for photo in story.photos
        ],
        "texts": [
            {
                "role": text.role,
                "before": change.before,
                "after": change.after,
                "left": change.left,
                "right": change.right,
            }
            for text in story.texts
            for change in text.changes
        ],
    }
