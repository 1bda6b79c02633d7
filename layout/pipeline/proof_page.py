"""One page on its way to the proof: composed even with errors, drawn with stand-ins for what is missing."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from layout.compose import ComposedPage, Placement
from layout.compose.galley import joined
from layout.compose.grid import EM_TOP, base_column, type_area
from layout.core import MM, Diagnostic, Ink, Insets, Point, Rect
from layout.display import DisplayPage, Document, Fill, Foreign, Item, Picture, Stroke
from layout.foreign import ForeignPages
from layout.house.model import House
from layout.images import ImageFacts, PressPicture
from layout.issue.model import Page, Passage
from layout.issue.model import Story as Copy
from layout.pdf.boxes import page_boxes
from layout.pipeline.ads import lift_pages
from layout.pipeline.composition import Composition, compose_one, gather, placed_files
from layout.pipeline.load import Prepared
from layout.pipeline.press import convert_pictures, press_sheets, write_document
from layout.pipeline.proof_places import place_of
from layout.pipeline.uses import picture_uses
from layout.pipeline.verdict import Examine, Judged, examine, judge_page
from layout.proof import Advert, Edit, Fault, Fit, GridLines, Photo, Printed, ProofPage, Story, galley_lines
from layout.proof.model import fingerprint
from layout.text.markup import parse, press_copy
from layout.text.normalise import edits

SAFE: Final = 5 * MM
"""Nearer to the trim than this the folder or the knife may reach (newspapers are cut by the folder)."""
_CONTEXT: Final = 6  # characters shown round a change
_BLANK: Final = Ink(black=0.12)
_CROSS: Final = Ink(black=0.6)
_STAND_IN: Final = (6000, 4000)  # pixels of a photograph that is not there: a usual shape, no findings of its own


class Drawn(Struct, frozen=True):
    """A page as it prints and what it was made from; not printed when its PDF cannot be written.

    ``found`` are all findings about the page, ``missing`` the photographs that a blank stands for; it is ``complete``
    when it is what goes to the press. ``verdict`` is the preflight's, None for a page that was not judged.
    """

    prepared: Prepared
    index: int
    page: Page
    composition: Composition
    printed: Printed | None
    found: tuple[Diagnostic, ...]
    missing: frozenset[str]
    complete: bool
    verdict: tuple[Judged, ...] | None = None


def draw_page(
    prepared: Prepared,
    index: int,
    *,
    loaded: Iterable[Diagnostic] = (),
    cache: Path | None = None,
    threads: int = 1,
    to_compare: bool = False,
    foresee: Callable[[Sequence[bytes]], object] = len,
) -> Drawn:
    """Compose one page and draw it for the proof; ``loaded`` are the findings of loading the issue.

    The proof shows a spread as one page. ``to_compare``: a spread in halves where the plant gets halves. ``foresee`` is
    told the photographs in four inks (JPEGs) before the page with them is written.
    """
    page = prepared.issue.pages[index]
    missing = _stand_ins(prepared, page)
    whole = replace(prepared, facts={**prepared.facts, **missing})
    composition = gather(whole, (compose_one(whole, index),))
    composed = composition.pages[0]
    sheets = press_sheets(prepared, composed.display) if to_compare else (composed.display,)
    there = _document(prepared, [_without(sheet, frozenset(missing)) for sheet in sheets])
    pictures, unread = convert_pictures(whole, there, cache=cache, threads=threads)
    foreign, unlifted = lift_pages(prepared, composed.display)
    drawn = [replace(sheet, items=tuple(_with_blanks(sheet.items, pictures, foreign))) for sheet in sheets]
    photographs = _in_inks(pictures)
    foresee(photographs)
    written = write_document(prepared, _document(prepared, drawn), pictures, foreign)
    here = tuple(each for each in loaded if _concerns(each, page))
    found = (*here, *composition.diagnostics, *unread, *unlifted, *written.diagnostics)
    known = frozenset(map(fingerprint, photographs))
    printed = None if written.value is None else _printed(prepared, composed.display, written.value, known)
    complete = not to_compare and drawn == [*sheets]
    return Drawn(whole, index, page, composition, printed, found, frozenset(missing), complete)


def judged(drawn: Drawn, *, by: Examine = examine) -> Drawn:
    """The page with what preflight finds in it as the press file that it is, if it is one; ``by`` examines it."""
    if drawn.printed is None or not drawn.complete:
        return drawn
    verdict = judge_page(drawn.prepared, drawn.index, drawn.composition.pages[0], drawn.printed.pdf, by=by)
    return replace(drawn, found=(*drawn.found, *(one.diagnostic for one in verdict)), verdict=verdict)


def _in_inks(pictures: Mapping[Picture, PressPicture]) -> tuple[bytes, ...]:
    """The photographs in four inks, as they will stand in the file."""
    return tuple(dict.fromkeys(each.data for each in pictures.values() if each.components == len("CMYK")))


def _printed(prepared: Prepared, page: DisplayPage, pdf: bytes, photographs: frozenset[bytes]) -> Printed:
    house = prepared.houses[page.folio, ""]
    press, boxes = house.press, page_boxes(page.trim, page.bleed, house.marks)
    at = Rect(-boxes.medium.x, -boxes.medium.y, boxes.trim.width, boxes.trim.height)
    return Printed(page.folio, pdf, at, press.profile, press.name, press.ink_limit, house.standard, photographs)


def _document(prepared: Prepared, pages: Sequence[DisplayPage]) -> Document:
    return Document(prepared.title, prepared.issue.date, tuple(pages))


def _concerns(found: Diagnostic, page: Page) -> bool:
    photos = {photo.span for photo in placed_files(page)}
    return found.page == page.number or found.span in photos


def _stand_ins(prepared: Prepared, page: Page) -> dict[str, ImageFacts]:
    """Facts for the photographs that cannot be read, so that the page is made up as it will be with them."""
    files = [photo.file for story in page.stories for photo in story.photos if str(photo.file) not in prepared.facts]
    width, height = _STAND_IN
    return {
        str(file): ImageFacts(file, width, height, "RGB", 8, has_profile=False, orientation=1, sha256="")
        for file in files
    }


def _without(display: DisplayPage, sources: frozenset[str]) -> DisplayPage:
    """The page without the pictures that have no file."""
    kept = (item for item in display.items if not (isinstance(item, Picture) and item.source in sources))
    return replace(display, items=tuple(kept))


def _with_blanks(
    items: Iterable[Item], pictures: Mapping[Picture, PressPicture], foreign: ForeignPages
) -> Iterator[Item]:
    """The items, a crossed tint in the place of every picture and ad that cannot be shown."""
    for item in items:
        picture_lacks = isinstance(item, Picture) and item not in pictures
        ad_lacks = isinstance(item, Foreign) and (item.source, item.page) not in foreign
        if not (picture_lacks or ad_lacks):
            yield item
            continue
        assert isinstance(item, Picture | Foreign)  # nothing else lacks
        r = item.rect
        yield Fill(r, _BLANK, tag="blank")
        for left, right in ((r.y, r.bottom), (r.bottom, r.y)):
            yield Stroke(Point(r.x, left), Point(r.right, right), 1.0, _CROSS, tag="blank")


def describe_page(drawn: Drawn) -> ProofPage | None:
    """All that the desk is told of a page; None when it is not printed."""
    printed, page = drawn.printed, drawn.page
    if printed is None:
        return None
    composed = drawn.composition.pages[0]
    house = drawn.prepared.houses[page.number, ""]
    copies = {story.slug: story for story in page.stories}
    verdict = {one.diagnostic: one for one in drawn.verdict or ()}
    return ProofPage(
        folio=printed.folio,
        pdf=printed.pdf,
        at=printed.at,
        profile=printed.profile,
        press=printed.press,
        ink_limit=printed.ink_limit,
        standard=printed.standard,
        photographs=printed.photographs,
        name=page.name,
        fold=composed.display.fold,
        title=page.title,
        trim=house.trim,
        bleed=house.bleed,
        grid=_grid(house),
        stories=tuple(_story(placement, copies[placement.slug]) for placement in composed.placements),
        photos=tuple(_photos(drawn.prepared, drawn.composition, drawn.missing)),
        ads=tuple(_ads(drawn.prepared, composed)),
        faults=tuple(_fault(each, drawn, verdict.get(each)) for each in dict.fromkeys(drawn.found)),
        judged=drawn.verdict is not None,
        resolution_warn=house.press.resolution_warn,
        resolution_min=house.press.resolution_min,
    )


def _grid(house: House) -> GridLines:
    grid = house.grid
    area = type_area(grid)
    return GridLines(
        type_area=area,
        columns=tuple(base_column(grid, number) for number in range(1, grid.columns + 1)),
        baselines=tuple(area.y + nth * grid.pitch + EM_TOP * grid.size for nth in range(grid.lines)),
        pitch=grid.pitch,
        safe=Rect(0.0, 0.0, house.trim.width, house.trim.height).inset(Insets(SAFE, SAFE, SAFE, SAFE)),
    )


def _story(placement: Placement, copy: Copy) -> Story:
    report = placement.report
    fit = Fit(
        written_lines=report.natural_lines,
        written_characters=report.natural_characters,
        left_lines=report.over_lines,
        left_characters=report.over_characters,
        head=report.head,
        bands=report.bands,
        foot=report.foot,
    )
    lines = galley_lines(placement.items)
    edited = tuple(_edits(copy))
    return Story(copy.slug, placement.rect, placement.columns, fit, lines, placement.overset, edited)


def _copy_of(passage: Passage) -> str:
    return press_copy(passage.text, passage.orthography).text


def _edits(copy: Copy) -> Iterator[Edit]:
    """What normalising changed, in reading order."""
    heads = (copy.kicker, copy.headline, copy.deck, copy.byline)
    captions = (photo.caption for photo in copy.photos)
    cells = (cell for table in copy.tables for cell in table.passages)
    for passage in (
        each for each in (*heads, *joined(copy.text, _copy_of), *captions, *cells, copy.credit) if each is not None
    ):
        typed = parse(passage.text)  # markup is no part of the copy
        text = typed.text
        for edit in edits(text, passage.orthography, typed.kept):
            end = edit.offset + len(edit.before)
            left = text[max(0, edit.offset - _CONTEXT) : edit.offset]
            yield Edit(edit.code, edit.before, edit.after, left, text[end : end + _CONTEXT], edit.summary)


def _photos(prepared: Prepared, composition: Composition, missing: frozenset[str]) -> Iterator[Photo]:
    composed = composition.pages[0]
    named = [(placement.slug, placement.items) for placement in composed.placements]
    named += [(placed.name, placed.items) for placed in composed.ads]
    stories = {id(item): name for name, items in named for item in items if isinstance(item, Picture)}
    for use in picture_uses(composition.document.pages, prepared.facts):
        facts, item = prepared.facts[use.source], use.picture
        there = use.source not in missing
        yield Photo(
            name=Path(use.source).name,
            story=stories[id(item)],
            rect=item.rect,
            crop=item.crop,
            pixels=(facts.width, facts.height) if there else (0, 0),
            ppi=use.resolution if there else 0.0,
            grey=item.grey,
            digest=facts.sha256,
        )


def _ads(prepared: Prepared, composed: ComposedPage) -> Iterator[Advert]:
    for placed in composed.ads:
        source = str(placed.ad.file)
        page, picture = prepared.foreign.get((source, placed.ad.page)), prepared.facts.get(source)
        digest = page.sha256 if page else picture.sha256 if picture else ""
        yield Advert(placed.name, placed.rect, placed.scale, digest, page.findings if page else ())


def _fault(found: Diagnostic, drawn: Drawn, judged: Judged | None) -> Fault:
    page = drawn.page
    slug, rect = place_of(found, page, drawn.composition.pages[0], drawn.prepared.houses[page.number, ""].grid)
    exactly, rule = (judged.rect, judged.rule) if judged else (None, "")
    return Fault(
        str(found.severity), found.code, found.message, found.hint, str(found.span), slug, exactly or rect, rule
    )
