"""The copy of the seed page as the tests expect it on the printed page, read from the text as it was scraped."""

import re
from dataclasses import dataclass
from pathlib import Path

ORDER = ("举旗帜", "会协商", "聚中心", "凝思想", "练内功")
"""How the sections of the seed page follow each other; in the scrape they stand otherwise."""

_FULL_WIDTH = str.maketrans({";": "；", "(": "（", ")": "）", "!": "！"})
_COMMA = re.compile(r"(?<!\d),|,(?!\d)")
_CAPTION = re.compile(r"\d+月\d+日，")


@dataclass(frozen=True)
class Section:
    """A section head and the paragraphs under it."""

    head: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Seed:
    """The page's copy in press orthography, U+3000 between the phrases of a head."""

    headline: str
    deck: str
    byline: str
    captions: tuple[str, ...]
    sections: tuple[Section, ...]
    credit: str

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The running text in reading order, without the heads."""
        return tuple(paragraph for section in self.sections for paragraph in section.paragraphs)


def read_seed(path: Path) -> Seed:
    """Read the scrape: the head, then captions, sections and the credit in any order."""
    headline, deck, byline, *rest = (_orthographic(line) for line in path.read_text("utf-8").splitlines() if line)
    captions = tuple(line for line in rest if _CAPTION.match(line))
    credit = rest[-1]
    sections: dict[str, Section] = {}
    name = ""
    for line in (line for line in rest[:-1] if not _CAPTION.match(line)):
        if line[:3] in ORDER:
            name = line[:3]
            sections[name] = Section(line, ())
        else:
            sections[name] = Section(sections[name].head, _with(sections[name].paragraphs, line))
    return Seed(headline, deck, byline, captions, tuple(sections[name] for name in ORDER), credit)


def _with(paragraphs: tuple[str, ...], line: str) -> tuple[str, ...]:
    """The paragraphs and one more; one that ends in mid-sentence was cut there, and goes on with it."""
    if paragraphs and paragraphs[-1][-1] not in "。！":
        return (*paragraphs[:-1], paragraphs[-1] + line)
    return (*paragraphs, line)


def _orthographic(line: str) -> str:
    return _COMMA.sub("，", line).translate(_FULL_WIDTH).replace(" ", "\u3000")
