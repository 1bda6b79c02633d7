"""A page's proof as plain values for the browser, and back again for the comparison with the next proof."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from msgspec import to_builtins

from layout.core import Point, Rect
from layout.proof.changes import PhotoState, StoryChange, StoryState, story_changes
from layout.proof.codes import NAMES, RULES
from layout.proof.folder import BASE, TILE, Facts, is_complete, page_facts, page_key, sheet_facts
from layout.proof.galley import LOOSE, TIGHT
from layout.proof.model import Fault, ProofPage, Story

if TYPE_CHECKING:
    from PIL import Image

Record: TypeAlias = dict[str, Any]


def page_record(page: ProofPage, folder: Path) -> Record:
    """Everything that the browser shows of a page whose pictures lie in ``folder``."""
    grid, facts = page.grid, page_facts(folder)
    return {
        "folio": page.folio,
        "name": page.name,
        "title": page.title,
        "key": page_key(page),
        "sha256": hashlib.sha256(page.pdf).hexdigest(),
        "trim": [page.trim.width, page.trim.height],
        "bleed": page.bleed,
        "fold": page.fold,
        "sheet": sheet_facts(folder),
        "grid": {
            "area": _rect(grid.type_area),
            "columns": [[round(edge, 2) for edge in column] for column in grid.columns],
            "baselines": [round(y, 2) for y in grid.baselines],
            "pitch": grid.pitch,
            "safe": _rect(grid.safe),
        },
        "limits": {
            "ink": page.ink_limit,
            "warn": page.resolution_warn,
            "min": page.resolution_min,
            "loose": LOOSE,
            "tight": TIGHT,
        },
        "press": page.press,
        **contents(page),
        "faults": [*(fault_record(fault) for fault in page.faults), *_preflight(page, facts)],
        "judged": page.judged,
        "facts": facts,
        "changes": None,
    }


def fault_record(fault: Fault) -> Record:
    """A finding as plain values, with the desk's name for it."""
    return {**to_builtins(fault), "name": NAMES.get(fault.code, ""), "rect": fault.rect and _rect(fault.rect)}


def _preflight(page: ProofPage, facts: Facts) -> list[Record]:
    """The findings of the preflight, each with the story that it stands in."""
    found = facts.pop("preflight", ())
    return [{**each, "story": _story_at(page, each["rect"])} for each in found]


def _story_at(page: ProofPage, rect: Iterable[float] | None) -> str:
    if rect is None:
        return ""
    x, y, width, height = rect
    middle = Point(x + width / 2, y + height / 2)
    return next((story.slug for story in page.stories if _holds(story.rect, middle)), "")


def _holds(rect: Rect, point: Point) -> bool:
    return rect.x <= point.x <= rect.right and rect.y <= point.y <= rect.bottom


def contents(page: ProofPage) -> Record:
    """The page's stories and photographs: what ``states`` reads."""
    return {
        "stories": [_story(story) for story in page.stories],
        "photos": [
            {**to_builtins(photo), "rect": _rect(photo.rect), "crop": _rect(photo.crop, 4), "ppi": round(photo.ppi)}
            for photo in page.photos
        ],
        "ads": [{**to_builtins(ad), "rect": _rect(ad.rect)} for ad in page.ads],
    }


def _story(story: Story) -> Record:
    return {
        "slug": story.slug,
        "rect": _rect(story.rect),
        "columns": [_rect(column) for column in story.columns],
        "fit": to_builtins(story.fit),
        "lines": [{**to_builtins(line), "rect": _rect(line.rect)} for line in story.lines],
        "overset": list(story.overset),
        "edits": [{**to_builtins(edit), "name": RULES.get(edit.code, "")} for edit in story.edits],
    }


def compared(record: Record, old: Record | None, pages: Path) -> Record:
    """The record with what changed since ``old``; a page that is still the same keeps what ``old`` had to tell.

    ``pages`` holds the pictures' folders.
    """
    if old is None:
        return record
    if old["key"] == record["key"]:
        return {**record, "changes": old["changes"]}
    from layout.proof.compare import changed_regions

    offset = record["sheet"]["origin"]
    before, after = (_base_image(pages / each["key"], each["sheet"]["medium"]) for each in (old, record))
    trim = Rect(*offset, *record["trim"])
    found = changed_regions(before, after, BASE, within=(trim,)) if before and after else ()
    regions = [[round(r.x - offset[0], 1), round(r.y - offset[1], 1), r.width, r.height] for r in found]
    stories = story_changes(states(old), states(record))
    told = [change_record(change) for change in stories]
    return {**record, "changes": {"key": old["key"], "sheet": old["sheet"], "regions": regions, "stories": told}}


def change_record(change: StoryChange) -> Record:
    """A story's changes as plain values."""
    return {
        "slug": change.slug,
        "kind": change.kind,
        "texts": [to_builtins(text) for text in change.texts],
        "moved": change.moved and [_rect(rect) for rect in change.moved],
        "photos": [
            {
                "kind": photo.kind,
                "old": photo.old and photo.old.name,
                "new": photo.new and photo.new.name,
                "rect": _rect(state.rect),
            }
            for photo in change.photos
            if (state := photo.new or photo.old)
        ],
    }


def states(record: Record) -> list[StoryState]:
    """The stories and ads of a page's record as states to be compared."""
    by_story: dict[str, list[PhotoState]] = {}
    for photo in record["photos"]:
        state = PhotoState(photo["name"], photo["digest"], Rect(*photo["rect"]), Rect(*photo["crop"]))
        by_story.setdefault(photo["story"], []).append(state)
    return [
        StoryState(story["slug"], Rect(*story["rect"]), _texts(story), tuple(by_story.get(story["slug"], ())))
        for story in record["stories"]
    ] + [_ad_state(ad) for ad in record.get("ads", ())]


def _ad_state(ad: Mapping[str, Any]) -> StoryState:
    """An ad as a story without copy and with one picture: itself."""
    rect = Rect(*ad["rect"])
    return StoryState(ad["name"], rect, {}, (PhotoState(ad["name"], ad["digest"], rect, Rect(0.0, 0.0, 1.0, 1.0)),))


def _texts(story: Mapping[str, Any]) -> dict[str, str]:
    roles: dict[str, list[str]] = {}
    for line in story["lines"]:
        roles.setdefault(line["role"], []).append(line["text"])
    if story["overset"]:
        roles.setdefault("body", []).extend(story["overset"])
    return {role: joined(lines) for role, lines in roles.items()}


SOFT_HYPHEN: Final = "\u00ad"
"""What a hyphen at a line's end stands for: no part of the word."""


def joined(lines: Iterable[str]) -> str:
    """Lines as one text; the space that a line end swallowed between two words is put back, a hyphen there is not."""
    text = ""
    for line in lines:
        if text.endswith(SOFT_HYPHEN):
            text = text[:-1] + line
            continue
        words = text[-1:].isascii() and text[-1:].isalnum() and line[:1].isascii() and line[:1].isalnum()
        text += f" {line}" if words else line
    return text


def _base_image(folder: Path, size: Iterable[float]) -> "Image.Image | None":
    """The base level of a page put together from its tiles; None as long as the page is not complete."""
    from PIL import Image

    if not is_complete(folder):
        return None
    paths = sorted((folder / str(BASE)).glob("*.jpg"))
    width, height = (round(length * BASE / 72) + 1 for length in size)
    sheet = Image.new("RGB", (width, height), "white")
    for path in paths:
        row, column = (int(part) for part in path.stem.split("-"))
        with Image.open(path) as tile:
            sheet.paste(tile.convert("RGB"), (column * TILE, row * TILE))
    return sheet


def _rect(rect: Rect, digits: int = 2) -> list[float]:
    return [round(value, digits) for value in (rect.x, rect.y, rect.width, rect.height)]
