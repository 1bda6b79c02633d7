"""A font as the PDF holds it: what its codes mean, how wide they are, where their ink lies."""

import re
from functools import cached_property
from io import BytesIO

from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Stream

_SECTION = re.compile(r"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_CHAR = re.compile(r"<(\w+)>\s*<(\w+)>")
_RANGE = re.compile(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>")
_TAG = re.compile(r"[A-Z]{6}\+")


class ReadFont:
    """A Type0 font with two-byte codes. Widths and boxes are in em.

    The glyphs of a ``vertical`` one hang ``hang`` above their baseline, in the middle of their width, ``height`` apart.
    """

    def __init__(self, resource: Dictionary) -> None:
        self.resource = resource
        self.descendant = resource.DescendantFonts[0]
        self.descriptor = self.descendant.FontDescriptor
        self.base_name = str(resource.BaseFont)[1:]
        self.face = _TAG.sub("", self.base_name)
        self._default = float(self.descendant.get("/DW", 1000)) / 1000
        self.vertical = str(resource.Encoding) == "/Identity-V"
        self.hang, down = (float(number) / 1000 for number in self.descendant.get("/DW2", (880, -1000)))
        self.height = -down
        table = self.descendant.CIDToGIDMap
        self._inks: dict[int, tuple[float, float, float, float] | None] = {}
        self._glyphs = table.read_bytes() if isinstance(table, Stream) else None

    def text(self, code: int) -> str:
        """The copy that ToUnicode gives the code; "" for none and for the characters that mean none."""
        return self.unicodes.get(code, "")

    def width(self, code: int) -> float:
        return self.widths.get(code, self._default)

    def glyph(self, code: int) -> int:
        """The number of the code's glyph in the embedded program (Identity-H: the code is the CID)."""
        if self._glyphs is None:
            return code
        return int.from_bytes(self._glyphs[2 * code : 2 * code + 2])

    def ink(self, code: int) -> tuple[float, float, float, float] | None:
        """Left, bottom, right, top of the outline in the embedded program, y up; None for a blank glyph."""
        if code not in self._inks:
            glyphs = self.program.getGlyphSet()
            pen = BoundsPen(glyphs)
            glyphs[self.program.getGlyphName(self.glyph(code))].draw(pen)
            upem = self.program["head"].unitsPerEm
            self._inks[code] = pen.bounds and tuple(edge / upem for edge in pen.bounds)
        return self._inks[code]

    @cached_property
    def program(self) -> TTFont:
        """The embedded font program."""
        return TTFont(BytesIO(self.descriptor.FontFile2.read_bytes()))

    @cached_property
    def unicodes(self) -> dict[int, str]:
        """ToUnicode, read by the rules of ISO 32000-1, 9.10.3."""
        found: dict[int, str] = {}
        for kind, body in _SECTION.findall(self.resource.ToUnicode.read_bytes().decode("ascii")):
            assert "[" not in body, "a bfrange with an array is not read here"
            if kind == "bfchar":
                found |= {int(code, 16): _utf16(text) for code, text in _CHAR.findall(body)}
            else:
                for first, last, text in _RANGE.findall(body):
                    start = _utf16(text)
                    for step in range(int(last, 16) - int(first, 16) + 1):
                        found[int(first, 16) + step] = start[:-1] + chr(ord(start[-1]) + step)
        return {code: text.replace("\u200b", "") for code, text in found.items()}

    @cached_property
    def widths(self) -> dict[int, float]:
        """W: ``first [width ...]`` and ``first last width``."""
        found: dict[int, float] = {}
        entries = list(self.descendant.get("/W", []))
        while entries:
            first, second = int(entries.pop(0)), entries.pop(0)
            if isinstance(second, Array):
                found |= {first + step: float(width) / 1000 for step, width in enumerate(second)}
            else:
                width = float(entries.pop(0)) / 1000
                found |= dict.fromkeys(range(first, int(second) + 1), width)
        return found


def _utf16(digits: str) -> str:
    return bytes.fromhex(digits).decode("utf-16-be")
