"""A story that opts out of press orthography (``normalise: false``): all of its copy stays as typed."""

from typing import overload

from msgspec.structs import replace

from layout.issue.model import Passage, Photo, Story, TableCopy, TableRow


def as_typed(story: Story) -> Story:
    """The story with every passage marked so."""
    return replace(
        story,
        kicker=_passage(story.kicker),
        headline=_passage(story.headline),
        deck=_passage(story.deck),
        byline=_passage(story.byline),
        text=tuple(_passage(passage) for passage in story.text),
        photos=tuple(_photo(photo) for photo in story.photos),
        tables=tuple(_table(table) for table in story.tables),
        credit=_passage(story.credit),
    )


@overload
def _passage(passage: Passage) -> Passage: ...
@overload
def _passage(passage: None) -> None: ...
@overload
def _passage(passage: Passage | None) -> Passage | None: ...
def _passage(passage: Passage | None) -> Passage | None:
    return replace(passage, as_typed=True) if passage else None


def _photo(photo: Photo) -> Photo:
    return replace(photo, caption=_passage(photo.caption))


def _table(table: TableCopy) -> TableCopy:
    return replace(
        table,
        heads=tuple(map(_row, table.heads)),
        rows=tuple(map(_row, table.rows)),
        title=_passage(table.title),
        unit=_passage(table.unit),
        note=tuple(_passage(note) for note in table.note),
    )


def _row(row: TableRow) -> TableRow:
    return replace(row, cells=tuple(_passage(cell) for cell in row.cells))
