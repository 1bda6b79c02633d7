"""The part of a face that a document uses, in the form in which a PDF embeds it."""

import struct
from collections.abc import Iterable, Mapping, Set
from typing import Any, Final, Literal

import uharfbuzz as hb
from msgspec import Struct

from layout.fonts.cff import cid_keyed
from layout.fonts.errors import FontError
from layout.fonts.excerpt import excerpt
from layout.fonts.face import Face

_KEPT: Final = frozenset({"glyf", "loca", "head", "hhea", "hmtx", "maxp", "cvt ", "fpgm", "prep", "CFF ", "CFF2"})
"""What a CIDFont in a PDF needs (ISO 32000-1, 9.9)."""

_INSTANCING: Final = frozenset({"fvar", "avar", "gvar", "cvar", "HVAR"})
"""What bakes an instance in; HarfBuzz leaves them out once every axis is fixed."""


class FontSubset(Struct, frozen=True):
    """A subset of a face.

    ``kind`` truetype: ``data`` is a TrueType file for FontFile2; cff: a bare CID-keyed CFF table for FontFile3
    (CIDFontType0C), in which glyphs keep their numbers, which are CIDs there: a CFF has no room for a map between the
    two. ``gids`` leads from a glyph of the face to the glyph in the file.
    """

    data: bytes
    kind: Literal["truetype", "cff"]
    gids: Mapping[int, int]


def subset(face: Face, gids: Iterable[int]) -> FontSubset:
    """Cut the face down to ``gids`` and .notdef: no closure over features, no other tables, same bytes every time.

    An instance of a variable font is baked in; CFF2 comes out as CFF. TrueType instructions are kept, because some
    Chinese faces build their glyphs with them; CFF hints, which only help coarse screens, are left out.
    Raises FontError (font-broken) when the face's outlines are damaged.
    """
    try:
        gids = {0, *gids}
        plan = hb.SubsetPlan(_excerpt(face, gids) or face.font.face, _request(face, gids))
        made = plan.execute()
        mapping = dict(sorted(dict(plan.old_to_new_glyph_mapping).items()))
        if face.is_cff:
            return FontSubset(cid_keyed(bytes(made.reference_table("CFF ").data)), "cff", mapping)
        return FontSubset(bytes(made.blob.data), "truetype", mapping)
    except (RuntimeError, MemoryError, ValueError, LookupError, struct.error):
        raise FontError("font-broken", f"{face.key}: the font's outlines are damaged") from None


def _excerpt(face: Face, gids: Set[int]) -> Any:
    """A face with no more than the outlines of ``gids``; None where HarfBuzz has to look for itself."""
    if face.is_cff or face.axes:
        return None
    tables = {tag: data for tag in _KEPT - {"glyf"} if (data := face.table(tag))}
    glyf = range(face.directory.glyf, face.directory.glyf + face.directory.lengths["glyf"])
    try:
        return hb.Face(hb.Blob(excerpt(tables, face.directory.path, glyf, gids)))
    except (LookupError, ValueError, OSError, struct.error):  # damaged, or changed since it was opened
        return None


def _request(face: Face, gids: Set[int]) -> hb.SubsetInput:
    request = hb.SubsetInput()
    request.glyph_set.update(gids)
    request.drop_table_tag_set.update(_tag(tag) for tag in face.font.face.table_tags if tag not in _KEPT | _INSTANCING)
    request.flags = hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE
    if face.is_cff:
        request.flags |= hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.CFF_IDENTITY_CHARSET | hb.SubsetFlags.RETAIN_GIDS
    if face.outlines == "CFF2":
        request.flags |= hb.SubsetFlags.DOWNGRADE_CFF2
    for tag, value in face.axes:
        request.pin_axis_location(face.font.face, tag, value)
    return request


def _tag(tag: str) -> int:
    return int.from_bytes(tag.encode("ascii"), "big")
