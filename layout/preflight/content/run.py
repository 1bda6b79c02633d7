"""The execution of one content stream, and what all executions on a page share."""

from collections.abc import Callable, Mapping
from math import inf
from typing import Final, TypeAlias

from msgspec import Struct, field

from layout.preflight.budget import Budget
from layout.preflight.codecs import DecodeFault, decode_stream
from layout.preflight.content.lexer import Operand, Operation, operations
from layout.preflight.content.marks import Mark, Sink
from layout.preflight.content.matrix import IDENTITY, Corner, Matrix, bearable, bounds, common
from layout.preflight.content.path import Path
from layout.preflight.content.scope import Missing, Scope
from layout.preflight.content.spaces import SpaceFault
from layout.preflight.content.state import Pen, State
from layout.preflight.model import Box, Flaw, Kind
from layout.preflight.objects import DIRECT, Identity, Value, identity

STATES_MAX: Final = 512
DEPTH_MAX: Final = 20
"""States saved by q, and forms in forms: ISO 32000-1, annex C asks readers for 28 states."""

NOWHERE: Final[Box] = (inf, inf, -inf, -inf)


class BadOperands(Exception):  # noqa: N818 - a finding about a file
    """An operator whose operands it cannot use."""


class Operator(Struct, frozen=True):
    """What an operator wants and does. ``wants`` None: it looks at its operands itself."""

    wants: tuple[type, ...] | None
    does: Callable[..., None]


Table: TypeAlias = Mapping[str, Operator]


class Machine(Struct):
    """What the streams of one page share. ``frame`` is the box in which patterns are said to stand."""

    table: Table
    budget: Budget
    sink: Sink
    frame: Box
    active: set[Identity] = field(default_factory=set)
    patterns: set[tuple[object, ...]] = field(default_factory=set)
    """Patterns and Type 3 glyphs that were looked into already."""


class Run(Struct):
    """One content stream being executed. ``base`` is the CTM at its start, ``tiled`` that it is a pattern's cell.

    ``uncoloured``: the stream has no colours of its own (ISO 32000-1, 8.7.3.3 and 9.6.5).
    """

    machine: Machine
    scope: Scope
    state: State
    depth: int = 0
    tiled: bool = False
    uncoloured: bool = False
    base: Matrix = IDENTITY
    saved: list[State] = field(default_factory=list)
    text: Matrix = IDENTITY
    line: Matrix = IDENTITY
    in_text: bool = False
    path: Path = field(default_factory=Path)
    clips: bool = False
    compatible: int = 0

    def execute(self, data: bytes) -> None:
        """Do all operations of a stream."""
        sink, table, budget = self.machine.sink, self.machine.table, self.machine.budget
        for operation in operations(data, lambda fault: sink.defect(Flaw.OPERANDS, fault), budget.look_at_clock):
            budget.spend_operator()
            operator = table.get(operation.operator)
            if operator is None:
                if not self.compatible:
                    sink.defect(Flaw.OPERATOR, operation.operator)
                continue
            try:
                self._do(operator, operation)
            except BadOperands as fault:
                sink.defect(Flaw.OPERANDS, str(fault) or operation.operator)
            except Missing as fault:
                sink.defect(Flaw.RESOURCE, str(fault))
            except SpaceFault as fault:
                sink.defect(Flaw.SPACE, str(fault))
        if self.saved:
            sink.defect(Flaw.NESTING, "q without Q")

    def _do(self, operator: Operator, operation: Operation) -> None:
        operands = operation.operands
        if operator.wants is None:
            operator.does(self, operands)
            return
        wanted = len(operator.wants)
        given = operands[-wanted:] if wanted else []
        if len(given) < wanted or not all(map(isinstance, given, operator.wants)):
            raise BadOperands(f"{operation.operator} with operands that it does not take")
        operator.does(self, *given)
        if len(operands) > wanted:
            raise BadOperands(f"{operation.operator} with {len(operands)} operands")

    def move_to(self, matrix: Matrix) -> None:
        """Make ``matrix`` the CTM."""
        if not bearable(matrix):
            raise BadOperands("a matrix with numbers beyond any page")
        self.state.ctm = matrix

    def clip_to(self, box: Box | None) -> None:
        """Cut the clip down to a box; to nothing when there is none."""
        self.state.clip = (common(self.state.clip, box) if box else None) or NOWHERE

    def visible(self, box: Box) -> Box | None:
        """What of a box is inside the clip; a pattern's cell is where its page is."""
        return self.machine.frame if self.tiled else common(box, self.state.clip)

    def paint(
        self,
        kind: Kind,
        pen: Pen,
        outline: list[Corner] | tuple[Corner, ...],
        *,
        size: float,
        font: str = "",
        margin: float = 0.0,
    ) -> None:
        """Tell of a mark whose shape is ``outline``, ``margin`` around it."""
        left, bottom, right, top = bounds(outline)
        box = self.visible((left - margin, bottom - margin, right + margin, top + margin))
        if box is None:
            return
        self.machine.sink.mark(
            Mark(
                kind,
                pen.colour,
                size,
                font,
                asks=pen.overprint,
                overprints=self.state.overprints(pen),
                alpha=pen.alpha,
                box=box,
                outline=() if self.tiled else tuple(outline),
            )
        )

    def tell_loop(self, stream: Value) -> None:
        """Tell of a stream that is being executed already: it would paint itself without end."""
        if identity(stream) in self.machine.active:
            self.machine.sink.defect(Flaw.LOOP, "a form or pattern that paints itself")

    def nested(
        self,
        stream: Value,
        *,
        scope: Scope,
        state: State,
        tiled: bool = False,
        uncoloured: bool = False,
        machine: Machine | None = None,
    ) -> None:
        """Execute a stream inside this one: a form, a pattern's cell, a glyph, a mask."""
        machine = machine or self.machine
        key = identity(stream)
        if key in machine.active:
            self.tell_loop(stream)
            return
        if self.depth >= DEPTH_MAX:
            machine.sink.defect(Flaw.DEPTH, f"forms nested more than {DEPTH_MAX} deep")
            return
        try:
            data = decode_stream(stream, machine.budget)
        except DecodeFault as fault:
            machine.sink.defect(Flaw.STREAM, str(fault))
            return
        machine.active.update({key} - {DIRECT})
        inner = Run(
            machine,
            scope,
            state,
            depth=self.depth + 1,
            tiled=tiled or self.tiled,
            uncoloured=uncoloured or self.uncoloured,
            base=state.ctm,
        )
        inner.execute(data)
        machine.active.discard(key)


def numbers_of(operands: list[Operand]) -> list[float]:
    """Operands that must all be numbers. Raises BadOperands."""
    found = [one for one in operands if isinstance(one, float)]
    if len(found) != len(operands):
        raise BadOperands("something else where numbers belong")
    return found
