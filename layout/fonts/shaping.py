"""Text to positioned glyphs of one face, by HarfBuzz."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import uharfbuzz as hb

LANGUAGE: Final = "zh-Hans"
"""Every run is shaped as Simplified Chinese: other languages shorten dashes and quotes (rule P-9)."""


class ShapedGlyph(NamedTuple):
    """One glyph as the font places it. Lengths are em, y up.

    ``advance`` is the way to the next origin: rightwards, or downwards in vertical setting. ``dx`` and ``dy`` move the
    glyph's own (horizontal) origin off the pen; in vertical setting they already hold the way from the vertical origin.
    ``cluster`` is the offset of the first character that it stands for. A named tuple, not a dataclass: there is one
    for every character of the issue.
    """

    gid: int
    advance: float
    dx: float
    dy: float
    cluster: int


def shape(
    font: Any, upem: int, text: str, features: Sequence[tuple[str, int]], *, vertical: bool, script: str
) -> tuple[ShapedGlyph, ...]:
    """The glyphs of ``text`` in visual order. Characters without a shape of their own (joiners) leave no glyph."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction = "ttb" if vertical else "ltr"
    buffer.script = script
    buffer.language = LANGUAGE
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    hb.shape(font, buffer, dict(features))
    placed = zip(buffer.glyph_infos, buffer.glyph_positions or (), strict=True)  # None when there are none
    if vertical:
        return tuple(
            ShapedGlyph(i.codepoint, -p.y_advance / upem, p.x_offset / upem, p.y_offset / upem, i.cluster)
            for i, p in placed
        )
    return tuple(
        ShapedGlyph(i.codepoint, p.x_advance / upem, p.x_offset / upem, p.y_offset / upem, i.cluster) for i, p in placed
    )
