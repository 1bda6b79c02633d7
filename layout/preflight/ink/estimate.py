"""Plates estimated from the marks: areas, lines, boxes of type, pictures, laid one on the other at a coarse resolution.

It knows overprint and opacity, but no shape of a clip, no hole in an area, no mask and no blend mode; type covers a
third of its box; all spot inks share one plate. Colours that are not inks yet lay none.
"""

from math import sqrt
from typing import Any, Final

from msgspec import Struct

from layout.images import ImageFault
from layout.images.plates import Plates, Tints, jpeg_plates, raw_plates
from layout.preflight.budget import STREAM_MAX, Budget, OverBudget
from layout.preflight.codecs import DecodeFault, decode_stream
from layout.preflight.content.interpreter import interpret
from layout.preflight.content.marks import Mark, Picture, Sink
from layout.preflight.facts import Opened
from layout.preflight.model import PROCESS, Box, Colour, Kind, Page
from layout.preflight.objects import filters, get, numbers, raw_stream

_DPI: Final = 36.0
_PIXELS_MAX: Final = 4_000_000
_INKS: Final = {"DeviceCMYK": False, "DeviceGray": True}
"""Spaces of pictures that are inks already, and whether it is gray."""


class Estimate(Struct, frozen=True):
    """Estimated plates with their resolution."""

    plates: Plates
    dpi: float


def estimate(opened: Opened, page: Page) -> Estimate:
    """The plates of a page. Raises OverBudget."""
    left, bottom, right, top = page.boxes.frame
    wide, high = right - left, top - bottom
    dpi = min(_DPI, 72 * sqrt(_PIXELS_MAX / max(1.0, wide * high)))
    made = Plates(max(1, round(wide * dpi / 72)), max(1, round(high * dpi / 72)))
    leaf = opened.pages[page.number - 1]
    sink = _Layer(made, page.boxes.frame, dpi / 72, opened.library.budget)
    interpret(
        get(leaf.value, "/Contents"),
        resources=leaf.entry("/Resources"),
        group=get(leaf.value, "/Group"),
        frame=page.boxes.frame,
        library=opened.library,
        sink=sink,
    )
    return Estimate(made, dpi)


class _Layer(Sink):
    """Lays each mark on the plates. ``scale``: pixels in a point."""

    def __init__(self, plates: Plates, frame: Box, scale: float, budget: Budget) -> None:
        self._plates, self._frame, self._scale, self._budget = plates, frame, scale, budget

    def mark(self, mark: Mark) -> None:
        """Lay a mark of known ink."""
        tints = _tints(mark.colour, overprints=mark.overprints)
        if tints is None or len(mark.outline) < 2 or mark.kind in {Kind.INVISIBLE, Kind.STENCIL}:
            return
        self._plates.lay(
            [self._pixel(x, y) for x, y in mark.outline],
            tints,
            within=self._within(mark.box),
            alpha=mark.alpha,
            text=mark.kind is Kind.TEXT,
            width=mark.size * self._scale if mark.kind is Kind.STROKE else None,
            spot=_spot(mark.colour, overprints=mark.overprints),
        )

    def picture(self, picture: Picture) -> None:
        """Lay a picture of inks."""
        a, b, c, d, e, f = picture.matrix
        area = a * d - b * c
        within = self._within(picture.box)
        if picture.stencil or not area:
            return
        made = self._decoded(picture, largest=max(1, round(max(within[2] - within[0], within[3] - within[1]))))
        if made is None:
            return
        left, top, step = self._frame[0], self._frame[3], 1 / self._scale
        # Page pixel -> point -> unit square, and there y down: the picture's first row is at the top.
        across = (d * step / area, c * step / area, (d * (left - e) - c * (top - f)) / area)
        down = (b * step / area, a * step / area, 1 - (a * (top - f) - b * (left - e)) / area)
        self._plates.lay_picture(made, (*across, *down), within=within, alpha=picture.alpha)

    def _decoded(self, picture: Picture, *, largest: int) -> Any:
        """The picture's inks; None when its colours are not inks or it cannot be decoded."""
        space = picture.space.family if picture.space else ""
        if picture.source is None or picture.bits != 8 or space not in _INKS:
            return None
        decode = numbers(get(picture.source, "/Decode"))
        inverted = bool(decode) and decode[0] > 0.5
        self._budget.look_at_clock()
        try:
            if filters(picture.source) == ("DCTDecode",):
                return jpeg_plates(raw_stream(picture.source), largest=largest, inverted=inverted)
            size = picture.width, picture.height
            limit = min(STREAM_MAX, size[0] * size[1] * picture.space.components + 1) if picture.space else 0
            data = decode_stream(picture.source, self._budget, limit=limit)
            return raw_plates(data, size, gray=_INKS[space], inverted=inverted)
        except (DecodeFault, ImageFault, OverBudget):
            return None

    def _pixel(self, x: float, y: float) -> tuple[float, float]:
        return (x - self._frame[0]) * self._scale, (self._frame[3] - y) * self._scale

    def _within(self, box: Box) -> Box:
        left, top = self._pixel(box[0], box[3])
        right, bottom = self._pixel(box[2], box[1])
        return _bounded(left), _bounded(top), _bounded(right), _bounded(bottom)


def _bounded(pixel: float) -> float:
    """A pixel that an integer can hold: clips may be without end."""
    return max(-1e6, min(1e6, pixel))


def _tints(colour: Colour, *, overprints: bool) -> Tints | None:
    """What each plate gets; None for colours that are not inks."""
    if colour.inks is None:
        return None
    plates = dict(colour.inks)
    given = [plates.get(plate, 0.0) for plate in PROCESS]
    cyan, magenta, yellow, black = (None if overprints and not tint else tint for tint in given)
    return cyan, magenta, yellow, black


def _spot(colour: Colour, *, overprints: bool) -> float | None:
    """What spot plates get; None leaves them as they are: by overprint, or because the colour is on every plate."""
    tints = dict(colour.inks or ())
    spots = sum(tint for plate, tint in tints.items() if plate not in {*PROCESS, "All", "None"})
    return None if "All" in tints or (overprints and not spots) else min(1.0, spots)
