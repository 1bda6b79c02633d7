"""``layout fonts``: the faces of a house style, what they cover, and who sets a given text."""

import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias, TypeVar

import click
from msgspec import to_builtins

from layout.cli.console import Exit, show
from layout.core import Checked, Diagnostic, Span, error

if TYPE_CHECKING:
    from layout.fonts import Book, Face
    from layout.house.model import House
    from layout.issue.model import Issue

T = TypeVar("T")

_ISSUE_SUFFIXES: Final = (".yaml", ".yml")
_SAMPLES: Final = 12  # characters named for a face that stands in for another


class _Copy(NamedTuple):
    """A paragraph as typed, its role (``orthography``) and its chain of faces (``role``), its characters' places."""

    orthography: str
    role: str
    text: str
    at: Callable[[int], Span]


_Missing: TypeAlias = tuple[str, Diagnostic]


@click.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--house", metavar="FILE|NAME", help="A house style; the issue's own or broadsheet when left out.")
@click.option("--role", default="body", show_default=True, help="The role of a text file.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(file: Path | None, *, house: str | None, role: str, as_json: bool) -> None:
    """The faces of a house style, their roles and coverage; for a text or an issue FILE, who sets what.

    A character that no face of its role has is an error, told with its place.
    """
    issue = _issue(file) if file and file.suffix in _ISSUE_SUFFIXES else None
    style = _house(house, issue)
    if role not in style.faces:
        raise click.BadParameter(
            f"the house style has no role {role!r}; it has {', '.join(style.faces)}", param_hint="--role"
        )
    book = _book(style)
    if file is None:
        _print(_house_facts(style, book), partial(_house_lines, role), as_json=as_json)
        return
    copy = _issue_copy(issue, style) if issue else _text_copy(file, role)
    facts, missing = _survey(book, copy)
    _print(facts, _survey_lines, as_json=as_json)
    show(fault for _, fault in missing)
    if missing:
        sys.exit(Exit.FAULTS)


def _issue(path: Path) -> "Issue":
    from layout.issue import load_issue

    loaded = load_issue(path)
    if loaded.value is None:
        show(loaded.diagnostics)
        sys.exit(Exit.FAULTS)
    return loaded.value  # a missing photograph, say, is no matter here


def _house(name: str | None, issue: "Issue | None") -> "House":
    from layout.house import load_house

    if name is not None or issue is None:
        return _checked(load_house(name or "broadsheet"))
    return _checked(load_house(issue.style, overrides=issue.overrides, root=issue.root))


def _checked(checked: Checked[T]) -> T:
    """The value; without one, or with errors, the diagnostics are shown and the command ends."""
    if checked.value is None or not checked.ok:
        show(checked.diagnostics)
        sys.exit(Exit.FAULTS)
    return checked.value


def _book(style: "House") -> "Book":
    """The book with every face opened."""
    from layout.fonts import Book, FontError

    book, faults = Book(style.faces), []
    for role in book.roles:
        try:
            book.chain(role)
        except FontError as fault:
            faults.append(error(fault.code, fault.message))
    if faults:
        show(dict.fromkeys(faults))
        sys.exit(Exit.FAULTS)
    return book


def _text_copy(path: Path, role: str) -> list[_Copy]:
    from layout.source import read_source
    from layout.text.normalise import ROLES

    source = _checked(read_source(path))
    orthography = role if role in ROLES else "body"
    return [
        _Copy(orthography, role, source.line(number), partial(_place, source.path, number))
        for number in range(1, len(source.starts) + 1)
    ]


def _place(path: str, line: int, offset: int) -> Span:
    return Span(path, line, offset + 1)


def _issue_copy(issue: "Issue", style: "House") -> list[_Copy]:
    stories = [story for page in issue.pages for story in page.stories]
    passages = [
        passage
        for story in stories
        for passage in (
            *(story.kicker, story.headline, story.deck, story.byline, story.credit, *story.text),
            *(photo.caption for photo in story.photos),
            *(cell for table in story.tables for cell in table.passages),
        )
        if passage is not None
    ]
    return [_Copy(one.orthography, style.styles[one.role].role, one.text, one.at) for one in passages]


def _survey(book: "Book", copy: list[_Copy]) -> tuple[dict[str, Any], list[_Missing]]:
    """Who sets the copy in press orthography, and a diagnostic for each place of a character that nobody sets."""
    from layout.fonts.coverage import survey
    from layout.text.normalise import normalise

    set_by: dict[str, dict[str, int]] = {}
    stand_ins: dict[str, dict[str, int]] = {}
    found: list[_Missing] = []
    for paragraph in copy:
        first = book.chain(paragraph.role)[0].key
        result = survey(book, paragraph.role, normalise(paragraph.text, paragraph.orthography))
        for key, counts in result.set_by.items():
            _add(set_by.setdefault(key, {}), counts)
            if key != first:
                _add(stand_ins.setdefault(key, {}), counts)
        found += [(cluster, fault) for cluster in result.missing for fault in _faults(paragraph, cluster)]
    found.sort(key=lambda one: one[1].span)
    faces = {
        key: {"characters": sum(counts.values()), "stands_in_for": stand_ins.get(key, {})}
        for key, counts in set_by.items()
    }
    places = [
        {"text": cluster, "file": fault.span.path, "line": fault.span.line, "column": fault.span.column}
        for cluster, fault in found
    ]
    return {"faces": faces, "missing": places}, found


def _add(total: dict[str, int], counts: Mapping[str, int]) -> None:
    for cluster, count in counts.items():
        total[cluster] = total.get(cluster, 0) + count


def _faults(paragraph: _Copy, cluster: str) -> Iterator[Diagnostic]:
    """One for every place of the cluster; for one that only its normal spelling has, the paragraph's beginning."""
    message = f"no face of the role {paragraph.role} has the character {cluster} ({_code(cluster)})"
    hint = "add a face that has it to the role's chain in the house style (`faces:`, `roles:`)"
    for match in re.finditer(re.escape(cluster), paragraph.text):
        yield error("glyph-missing", message, paragraph.at(match.start()), hint)
    if cluster not in paragraph.text:
        yield error("glyph-missing", message, paragraph.at(0), hint)


def _code(cluster: str) -> str:
    return " ".join(f"U+{ord(character):04X}" for character in cluster)


def _house_facts(style: "House", book: "Book") -> dict[str, Any]:
    from layout.fonts.coverage import repertoires

    sets = repertoires()
    chains = {role: book.chain(role) for role in book.roles}
    return {
        "house": style.name,
        "roles": {role: [face.key for face in chain] for role, chain in chains.items()},
        "sets": {name: len(characters) for name, characters in sets.items()},
        "faces": {key: _face_facts(face, sets) for key, face in book.faces().items()},
        "coverage": {
            role: _count(frozenset().union(*(face.characters for face in chain)), sets)
            for role, chain in chains.items()
        },
    }


def _face_facts(face: "Face", sets: Mapping[str, frozenset[int]]) -> dict[str, Any]:
    from layout.fonts.names import names_of

    return {
        "names": to_builtins(names_of(face)),
        "outlines": "CFF" if face.is_cff else "TrueType",
        "weight": face.weight_class,
        "glyphs": face.glyph_count,
        "characters": len(face.characters),
        "coverage": _count(face.characters, sets),
    }


def _count(characters: frozenset[int], sets: Mapping[str, frozenset[int]]) -> dict[str, int]:
    return {name: len(characters & members) for name, members in sets.items()}


def _print(facts: dict[str, Any], lines: Callable[[dict[str, Any]], Iterator[str]], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False, indent=2))
        return
    for line in lines(facts):
        click.echo(line)


def _house_lines(role: str, facts: dict[str, Any]) -> Iterator[str]:
    faces = facts["faces"]
    yield f"house style {facts['house']}"
    yield ""
    for number, (key, face) in enumerate(faces.items(), start=1):
        yield (
            f"{number}  {key}: {face['outlines']}, weight {face['weight']}, {face['glyphs']:,} glyphs, "
            f"{face['characters']:,} characters"
        )
        names = face["names"]
        said = (f"{names['family']} {names['chinese']}".strip(), names["version"], names["licence"])
        yield "   " + "; ".join(each for each in said if each)
    yield ""
    numbers = {key: str(number) for number, key in enumerate(faces, start=1)}
    for name, keys in facts["roles"].items():
        yield f"{name:10}{' > '.join(numbers[key] for key in keys)}"
    yield ""
    yield f"{'':30}{'of':>8}" + "".join(f"{number:>8}" for number in numbers.values()) + f"{role:>10}"
    for name, size in facts["sets"].items():
        counts = "".join(f"{face['coverage'][name]:>8,}" for face in faces.values())
        yield f"{name + ' ' * (30 - _columns(name))}{size:>8,}{counts}{facts['coverage'][role][name]:>10,}"


def _columns(text: str) -> int:
    """How many columns a terminal needs: two for a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _survey_lines(facts: dict[str, Any]) -> Iterator[str]:
    for key, face in facts["faces"].items():
        line = f"{key}: {face['characters']:,} characters"
        stands_in = face["stands_in_for"]
        if stands_in:
            named = " ".join(list(stands_in)[:_SAMPLES])
            more = " ..." if len(stands_in) > _SAMPLES else ""
            line += f", {sum(stands_in.values()):,} of them for faces before it: {named}{more}"
        yield line
    yield f"missing: {len(facts['missing']) or 'none'}"
