"""L1: text files in, values with their places out. Knows YAML and JSON Schema, nothing of newspapers."""

from layout.source.build import build
from layout.source.convert import convert
from layout.source.files import MAX_BYTES, read_source, read_table
from layout.source.nodes import Entry, Items, Leaf, Node, Scalar, Table, as_node, merge, plain
from layout.source.parse import parse_yaml
from layout.source.paths import find_inside, resolve_inside
from layout.source.places import Placed, placed
from layout.source.schema import Schema, leaves, nearest, partial
from layout.source.text import Source
from layout.source.validate import validate

__all__ = [
    "MAX_BYTES",
    "Entry",
    "Items",
    "Leaf",
    "Node",
    "Placed",
    "Scalar",
    "Schema",
    "Source",
    "Table",
    "as_node",
    "build",
    "convert",
    "find_inside",
    "leaves",
    "merge",
    "nearest",
    "parse_yaml",
    "partial",
    "placed",
    "plain",
    "read_source",
    "read_table",
    "resolve_inside",
    "validate",
]
