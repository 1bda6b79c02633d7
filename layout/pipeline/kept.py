"""Finished pages kept from one build to the next, each under the digest of all that it is made from.

A night desk changes one page of sixteen: the others need not be set again. What is kept of a page is its file, its
findings, its share of the report, and its leaf for the file of the whole issue; and that file itself.
"""

import hashlib
import json
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, field
from msgspec.structs import replace

from layout import keeping
from layout.core import Diagnostic, Severity, Span
from layout.pipeline.load import Prepared
from layout.pipeline.made import PageFile, PressPage
from layout.pipeline.stamps import house_stamps, program_stamp

_FRAME: Final = struct.Struct(">Q")


class Shelf(Struct, frozen=True):
    """The kept pages of one issue. Without a folder nothing is kept and nothing found."""

    folder: Path | None
    names: tuple[str, ...] = field(default=())

    def page(self, index: int) -> PressPage | None:
        """The page at ``index`` of the issue, as an earlier build made it."""
        data = self._fetch(f"{self.names[index]}.page") if self.names else None
        return None if data is None else _opened(data)

    def keep_page(self, index: int, page: PressPage) -> None:
        """Keep a page that has a file."""
        if self.folder is not None and page.files:
            keeping.keep(self.folder / f"{self.names[index]}.page", _packed(page))

    def issue(self) -> bytes | None:
        """The file of the whole issue."""
        return self._fetch(f"{self._name}.issue")

    def keep_issue(self, data: bytes) -> None:
        """Keep the file of the whole issue."""
        if self.folder is not None:
            keeping.keep(self.folder / f"{self._name}.issue", data)

    @property
    def _name(self) -> str:
        return hashlib.sha256(" ".join(self.names).encode()).hexdigest()

    def _fetch(self, name: str) -> bytes | None:
        return keeping.fetch(self.folder / name) if self.folder is not None else None


def shelf_of(prepared: Prepared, folder: Path | None) -> Shelf:
    """The shelf of an issue, its pages named by what they are made from."""
    return Shelf(folder, tuple(_names(prepared)) if folder is not None else ())


def _packed(page: PressPage) -> bytes:
    files = [(file.numbers, len(file.data), file.sha256, len(file.leaf)) for file in page.files]
    found = [row_of(each) for each in page.found]
    head = json.dumps({"number": page.number, "files": files, "found": found, "share": page.share}).encode()
    return b"".join((_FRAME.pack(len(head)), head, *(part for file in page.files for part in (file.data, file.leaf))))


def _opened(data: bytes) -> PressPage:
    (head_size,) = _FRAME.unpack_from(data)
    start = _FRAME.size + head_size
    head = json.loads(data[_FRAME.size : start])
    files = []
    for numbers, size, checksum, leaf in head["files"]:
        middle, end = start + size, start + size + leaf
        files.append(PageFile(tuple(numbers), data[start:middle], checksum, data[middle:end]))
        start = end
    return PressPage(head["number"], tuple(files), tuple(map(found_in, head["found"])), head["share"])


def row_of(found: Diagnostic) -> list[Any]:
    """A finding as plain values."""
    span = found.span
    return [found.severity, found.code, found.message, span.path, span.line, span.column, found.hint, found.page]


def found_in(row: list[Any]) -> Diagnostic:
    """The finding of ``row_of``."""
    severity, code, message, path, line, column, hint, page = row
    return Diagnostic(Severity(severity), code, message, Span(path, line, column), hint, page)


def _names(prepared: Prepared) -> Iterator[str]:
    """For each page the digest of its copy, house styles, photographs and ads, and of what else it depends on."""
    issue = prepared.issue
    common = f"{program_stamp()} {replace(issue, pages=())!r} {sum(len(page.numbers) for page in issue.pages)}"
    styles = {id(house): f"{house!r} {house_stamps(house)}" for house in prepared.houses.values()}
    for page in issue.pages:
        houses = [(slug, styles[id(h)]) for (number, slug), h in prepared.houses.items() if number == page.number]
        facts = [prepared.facts[str(photo.file)] for story in page.stories for photo in story.photos]
        ads = [prepared.foreign.get((str(ad.file), ad.page)) or prepared.facts[str(ad.file)] for ad in page.ads]
        yield hashlib.sha256(repr((common, page, houses, facts, ads)).encode()).hexdigest()
