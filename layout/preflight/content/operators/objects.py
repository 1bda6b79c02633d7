"""Forms, pictures and shadings: the operators that paint objects (ISO 32000-1, 8.7 to 8.10)."""

from typing import Final

from layout.preflight.content.lexer import Operand
from layout.preflight.content.marks import Mark, Picture
from layout.preflight.content.matrix import IDENTITY, Matrix, bearable, bounds, corners, multiply
from layout.preflight.content.run import BadOperands, Operator, Run, Table
from layout.preflight.content.scope import Scope
from layout.preflight.content.spaces import SpaceFault
from layout.preflight.content.state import State
from layout.preflight.content.tokens import Symbol
from layout.preflight.model import Box, Colour, Flaw, Kind, Space, Trait
from layout.preflight.objects import Value, get, integer, is_holder, name, numbers

UNIT: Final[Box] = (0.0, 0.0, 1.0, 1.0)
_SHORT: Final = {"G": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK", "I": "Indexed"}
_JPX: Final = Space("JPX", 0)


def external(run: Run, called: Symbol) -> None:
    """Do."""
    target = run.scope.entry("XObject", called)
    match name(get(target, "/Subtype")):
        case "Image":
            _image(run, target)
        case "Form":
            _form(run, target)
        case "PS":
            run.machine.sink.use(Trait.POSTSCRIPT, "PS XObject", run.machine.frame)
        case _:
            raise BadOperands(f"Do with {called}, which is neither a picture nor a form")


def postscript(run: Run) -> None:
    """PS, an operator of PDF 1.1."""
    run.machine.sink.use(Trait.POSTSCRIPT, "PS", run.machine.frame)


def _form(run: Run, form: Value) -> None:
    scope = run.scope.inner(get(form, "/Resources"))
    try:
        enter_group(run, get(form, "/Group"), scope, role="form")
    except SpaceFault as fault:
        run.machine.sink.defect(Flaw.SPACE, str(fault))
    run.nested(form, scope=scope, state=form_state(run, form))


def form_state(run: Run, form: Value) -> State:
    """The state in which a form's content begins: its matrix, and its box as a clip."""
    outer, kept = run.state, run.state.saved()
    matrix = matrix_of(get(form, "/Matrix"))
    ctm = multiply(matrix, outer.ctm)
    if not bearable(ctm):
        raise BadOperands("a form with a matrix beyond any page")
    kept.ctm = ctm
    box = numbers(get(form, "/BBox"))
    if len(box) != 4:
        raise BadOperands("a form without a box")
    run.state = kept
    run.clip_to(bounds(corners((box[0], box[1], box[2], box[3]), ctm)))
    run.state = outer
    return kept


def matrix_of(value: Value) -> Matrix:
    """A matrix entry; the identity when it is missing or broken."""
    found = numbers(value)
    return (found[0], found[1], found[2], found[3], found[4], found[5]) if len(found) == 6 else IDENTITY


def enter_group(run: Run, group: Value, scope: Scope, *, role: str) -> None:
    """Tell of a transparency group, if there is one. Raises SpaceFault for a broken blend space."""
    if name(get(group, "/S")) != "Transparency":
        return
    space = get(group, "/CS")
    run.machine.sink.use(Trait.GROUP, role, run.machine.frame)
    run.machine.sink.group(role, None if space is None else scope.space(name(space) or space))


def _image(run: Run, image: Value) -> None:
    width, height = integer(get(image, "/Width")), integer(get(image, "/Height"))
    if not width or not height or width < 0 or height < 0:
        raise BadOperands("a picture without a size")
    stencil = get(image, "/ImageMask") is True
    described = get(image, "/ColorSpace")
    space = None if stencil or described is None else run.scope.space(name(described) or described)
    soft_mask = is_holder(get(image, "/SMask")) or bool(integer(get(image, "/SMaskInData")))
    if soft_mask:
        run.machine.sink.use(Trait.IMAGE_MASK, "", run.machine.frame)
    if space is None and not stencil:
        space = _JPX
    bits = 1 if stencil else integer(get(image, "/BitsPerComponent")) or 8
    _picture(run, width, height, bits, stencil=stencil, space=space, soft_mask=soft_mask, source=image)


def inline(run: Run, entries: dict[str, Operand], _data: bytes) -> None:
    """BI ... ID ... EI."""

    def entry(*keys: str) -> Operand:
        return next((entries[key] for key in keys if key in entries), None)

    width, height, bits = entry("W", "Width"), entry("H", "Height"), entry("BPC", "BitsPerComponent")
    if not isinstance(width, float) or not isinstance(height, float) or width < 1 or height < 1:
        raise BadOperands("an inline image without a size")
    stencil = entry("IM", "ImageMask") is True
    described = entry("CS", "ColorSpace")
    space = None if stencil or described is None else run.scope.space(_in_full(described))
    filters = entry("F", "Filter")
    run.machine.sink.filters(tuple(map(str, filters if isinstance(filters, list) else [filters] if filters else [])))
    depth = 1 if stencil else int(bits) if isinstance(bits, float) else 8
    _picture(run, int(width), int(height), depth, stencil=stencil, space=space, soft_mask=False, source=None)


def _in_full(described: Operand) -> Operand:
    """A colour space of an inline image without abbreviations (ISO 32000-1, table 94)."""
    if isinstance(described, list):
        return [_in_full(part) for part in described]
    return Symbol(_SHORT.get(described, described)) if isinstance(described, Symbol) else described


def _picture(
    run: Run, width: int, height: int, bits: int, *, stencil: bool, space: Space | None, soft_mask: bool, source: Value
) -> None:
    state = run.state
    outline = corners(UNIT, state.ctm)
    box = run.visible(bounds(outline))
    if box is None:
        return
    if stencil:
        run.paint(Kind.STENCIL, state.fill, outline, size=float("inf"))
    picture = Picture(
        width,
        height,
        bits,
        stencil,
        space,
        soft_mask,
        overprints=state.fill.overprint and (space is None or space.family != "DeviceCMYK"),
        alpha=state.fill.alpha,
        colour=state.fill.colour,
        matrix=state.ctm,
        box=box,
        source=source,
    )
    run.machine.sink.picture(picture)


def shade(run: Run, called: Symbol) -> None:
    """The operator sh."""
    space = shading_space(run.scope.entry("Shading", called), run.scope)
    box = run.visible(run.machine.frame)
    if box is not None:
        pen = run.state.fill
        run.machine.sink.mark(
            Mark(Kind.SHADING, Colour(space), float("inf"), "", pen.overprint, pen.overprint, pen.alpha, box, ())
        )


def shading_space(shading: Value, scope: Scope) -> Space:
    """The colour space of a shading. Raises SpaceFault."""
    described = get(shading, "/ColorSpace")
    return scope.space(name(described) or described)


OBJECTS: Final[Table] = {
    "Do": Operator((Symbol,), external),
    "PS": Operator((), postscript),
    "BI": Operator((dict, bytes), inline),
    "sh": Operator((Symbol,), shade),
}
