"""A drawn page, ready to be bound into a file, alone or with others: its code is final, only its fonts are not made.

What a page shows of a face is coded by the glyphs' numbers in the face itself. So its content stays as it is, byte for
byte, whatever pages it is bound with; a file of many pages takes over what was drawn, deflated and judged page by page.
"""

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from layout.core import Spot
from layout.foreign import ForeignPage
from layout.pdf.boxes import Boxes
from layout.pdf.objects import Buffer

if TYPE_CHECKING:  # a page that is not kept needs no coder
    from msgspec.msgpack import Decoder

Use: TypeAlias = tuple[int, str]
"""A glyph of a face and the copy that it stands for."""


class FontUse(Struct, frozen=True):
    """What a page shows in one font: the font's resource name, the face by its key, and by CID what is shown.

    ``vertical``: it goes down columns.
    """

    label: str
    face: str
    vertical: bool
    uses: Mapping[int, Use]


class Stored(Struct, frozen=True):
    """An object as it stands in a file, and the digest by which files know it again."""

    content: Buffer
    digest: bytes


class Leaf(Struct, frozen=True):
    """A page. ``content`` is its content stream; the rest is by resource name.

    A colour space of the ``spots`` that is the page's own is not shared with others.
    """

    boxes: Boxes
    content: bytes
    fonts: tuple[FontUse, ...]
    spots: Mapping[str, Spot]
    forms: Mapping[str, ForeignPage]
    pictures: Mapping[str, Stored]

    @property
    def digest(self) -> bytes:
        """The digest of all that the page is made of, but for its fonts' outlines."""
        digest = hashlib.sha256(self.content)
        digest.update(repr((self.boxes, self.spots)).encode())
        for picture in self.pictures.values():
            digest.update(picture.digest)
        for content in self._foreign():
            digest.update(content)
        return digest.digest()

    def _foreign(self) -> Iterator[bytes]:
        """The objects of foreign pages, with numbers of their own for references."""
        for form in self.forms.values():
            for lifted in form.objects:
                yield b"".join(part if isinstance(part, bytes) else b"@%d" % part for part in lifted)


class _Packed(Struct, frozen=True):
    """A leaf that is bound into a file: of its pictures where their objects begin there, their sizes and digests."""

    boxes: Boxes
    content: bytes
    fonts: tuple[FontUse, ...]
    spots: dict[str, Spot]
    forms: dict[str, ForeignPage]
    places: dict[str, tuple[int, int, bytes]]


def packed(leaf: Leaf, places: Mapping[bytes, int]) -> bytes:
    """A leaf that is bound into a file, but for the data of its pictures: ``places`` has these, by digest."""
    from msgspec.msgpack import Encoder

    stored = {label: (places[one.digest], len(one.content), one.digest) for label, one in leaf.pictures.items()}
    return Encoder().encode(_Packed(leaf.boxes, leaf.content, leaf.fonts, {**leaf.spots}, {**leaf.forms}, stored))


def unpacked(data: bytes, file: bytes) -> Leaf | None:
    """The leaf of ``packed``, its pictures taken from the file that it is bound into; None when ``data`` is no leaf."""
    from msgspec import DecodeError

    try:
        read = _decoder().decode(data)
    except DecodeError:
        return None
    whole = memoryview(file)
    pictures = {
        label: Stored(whole[start : start + size], digest) for label, (start, size, digest) in read.places.items()
    }
    return Leaf(read.boxes, read.content, read.fonts, read.spots, read.forms, pictures)


@cache
def _decoder() -> "Decoder[_Packed]":
    from msgspec.msgpack import Decoder

    return Decoder(_Packed)
