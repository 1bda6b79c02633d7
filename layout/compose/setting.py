"""From the house's styles to type: one place that normalises copy, sets it and notes what no face can set."""

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct, field

from layout.compose.inline import refused, role_of, spans_of, without
from layout.core import NOWHERE, Diagnostic, Ink, Point, Pt, error, warning
from layout.core import Span as Place
from layout.display import Item
from layout.house.model import House, TypeStyle
from layout.issue.model import Passage
from layout.text import (
    FaceMetrics,
    Line,
    Measures,
    Paragraph,
    Setting,
    Span,
    column_runs,
    line_runs,
    set_line,
    set_paragraph,
)
from layout.text.bylines import byline_lines
from layout.text.dateline import dateline_spans
from layout.text.headline import HeadCopy, Headline, Limits, head_copy, set_headline, unmarked
from layout.text.kept import kept_spans
from layout.text.markup import Marked, parse, press_copy
from layout.text.spans import cut_spans, moved_spans, turned_at


class Setter(Struct):
    """Sets copy by style name. Holds the diagnostics of what it could not set, once for each character and place.

    ``terms`` are the issue's names and set phrases that no headline breaks.
    """

    house: House
    measures: Measures
    terms: tuple[str, ...] = ()
    diagnostics: list[Diagnostic] = field(default_factory=list)
    _copies: dict[tuple[str, str], Marked] = field(default_factory=dict)

    def style(self, name: str) -> TypeStyle:
        """The style of that name."""
        return self.house.styles[name]

    def ink(self, name: str) -> Ink:
        """The ink of a style."""
        return self.house.palette[self.house.styles[name].ink]

    def setting(
        self,
        name: str,
        *,
        size: Pt | None = None,
        align: str | None = None,
        indent: float | None = None,
        vertical: bool = False,
    ) -> Setting:
        """How a style sets its copy; single decisions of the style may be replaced."""
        style = self.style(name)
        return Setting(
            metrics=self.measures.of(style.role),
            size=size or style.size,
            indent=style.indent if indent is None else indent,
            align=align or style.align,  # type: ignore[arg-type]  # both are the same four words
            level=style.level,
            punctuation=style.punctuation,
            han_latin=style.han_latin,
            tracking=style.tracking,
            hyphenate=style.hyphenate,
            vertical=vertical,
            profile=self.house.vertical.profile,
            quotes=self.house.vertical.quotes,
        )

    def marked(self, source: Passage) -> tuple[str, tuple[Span, ...]]:
        """A passage's copy in press orthography, and what its markup sets differently in it.

        A dateline that opens body copy is set in its own face (rule B-3). Markup that cannot be read is noted.
        """
        copy = self._press(source)
        for fault in copy.faults:
            self._note(warning(fault.code, fault.message, source.at(fault.offset)))
        for mark, why in refused(copy, source.role):
            offset = copy.origin[mark.start]
            if mark.kind == "note":
                offset = source.text.rfind("[^", 0, offset)
            self._note(warning("markup-refused", f"{why}: it is set without", source.at(offset)))
        copy = without(copy, source.role)
        dateline = dateline_spans(copy.text, self._inline("dateline")) if source.role == "body" else ()
        return copy.text, (*dateline, *spans_of(copy, self._inline, self.house.palette), *kept_spans(copy.text))

    def copy_of(self, source: Passage) -> str:
        """A passage's copy in press orthography, without markup and break marks."""
        return self._press(source).text

    def place(self, source: Passage, offset: int) -> Place:
        """The place in the file of what stands at an offset of the passage's copy in press orthography."""
        origin = self._press(source).origin
        return source.at(origin[min(offset, len(origin) - 1)])

    def _press(self, source: Passage) -> Marked:
        """The copy with its marks; worked out once, though paragraphs are asked for again when they are joined."""
        key = (source.orthography, source.text)
        if key not in self._copies:
            press = press_copy(source.text, source.orthography, self.house.palette)
            self._copies[key] = unmarked(press, source.text)
        return self._copies[key]

    def _inline(self, name: str) -> FaceMetrics:
        """The face that markup asks for by name."""
        return self.measures.of(role_of(name, self.house.faces))

    def passage(self, source: Passage, setting: Setting) -> Paragraph:
        """Shape a passage as typed: normalised, its markup obeyed."""
        copy, spans = self.marked(source)
        paragraph = set_paragraph(copy, setting, spans)
        self._note_missing(paragraph.missing, source)
        return paragraph

    def line(
        self,
        copy: str,
        name: str,
        *,
        source: Passage | None = None,
        size: Pt | None = None,
        tracking: float = 0.0,
        spans: Sequence[Span] = (),
        vertical: bool = False,
    ) -> Line:
        """One line of natural width."""
        setting = self.setting(name, size=size, align="start", indent=0.0, vertical=vertical)
        self._note_missing(set_paragraph(copy, setting, spans).missing, source or Passage(name, copy, NOWHERE))
        return set_line(copy, setting, spans, tracking=tracking)

    def byline(self, passage: Passage, line_fits: Callable[[str], bool], *, vertical: bool = False) -> Iterator[Line]:
        """The lines of a byline, ended by hand or between names where ``line_fits`` says so."""
        copy, spans = self.marked(passage)
        setting = self.setting("byline", align="start", indent=0.0, vertical=vertical)
        self._note_missing(set_paragraph(copy, setting, spans).missing, passage)
        for start, end in turned_at(copy, spans):
            at = start
            for part in filter(str.strip, byline_lines(copy[start:end], line_fits)):
                at = copy.index(part, at)
                yield set_line(part, setting, cut_spans(spans, at, at + len(part)))
                at += len(part)

    def headline(
        self, passage: Passage, measure: Pt, *, fill: bool = False, opened: bool = False, vertical: bool = False
    ) -> Headline:
        """A kicker, headline or deck set to a measure within the house's limits (rule H-7), in as few lines as it can.

        ``fill`` opens one that nearly fills its measure, ``opened`` sets short ones wide (rule H-8).
        In a ``vertical`` one the measure is a column's height and nothing is condensed.
        """
        typed = parse(passage.text, self.house.palette)
        plain, spans = self.marked(passage)
        copy = head_copy(typed.text, passage.orthography, typed.kept)
        copy = copy.with_spans(moved_spans(spans, plain, copy.text))
        setting = self.setting(passage.role, align="start", indent=0.0, vertical=vertical)
        self._note_missing(set_paragraph(copy.text, setting, copy.spans).missing, passage)
        limits = self._limits(fill=fill, opened=opened, condensed=not vertical)
        return set_headline(copy, setting, measure, limits, terms=(*self.terms, *_whole(plain, spans)))

    def phrase(self, source: Passage, part: tuple[int, int], name: str, measure: Pt, *, vertical: bool) -> Headline:
        """A part of a section head, divided and fitted as a headline is, but neither opened nor spread out."""
        plain, spans = self.marked(source)
        start, end = part
        setting = self.setting(name, align="start", indent=0.0, vertical=vertical)
        typed = parse(source.text, self.house.palette)
        head = head_copy(typed.text, source.orthography, typed.kept)
        first = max(0, head.text.find(plain[start:end]))
        manual = frozenset(at - first for at in head.manual if first < at < first + end - start)
        copy = HeadCopy(plain[start:end], manual).with_spans(cut_spans(spans, start, end))
        self._note_missing(set_paragraph(copy.text, setting, copy.spans).missing, source)
        limits = self._limits(fill=False, opened=False, condensed=not vertical)
        return set_headline(copy, setting, measure, limits, terms=(*self.terms, *_whole(plain, spans)))

    def _limits(self, *, fill: bool, opened: bool, condensed: bool) -> Limits:
        """How far the house lets a head go to fit."""
        block = self.house.head
        return Limits(
            size_step=block.size_step,
            tracking_min=block.tracking_min,
            tracking_max=block.tracking_max,
            scale_min=block.scale_min if condensed else 1.0,
            scale_max=block.scale_max if condensed else 1.0,
            lines=block.lines_max,
            fill=fill,
            opened=opened,
        )

    def runs(self, line: Line, name: str, *, x: Pt, baseline: Pt, size: Pt | None = None) -> tuple[Item, ...]:
        """The glyphs of a line in the style's size and ink; black type overprints."""
        ink = self.ink(name)
        return line_runs(
            line,
            x=x,
            baseline=baseline,
            size=size or self.style(name).size,
            ink=ink,
            overprint=ink.black_only,
            tag=name,
        )

    def set_from(
        self, start: Point, line: Line, name: str, *, size: Pt | None = None, vertical: bool = False
    ) -> tuple[Item, ...]:
        """The glyphs of a line that starts where ``Frame.start`` says: on its baseline, or down its centre line."""
        if vertical:
            return self.column(line, name, x=start.x, top=start.y, size=size or self.style(name).size)
        return self.runs(line, name, x=start.x, baseline=start.y, size=size)

    def column(self, line: Line, name: str, *, x: Pt, top: Pt, size: Pt) -> tuple[Item, ...]:
        """A line of vertical setting as a column round ``x``, in the style's ink."""
        ink = self.ink(name)
        return column_runs(line, x=x, top=top, size=size, ink=ink, overprint=ink.black_only, tag=name)

    def _note_missing(self, missing: tuple[tuple[int, str], ...], source: Passage) -> None:
        for _, character in missing:
            self._note(
                error(
                    "glyph-missing",
                    f"no face has the character {character} (U+{ord(character[0]):04X})",
                    source.at(max(0, source.text.find(character))),
                    hint="add a face that has it to the chain of this role in the house style (`roles:`)",
                )
            )

    def _note(self, found: Diagnostic) -> None:
        if found not in self.diagnostics:
            self.diagnostics.append(found)


def _whole(copy: str, spans: Sequence[Span]) -> Iterator[str]:
    """What markup keeps a head from breaking: names with their line, what is kept together, what one reading covers."""
    return (copy[span.start : span.end] for span in spans if span.line or span.keep or len(span.ruby) == 1)
