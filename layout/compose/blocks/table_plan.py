"""A table fitted to its width: what stands on which line of the grid, and its parts (rule B-7)."""

from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from layout.core import Diagnostic, Pt
from layout.text import Line


class TableText(Struct, frozen=True):
    """A line of a table: its left edge from the table's, and the line of the grid from the table's first.

    What stands in the middle of several rows may stand half a line lower.
    """

    line: Line
    style: str
    x: Pt
    row: float


class TableRule(NamedTuple):
    """A rule above a line of the grid, named in the house style, from left to right of the table's left edge."""

    row: int
    name: str
    left: Pt
    right: Pt


class Cut(NamedTuple):
    """Where a table may be parted: the line of the grid that begins the next part, and how many rows stand above."""

    line: int
    rows: int


class TablePlan(Struct, frozen=True):
    """A table fitted to a width, ``lines`` lines of the grid high.

    The first ``head`` of them hold the title: they stand half a gap between lines higher, clear of the rule below. The
    head rows follow up to ``body``. ``rules`` stand above a line of the grid, ``uprights`` at an x from line to line
    (exclusive), ``grounds`` lie under lines; each with its name in the house style. ``foot`` is the rule that ends a
    part of the table, ``cuts`` are where it may be parted.
    """

    width: Pt
    lines: int
    head: int
    body: int
    texts: tuple[TableText, ...]
    rules: tuple[TableRule, ...]
    uprights: tuple[tuple[Pt, int, int, str], ...]
    grounds: tuple[tuple[int, int, str], ...]
    findings: tuple[Diagnostic, ...] = ()
    foot: str | None = None
    cuts: tuple[Cut, ...] = ()

    @property
    def again(self) -> int:
        """Lines of the head that every part of the table begins with."""
        return self.body - self.head

    def part(self, start: int, end: int) -> "TablePlan":
        """Lines ``start`` to ``end`` (exclusive) as a table by itself: its head above, a rule at its end."""
        if not start and end == self.lines:
            return self
        head = (self._cut(self.head, self.body),) if start else ()
        pieces = (*head, self._cut(start, end)._moved(self.again if start else 0))
        lines = end - start + (self.again if start else 0)
        closing = (TableRule(lines, self.foot, 0.0, self.width),) if end < self.lines and self.foot else ()
        return replace(
            self,
            lines=lines,
            head=0 if start else self.head,
            body=self.again if start else self.body,
            texts=tuple(text for piece in pieces for text in piece.texts),
            rules=(*(rule for piece in pieces for rule in piece.rules), *closing),
            uprights=tuple(upright for piece in pieces for upright in piece.uprights),
            grounds=tuple(ground for piece in pieces for ground in piece.grounds),
            cuts=(),
        )

    def _cut(self, start: int, end: int) -> "TablePlan":
        """What stands between two lines, seen from the first. Rules at a line where the rows part stay with neither."""
        first = start if start in (0, self.head) else start + 1
        last = end if end in (self.body, self.lines) else end - 1
        inside = replace(
            self,
            texts=tuple(text for text in self.texts if start <= text.row < end),
            rules=tuple(rule for rule in self.rules if first <= rule.row <= last),
            uprights=tuple((x, max(a, start), min(b, end), n) for x, a, b, n in self.uprights if a < end and b > start),
            grounds=tuple((max(a, start), min(b, end), ink) for a, b, ink in self.grounds if a < end and b > start),
        )
        return inside._moved(-start)

    def _moved(self, by: int) -> "TablePlan":
        return replace(
            self,
            texts=tuple(replace(text, row=text.row + by) for text in self.texts),
            rules=tuple(rule._replace(row=rule.row + by) for rule in self.rules),
            uprights=tuple((x, start + by, end + by, name) for x, start, end, name in self.uprights),
            grounds=tuple((start + by, end + by, ink) for start, end, ink in self.grounds),
        )
