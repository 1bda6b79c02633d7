"""Operators of the graphics state (ISO 32000-1, 8.4.4), marked content and compatibility."""

from typing import Final

from msgspec.structs import replace

from layout.preflight.content.lexer import Operand
from layout.preflight.content.marks import Sink
from layout.preflight.content.matrix import EVERYWHERE, multiply
from layout.preflight.content.operators.objects import enter_group, form_state
from layout.preflight.content.run import STATES_MAX, BadOperands, Machine, Operator, Run, Table
from layout.preflight.content.spaces import SpaceFault
from layout.preflight.content.tokens import Symbol
from layout.preflight.model import Box, Flaw, Font, Space, Trait
from layout.preflight.objects import Value, elements, get, is_holder, name, number, one_or_many

_NUMBER: Final = (float,)


def save(run: Run) -> None:
    """The operator q."""
    if len(run.saved) >= STATES_MAX:
        run.machine.sink.defect(Flaw.DEPTH, f"more than {STATES_MAX} states saved at once")
        run.saved.pop(0)
    run.saved.append(run.state.saved())


def restore(run: Run) -> None:
    """The operator Q: the state as it was at the last q."""
    if not run.saved:
        run.machine.sink.defect(Flaw.NESTING, "Q without q")
        return
    run.state = run.saved.pop()


def concatenate(run: Run, a: float, b: float, c: float, d: float, e: float, f: float) -> None:
    """The operator cm."""
    run.move_to(multiply((a, b, c, d, e, f), run.state.ctm))


def width(run: Run, value: float) -> None:
    """The operator w: the line width."""
    run.state.width = abs(value)


def parameters(run: Run, called: Symbol) -> None:
    """The operator gs: parameters from a dictionary."""
    given = run.scope.entry("ExtGState", called)
    if not is_holder(given):
        raise BadOperands("gs with something that is no dictionary")
    state = run.state
    _overprint(run, given)
    _opacity(run, given)
    if (line := number(get(given, "/LW"))) is not None:
        state.width = abs(line)
    face, size = (*elements(get(given, "/Font")), None, None)[:2]
    if is_holder(face):
        state.font, state.size = run.scope.library.font(face), number(size) or 0.0
    if is_holder(mask := get(given, "/SMask")):
        _soft_mask(run, mask)


def _overprint(run: Run, given: Value) -> None:
    strokes, fills, mode = get(given, "/OP"), get(given, "/op"), number(get(given, "/OPM"))
    if isinstance(strokes, bool):
        run.state.stroke.overprint = strokes
        run.state.fill.overprint = strokes  # unless op says otherwise
    if isinstance(fills, bool):
        run.state.fill.overprint = fills
    if mode is not None:
        run.state.overprint_mode = int(mode)


def _opacity(run: Run, given: Value) -> None:
    for key, pen in (("/ca", run.state.fill), ("/CA", run.state.stroke)):
        value = number(get(given, key))
        if value is not None:
            pen.alpha = value
            if value < 1:
                run.machine.sink.use(Trait.ALPHA, f"{value:g}", run.machine.frame)
    modes = [name(one) for one in one_or_many(get(given, "/BM"))]
    if modes and modes[0] not in {"Normal", "Compatible"}:
        run.machine.sink.use(Trait.BLEND, modes[0], run.machine.frame)


class Muted(Sink):
    """Tells of a mask's fonts, groups and defects, but not of its marks: they are never printed."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def font(self, font: Font, *, visible: bool, box: Box) -> None:
        """A mask needs its fonts."""
        self._sink.font(font, visible=visible, box=box)

    def group(self, role: str, space: Space | None) -> None:
        """A group inside a mask."""
        self._sink.group(role, space)

    def defect(self, flaw: Flaw, detail: str) -> None:
        """A mask can be as broken as a page."""
        self._sink.defect(flaw, detail)

    def filters(self, names: tuple[str, ...]) -> None:
        """Inline images inside a mask."""
        self._sink.filters(names)


def _soft_mask(run: Run, mask: Value) -> None:
    """A mask from a transparency group: its content is looked through, not painted."""
    run.machine.sink.use(Trait.SOFT_MASK, name(get(mask, "/S")), run.machine.frame)
    form = get(mask, "/G")
    if not is_holder(form):
        raise BadOperands("a soft mask without its group")
    scope = run.scope.inner(get(form, "/Resources"))
    try:
        enter_group(run, get(form, "/Group"), scope, role=f"{name(get(mask, '/S')).lower()} mask")
    except SpaceFault as fault:
        run.machine.sink.defect(Flaw.SPACE, str(fault))
    quiet: Machine = replace(run.machine, sink=Muted(run.machine.sink))
    state = form_state(run, form)
    state.clip = EVERYWHERE
    run.nested(form, scope=scope, state=state, machine=quiet)


def begin_compatible(run: Run) -> None:
    """BX: unknown operators are allowed from here."""
    run.compatible += 1


def end_compatible(run: Run) -> None:
    """EX."""
    run.compatible = max(0, run.compatible - 1)


def nothing(_run: Run, *_operands: Operand) -> None:
    """An operator that changes nothing that print cares for."""


GRAPHICS: Final[Table] = {
    "q": Operator((), save),
    "Q": Operator((), restore),
    "cm": Operator((float,) * 6, concatenate),
    "w": Operator(_NUMBER, width),
    "J": Operator(_NUMBER, nothing),
    "j": Operator(_NUMBER, nothing),
    "M": Operator(_NUMBER, nothing),
    "d": Operator((list, float), nothing),
    "ri": Operator((Symbol,), nothing),
    "i": Operator(_NUMBER, nothing),
    "gs": Operator((Symbol,), parameters),
    "BX": Operator((), begin_compatible),
    "EX": Operator((), end_compatible),
    "MP": Operator((Symbol,), nothing),
    "DP": Operator((Symbol, object), nothing),
    "BMC": Operator((Symbol,), nothing),
    "BDC": Operator((Symbol, object), nothing),
    "EMC": Operator((), nothing),
}
