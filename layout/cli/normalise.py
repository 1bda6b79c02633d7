"""``layout normalise``: copy as typed or scraped to press orthography, one paragraph a line."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import click
from msgspec import Struct

from layout.cli.console import Exit, environment_failed, show
from layout.core import Diagnostic, Span, warning
from layout.text.normalise import ROLES, Edit, edits, is_empty, join_cut, join_texts, lint, normalise, typed_ranges

_STDIN: Final = "<stdin>"
_CONTEXT: Final = 6
"""Characters shown on either side of a change."""

_VISIBLE: Final = str.maketrans({" ": "␣", "\u3000": "▢", "\u202f": "⍽", "\u200b": "∅", "\t": "⇥"})
"""Spaces as ``--diff`` shows them, so that an editor sees which one it is."""


class _Typed(Struct, frozen=True):
    """A paragraph of the file: its line, counted from 1, and its copy."""

    line: int
    text: str


@click.command(name="normalise")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True), default="-")
@click.option("--role", type=click.Choice(ROLES), default="body", show_default=True, help="What kind of copy it is.")
@click.option(
    "--diff", "show_changes", is_flag=True, help="Print what changes, and by which rule, instead of the copy."
)
def command(file: str, role: str, show_changes: bool) -> None:  # noqa: FBT001 - click passes options by name
    """Put copy as typed or scraped into press orthography, one paragraph a line.

    FILE (UTF-8; standard input when left out) holds one paragraph a line; empty lines are dropped. Body paragraphs that
    a column or page end cut in two are joined, across empty lines too. {文字:!} stays as typed. Doubtful places go to
    standard error.
    """
    name = _STDIN if file == "-" else file
    typed = _paragraphs(_decode(_read(file), name))
    groups = join_cut([(role, paragraph.text) for paragraph in typed])
    joined = [[typed[index] for index in group] for group in groups]
    lines = _changes(joined, role) if show_changes else _lines(joined, role)
    for line in lines:
        click.echo(line)
    show(_findings(typed, role, name))


def _read(file: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as fault:
        environment_failed(fault)


def _decode(data: bytes, name: str) -> str:
    """The copy; control characters may be in it, normalising takes them out. Leaves when it is not UTF-8 or UTF-16."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        from layout.source.files import decode

        checked = decode(data, name)
        show(checked.diagnostics)
        if checked.value is None:
            sys.exit(Exit.FAULTS)
        return checked.value.text


def _paragraphs(copy: str) -> tuple[_Typed, ...]:
    """The lines that hold something, with their numbers."""
    lines = copy.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return tuple(_Typed(number, line) for number, line in enumerate(lines, 1) if not is_empty(line))


def _lines(joined: Sequence[Sequence[_Typed]], role: str) -> Iterator[str]:
    for parts in joined:
        text = join_texts([part.text for part in parts])
        yield normalise(text, role, typed_ranges(text))


def _changes(joined: Sequence[Sequence[_Typed]], role: str) -> Iterator[str]:
    """For an editor: the line, the copy before and after, and one row for each change."""
    for parts in joined:
        text = parts[0].text if len(parts) == 1 else join_texts([part.text for part in parts])
        kept = typed_ranges(text)
        changes = edits(text, role, kept)
        if not changes and len(parts) == 1:
            continue
        yield f"line {'+'.join(str(part.line) for part in parts)}"
        if len(parts) > 1:
            yield "  N-13   joined: a column or page end had cut the paragraph"
        yield f"- {text.translate(_VISIBLE)}"
        yield f"+ {normalise(text, role, kept).translate(_VISIBLE)}"
        yield from (_row(text, change) for change in changes)
        yield ""


def _row(text: str, change: Edit) -> str:
    left = text[max(0, change.offset - _CONTEXT) : change.offset].translate(_VISIBLE)
    end = change.offset + len(change.before)
    right = text[end : end + _CONTEXT].translate(_VISIBLE)
    before, after = (part.translate(_VISIBLE) for part in (change.before, change.after))
    return f"  {change.code:<6} column {change.offset + 1}: {left}[{before} → {after}]{right}  {change.summary}"


def _findings(typed: Sequence[_Typed], role: str, name: str) -> Iterator[Diagnostic]:
    for paragraph in typed:
        for item in lint(paragraph.text, role):
            yield warning(item.code, item.message, Span(name, paragraph.line, item.offset + 1))
