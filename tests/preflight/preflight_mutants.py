"""The table of mutants: good files with one fault each, and what must be found."""

from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from preflight_samples import (
    Change,
    annotation,
    descriptor,
    draw,
    drawing,
    entry,
    first_font,
    first_image,
    form,
    icc,
    image,
    page_of,
    press_profile,
    resource,
    rgb_profile,
    separation,
    set_packet,
    set_profile,
    text,
    tint,
    together,
    without,
)


@dataclass(frozen=True)
class Mutant:
    """``base`` with a change, the codes that must be found, and how the file is saved. ``raw``: bytes to replace."""

    what: str
    base: str
    codes: frozenset[str]
    change: Change = lambda _: None
    raw: tuple[bytes, bytes] = (b"", b"")
    save: dict[str, Any] = field(default_factory=dict)
    ink: bool = False


def _(what: str, base: str, codes: str, change: Change = lambda _: None, **more: Any) -> Mutant:
    return Mutant(what, base, frozenset(codes.split()), change, **more)


HELVETICA = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
COURIER = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier)
BLACK_OVERPRINT = Dictionary(OP=True, op=True, OPM=1)
BOX = "300 700 100 100 re f"


def state(**entries: Any) -> Dictionary:
    return Dictionary(Type=Name.ExtGState, **entries)


def shading(space: Any) -> Dictionary:
    return Dictionary(ShadingType=2, ColorSpace=space, Coords=Array([0, 0, 1, 0]), Function=tint(3))


def tiling(pdf: pikepdf.Pdf, operators: str) -> Any:
    return pdf.make_stream(
        operators.encode(),
        Dictionary(
            PatternType=1,
            PaintType=1,
            TilingType=1,
            BBox=Array([0, 0, 9, 9]),
            XStep=9,
            YStep=9,
            Resources=Dictionary(),
        ),
    )


def uncoloured(pdf: pikepdf.Pdf) -> Any:
    """A pattern that is painted in the colour it is given: the RGB in it does not count."""
    pattern = tiling(pdf, "1 0 0 rg 0 0 9 9 re f")
    pattern.PaintType = 2
    return pattern


def glyphs(pdf: pikepdf.Pdf) -> Dictionary:
    """A Type 3 font whose one glyph is painted in RGB."""
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array([0, 0, 1, 1]),
        FontMatrix=Array([1, 0, 0, 1, 0, 0]),
        FirstChar=65,
        LastChar=65,
        Widths=Array([1]),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([65, Name.A])),
        CharProcs=Dictionary(A=pdf.make_stream(b"1 0 d0 1 0 0 rg 0 0 1 1 re f")),
        Resources=Dictionary(),
    )


def mask(pdf: pikepdf.Pdf, space: Any = Name.DeviceGray) -> Dictionary:
    group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=space)
    return Dictionary(Type=Name.Mask, S=Name.Luminosity, G=form(pdf, "0.5 g 0 0 100 100 re f", Group=group))


def looping(pdf: pikepdf.Pdf) -> None:
    one = form(pdf, "/Self Do")
    one.Resources = Dictionary(XObject=Dictionary(Self=one))
    draw(pdf, "/Loop Do", XObject_Loop=one)


def second_profile(pdf: pikepdf.Pdf) -> Array:
    first = pdf.Root.OutputIntents[0]
    other = Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFA1, OutputConditionIdentifier=String("x"))
    other.DestOutputProfile = pdf.make_stream(press_profile(pdf), Dictionary(N=4))
    return Array([first, other])


def beyond_bleed(pdf: pikepdf.Pdf) -> None:
    page = page_of(pdf)
    left, *rest = (float(one) for one in page.BleedBox)
    page.TrimBox = Array([left - 0.0001, *rest])


def crop_into_trim(pdf: pikepdf.Pdf) -> None:
    page = page_of(pdf)
    left, bottom, right, top = (float(one) for one in page.TrimBox)
    page.CropBox = Array([left + 10, bottom, right, top])


def no_space_in_group(pdf: pikepdf.Pdf) -> None:
    del page_of(pdf).Group
    draw(pdf, f"/Half gs {BOX}", ExtGState_Half=state(ca=0.5))


def layers(*, configs: list[str] | None = None, **default: Any) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("layer")))
        properties = Dictionary(OCGs=Array([layer]), D=Dictionary(**default))
        if configs is not None:
            properties.Configs = Array([Dictionary(Name=String(name)) for name in configs])
        pdf.Root.OCProperties = properties

    return change


def other_profile(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_stream(rgb_profile(), Dictionary(N=3))


def lzw(pdf: pikepdf.Pdf) -> None:
    """A content stream of two white spaces in LZW: clear, space, space, end."""
    bits = f"{256:09b}{32:09b}{32:09b}{257:09b}".ljust(40, "0")
    data = int(bits, 2).to_bytes(5, "big")
    page_of(pdf).Contents = Array([page_of(pdf).Contents, pdf.make_stream(data, Dictionary(Filter=Name.LZWDecode))])


def damaged(pdf: pikepdf.Pdf) -> None:
    broken = pdf.make_stream(b"no Flate at all", Dictionary(Filter=Name.FlateDecode))
    page_of(pdf).Contents = Array([page_of(pdf).Contents, broken])


def whole_page(width: int, height: int) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        left, bottom, right, top = (float(one) for one in page_of(pdf).TrimBox)
        place = f"{right - left} 0 0 {top - bottom} {left} {bottom} cm /Whole Do"
        draw(pdf, place, XObject_Whole=image(pdf, width, height, Name.DeviceCMYK))

    return change


def over_all(pdf: pikepdf.Pdf) -> None:
    """A heavy area that the page's own content does not hide."""
    area = pdf.make_stream(b"q 0.9 0.8 0.8 0.7 k 400 300 90 90 re f Q")
    page_of(pdf).Contents = Array([page_of(pdf).Contents, area])


ERRORS = (
    # The file
    _("no file identifier", "x4", "file-id", raw=(b"/ID", b"/Id")),
    _("encrypted", "x4", "file-encrypted", save={"encryption": pikepdf.Encryption(owner="o", R=4)}),
    _("PDF 1.7", "x4", "pdf-version", save={"force_version": "1.7"}),
    _("PDF 1.5", "x1a", "pdf-version", save={"force_version": "1.5"}),
    _("version 1.7 in the catalog", "x4", "pdf-version", entry("root", "/Version", value=Name("/1.7"))),
    _(
        "object streams",
        "x1a",
        "object-streams pdf-version",
        save={"object_stream_mode": pikepdf.ObjectStreamMode.generate},
    ),
    _("cross-reference table damaged", "x4", "file-damaged", raw=(b"startxref\n", b"startxref\n9")),
    # Metadata
    _("no XMP", "x4", "xmp-missing", without("root", "/Metadata")),
    _("XMP that is no XML", "x4", "xmp-broken", set_packet(b"</rdf:RDF>", b"")),
    _("XMP with entities", "x4", "xmp-broken", set_packet(b"<x:xmpmeta", b'<!DOCTYPE x [<!ENTITY a "a">]><x:xmpmeta')),
    _("XMP without MetadataDate", "x4", "xmp-incomplete", set_packet(b"xmp:MetadataDate>", b"xmp:Other>")),
    _("XMP without VersionID", "x4", "xmp-incomplete", set_packet(b"xmpMM:VersionID>", b"xmpMM:Other>")),
    _(
        "XMP claims X-3",
        "x4",
        "pdfx-version",
        together(set_packet(b">PDF/X-4<", b">PDF/X-3<"), without("trailer", "/Info", "/GTS_PDFXVersion")),
    ),
    _(
        "Info claims X-3",
        "x4",
        "info-disagrees",
        entry("trailer", "/Info", "/GTS_PDFXVersion", value=String("PDF/X-3")),
    ),
    _("no claim in Info", "x1a", "pdfx-version", without("trailer", "/Info", "/GTS_PDFXVersion")),
    _("no title", "x1a", "info-missing", without("trailer", "/Info", "/Title")),
    _("no ModDate", "x1a", "info-missing", without("trailer", "/Info", "/ModDate")),
    _("Trapped is a boolean", "x1a", "trapped", entry("trailer", "/Info", "/Trapped", value=True)),
    _("Trapped is unknown", "x1a", "trapped", entry("trailer", "/Info", "/Trapped", value=Name.Unknown)),
    _("Trapped is a string", "x4", "trapped", entry("trailer", "/Info", "/Trapped", value=String("False"))),
    _("no Trapped", "x1a", "trapped", without("trailer", "/Info", "/Trapped")),
    _("pdf:Trapped is unknown", "x4", "trapped", set_packet(b"Trapped>False<", b"Trapped>Unknown<")),
    _("Trapped contradicts XMP", "x4", "info-disagrees", entry("trailer", "/Info", "/Trapped", value=Name("/True"))),
    _("a number in Info", "x4", "info-not-text", entry("trailer", "/Info", "/Title", value=7)),
    _("title contradicts XMP", "x4", "info-disagrees", entry("trailer", "/Info", "/Title", value=String("other"))),
    _(
        "date contradicts XMP",
        "x4",
        "info-disagrees",
        entry("trailer", "/Info", "/ModDate", value=String("D:20240305120001+08'00'")),
    ),
    # Output intent
    _("no output intent", "x4", "intent-count", without("root", "/OutputIntents")),
    _(
        "two output intents",
        "x4",
        "intent-count",
        entry("root", "/OutputIntents", value=lambda pdf: Array([pdf.Root.OutputIntents[0]] * 2)),
    ),
    _("no condition", "x4", "intent-condition", without("root", "/OutputIntents", 0, "/OutputConditionIdentifier")),
    _("no profile", "x4", "intent-profile", without("root", "/OutputIntents", 0, "/DestOutputProfile")),
    _(
        "no profile and no registry",
        "x1a",
        "intent-profile",
        together(
            without("root", "/OutputIntents", 0, "/DestOutputProfile"),
            without("root", "/OutputIntents", 0, "/RegistryName"),
        ),
    ),
    _(
        "no registry and no Info",
        "x4",
        "intent-info",
        together(without("root", "/OutputIntents", 0, "/Info"), without("root", "/OutputIntents", 0, "/RegistryName")),
    ),
    _("profile cut off", "x4", "profile-broken", set_profile(lambda data: data.__delitem__(slice(5000, None)))),
    _("profile of a scanner", "x4", "profile-kind", set_profile(lambda data: data.__setitem__(slice(12, 16), b"scnr"))),
    _("profile of ICC version 4", "x1a", "profile-kind", set_profile(lambda data: data.__setitem__(8, 4))),
    _("profile of a screen", "x4", "profile-kind profile-space blend-space", other_profile),
    _(
        "profile with three channels",
        "x4",
        "profile-components",
        entry("root", "/OutputIntents", 0, "/DestOutputProfile", "/N", value=3),
    ),
    _(
        "intent of PDF/A with its own profile",
        "x4",
        "intent-differs",
        entry("root", "/OutputIntents", value=second_profile),
    ),
    # Boxes and pages
    _("no TrimBox", "x4", "trim-box", without("page", "/TrimBox")),
    _("TrimBox and ArtBox", "x4", "trim-box", entry("page", "/ArtBox", value=lambda pdf: page_of(pdf).TrimBox)),
    _("trim beyond bleed by 0.0001 pt", "x4", "box-nesting", beyond_bleed),
    _("bleed beyond medium", "x1a", "box-nesting", entry("page", "/BleedBox", value=Array([-20, 0, 900, 1200]))),
    _("crop inside medium", "x4", "crop-box", entry("page", "/CropBox", value=lambda pdf: page_of(pdf).BleedBox)),
    _("crop inside trim", "x4", "crop-box box-nesting", crop_into_trim),
    _("UserUnit", "x4", "user-unit", entry("page", "/UserUnit", value=2)),
    _("MediaBox of three numbers", "x4", "box-broken", entry("page", "/MediaBox", value=Array([0, 0, 900]))),
    _("SeparationInfo", "x4", "page-entries", entry("page", "/SeparationInfo", value=Dictionary())),
    _("PresSteps", "x1a", "page-entries", entry("page", "/PresSteps", value=Dictionary())),
    _("a note on the page", "x4", "annotation-on-page", annotation("Text", 300, 300, 320, 320)),
    _("a stamp over the edge", "x1a", "annotation-on-page", annotation("Stamp", 0, 0, 200, 200)),
    _("a printer's mark inside trim", "x4", "annotation-on-page", annotation("PrinterMark", 300, 300, 310, 310)),
    _("nothing on the page", "x4", "page-empty", without("page", "/Contents")),
    # What a file carries
    _(
        "a link outside the bleed",
        "x4",
        "action",
        annotation("Link", 0, 0, 5, 5, A=Dictionary(S=Name.URI, URI=String("x"))),
    ),
    _(
        "a script on opening",
        "x4",
        "action",
        entry("root", "/OpenAction", value=Dictionary(S=Name.JavaScript, JS=String("1"))),
    ),
    _(
        "a named script",
        "x1a",
        "action",
        entry(
            "root",
            "/Names",
            value=Dictionary(
                JavaScript=Dictionary(Names=Array([String("a"), Dictionary(S=Name.JavaScript, JS=String("1"))]))
            ),
        ),
    ),
    _(
        "an action on closing",
        "x4",
        "action",
        entry("root", "/AA", value=Dictionary(WC=Dictionary(S=Name.Named, N=Name.Print))),
    ),
    _(
        "a form field",
        "x4",
        "form-field",
        entry("root", "/AcroForm", value=Dictionary(Fields=Array([Dictionary(FT=Name.Tx)]))),
    ),
    _(
        "an XFA form",
        "x4",
        "form-field",
        entry("root", "/AcroForm", value=Dictionary(Fields=Array([]), XFA=String("x"))),
    ),
    _("an attached file", "x1a", "attachment", lambda pdf: pdf.attachments.__setitem__("a.txt", b"text")),
    _(
        "a PostScript XObject",
        "x4",
        "postscript",
        lambda pdf: resource(pdf, "XObject", "Ps", pdf.make_stream(b"", Dictionary(Subtype=Name.PS))),
    ),
    _("PostScript by operator", "x4", "postscript", drawing("PS")),
    _("an OPI comment", "x4", "replaced-picture", lambda pdf: first_image(pdf).__setitem__("/OPI", Dictionary())),
    _(
        "alternate images",
        "x1a",
        "replaced-picture",
        lambda pdf: first_image(pdf).__setitem__("/Alternates", Array([Dictionary()])),
    ),
    _(
        "a reference XObject",
        "x4",
        "external-content",
        drawing("/Ref Do", XObject_Ref=lambda pdf: form(pdf, "", Ref=Dictionary(F=String("a.pdf")))),
    ),
    _("a transfer curve", "x4", "transfer-curve", drawing("", ExtGState_T=state(TR=Name.Identity))),
    _("a transfer curve in TR2", "x1a", "transfer-curve", drawing("", ExtGState_T=state(TR2=Name.Identity))),
    _("a halftone phase", "x4", "halftone", drawing("", ExtGState_T=state(HTP=Array([0, 0])))),
    _("a threshold screen", "x4", "halftone", drawing("", ExtGState_T=state(HT=Dictionary(HalftoneType=6)))),
    _(
        "a named screen",
        "x4",
        "halftone",
        drawing("", ExtGState_T=state(HT=Dictionary(HalftoneType=1, HalftoneName=String("x")))),
    ),
    _(
        "a transfer curve in a screen",
        "x4",
        "transfer-curve",
        drawing("", ExtGState_T=state(HT=Dictionary(HalftoneType=1, TransferFunction=Name.Identity))),
    ),
    _("LZW", "x4", "filter", lzw, save={"stream_decode_level": pikepdf.StreamDecodeLevel.none}),
    _("LZW of an inline image", "x1a", "filter", drawing("BI /W 1 /H 1 /CS /G /BPC 8 /F /LZW ID \x80\x10\x10 EI")),
    _(
        "JPEG 2000",
        "x1a",
        "filter",
        lambda pdf: resource(
            pdf, "XObject", "J", pdf.make_stream(b"x", Dictionary(Subtype=Name.Image, Filter=Name.JPXDecode))
        ),
    ),
    _(
        "view of the crop",
        "x4",
        "view-area",
        entry("root", "/ViewerPreferences", value=Dictionary(ViewArea=Name.CropBox)),
    ),
    # Content
    _("an operator nobody knows", "x4", "operator-unknown", drawing("0 0 xx")),
    _("a colour with too few operands", "x4", "operands-wrong", drawing("0 0 k")),
    _(
        "a string that does not end",
        "x1a",
        "operands-wrong",
        lambda pdf: pdf.pages[0].contents_add(pdf.make_stream(b"(abc")),
    ),
    _("q without Q", "x4", "state-unbalanced", drawing("q")),
    _("Q without q", "x1a", "state-unbalanced", lambda pdf: pdf.pages[0].contents_add(pdf.make_stream(b"Q"))),
    _("a text object in a text object", "x4", "state-unbalanced", drawing("BT BT ET")),
    _("a font that is not there", "x4", "resource-missing", drawing("BT /None 9 Tf ET")),
    _("a state that is not there", "x4", "resource-missing", drawing("/None gs")),
    _("a picture that is not there", "x1a", "resource-missing", drawing("/None Do")),
    _("a colour space in a circle", "x4", "resource-missing", drawing("/Round cs", ColorSpace_Round=Name.Round)),
    _("content that does not inflate", "x4", "content-unreadable", damaged),
    _("a form that paints itself", "x4", "content-unreadable", looping),
    # Fonts
    _(
        "Helvetica not embedded",
        "x4",
        "font-not-embedded",
        drawing("BT /H 12 Tf 300 700 Td (a) Tj ET", Font_H=HELVETICA),
    ),
    _(
        "Helvetica in what an annotation shows",
        "x4",
        "font-not-embedded",
        lambda pdf: annotation(
            "Text",
            *(0, 0, 5, 5),
            AP=Dictionary(
                N=form(pdf, "BT /H 9 Tf (a) Tj ET", Resources=Dictionary(Font=Dictionary(H=Dictionary(HELVETICA))))
            ),
        )(pdf),
    ),
    _(
        "invisible Helvetica",
        "x1a",
        "font-not-embedded",
        drawing("BT /H 12 Tf 3 Tr 300 700 Td (a) Tj ET", Font_H=HELVETICA),
    ),
    _("font program missing", "x4", "font-not-embedded", lambda pdf: descriptor(pdf).__delitem__("/FontFile2")),
    _(
        "font program damaged",
        "x4",
        "font-damaged",
        lambda pdf: descriptor(pdf).__setitem__("/FontFile2", pdf.make_stream(b"none")),
    ),
    _(
        "no CIDToGIDMap",
        "x4",
        "font-glyph-map",
        lambda pdf: first_font(pdf)[1].DescendantFonts[0].__delitem__("/CIDToGIDMap"),
    ),
    _(
        "OpenType",
        "x1a",
        "font-opentype",
        lambda pdf: (
            descriptor(pdf).__setitem__(
                "/FontFile3", pdf.make_stream(b"OTTO" + bytes(60), Dictionary(Subtype=Name.OpenType))
            ),
            descriptor(pdf).__delitem__("/FontFile2"),
        )[0],
    ),
    _(
        "an encoding of its own",
        "x4",
        "font-encoding",
        lambda pdf: first_font(pdf)[1].__setitem__("/Encoding", Name("/Ours-H")),
    ),
    _(
        "a font name that is not UTF-8",
        "x4",
        "font-name",
        lambda pdf: first_font(pdf)[1].DescendantFonts[0].__setitem__("/BaseFont", Name("/MARK")),
        raw=(b"/BaseFont /MARK", b"/BaseFont /#ffR"),
    ),
    # Colour
    _("RGB", "x4", "colour-rgb", drawing(f"1 0 0 rg {BOX}")),
    _("RGB line", "x1a", "colour-rgb", drawing("1 0 0 RG 300 700 m 400 700 l S")),
    _(
        "RGB picture",
        "x4",
        "colour-rgb",
        drawing("100 0 0 100 300 700 cm /P Do", XObject_P=lambda pdf: image(pdf, 300, 300, Name.DeviceRGB)),
    ),
    _(
        "RGB in an inline image",
        "x4",
        "colour-rgb",
        drawing("4 0 0 4 300 700 cm BI /W 1 /H 1 /CS /RGB /BPC 8 ID abc EI"),
    ),
    _(
        "RGB under a palette",
        "x4",
        "colour-rgb",
        drawing(
            "9 0 0 9 300 700 cm /P Do",
            XObject_P=lambda pdf: image(pdf, 90, 90, Array([Name.Indexed, Name.DeviceRGB, 0, String("abc")])),
        ),
    ),
    _(
        "RGB in a form",
        "x4",
        "colour-rgb",
        drawing("1 0 0 1 300 700 cm /F Do", XObject_F=lambda pdf: form(pdf, "1 0 0 rg 0 0 9 9 re f")),
    ),
    _(
        "RGB in a pattern",
        "x4",
        "colour-rgb",
        drawing(f"/Pattern cs /P scn {BOX}", Pattern_P=lambda pdf: tiling(pdf, "1 0 0 rg 0 0 9 9 re f")),
    ),
    _("RGB in a shading", "x4", "colour-rgb", drawing("300 700 9 9 re W n /S sh", Shading_S=shading(Name.DeviceRGB))),
    _(
        "RGB in a shading pattern",
        "x1a",
        "colour-rgb",
        drawing(f"/Pattern cs /P scn {BOX}", Pattern_P=Dictionary(PatternType=2, Shading=shading(Name.DeviceRGB))),
    ),
    _("RGB in a drawn glyph", "x4", "colour-rgb", drawing("BT /T 12 Tf 300 700 Td (A) Tj ET", Font_T=glyphs)),
    _(
        "ICC colour",
        "x4",
        "colour-managed",
        drawing(f"/I cs 1 0 0 sc {BOX}", ColorSpace_I=lambda pdf: icc(pdf, rgb_profile(), 3)),
    ),
    _(
        "ICC colour",
        "x1a",
        "colour-managed",
        drawing(f"/I cs 1 0 0 sc {BOX}", ColorSpace_I=lambda pdf: icc(pdf, rgb_profile(), 3)),
    ),
    _(
        "Lab",
        "x4",
        "colour-managed",
        drawing(f"/L cs 50 0 0 sc {BOX}", ColorSpace_L=Array([Name.Lab, Dictionary(WhitePoint=Array([1, 1, 1]))])),
    ),
    _(
        "RGB under a default space",
        "x4",
        "colour-managed",
        drawing(f"1 0 0 rg {BOX}", ColorSpace_DefaultRGB=lambda pdf: icc(pdf, rgb_profile(), 3)),
    ),
    _(
        "the intent's profile as a colour space",
        "x4",
        "colour-intent-twin",
        drawing(f"/I cs 1 0 0 0 sc {BOX}", ColorSpace_I=lambda pdf: icc(pdf, press_profile(pdf), 4)),
    ),
    _(
        "an ICC colour without a profile",
        "x4",
        "colour-profile-broken",
        drawing(f"/I cs 1 0 0 sc {BOX}", ColorSpace_I=lambda pdf: icc(pdf, b"none", 3)),
    ),
    _(
        "an RGB alternate",
        "x4",
        "colour-alternate",
        drawing(f"/S cs 1 sc {BOX}", ColorSpace_S=separation("Black", Name.DeviceRGB, 3)),
    ),
    _(
        "a spot colour",
        "x4",
        "spot-colour",
        drawing(f"/S cs 1 scn {BOX}", ColorSpace_S=separation("Gold", Name.DeviceCMYK)),
    ),
    _(
        "a spot colour among others",
        "x1a",
        "spot-colour",
        drawing(
            f"/S cs 1 1 scn {BOX}",
            ColorSpace_S=Array([Name.DeviceN, Array([Name.Black, Name.Gold]), Name.DeviceCMYK, tint(4)]),
        ),
    ),
    _(
        "a spot name that is not UTF-8",
        "x4",
        "spot-name spot-colour",
        drawing(f"/S cs 1 scn {BOX}", ColorSpace_S=separation("MARK", Name.DeviceCMYK)),
        raw=(b"/Separation /MARK", b"/Separation /#ffR"),
    ),
    # Transparency and layers
    _("opacity", "x1a", "transparency", drawing(f"/T gs {BOX}", ExtGState_T=state(ca=0.5))),
    _("a blend mode", "x1a", "transparency", drawing(f"/T gs {BOX}", ExtGState_T=state(BM=Name.Multiply))),
    _("a soft mask", "x1a", "transparency", drawing(f"/T gs {BOX}", ExtGState_T=lambda pdf: state(SMask=mask(pdf)))),
    _(
        "a picture with a soft mask",
        "x1a",
        "transparency",
        lambda pdf: first_image(pdf).__setitem__("/SMask", image(pdf, 9, 9, Name.DeviceGray)),
    ),
    _(
        "a group",
        "x1a",
        "transparency",
        drawing("/F Do", XObject_F=lambda pdf: form(pdf, "", Group=Dictionary(S=Name.Transparency))),
    ),
    _(
        "a blend mode that does not exist",
        "x4",
        "blend-mode",
        drawing(f"/T gs {BOX}", ExtGState_T=state(BM=Name.Dazzle)),
    ),
    _("the page blends in RGB", "x4", "blend-space", entry("page", "/Group", "/CS", value=Name.DeviceRGB)),
    _(
        "a mask in RGB",
        "x4",
        "blend-space",
        drawing(f"/T gs {BOX}", ExtGState_T=lambda pdf: state(SMask=mask(pdf, Name.DeviceRGB))),
    ),
    _("a layer", "x1a", "layer", layers(Name=String("one"))),
    _("a configuration without a name", "x4", "layer-name", layers()),
    _("layers that switch themselves", "x4", "layer-name", layers(Name=String("one"), AS=Array([]))),
    _("two configurations", "x4", "layer-alternatives", layers(configs=["two"], Name=String("one"))),
    _(
        "two configurations of one name",
        "x4",
        "layer-name layer-alternatives",
        layers(configs=["one"], Name=String("one")),
    ),
    # What newspapers ask
    _(
        "white text overprints",
        "x4",
        "overprint-white-text",
        together(drawing("", ExtGState_O=BLACK_OVERPRINT), text(12, before="/O gs 0 0 0 0 k")),
    ),
    _(
        "a coarse picture",
        "x4",
        "image-coarse",
        drawing("300 0 0 300 300 700 cm /P Do", XObject_P=lambda pdf: image(pdf, 200, 200, Name.DeviceCMYK)),
    ),
    _(
        "coarse line art",
        "x4",
        "bitmap-coarse",
        drawing("100 0 0 100 300 700 cm /P Do", XObject_P=lambda pdf: image(pdf, 400, 400, Name.DeviceGray, bits=1)),
    ),
    _("a page that is one coarse picture", "x4", "picture-page-coarse", whole_page(700, 1000)),
    _("320 % ink", "x4", "ink-limit", over_all, ink=True),
)
"""One fault each; nothing else of error severity may be found."""

WARNINGS = (
    _("black text knocks out", "x4", "knockout-black-text", text(9, before="0 0 0 1 k")),
    _(
        "black text overprints with OPM 0",
        "x4",
        "knockout-black-text",
        together(drawing("", ExtGState_Z=state(op=True, OP=True, OPM=0)), text(9, before="/Z gs 0 0 0 1 k")),
    ),
    _("a black line knocks out", "x4", "knockout-black-line", drawing("0 0 0 1 K 1 w 300 700 m 400 700 l S")),
    _("a thin black rectangle knocks out", "x4", "knockout-black-line", drawing("0 0 0 1 k 300 700 90 1 re f")),
    _("black text in gray", "x4", "gray-text knockout-black-text", text(9, before="0 g")),
    _("a black line in gray", "x4", "gray-line knockout-black-line", drawing("0 G 1 w 300 700 m 400 700 l S")),
    _("gray overprints", "x4", "overprint-gray", drawing(f"/O gs 0.5 g {BOX}", ExtGState_O=BLACK_OVERPRINT)),
    _(
        "a white area overprints",
        "x4",
        "overprint-white",
        drawing(f"/O gs 0 0 0 0 k {BOX}", ExtGState_O=BLACK_OVERPRINT),
    ),
    _("rich black text", "x4", "text-rich-black", text(30, before="0.5 0.5 0.5 1 k")),
    _("small white text", "x4", "text-white-small", text(9, before="0 0 0 0 k")),
    _("tiny white text", "x4", "text-white-tiny", text(6, before="0 0 0 0 k")),
    _("small text of two inks", "x4", "text-inks-small", text(9, before="0 1 1 0 k")),
    _(
        "text of two inks shrunk by the CTM",
        "x4",
        "text-inks-tiny",
        text(12, before="0.3 0 0 0.3 300 700 cm 0 1 1 0 k", at=(0, 0)),
    ),
    _("text shrunk to 4 pt", "x4", "text-tiny", text(12, before="0.33 0 0 0.33 300 700 cm 0 0 0 0.5 k", at=(0, 0))),
    _("a thin white line", "x4", "line-white-thin", drawing("0 0 0 0 K 0.2 w 300 700 m 400 700 l S")),
    _("a thin line of two inks", "x4", "line-inks-thin", drawing("0 1 1 0 K 0.2 w 300 700 m 400 700 l S")),
    _("a line thinned by the CTM", "x4", "line-thin", drawing("0 0 0 0.5 K 0.1 0 0 0.1 300 700 cm 1 w 0 0 m 99 0 l S")),
    _("a line of no width", "x4", "line-thin", drawing("0 0 0 0.5 K 0 w 300 700 m 400 700 l S")),
    _(
        "the colour All inside the trim",
        "x4",
        "colour-all",
        drawing(f"/A cs 0.1 scn {BOX}", ColorSpace_A=separation("All", Name.DeviceCMYK)),
    ),
    _(
        "a soft picture",
        "x4",
        "image-low",
        drawing("100 0 0 100 300 700 cm /P Do", XObject_P=lambda pdf: image(pdf, 200, 200, Name.DeviceCMYK)),
    ),
    _(
        "soft line art",
        "x4",
        "bitmap-low",
        drawing("100 0 0 100 300 700 cm /P Do", XObject_P=lambda pdf: image(pdf, 900, 900, Name.DeviceGray, bits=1)),
    ),
    _("a page that is one picture", "x4", "picture-page", whole_page(1800, 2600)),
    _("a turned page", "x4", "page-turned", entry("page", "/Rotate", value=90)),
    _("two pages", "x4", "page-count", lambda pdf: pdf.pages.append(pdf.pages[0])),
    _("transparency without a page group", "x4", "page-group", no_space_in_group),
    _(
        "a hidden layer",
        "x4",
        "layer-hidden",
        lambda pdf: (
            layers(Name=String("one"))(pdf),
            pdf.Root.OCProperties.D.__setitem__("/OFF", Array([pdf.Root.OCProperties.OCGs[0]])),
        )[0],
    ),
    _("an attached file", "x4", "attachment", lambda pdf: pdf.attachments.__setitem__("a.txt", b"text")),
)
"""What a plant would warn of: found as a warning, and no error beside it."""

LEGAL = (
    _("a comment in XMP", "x4", "", set_packet(b"<x:xmpmeta", b"<!-- made by hand --><x:xmpmeta")),
    _(
        "an uncoloured pattern in ink",
        "x4",
        "",
        drawing(
            f"/U cs 0 0.2 0 0 /P scn {BOX}",
            ColorSpace_U=Array([Name.Pattern, Name.DeviceCMYK]),
            Pattern_P=uncoloured,
        ),
    ),
    _("a curve", "x4", "", drawing("0 0.2 0 0 k 300 700 m 350 700 400 750 400 800 c 350 800 300 750 v b")),
    _("TR2 /Default", "x1a", "", drawing("/T gs", ExtGState_T=state(TR2=Name.Default))),
    _(
        "opacity 1 and blend mode Normal",
        "x1a",
        "",
        drawing(f"/T gs {BOX}", ExtGState_T=state(ca=1, CA=1, BM=Name.Normal, SMask=Name("/None"))),
    ),
    _("an annotation outside the bleed", "x4", "", annotation("Text", 0, 0, 5, 5)),
    _("a trap net", "x4", "", annotation("TrapNet", 0, 0, 900, 900)),
    _(
        "an outline with a destination",
        "x4",
        "",
        entry(
            "root",
            "/Outlines",
            value=lambda pdf: Dictionary(First=Dictionary(Title=String("a"), Dest=Array([pdf.pages[0].obj, Name.Fit]))),
        ),
    ),
    _(
        "a destination on opening",
        "x4",
        "",
        entry("root", "/OpenAction", value=lambda pdf: Array([pdf.pages[0].obj, Name.Fit])),
    ),
    _("view of the bleed", "x4", "", entry("root", "/ViewerPreferences", value=Dictionary(ViewArea=Name.BleedBox))),
    _("crop as large as the medium", "x4", "", entry("page", "/CropBox", value=lambda pdf: page_of(pdf).MediaBox)),
    _("a form without fields", "x4", "", entry("root", "/AcroForm", value=Dictionary(Fields=Array([])))),
    _("RGB chosen and not used", "x4", "", drawing("1 0 0 rg")),
    _("RGB clipped away", "x4", "", drawing("0 0 5 5 re W n 1 0 0 rg 300 700 9 9 re f")),
    _("an unembedded font that nobody uses", "x4", "", drawing("", Font_H=HELVETICA)),
    _(
        "invisible text in an unembedded font",
        "x4",
        "",
        drawing("BT /H 12 Tf 3 Tr 300 700 Td (a) Tj ET", Font_H=HELVETICA),
    ),
    _("Separation Black", "x1a", "", drawing(f"/S cs 1 scn {BOX}", ColorSpace_S=separation("Black", Name.DeviceCMYK))),
    _(
        "DeviceN of process inks",
        "x4",
        "",
        drawing(
            f"/S cs 1 1 scn {BOX}",
            ColorSpace_S=Array([Name.DeviceN, Array([Name.Cyan, Name.Black]), Name.DeviceCMYK, tint(4)]),
        ),
    ),
    _("opacity under a page group", "x4", "", drawing(f"/T gs {BOX}", ExtGState_T=state(ca=0.5))),
    _("a luminosity mask in gray", "x4", "", drawing(f"/T gs {BOX}", ExtGState_T=lambda pdf: state(SMask=mask(pdf)))),
    _("a blend mode", "x4", "", drawing(f"/T gs {BOX}", ExtGState_T=state(BM=Name.Multiply))),
    _(
        "a screen of type 1",
        "x4",
        "",
        drawing("/T gs", ExtGState_T=state(HT=Dictionary(HalftoneType=1, Frequency=100, Angle=45))),
    ),
    _("an unknown operator between BX and EX", "x4", "", drawing("BX 0 zz EX")),
    _("a layer with a name", "x4", "", layers(Name=String("one"))),
    _(
        "an intent of PDF/A with the same profile",
        "x4",
        "",
        entry(
            "root",
            "/OutputIntents",
            value=lambda pdf: Array(
                [
                    pdf.Root.OutputIntents[0],
                    Dictionary(S=Name.GTS_PDFA1, DestOutputProfile=pdf.Root.OutputIntents[0].DestOutputProfile),
                ]
            ),
        ),
    ),
    _("no Trapped in Info", "x4", "", without("trailer", "/Info", "/Trapped")),
    _(
        "the claim of 2001",
        "x1a",
        "",
        together(
            entry("trailer", "/Info", "/GTS_PDFXVersion", value=String("PDF/X-1:2001")),
            entry("trailer", "/Info", "/GTS_PDFXConformance", value=String("PDF/X-1a:2001")),
        ),
    ),
    _(
        "a registered condition without a profile",
        "x1a",
        "",
        without("root", "/OutputIntents", 0, "/DestOutputProfile"),
    ),
    _("PDF 1.4", "x4", "", save={"force_version": "1.4"}),
    _(
        "a picture of four pixels",
        "x4",
        "",
        drawing("99 0 0 99 300 700 cm /P Do", XObject_P=lambda pdf: image(pdf, 2, 2, Name.DeviceCMYK)),
    ),
    _(
        "a picture of 100 ppi",
        "x4",
        "",
        drawing("72 0 0 72 300 700 cm /P Do", XObject_P=lambda pdf: image(pdf, 100, 100, Name.DeviceCMYK)),
    ),
    _(
        "an inline image with EI in its data",
        "x4",
        "",
        drawing("3 0 0 3 300 700 cm BI /W 3 /H 2 /CS /G /BPC 8 ID a EI b EI"),
    ),
    _("white text that knocks out", "x4", "", text(12, before="0 0 0 0 k")),
    _("black text of 12 pt that knocks out", "x4", "", text(12, before="0 0 0 1 k")),
    _(
        "content under a predictor",
        "x4",
        "",
        lambda pdf: pdf.pages[0].contents_add(
            pdf.make_stream(
                __import__("zlib").compress(b"\x00q Q "),
                Dictionary(Filter=Name.FlateDecode, DecodeParms=Dictionary(Predictor=15, Columns=4)),
            )
        ),
    ),
    _("a rule of ink in the slug", "x4", "", drawing("1 0 0 0 K 0.1 w 0 2 m 9 2 l S")),
    _(
        "240 % ink",
        "x4",
        "",
        lambda pdf: page_of(pdf).__setitem__(
            "/Contents", Array([page_of(pdf).Contents, pdf.make_stream(b"q 0.8 0.8 0.8 0 k 400 300 9 9 re f Q")])
        ),
        ink=True,
    ),
)
"""What looks like a fault and is none: no error."""
