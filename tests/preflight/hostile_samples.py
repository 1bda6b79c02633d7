"""Files made to hang, exhaust or crash whoever reads them. Written byte by byte: a library would refuse to."""

import zlib
from collections.abc import Callable, Sequence
from typing import Final

MEGABYTE: Final = 1 << 20


def pdf(*objects: bytes) -> bytes:
    """A file of numbered objects, the first of which is the catalog, with a sound cross-reference table."""
    out = bytearray(b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<<%s/Length %d>>\nstream\n" % (entries, len(data)) + data + b"\nendstream"


def page(content: bytes, *others: bytes, entries: bytes = b"", resources: bytes = b"") -> bytes:
    """A file of one page (objects 1 to 4; ``others`` count from 5) with a content stream."""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<%s>>%s>>" % (resources, entries),
        stream(content),
        *others,
    )


def _form(content: bytes, entries: bytes = b"") -> bytes:
    return stream(content, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]" + entries)


def _tree(kids: Sequence[bytes]) -> bytes:
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", *kids)


def _nested_tree(depth: int) -> bytes:
    nodes = [b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (number + 3) for number in range(depth)]
    return _tree([*nodes, b"<</Type/Page/MediaBox[0 0 9 9]>>"])


def _exponential(depth: int) -> bytes:
    forms = [_form(b"/F Do " * 10, b"/Resources<</XObject<</F %d 0 R>>>>" % (number + 6)) for number in range(depth)]
    return page(b"/F Do", *forms, _form(b"0 0 1 1 re f"), resources=b"/XObject<</F 5 0 R>>")


def _bomb(levels: int, megabytes: int) -> bytes:
    data = bytes(megabytes * MEGABYTE)
    for _ in range(levels):
        data = zlib.compress(data, 1)
    return stream(data, b"/Filter[" + b"/FlateDecode" * levels + b"]")


def _entities(levels: int) -> str:
    """A packet that unfolds to ten times as much with each level."""
    declared = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(levels))
    return f'<!DOCTYPE x [<!ENTITY e0 "aaaaaaaaaa">{declared}]><x>&e{levels};</x>'


def _with_content(body: bytes) -> bytes:
    return page(b"", body).replace(b"/Contents 4 0 R", b"/Contents 5 0 R")


def _font(entries: bytes) -> bytes:
    return page(
        b"BT /F 9 Tf 0 0 Td <00010002> Tj ET",
        b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDToGIDMap/Identity%s>>" % entries,
        resources=b"/Font<</F 5 0 R>>",
    )


def _picture(entries: bytes) -> bytes:
    return page(
        b"99 0 0 99 9 9 cm /P Do",
        stream(b"x", b"/Subtype/Image/BitsPerComponent 8/ColorSpace/DeviceCMYK" + entries),
        resources=b"/XObject<</P 5 0 R>>",
    )


HOSTILE: Final[dict[str, Callable[[], bytes]]] = {
    "nothing": lambda: b"",
    "a header and no more": lambda: b"%PDF-1.6\n",
    "another kind of file": lambda: b"\x89PNG\r\n\x1a\n" + bytes(2000),
    "no catalog": lambda: pdf(b"null"),
    "a catalog that is a number": lambda: pdf(b"7"),
    "pages that are a name": lambda: pdf(b"<</Type/Catalog/Pages/None>>"),
    "a page tree that holds itself": lambda: _tree([b"<</Type/Pages/Count 1/Kids[2 0 R 2 0 R]>>"]),
    "a page tree of 5000 storeys": lambda: _nested_tree(5000),
    "a page tree of nulls": lambda: _tree([b"<</Type/Pages/Count 9/Kids[null null 7 (a) 99 0 R]>>"]),
    "the same page 100 000 times": lambda: _tree(
        [b"<</Type/Pages/Count 9/Kids[%s]>>" % (b"3 0 R " * 100_000), b"<</Type/Page/MediaBox[0 0 9 9]>>"]
    ),
    "boxes beyond measure": lambda: page(b"", entries=b"/TrimBox[0 0 1e30 1e30]/BleedBox[nan 0 inf 9]/CropBox 7"),
    "a page as large as a town": lambda: page(b"0 0 9 9 re f").replace(b"[0 0 600 800]", b"[0 0 900000 900000]"),
    "a million operators": lambda: page(b"0 0 1 1 re f\n" * 500_000),
    "two million operators": lambda: page(b"q Q " * 1_000_000),
    "a million q": lambda: page(b"q " * 1_000_000),
    "a million different colours": lambda: page(b"".join(b"0.%06d g 0 0 1 1 re f\n" % n for n in range(200_000))),
    "a path of a million points": lambda: page(b"0 0 m " + b"1 2 l 5 7 l " * 500_000 + b"f"),
    "300 000 operands": lambda: page(b"1 " * 300_000 + b"re"),
    "numbers of a thousand digits": lambda: page(
        b"9" * 1000 + b" Tr " + b"9" * 400 + b" w 0 0 m " + b"9" * 400 + b" 9 l S BI /W " + b"9" * 400 + b" /H 1 ID EI"
    ),
    "comments without end": lambda: page(b"%\n" * 3_000_000),
    "an inline image that is all names": lambda: page(b"BI " + b"/A " * 1_000_000),
    "arrays 100 000 deep": lambda: page(b"[" * 100_000),
    "dictionaries 100 000 deep": lambda: page(b"/A <</A" * 100_000 + b" BDC"),
    "objects 100 000 deep": lambda: page(b"", b"[" * 100_000 + b"]" * 100_000),
    "parentheses that never close": lambda: page(b"(" * 1_000_000),
    "an inline image that never ends": lambda: page(b"BI /W 9 /H 9 ID " * 20_000),
    "matrices without end": lambda: page(b"1e9 0 0 1e9 1e9 1e9 cm " * 1000 + b"0 0 1 1 re f"),
    "text that runs off": lambda: page(b"BT 1e9 0 0 1e9 0 0 Tm 1e9 Tc 1e9 TL " + b"T* " * 9 + b"ET"),
    "operands of the wrong kind": lambda: page(b"(a) cm /A w [1] k <<>> gs (b) Do 7 Tj /x TJ [/x] TJ 1 2 Tf null g"),
    "forms that paint each other": lambda: page(
        b"/F Do",
        _form(b"/G Do /G Do", b"/Resources<</XObject<</G 6 0 R>>>>"),
        _form(b"/F Do /F Do", b"/Resources<</XObject<</F 5 0 R>>>>"),
        resources=b"/XObject<</F 5 0 R>>",
    ),
    "forms that multiply": lambda: _exponential(12),
    "a form that is its own mask": lambda: page(
        b"/F Do",
        _form(b"/G gs 0 0 1 1 re f", b"/Resources<</ExtGState<</G<</SMask<</S/Luminosity/G 5 0 R>>>>>>>>"),
        resources=b"/XObject<</F 5 0 R>>",
    ),
    "a pattern that fills itself": lambda: page(
        b"/Pattern cs /P scn 0 0 9 9 re f",
        stream(
            b"/Pattern cs /P scn 0 0 9 9 re f",
            b"/PatternType 1/PaintType 1/BBox[0 0 9 9]/Resources<</Pattern<</P 5 0 R>>>>",
        ),
        resources=b"/Pattern<</P 5 0 R>>",
    ),
    "a glyph that sets itself": lambda: page(
        b"BT /F 9 Tf (A) Tj ET",
        b"<</Type/Font/Subtype/Type3/FontMatrix[1 0 0 1 0 0]/FirstChar 65/Widths[1]/Encoding<</Differences[65/A]>>"
        b"/CharProcs<</A 6 0 R>>/Resources<</Font<</F 5 0 R>>>>>>",
        stream(b"1 0 d0 BT /F 9 Tf (A) Tj ET"),
        resources=b"/Font<</F 5 0 R>>",
    ),
    "colour spaces in a circle": lambda: page(
        b"/C cs 0 sc 0 0 9 9 re f", b"[/Indexed 5 0 R 1 (ab)]", resources=b"/ColorSpace<</C 5 0 R>>"
    ),
    "a thousand colourants": lambda: page(
        b"/C cs 0 0 9 9 re f",
        b"[/DeviceN[" + b"/A " * 1000 + b"]/DeviceCMYK<<>>]",
        resources=b"/ColorSpace<</C 5 0 R>>",
    ),
    "a stream that unpacks to 140 MB": lambda: _with_content(_bomb(1, 140)),
    "a bomb in a bomb": lambda: _with_content(_bomb(2, 140)),
    "a hundred filters": lambda: _with_content(stream(b"x", b"/Filter[" + b"/FlateDecode" * 100 + b"]")),
    "object streams that unpack to 140 MB": lambda: pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[]/Count 0>>",
        _bomb(1, 140).replace(b"<<", b"<</Type/ObjStm/N 1/First 9", 1),
    ),
    "an object stream under another spelling": lambda: pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[]/Count 0>>",
        _bomb(1, 140).replace(b"<<", b"<</Type/Obj#53tm/N 1/First 9", 1),
    ),
    "object streams through two filters": lambda: pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[]/Count 0>>",
        _bomb(2, 140).replace(b"<<", b"<</Type/ObjStm/N 1/First 9", 1),
    ),
    "one stream 100 000 times": lambda: page(b"0 0 1 1 re f " * 1000).replace(
        b"/Contents 4 0 R", b"/Contents[" + b"4 0 R " * 100_000 + b"]"
    ),
    "a picture of 10^18 pixels": lambda: _picture(b"/Width 1000000000/Height 1000000000"),
    "a picture of no pixels": lambda: _picture(b"/Width 0/Height -5"),
    "a JPEG that is none": lambda: _picture(b"/Width 9/Height 9/Filter/DCTDecode"),
    "a million widths": lambda: _font(b"/W[0[" + b"500 " * 1_000_000 + b"]]"),
    "ranges of widths without end": lambda: _font(b"/W[" + b"0 65535 500 " * 100_000 + b"]"),
    "widths of nonsense": lambda: _font(b"/W[(a)/b[[]]-5 null 1e30]/DW(x)/DW2[1]"),
    "names that are not UTF-8": lambda: page(b"/#ff gs /\xff\xfe Do", entries=b"/#ff#fe 7/\x80 8"),
    "a packet of entities": lambda: pdf(
        b"<</Type/Catalog/Pages 2 0 R/Metadata 3 0 R>>",
        b"<</Type/Pages/Kids[]/Count 0>>",
        stream(
            b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>',
            b"/Type/Metadata/Subtype/XML",
        ),
    ),
    "entities in UTF-16": lambda: pdf(
        b"<</Type/Catalog/Pages 2 0 R/Metadata 3 0 R>>",
        b"<</Type/Pages/Kids[]/Count 0>>",
        stream(_entities(9).encode("utf-16-le"), b"/Type/Metadata/Subtype/XML"),
    ),
    "a packet 100 000 elements deep": lambda: pdf(
        b"<</Type/Catalog/Pages 2 0 R/Metadata 3 0 R>>",
        b"<</Type/Pages/Kids[]/Count 0>>",
        stream(b"<a>" * 100_000 + b"</a>" * 100_000, b"/Type/Metadata/Subtype/XML"),
    ),
    "annotations without end": lambda: page(b"", entries=b"/Annots[" + b"<</Rect[0 0 9 9]>>" * 50_000 + b"]"),
    "100 000 objects": lambda: page(b"", b"[" + b"<<>>" * 100_000 + b"]", entries=b"/X 5 0 R"),
}
"""Each by what is the matter with it."""
