"""Fonts as a PDF holds them: one CIDFont per face, its subset, and Identity-H Type0 dictionaries over it.

Codes are glyph numbers of the subset, which are its CIDs as well. ToUnicode hangs on the Type0 dictionary, so a glyph
that stands for different copy in different places (a compatibility ideograph, a no-break space) is read through a
second Type0 dictionary over the very same CIDFont: nothing is embedded twice, and every reader extracts it. ActualText
would not do here: pdfium drops characters beyond the Basic Multilingual Plane from it.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from math import ceil, floor
from operator import attrgetter
from typing import Any, Final, NamedTuple, TypeAlias

from layout.display import GlyphRun
from layout.fonts import Face, FontSubset, subset
from layout.pdf.objects import array, dictionary, name, number, string

SILENT: Final = "\u200b"
"""ToUnicode of a glyph that stands for no copy: readers show replacement characters or line ends for no entry."""

_EMBEDDED: Final = {
    "truetype": ("CIDFontType2", "FontFile2", {}),
    "cff": ("CIDFontType0", "FontFile3", {"Subtype": "/CIDFontType0C"}),
}
_SYMBOLIC, _ITALIC = 4, 64
_BLOCK: Final = 100  # entries in one bfchar section (CMap limit)

Use: TypeAlias = tuple[int, str]
"""A glyph of the face and the copy that it stands for."""


class Code(NamedTuple):
    """How a glyph is shown: font resource, code as hexadecimal, and its width in thousandths of the size."""

    font: str
    hex: str
    width: float


class PressFont:
    """One face of a document, cut down to the glyphs that are used. ``codes`` leads from a use to its code."""

    def __init__(self, label: str, face: Face, uses: Mapping[Use, int]) -> None:
        self.face = face
        self.part: FontSubset = subset(face, sorted({gid for gid, _ in uses}))
        self.widths = {self.part.gids[gid]: round(face.advance(gid) * 1000, 2) for gid, _ in uses}
        self.readings = tuple(_readings(uses))
        self.labels = tuple(label + (f"r{place + 1}" if place else "") for place in range(len(self.readings)))
        self.codes = {
            (gid, text): Code(font, f"{self.part.gids[gid]:04X}", self.widths[self.part.gids[gid]])
            for font, reading in zip(self.labels, self.readings, strict=True)
            for gid, text in reading.items()
        }

    @property
    def base_name(self) -> str:
        """The PostScript name behind a subset tag that depends on the subset's bytes only."""
        digest = hashlib.sha256(self.part.data).digest()
        return "".join(chr(ord("A") + byte % 26) for byte in digest[:6]) + "+" + self.face.ps_name

    def to_unicode(self, reading: Mapping[int, str]) -> bytes:
        """The ToUnicode CMap of one reading."""
        return _to_unicode({self.part.gids[gid]: text or SILENT for gid, text in reading.items()})


def press_fonts(runs: Iterable[GlyphRun], faces: Mapping[str, Face]) -> dict[str, PressFont]:
    """The fonts of a document by face key, cut down to what ``runs`` use. Raises KeyError for an unknown face."""
    uses: dict[str, Counter[Use]] = {}
    for run in filter(attrgetter("glyphs"), runs):
        counter = uses.setdefault(run.face, Counter())
        counter.update([(glyph.gid, glyph.text) for glyph in run.glyphs])
    return {
        key: PressFont(f"F{place}", faces[key], used) for place, (key, used) in enumerate(sorted(uses.items()), start=1)
    }


def _readings(uses: Mapping[Use, int]) -> Iterator[Mapping[int, str]]:
    """Copy by glyph: first the reading of each glyph that is used most, then the second readings, and so on."""
    ranked = sorted(uses, key=lambda use: (use[0], -uses[use], use[1]))
    texts = [[text for _, text in same] for _, same in groupby(ranked, key=lambda use: use[0])]
    gids = sorted({gid for gid, _ in uses})
    for place in range(max(map(len, texts), default=0)):
        yield {gid: text[place] for gid, text in zip(gids, texts, strict=True) if place < len(text)}


def font_objects(font: PressFont, stream: Any, reference: Any) -> Iterator[tuple[str, Any]]:
    """The Type0 dictionaries of a font by resource name.

    ``stream`` makes a stream object from entries and bytes, ``reference`` an indirect object of any other.
    """
    subtype, file_key, file_entries = _EMBEDDED[font.part.kind]
    length = {"Length1": len(font.part.data)} if font.part.kind == "truetype" else {}
    file = stream({**file_entries, **length}, font.part.data)
    common = {"Type": "/Font", "BaseFont": name(font.base_name)}
    usual = Counter(font.widths.values()).most_common(1)[0][0] if font.widths else 1000
    cid_font = reference(
        dictionary(
            common
            | {
                "Subtype": f"/{subtype}",
                "CIDSystemInfo": dictionary(
                    {"Registry": string("Adobe"), "Ordering": string("Identity"), "Supplement": 0}
                ),
                "FontDescriptor": reference(_descriptor(font, {file_key: file})),
                "DW": number(usual),
                "W": _widths(font.widths, usual),
            }
            | ({"CIDToGIDMap": "/Identity"} if font.part.kind == "truetype" else {})
        )
    )
    # ISO 32000-1, 9.7.6.1: over a CIDFontType0 the name carries the CMap's.
    suffix = "-Identity-H" if font.part.kind == "cff" else ""
    for label, reading in zip(font.labels, font.readings, strict=True):
        entries = {
            "Subtype": "/Type0",
            "BaseFont": name(font.base_name + suffix),
            "Encoding": "/Identity-H",
            "DescendantFonts": array([cid_font]),
            "ToUnicode": stream({}, font.to_unicode(reading)),
        }
        yield label, reference(dictionary(common | entries))


def _descriptor(font: PressFont, file: Mapping[str, Any]) -> Any:
    face = font.face
    left, bottom, right, top = (edge * 1000 for edge in face.bbox)
    return dictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": name(font.base_name),
            "Flags": _SYMBOLIC | (_ITALIC if face.italic_angle else 0),
            "FontBBox": array([floor(left), floor(bottom), ceil(right), ceil(top)]),
            "ItalicAngle": number(face.italic_angle),
            "Ascent": round(face.ascent * 1000),
            "Descent": round(face.descent * 1000),
            "CapHeight": round(face.cap_height * 1000),
            "StemV": round(10 + 0.244 * (face.weight_class - 50)),  # no table holds it; nothing renders by it
            **file,
        }
    )


def _widths(widths: Mapping[int, float], usual: float) -> Any:
    """The W array: ``first last width`` where three and more in a row are alike, else ``first [widths]``."""
    parts: list[str] = []
    odd = sorted((code, width) for code, width in widths.items() if width != usual)
    for _, row in groupby(enumerate(odd), key=lambda item: item[1][0] - item[0]):
        parts += _row([pair for _, pair in row])
    return "[" + " ".join(parts) + "]"


def _row(pairs: list[tuple[int, float]]) -> Iterator[str]:
    """One row of consecutive codes."""
    loose: list[tuple[int, float]] = []
    for width, same in groupby(pairs, key=lambda pair: pair[1]):
        alike = list(same)
        if len(alike) < 3:
            loose += alike
            continue
        yield from _listed(loose)
        loose = []
        yield f"{alike[0][0]} {alike[-1][0]} {number(width)}"
    yield from _listed(loose)


def _listed(pairs: list[tuple[int, float]]) -> Iterator[str]:
    if pairs:
        yield f"{pairs[0][0]} [{' '.join(number(width) for _, width in pairs)}]"


def _to_unicode(reading: Mapping[int, str]) -> bytes:
    """A CMap from two-byte codes to UTF-16BE: several units for a ligature or a character beyond U+FFFF."""
    entries = [
        f"<{code:04X}> <{text.encode('utf-16-be', 'surrogatepass').hex().upper()}>"
        for code, text in sorted(reading.items())
    ]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
    ]
    for start in range(0, len(entries), _BLOCK):
        block = entries[start : start + _BLOCK]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode("ascii")
