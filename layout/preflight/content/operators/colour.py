"""Operators of colour (ISO 32000-1, 8.6.8), and the patterns that they select."""

from collections.abc import Callable
from typing import Final

from layout.preflight.content.lexer import Operand
from layout.preflight.content.matrix import EVERYWHERE, bearable, multiply
from layout.preflight.content.operators.objects import matrix_of, shading_space
from layout.preflight.content.run import BadOperands, Operator, Run, Table, numbers_of
from layout.preflight.content.spaces import colour, initial
from layout.preflight.content.state import Pen, State
from layout.preflight.content.tokens import Symbol
from layout.preflight.model import Colour, Space
from layout.preflight.objects import Value, get, identity, integer

_TILING: Final = 1
_UNCOLOURED: Final = 2


def _fill(state: State) -> Pen:
    return state.fill


def _stroke(state: State) -> Pen:
    return state.stroke


def _device(family: str, which: Callable[[State], Pen]) -> Callable[..., None]:
    """An operator that sets a colour of a device space."""

    def act(run: Run, *components: float) -> None:
        if not run.uncoloured:
            pen = which(run.state)
            pen.space = run.scope.space(family)
            pen.colour = colour(pen.space, components)

    return act


def _select(which: Callable[[State], Pen]) -> Callable[..., None]:
    """An operator that chooses a colour space."""

    def act(run: Run, called: Symbol) -> None:
        if not run.uncoloured:
            pen = which(run.state)
            pen.space = run.scope.space(called)
            pen.colour = initial(pen.space)

    return act


def _components(which: Callable[[State], Pen]) -> Callable[..., None]:
    """An operator that sets a colour in the current space."""

    def act(run: Run, operands: list[Operand]) -> None:
        if run.uncoloured:
            return
        pen = which(run.state)
        if pen.space.family == "Pattern":
            _pattern(run, pen, operands)
            return
        components = numbers_of(operands)
        if len(components) != pen.space.components:
            raise BadOperands(f"{len(components)} components for {pen.space.family}")
        pen.colour = colour(pen.space, components)

    return act


def _pattern(run: Run, pen: Pen, operands: list[Operand]) -> None:
    called = operands[-1] if operands else None
    if not isinstance(called, Symbol):
        raise BadOperands("a pattern colour without the name of a pattern")
    pattern = run.scope.entry("Pattern", called)
    if integer(get(pattern, "/PatternType")) != _TILING:
        pen.colour = Colour(shading_space(get(pattern, "/Shading"), run.scope))
        return
    uncoloured = integer(get(pattern, "/PaintType")) == _UNCOLOURED
    base = pen.space.base
    components = numbers_of(operands[:-1])
    if uncoloured and (base is None or base.components != len(components)):
        raise BadOperands("an uncoloured pattern without its colour")
    inner = colour(base, components) if uncoloured and base is not None else None
    pen.colour = Colour(Space("Pattern", 0, base=base if uncoloured else None))
    _look_into(run, pattern, inner)


def _look_into(run: Run, pattern: Value, inner: Colour | None) -> None:
    """Execute a tiling pattern's cell, once a page in each colour."""
    key = identity(pattern), inner
    if key in run.machine.patterns:
        run.tell_loop(pattern)
        return
    run.machine.patterns.add(key)
    ctm = multiply(matrix_of(get(pattern, "/Matrix")), run.base)
    if not bearable(ctm):
        raise BadOperands("a pattern with a matrix beyond any page")
    state = State(ctm=ctm, clip=EVERYWHERE)
    if inner is not None:
        for pen in (state.fill, state.stroke):
            pen.space, pen.colour = inner.space, inner
    for pen, outer in ((state.fill, run.state.fill), (state.stroke, run.state.stroke)):
        pen.overprint, pen.alpha = outer.overprint, outer.alpha
    state.overprint_mode = run.state.overprint_mode
    scope = run.scope.inner(get(pattern, "/Resources"))
    run.nested(pattern, scope=scope, state=state, tiled=True, uncoloured=inner is not None)


COLOUR: Final[Table] = {
    "g": Operator((float,), _device("DeviceGray", _fill)),
    "G": Operator((float,), _device("DeviceGray", _stroke)),
    "rg": Operator((float,) * 3, _device("DeviceRGB", _fill)),
    "RG": Operator((float,) * 3, _device("DeviceRGB", _stroke)),
    "k": Operator((float,) * 4, _device("DeviceCMYK", _fill)),
    "K": Operator((float,) * 4, _device("DeviceCMYK", _stroke)),
    "cs": Operator((Symbol,), _select(_fill)),
    "CS": Operator((Symbol,), _select(_stroke)),
    "sc": Operator(None, _components(_fill)),
    "SC": Operator(None, _components(_stroke)),
    "scn": Operator(None, _components(_fill)),
    "SCN": Operator(None, _components(_stroke)),
}
