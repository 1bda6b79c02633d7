"""The table of all checks, in the order of the report.

Sources: ISO 15930-7:2010 is PDF/X-4, ISO 15930-4:2003 PDF/X-1a:2003, GWG 2022 the variant Newspaper Ads CMYK.
"""

from typing import Final

from layout.preflight.checks import (
    boxes,
    colour,
    content,
    fonts,
    identity,
    images,
    ink,
    intent,
    legibility,
    metadata,
    overprint,
    structure,
    transparency,
)
from layout.preflight.checks.case import X1A, X4, Check

_X: Final = frozenset({X4, X1A})
_4: Final = frozenset({X4})
_1: Final = frozenset({X1A})

CHECKS: Final = (
    # The file
    Check("file-damaged", identity.damaged, "ISO 32000-1, 7.5", "write the file anew, or repair it with qpdf", _X),
    Check("file-too-heavy", identity.not_fully_read, "limits of this program", "simplify the page or make it anew", _X),
    Check(
        "pdf-version", identity.version, "ISO 15930-7, 15930-4: PDF base", "export for the PDF version of the level", _X
    ),
    Check("object-streams", identity.object_streams, "ISO 15930-4: PDF 1.4", "export without compressed objects", _1),
    Check("file-encrypted", identity.encrypted, "ISO 15930-7, 15930-4: encryption", "save without protection", _X),
    Check("file-id", identity.identifier, "ISO 15930-7, 15930-4: trailer", "export as PDF/X, which writes an /ID", _X),
    Check("pdfx-version", identity.claim, "ISO 15930-7, 15930-4: identification", "export as PDF/X", _X),
    # Metadata
    Check("info-missing", metadata.info_missing, "ISO 15930-4: Info", "give the file a title and dates", _1),
    Check(
        "info-not-text", metadata.info_not_text, "ISO 15930-7, 15930-4: Info", "write such values as text strings", _X
    ),
    Check("trapped", metadata.trapped, "ISO 15930-7, 15930-4: Trapped", "set Trapped to True or False", _X),
    Check("info-disagrees", metadata.disagreement, "ISO 15930-7: metadata", "export anew: Info and XMP in one go", _X),
    Check("xmp-missing", metadata.packet_missing, "ISO 15930-7: metadata", "export as PDF/X-4", _4),
    Check("xmp-broken", metadata.packet_broken, "ISO 16684-1", "export anew", _4),
    Check("xmp-incomplete", metadata.packet_incomplete, "ISO 15930-7: metadata", "export as PDF/X-4", _4),
    Check("xmp-compressed", metadata.packet_filtered, "ISO 16684-1, packets", "write the packet without a filter"),
    # Output intent
    Check("intent-count", intent.count, "ISO 15930-7, 15930-4: output intent", "name one press condition", _X),
    Check("intent-condition", intent.condition, "ISO 15930-7, 15930-4: output intent", "name the condition", _X),
    Check(
        "intent-profile", intent.profile_missing, "ISO 15930-7, 15930-4: output intent", "embed the plant's profile", _X
    ),
    Check(
        "intent-info", intent.information, "ISO 15930-7, 15930-4: output intent", "describe the condition in Info", _X
    ),
    Check("profile-broken", intent.profile_broken, "ICC.1, 7.2", "embed the plant's profile anew", _X),
    Check("profile-kind", intent.profile_kind, "ISO 15930-7, 15930-4: class prtr", "embed an output profile", _X),
    Check("profile-space", intent.profile_space, "ISO 15930-4; GWG 2022 R0035", "embed a CMYK profile", _1),
    Check("profile-components", intent.profile_components, "ISO 32000-1, table 66", "set /N to 4 for CMYK", _X),
    Check("intent-differs", intent.differing, "ISO 15930-7: output intent", "let all intents share one profile", _4),
    # Boxes and pages
    Check("box-broken", boxes.box_broken, "ISO 32000-1, 14.11.2", "set the page's boxes anew", _X),
    Check("trim-box", boxes.trim_box, "ISO 15930-7, 15930-4: boxes", "set the trim size when exporting", _X),
    Check(
        "box-nesting", boxes.nesting, "ISO 15930-7, 15930-4: boxes", "round the trim inwards, the others outwards", _X
    ),
    Check("crop-box", boxes.crop_box, "GWG 2022 R0003", "remove the CropBox"),
    Check("user-unit", boxes.user_unit, "PDF 1.6; GWG 2022 R0002", "export at a scale of 1", _1),
    Check("page-turned", boxes.rotation, "GWG 2022 R0004", "export the page upright"),
    Check("page-entries", boxes.entries, "ISO 15930-7, 15930-4: page", "export a composite page", _X),
    Check("annotation-on-page", boxes.annotations, "ISO 15930-7, 15930-4: annotations", "delete notes and links", _X),
    Check(
        "annotation-lost", boxes.painted_annotations, "ISO 32000-1, 12.5", "flatten annotations and forms into the page"
    ),
    Check("page-empty", boxes.empty, "GWG 2022 R0005", "leave the page out, or fill it"),
    Check("page-count", boxes.single, "GWG 2022 R0006", "send the pages one a file"),
    Check("page-size", boxes.same_size, "GWG 2022 R0004", "export all pages in one format"),
    Check("bleed-small", boxes.bleed, "GWG 2022, magazine variants", "let what touches the edge run 3 mm beyond it"),
    # What a file carries
    Check(
        "action", structure.actions, "ISO 15930-7, 15930-4: actions", "export without links, buttons and scripts", _X
    ),
    Check("form-field", structure.form_fields, "ISO 15930-7, 15930-4: forms", "flatten the form", _X),
    Check("attachment", structure.attachments, "ISO 15930-4; plants' terms", "remove the attached files", _1),
    Check(
        "external-content",
        structure.external,
        "ISO 15930-7, 15930-4: complete exchange",
        "embed what is referred to",
        _X,
    ),
    Check("postscript", structure.postscript, "ISO 15930-7, 15930-4: PostScript", "export anew without PostScript", _X),
    Check(
        "replaced-picture", structure.replacements, "ISO 15930-7, 15930-4: OPI, Alternates", "embed the pictures", _X
    ),
    Check(
        "transfer-curve", structure.transfer, "ISO 15930-7, 15930-4: TR, TR2", "export without transfer functions", _X
    ),
    Check("halftone", structure.halftones, "ISO 15930-7, 15930-4: halftones", "export without screens", _X),
    Check("filter", structure.filters, "ISO 15930-7, 15930-4: filters", "compress with Flate or JPEG", _X),
    Check("filter-slow", structure.slow_filters, "plants' terms", "compress with Flate or JPEG"),
    Check("view-area", structure.view_areas, "ISO 15930-7, 15930-4: viewer", "remove the viewer preferences", _X),
    # Content
    Check("content-unreadable", content.streams, "ISO 32000-1, 7.8", "make the file anew", _X),
    Check("operator-unknown", content.operators, "ISO 15930-7, 15930-4: operators", "make the file anew", _X),
    Check("operands-wrong", content.operands, "ISO 32000-1, annex A", "make the file anew", _X),
    Check("state-unbalanced", content.balance, "ISO 32000-1, 8.4.2", "make the file anew", _X),
    Check("resource-missing", content.resources, "ISO 32000-1, 7.8.3", "make the file anew", _X),
    # Fonts
    Check("font-not-embedded", fonts.embedding, "ISO 15930-7, 15930-4: fonts", "embed all fonts", _X),
    Check("font-damaged", fonts.programs, "ISO 15930-7, 15930-4: fonts", "embed the font anew", _X),
    Check("font-opentype", fonts.open_type, "ISO 15930-4: PDF 1.4", "export for PDF 1.4", _1),
    Check("font-glyph-map", fonts.glyph_maps, "ISO 32000-1, table 117", "embed the font anew", _X),
    Check("font-encoding", fonts.encodings, "ISO 32000-1, 9.7.5", "embed the CMap", _X),
    Check("font-name", fonts.names, "ISO 15930-7: names", "rename the font", _X),
    Check("font-courier", fonts.courier, "GWG 2022 R0014", "see whether Courier is meant"),
    # Colour
    Check("colour-rgb", colour.device_rgb, "ISO 15930-7, 15930-4; GWG 2022 R0027", "convert to the press's CMYK", _X),
    Check("colour-managed", colour.managed, "ISO 15930-4; GWG 2022 R0027", "convert to the press's CMYK", _1),
    Check("colour-default", colour.default_spaces, "ISO 15930-4: colour", "remove the default colour spaces", _1),
    Check("colour-intent-twin", colour.twin, "ISO 15930-7: ICCBased CMYK", "use DeviceCMYK", _4),
    Check("colour-profile-broken", colour.icc_broken, "ICC.1, 7.2", "convert to the press's CMYK", _X),
    Check(
        "colour-alternate", colour.alternates, "ISO 15930-7, 15930-4; GWG 2022 R0027", "give the spot CMYK values", _X
    ),
    Check("spot-colour", colour.spots, "GWG 2022 R0020", "convert spot colours to process colours"),
    Check("spot-name", colour.spot_names, "ISO 15930-7: names", "rename the spot colour", _X),
    Check("colour-all", colour.registration, "GWG 2022 R0024", "use black; All is for marks outside the trim"),
    # Transparency and layers
    Check("transparency", transparency.live, "ISO 15930-4: transparency", "flatten, or send PDF/X-4", _1),
    Check("blend-mode", transparency.blend_modes, "ISO 15930-7: transparency", "use a blend mode of PDF", _4),
    Check("blend-space", transparency.blend_space, "ISO 15930-7; GWG 2022 R0030", "blend in CMYK", _4),
    Check("page-group", transparency.page_group, "ISO 32000-1, 11.4.7", "give the page a group in DeviceCMYK"),
    Check("layer", transparency.layers, "ISO 15930-4: optional content", "flatten the layers", _1),
    Check("layer-name", transparency.layer_names, "ISO 15930-7: optional content", "export without layers", _4),
    Check("layer-alternatives", transparency.layer_configurations, "GWG 2022 R0034", "export without layers"),
    Check("layer-hidden", transparency.hidden_layers, "GWG 2022", "delete what is not to be printed"),
    # Overprint
    Check("overprint-white-text", overprint.white_text, "GWG 2022 R0007", "let white knock out"),
    Check("overprint-white", overprint.white_paths, "GWG 2022 R0008", "let white knock out"),
    Check("overprint-gray", overprint.gray, "GWG 2022 R0013", "write black as 0 0 0 1 k"),
    Check("overprint-gray-picture", images.gray_overprint, "GWG 2022 R0013", "let pictures knock out"),
    Check("knockout-black-text", overprint.black_text, "GWG 2022 R0009", "let black text overprint, with OPM 1"),
    Check("knockout-black-line", overprint.black_lines, "GWG 2022 R0010", "let black lines overprint, with OPM 1"),
    Check("gray-text", overprint.gray_text, "GWG 2022 R0011", "write black as 0 0 0 1 k"),
    Check("gray-line", overprint.gray_lines, "GWG 2022 R0012", "write black as 0 0 0 1 k"),
    # Type and lines
    Check("text-rich-black", legibility.rich_black, "GWG 2022 R0015", "set black text in K alone"),
    Check("text-white-small", legibility.white_text, "GWG 2022 R0016", "set it larger, or not in reverse"),
    Check("text-white-tiny", legibility.white_text_tiny, "plants' terms", "set it larger, or not in reverse"),
    Check("text-inks-small", legibility.ink_text, "GWG 2022 R0017", "set it in one ink"),
    Check("text-inks-tiny", legibility.ink_text_tiny, "plants' terms", "set it in one ink"),
    Check("text-tiny", legibility.tiny_text, "plants' terms", "set it larger"),
    Check(
        "text-invisible", legibility.invisible_text, "ISO 32000-1, 9.3.6", "remove it, unless it is meant for readers"
    ),
    Check("line-white-thin", legibility.white_lines, "GWG 2022 R0018", "make it wider"),
    Check("line-inks-thin", legibility.ink_lines, "GWG 2022 R0019", "make it wider, or of one ink"),
    Check("line-thin", legibility.thin_lines, "plants' terms", "make it at least a quarter of a point wide"),
    # Pictures
    Check("image-coarse", images.coarse, "GWG 2022 R0031", "print it smaller, or take a larger picture"),
    Check("image-low", images.low, "GWG 2022 R0031", "print it smaller, or take a larger picture"),
    Check("image-fine", images.fine, "plants' terms", "reduce it to twice the screen ruling"),
    Check("bitmap-coarse", images.bitmap_coarse, "GWG 2022 R0032", "scan it finer, or draw it as curves"),
    Check("bitmap-low", images.bitmap_low, "GWG 2022 R0032", "scan it finer, or draw it as curves"),
    Check("picture-page-coarse", images.picture_page_coarse, "GWG 2022 R0033", "send the page, not a picture of it"),
    Check("picture-page", images.picture_page, "GWG 2022 R0033", "send the page, not a picture of it"),
    # Ink
    Check("ink-limit", ink.limit, "ISO 12647-3; plants' terms", "convert pictures with the plant's profile"),
    Check("ink-high", ink.high, "WAN-IFRA newspaper26v5", "convert pictures with the plant's profile"),
    Check("ink-square", ink.square, "GWG 2022 R0026", "lighten the area"),
)
"""Every check. ``standards`` of a row: an error there, whatever the profile says."""
