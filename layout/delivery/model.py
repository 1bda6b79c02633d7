"""What is signed and sent: the press files of one build, and what is known of the edition."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class PressFile:
    """A press file as the build listed it. ``page`` is its page number; None: the whole issue."""

    name: str
    size: int
    sha256: str
    page: int | None


@dataclass(frozen=True, slots=True)
class PressCondition:
    """What the files were made for. ``ink_limit`` is total area coverage, 2.4 for 240 %."""

    name: str
    condition: str
    ink_limit: float
    standard: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of the paper and what its house style asks of a sign-off (rule 三审: ``same_person``)."""

    paper: str
    number: str
    date: date
    pages: tuple[tuple[int, str], ...]  # page number, title
    press: PressCondition
    roles: tuple[str, ...]
    same_person: bool


@dataclass(frozen=True, slots=True)
class Build:
    """The press files in a folder, as ``report.json`` lists them."""

    out: Path
    edition: Edition
    files: tuple[PressFile, ...]

    @property
    def fingerprint(self) -> tuple[tuple[str, str], ...]:
        """Name and sha256 of every press file: what a sign-off is bound to."""
        return tuple((file.name, file.sha256) for file in self.files)


@dataclass(frozen=True, slots=True)
class Artifact:
    """One thing to send. ``key`` says what it is, whatever it is called at the receiver; ``page`` as in PressFile."""

    key: str
    media_type: str
    data: bytes
    sha256: str
    page: int | None = None

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.data)


def artifact(key: str, media_type: str, data: bytes, *, page: int | None = None) -> Artifact:
    """An artifact with its checksum."""
    return Artifact(key, media_type, data, sha256(data), page)


def sha256(data: bytes) -> str:
    """In hexadecimal."""
    return hashlib.sha256(data).hexdigest()
