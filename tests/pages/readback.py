"""What stands on a page of a PDF, read back from its content stream.

Shares nothing with the program that wrote the file: pikepdf splits the stream into operators, the fonts' own
dictionaries say what a code means and how wide it is. Places are points from the trim's top left corner, y down.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import pikepdf
from readback_fonts import ReadFont

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
Colour: TypeAlias = tuple[str, tuple[float, ...]]
Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom."""

IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
BLACK: Colour = ("DeviceCMYK", (0, 0, 0, 1))


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph. ``own`` is what ToUnicode says of it, ``text`` its copy: what ActualText says, where there is one."""

    text: str
    own: str
    x: float  # of the origin
    baseline: float
    width: float  # by the font
    size: float
    stretch: float  # horizontal scale, 1 for none
    font: str  # name of the resource
    face: str  # PostScript name
    code: int
    colour: Colour
    overprint: bool  # with OPM 1, the only kind that a newspaper can use
    flow: str = "across"  # down: x is the middle of its em box, baseline the top; turned: clockwise, on a line down


@dataclass(frozen=True, slots=True)
class Path:
    """A painted path by the box of its points; ``width`` is the line's, 0 for a fill."""

    operator: str
    box: Box
    width: float
    colour: Colour
    overprint: bool


@dataclass(frozen=True, slots=True)
class Image:
    """A placed image."""

    box: Box
    stream: pikepdf.Stream
    overprint: bool


@dataclass(slots=True)
class ReadPage:
    """All that a page paints, in its order. ``faults`` are breaches of the order that ISO 32000-1 asks of operators."""

    glyphs: list[Glyph] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    fonts: dict[str, ReadFont] = field(default_factory=dict)
    operators: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _State:
    ctm: Matrix = IDENTITY
    fill: Colour = ("DeviceGray", (0,))
    stroke: Colour = ("DeviceGray", (0,))
    overprint_fill: bool = False
    overprint_stroke: bool = False
    mode: int = 0
    line_width: float = 1
    font: str = ""
    size: float = 0
    spacing: float = 0
    scale: float = 1
    leading: float = 0
    rise: float = 0


def read_page(page: pikepdf.Page) -> ReadPage:
    """Everything on a page."""
    return _Reader(page).read()


def times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does ``first`` and then ``then``."""
    a, b, c, d, e, f = first
    k, m, n, o, p, q = then
    return (a * k + b * n, a * m + b * o, c * k + d * n, c * m + d * o, e * k + f * n + p, e * m + f * o + q)


_IN_TEXT = {"Td", "TD", "Tm", "T*", "Tj", "TJ", "'", '"', "ET"}
_NOT_IN_TEXT = {"q", "Q", "cm", "BT", "Do", "m", "l", "c", "re", "h", "S", "s", "f", "F", "f*", "W", "W*", "n"}
_PATH = {"m", "l", "c", "re", "h", "W", "W*"}
_PAINT = {"S", "s", "f", "F", "f*", "n"}


class _Reader:
    def __init__(self, page: pikepdf.Page) -> None:
        self.page = page
        self.resources = page.Resources
        left, _, _, top = map(float, page.trimbox)
        self.base: Matrix = (1, 0, 0, -1, -left, top)
        self.found = ReadPage(fonts={name[1:]: ReadFont(font) for name, font in self.resources.Font.items()})
        self.state = _State()
        self.saved: list[_State] = []
        self.in_text = False
        self.matrix = self.line = IDENTITY
        self.points: list[tuple[float, float]] = []
        self.spans: list[tuple[int, str | None]] = []

    def read(self) -> ReadPage:
        for operands, operator in pikepdf.parse_content_stream(self.page):
            name = str(operator)
            self.found.operators.add(name)
            self._check_order(name)
            if name not in _OPERATORS:
                self._fault(f"{name} is not known here")
            else:
                _OPERATORS[name](self, *operands)
        if self.saved or self.spans or self.in_text:
            self._fault("the page ends inside q, BT or marked content")
        return self.found

    def _fault(self, what: str) -> None:
        self.found.faults.append(what)

    def _check_order(self, name: str) -> None:
        """ISO 32000-1, figure 9: which operators a text object and a path allow."""
        if self.in_text and name in _NOT_IN_TEXT:
            self._fault(f"{name} inside a text object")
        if not self.in_text and name in _IN_TEXT:
            self._fault(f"{name} outside a text object")
        if self.points and name not in _PATH | _PAINT:
            self._fault(f"{name} inside a path")

    def _set(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)

    # graphics state

    def save(self) -> None:
        self.saved.append(self.state)

    def restore(self) -> None:
        if self.saved:
            self.state = self.saved.pop()
        else:
            self._fault("Q without q")

    def concatenate(self, *numbers: object) -> None:
        self._set(ctm=times(tuple(map(float, numbers)), self.state.ctm))

    def external(self, name: pikepdf.Name) -> None:
        """gs: overprint is taken for on only together with OPM 1."""
        entries = self.resources.ExtGState[name]
        for key in set(entries.keys()) - {"/Type", "/OP", "/op", "/OPM"}:
            self._fault(f"graphics state with {key}")
        self._set(mode=int(entries.get("/OPM", self.state.mode)))
        stroke, fill = entries.get("/OP"), entries.get("/op", entries.get("/OP"))
        self._set(overprint_stroke=self.state.overprint_stroke if stroke is None else bool(stroke))
        self._set(overprint_fill=self.state.overprint_fill if fill is None else bool(fill))

    def colour(self, field_name: str, space: str, *numbers: object) -> None:
        self._set(**{field_name: (space, tuple(map(float, numbers)))})

    def space(self, field_name: str, name: pikepdf.Name) -> None:
        known = self.resources.get("/ColorSpace", {}).get(name)
        self._set(**{field_name: (str(known[1])[1:] if known is not None else str(name)[1:], ())})

    def component(self, field_name: str, *numbers: object) -> None:
        self.colour(field_name, getattr(self.state, field_name)[0], *numbers)

    # paths and images

    def _place(self, x: float, y: float) -> tuple[float, float]:
        _, _, _, _, across, down = times((1, 0, 0, 1, x, y), times(self.state.ctm, self.base))
        return across, down

    def add_points(self, *numbers: object) -> None:
        given = list(map(float, numbers))
        self.points += [self._place(x, y) for x, y in zip(given[::2], given[1::2], strict=True)]

    def rectangle(self, *numbers: object) -> None:
        x, y, width, height = map(float, numbers)
        self.add_points(x, y, x + width, y + height)

    def paint(self, operator: str) -> None:
        stroked = operator in "Ss"
        if operator != "n":
            width = self.state.line_width if stroked else 0
            colour = self.state.stroke if stroked else self.state.fill
            self.found.paths.append(Path(operator, _box(self.points), width, colour, self._overprints(stroked)))
        self.points = []

    def _overprints(self, stroked: bool) -> bool:
        on = self.state.overprint_stroke if stroked else self.state.overprint_fill
        return on and self.state.mode == 1

    def do(self, name: pikepdf.Name) -> None:
        stream = self.resources.XObject[name]
        if stream.Subtype != "/Image":
            self._fault(f"{name} is no image")
            return
        box = _box([self._place(0, 0), self._place(1, 1)])
        self.found.images.append(Image(box, stream, self._overprints(False)))

    # text

    def begin_text(self) -> None:
        self.in_text = True
        self.matrix = self.line = IDENTITY

    def end_text(self) -> None:
        self.in_text = False

    def move(self, x: object, y: object) -> None:
        self.line = self.matrix = times((1, 0, 0, 1, float(x), float(y)), self.line)

    def move_and_lead(self, x: object, y: object) -> None:
        self._set(leading=-float(y))
        self.move(x, y)

    def next_line(self) -> None:
        self.move(0, -self.state.leading)

    def text_matrix(self, *numbers: object) -> None:
        self.line = self.matrix = tuple(map(float, numbers))

    def font(self, name: pikepdf.Name, size: object) -> None:
        self._set(font=str(name)[1:], size=float(size))

    def show(self, text: pikepdf.String) -> None:
        codes = bytes(text)
        for high, low in zip(codes[::2], codes[1::2], strict=True):
            self._glyph(high << 8 | low)

    def show_array(self, parts: pikepdf.Array) -> None:
        for part in parts:
            if isinstance(part, pikepdf.String):
                self.show(part)
            else:
                self._advance(-float(part) / 1000 * self.state.size)

    def next_line_show(self, text: pikepdf.String) -> None:
        self.next_line()
        self.show(text)

    def next_line_spaced(self, _words: object, characters: object, text: pikepdf.String) -> None:
        self._set(spacing=float(characters))
        self.next_line_show(text)

    def _advance(self, unscaled: float) -> None:
        font = self.found.fonts[self.state.font]
        step = (0, unscaled) if font.vertical else (unscaled * self.state.scale, 0)
        self.matrix = times((1, 0, 0, 1, *step), self.matrix)

    def _glyph(self, code: int) -> None:
        state = self.state
        font = self.found.fonts[state.font]
        across, skew, lean, up, x, y = times(times((1, 0, 0, 1, 0, state.rise), self.matrix), state.ctm)
        turned = (across, skew, lean, up) == (0, -1, 1, 0) and not font.vertical
        if not turned and (skew or lean or across <= 0 or up <= 0):
            self._fault("type that stands neither upright nor turned clockwise")
            return
        width = font.width(code)
        placed = times((1, 0, 0, 1, x, y), self.base)
        stretch = state.scale * (1 if turned else across / up)
        size = state.size * (1 if turned else up)
        own = font.text(code)
        self.found.glyphs.append(
            Glyph(
                text=own,
                own=own,
                x=placed[4],
                baseline=placed[5],
                width=width * size * stretch,
                size=size,
                stretch=stretch,
                font=state.font,
                face=font.face,
                code=code,
                colour=state.fill,
                overprint=self._overprints(False),
                flow="down" if font.vertical else "turned" if turned else "across",
            )
        )
        self._advance((-font.height if font.vertical else width) * state.size + state.spacing)

    # marked content

    def begin_marked(self, tag: pikepdf.Name, properties: pikepdf.Object | None = None) -> None:
        if isinstance(properties, pikepdf.Name):
            properties = self.resources.Properties[properties]
        copy = properties.get("/ActualText") if properties is not None else None
        self.spans.append((len(self.found.glyphs), None if copy is None else str(copy)))

    def end_marked(self) -> None:
        start, copy = self.spans.pop()
        if copy is not None:
            glyphs = self.found.glyphs
            shown = glyphs[start:]
            glyphs[start:] = [replace(g, text=text) for g, text in zip(shown, _dealt(copy, shown), strict=True)]


def _dealt(copy: str, glyphs: Sequence[Glyph]) -> Iterable[str]:
    """ActualText dealt out to its glyphs: by the length of what each says itself, else all to the first."""
    lengths = [len(glyph.own) for glyph in glyphs]
    if sum(lengths) != len(copy):
        return [copy, *[""] * (len(glyphs) - 1)][: len(glyphs)]
    ends = [sum(lengths[: place + 1]) for place in range(len(glyphs))]
    return [copy[end - length : end] for end, length in zip(ends, lengths, strict=True)]


def _box(points: Sequence[tuple[float, float]]) -> Box:
    across, down = zip(*points, strict=True)
    return min(across), min(down), max(across), max(down)


def _number(name: str, factor: float = 1) -> Callable[..., None]:
    return lambda reader, value: reader._set(**{name: float(value) * factor})


def _coloured(field_name: str, space: str) -> Callable[..., None]:
    return lambda reader, *numbers: reader.colour(field_name, space, *numbers)


def _painted(operator: str) -> Callable[..., None]:
    return lambda reader: reader.paint(operator)


def _nothing(reader: _Reader, *operands: object) -> None:
    """Operators that change nothing that is read here."""


_OPERATORS: dict[str, Callable[..., None]] = {
    "q": _Reader.save,
    "Q": _Reader.restore,
    "cm": _Reader.concatenate,
    "gs": _Reader.external,
    "w": _number("line_width"),
    "d": _nothing,
    "k": _coloured("fill", "DeviceCMYK"),
    "K": _coloured("stroke", "DeviceCMYK"),
    "g": _coloured("fill", "DeviceGray"),
    "G": _coloured("stroke", "DeviceGray"),
    "rg": _coloured("fill", "DeviceRGB"),
    "RG": _coloured("stroke", "DeviceRGB"),
    "cs": lambda reader, name: reader.space("fill", name),
    "CS": lambda reader, name: reader.space("stroke", name),
    "scn": lambda reader, *numbers: reader.component("fill", *numbers),
    "SCN": lambda reader, *numbers: reader.component("stroke", *numbers),
    "m": _Reader.add_points,
    "l": _Reader.add_points,
    "c": _Reader.add_points,
    "re": _Reader.rectangle,
    "h": _nothing,
    "W": _nothing,
    "W*": _nothing,
    **{operator: _painted(operator) for operator in _PAINT},
    "Do": _Reader.do,
    "BT": _Reader.begin_text,
    "ET": _Reader.end_text,
    "Td": _Reader.move,
    "TD": _Reader.move_and_lead,
    "T*": _Reader.next_line,
    "Tm": _Reader.text_matrix,
    "TL": _number("leading"),
    "Tf": _Reader.font,
    "Tc": _number("spacing"),
    "Tw": _nothing,  # word spacing is for one-byte codes
    "Tz": _number("scale", 0.01),
    "Ts": _number("rise"),
    "Tj": _Reader.show,
    "TJ": _Reader.show_array,
    "'": _Reader.next_line_show,
    '"': _Reader.next_line_spaced,
    "BMC": _Reader.begin_marked,
    "BDC": _Reader.begin_marked,
    "EMC": _Reader.end_marked,
}
