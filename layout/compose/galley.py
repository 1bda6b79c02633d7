"""A story's copy as a galley (小样): normalised, set and broken to the columns' measure, ready to be poured."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from layout.compose.blocks.section import SectionPlan, plan_section
from layout.compose.grid import Frame
from layout.compose.pour import Credit, Element, Head, Inset, Text
from layout.compose.setting import Setter
from layout.core import Diagnostic, Severity, fits, warning
from layout.issue.model import Passage, Story, TableCopy
from layout.text import Broken, Line, Paragraph, break_lines, breakings
from layout.text.normalise import figures_lint, join_cut, join_texts, lint

if TYPE_CHECKING:
    from layout.compose.blocks.table_plan import TablePlan

GIVE: Final = 0.5
"""Em that each line of a paragraph may be asked to give: a last line that is shorter, or lacks less, than all give
together may vanish or spill into a new one without loose lines."""

FIGURES_HINT: Final = "Han numerals read better from top to bottom: 二〇二六年, 一千二百人"


class Galley(Struct, frozen=True):
    """The elements in reading order; section heads and tables by the index of their element; the closing credit.

    ``passages`` are what the elements of text and the section heads set, by the index of their element.
    """

    elements: tuple[Element, ...] = ()
    sections: Mapping[int, SectionPlan] = field(default_factory=dict)
    tables: Mapping[int, "TablePlan"] = field(default_factory=dict)
    credit: tuple[Line, ...] = ()
    passages: Mapping[int, Passage] = field(default_factory=dict)


def set_galley(story: Story, setter: Setter, frame: Frame, *, page: int) -> Galley:
    """Set the story's text, its section heads, the tables typed in it, and its credit."""
    elements: list[Element] = []
    sections: dict[int, SectionPlan] = {}
    tables: dict[int, TablePlan] = {}
    passages: dict[int, Passage] = {}
    for passage in _in_order(story, setter):
        if isinstance(passage, TableCopy):
            table = _table(passage, setter, frame, page)
            tables[len(elements)] = table
            elements.append(Inset(table.lines, setter.house.table.space, table.again, table.cuts))
            continue
        if passage.role == "subhead":
            passages[len(elements)] = passage
            section = plan_section(passage, setter, frame, page=page)
            sections[len(elements)] = section
            elements.append(Head(section.lines, setter.house.section.keep))
        else:
            paragraph = setter.passage(passage, setter.setting("body", vertical=frame.vertical))
            if paragraph.clusters:  # markup alone sets nothing
                passages[len(elements)] = passage
                elements.append(Text(variants(paragraph, float(frame.measure))))
    credit = _credit(story.credit, setter, frame) if story.credit else ()
    if credit:
        elements.append(Credit(credit[0].width * setter.style("credit").size / frame.size, len(credit)))
    return Galley(tuple(elements), sections, tables, credit, passages)


def _table(copy: TableCopy, setter: Setter, frame: Frame, page: int) -> "TablePlan":
    """A table in the width of a column. Its module is imported by stories that have one."""
    from layout.compose.blocks.table import plan_table

    return plan_table(copy, setter, frame, 1, page=page)


def _in_order(story: Story, setter: Setter) -> Iterator[Passage | TableCopy]:
    """The passages, cut paragraphs put together again, and the tables between them.

    One that was typed inside a paragraph that is put together follows it.
    """
    tables = [table for table in story.tables if table.before is not None]
    for group in _groups(story.text, setter.copy_of):
        while tables and (tables[0].before or 0) <= group[0]:
            yield tables.pop(0)
        yield _one([story.text[index] for index in group])
    yield from tables


def _credit(passage: Passage, setter: Setter, frame: Frame) -> tuple[Line, ...]:
    """The closing credit: one line where that goes into a column, else as many as it takes (rule B-5)."""
    copy, spans = setter.marked(passage)
    line = setter.line(copy, "credit", source=passage, spans=spans, vertical=frame.vertical)
    measure = frame.column_width / setter.style("credit").size
    if fits(line.width, measure) and not any(span.turn for span in spans):
        return (line,)
    setting = setter.setting("credit", indent=0.0, vertical=frame.vertical)
    broken = break_lines(setter.passage(passage, setting), (measure,))
    assert broken is not None  # only looser or tighter breakings may be impossible
    return broken.lines


def lints(story: Story) -> Iterator[Diagnostic]:
    """What an editor should look at in the copy, each with its place (rule N-14). Nothing is changed for it."""
    heads = (story.kicker, story.headline, story.deck, story.byline, story.credit)
    captions = (photo.caption for photo in story.photos)
    cells = (cell for table in story.tables for cell in table.passages)
    for passage in (*heads, *story.text, *captions, *cells):
        if passage is not None and not passage.as_typed:
            for found in lint(passage.text, passage.role):
                yield warning(found.code, found.message, passage.at(found.offset))
    if story.vertical:
        yield from _figures(*(() if story.head.horizontal else heads[:4]), *story.text, story.credit)


def _figures(*passages: Passage | None) -> Iterator[Diagnostic]:
    """Notes on Arabic numbers in copy that is set vertically (rule V-4): one a paragraph, at the first of them."""
    for passage in passages:
        found = figures_lint(passage.text) if passage is not None and not passage.as_typed else None
        if passage is not None and found is not None:
            place = passage.at(found.offset)
            yield Diagnostic(Severity.NOTE, found.code, found.message, place, hint=FIGURES_HINT)


def joined(passages: tuple[Passage, ...], copy_of: Callable[[Passage], str]) -> tuple[Passage, ...]:
    """The passages with cut paragraphs put together again (rule N-13), each at the place where it begins.

    ``copy_of`` gives a passage's copy in press orthography.
    """
    return tuple(_one([passages[index] for index in group]) for group in _groups(passages, copy_of))


def _groups(passages: tuple[Passage, ...], copy_of: Callable[[Passage], str]) -> tuple[tuple[int, ...], ...]:
    """Which passages are one paragraph."""
    return join_cut(tuple((passage.orthography, copy_of(passage)) for passage in passages))


def _one(parts: list[Passage]) -> Passage:
    """The parts of a cut paragraph as one, every character still at its own place in the file."""
    text, breaks = "", []
    for part in parts:
        text = join_texts((text, part.text)) if text else part.text
        start = len(text) - len(part.text)
        breaks += [(start, part.span), *((start + offset, span) for offset, span in part.breaks)]
    return Passage(parts[0].role, text, parts[0].span, tuple(breaks), parts[0].as_typed)


def variants(paragraph: Paragraph, measure: float) -> tuple[Broken, ...]:
    """The best breaking, then the ones that are a line shorter and longer where they come at small cost."""
    return breakings(paragraph, (measure,), partial(_worth, measure))


def _worth(measure: float, best: Broken) -> Iterator[int]:
    """Whether a line fewer and a line more are worth a try."""
    if best.lines:
        last, give = best.lines[-1].width, GIVE * len(best.lines)
        if last <= give:
            yield -1
        if measure - last <= give:
            yield 1
