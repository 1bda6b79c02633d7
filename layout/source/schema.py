"""Walking a JSON Schema beside the tree that it describes.

Of the schema language only what our schemas use: ``$ref`` into the same document, ``properties``,
``additionalProperties``, ``items`` and ``anyOf`` whose branches differ in type.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, TypeAlias

from layout.source.nodes import Items, Leaf, Node, Table

Schema: TypeAlias = Mapping[str, Any]

_TYPES: Final[tuple[tuple[type, tuple[str, ...]], ...]] = (
    (bool, ("boolean",)),
    (int, ("integer", "number")),
    (float, ("number",)),
    (str, ("string",)),
    (date, ("string",)),
)


def types_of(node: Node) -> tuple[str, ...]:
    """The JSON types that a node counts as, the narrowest first."""
    if isinstance(node, Table):
        return ("object",)
    if isinstance(node, Items):
        return ("array",)
    return next((names for kind, names in _TYPES if isinstance(node.value, kind)), ("null",))


def admitted(schema: Schema) -> tuple[str, ...]:
    """The JSON types that a schema admits; an ``enum`` alone admits text."""
    types = schema.get("type", "string" if "enum" in schema else ())
    return (types,) if isinstance(types, str) else tuple(types)


def resolved(root: Schema, schema: Schema) -> Schema:
    """The schema with its ``$ref`` followed; what stands beside the ``$ref`` (title, description...) wins."""
    while "$ref" in schema:
        target: Any = root
        for step in schema["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        schema = {**target, **{key: value for key, value in schema.items() if key != "$ref"}}
    return schema


def branch(root: Schema, schema: Schema, node: Node) -> Schema:
    """The schema that judges ``node``: references followed, and of ``anyOf`` the first branch of its type."""
    schema = resolved(root, schema)
    for choice in schema.get("anyOf", ()):
        inner = resolved(root, choice)
        if set(admitted(inner)) & set(types_of(node)):
            return {**schema, **inner}
    return schema


def child(root: Schema, schema: Schema, step: str | int) -> Schema:
    """The schema of one key or item; an empty one where the schema says nothing."""
    below = schema.get("items") if isinstance(step, int) else schema.get("properties", {}).get(step)
    if below is None:
        below = schema.get("additionalProperties")
    return resolved(root, below) if isinstance(below, Mapping) else {}


def schema_at(root: Schema, node: Node, path: tuple[str | int, ...]) -> Schema:
    """The schema of what stands at ``path`` of ``node``."""
    schema = branch(root, root, node)
    for step in path:
        schema = child(root, schema, step)
        if isinstance(node, Table) and step in node.entries:
            node = node.entries[str(step)].node
        elif isinstance(node, Items) and isinstance(step, int):
            node = node.nodes[step]
        schema = branch(root, schema, node)
    return schema


def leaves(root: Schema, node: Node, schema: Schema | None = None) -> Iterator[tuple[Schema, Leaf]]:
    """Every scalar of a tree with its schema."""
    schema = branch(root, root if schema is None else schema, node)
    if isinstance(node, Leaf):
        yield schema, node
    elif isinstance(node, Items):
        for index, item in enumerate(node.nodes):
            yield from leaves(root, item, child(root, schema, index))
    else:
        for key, entry in node.entries.items():
            yield from leaves(root, entry.node, child(root, schema, key))


def partial(schema: Schema) -> dict[str, Any]:
    """The same schema with nothing required: for settings laid over others."""
    return {key: _partial(value) for key, value in schema.items() if key != "required"}


def _partial(value: Any) -> Any:
    if isinstance(value, Mapping):
        return partial(value)
    return [_partial(item) for item in value] if isinstance(value, list) else value


def nearest(name: str, known: Mapping[str, str] | tuple[str, ...]) -> str:
    """A hint for a name that is not known: the nearest that is, by spelling or by its trade term, else all of them.

    ``known`` may map names to titles ("headline 主题"): a name that stands in a title means that name.
    """
    from difflib import get_close_matches

    titles = known if isinstance(known, Mapping) else {}
    close = [key for key, title in titles.items() if name in title.split()] or get_close_matches(name, known, 1)
    if close:
        return f"did you mean {close[0]}?"
    return f"known here: {', '.join(known)}" if known else ""
