"""Pages of display items as bytes and back: between processes, and from one build to the next."""

import copyreg
from functools import cache

from msgspec import DecodeError
from msgspec.msgpack import Decoder, Encoder

from layout.display.document import DisplayPage


def packed(page: DisplayPage) -> bytes:
    """``page`` in MessagePack."""
    return Encoder().encode(page)


def unpacked(data: bytes) -> DisplayPage | None:
    """The page of ``packed``; None when the bytes are no page. Nothing else is ever made of them."""
    try:
        return _page(data)
    except DecodeError:
        return None


def _page(data: bytes) -> DisplayPage:
    return _decoder().decode(data)


@cache
def _decoder() -> "Decoder[DisplayPage]":
    return Decoder(DisplayPage)


# A page has thousands of glyphs: pickled one by one they take fifty times as long.
copyreg.pickle(DisplayPage, lambda page: (_page, (packed(page),)))
