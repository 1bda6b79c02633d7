"""How glyphs are coded: the CID of a glyph is its number in the face, whatever else a file shows of that face.

A glyph that stands for different copy in different places (a compatibility ideograph, a no-break space) needs a second
reading. In a TrueType face that is a CID behind the last glyph, which CIDToGIDMap leads to the same outline. In a CFF
face CIDs are bound to outlines, so there a second Type0 dictionary with its own ToUnicode stands over the very same
CIDFont: nothing is embedded twice, and every reader extracts it. ActualText would not do here: pdfium drops characters
beyond the Basic Multilingual Plane from it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter, itemgetter
from typing import Final, NamedTuple, TypeAlias

from layout.display import GlyphRun
from layout.fonts import Face
from layout.pdf.leaf import FontUse, Use

HANG: Final = 0.88
"""From the baseline of a glyph up to the point by which it hangs in a column: the em box's top, em."""
_CODES: Final = 1 << 16


class Code(NamedTuple):
    """How a glyph is shown: font resource, code as hexadecimal, and its width in thousandths of the size.

    ``simple``: its copy is there and within the Basic Multilingual Plane; ``space``: that is white space.
    """

    font: str
    hex: str
    width: float
    simple: bool
    space: bool


Codes: TypeAlias = Mapping[Use, Code]


class PressFont:
    """One face of a page. ``codes`` leads from a use on a line to its code, ``down`` from one in a column."""

    def __init__(self, label: str, face: Face, across: Mapping[Use, int], down: Mapping[Use, int]) -> None:
        readings = _coded(face, [*_readings(Counter(across) + Counter(down) if down else across)])
        labels = [label, *(f"{label}r{place}" for place in range(2, len(readings) + 1))]
        self.dictionaries = tuple(
            FontUse(name + ("v" if vertical else ""), face.key, vertical, found)
            for used, vertical in ((across, False), (down, True))
            for name, reading in zip(labels, readings, strict=True)
            if (found := {cid: use for cid, use in reading.items() if use in used})
        )
        self.codes, self.down = self._codes(face, vertical=False), self._codes(face, vertical=True)

    def _codes(self, face: Face, *, vertical: bool) -> Codes:
        return {
            use: _code(each.label, cid, width(face, use[0]), use[1])
            for each in self.dictionaries
            if each.vertical is vertical
            for cid, use in each.uses.items()
        }


def _code(font: str, cid: int, width: float, copy: str) -> Code:
    return Code(font, f"{cid:04X}", width, bool(copy) and not astral(copy), copy.isspace())


def astral(copy: str) -> bool:
    """Whether copy goes beyond the Basic Multilingual Plane."""
    return max(copy, default="") > "\uffff"


def width(face: Face, gid: int) -> float:
    """The width of a glyph as it is written, in thousandths of the size."""
    return round(face.advance(gid) * 1000, 2)


def press_fonts(runs: Iterable[GlyphRun], faces: Mapping[str, Face]) -> dict[str, PressFont]:
    """The fonts of a page by face key, for what ``runs`` use. Raises KeyError for an unknown face."""
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


def _coded(face: Face, readings: list[dict[int, Use]]) -> list[dict[int, Use]]:
    """The readings by CID; those of a TrueType face are one while there are codes."""
    second = [use for reading in readings[1:] for use in reading.values()]
    if face.is_cff or not second or face.glyph_count + len(second) > _CODES:
        return readings
    return [readings[0] | dict(enumerate(second, start=face.glyph_count))]


def _readings(uses: Mapping[Use, int]) -> Iterator[dict[int, Use]]:
    """Uses by glyph: first the reading of each glyph that is used most, then the second readings, and so on."""
    left = sorted(uses)
    if len({gid for gid, _ in left}) < len(left):  # else nothing has a second reading: that is nearly every page
        left.sort(key=lambda use: (use[0], -uses[use], use[1]))
    while left:
        reading: dict[int, Use] = {}
        left = [use for use in left if reading.setdefault(use[0], use) is not use]
        yield reading
