"""Faces in a file: one Identity-H font each, its subset made by hb-subset, its ToUnicode by what the glyphs stand for.

ReportLab cannot embed CFF outlines, gives TrueType fonts 8-bit encodings of 256 glyphs each, and leaves out of its
ToUnicode whatever lies beyond U+FFFF. So the fonts are made here, on its object layer only.

Codes are CIDs, CIDs are the numbers of glyphs in the face (``codes``). A CFF subset keeps those numbers; CIDToGIDMap
leads to those of a TrueType subset. Pages that read one code differently (rare: a glyph that one of them has in its
second reading alone) get a ToUnicode each.
"""

import hashlib
import sys
from array import array as shorts
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from math import ceil, floor
from typing import Any, Final, TypeAlias

from msgspec import Struct

from layout.fonts import Face, FontSubset, subset
from layout.pdf.codes import width
from layout.pdf.leaf import FontUse, Use
from layout.pdf.objects import Whole, array, dictionary, name, number, stream, string

Reference: TypeAlias = Callable[[Any], Any]
"""Makes an indirect object of any other."""

SILENT: Final = "\u200b"
"""ToUnicode of a glyph that stands for no copy: readers show replacement characters or line ends for no entry."""

_EMBEDDED: Final[Mapping[str, tuple[str, str, Mapping[str, str]]]] = {
    "truetype": ("CIDFontType2", "FontFile2", {}),
    "cff": ("CIDFontType0", "FontFile3", {"Subtype": "/CIDFontType0C"}),
}
_SYMBOLIC, _ITALIC = 4, 64
_DOWN: Final = "[880 -1000]"
"""DW2: the point by which glyphs hang (``codes.HANG``), and the way down to the next, in thousandths."""
_BLOCK: Final = 100  # entries in one bfchar section (CMap limit)


class _Reading(Struct):
    """What the fonts of several pages show of a face, as long as no code is read in two ways; on lines, in columns."""

    across: dict[int, Use]
    down: dict[int, Use]

    @property
    def uses(self) -> dict[int, Use]:
        return self.across | self.down

    def agrees(self, font: FontUse) -> bool:
        return all(
            known.get(cid, use) == use for known in (self.across, self.down) for cid, use in font.uses.items() if known
        )

    def take(self, font: FontUse) -> None:
        (self.down if font.vertical else self.across).update(font.uses)


def font_objects(
    fonts: Sequence[FontUse], faces: Mapping[str, Face], reference: Reference
) -> tuple[list[Any], list[bytes]]:
    """The Type0 dictionaries of all pages' fonts, in their order, and a digest of the outlines of each face."""
    made: dict[int, Any] = {}
    digests = []
    for key in sorted({font.face for font in fonts}):
        own = {place: font for place, font in enumerate(fonts) if font.face == key}
        objects, digest = _face_objects(faces[key], [*own.values()], reference)
        made |= zip(own, objects, strict=True)
        digests.append(digest)
    return [made[place] for place in range(len(fonts))], digests


def _face_objects(face: Face, fonts: Sequence[FontUse], reference: Reference) -> tuple[list[Any], bytes]:
    readings, homes = _readings(fonts)
    part = subset(face, sorted({gid for reading in readings for gid, _ in reading.uses.values()}))
    digest = hashlib.sha256(part.data).digest()
    base = _base_name(digest, face)
    descriptor = reference(_descriptor(face, part, base, reference))
    everything: dict[int, Use] = {}
    for reading in readings:
        everything |= reading.uses
    whole = part.kind == "cff"  # CIDs are bound to outlines, so that one CIDFont serves all readings
    down = any(reading.down for reading in readings)
    uses = [everything] if whole else [reading.uses for reading in readings]
    cid_fonts = [reference(_cid_font(face, part, base, descriptor, each, reference, down=down)) for each in uses]
    made: dict[tuple[int, bool], Any] = {}
    for home, font in zip(homes, fonts, strict=True):
        if (home, font.vertical) not in made:
            shown = readings[home].down if font.vertical else readings[home].across
            type0 = _type0(part, base, cid_fonts[0 if whole else home], shown, reference, vertical=font.vertical)
            made[home, font.vertical] = reference(type0)
    return [made[home, font.vertical] for home, font in zip(homes, fonts, strict=True)], digest


def _readings(fonts: Sequence[FontUse]) -> tuple[list[_Reading], list[int]]:
    """As few readings as can be, and for each font the one that it goes into."""
    readings: list[_Reading] = []
    homes: list[int] = []
    for font in fonts:
        home = next((place for place, each in enumerate(readings) if each.agrees(font)), len(readings))
        if home == len(readings):
            readings.append(_Reading({}, {}))
        readings[home].take(font)
        homes.append(home)
    return readings, homes


def _base_name(digest: bytes, face: Face) -> str:
    """The PostScript name behind a subset tag that depends on the subset's bytes only."""
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6]) + "+" + face.ps_name


def _cid_font(
    face: Face,
    part: FontSubset,
    base: str,
    descriptor: Any,
    uses: Mapping[int, Use],
    reference: Reference,
    *,
    down: bool,
) -> Any:
    widths = {cid: width(face, gid) for cid, (gid, _) in uses.items()}
    usual = Counter(widths.values()).most_common(1)[0][0]
    system = {"Registry": string("Adobe"), "Ordering": string("Identity"), "Supplement": 0}
    entries = {
        "Type": "/Font",
        "Subtype": f"/{_EMBEDDED[part.kind][0]}",
        "BaseFont": name(base),
        "CIDSystemInfo": dictionary(system),
        "FontDescriptor": descriptor,
        "DW": number(usual),
        "W": _widths(widths, usual),
    }
    if down:
        entries["DW2"] = _DOWN
    if part.kind == "truetype":
        entries["CIDToGIDMap"] = reference(Whole(stream({}, _glyph_map(part, uses))))
    return dictionary(entries)


def _glyph_map(part: FontSubset, uses: Mapping[int, Use]) -> bytes:
    """CIDToGIDMap: two bytes a CID, the number of its glyph in the subset."""
    numbers = shorts("H", bytes(2 * max(uses) + 2))
    for cid, (gid, _) in uses.items():
        numbers[cid] = part.gids[gid]
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers.tobytes()


def _type0(
    part: FontSubset, base: str, cid_font: Any, shown: Mapping[int, Use], reference: Reference, *, vertical: bool
) -> Any:
    encoding = "Identity-V" if vertical else "Identity-H"
    # ISO 32000-1, 9.7.6.1: over a CIDFontType0 the name carries the CMap's.
    return dictionary(
        {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": name(base + ("" if part.kind == "truetype" else f"-{encoding}")),
            "Encoding": f"/{encoding}",
            "DescendantFonts": array([cid_font]),
            "ToUnicode": reference(Whole(stream({}, _to_unicode(shown)))),
        }
    )


def _descriptor(face: Face, part: FontSubset, base: str, reference: Reference) -> Any:
    _, key, entries = _EMBEDDED[part.kind]
    length = {"Length1": len(part.data)} if part.kind == "truetype" else {}
    left, bottom, right, top = (edge * 1000 for edge in face.bbox)
    return dictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": name(base),
            "Flags": _SYMBOLIC | (_ITALIC if face.italic_angle else 0),
            "FontBBox": array([floor(left), floor(bottom), ceil(right), ceil(top)]),
            "ItalicAngle": number(face.italic_angle),
            "Ascent": round(face.ascent * 1000),
            "Descent": round(face.descent * 1000),
            "CapHeight": round(face.cap_height * 1000),
            "StemV": round(10 + 0.244 * (face.weight_class - 50)),  # no table holds it; nothing renders by it
            key: reference(Whole(stream({**entries, **length}, part.data))),
        }
    )


def _widths(widths: Mapping[int, float], usual: float) -> str:
    """The W array: ``first last width`` where three and more in a row are alike, else ``first [widths]``."""
    parts: list[str] = []
    odd = sorted((code, width) for code, width in widths.items() if width != usual)
    for _, row in groupby(enumerate(odd), key=lambda item: item[1][0] - item[0]):
        parts += _row([pair for _, pair in row])
    return "[" + " ".join(parts) + "]"


def _row(pairs: list[tuple[int, float]]) -> Iterator[str]:
    """One row of consecutive codes."""
    loose: list[tuple[int, float]] = []
    for value, same in groupby(pairs, key=lambda pair: pair[1]):
        alike = list(same)
        if len(alike) < 3:
            loose += alike
            continue
        yield from _listed(loose)
        loose = []
        yield f"{alike[0][0]} {alike[-1][0]} {number(value)}"
    yield from _listed(loose)


def _listed(pairs: list[tuple[int, float]]) -> Iterator[str]:
    if pairs:
        yield f"{pairs[0][0]} [{' '.join(number(width) for _, width in pairs)}]"


def _to_unicode(shown: Mapping[int, Use]) -> bytes:
    """A CMap from two-byte codes to UTF-16BE: several units for a ligature or a character beyond U+FFFF."""
    entries = [f"<{cid:04X}> <{_units(text or SILENT)}>" for cid, (_, text) in sorted(shown.items())]
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


def _units(text: str) -> str:
    """Copy in UTF-16BE, hexadecimal."""
    return text.encode("utf-16-be", "surrogatepass").hex().upper()
