"""A valid tree to Python values, as its schema says: lengths to points, percent to shares, dates to dates."""

from collections.abc import Callable
from datetime import date
from typing import Any

from layout.core import Pt, parse_length
from layout.source.nodes import Items, Leaf, Node, Table
from layout.source.schema import Schema, admitted, branch, child

LengthReader = Callable[[float | str], Pt]


def convert(root: Schema, node: Node, *, schema: Schema | None = None, length: LengthReader = parse_length) -> Any:
    """The value of ``node``, which must satisfy its schema: dict, tuple or scalar.

    ``format: length`` and ``format: size`` are read with ``length``; ``unit: percent`` is divided by 100;
    ``format: date`` becomes a date. Text keeps the characters that were typed, so that ``012`` stays ``012``.
    """
    schema = branch(root, root if schema is None else schema, node)
    if isinstance(node, Table):
        return {
            key: convert(root, entry.node, schema=child(root, schema, key), length=length)
            for key, entry in node.entries.items()
        }
    if isinstance(node, Items):
        return tuple(
            convert(root, item, schema=child(root, schema, index), length=length)
            for index, item in enumerate(node.nodes)
        )
    return _scalar(schema, node, length)


def _scalar(schema: Schema, leaf: Leaf, length: LengthReader) -> Any:
    if leaf.value is None or isinstance(leaf.value, bool):
        return leaf.value
    form = schema.get("format")
    if form == "date":
        return leaf.value if isinstance(leaf.value, date) else date.fromisoformat(leaf.raw)
    if not isinstance(leaf.value, int | float) or "string" in admitted(schema):
        return length(_typed(leaf)) if form in {"length", "size"} else leaf.raw
    if schema.get("unit") == "percent":
        return leaf.value / 100
    return int(leaf.value) if "integer" in admitted(schema) else float(leaf.value)


def _typed(leaf: Leaf) -> float | str:
    return leaf.value if isinstance(leaf.value, int | float) else leaf.raw
