"""Pages to be proofed, drawn by hand, and display items set by hand."""

from io import BytesIO
from typing import Any

from msgspec.structs import replace
from reportlab.lib.colors import CMYKColor, CMYKColorSep
from reportlab.pdfgen.canvas import Canvas

from layout import resources
from layout.core import BLACK, Ink, Rect, Size
from layout.display import Glyph, GlyphRun
from layout.proof import Fault, Fit, GridLines, Line, Photo, ProofPage, Story

MARGIN = 20.0
TRIM = Size(300.0, 400.0)
PROFILE = resources.PRESS / "NEWS26_TAC240.icc"
CYAN, YELLOW = CMYKColor(1, 0, 0, 0), CMYKColor(0, 0, 1, 0)
RICH = CMYKColor(0.8, 0.7, 0.6, 0.9)
SPOT = CMYKColorSep(0, 0.8, 0.9, 0, spotName="HKS 8", density=1)


def drawn(*boxes: tuple[Rect, Any, bool], text: str = "", trim: Size = TRIM, margin: float = MARGIN) -> bytes:
    """A PDF of one page: boxes (from the trim's top left, y down) in colours, overprinting if told, and a text."""
    size = (trim.width + 2 * margin, trim.height + 2 * margin)
    data = BytesIO()
    canvas = Canvas(data, pagesize=size, invariant=1, trimBox=(margin, margin, size[0] - margin, size[1] - margin))
    for rect, colour, overprint in boxes:
        canvas.setFillOverprint(overprint)
        canvas._setOverprintMask(overprint)  # without it CMYK overprints with all four inks, zeros too
        canvas.setFillColor(colour)
        canvas.rect(margin + rect.x, size[1] - margin - rect.y - rect.height, rect.width, rect.height, stroke=0, fill=1)
    if text:
        canvas.setFillColor(CMYKColor(0, 0, 0, 1))
        for nth, line in enumerate(text.splitlines()):
            canvas.drawString(margin + 30, size[1] - margin - 50 - 14 * nth, line)
    canvas.showPage()
    canvas.save()
    return data.getvalue()


def story(slug: str = "first", text: str = "字对字行对行", rect: Rect = Rect(20, 20, 200, 100)) -> Story:
    fit = Fit(0, 0, 0, 0, head=0, bands=(), foot=0)
    lines = (Line("headline", 0, "题", Rect(20, 20, 30, 30)), Line("body", 1, text, Rect(20, 60, 60, 9)))
    return Story(slug, rect, (rect,), fit, lines)


def photo(name: str = "a.jpg", digest: str = "a") -> Photo:
    return Photo(name, "first", Rect(30, 130, 120, 80), Rect(0, 0, 1, 1), (600, 400), 360.0, grey=False, digest=digest)


def proof_page(pdf: bytes, *, folio: int = 1, **changed: Any) -> ProofPage:
    """A page with one story, one photograph and one fault."""
    grid = GridLines(Rect(20, 20, 260, 360), ((20, 145), (155, 280)), (29.0, 42.0, 55.0), 13.0, Rect(14, 14, 272, 372))
    fault = Fault("error", "overset", "too long", "cut it", "issue.yaml:3:1", "first", Rect(20, 60, 60, 9))
    page = ProofPage(
        name=str(folio),
        fold=None,
        folio=folio,
        title="要闻",
        trim=TRIM,
        bleed=0.0,
        pdf=pdf,
        at=Rect(MARGIN, MARGIN, TRIM.width, TRIM.height),
        grid=grid,
        stories=(story(),),
        photos=(photo(),),
        faults=(fault,),
        profile=PROFILE,
        press="news",
        ink_limit=2.4,
        standard="x4",
        resolution_warn=150.0,
        resolution_min=100.0,
    )
    return replace(page, **changed)


def run(text: str, x: float, baseline: float, *, tag: str = "body", size: float = 10.0, extra: float = 0.0) -> GlyphRun:
    """A run whose Han characters stand ``extra`` em apart."""
    glyphs = tuple(Glyph(1, size * (1 + extra), character) for character in text)
    return GlyphRun(x, baseline, "face", size, BLACK, glyphs, tag=tag)


def tint(share: float) -> Ink:
    return Ink(black=share)
