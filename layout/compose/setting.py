"""From the house's styles to type: one place that normalises copy, sets it and notes what no face can set."""

from dataclasses import dataclass, field

from layout.core import NOWHERE, Diagnostic, Ink, Pt, error
from layout.display import GlyphRun
from layout.fonts import Book
from layout.house.model import House, TypeStyle
from layout.issue.model import Passage
from layout.text import FaceMetrics, Line, Paragraph, Setting, line_runs, set_line, set_paragraph
from layout.text.normalise import normalise


@dataclass(slots=True)
class Setter:
    """Sets copy by style name. Holds the diagnostics of what it could not set, once for each character and place."""

    house: House
    book: Book
    diagnostics: list[Diagnostic] = field(default_factory=list)
    _metrics: dict[str, FaceMetrics] = field(default_factory=dict)

    def style(self, name: str) -> TypeStyle:
        """The style of that name."""
        return self.house.styles[name]

    def ink(self, name: str) -> Ink:
        """The ink of a style."""
        return self.house.palette[self.house.styles[name].ink]

    def setting(
        self, name: str, *, size: Pt | None = None, align: str | None = None, indent: float | None = None
    ) -> Setting:
        """How a style sets its copy; single decisions of the style may be replaced."""
        style = self.style(name)
        return Setting(
            metrics=self._metrics_of(style.role),
            size=size or style.size,
            indent=style.indent if indent is None else indent,
            align=align or style.align,  # type: ignore[arg-type]  # both are the same four words
            level=style.level,
            punctuation=style.punctuation,
            han_latin=style.han_latin,
            tracking=style.tracking,
        )

    def _metrics_of(self, role: str) -> FaceMetrics:
        """One for each role: it remembers the cells that it has measured."""
        if role not in self._metrics:
            self._metrics[role] = FaceMetrics(self.book, role)
        return self._metrics[role]

    def paragraph(self, copy: str, setting: Setting, source: Passage) -> Paragraph:
        """Shape a paragraph of normalised copy that came from ``source``."""
        paragraph = set_paragraph(copy, setting)
        self._note_missing(paragraph.missing, source)
        return paragraph

    def line(
        self, copy: str, name: str, *, source: Passage | None = None, size: Pt | None = None, tracking: float = 0.0
    ) -> Line:
        """One line of natural width."""
        setting = self.setting(name, size=size, align="start", indent=0.0)
        self._note_missing(set_paragraph(copy, setting).missing, source or Passage(name, copy, NOWHERE))
        return set_line(copy, setting, tracking=tracking)

    def runs(self, line: Line, name: str, *, x: Pt, baseline: Pt, size: Pt | None = None) -> tuple[GlyphRun, ...]:
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

    def _note_missing(self, missing: tuple[tuple[int, str], ...], source: Passage) -> None:
        for _, character in missing:
            found = error(
                "glyph-missing",
                f"no face has the character {character} (U+{ord(character[0]):04X})",
                source.at(max(0, source.text.find(character))),
                hint="add a face that has it to the chain of this role in the house style (`roles:`)",
            )
            if found not in self.diagnostics:
                self.diagnostics.append(found)


def copy_of(passage: Passage) -> str:
    """A passage's copy in press orthography."""
    return normalise(passage.text, passage.role)
