"""What the desk is told of a story's quality: each fault at its place, in a few words."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from msgspec import Struct

from layout.compose.plan import StoryPlan
from layout.compose.quality.figures import Quality
from layout.compose.quality.ink import InkFlaw
from layout.core import Diagnostic, Pt, error, warning
from layout.issue.model import Passage


class Finding(Struct, frozen=True):
    """A fault: its code, the passage and the offset in its copy in press orthography, an amount where it has one."""

    code: str
    passage: Passage
    at: int = 0
    amount: float = 0.0


class _Told(Struct, frozen=True):
    code: str
    message: str
    hint: str = ""


_REWORD: Final = "a word more or fewer in this paragraph helps; so does a wider column"
_WIDER: Final = "it is wider than its column: shorten it, or use a wider column"
_BELOW: Final = "give it text, or delete it; where there is some, a line more or fewer before it helps"
_DIVIDE: Final = "put | where the head should break"
_ENGINE: Final = "this is a fault of the program: please report it with the paragraph"
_NARROW: Final = f"use wider columns; where no word is wider than its column, {_ENGINE}"
_BY_HAND: Final = f"put the {{|}} beside it elsewhere; where there is none, {_ENGINE}"

_TOLD: Final = {
    "line-start": _Told("line-start-barred", "a line starts with a mark that may not start one", _BY_HAND),
    "line-end": _Told("line-end-barred", "a line ends with a mark that may not end one", _BY_HAND),
    "closing-run": _Told("line-start-barred", "a run of closing marks goes on in the next line", _REWORD),
    "token-torn": _Told("number-torn", "a number, a name or an address parts at the end of a line", _WIDER),
    "quantity-torn": _Told("quantity-torn", "a number and its measure word part at the end of a line", _REWORD),
    "word-parted": _Told("word-parted", "a Latin word or mail address parts at the end of a line", _REWORD),
    "lone-character": _Told("lone-character", "the last line holds a single character", _REWORD),
    "loose-line": _Told("loose-line", "a line is opened too far: by {amount:.2f} em at every gap", _REWORD),
    "widow": _Told("widow", "the last line of this paragraph stands alone at the head of a column", _REWORD),
    "section-alone": _Told("section-head-alone", "the section head has no two lines of text below it", _BELOW),
    "unfilled": _Told("line-unfilled", "a character stands alone in a line that nothing can fill", _REWORD),
    "mark-pair": _Told("mark-gap", "marks side by side stand apart", _ENGINE),
    "two-em": _Told("two-em-short", "a dash or an ellipsis is not two em wide", _ENGINE),
    "gap": _Told("latin-gap", "the gaps between Han and Latin of a line differ or are out of bounds", _ENGINE),
    "head-mark": _Told("headline-edge", "a line of the head ends with a mark that is not printed there", _DIVIDE),
    "head-start": _Told("headline-edge", "a line of the head starts with what belongs to the line before", _DIVIDE),
    "head-end": _Told("headline-edge", "a line of the head ends with an opening mark", _DIVIDE),
    "head-leads-on": _Told("headline-edge", "a line of the head ends with a word that leads on (和, 在, 为)", _DIVIDE),
    "head-torn": _Told("headline-edge", "a number or a name of the head parts at the end of a line", _DIVIDE),
}
"""Warnings by the code of the fault."""

_BROKEN: Final = {
    "not-flush": _Told("line-not-flush", "a line does not end with its column", _NARROW),
    "copy-changed": _Told("copy-changed", "the copy on the page is not the copy of the story", _ENGINE),
}
"""Errors: what no press file may have."""

_INK: Final = {
    "dash-ink": "the dash {text} is not one stroke of two em in the middle of the line",
    "ellipsis-ink": "the dots of {text} are not evenly apart",
    "mark-ink": "the mark {text} leaves its cell and may touch what stands beside it",
}
"""Warnings about drawn shapes by the code of the fault (rules P-8, Q-8)."""

_FACE: Final = "a fault of the face: set another first in the chain of this role in the house style (`roles:`)"

_WIDE: Final = 14.0
_COUNTED: Final = 3
"""Loose lines from which a share of them is worth telling."""

GRID: Final[Pt] = 0.05
EDGE: Final[Pt] = 0.01
"""How far a baseline may be from the grid and a line over its column's edge (rules Q-2, Q-7)."""


class Tolerance(NamedTuple):
    """What rule Q-5 lets pass: the share of loose lines, and the widest tracking in em."""

    share: float
    widest: float


def tolerance(measure: float) -> Tolerance:
    """Rule Q-5 by the measure, em."""
    return Tolerance(0.03, 0.25) if measure >= _WIDE else Tolerance(0.15, 0.35)


def diagnostics(plan: StoryPlan, quality: Quality, found: Sequence[Finding]) -> Iterator[Diagnostic]:
    """Every fault with its place, then what is to be said of the story as a whole."""
    for finding in found:
        span, broken = plan.setter.place(finding.passage, finding.at), _BROKEN.get(finding.code)
        told = broken or _TOLD[finding.code]
        make = error if broken else warning
        yield make(told.code, told.message.format(amount=finding.amount), span, told.hint, plan.page)
    yield from _looseness(plan, quality)
    if quality.off_grid > GRID or quality.off_edge > EDGE:
        message = f"story {plan.story.slug}: text is {max(quality.off_grid, quality.off_edge):.2f} pt off the grid"
        yield error("off-grid", message, plan.story.span, _ENGINE, plan.page)


def _looseness(plan: StoryPlan, quality: Quality) -> Iterator[Diagnostic]:
    """Rule Q-5 for the whole story."""
    allowed, loose = tolerance(plan.frame.measure), quality.loose
    if loose >= _COUNTED and loose > allowed.share * quality.justified:
        share = f"{loose} of {quality.justified} lines are loose, the widest by {quality.widest:.2f} em"
        message = f"story {plan.story.slug}: {share}"
        yield warning("story-loose", message, plan.story.span, "wider columns, or a few words changed", plan.page)


def ink_diagnostics(plan: StoryPlan, found: Sequence[InkFlaw]) -> Iterator[Diagnostic]:
    """Faults of drawn shapes, each once for the story, with the face and the style that they are about."""
    for code, face, tag, text in found:
        message = f"story {plan.story.slug}, {tag}: in {face} {_INK[code].format(text=text)}"
        yield warning(code, message, plan.story.span, _FACE, plan.page)
