"""A story's copy as a galley (小样): normalised, set and broken to the columns' measure, ready to be poured."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from layout.compose.blocks.section import SectionPlan, plan_section
from layout.compose.grid import Frame
from layout.compose.pour import Credit, Element, Head, Text
from layout.compose.setting import Setter
from layout.core import Diagnostic, fits, warning
from layout.issue.model import Passage, Story
from layout.text import Broken, Line, Paragraph, break_lines
from layout.text.normalise import join_cut, join_texts, lint

GIVE: Final = 0.5
"""Em that each line of a paragraph may be asked to give: a last line that is shorter, or lacks less, than all give
together may vanish or spill into a new one without loose lines."""


@dataclass(frozen=True, slots=True)
class Galley:
    """The elements in reading order; section heads by the index of their element; the lines of the closing credit.

    ``passages`` are what the elements set, one each; the credit's is not among them.
    """

    elements: tuple[Element, ...]
    sections: dict[int, SectionPlan]
    credit: tuple[Line, ...]
    passages: tuple[Passage, ...] = ()


def set_galley(story: Story, setter: Setter, frame: Frame, *, page: int) -> Galley:
    """Set the story's text, section heads and credit."""
    elements: list[Element] = []
    sections: dict[int, SectionPlan] = {}
    passages = joined(story.text, setter.copy_of)
    for passage in passages:
        if passage.role == "subhead":
            section = plan_section(setter.copy_of(passage), passage, setter, frame, page=page)
            sections[len(elements)] = section
            elements.append(Head(section.lines, setter.house.section.keep))
        else:
            paragraph = setter.passage(passage, setter.setting("body", vertical=frame.vertical))
            elements.append(Text(variants(paragraph, float(frame.measure))))
    credit = _credit(story.credit, setter, frame) if story.credit else ()
    if credit:
        elements.append(Credit(credit[0].width * setter.style("credit").size / frame.size, len(credit)))
    return Galley(tuple(elements), sections, credit, passages)


def _credit(passage: Passage, setter: Setter, frame: Frame) -> tuple[Line, ...]:
    """The closing credit: one line where that goes into a column, else as many as it takes (rule B-5)."""
    copy, spans = setter.marked(passage)
    line = setter.line(copy, "credit", source=passage, spans=spans, vertical=frame.vertical)
    measure = frame.column_width / setter.style("credit").size
    if fits(line.width, measure):
        return (line,)
    setting = setter.setting("credit", indent=0.0, vertical=frame.vertical)
    broken = break_lines(setter.passage(passage, setting), (measure,))
    assert broken is not None  # only looser or tighter breakings may be impossible
    return broken.lines


def lints(story: Story) -> Iterator[Diagnostic]:
    """What an editor should look at in the copy, each with its place (rule N-14). Nothing is changed for it."""
    heads = (story.kicker, story.headline, story.deck, story.byline, story.credit)
    captions = (photo.caption for photo in story.photos)
    for passage in (*heads, *story.text, *captions):
        if passage is not None:
            for found in lint(passage.text, passage.role):
                yield warning(found.code, found.message, passage.at(found.offset))


def joined(passages: tuple[Passage, ...], copy_of: Callable[[Passage], str]) -> tuple[Passage, ...]:
    """The passages with cut paragraphs put together again (rule N-13), each at the place where it begins.

    ``copy_of`` gives a passage's copy in press orthography.
    """
    groups = join_cut(tuple((passage.role, copy_of(passage)) for passage in passages))
    return tuple(_one([passages[index] for index in group]) for group in groups)


def _one(parts: list[Passage]) -> Passage:
    """The parts of a cut paragraph as one, every character still at its own place in the file."""
    text, breaks = "", []
    for part in parts:
        text = join_texts((text, part.text)) if text else part.text
        start = len(text) - len(part.text)
        breaks += [(start, part.span), *((start + offset, span) for offset, span in part.breaks)]
    return Passage(parts[0].role, text, parts[0].span, tuple(breaks))


def variants(paragraph: Paragraph, measure: float) -> tuple[Broken, ...]:
    """The best breaking, then the ones that are a line shorter and longer where they come at small cost."""
    best = break_lines(paragraph, (measure,))
    assert best is not None  # only looser or tighter breakings may be impossible
    if not best.lines:
        return (best,)
    last, give = best.lines[-1].width, GIVE * len(best.lines)
    worth = [-1] if last <= give else []
    worth += [1] if measure - last <= give else []
    others = (break_lines(paragraph, (measure,), looseness=looseness) for looseness in worth)
    return (best, *(broken for broken in others if broken is not None))
