"""YAML text to a tree of nodes, from the parser's events: nothing is expanded, so no file can blow up.

PyYAML's C parser when it is there, the pure one otherwise; both give the same tree. Limits: ``MAX_DEPTH``
levels, ``MAX_NODES`` nodes counted with every alias written out (the "billion laughs" ends after a few hundred
events). One document, text keys, no tags but ``!!str``, ``!!map`` and ``!!seq``; what scalars mean is said in
``scalars``. Duplicate keys, unknown aliases and the like are all reported; a syntax error ends the reading.
"""

from typing import Final

import yaml
from msgspec import Struct, field

from layout.core import Checked, Diagnostic, Span, error, has_errors
from layout.core.patterns import late
from layout.source.nodes import Entry, Items, Leaf, Node, Origin, Table
from layout.source.places import content_start
from layout.source.scalars import resolve
from layout.source.text import Source

MAX_DEPTH: Final = 64
MAX_NODES: Final = 100_000
_MOST: Final = 50
_LOADER: Final = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_STARTS: Final = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_TEXT_TAGS: Final = frozenset({"!", "tag:yaml.org,2002:str"})
_KNOWN_TAGS: Final = frozenset({*_TEXT_TAGS, "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"})
_ESCAPED: Final = late("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

# YAML 1.1 ends a line at NEL, U+2028 and U+2029; no editor does. The parser sees non-characters instead.
_HIDE: Final = {0x85: 0x1FFFE, 0x2028: 0x2FFFE, 0x2029: 0x3FFFE}
_SHOW: Final = {hidden: shown for shown, hidden in _HIDE.items()}
_SEPARATOR: Final = late("[\x85\u2028\u2029]")


def parse_yaml(source: Source, *, pure: bool = False) -> Checked[Node]:
    """The tree of a YAML text; ``pure`` keeps to PyYAML's own parser.

    Codes: yaml-syntax, yaml-tab, duplicate-key, yaml-key, yaml-tag, yaml-alias, yaml-too-deep,
    yaml-too-large, yaml-documents, control-character. The value is None when there are errors.
    """
    hidden = _SEPARATOR.search(source.text) is not None
    builder = _Builder(source, hidden=hidden)
    text = source.text.translate(_HIDE) if hidden else source.text
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader if pure else _LOADER):
            builder.take(event)
    except _Stopped:
        pass
    except (yaml.YAMLError, ValueError, OverflowError) as fault:  # the pure parser lets chr() fail on "\U00110000"
        from layout.source.syntax import syntax_faults  # a table of patterns that a good file never needs

        builder.found.extend(syntax_faults(source, fault))
    found = tuple(builder.found)
    root = builder.root or Leaf(None, "", source.span(0))
    return Checked(None if has_errors(found) else root, found)


def _start(event: yaml.Event) -> int:
    """The offset where an event begins; the parser marks every event."""
    assert event.start_mark is not None
    return event.start_mark.index


def _end(event: yaml.Event) -> int:
    """The offset behind an event."""
    assert event.end_mark is not None
    return event.end_mark.index


class _Stopped(Exception):  # noqa: N818 - a way out of the event loop, not an error
    """Reading on makes no sense."""


class _Open(Struct):
    """A mapping or sequence whose end has not come yet; ``key`` waits for its value."""

    span: Span
    anchor: str | None
    is_table: bool
    entries: dict[str, Entry] = field(default_factory=dict)
    nodes: list[Node] = field(default_factory=list)
    key: tuple[str, Span] | None = None
    weight: int = 1
    height: int = 0

    def close(self) -> Node:
        """The finished node."""
        return Table(self.entries, self.span) if self.is_table else Items(tuple(self.nodes), self.span)


class _Anchor(Struct, frozen=True):
    """A node that an alias may repeat: its size written out, and its levels."""

    node: Node
    weight: int
    height: int


class _Builder:
    """Takes events, keeps a stack of open collections, ends with ``root`` and ``found``."""

    def __init__(self, source: Source, *, hidden: bool) -> None:
        self.source = source
        self.hidden = hidden
        self.root: Node | None = None
        self.found: list[Diagnostic] = []
        self.open: list[_Open] = []
        self.anchors: dict[str, _Anchor] = {}
        self.total = 0

    def take(self, event: yaml.Event) -> None:
        """One event of the parser."""
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end()
        elif isinstance(event, _STARTS):
            self._start(event)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            self._report("yaml-documents", "a second document begins here", event, "keep one document, without `---`")
            raise _Stopped

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        start = _start(event)
        if event.anchor or event.tag:
            start = content_start(self.source.text, start)
        span = self.source.span(start)
        value = event.value.translate(_SHOW) if self.hidden else event.value
        origin = Origin(self.source, start, _end(event), event.style or "")
        is_plain = not event.style and event.tag not in _TEXT_TAGS
        leaf = Leaf(resolve(value) if is_plain else value, value, span, origin)
        self._check_tag(event)
        if event.style == '"' and not value.isprintable() and (control := _ESCAPED.search(value)):
            name = f"U+{ord(control[0]):04X}"
            self._report_at("control-character", f"control character {name}", span, "delete its escape")
        self._count(1, event)
        self._place(leaf, _Anchor(leaf, 1, 0), event.anchor)

    def _start(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        start = _start(event)
        if event.anchor or event.tag:
            start = content_start(self.source.text, start)
        if len(self.open) >= MAX_DEPTH:
            self._too_deep(event)
        self._count(1, event)
        self._check_tag(event)
        is_table = isinstance(event, yaml.MappingStartEvent)
        self.open.append(_Open(self.source.span(start), event.anchor, is_table))

    def _end(self) -> None:
        closed = self.open.pop()
        node = closed.close()
        self._place(node, _Anchor(node, closed.weight, closed.height + 1), closed.anchor)

    def _alias(self, event: yaml.AliasEvent) -> None:
        name = event.anchor or ""
        anchor = self.anchors.get(name)
        if anchor is None:
            inside = any(name == one.anchor for one in self.open)
            message = f"*{name} repeats what it stands in" if inside else f"nothing is anchored as &{name}"
            self._report("yaml-alias", message, event, 'a text that begins with * must stand in quotes: "*..."')
            leaf = Leaf(None, "", self._span(event))
            anchor = _Anchor(leaf, 1, 0)
        if len(self.open) + anchor.height > MAX_DEPTH:
            self._too_deep(event)
        self._count(anchor.weight, event)
        self._place(anchor.node, anchor, None)

    def _place(self, node: Node, size: _Anchor, name: str | None) -> None:
        """Put a finished node where it belongs, and remember it under its anchor's name."""
        if name is not None:
            self.anchors[name] = size
        parent = self.open[-1] if self.open else None
        if parent is None:
            self.root = node
            return
        parent.weight += size.weight
        parent.height = max(parent.height, size.height)
        if parent.is_table:
            self._pair(parent, node)
        else:
            parent.nodes.append(node)

    def _pair(self, parent: _Open, node: Node) -> None:
        if parent.key is None:
            parent.key = self._key(node)
            return
        (key, span), parent.key = parent.key, None
        first = parent.entries.get(key)
        if first is None:
            parent.entries[key] = Entry(key, span, node)
            return
        message = f"{key!r} is given twice; first on line {first.span.line}"
        self._report_at("duplicate-key", message, span, "keep one of the two")

    def _key(self, node: Node) -> tuple[str, Span]:
        if isinstance(node, Leaf):
            return node.raw, node.span
        self._report_at("yaml-key", "a key must be a word, not a list or a mapping", node.span, "write `key: value`")
        return f"?{len(self.found)}", node.span

    def _check_tag(self, event: yaml.ScalarEvent | yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        if event.tag is not None and event.tag not in _KNOWN_TAGS:
            hint = 'leave it out; a text that begins with ! must stand in quotes: "!..."'
            self._report("yaml-tag", f"the tag {event.tag} is not allowed", event, hint)

    def _count(self, nodes: int, event: yaml.Event) -> None:
        self.total += nodes
        if self.total > MAX_NODES:
            message = f"more than {MAX_NODES} values, counting what aliases repeat"
            self._report("yaml-too-large", message, event, "split the issue, or write out what the aliases repeat")
            raise _Stopped

    def _too_deep(self, event: yaml.Event) -> None:
        self._report("yaml-too-deep", f"more than {MAX_DEPTH} levels, one inside the other", event)
        raise _Stopped

    def _span(self, event: yaml.Event) -> Span:
        return self.source.span(_start(event))

    def _report(self, code: str, message: str, event: yaml.Event, hint: str = "") -> None:
        self._report_at(code, message, self._span(event), hint)

    def _report_at(self, code: str, message: str, span: Span, hint: str) -> None:
        self.found.append(error(code, message, span, hint))
        if len(self.found) >= _MOST:
            raise _Stopped
