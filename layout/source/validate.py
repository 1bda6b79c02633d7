"""A tree against a JSON Schema: every error at once, each at its place, with a code and a hint.

Codes: unknown-key, missing-key, wrong-type, bad-value. Hints come from the schema's own titles, descriptions
and examples, so that the schema is the one place where a setting is explained.
"""

import json
from collections.abc import Iterable
from typing import Any, Final

from layout.core import Diagnostic, error
from layout.source.accept import Formats, accepts
from layout.source.nodes import Leaf, Node, Table, find, plain
from layout.source.schema import Schema, admitted, child, nearest, resolved, schema_at, types_of

_WORDS: Final = {
    "object": "a mapping of keys to values",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "nothing",
}
_LIMITS: Final = {
    "minimum": "must be at least {}",
    "maximum": "must be at most {}",
    "exclusiveMinimum": "must be more than {}",
    "exclusiveMaximum": "must be less than {}",
    "minItems": "must have at least {} items",
    "maxItems": "must have at most {} items",
    "minLength": "must have at least {} characters",
    "maxLength": "must have at most {} characters",
    "minProperties": "must have at least {} keys",
}
_FILLED: Final = frozenset({"minItems", "minLength", "minProperties"})
"""Limits that ask for something at all where they are 1."""

_FORMS: Final = {"length": "a length", "size": "a length above 0", "date": "a date such as 2024-01-08"}


def validate(schema: Schema, node: Node, formats: Formats | None = None) -> tuple[Diagnostic, ...]:
    """What is wrong with ``node``, in the order of the places. ``formats`` check text by the schema's ``format``."""
    value, formats = plain(node), formats or {}
    if accepts(schema, value, formats):
        return ()
    import jsonschema_rs

    validator = jsonschema_rs.Draft7Validator(dict(schema), formats=dict(formats), validate_formats=True)
    found = [one for fault in validator.iter_errors(value) for one in _explain(schema, node, fault)]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.span, one.code, one.message)))


def _explain(root: Schema, tree: Node, fault: Any) -> Iterable[Diagnostic]:
    """The diagnostics of one validation error."""
    path = tuple(fault.instance_path)
    node = find(tree, path)
    schema = schema_at(root, tree, path)
    keyword = fault.schema_path[-1]
    if keyword == "additionalProperties" and isinstance(node, Table):
        return _unknown_keys(root, schema, node)
    if keyword == "required":
        return [_missing_key(root, schema, node, fault.kind.property)]
    if keyword == "anyOf":
        return _no_branch(root, tree, fault)
    subject = _subject(path)
    if keyword == "type":
        return [_wrong_type(schema, node, subject)]
    return [error("bad-value", f"{subject} {_demand(schema, node, keyword)}", node.span, _hint(schema))]


def _unknown_keys(root: Schema, schema: Schema, node: Table) -> list[Diagnostic]:
    known = {key: resolved(root, value).get("title", "") for key, value in schema.get("properties", {}).items()}
    return [
        error("unknown-key", f"unknown key {key!r}", entry.span, nearest(key, known))
        for key, entry in node.entries.items()
        if key not in known
    ]


def _missing_key(root: Schema, schema: Schema, node: Node, key: str) -> Diagnostic:
    hint = _hint(resolved(root, schema["properties"][key]), f"{key}: ")
    return error("missing-key", f"{key!r} is missing", node.span, hint)


def _no_branch(root: Schema, tree: Node, fault: Any) -> Iterable[Diagnostic]:
    """The errors of the branch that has the value's type; none has: the type is wrong."""
    path = tuple(fault.instance_path)
    node = find(tree, path)
    above = schema_at(root, tree, path[:-1])
    outer = child(root, above, path[-1])
    choices = [resolved(root, choice) for choice in outer["anyOf"]]
    for choice, errors in zip(choices, fault.kind.context, strict=True):
        if set(admitted(choice)) & set(types_of(node)):
            return [one for inner in errors for one in _explain(root, tree, inner)]
    types = tuple(dict.fromkeys(name for choice in choices for name in admitted(choice)))
    return [_wrong_type({**outer, "type": types}, node, _subject(path))]


def _wrong_type(schema: Schema, node: Node, subject: str) -> Diagnostic:
    wanted = " or ".join(_WORDS[name] for name in admitted(schema))
    hint = _hint(schema)
    if isinstance(node, Leaf) and node.value is not None and "string" in admitted(schema):
        hint = f'put it in quotes: "{node.raw}"'
    return error("wrong-type", f"{subject} must be {wanted}, not {_WORDS[types_of(node)[0]]}", node.span, hint)


def _demand(schema: Schema, node: Node, keyword: str) -> str:
    """What a value that fails ``keyword`` should be."""
    value = _given(node)
    if keyword in _FILLED and schema[keyword] == 1:
        return "must not be empty"
    if keyword in _LIMITS:
        return _LIMITS[keyword].format(schema[keyword]) + value
    if keyword == "enum":
        choices = tuple(map(str, schema["enum"]))
        near = nearest(node.raw, choices) if isinstance(node, Leaf) else ""
        tail = f" ({near})" if near.startswith("did") else ""
        return f"must be one of {', '.join(choices)}{value}{tail}"
    if keyword == "format":
        return f"must be {_FORMS[schema['format']]}{value}"
    return f"cannot be {node.raw!r}" if isinstance(node, Leaf) else "has a form that is not allowed"


def _given(node: Node) -> str:
    """What was given instead, as it was typed; nothing for a list or a mapping."""
    if not isinstance(node, Leaf):
        return ""
    return f", not {node.raw!r}" if isinstance(node.value, str) else f", not {node.raw or 'nothing'}"


def _subject(path: tuple[str | int, ...]) -> str:
    """What an error is about, by the last key on the way to it."""
    key = next((step for step in reversed(path) if isinstance(step, str)), None)
    if key is None:
        return "the file" if not path else f"item {int(path[-1]) + 1}"
    return repr(key) if isinstance(path[-1], str) else f"item {int(path[-1]) + 1} of {key!r}"


def _hint(schema: Schema, prefix: str = "") -> str:
    """The schema's description, and its first example as one would type it."""
    description = str(schema.get("description", "")).rstrip(".")
    examples = schema.get("examples", ())
    if not examples:
        return description
    example = examples[0] if isinstance(examples[0], str) else json.dumps(examples[0], ensure_ascii=False)
    example = example.replace("\n", " ⏎ ")
    return f"{description}; for example {prefix}{example}" if description else f"for example {prefix}{example}"
