"""Fonts as a PDF holds them: one CIDFont per face, its subset, and an Identity-H Type0 dictionary over it.

Glyphs that go down a column upright have an Identity-V dictionary over the same CIDFont: readers then take a column
for a line, and each glyph hangs by the middle of its em box's top, where the composer places it.

Codes are CIDs, and the CID of a glyph is its number in the subset. A glyph that stands for different copy in different
places (a compatibility ideograph, a no-break space) needs a second reading. In a TrueType face that is one more CID,
which CIDToGIDMap leads to the same glyph. In a CFF face CIDs are bound to outlines, so there a second Type0 dictionary
with its own ToUnicode stands over the very same CIDFont: nothing is embedded twice, and every reader extracts it.
ActualText would not do here: pdfium drops characters beyond the Basic Multilingual Plane from it.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from math import ceil, floor
from operator import attrgetter, itemgetter
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
HANG: Final = 0.88
"""From the baseline of a glyph up to the point by which it hangs in a column: the em box's top, em."""
_DOWN: Final = "[880 -1000]"
"""DW2: the point by which glyphs hang, and the way down to the next, in thousandths."""
_BLOCK: Final = 100  # entries in one bfchar section (CMap limit)

Use: TypeAlias = tuple[int, str]
"""A glyph of the face and the copy that it stands for."""


class Code(NamedTuple):
    """How a glyph is shown: font resource, code as hexadecimal, and its width in thousandths of the size."""

    font: str
    hex: str
    width: float


Codes: TypeAlias = Mapping[Use, Code]


class Dictionary(NamedTuple):
    """One Type0 dictionary: its resource name, by CID the uses that it reads, and whether they go down a column."""

    label: str
    uses: Mapping[int, Use]
    vertical: bool = False

    @property
    def to_unicode(self) -> bytes:
        """Its ToUnicode CMap."""
        return _to_unicode({cid: text or SILENT for cid, (_, text) in self.uses.items()})


class PressFont:
    """One face of a document, cut down to the glyphs that are used.

    ``codes`` leads from a use on a line to its code, ``down`` from one in a column.
    """

    def __init__(self, label: str, face: Face, across: Mapping[Use, int], down: Mapping[Use, int]) -> None:
        self.face = face
        uses = Counter(across) + Counter(down)
        self.part: FontSubset = subset(face, sorted({gid for gid, _ in uses}))
        readings = tuple(_dictionaries(label, self.part, uses))
        self.dictionaries = (
            *_used(readings, across, vertical=False),
            *_used(readings, down, vertical=True),
        )
        self.glyphs = {cid: gid for each in self.dictionaries for cid, (gid, _) in each.uses.items()}
        self.widths = {cid: round(face.advance(gid) * 1000, 2) for cid, gid in self.glyphs.items()}
        self.codes, self.down = self._codes(vertical=False), self._codes(vertical=True)

    def _codes(self, *, vertical: bool) -> Codes:
        return {
            use: Code(each.label, f"{cid:04X}", self.widths[cid])
            for each in self.dictionaries
            if each.vertical is vertical
            for cid, use in each.uses.items()
        }

    @property
    def base_name(self) -> str:
        """The PostScript name behind a subset tag that depends on the subset's bytes only."""
        digest = hashlib.sha256(self.part.data).digest()
        return "".join(chr(ord("A") + byte % 26) for byte in digest[:6]) + "+" + self.face.ps_name

    @property
    def glyph_map(self) -> bytes:
        """CIDToGIDMap: two bytes a CID, the number of its glyph in the subset; empty where the two are the same."""
        if all(cid == self.part.gids[gid] for cid, gid in self.glyphs.items()):
            return b""
        numbers = (self.part.gids[self.glyphs[cid]] if cid in self.glyphs else 0 for cid in range(max(self.glyphs) + 1))
        return b"".join(number.to_bytes(2, "big") for number in numbers)


def press_fonts(runs: Iterable[GlyphRun], faces: Mapping[str, Face]) -> dict[str, PressFont]:
    """The fonts of a document by face key, cut down to what ``runs`` use. Raises KeyError for an unknown face."""
    uses: dict[str, tuple[Counter[Use], Counter[Use]]] = {}
    for run in filter(attrgetter("glyphs"), runs):
        counters = uses.setdefault(run.face, (Counter(), Counter()))
        counters[hangs(run)].update([(glyph.gid, glyph.text) for glyph in run.glyphs])
    return {
        key: PressFont(f"F{place}", faces[key], *used)
        for place, (key, used) in enumerate(sorted(uses.items(), key=itemgetter(0)), start=1)
    }


def hangs(run: GlyphRun) -> bool:
    """Whether the glyphs of a run hang down a column."""
    return run.flow == "down" and run.xscale == 1.0


def _used(readings: Iterable[Dictionary], uses: Mapping[Use, int], *, vertical: bool) -> Iterator[Dictionary]:
    """The dictionaries with what is used in one direction; those without anything are left out."""
    for each in readings:
        found = {cid: use for cid, use in each.uses.items() if use in uses}
        if found:
            yield Dictionary(each.label + ("v" if vertical else ""), found, vertical)


def _dictionaries(label: str, part: FontSubset, uses: Mapping[Use, int]) -> Iterator[Dictionary]:
    """The dictionaries that read all uses: one for a TrueType face, for a CFF face one a reading."""
    readings = [[(gid, text) for gid, text in reading.items()] for reading in _readings(uses)]
    if part.kind == "cff":
        for place, reading in enumerate(readings):
            yield Dictionary(label + (f"r{place + 1}" if place else ""), {part.gids[use[0]]: use for use in reading})
        return
    first = {part.gids[use[0]]: use for use in readings[0]} if readings else {}
    second = (use for reading in readings[1:] for use in reading)
    yield Dictionary(label, first | dict(enumerate(second, start=max(part.gids.values(), default=0) + 1)))


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
    truetype = font.part.kind == "truetype"
    length = {"Length1": len(font.part.data)} if truetype else {}
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
            | ({"DW2": _DOWN} if font.down else {})
            | ({"CIDToGIDMap": stream({}, map_) if (map_ := font.glyph_map) else "/Identity"} if truetype else {})
        )
    )
    # ISO 32000-1, 9.7.6.1: over a CIDFontType0 the name carries the CMap's.
    for each in font.dictionaries:
        encoding = "Identity-V" if each.vertical else "Identity-H"
        entries = {
            "Subtype": "/Type0",
            "BaseFont": name(font.base_name + ("" if truetype else f"-{encoding}")),
            "Encoding": f"/{encoding}",
            "DescendantFonts": array([cid_font]),
            "ToUnicode": stream({}, each.to_unicode),
        }
        yield each.label, reference(dictionary(common | entries))


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
