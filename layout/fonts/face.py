"""A face: its measures, its characters, its shapes. Memory-mapped; HarfBuzz reads only what is asked for."""

import re
import struct
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, TypeAlias

import uharfbuzz as hb

from layout.fonts.errors import FontError
from layout.fonts.sfnt import Directory, read_directory
from layout.fonts.shaping import ShapedGlyph, Shaper

Axes: TypeAlias = tuple[tuple[str, float], ...]
"""Values on the axes of a variable font: (tag, value) pairs."""

Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top in em, y up."""

_SCRIPTS: Final = ("hani", "latn", "DFLT")
_RESTRICTED: Final = 0x0002
_ANY_LICENCE: Final = 0x000E
_NO_SUBSETTING: Final = 0x0100
_BITMAP_ONLY: Final = 0x0200
_POSTSCRIPT_NAME: Final = 6
_NOT_IN_A_NAME: Final = re.compile(r"[^!-~]|[\[\](){}<>/%]")


class Face:
    """An opened face; build it with ``open_face``. Compared by identity; lengths are em, y up.

    ``key`` is unique in a book for a file, index and instance; ``ps_name`` is what the PDF calls it. ``ascent`` and
    ``descent`` (negative) are the line's, from hhea or OS/2 as the font asks; ``bbox`` holds every glyph of the default
    instance. ``fs_type`` is OS/2's embedding licence, ``fingerprint`` tells files of one name apart, ``font`` is
    HarfBuzz's and stays inside this package. May be used by several threads.
    """

    def __init__(self, font: Any, directory: Directory, *, name: str, axes: Axes) -> None:
        self.font = font
        self.directory = directory
        self.fingerprint = directory.fingerprint
        self.outlines = directory.outlines
        self.axes = axes
        self.key = self.ps_name = name
        self.is_cff = directory.outlines != "glyf"
        self.upem: int = font.face.upem
        self.glyph_count: int = font.face.glyph_count
        self._shaper = Shaper(font, self.upem)
        self._read_measures()
        self._covered: dict[str, bool] = {}

    def __repr__(self) -> str:
        return f"<Face {self.key}>"

    def _read_measures(self) -> None:
        em = self.upem
        extents = self.font.get_font_extents("ltr")
        self.ascent: float = extents.ascender / em
        self.descent: float = extents.descender / em
        head = struct.unpack_from(">4h", self.table("head", 54), 36)
        self.bbox: Box = (head[0] / em, head[1] / em, head[2] / em, head[3] / em)
        os2 = self.table("OS/2", 10)
        self.fs_type: int = int.from_bytes(os2[8:10], "big")
        self.weight_class: int = round(dict(self.axes).get("wght", int.from_bytes(os2[4:6], "big"))) or 400
        self.italic_angle: float = struct.unpack_from(">l", self.table("post", 8), 4)[0] / 65536
        height = self.font.get_metric_position(hb.OTMetricsTag.CAP_HEIGHT)
        capital = self.ink(self.gid(ord("H")))
        self.cap_height: float = height / em if height else capital[3] if capital else self.ascent

    def table(self, tag: str, size: int = 0) -> bytes:
        """A small table as bytes, filled up with zeros to ``size``: old faces have short ones or none."""
        return bytes(self.font.face.reference_table(tag).data).ljust(size, b"\0")

    def gid(self, codepoint: int, selector: int = 0) -> int:
        """The glyph of a character, or of its variant under a variation selector; 0 when the face has none."""
        if selector:
            return self.font.get_variation_glyph(codepoint, selector) or 0
        return self.font.get_nominal_glyph(codepoint) or 0

    def covers(self, cluster: str) -> bool:
        """Whether the face sets the whole cluster: base, marks and the variant that a selector asks for.

        Joiners need no glyph. A composed and a decomposed spelling count alike, as they do in shaping.
        """
        if len(cluster) == 1 and self.gid(ord(cluster)):
            return True  # looked up as fast as noted down
        known = self._covered.get(cluster)
        if known is None:
            known = self._covered[cluster] = self._looks_up(cluster)
        return known

    def _looks_up(self, cluster: str) -> bool:
        if not all(self.gid(ord(base), ord(selector)) for base, selector in variants(cluster)):
            return False
        return all(glyph.gid for glyph in self.shape(cluster))

    def advance(self, gid: int) -> float:
        """The horizontal advance of a glyph, em."""
        return float(self.font.get_glyph_h_advance(gid)) / self.upem

    def ink(self, gid: int) -> Box | None:
        """The box of a glyph's outline, em; None when it is blank."""
        extents = self.font.get_glyph_extents(gid)
        if extents is None or not (extents.width and extents.height):
            return None
        left, top, em = extents.x_bearing, extents.y_bearing, self.upem
        return (left / em, (top + extents.height) / em, (left + extents.width) / em, top / em)

    def shape(
        self, text: str, features: tuple[tuple[str, int], ...] = (), *, vertical: bool = False, script: str = "Hani"
    ) -> tuple[ShapedGlyph, ...]:
        """The glyphs of ``text``, which is one run of ``script`` in Simplified Chinese (rule P-9)."""
        return self._shaper.shape(text, features, vertical=vertical, script=script)

    def shape_each(self, text: str, *, vertical: bool = False) -> tuple[ShapedGlyph | None, ...]:
        """The glyph of each Han character of ``text`` as if it stood alone; None where only ``shape`` can tell it."""
        return self._shaper.shape_each(text, vertical=vertical, script="Hani")

    def has_feature(self, tag: str) -> bool:
        """Whether Han or Latin text of this face has the OpenType feature."""
        return tag in self._features

    @cached_property
    def _features(self) -> frozenset[str]:
        try:
            return frozenset(tag for table in ("GSUB", "GPOS") for tag in _features_of(self.font.face, table))
        except UnicodeDecodeError:  # tags that are no ASCII: damaged tables, which HarfBuzz shapes without
            return frozenset()

    @property
    def characters(self) -> frozenset[int]:
        """Every code point that has a glyph. Reads the whole character map: for reports, not for setting."""
        return frozenset(self.font.face.unicodes)


def variants(cluster: str) -> Iterator[tuple[str, str]]:
    """The (base, variation selector) pairs of a cluster."""
    for base, selector in pairwise(cluster):
        if is_selector(selector):
            yield base, selector


def is_selector(character: str) -> bool:
    """Whether it is a variation selector (VS1 to VS256)."""
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def open_face(path: Path, index: int = 0, axes: Axes = ()) -> Face:
    """Open face ``index`` of a TrueType or OpenType file or collection.

    ``axes`` fixes a variable font; an axis that is not named stays at its default. Raises FontError: font-missing,
    font-broken, font-unsupported (web fonts, Type 1, no outlines, unknown axis), font-index, font-embedding.
    """
    directory = read_directory(path, index)
    face = hb.Face(hb.Blob.from_file_path(str(path)), index)
    if not face.glyph_count:
        raise FontError("font-broken", f"{path}: the font holds no glyphs")
    font = hb.Font(face)
    pinned = _instance(face, axes, path)
    font.set_variations(dict(pinned))
    opened = Face(font, directory, name=_name(face, path, pinned), axes=pinned)
    _check_licence(opened.fs_type, path)
    return opened


def _instance(face: Any, axes: Axes, path: Path) -> Axes:
    """A value for every axis of the font, in the font's order."""
    try:
        asked, known = dict(axes), {axis.tag: axis for axis in face.axis_infos}
    except UnicodeDecodeError:
        raise FontError("font-broken", f"{path}: the font's axes are damaged") from None
    for tag, value in asked.items():
        if tag not in known:
            has = f"its axes are {', '.join(known)}" if known else "it is not a variable font"
            raise FontError("font-unsupported", f"{path}: the font has no axis {tag!r}; {has}")
        low, high = known[tag].min_value, known[tag].max_value
        if not low <= value <= high:
            raise FontError("font-unsupported", f"{path}: axis {tag!r} goes from {low:g} to {high:g}, not to {value:g}")
    return tuple((tag, float(asked.get(tag, axis.default_value))) for tag, axis in known.items())


def _name(face: Any, path: Path, axes: Axes) -> str:
    """The PostScript name; an instance is named as Adobe Technical Note 5902 names it (Name_700wght)."""
    name = _NOT_IN_A_NAME.sub("", face.get_name(_POSTSCRIPT_NAME) or path.stem) or "Unnamed"
    default = {axis.tag: axis.default_value for axis in face.axis_infos}
    moved = [f"_{value:g}{_NOT_IN_A_NAME.sub('', tag)}" for tag, value in axes if value != default[tag]]
    return name + "".join(moved)


def _check_licence(fs_type: int, path: Path) -> None:
    """Refuse what the font's OS/2 fsType forbids: embedding at all, outlines, or a part of the face.

    Press files always hold subsets, so a face that may only be embedded whole is refused too. When several licence
    bits are set (OS/2 before version 3) the least restrictive counts.
    """
    if fs_type & _ANY_LICENCE == _RESTRICTED:
        raise FontError("font-embedding", f"{path}: the font's licence (OS/2 fsType) forbids embedding")
    if fs_type & _BITMAP_ONLY:
        raise FontError("font-embedding", f"{path}: the font's licence (OS/2 fsType) lets only bitmaps be embedded")
    if fs_type & _NO_SUBSETTING:
        raise FontError("font-embedding", f"{path}: the font's licence (OS/2 fsType) forbids embedding a part of it")


def _features_of(face: Any, table: str) -> Iterator[str]:
    for number, script in enumerate(face.get_table_script_tags(table)):
        if script not in _SCRIPTS:
            continue
        yield from face.get_language_feature_tags(table, number)
        for language, tag in enumerate(face.get_script_language_tags(table, number)):
            if tag == "ZHS ":
                yield from face.get_language_feature_tags(table, number, language)
