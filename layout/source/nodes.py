"""The tree that a file holds: plain values, each with the place where it was written."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeAlias

from msgspec import Struct

from layout.core import NOWHERE, Span
from layout.source.text import Source

Scalar: TypeAlias = str | int | float | bool | date | None


class Origin(Struct, frozen=True):
    """Where a scalar was written: offsets into the source, and how (``|``, ``>``, ``"``, ``'`` or "" for plain)."""

    source: Source
    start: int
    end: int
    style: str


class Leaf(Struct, frozen=True):
    """A scalar. ``raw`` is its text as typed: ``012`` or ``2024-01-08`` where the text is wanted, not the value."""

    value: Scalar
    raw: str
    span: Span
    origin: Origin | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Leaf) and self._said == other._said

    def __hash__(self) -> int:
        return hash(self._said)

    def __repr__(self) -> str:
        return f"Leaf{self._said!r}"

    @property
    def _said(self) -> tuple[Scalar, str, Span]:
        """All but ``origin``, which holds the whole file: what is written elsewhere makes no other scalar."""
        return self.value, self.raw, self.span


class Items(Struct, frozen=True):
    """A sequence."""

    nodes: tuple["Node", ...]
    span: Span


class Entry(Struct, frozen=True):
    """One key of a mapping and what it holds; ``span`` is the key's place."""

    key: str
    span: Span
    node: "Node"


class Table(Struct, frozen=True):
    """A mapping in the order written. Keys are always text (``on:`` and ``1:`` too)."""

    entries: Mapping[str, Entry]
    span: Span

    def get(self, key: str) -> "Node | None":
        """What ``key`` holds; None when it is absent or empty (``key:`` with nothing after it)."""
        entry = self.entries.get(key)
        if entry is None or (isinstance(entry.node, Leaf) and entry.node.value is None):
            return None
        return entry.node

    def place(self, key: str) -> Span:
        """Where ``key`` is written, or the mapping's own place when it is not there."""
        return self.entries[key].span if key in self.entries else self.span

    def put(self, key: str, node: "Node") -> "Table":
        """A copy in which ``key`` holds ``node``."""
        return Table({**self.entries, key: Entry(key, node.span, node)}, self.span)


Node: TypeAlias = Leaf | Items | Table


def plain(node: Node) -> Any:
    """The JSON value of a node: dict, list, str, int, float, bool or None; a date as ISO text."""
    if isinstance(node, Table):
        return {key: plain(entry.node) for key, entry in node.entries.items()}
    if isinstance(node, Items):
        return [plain(item) for item in node.nodes]
    return node.value.isoformat() if isinstance(node.value, date) else node.value


def merge(base: Node, over: Node) -> Node:
    """``over`` laid on ``base``: mappings key by key, everything else replaced. Places stay where they were written."""
    if not (isinstance(base, Table) and isinstance(over, Table)):
        return over
    entries = dict(base.entries)
    for key, entry in over.entries.items():
        below = entries.get(key)
        entries[key] = entry if below is None else Entry(key, entry.span, merge(below.node, entry.node))
    return Table(entries, base.span)


def as_node(values: object, span: Span = NOWHERE) -> Node:
    """Plain values as a tree; everything in it stands at ``span``. A node is returned as it is."""
    if isinstance(values, Table | Items | Leaf):
        return values
    if isinstance(values, Mapping):
        return Table({str(key): Entry(str(key), span, as_node(value, span)) for key, value in values.items()}, span)
    if isinstance(values, Iterable) and not isinstance(values, str):
        return Items(tuple(as_node(value, span) for value in values), span)
    if values is None or isinstance(values, str | int | float | date):
        return Leaf(values, "" if values is None else str(values), span)
    msg = f"{type(values).__name__} is no value of a file"
    raise TypeError(msg)


def find(node: Node, path: Iterable[str | int]) -> Node:
    """The node at ``path`` (keys and indices), or the last one on the way that exists."""
    for step in path:
        if isinstance(node, Table) and step in node.entries:
            node = node.entries[str(step)].node
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node.nodes):
            node = node.nodes[step]
        else:
            break
    return node
