"""What a build makes of a page."""

from collections.abc import Mapping
from typing import TypeAlias

from msgspec import Struct

from layout.core import Diagnostic
from layout.display import Picture
from layout.images import PressPicture
from layout.pipeline.report import Share

Pictures: TypeAlias = Mapping[Picture, PressPicture]
"""Every picture of a page, converted."""


class PageFile(Struct, frozen=True):
    """The press file of a page, or of both pages of a spread that go out on one sheet, with its checksum.

    ``leaf`` is what the file of the whole issue needs besides ``data`` to take the page over.
    """

    numbers: tuple[int, ...]
    data: bytes
    sha256: str
    leaf: bytes

    @property
    def name(self) -> str:
        """Its place in the output folder: ``pages/04.pdf``, ``pages/04-05.pdf``."""
        return f"pages/{'-'.join(f'{number:02d}' for number in self.numbers)}.pdf"


class PressPage(Struct, frozen=True):
    """One page made for the press.

    ``files`` is its own file (two for a spread in halves), none when it has errors; ``found`` what was found, ``share``
    what it adds to the report.
    """

    number: int
    files: tuple[PageFile, ...]
    found: tuple[Diagnostic, ...]
    share: Share
