"""What a face or a chain of faces can set: of the national character sets, of Unicode, of a given text."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from layout.fonts.book import Book
from layout.fonts.face import is_selector

_PINYIN: Final = "āáǎàēéěèêīíǐìńňǹōóǒòūúǔùǖǘǚǜüḿ"
_INVISIBLE: Final = ("Cc", "Cf")
_GB2312: Final = {
    "GB 2312 marks and letters": (0xA1, 0xA9),
    "GB 2312 level 1 (一级汉字)": (0xB0, 0xD7),
    "GB 2312 level 2 (二级汉字)": (0xD8, 0xF7),
}
"""Lead bytes of the parts of GB/T 2312 in EUC-CN."""

_BLOCKS: Final = {
    "Basic Latin": (0x20, 0x7E),
    "GBK hanzi (GB 13000.1)": (0x4E00, 0x9FA5),
    "CJK unified ideographs": (0x4E00, 0x9FFF),
    "CJK extension A": (0x3400, 0x4DBF),
    "CJK extension B": (0x20000, 0x2A6DF),
    "CJK extension C": (0x2A700, 0x2B739),
    "CJK extension D": (0x2B740, 0x2B81D),
    "CJK extension E": (0x2B820, 0x2CEA1),
    "CJK extension F": (0x2CEB0, 0x2EBE0),
    "CJK extension G": (0x30000, 0x3134A),
    "CJK extension H": (0x31350, 0x323AF),
    "CJK extension I": (0x2EBF0, 0x2EE5D),
}
"""Assigned characters of Unicode 16.0."""


class Survey(Struct, frozen=True):
    """Who sets a text: face key -> cluster -> how often, in the order of their first use; and what nobody sets."""

    set_by: Mapping[str, Mapping[str, int]]
    missing: Mapping[str, int]


def repertoires() -> dict[str, frozenset[int]]:
    """Character sets by name. Those of GB/T 2312 come from Python's codec."""
    sets = {name: _euc(first, last) for name, (first, last) in _GB2312.items()}
    sets["Pinyin letters"] = frozenset(map(ord, _PINYIN))
    sets |= {name: frozenset(range(first, last + 1)) for name, (first, last) in _BLOCKS.items()}
    return sets


def survey(book: Book, role: str, text: str) -> Survey:
    """Which face of the role's chain sets which clusters of ``text``. Spaces and controls need no face."""
    set_by: dict[str, dict[str, int]] = {}
    missing: dict[str, int] = {}
    for cluster in clusters(text):
        face = book.face_for(role, cluster)
        counts = missing if face is None else set_by.setdefault(face.key, {})
        counts[cluster] = counts.get(cluster, 0) + 1
    return Survey(set_by, missing)


def clusters(text: str) -> Iterator[str]:
    """The visible characters of a text, each with its marks and variation selector."""
    pending = ""
    for character in text:
        if pending and (unicodedata.category(character).startswith("M") or is_selector(character)):
            pending += character
            continue
        if pending:
            yield pending
        pending = "" if character.isspace() or unicodedata.category(character) in _INVISIBLE else character
    if pending:
        yield pending


def _euc(first: int, last: int) -> frozenset[int]:
    cells = (bytes((row, cell)) for row in range(first, last + 1) for cell in range(0xA1, 0xFF))
    return frozenset(map(ord, filter(None, (cell.decode("gb2312", "ignore") for cell in cells))))
