"""Reading an issue: the file, its schema, then everything that can be judged without a house style."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

from msgspec.structs import replace

from layout.core import Checked, Diagnostic, error, has_errors
from layout.issue.copy import Lines, all_lines, file_copy, one_passage, story_copy
from layout.issue.direction import direction_faults, vertical_tables
from layout.issue.faults import empty_story, empty_text, issue_faults
from layout.issue.model import (
    Ad,
    Area,
    Cell,
    Edge,
    HeadPlace,
    Issue,
    Overrides,
    Page,
    Paper,
    Passage,
    Photo,
    Story,
    TableCopy,
)
from layout.issue.schema import issue_schema
from layout.source import (
    Items,
    Leaf,
    Placed,
    Source,
    Table,
    build,
    convert,
    find_inside,
    placed,
    read_source,
    read_table,
    resolve_inside,
    validate,
)

T = TypeVar("T")

STYLE: Final = "broadsheet"
"""The house style of an issue that names none."""

_HEAD_ROLES: Final = ("kicker", "headline", "deck", "byline", "credit")
_TABLE_LINES: Final = ("title", "unit", "note")
_UNLABELLED: Final = "none"
"""What an issue writes for an ad whose artwork carries its mark."""
_NUMBERS: Final = re.compile(r"[0-9]+")


def load_issue(path: Path, *, allowed: Sequence[Path] = ()) -> Checked[Issue]:
    """The issue at ``path``; files that it names lie in its folder or in ``allowed``.

    All faults are told at once. With faults of the file or its form the value is None; with faults of the content
    (a missing photograph, two pages of one number...) it is there, so that what follows can tell its own.
    Codes: those of ``layout.source``, and path-escapes, file-missing, text-twice, empty-story, area-missing, bad-area,
    wrong-direction, bad-spread, duplicate-page, duplicate-slug, empty-page.
    """
    read = read_table(path)
    if read.value is None:
        return Checked(None, read.diagnostics)
    schema = issue_schema()
    faults = validate(schema, read.value)
    if has_errors(faults):
        return Checked(None, faults)
    reader = _Reader(schema, path.parent, allowed)
    issue = reader.issue(read.value)
    found = (*reader.found, *issue_faults(issue))
    return Checked(issue, tuple(sorted(found, key=lambda one: one.span)))


class _Reader:
    """Turns a valid tree into the model; what it finds wrong on the way goes to ``found``."""

    def __init__(self, schema: Mapping[str, Any], root: Path, allowed: Sequence[Path]) -> None:
        self.schema = schema
        self.root = root
        self.folders = (root, *allowed)
        self.found: list[Diagnostic] = []

    def issue(self, table: Table) -> Issue:
        """The whole file."""
        values = self.values(table, self.schema)
        paper = values["paper"]
        style = table.get("style")
        special = {
            "paper": Paper(paper["name"], _pairs(paper.get("notes"))),
            "style": values.get("style", STYLE),
            "style_span": style.span if style else table.span,
            "pages": tuple(self.page(node) for node in _tables(table, "pages")),
            "root": self.root,
            "span": table.span,
            "terms": tuple(values.get("terms", ())),
            "overrides": _overrides(table),
        }
        return build(Issue, {**values, **special})

    def page(self, table: Table) -> Page:
        """One page."""
        values = self.values(table, self.schema["definitions"]["page"])
        number, spread = self.numbers(table)
        stories = enumerate(_tables(table, "stories"), start=1)
        special = {
            "number": number,
            "spread": spread,
            "span": table.span,
            "stories": tuple(self.story(node, f"{number}-{index}", number) for index, node in stories),
            "ads": tuple(ad for node in _tables(table, "ads") if (ad := self.ad(node, number))),
            "staff": _pairs(values.get("staff")),
            "overrides": _overrides(table),
        }
        return build(Page, {**values, **special})

    def numbers(self, table: Table) -> tuple[int, bool]:
        """The number of a page, or the first one of a spread and True."""
        leaf = table.get("number")
        assert isinstance(leaf, Leaf)
        first, *rest = (int(digits) for digits in _NUMBERS.findall(leaf.raw))
        if rest and (first % 2 or rest != [first + 1]):
            even = first - first % 2 or 2
            message = f"pages {leaf.raw} do not face each other"
            hint = f"a spread is an even page and the next one, as in {even}-{even + 1}"
            self.found.append(error("bad-spread", message, leaf.span, hint, first))
        return first, bool(rest)

    def story(self, table: Table, name: str, page: int) -> Story:
        """One story; ``name`` is its slug when it has none."""
        before = len(self.found)
        values = self.values(table, self.schema["definitions"]["story"])
        text, typed = self.text(table, page)
        placed_tables = (self.table(node, page) for node in _tables(table, "tables"))
        special = {
            "slug": values.get("slug", name),
            "span": table.span,
            "area": self.area(table, page),
            "head": self.head(table),
            "text": text,
            "photos": tuple(photo for node in _tables(table, "photos") if (photo := self.photo(node, page))),
            "tables": (*typed, *(each for each in placed_tables if each)),
            "overrides": _overrides(table),
            **{role: one_passage(role, leaf) for role in _HEAD_ROLES if isinstance(leaf := table.get(role), Leaf)},
        }
        self.found.extend(direction_faults(table, page))
        story = build(Story, {**values, **special})
        if story.vertical:
            self.found.extend(vertical_tables(story, page))
            story = replace(story, tables=())
        if not story.normalise:
            from layout.issue.as_typed import as_typed

            story = as_typed(story)
        # A story whose text file or photographs could not be read is not empty.
        if len(self.found) == before and (fault := empty_story(story, page) or empty_text(story, table, page)):
            self.found.append(fault)
        return story

    def values(self, table: Table, schema: Mapping[str, Any]) -> dict[str, Any]:
        """A mapping's plain values; keys with nothing after them are left out."""
        values = convert(self.schema, table, schema=schema)
        return {key: value for key, value in values.items() if value is not None}

    def area(self, table: Table, page: int) -> Area | None:
        """The story's area."""
        node = table.get("area")
        if not isinstance(node, Table):
            return None
        (first_column, last_column), (first_line, last_line) = (
            self.range(node, name, page) for name in ("columns", "lines")
        )
        return Area(first_column, last_column, first_line, last_line, node.span)

    def head(self, table: Table) -> HeadPlace:
        """Where the story's head stands."""
        node = table.get("head")
        if not isinstance(node, Table):
            return HeadPlace()
        values = self.values(node, self.schema["definitions"]["story"]["properties"]["head"])
        named = next((key for key in ("over", "tiers") if key in values), "columns")
        return build(HeadPlace, {**values, "span": node.place(named)})

    def range(self, area: Table, name: str, page: int) -> tuple[int, int]:
        """``1-8`` or ``3`` as first and last; the wrong way round is a fault and is turned."""
        leaf = area.get(name)
        assert isinstance(leaf, Leaf)
        numbers = [int(digits) for digits in _NUMBERS.findall(leaf.raw)]
        if numbers[0] > numbers[-1]:
            message = f"{name} {leaf.raw} run backwards"
            self.found.append(error("bad-area", message, leaf.span, f"write {numbers[-1]}-{numbers[0]}", page))
        return min(numbers), max(numbers)

    def text(self, table: Table, page: int) -> tuple[tuple[Passage, ...], tuple[TableCopy, ...]]:
        """The story's copy, from the issue or from its text file, and the tables in it."""
        text, file = table.get("text"), table.get("text_file")
        if isinstance(text, Leaf) and isinstance(file, Leaf):
            hint = "keep one of the two"
            message = "both text and text_file are given"
            self.found.append(error("text-twice", message, table.place("text_file"), hint, page))
        if isinstance(text, Leaf):
            return self.copy(placed(text), page)
        source = self.text_file(file, page) if isinstance(file, Leaf) else None
        return self.copy(file_copy(source), page) if source else ((), ())

    def text_file(self, leaf: Leaf, page: int) -> Source | None:
        """The file that a story's copy stands in; its places are in that file."""
        path = self.keep(find_inside(leaf.raw, self.root, self.folders, leaf.span), page)
        return self.keep(read_source(path), page) if path else None

    def copy(self, text: Placed, page: int) -> tuple[tuple[Passage, ...], tuple[TableCopy, ...]]:
        """The passages of a story's text, and its tables with the places where they were typed."""
        copy = story_copy(text)
        tables = ((before, self.rows(lines, text, page)) for before, lines in copy.tables)
        return copy.passages, tuple(replace(table, before=before) for before, table in tables if table)

    def rows(self, lines: Lines, text: Placed, page: int) -> TableCopy | None:
        """The table in some lines; None when there is none."""
        from layout.issue.tables import read_rows

        read = read_rows(lines, text, page=page)
        self.found += read.faults
        return read.table

    def table(self, node: Table, page: int) -> TableCopy | None:
        """One table with a place of its own; None when there are no rows in it."""
        values = self.values(node, self.schema["definitions"]["table"])
        leaf = node.entries["rows"].node
        assert isinstance(leaf, Leaf)
        text = placed(leaf)
        table = self.rows(all_lines(text.text), text, page)
        if table is None:
            return None
        title, unit, note = (
            one_passage("table", each) if isinstance(each := node.get(name), Leaf) else None for name in _TABLE_LINES
        )
        return replace(
            table,
            title=title or table.title,
            unit=unit or table.unit,
            note=(*table.note, *([note] if note else [])),
            columns=values.get("columns"),
            at=_at(values.get("at")),
        )

    def photo(self, table: Table, page: int) -> Photo | None:
        """One photograph; None when its path may not be followed. A missing file is a fault, the photograph stays."""
        values = self.values(table, self.schema["definitions"]["photo"])
        leaf = table.entries["file"].node
        assert isinstance(leaf, Leaf)
        path = self.picture_path(leaf, page)
        if path is None:
            return None
        caption = table.get("caption")
        special = {
            "file": path,
            "span": leaf.span,
            "caption": one_passage("caption", caption) if isinstance(caption, Leaf) else None,
            "at": _at(values.get("at")),
        }
        return build(Photo, {**values, **special})

    def ad(self, table: Table, page: int) -> Ad | None:
        """One advertisement; None when its path may not be followed. A missing file is a fault, the ad stays."""
        values = self.values(table, self.schema["definitions"]["ad"])
        leaf = table.entries["file"].node
        assert isinstance(leaf, Leaf)
        path = self.picture_path(leaf, page)
        if path is None:
            return None
        label = {"label": "" if values["label"] == _UNLABELLED else values["label"]} if "label" in values else {}
        special = {"file": path, "span": leaf.span, "area": self.area(table, page)}
        return build(Ad, {**values, **special, **label})

    def picture_path(self, leaf: Leaf, page: int) -> Path | None:
        """The path that a leaf names, whether the file is there or not (a fault); None when it leads outside."""
        path = resolve_inside(leaf.raw, self.root, self.folders, leaf.span)
        if path.value is None:
            return self.keep(path, page)
        self.keep(find_inside(leaf.raw, self.root, self.folders, leaf.span), page)
        return path.value

    def keep(self, checked: Checked[T], page: int) -> T | None:
        """The value of something checked; its findings are noted as the page's."""
        self.found.extend(replace(one, page=page) for one in checked.diagnostics)
        return checked.value


def _at(value: Any) -> Cell | Edge | None:
    """Where a photograph or a table stands; a tier is a column to everything that follows."""
    if isinstance(value, Mapping):
        return Cell(value.get("column") or value["tier"], value["line"])
    return value  # type: ignore[no-any-return]  # the schema admits no other words


def _tables(table: Table, key: str) -> Iterator[Table]:
    node = table.get(key)
    if isinstance(node, Items):
        yield from (item for item in node.nodes if isinstance(item, Table))


def _overrides(table: Table) -> Overrides:
    node = table.get("house")
    return () if node is None else ((node, node.span),)


def _pairs(values: Mapping[str, str | None] | None) -> tuple[tuple[str, str], ...]:
    return tuple((name, text or "") for name, text in (values or {}).items())
