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


class Shaper:
    """Shapes runs of text in one font.

    Buffers are used again: to make and fill a new one takes longer than to shape a character in it. Threads that shape
    at the same time take one each.
    """

    def __init__(self, font: Any, upem: int) -> None:
        self._font = font
        self._upem = upem
        self._spare: list[Any] = []

    def shape(
        self, text: str, features: Sequence[tuple[str, int]], *, vertical: bool, script: str
    ) -> tuple[ShapedGlyph, ...]:
        """The glyphs of ``text`` in visual order. Characters without a shape of their own (joiners) leave no glyph."""
        glyphs, _ = self._shape(text, features, vertical=vertical, script=script)
        return glyphs

    def shape_each(self, text: str, *, vertical: bool, script: str) -> tuple[ShapedGlyph | None, ...]:
        """The glyph of each character of ``text`` as if it stood alone, all shaped in one go.

        None for one that has not just one glyph, or whose glyph may have been chosen or placed for its neighbours:
        HarfBuzz flags what might come out differently if the text were broken there (``UNSAFE_TO_BREAK``).
        """
        glyphs, infos = self._shape(text, (), vertical=vertical, script=script)
        if [glyph.cluster for glyph in glyphs] != list(range(len(text))):
            return (None,) * len(text)
        bound = [info.flags != 0 for info in infos]
        return tuple(
            [
                None if held or holds else glyph
                for glyph, held, holds in zip(glyphs, bound, (*bound[1:], False), strict=True)
            ]
        )

    def _shape(
        self, text: str, features: Sequence[tuple[str, int]], *, vertical: bool, script: str
    ) -> tuple[tuple[ShapedGlyph, ...], Sequence[Any]]:
        """The glyphs of ``text``, and what HarfBuzz tells of each."""
        try:
            buffer = self._spare.pop()
        except IndexError:
            buffer = _new_buffer()
        buffer.add_str(text)
        buffer.direction = "ttb" if vertical else "ltr"
        buffer.script = script
        buffer.language = LANGUAGE
        hb.shape(self._font, buffer, dict(features))
        em, infos, positions = self._upem, buffer.glyph_infos, buffer.glyph_positions or ()  # None when there are none
        glyphs = tuple(
            [
                ShapedGlyph(
                    info.codepoint,
                    (-place.y_advance if vertical else place.x_advance) / em,
                    place.x_offset / em,
                    place.y_offset / em,
                    info.cluster,
                )
                for info, place in zip(infos, positions, strict=True)
            ]
        )
        buffer.clear_contents()  # flags and cluster level stay
        self._spare.append(buffer)
        return glyphs, infos


def _new_buffer() -> Any:
    buffer = hb.Buffer()
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    return buffer
