"""The canvas: a page of display items as operators in DeviceCMYK, with y flipped once (``Boxes.point``).

ReportLab's own canvas sets RGB, 8-bit encodings and a Helvetica that is not embedded; of ReportLab only the document
and its objects are used (``binding``).
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from layout.core import WHITE, Ink, Point, Pt, Rect, Spot
from layout.display import Curve, Fill, Foreign, GlyphRun, Item, Picture, Stroke
from layout.foreign import ForeignPage, ForeignPages
from layout.images import PressPicture
from layout.pdf import colour, text
from layout.pdf.boxes import Boxes
from layout.pdf.codes import PressFont
from layout.pdf.foreign import placing
from layout.pdf.leaf import Leaf, Stored
from layout.pdf.objects import filtered, number, numbers, stream
from layout.pdf.pictures import picture_entries
from layout.pdf.text import Straight


class _State(Struct, frozen=True):
    """The graphics state as the content stream has left it; None where nothing was set yet."""

    fill: str | None = None
    stroke: str | None = None
    overprint: str | None = None
    width: str | None = None
    dash: str | None = "[] 0 d"
    font: str | None = None
    scale: str | None = "100 Tz"


class PressCanvas:
    """A page under way."""

    def __init__(
        self,
        boxes: Boxes,
        fonts: Mapping[str, PressFont],
        pictures: Mapping[Picture, PressPicture],
        foreign: ForeignPages,
    ) -> None:
        self._boxes = boxes
        self._fonts = fonts
        self._pictures = pictures
        self._foreign = foreign
        self._code: list[str] = []
        self._images: dict[bytes, tuple[str, Stored]] = {}  # by digest
        self._forms: dict[ForeignPage, str] = {}
        self._spots: dict[Spot, str] = {}
        self._state = _State()
        self._saved: list[_State] = []
        self._origin: tuple[float, float] | None = None  # where the line of the open text object starts
        self._turned = False  # whether that line goes down the page

    def leaf(self) -> Leaf:
        """The finished page."""
        self._leave_text()
        return Leaf(
            boxes=self._boxes,
            content=stream({}, "\n".join(self._code).encode("ascii")),
            fonts=tuple(use for font in self._fonts.values() for use in font.dictionaries),
            spots={label: spot for spot, label in self._spots.items()},
            forms={label: page for page, label in self._forms.items()},
            pictures=dict(self._images.values()),
        )

    # state

    def _emit(self, *operators: str) -> None:
        self._code.extend(operators)

    def save(self) -> None:
        """Keep the graphics state (q)."""
        self._leave_text()
        self._saved.append(self._state)
        self._emit("q")

    def restore(self) -> None:
        """Return to the state that was kept last (Q)."""
        self._leave_text()
        self._state = self._saved.pop()
        self._emit("Q")

    def _set(self, **wanted: str) -> None:
        """Emit the operators that differ from what is in force."""
        state = self._state
        changed = {field: operator for field, operator in wanted.items() if getattr(state, field) != operator}
        if changed:
            self._code.extend(changed.values())
            self._state = replace(state, **changed)

    def _fill_ink(self, ink: Ink) -> str:
        return colour.fill_colour(ink, self._space(ink.spot) if ink.spot else "")

    def _stroke_ink(self, ink: Ink) -> str:
        return colour.stroke_colour(ink, self._space(ink.spot) if ink.spot else "")

    def _space(self, spot: Spot) -> str:
        """The resource name of a spot ink's colour space."""
        return self._spots.setdefault(spot, f"CS{len(self._spots) + 1}")

    # items

    def draw(self, items: Iterable[Item]) -> None:
        """Paint items in their order."""
        drawn = [*text.lines(items)]
        for item, following in zip_longest(drawn, drawn[1:]):
            match item:
                case list():
                    self.show_line(item, following[0] if isinstance(following, list) else None)
                case Fill():
                    self.fill(item)
                case Stroke():
                    self.stroke_line(item)
                case Curve():
                    self.curve(item)
                case Picture():
                    self.picture(item, self._pictures[item])
                case Foreign():
                    self.foreign(item, self._foreign[item.source, item.page])
                case _:
                    assert_never(item)

    # shapes

    def _rectangle(self, rect: Rect) -> str:
        left, bottom = self._boxes.point(Point(rect.x, rect.bottom))
        return f"{numbers(left, bottom, rect.width, rect.height)} re"

    def clip(self, rect: Rect) -> None:
        """Keep what follows inside a rectangle."""
        self._leave_text()
        self._emit(f"{self._rectangle(rect)} W n")

    def clip_between(self, outer: Rect, inner: Rect) -> None:
        """Keep what follows inside ``outer`` and outside ``inner``."""
        self._leave_text()
        self._emit(self._rectangle(outer), f"{self._rectangle(inner)} W* n")

    def fill(self, item: Fill) -> None:
        """Paint a rectangle of flat ink."""
        self._leave_text()
        self._set(overprint=colour.overprint_state(item.ink, asked=item.overprint), fill=self._fill_ink(item.ink))
        self._emit(f"{self._rectangle(item.rect)} f")

    def stroke_line(self, item: Stroke) -> None:
        """Draw a rule."""
        self._leave_text()
        self._set(
            overprint=colour.overprint_state(item.ink, asked=item.overprint),
            stroke=self._stroke_ink(item.ink),
            width=f"{number(item.width)} w",
            dash=f"[{numbers(*item.dash)}] 0 d",
        )
        start, end = self._boxes.point(item.start), self._boxes.point(item.end)
        self._emit(f"{numbers(*start)} m {numbers(*end)} l S")

    def curve(self, item: Curve) -> None:
        """Stroke or fill a chain of Bézier curves."""
        self._leave_text()
        self._set(overprint=colour.overprint_state(item.ink, asked=item.overprint))
        if item.width:
            self._set(stroke=self._stroke_ink(item.ink), width=f"{number(item.width)} w", dash="[] 0 d")
        else:
            self._set(fill=self._fill_ink(item.ink))
        start, *rest = (numbers(*self._boxes.point(point)) for point in item.points)
        curves = (f"{' '.join(rest[at : at + 3])} c" for at in range(0, len(rest), 3))
        self._emit(f"{start} m {' '.join(curves)} {'S' if item.width else 'f'}")

    def registration_ink(self, weight: Pt, dash: Sequence[Pt] = ()) -> None:
        """Draw what follows on every plate, with lines of ``weight``, solid or dashed."""
        self._leave_text()
        self._spots[colour.EVERY_PLATE] = colour.REGISTRATION
        self._set(
            overprint=colour.overprint_state(WHITE, asked=False),
            stroke=f"/{colour.REGISTRATION} CS 1 SCN",
            width=f"{number(weight)} w",
            dash=f"[{numbers(*dash)}] 0 d",
        )

    def path(self, *parts: tuple[str, Sequence[Point]]) -> None:
        """Stroke a path of (operator, points) with what is in force."""
        self._leave_text()  # a path inside a text object is illegal (ISO 32000-1, figure 9)
        drawn = [f"{' '.join(numbers(*self._boxes.point(point)) for point in points)} {op}" for op, points in parts]
        self._emit(" ".join(drawn) + " S")

    # pictures

    def picture(self, item: Picture, prepared: PressPicture) -> None:
        """Place a picture so that it fills its rectangle exactly; one that stands twice is stored once."""
        self._leave_text()
        self._set(overprint=colour.overprint_state(WHITE, asked=False))
        stored = _stored(prepared)
        label, _ = self._images.setdefault(stored.digest, (f"Im{len(self._images) + 1}", stored))
        left, bottom = self._boxes.point(Point(item.rect.x, item.rect.bottom))
        matrix = f"{number(item.rect.width)} 0 0 {number(item.rect.height)} {numbers(left, bottom)} cm"
        self._emit("q", matrix, f"/{label} Do", "Q")

    # foreign pages

    def foreign(self, item: Foreign, page: ForeignPage) -> None:
        """Place a foreign page so that its trim fills the rectangle; one that stands twice is stored once.

        It starts, as it did in its own file, in the state in which every page starts (ISO 32000-1, 8.4.1).
        """
        self._leave_text()
        self._set(
            overprint=colour.overprint_state(WHITE, asked=False),
            fill="0 g",
            stroke="0 G",
            width="1 w",
            dash="[] 0 d",
            scale="100 Tz",
        )
        label = self._forms.setdefault(page, f"Fm{len(self._forms) + 1}")
        left, bottom = self._boxes.point(Point(item.rect.x, item.rect.bottom))
        onto = (left, bottom, item.rect.width, item.rect.height)
        self._emit("q", placing(page.box, page.rotation, onto), f"/{label} Do", "Q")

    # text

    def show_line(self, line: Sequence[GlyphRun], following: GlyphRun | None = None) -> None:
        """Set runs that stand on one baseline, before the run ``following`` them."""
        font = self._fonts[line[0].face]
        simple = text.straight(line[0], font.codes) if len(line) == 1 else None
        if simple is not None:
            self._show_straight(line[0], simple)
            return
        current: GlyphRun | None = None
        off = pen = 0.0
        for piece in text.pieces(line, self._fonts, following):
            first = piece.glyphs[0]
            if first.run is not current or first.off != off:
                self._enter_text(first.run)
                pen = first.along + self._move(first.run, first.place, down=first.down)
                current, off = first.run, first.off
            self._set(font=f"/{first.font} {number(first.run.size)} Tf")
            if piece.copy is not None:
                self._emit(text.actual_text(piece.copy))
            operator, pen = text.show(piece.glyphs, pen)
            self._emit(operator)
            if piece.closes:
                self._emit("EMC")

    def _show_straight(self, run: GlyphRun, line: Straight) -> None:
        self._enter_text(run)
        pen = line.along[0] + self._move(run, Point(line.along[0], run.baseline + run.glyphs[0].dy))
        self._set(font=f"/{line.font} {number(run.size)} Tf")
        start = 0
        for begin, end, copied in (*((*span, True) for span in line.spans), (len(line.along), 0, False)):
            if start < begin:
                pen = self._show_part(run, line, slice(start, begin), pen)
            if copied:
                self._emit(text.actual_text("".join(glyph.text for glyph in run.glyphs[begin:end])))
                pen = self._show_part(run, line, slice(begin, end), pen)
                self._emit("EMC")
            start = end

    def _show_part(self, run: GlyphRun, line: Straight, part: slice, pen: Pt) -> Pt:
        operator, pen = text.shown_at(run, line.along[part], line.hexes[part], line.widths[part], pen)
        self._emit(operator)
        return pen

    def _enter_text(self, run: GlyphRun) -> None:
        """Open a text object unless there is one, and take on the ink and the width of a run."""
        if self._origin is None:
            self._emit("BT")
            self._origin = (0.0, 0.0)
            self._turned = False
        self._set(
            overprint=colour.overprint_state(run.ink, asked=run.overprint),
            fill=self._fill_ink(run.ink),
            scale=f"{number(run.xscale * 100)} Tz",
        )

    def _move(self, run: GlyphRun, place: Point, *, down: bool = False) -> Pt:
        """Go to a glyph. By so much the pen then stands further along the line than it should, as it is written."""
        assert self._origin is not None
        x, y = self._boxes.point(place)
        target = (round(x, 3), round(y, 3))
        turned = run.flow == "turned"
        if turned or self._turned:
            self._emit(f"{'0 -1 1 0' if turned else '1 0 0 1'} {numbers(*target)} Tm")
        else:
            self._emit(f"{numbers(target[0] - self._origin[0], target[1] - self._origin[1])} Td")
        self._turned = turned
        self._origin = target
        return y - target[1] if down else target[0] - x

    def _leave_text(self) -> None:
        if self._origin is not None:
            self._emit("ET")
            self._origin = None


def _stored(picture: PressPicture) -> Stored:
    content = filtered(picture_entries(picture), picture.data)
    return Stored(content, hashlib.sha256(content).digest())
