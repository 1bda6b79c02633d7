"""What is known of a foreign page, and the page itself as objects that any file can take in."""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from layout.core import Size

Lifted: TypeAlias = tuple[bytes | int, ...]
"""One object as it is written into a file: its bytes, and in place of each reference the number of the object meant."""


class ForeignFault(Exception):  # noqa: N818 - a finding about a file
    """A page that cannot be lifted out of its file. ``message`` is for the desk."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


ForeignKey: TypeAlias = tuple[str, int]
"""A page of a file: its path and its number, from 1."""


class ForeignFacts(Struct, frozen=True):
    """A page of a PDF: its trim as it stands upright, the checksum of the file.

    ``condition`` is the press condition that the file was made for, "" when it names none; ``plates`` are those
    that the page needs, ``findings`` the codes of what its preflight found.
    """

    path: Path
    page: int
    size: Size
    sha256: str
    condition: str
    plates: tuple[str, ...]
    findings: tuple[str, ...] = ()


class ForeignPage(Struct, frozen=True):
    """A page as a form XObject with all that it needs. ``objects[0]`` is the form, its bounding box the page's trim.

    ``box`` is that trim in the page's own space: left, bottom, right, top; ``rotation`` is the clockwise turn, in
    degrees, by which the page stands upright.
    """

    box: tuple[float, float, float, float]
    rotation: int
    objects: tuple[Lifted, ...]


ForeignPages: TypeAlias = Mapping[ForeignKey, ForeignPage]
"""Pages ready for a press file."""
