"""Small fonts of every kind, drawn here: each glyph is a bar whose width tells it from the others."""

from fontTools.designspaceLib import AxisDescriptor, DesignSpaceDocument, SourceDescriptor
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.varLib import build

GLYPHS = (".notdef", "A", "B", "one", "uni4E2D", "uni4E2D.alt", "space")
CHARACTERS = {0x41: "A", 0x42: "B", 0x31: "one", 0x4E2D: "uni4E2D", 0x20: "space"}
VARIANTS = [(0x4E2D, 0xE0100, "uni4E2D.alt"), (0x4E2D, 0xE0101, None)]


def bar_width(name: str, weight: int = 0) -> int:
    """The width of a glyph's bar in a 1000-unit em."""
    return 100 + 60 * GLYPHS.index(name) + weight


def _outline(pen: TTGlyphPen | T2CharStringPen, name: str, upem: int, weight: int) -> None:
    if name == "space":
        return
    left, right, top = (v * upem // 1000 for v in (50, 50 + bar_width(name, weight), 700))
    pen.moveTo((left, 0))
    pen.lineTo((left, top))
    pen.lineTo((right, top))
    pen.lineTo((right, 0))
    pen.closePath()


def make_font(
    *,
    cff: bool = False,
    upem: int = 1000,
    name: str = "Sample-Regular",
    fs_type: int = 0,
    weight: int = 0,
    ps_name: bool = True,
) -> TTFont:
    builder = FontBuilder(upem, isTTF=not cff)
    builder.setupGlyphOrder(list(GLYPHS))
    builder.setupCharacterMap(CHARACTERS, uvs=VARIANTS)
    if cff:
        programs = {}
        for glyph in GLYPHS:
            pen = T2CharStringPen(upem * 6 // 10, None)
            _outline(pen, glyph, upem, weight)
            programs[glyph] = pen.getCharString()
        matrix = {} if upem == 1000 else {"FontMatrix": [1 / upem, 0, 0, 1 / upem, 0, 0]}
        builder.setupCFF(name, matrix, programs, {"defaultWidthX": upem * 6 // 10})
    else:
        shapes = {}
        for glyph in GLYPHS:
            quadratic = TTGlyphPen(None)
            _outline(quadratic, glyph, upem, weight)
            shapes[glyph] = quadratic.glyph()
        builder.setupGlyf(shapes)
    builder.setupHorizontalMetrics(dict.fromkeys(GLYPHS, (upem * 6 // 10, upem * 50 // 1000)))
    builder.setupHorizontalHeader(ascent=upem * 88 // 100, descent=-upem * 12 // 100)
    builder.setupNameTable({"familyName": "Sample", "styleName": "Regular"} | ({"psName": name} if ps_name else {}))
    builder.setupOS2(
        sTypoAscender=upem * 88 // 100,
        sTypoDescender=-upem * 12 // 100,
        usWeightClass=400,
        fsType=fs_type,
        version=4,
        sCapHeight=upem * 7 // 10,
    )
    builder.setupPost(keepGlyphNames=False)
    return builder.font


def make_variable(*, cff: bool, upem: int = 1000) -> TTFont:
    space = DesignSpaceDocument()
    space.addAxis(AxisDescriptor(tag="wght", name="Weight", minimum=100, default=100, maximum=900))
    for value, weight in ((100, 0), (900, 400)):
        source = make_font(cff=cff, upem=upem, weight=weight, name="Sample-Variable")
        space.addSource(SourceDescriptor(font=source, location={"Weight": value}, familyName="Sample"))
    return build(space)[0]
