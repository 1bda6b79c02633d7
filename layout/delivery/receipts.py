"""Receipts: what went where, when, under which name. They are also the memory that keeps things from going twice."""

import json
import re
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, to_builtins
from msgspec.structs import replace

from layout.delivery.storage import write_whole

RECEIPTS: Final = "receipts"
SUBMITTED: Final = "submitted"
"""A printer has taken the job and has not said yet that it is done."""
DELIVERED: Final = "delivered"
"""Complete at the receiver, and verified there; or printed."""

FAILED: Final = "failed"
"""A printer took the job and gave it up."""

_FILE: Final = re.compile(r"(?P<channel>.+)-(?P<serial>[0-9]{4,})\.json")


class Sent(Struct, frozen=True):
    """One artifact at the receiver. ``remote`` is its address there, ``version`` from 1, ``at`` UTC in ISO 8601."""

    key: str
    name: str
    version: int
    sha256: str
    bytes: int
    remote: str
    state: str
    at: str


class Receipt(Struct, frozen=True):
    """One run of sending. ``complete`` when everything arrived; ``signoffs`` are the stages as signed."""

    channel: str
    serial: int
    url: str
    at: str
    edition: str
    signoffs: tuple[tuple[tuple[str, str], ...], ...]
    unsigned_proof: bool
    items: tuple[Sent, ...] = ()
    complete: bool = False

    @property
    def file(self) -> str:
        """Where it is kept, relative to the output folder."""
        return f"{RECEIPTS}/{self.channel}-{self.serial:04}.json"

    def with_item(self, item: Sent) -> "Receipt":
        """A copy in which ``item`` is what is known of its key."""
        return replace(self, items=(*(one for one in self.items if one.key != item.key), item))


def read_receipts(out: Path, channel: str) -> tuple[Receipt, ...]:
    """The receipts of a channel, oldest first. Raises OSError; ValueError when one cannot be read, with its path."""
    found = []
    for path in (out / RECEIPTS).glob("*.json"):
        name = _FILE.fullmatch(path.name)
        if name is not None and name["channel"] == channel:
            found.append(_read(path))
    return tuple(sorted(found, key=lambda receipt: receipt.serial))


def receipt_channels(out: Path) -> tuple[str, ...]:
    """The channels that there are receipts of."""
    names = (_FILE.fullmatch(path.name) for path in (out / RECEIPTS).glob("*.json"))
    return tuple(sorted({name["channel"] for name in names if name}))


def last_sent(receipts: tuple[Receipt, ...], key: str) -> Sent | None:
    """What is known of ``key`` at the receiver: its highest version, as it was last heard of."""
    items = [item for receipt in receipts for item in receipt.items if item.key == key]
    return max(reversed(items), key=lambda item: item.version, default=None)


def write_receipt(out: Path, receipt: Receipt) -> Path:
    """Write the receipt, whole or not at all. Raises OSError."""
    path = out / receipt.file
    values = {**to_builtins(receipt), "signoffs": [dict(one) for one in receipt.signoffs]}
    write_whole(path, (json.dumps(values, ensure_ascii=False, indent=2) + "\n").encode())
    return path


def _read(path: Path) -> Receipt:
    try:
        values: dict[str, Any] = json.loads(path.read_text("utf-8"))
        items = tuple(Sent(**item) for item in values.pop("items"))
        signoffs = tuple(tuple(one.items()) for one in values.pop("signoffs"))
        return Receipt(**values, items=items, signoffs=signoffs)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as fault:
        msg = f"{path} is no receipt: {fault}"
        raise ValueError(msg) from None
