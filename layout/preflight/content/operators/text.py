"""Operators of text (ISO 32000-1, 9.3 and 9.4)."""

from collections.abc import Callable
from typing import Final

from layout.preflight.content.fonts import LoadedFont
from layout.preflight.content.lexer import Operand
from layout.preflight.content.matrix import IDENTITY, Matrix, bearable, corners, multiply, upright
from layout.preflight.content.run import BadOperands, Operator, Run, Table
from layout.preflight.content.scope import Missing
from layout.preflight.content.tokens import Symbol
from layout.preflight.model import Box, Flaw, Kind

_ASCENT: Final = 0.88
_DESCENT: Final = 0.12
"""Shares of the em above and below the baseline: enough to say where a line of text stands."""

_FILLED: Final = frozenset({0, 2, 4, 6})
_STROKED: Final = frozenset({1, 2, 5, 6})
_INVISIBLE: Final = 3


def begin(run: Run) -> None:
    """BT."""
    if run.in_text:
        run.machine.sink.defect(Flaw.NESTING, "BT in a text object")
    run.in_text = True
    run.text = run.line = IDENTITY


def end(run: Run) -> None:
    """ET."""
    if not run.in_text:
        run.machine.sink.defect(Flaw.NESTING, "ET without BT")
    run.in_text = False


def _set(parameter: str, factor: float = 1.0) -> Callable[[Run, float], None]:
    """An operator that sets one number of the text state."""

    def act(run: Run, value: float) -> None:
        setattr(run.state, parameter, value * factor)

    return act


def mode(run: Run, value: float) -> None:
    """Tr."""
    run.state.mode = int(value)


def font(run: Run, called: Symbol, size: float) -> None:
    """Tf."""
    run.state.size = size
    run.state.font = None
    run.state.font = run.scope.font(called)


def place(run: Run, x: float, y: float) -> None:
    """Td."""
    matrix = multiply((1.0, 0.0, 0.0, 1.0, x, y), run.line)
    _start(run, matrix)


def place_leading(run: Run, x: float, y: float) -> None:
    """TD."""
    run.state.leading = -y
    place(run, x, y)


def matrix(run: Run, a: float, b: float, c: float, d: float, e: float, f: float) -> None:
    """Tm."""
    _start(run, (a, b, c, d, e, f))


def _start(run: Run, at: Matrix) -> None:
    if not bearable(at):
        raise BadOperands("a text matrix with numbers beyond any page")
    run.text = run.line = at


def next_line(run: Run) -> None:
    """T*."""
    place(run, 0.0, -run.state.leading)


def show(run: Run, string: bytes) -> None:
    """Tj."""
    _show(run, [string])


def show_line(run: Run, string: bytes) -> None:
    """The operator ' (apostrophe)."""
    next_line(run)
    _show(run, [string])


def show_spaced(run: Run, word_space: float, character_space: float, string: bytes) -> None:
    """The operator " (quotation mark)."""
    run.state.word_space, run.state.character_space = word_space, character_space
    show_line(run, string)


def show_adjusted(run: Run, parts: list[Operand]) -> None:
    """TJ."""
    _show(run, parts)


def _show(run: Run, parts: list[Operand]) -> None:
    state, face = run.state, run.state.font
    if face is None:
        raise Missing("a font for text")
    length = 0.0
    for part in parts:
        if isinstance(part, bytes):
            total, count, spaces = face.advance(part)
            length += total / 1000 * state.size + state.character_space * count + state.word_space * spaces
        elif isinstance(part, float):
            length -= part / 1000 * state.size
        else:
            raise BadOperands("TJ with something that is neither text nor a number")
    at = multiply(run.text, state.ctm)
    if not face.vertical:
        length *= state.scale
    if any(isinstance(part, bytes) and part for part in parts):
        _tell(run, face, _box(run, face, length), at)
        if face.procedures:
            _look_into(run, face, b"".join(part for part in parts if isinstance(part, bytes)), at)
    step = (0.0, length) if face.vertical else (length, 0.0)
    run.text = multiply((1.0, 0.0, 0.0, 1.0, *step), run.text)
    if not bearable(run.text):
        raise BadOperands("text that runs beyond any page")


def _box(run: Run, face: LoadedFont, length: float) -> Box:
    """The box round a string in text space."""
    size, rise = run.state.size, run.state.rise
    if face.vertical:
        half = abs(size) / 2
        return -half, min(0.0, length), half, max(0.0, length)
    edges = rise - _DESCENT * size, rise + _ASCENT * size
    return min(0.0, length), min(edges), max(0.0, length), max(edges)


def _tell(run: Run, face: LoadedFont, box: Box, at: Matrix) -> None:
    state = run.state
    outline = corners(box, at)
    size = abs(state.size) * upright(at)
    if state.mode == _INVISIBLE:
        run.paint(Kind.INVISIBLE, state.fill, outline, size=size, font=face.font.name)
    if state.mode in _FILLED:
        run.paint(Kind.TEXT, state.fill, outline, size=size, font=face.font.name)
    if state.mode in _STROKED:
        run.paint(Kind.TEXT, state.stroke, outline, size=size, font=face.font.name)
    run.machine.sink.font(face.font, visible=state.mode != _INVISIBLE, box=(*outline[0], *outline[2]))


def _look_into(run: Run, face: LoadedFont, string: bytes, at: Matrix) -> None:
    """Execute the streams of a Type 3 font's glyphs, each once a page in each colour."""
    state = run.state
    own = multiply((state.size * state.scale, 0.0, 0.0, state.size, 0.0, state.rise), at)
    ctm = multiply(face.matrix, own)
    if not bearable(ctm):
        raise BadOperands("a Type 3 font with a matrix beyond any page")
    for code in sorted(set(string)):
        key = id(face), code, state.fill.colour
        if code in face.procedures and key in run.machine.patterns:
            run.tell_loop(face.procedures[code])
        elif code in face.procedures:
            run.machine.patterns.add(key)
            inner = state.saved()
            inner.ctm = ctm
            run.nested(face.procedures[code], scope=run.scope.inner(face.resources), state=inner)


def glyph_width(_run: Run, _x: float, _y: float) -> None:
    """The operator d0: a glyph with colours of its own."""


def glyph_shape(run: Run, *_box: float) -> None:
    """The operator d1: a glyph in the colour of the text."""
    run.uncoloured = True


TEXT: Final[Table] = {
    "BT": Operator((), begin),
    "ET": Operator((), end),
    "Tc": Operator((float,), _set("character_space")),
    "Tw": Operator((float,), _set("word_space")),
    "Tz": Operator((float,), _set("scale", 0.01)),
    "TL": Operator((float,), _set("leading")),
    "Ts": Operator((float,), _set("rise")),
    "Tr": Operator((float,), mode),
    "Tf": Operator((Symbol, float), font),
    "Td": Operator((float,) * 2, place),
    "TD": Operator((float,) * 2, place_leading),
    "Tm": Operator((float,) * 6, matrix),
    "T*": Operator((), next_line),
    "Tj": Operator((bytes,), show),
    "'": Operator((bytes,), show_line),
    '"': Operator((float, float, bytes), show_spaced),
    "TJ": Operator((list,), show_adjusted),
    "d0": Operator((float,) * 2, glyph_width),
    "d1": Operator((float,) * 6, glyph_shape),
}
