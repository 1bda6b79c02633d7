"""IPP 1.1 (RFC 8010, RFC 8011) over HTTP or HTTPS, as much of it as printing a file takes; standard library only."""

import ssl
import struct
from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from typing import Any, Final, TypeAlias

from msgspec import Struct, field

Value: TypeAlias = str | int | bool | bytes
Attributes: TypeAlias = dict[str, tuple[Value, ...]]


class Operation(IntEnum):
    """Operations (RFC 8011, 5.4.15)."""

    PRINT_JOB = 0x0002
    CANCEL_JOB = 0x0008
    GET_JOB_ATTRIBUTES = 0x0009
    GET_JOBS = 0x000A
    GET_PRINTER_ATTRIBUTES = 0x000B


class Group(IntEnum):
    """Delimiters of attribute groups (RFC 8010, 3.5.1)."""

    OPERATION = 1
    JOB = 2
    END = 3
    PRINTER = 4
    UNSUPPORTED = 5


class Tag(IntEnum):
    """Value tags (RFC 8010, 3.5.2)."""

    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME_TYPE = 0x49


_INTEGERS: Final = frozenset({Tag.INTEGER, Tag.ENUM})
_TEXTS: Final = frozenset(
    {Tag.TEXT, Tag.NAME, 0x43, Tag.KEYWORD, Tag.URI, 0x46, Tag.CHARSET, Tag.LANGUAGE, Tag.MIME_TYPE}
)
_PORT: Final = 631
_LONGEST: Final = 8_000_000


class IppError(Exception):
    """The answer is no IPP, or not HTTP 200. ``passing``: whether the server says that it may do better later."""

    def __init__(self, message: str, *, passing: bool = False) -> None:
        super().__init__(message)
        self.passing = passing


class Answer(Struct, frozen=True):
    """A response: its status code and the attribute groups in order."""

    status: int
    groups: tuple[tuple[int, Attributes], ...] = field(default=())

    @property
    def ok(self) -> bool:
        """Whether the printer did what it was asked for."""
        return self.status < 0x0100

    def first(self, group: Group) -> Attributes:
        """The attributes of the first group of a kind; none when there is no such group."""
        return next((attributes for kind, attributes in self.groups if kind == group), {})


class Printer(Struct, frozen=True):
    """Where a printer listens. ``ca``: the certificates that vouch for it, the system's when None."""

    host: str
    port: int
    path: str
    secure: bool
    timeout: float
    ca: Path | None = None

    @property
    def uri(self) -> str:
        """The printer's URI as its operations want it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"ipp{'s' if self.secure else ''}://{host}:{self.port or _PORT}{self.path}"

    def ask(self, operation: Operation, attributes: Sequence[tuple[Tag, str, Value]] = (), **more: Any) -> Answer:
        """Ask for an operation; ``job``: job attributes; ``data``: the document. Raises OSError, IppError."""
        target = (Tag.URI, "printer-uri", self.uri)
        body = encode(operation, (target, *attributes), more.get("job", ())) + more.get("data", b"")
        connection = self._connection()
        try:
            connection.request("POST", self.path, body, {"Content-Type": "application/ipp"})
            response = connection.getresponse()
            answer = response.read(_LONGEST)
        except HTTPException as fault:
            msg = f"no HTTP answer: {type(fault).__name__}"
            raise IppError(msg, passing=True) from None
        finally:
            connection.close()
        if response.status != 200:
            msg = f"HTTP {response.status} {response.reason}"
            raise IppError(msg, passing=response.status >= 500)
        return decode(answer)

    def _connection(self) -> HTTPConnection:
        port = self.port or _PORT
        if not self.secure:
            return HTTPConnection(self.host, port, timeout=self.timeout)
        context = ssl.create_default_context(cafile=str(self.ca) if self.ca else None)
        return HTTPSConnection(self.host, port, timeout=self.timeout, context=context)


def encode(
    operation: Operation, attributes: Sequence[tuple[Tag, str, Value]], job: Sequence[tuple[Tag, str, Value]] = ()
) -> bytes:
    """A request up to where the document begins; charset and language, which must come first, are added."""
    head = ((Tag.CHARSET, "attributes-charset", "utf-8"), (Tag.LANGUAGE, "attributes-natural-language", "en"))
    body = struct.pack(">BBHI", 1, 1, operation, 1) + bytes([Group.OPERATION])
    body += b"".join(_attribute(*one) for one in (*head, *attributes))
    if job:
        body += bytes([Group.JOB]) + b"".join(_attribute(*one) for one in job)
    return body + bytes([Group.END])


def decode(data: bytes) -> Answer:
    """A response. Raises IppError."""
    try:
        status = struct.unpack_from(">H", data, 2)[0]
        groups: list[tuple[int, dict[str, list[Value]]]] = []
        name = ""
        for tag, given, value in _fields(data, 8):
            if tag < 0x10:
                groups.append((tag, {}))
                continue
            name = given or name  # an empty name: a further value of the attribute before
            groups[-1][1].setdefault(name, []).append(_value(tag, value))
    except (struct.error, IndexError, UnicodeDecodeError) as fault:
        msg = f"the answer is no IPP: {fault}"
        raise IppError(msg) from None
    return Answer(status, tuple((kind, _frozen(attributes)) for kind, attributes in groups))


def _attribute(tag: Tag, name: str, value: Value) -> bytes:
    if isinstance(value, bool):
        raw = bytes([value])
    elif isinstance(value, int):
        raw = struct.pack(">i", value)
    else:
        raw = value if isinstance(value, bytes) else value.encode()
    key = name.encode()
    return struct.pack(">BH", tag, len(key)) + key + struct.pack(">H", len(raw)) + raw


def _fields(data: bytes, offset: int) -> Iterator[tuple[int, str, bytes]]:
    """Delimiters and attributes of a response, up to the end of attributes."""
    while (tag := data[offset]) != Group.END:
        offset += 1
        if tag < 0x10:
            yield tag, "", b""
            continue
        (length,) = struct.unpack_from(">H", data, offset)
        name = data[offset + 2 : offset + 2 + length].decode()
        offset += 2 + length
        (length,) = struct.unpack_from(">H", data, offset)
        yield tag, name, data[offset + 2 : offset + 2 + length]
        offset += 2 + length


def _value(tag: int, raw: bytes) -> Value:
    if tag in _INTEGERS:
        number: int = struct.unpack(">i", raw)[0]
        return number
    if tag == Tag.BOOLEAN:
        return raw != b"\0"
    return raw.decode() if tag in _TEXTS else raw


def _frozen(attributes: Mapping[str, Sequence[Value]]) -> Attributes:
    return {name: tuple(values) for name, values in attributes.items()}
