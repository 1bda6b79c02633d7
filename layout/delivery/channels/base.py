"""What every channel can do, and how it says that it could not."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from enum import Enum
from typing import Final, Protocol, TypeAlias

from layout.core import Diagnostic, error
from layout.delivery.model import Artifact
from layout.delivery.settings import ChannelSettings

Note: TypeAlias = Callable[[str], None]
"""Is told the address of what the receiver has accepted but not finished yet."""

Tell: TypeAlias = Callable[[str], None]
"""Is told, a line at a time, what is being done."""

CHUNK: Final = 256 * 1024
"""Bytes that go out, or are read back, at a time."""


class Place(Enum):
    """What stands at the receiver under a name."""

    FREE = "nothing"
    SAME = "these very bytes"
    TAKEN = "something else"


class DeliveryError(Exception):
    """The receiver or the way to it failed.

    ``retry``: whether another try may help. ``lost``: whether what was handed over has been given up for good.
    """

    def __init__(self, code: str, message: str, hint: str = "", *, retry: bool = False, lost: bool = False) -> None:
        super().__init__(message)
        self.diagnostic: Diagnostic = error(code, message, hint=hint)
        self.retry = retry
        self.lost = lost


class NameTakenError(Exception):
    """Somebody else put something under the final name in the meantime."""


class Channel(Protocol):
    """An open way to a receiver. All methods raise DeliveryError.

    Under its final name an artifact is complete and verified, or it is not there.
    """

    def look(self, name: str, item: Artifact) -> Place:
        """What stands under ``name``."""

    def address(self, name: str) -> str:
        """The address of what stands under ``name``."""

    def put(self, name: str, item: Artifact, *, replace: bool, note: Note) -> str:
        """Deliver ``item`` as ``name`` and give its address. Raises NameTakenError unless ``replace``."""

    def follow(self, remote: str) -> None:
        """Wait for what an earlier run handed over at the address ``remote``."""


Opener: TypeAlias = Callable[[ChannelSettings, Tell], AbstractContextManager[Channel]]
"""Opens a channel, which may tell what it waits for."""


def part_name(name: str, item: Artifact) -> str:
    """What ``name`` is called on its way.

    It carries the content's checksum, so that two senders share a part only when they send the same bytes: each
    can then only write what the other writes, and a part that was checked stays as it was checked.
    """
    return f"{name}.{item.sha256[:12]}.part"


def chunks(data: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The data from ``start`` on, piece by piece, each with its offset."""
    view = memoryview(data)
    for offset in range(start, len(data), CHUNK):
        yield offset, bytes(view[offset : offset + CHUNK])


@contextmanager
def opened(channel: Channel) -> Iterator[Channel]:
    """A channel that has nothing to close."""
    yield channel
