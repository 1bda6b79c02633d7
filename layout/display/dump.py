"""A display page as text: one item a line, rounded to 0.01 pt, so that two versions can be compared by eye."""

from collections.abc import Iterator

from layout.core import Ink
from layout.display.document import DisplayPage, Document
from layout.display.items import Curve, Fill, Foreign, GlyphRun, Item, Picture, Stroke


def dump(document: Document) -> str:
    """The whole document as text, stable from run to run."""
    return "\n".join(line for page in document.pages for line in _page(page)) + "\n"


def _page(page: DisplayPage) -> Iterator[str]:
    folios = "-".join(map(str, page.folios))
    fold = "" if page.fold is None else f" fold {_n(page.fold)}"
    yield f"page {folios} trim {_n(page.trim.width)}x{_n(page.trim.height)} bleed {_n(page.bleed)}{fold}"
    for item in page.items:
        yield "  " + _item(item)
    for item in page.slug:
        yield "  slug " + _item(item)


def _item(item: Item) -> str:
    tag = f" [{item.tag}]" if item.tag else ""
    match item:
        case GlyphRun():
            scale = f" x{_n(item.xscale)}" if item.xscale != 1.0 else ""
            flow = "" if item.flow == "across" else f" {item.flow}"
            place = f"{_n(item.x)},{_n(item.baseline)} width {_n(item.width)}{flow}"
            return f"type {place} {item.face} {_n(item.size)}{scale} {_ink(item.ink, item.overprint)}{tag} {item.text}"
        case Fill():
            r = item.rect
            return f"fill {_n(r.x)},{_n(r.y)} {_n(r.width)}x{_n(r.height)} {_ink(item.ink, item.overprint)}{tag}"
        case Stroke():
            ends = f"{_n(item.start.x)},{_n(item.start.y)} {_n(item.end.x)},{_n(item.end.y)}"
            dash = f" dash {'/'.join(map(_n, item.dash))}" if item.dash else ""
            return f"rule {ends} {_n(item.width)}{dash} {_ink(item.ink, item.overprint)}{tag}"
        case Curve():
            ends = f"{_n(item.points[0].x)},{_n(item.points[0].y)} {_n(item.points[-1].x)},{_n(item.points[-1].y)}"
            drawn = _n(item.width) if item.width else "filled"
            return f"curve {ends} {drawn} {_ink(item.ink, item.overprint)}{tag}"
        case Picture():
            r, c = item.rect, item.crop
            crop = f"{c.x:.4f},{c.y:.4f} {c.width:.4f}x{c.height:.4f}"
            grey = " grey" if item.grey else ""
            return f"picture {_n(r.x)},{_n(r.y)} {_n(r.width)}x{_n(r.height)} crop {crop}{grey}{tag} {item.source}"
        case Foreign():
            r = item.rect
            return f"foreign {_n(r.x)},{_n(r.y)} {_n(r.width)}x{_n(r.height)}{tag} {item.source} page {item.page}"


def _n(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _ink(ink: Ink, overprint: bool) -> str:  # noqa: FBT001 - two words of one phrase
    tints = "/".join(f"{tint * 100:g}" for tint in ink.tints)
    named = f"cmyk {tints}" if ink.spot is None else f"spot {ink.spot.name!r} {ink.tint * 100:g}"
    return f"{named}{' overprint' if overprint else ''}"
