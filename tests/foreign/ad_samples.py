"""Advertisements drawn by ReportLab, finished by pikepdf: PDF/X as agencies send it, and what is wrong with others.

Nothing here is made by the program under test.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image
from reportlab.lib.colors import CMYKColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from layout import resources

MM = 72 / 25.4
FACE = "AdSong"
X1A = "PDF/X-1a:2003"
X4 = "PDF/X-4"

Paint = Callable[[Canvas, float, float], None]
"""Draws an ad of a width and height in points, from its lower left corner."""
Change = Callable[[pikepdf.Pdf], None]


@dataclass(frozen=True)
class Ad:
    """An ad: ``size`` in millimetres, ``margin`` of paper round its trim, ``level`` that it claims."""

    size: tuple[float, float] = (100.0, 60.0)
    margin: float = 8.0
    level: str = X1A
    condition: str = "IFRA26"
    rotate: int = 0


@cache
def _face() -> str:
    pdfmetrics.registerFont(TTFont(FACE, str(resources.FONTS / "NotoSerifSC-Black.ttf")))
    return FACE


def shop(canvas: Canvas, width: float, height: float) -> None:
    """Colour to the edges, type in one ink, a photograph in CMYK."""
    canvas.setFillColor(CMYKColor(0, 0, 0.25, 0))
    canvas.rect(-9, -9, width + 18, height + 18, stroke=0, fill=1)
    canvas.setFillColor(CMYKColor(0, 1, 1, 0))
    canvas.rect(-9, height * 0.78, width + 18, height * 0.22 + 9, stroke=0, fill=1)
    canvas.setFillColor(CMYKColor(0, 0, 0, 0))
    canvas.setFont(_face(), height * 0.14)
    canvas.drawString(width * 0.05, height * 0.83, "山前茶馆")
    canvas.setFillOverprint(True)
    canvas._setOverprintMask(1)
    canvas.setFillColor(CMYKColor(0, 0, 0, 1))
    canvas.setFont(_face(), height * 0.08)
    canvas.drawString(width * 0.05, height * 0.62, "新茶上市 欢迎品尝")
    canvas.setFont(_face(), 10)
    canvas.drawString(width * 0.05, height * 0.08, "山前街1号 电话 0952-1234567")
    canvas.setFillOverprint(False)
    canvas.drawImage(photograph(), width * 0.55, height * 0.2, width * 0.4, height * 0.5)


@cache
def photograph(mode: str = "CMYK") -> ImageReader:
    """A smooth picture with pixels enough for an ad."""
    ramp = Image.linear_gradient("L").resize((640, 480))
    side = ramp.transpose(Image.Transpose.ROTATE_90).resize((640, 480))
    half = ramp.point(lambda tone: tone // 3)
    if mode == "CMYK":
        return ImageReader(Image.merge("CMYK", (half, side.point(lambda tone: tone // 3), half, half)))
    return ImageReader(Image.merge("RGB", (ramp, side, half)))


def ad_pdf(ad: Ad = Ad(), paint: Paint = shop, change: Change | None = None) -> bytes:
    """The file of an ad: one page whose trim lies in the middle of its paper."""
    width, height = (side * MM for side in ad.size)
    margin = ad.margin * MM
    out = BytesIO()
    _face()
    version = (1, 4) if ad.level == X1A else (1, 6)
    canvas = Canvas(
        out,
        pagesize=(width + 2 * margin, height + 2 * margin),
        initialFontName=FACE,
        invariant=1,
        pdfVersion=version,
        pageCompression=1,
    )
    canvas.translate(margin, margin)
    paint(canvas, width, height)
    canvas.showPage()
    canvas.save()
    with pikepdf.open(out) as pdf:
        _finish(pdf, ad, (margin, margin, margin + width, margin + height))
        if change:
            change(pdf)
        kept = BytesIO()
        pdf.save(kept, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return kept.getvalue()


def _finish(pdf: pikepdf.Pdf, ad: Ad, trim: tuple[float, float, float, float]) -> None:
    page = pdf.pages[0].obj
    page.TrimBox = Array([round(edge, 3) for edge in trim])
    bleed = min(ad.margin, 3.0) * MM
    page.BleedBox = Array([round(edge + way * bleed, 3) for edge, way in zip(trim, (-1, -1, 1, 1), strict=True)])
    del page["/Trans"]
    if ad.rotate:
        page.Rotate = ad.rotate
    if not ad.level:
        return
    profile = pdf.make_stream((resources.PRESS / "NEWS26_TAC240.icc").read_bytes(), Dictionary(N=4))
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=ad.condition,
        RegistryName="http://www.color.org",
        Info=ad.condition,
        DestOutputProfile=pdf.make_indirect(profile),
    )
    pdf.Root.OutputIntents = Array([intent])
    pdf.docinfo[Name.GTS_PDFXVersion] = ad.level
    pdf.docinfo[Name.Title] = "advertisement"
    pdf.docinfo[Name.Trapped] = Name("/False")


def resource(pdf: pikepdf.Pdf, category: str, name: str, value: Any) -> None:
    """Put a resource into the first page's dictionary."""
    held = pdf.pages[0].obj.Resources
    if f"/{category}" not in held:
        held[f"/{category}"] = Dictionary()
    held[f"/{category}"][f"/{name}"] = value


def drawn(operators: str, **names: Any) -> Change:
    """A change that paints after all else; resources as ``ExtGState_X=...``."""

    def change(pdf: pikepdf.Pdf) -> None:
        for key, value in names.items():
            category, _, name = key.partition("_")
            resource(pdf, category, name, value(pdf) if callable(value) else value)
        pdf.pages[0].contents_add(pdf.make_stream(f"q {operators} Q".encode("latin-1")))

    return change
