"""Words for the other direction: text columns in a vertical story, tiers in a horizontal one."""

from collections.abc import Iterator
from typing import Final

from layout.core import Diagnostic, Span, error
from layout.issue.model import Story
from layout.source import Items, Leaf, Node, Table

_OF_HORIZONTAL: Final = {"columns": "tiers", "column": "tier", "top": "right", "bottom": "left"}
"""What a vertical story has in the place of columns, and where its first and last lines stand."""
_OF_VERTICAL: Final = {"tiers": "columns", "tier": "column", "right": "top", "left": "bottom"}


def direction_faults(story: Table, page: int) -> Iterator[Diagnostic]:
    """What a story says that has no meaning in its direction. Code wrong-direction."""
    direction = story.get("direction")
    vertical = isinstance(direction, Leaf) and direction.raw == "vertical"
    words = _OF_HORIZONTAL if vertical else _OF_VERTICAL
    named = "vertical" if vertical else "horizontal"
    for word, span in _words(story):
        if word in words:
            yield _fault(f"{word!r} has no meaning in a {named} story", span, f"write {words[word]}", page)
    yield from _head_faults(story.get("head"), page, vertical=vertical)


def vertical_tables(story: Story, page: int) -> Iterator[Diagnostic]:
    """The tables of a vertical story, where none can stand. Code wrong-direction."""
    for table in story.tables:
        hint = "give it a horizontal story of its own beside or below"
        yield _fault("a table has no place in a vertical story", table.span, hint, page)


def _words(story: Table) -> Iterator[tuple[str, Span]]:
    """The keys of a story, its head, photographs and tables, and where these stand, each with its place."""
    listed = (node for name in ("photos", "tables") if isinstance(node := story.get(name), Items))
    nodes = (story, story.get("head"), *(node for items in listed for node in items.nodes))
    for table in (node for node in nodes if isinstance(node, Table)):
        yield from _keys(table)
        at = table.get("at")
        if isinstance(at, Leaf):
            yield at.raw, at.span
        elif isinstance(at, Table):
            yield from _keys(at)


def _keys(table: Table) -> Iterator[tuple[str, Span]]:
    return ((key, table.place(key)) for key in table.entries if table.get(key) is not None)


def _head_faults(head: Node | None, page: int, *, vertical: bool) -> Iterator[Diagnostic]:
    if not isinstance(head, Table):
        return
    side, across = head.get("vertical"), head.get("horizontal")
    if vertical and isinstance(side, Leaf) and side.raw == "left":
        hint = "leave vertical out, or write horizontal: true for a head over the text"
        yield _fault("the head of a vertical story stands on its right", side.span, hint, page)
    if not vertical and isinstance(across, Leaf) and across.value is True:
        hint = "leave it out: the head of a horizontal story is horizontal"
        yield _fault("'horizontal' has no meaning in a horizontal story", across.span, hint, page)


def _fault(message: str, span: Span, hint: str, page: int) -> Diagnostic:
    return error("wrong-direction", message, span, hint, page)
