"""What changed between two issues, two builds or two PDFs, page by page: in words and in pictures."""

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from layout.core import Checked, Diagnostic, Pt, Rect, Span, error
from layout.pipeline.build import ISSUE, REPORT
from layout.pipeline.load import Prepared, prepare
from layout.pipeline.proof_page import describe_page, draw_page
from layout.proof.changes import StoryChange, StoryState, story_changes
from layout.proof.pairs import compare_pages
from layout.proof.raster import PdfError, medium, opened
from layout.proof.readback import Frame, page_states
from layout.proof.record import contents, states

SOURCE: Final = "issue.yaml"

Kind: TypeAlias = Literal["added", "removed", "changed"]


class _Sheet(Struct, frozen=True):
    """One page of one side: where it lies, the frames of its stories; ``told`` are its stories where they are known."""

    pdf: bytes
    index: int = 0
    frames: tuple[Frame, ...] = ()
    names: tuple[str, ...] = ()
    told: tuple[StoryState, ...] | None = None


_Sheets: TypeAlias = dict[int, _Sheet]
"""By page number."""


class PageDifference(Struct, frozen=True):
    """What differs on one page. ``regions`` are in points from the trim's top left."""

    folio: int
    kind: Kind
    stories: tuple[StoryChange, ...] = ()
    regions: tuple[Rect, ...] = ()


def diff(
    old: Path, new: Path, *, pictures: Path | None = None, allowed: Sequence[Path] = (), cache: Path | None = None
) -> Checked[tuple[PageDifference, ...]]:
    """The pages that differ, none when old and new are the same.

    Each side is an issue (its YAML file or the folder that holds it), the output folder of a build, or a PDF.
    ``pictures`` is the folder for a picture of each changed page, ``NN.png``. Raises OSError when a side cannot be
    read or the pictures cannot be written.
    """
    sides = [_read(path, allowed=allowed, cache=cache) for path in (old, new)]
    found = tuple(each for side in sides for each in side.diagnostics)
    before, after = (side.value for side in sides)
    if before is None or after is None:
        return Checked(None, found)
    return Checked(tuple(_differences(before, after, pictures)), found)


def _differences(before: _Sheets, after: _Sheets, pictures: Path | None) -> Iterator[PageDifference]:
    for folio in sorted({*before, *after}):
        if folio not in before or folio not in after:
            yield PageDifference(folio, "added" if folio in after else "removed")
            continue
        found = _compared(folio, before[folio], after[folio], pictures)
        if found.stories or found.regions:
            yield found


def _compared(folio: int, old: _Sheet, new: _Sheet, pictures: Path | None) -> PageDifference:
    if (old.pdf, old.index) == (new.pdf, new.index):
        return PageDifference(folio, "changed")
    with ExitStack() as stack:
        pages = [stack.enter_context(opened(sheet.pdf))[sheet.index] for sheet in (old, new)]
        trim = medium(pages[1]).trim
        regions, picture = compare_pages(*pages)
        if old.told is not None and new.told is not None:
            stories = story_changes(old.told, new.told)
        else:
            framed = bool(old.frames and new.frames)
            one, other = (
                page_states(page, sheet.frames if framed else (), sheet.names)
                for page, sheet in zip(pages, (old, new), strict=True)
            )
            stories = story_changes(one, other)
    if pictures is not None and (regions or stories):
        pictures.mkdir(parents=True, exist_ok=True)
        picture.save(pictures / f"{folio:02d}.png")
    placed = tuple(Rect(r.x - trim.x, r.y - trim.y, r.width, r.height) for r in regions)
    return PageDifference(folio, "changed", stories, placed)


def _read(path: Path, *, allowed: Sequence[Path], cache: Path | None) -> Checked[_Sheets]:
    """One side by what it is."""
    if path.is_dir() and (path / ISSUE).is_file():
        return _pdf(path / ISSUE, _report(path / REPORT))
    if path.is_dir():
        path /= SOURCE
    if path.suffix.lower() in {".yaml", ".yml"}:
        return _issue(path, allowed=allowed, cache=cache)
    return _pdf(path, {})


def _issue(path: Path, *, allowed: Sequence[Path], cache: Path | None) -> Checked[_Sheets]:
    loaded = prepare(path, allowed=allowed, cache=cache)
    if loaded.value is None:
        return Checked(None, loaded.diagnostics)
    return _composed(loaded.value, cache=cache)


def _composed(prepared: Prepared, *, cache: Path | None) -> Checked[_Sheets]:
    """An issue's pages, also those with errors; no value when one cannot be drawn at all."""
    sheets: _Sheets = {}
    for nth, page in enumerate(prepared.issue.pages):
        drawn = draw_page(prepared, nth, cache=cache, to_compare=True)
        proof, house = describe_page(drawn), prepared.houses[page.number, ""]
        if proof is None:
            return Checked(None, drawn.found)
        frames = tuple(Frame(story.slug, story.rect) for story in proof.stories)
        frames += tuple(Frame(ad.name, ad.rect) for ad in proof.ads)
        names = tuple(photo.name for photo in proof.photos if photo.ppi)
        told = tuple(states(contents(proof)))
        sheets[page.number] = _Sheet(proof.pdf, 0, frames, names, told)
        if page.spread and house.spread.files == "halves":
            width = house.trim.width / 2
            sheets[page.number] = _Sheet(proof.pdf, 0, _half(frames, 0, width), names, told)
            # What the stories say is told once, with the first half.
            sheets[page.number + 1] = _Sheet(proof.pdf, 1, _half(frames, 1, width), names, ())
    return Checked(sheets)


def _half(frames: Sequence[Frame], nth: int, width: Pt) -> tuple[Frame, ...]:
    """The frames that reach into one half of a spread, as seen from it; ``width`` is a page's."""
    shifted = (replace(frame, rect=replace(frame.rect, x=frame.rect.x - nth * width)) for frame in frames)
    return tuple(frame for frame in shifted if frame.rect.right > 0 and frame.rect.x < width)


def _pdf(path: Path, report: dict[str, Any]) -> Checked[_Sheets]:
    data = path.read_bytes()
    try:
        with opened(data) as document:
            count, widths = len(document), [medium(page).trim.width for page in document]
    except PdfError as fault:
        return Checked(None, (_unreadable(path, fault),))
    pages = report.get("edition", {}).get("pages", ())
    files = {page.get("file") or page["number"]: page["number"] for page in reversed(pages)}  # its first page
    folios = sorted(files.values(), key=[page["number"] for page in pages].index)
    if len(folios) != count:
        folios, report = list(range(1, count + 1)), {}
    return Checked({folio: _built(data, nth, folio, report, widths[nth], folios) for nth, folio in enumerate(folios)})


def _built(data: bytes, index: int, folio: int, report: dict[str, Any], width: Pt, folios: Sequence[int]) -> _Sheet:
    """One page of a build by its report; ``width`` is its trim's, ``folios`` are all pages that have a sheet."""
    stories, ads = (
        [each for each in report.get(kind, ()) if folio in (each["page"], *each.get("spread", ()))]
        for kind in ("stories", "ads")
    )
    frames = tuple(Frame(story["slug"], Rect(*story["frame"])) for story in stories)
    frames += tuple(Frame(ad["name"], Rect(*ad["frame"])) for ad in ads)
    spread = next((each.get("spread", ()) for each in (*stories, *ads)), ())
    if len({*spread}.intersection(folios)) > 1:  # in halves
        frames = _half(frames, spread.index(folio), width)
    numbers = {each["page"] for each in (*stories, *ads)} or {folio}
    names = tuple(Path(image["file"]).name for image in report.get("images", ()) if image["page"] in numbers)
    return _Sheet(data, index, frames, names)


def _report(path: Path) -> dict[str, Any]:
    """What a build tells of its stories; nothing when it is of another version or gone: the PDF alone serves too."""
    try:
        report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return report if all("frame" in story for story in report.get("stories", ())) else {}


def _unreadable(path: Path, fault: PdfError) -> Diagnostic:
    return error("pdf-unreadable", f"cannot be read as a PDF ({fault})", Span(str(path)))
