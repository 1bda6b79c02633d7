"""What is signed and sent: the press files of one build, and what is known of the edition."""

import hashlib
from datetime import date
from pathlib import Path
from typing import Final

from msgspec import Struct

PARTICULARS: Final = "edition"
"""What the particulars of the edition are called among the files that a sign-off is bound to."""


class PressFile(Struct, frozen=True):
    """A press file as the build listed it. ``pages`` are its page numbers, two of a spread; none: the whole issue."""

    name: str
    size: int
    sha256: str
    pages: tuple[int, ...]


class PressCondition(Struct, frozen=True):
    """What the files were made for. ``ink_limit`` is total area coverage, 2.4 for 240 %."""

    name: str
    condition: str
    ink_limit: float
    standard: str


class Edition(Struct, frozen=True):
    """One edition of the paper and what its house style asks of a sign-off (rule 三审: ``same_person``)."""

    paper: str
    number: str
    date: date
    pages: tuple[tuple[int, str], ...]  # page number, title
    press: PressCondition
    roles: tuple[str, ...]
    same_person: bool


class Build(Struct, frozen=True):
    """The press files in a folder, as ``report.json`` lists them.

    ``particulars`` is the sha256 of what the report says of the edition and its press, all of it.
    """

    out: Path
    edition: Edition
    files: tuple[PressFile, ...]
    particulars: str

    @property
    def fingerprint(self) -> tuple[tuple[str, str], ...]:
        """What a sign-off is bound to: name and sha256 of every press file, and the particulars as PARTICULARS.

        Date, paper and press condition name the files and stand in the manifest, and the stages say who must sign:
        press files alone would let them be changed after signing.
        """
        return (*((file.name, file.sha256) for file in self.files), (PARTICULARS, self.particulars))

    @property
    def identity(self) -> str:
        """A short name of this very build, for people to compare."""
        return sha256(repr(sorted(self.fingerprint)).encode())[:12]


class Artifact(Struct, frozen=True):
    """One thing to send. ``key`` says what it is, whatever it is called at the receiver; ``pages`` as in PressFile."""

    key: str
    media_type: str
    data: bytes
    sha256: str
    pages: tuple[int, ...] = ()

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.data)


def artifact(key: str, media_type: str, data: bytes, *, pages: tuple[int, ...] = ()) -> Artifact:
    """An artifact with its checksum."""
    return Artifact(key, media_type, data, sha256(data), pages)


def first_page(pages: tuple[int, ...]) -> int | None:
    """The page that a finding about a file is listed under."""
    return pages[0] if pages else None


def sha256(data: bytes) -> str:
    """In hexadecimal."""
    return hashlib.sha256(data).hexdigest()
