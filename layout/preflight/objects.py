"""PDF objects of any quality, read without surprises: what is missing or of the wrong kind is None or empty.

Whoever read the file (``plain``, ``qpdf``), a value is None, a bool, an int or float, a ``Symbol`` (a name without its
slash), bytes (a string), an ``Array``, a ``Holder`` (a dictionary) or a ``Stream``.
"""

from abc import abstractmethod
from collections.abc import Iterator
from typing import Final, Protocol, TypeAlias

from layout.preflight.content.tokens import Symbol

Value: TypeAlias = object
"""Whatever stands in a file."""

Identity: TypeAlias = tuple[int, int]
"""Number and generation of an indirect object; (0, 0) of a direct one."""

DIRECT: Final[Identity] = (0, 0)
_LARGEST: Final = 1e9
"""Numbers beyond this are no lengths, tints or counts."""

_BIG_ENDIAN, _LITTLE_ENDIAN, _UTF8 = b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf"
_PDFDOC: Final = str.maketrans(
    dict(
        zip(
            (*range(0x18, 0x20), *range(0x7F, 0xA1), 0xAD),
            "˘ˇˆ˙˝˛˚˜\ufffd•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž\ufffd€\ufffd",
            strict=True,
        )
    )
)
"""Where PDFDocEncoding is not Latin-1 (ISO 32000-1, annex D.2)."""


# What both readers give. The methods are abstract to the type checker; without the metaclass ABCMeta, which would make
# each of the thousands of ``isinstance`` below take four times as long.


class Array:
    """An array; ``identity`` says which object it is."""

    identity: Identity = DIRECT

    @abstractmethod
    def __iter__(self) -> Iterator[Value]:
        """Its elements; None for one that cannot be read."""


class Holder:
    """A dictionary; ``identity`` says which object it is."""

    identity: Identity = DIRECT

    @abstractmethod
    def keys(self) -> list[str]:
        """Its keys, each with its slash."""

    @abstractmethod
    def get(self, key: str) -> Value:
        """The value of a key; None when there is none or it cannot be read."""


class Stream(Holder):
    """A stream, with the entries of its dictionary."""

    @abstractmethod
    def raw(self) -> bytes:
        """Its bytes as they lie in the file; empty when they cannot be read."""

    @abstractmethod
    def unpacked(self) -> bytes:
        """Its bytes through all of its filters, however many they are. Raises ValueError when they are damaged."""


class File(Protocol):
    """An opened file."""

    @property
    def encrypted(self) -> bool:
        """Whether it is encrypted."""

    @property
    def object_streams(self) -> bool:
        """Whether objects or the table are packed in streams, which PDF 1.4 does not know."""

    @property
    def trailer(self) -> Value:
        """Its trailer."""

    @property
    def objects(self) -> Iterator[Value]:
        """All indirect objects."""

    @property
    def damage(self) -> tuple[str, ...]:
        """What had to be repaired to read what was read so far."""

    def close(self) -> None:
        """Let go of the file."""


def get(holder: Value, *path: str) -> Value:
    """What stands at the end of a path of keys, each with its slash; None where the path breaks off."""
    for key in path:
        if not isinstance(holder, Holder):
            return None
        holder = holder.get(key)
    return holder


def entries(holder: Value) -> Iterator[tuple[str, Value]]:
    """Keys, with their slash and sorted, and values of a dictionary or a stream's dictionary."""
    if isinstance(holder, Holder):
        for key in sorted(holder.keys()):
            yield key, holder.get(key)


def elements(value: Value) -> Iterator[Value]:
    """The elements of an array; of anything else, none."""
    if isinstance(value, Array):
        yield from value


def one_or_many(value: Value) -> tuple[Value, ...]:
    """An array's elements, or the value alone; empty for None."""
    if value is None:
        return ()
    return tuple(value) if isinstance(value, Array) else (value,)


def number(value: Value) -> float | None:
    """A number of bearable size."""
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= _LARGEST:
        return float(value)
    return None


def integer(value: Value) -> int | None:
    """A whole number of bearable size."""
    found = number(value)
    return int(found) if found is not None and found == int(found) else None


def numbers(value: Value) -> tuple[float, ...]:
    """An array of numbers; empty when one of its elements is none."""
    found = [number(one) for one in elements(value)]
    return tuple(one for one in found if one is not None) if None not in found else ()


def name(value: Value) -> str:
    """A name without its slash; bytes that are not UTF-8 are lone surrogates. Empty when it is no name."""
    return value if isinstance(value, Symbol) else ""


def text(value: Value) -> str | None:
    """A text string (ISO 32000-1, 7.9.2.2); None when it is none."""
    if not isinstance(value, bytes):
        return None
    if value.startswith(_BIG_ENDIAN):
        return value[2:].decode("utf-16-be", "replace")
    if value.startswith(_LITTLE_ENDIAN):
        return value[2:].decode("utf-16-le", "replace")
    if value.startswith(_UTF8):
        return value[3:].decode("utf-8", "replace")
    return value.decode("latin-1").translate(_PDFDOC)


def raw(value: Value) -> bytes | None:
    """The bytes of a string; None when it is none."""
    return value if isinstance(value, bytes) else None


def is_holder(value: Value) -> bool:
    """Whether it is a dictionary or a stream."""
    return isinstance(value, Holder)


def identity(value: Value) -> Identity:
    """Which object it is."""
    return value.identity if isinstance(value, Holder | Array) else DIRECT


def raw_stream(value: Value) -> bytes:
    """A stream's bytes as they lie in the file; empty when it is no stream or cannot be read."""
    return value.raw() if isinstance(value, Stream) else b""


def filters(stream: Value) -> tuple[str, ...]:
    """The names of a stream's filters in the order of decoding."""
    return tuple(name(one) for one in one_or_many(get(stream, "/Filter")))
