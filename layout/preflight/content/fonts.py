"""Fonts of a file: how they are embedded, and how far their codes advance (ISO 32000-1, 9.6 to 9.8)."""

import struct
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from layout.preflight.budget import Budget, OverBudget
from layout.preflight.codecs import DecodeFault, decode_head
from layout.preflight.content.cmaps import PREDEFINED
from layout.preflight.content.matrix import Matrix
from layout.preflight.model import Font
from layout.preflight.objects import (
    Value,
    elements,
    get,
    integer,
    is_holder,
    name,
    number,
    numbers,
)

_PROGRAMS: Final = ("/FontFile", "/FontFile2", "/FontFile3")
_SFNT: Final = (b"\0\1\0\0", b"true", b"OTTO", b"ttcf")
_LOOK: Final = 64
_CID_LAST: Final = 0xFFFF
_WIDTHS_MAX: Final = 200_000
"""Widths that are read of one font: three times as many as there can be CIDs."""

_GLYPH: Final[Matrix] = (0.001, 0.0, 0.0, 0.001, 0.0, 0.0)


class LoadedFont(Struct, frozen=True):
    """A font ready to be measured: widths by code in thousandths of an em, ``default`` for the rest.

    ``wide``: codes of two bytes. ``procedures`` are a Type 3 font's glyph streams by code.
    """

    font: Font
    widths: Mapping[int, float]
    default: float
    wide: bool
    vertical: bool
    matrix: Matrix
    procedures: Mapping[int, Value]
    resources: Value

    def advance(self, string: bytes) -> tuple[float, int, int]:
        """The sum of widths in thousandths, the number of codes, and how many of them are a single-byte space."""
        width = self.widths.get
        if self.wide:
            count = len(string) // 2
            codes = struct.unpack(f">{count}H", string[: 2 * count])
            return sum([width(code, self.default) for code in codes]), count, 0
        return sum([width(code, self.default) for code in string]), len(string), string.count(b" ")


def load_font(value: Value, budget: Budget) -> LoadedFont:
    """The font that a dictionary describes, however little of it there is."""
    subtype = name(get(value, "/Subtype"))
    if subtype == "Type0":
        return _composite(value, budget)
    if subtype == "Type3":
        return _drawn(value)
    font = _font(value, get(value, "/FontDescriptor"), subtype, budget)
    widths, default = _simple_widths(value), number(get(value, "/FontDescriptor", "/MissingWidth"))
    missing = default if default is not None and widths else 500.0 if not widths else 0.0
    return LoadedFont(font, widths, missing, wide=False, vertical=False, matrix=_GLYPH, procedures={}, resources=None)


def _composite(value: Value, budget: Budget) -> LoadedFont:
    descendant = next(elements(get(value, "/DescendantFonts")), None)
    subtype = name(get(descendant, "/Subtype"))
    font = _font(descendant, get(descendant, "/FontDescriptor"), subtype, budget, encoding=get(value, "/Encoding"))
    encoding = name(get(value, "/Encoding"))
    vertical = encoding.endswith("V") or integer(get(value, "/Encoding", "/WMode")) == 1
    across = number(get(descendant, "/DW"))
    down = numbers(get(descendant, "/DW2"))
    default = (down[1] if len(down) == 2 else -1000.0) if vertical else 1000.0 if across is None else across
    widths = {} if vertical else _cid_widths(get(descendant, "/W"))
    return LoadedFont(font, widths, default, wide=True, vertical=vertical, matrix=_GLYPH, procedures={}, resources=None)


def _drawn(value: Value) -> LoadedFont:
    """A Type 3 font: its glyphs are content streams, its widths in its own glyph space."""
    procedures = get(value, "/CharProcs")
    drawn = {code: get(procedures, f"/{glyph}") for code, glyph in _differences(get(value, "/Encoding")).items()}
    font = Font(
        name(get(value, "/Name")), "Type3", "Type3", sound=is_holder(procedures), cid_map=True, encoding_known=True
    )
    own = _six(numbers(get(value, "/FontMatrix")))
    widths = {code: width * own[0] * 1000 for code, width in _simple_widths(value).items()}
    return LoadedFont(
        font,
        widths,
        0.0,
        wide=False,
        vertical=False,
        matrix=own,
        procedures={code: stream for code, stream in drawn.items() if stream is not None},
        resources=get(value, "/Resources"),
    )


def _six(found: tuple[float, ...]) -> Matrix:
    """A font matrix; the usual one when it is none."""
    return (found[0], found[1], found[2], found[3], found[4], found[5]) if len(found) == 6 else _GLYPH


def _differences(encoding: Value) -> dict[int, str]:
    """Glyph names by code."""
    named: dict[int, str] = {}
    code = 0
    for one, _ in zip(elements(get(encoding, "/Differences")), range(1024), strict=False):
        start = integer(one)
        if start is not None:
            code = start
        elif glyph := name(one):
            named[code] = glyph
            code += 1
    return named


def _font(value: Value, descriptor: Value, subtype: str, budget: Budget, encoding: Value = None) -> Font:
    program, sound = _program(descriptor, budget)
    mapped = get(value, "/CIDToGIDMap")
    return Font(
        name=name(get(value, "/BaseFont")),
        subtype=subtype,
        program=program,
        sound=sound,
        cid_map=subtype != "CIDFontType2" or is_holder(mapped) or name(mapped) == "Identity",
        encoding_known=encoding is None or is_holder(encoding) or name(encoding) in PREDEFINED,
    )


def _program(descriptor: Value, budget: Budget) -> tuple[str, bool]:
    """Under which key a font program is embedded (with its subtype), and whether it begins like one."""
    for key in _PROGRAMS:
        stream = get(descriptor, key)
        if is_holder(stream):
            subtype = name(get(stream, "/Subtype")) if key == "/FontFile3" else ""
            return (key[1:] + ("/" + subtype if subtype else "")), _begins_well(stream, key, budget)
    return "", False


def _begins_well(stream: Value, key: str, budget: Budget) -> bool:
    try:
        head = decode_head(stream, budget, _LOOK)
    except (DecodeFault, OverBudget):
        return False
    if key == "/FontFile":
        return head.startswith((b"%!", b"\x80\x01"))
    if key == "/FontFile2" or name(get(stream, "/Subtype")) == "OpenType":
        return head.startswith(_SFNT)
    return len(head) > 4 and head[0] == 1  # CFF, major version


def _simple_widths(value: Value) -> dict[int, float]:
    first = integer(get(value, "/FirstChar")) or 0
    found = zip(elements(get(value, "/Widths")), range(256), strict=False)
    return {first + nth: number(one) or 0.0 for one, nth in found}


def _cid_widths(value: Value) -> dict[int, float]:
    """A ``W`` array: a first CID with a list of widths, or a range of CIDs with one width."""
    widths: dict[int, float] = {}
    pending: list[int] = []
    left = _WIDTHS_MAX
    for one in elements(value):
        left -= 1
        if left < 0:
            break
        found = number(one)
        if found is None:
            start = pending.pop() if pending else 0
            listed = list(zip(range(start, start + left), elements(one), strict=False))
            widths.update({cid: number(width) or 0.0 for cid, width in listed})
            left -= len(listed)
            pending.clear()
        elif len(pending) == 2:
            cids = range(max(0, pending[0]), min(pending[1], _CID_LAST) + 1)[:left]
            widths.update(dict.fromkeys(cids, found))
            left -= len(cids)
            pending.clear()
        else:
            pending.append(int(found))
    return widths
