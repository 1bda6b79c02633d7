"""The closed set of things that can stand on a page. Coordinates: points from the trim's top left, y down."""

from typing import Literal, TypeAlias

from msgspec import Struct, field

from layout.core import Ink, Point, Pt, Rect


class Glyph(Struct, frozen=True, gc=False, array_like=True):
    """One glyph of a run.

    ``advance`` is the way along the run to where the next glyph belongs, ``dx`` and ``dy`` lead from there to this
    glyph's own origin (on the page: dx right, dy down), all in points and already scaled. ``text`` is the copy that
    the glyph stands for: "" for the second and later glyphs of a cluster, several characters for a ligature.
    """

    gid: int
    advance: Pt
    text: str
    dx: Pt = 0.0
    dy: Pt = 0.0


Flow: TypeAlias = Literal["across", "down", "turned"]
"""How a run goes: on a baseline to the right; down a column, its glyphs upright; down a column, turned clockwise."""


class GlyphRun(Struct, frozen=True, tag=True):
    """Glyphs of one face and size on one baseline, from ``x`` rightwards.

    With another ``flow`` than ``across`` they go down a column: ``x`` is its centre line, ``baseline`` the y where the
    run starts, and advances run down. ``xscale`` condenses or widens the shapes horizontally (1.0: as drawn); advances
    are final either way. ``tag`` names what the run belongs to (``body``, ``caption``, ``folio``...), for proofs and
    checks.
    """

    x: Pt
    baseline: Pt
    face: str
    size: Pt
    ink: Ink
    glyphs: tuple[Glyph, ...]
    xscale: float = 1.0
    overprint: bool = False
    tag: str = ""
    flow: Flow = "across"

    @property
    def text(self) -> str:
        """The copy that the run sets."""
        return "".join([glyph.text for glyph in self.glyphs])

    @property
    def width(self) -> Pt:
        """The sum of the advances."""
        return sum([glyph.advance for glyph in self.glyphs])


class Fill(Struct, frozen=True, tag=True):
    """A rectangle of flat ink."""

    rect: Rect
    ink: Ink
    overprint: bool = False
    tag: str = ""


class Stroke(Struct, frozen=True, tag=True):
    """A straight rule from ``start`` to ``end``, ``width`` points thick, optionally dashed (on, off, ...)."""

    start: Point
    end: Point
    width: Pt
    ink: Ink
    overprint: bool = False
    dash: tuple[Pt, ...] = ()
    tag: str = ""


class Curve(Struct, frozen=True, tag=True):
    """A chain of Bézier curves: ``points`` are its start, then two controls and an end for each curve.

    It is stroked ``width`` points thick; without a width it is filled.
    """

    points: tuple[Point, ...]
    ink: Ink
    width: Pt = 0.0
    overprint: bool = False
    tag: str = ""


class Picture(Struct, frozen=True, tag=True):
    """A part of a picture, filling ``rect``.

    ``source`` is the key of the file; ``crop`` is the part that shows, in fractions 0..1 of the upright picture
    (after its orientation mark is obeyed).
    """

    rect: Rect
    source: str
    crop: Rect = field(default_factory=lambda: Rect(0.0, 0.0, 1.0, 1.0))
    grey: bool = False
    tag: str = ""


class Foreign(Struct, frozen=True, tag=True):
    """A page of another PDF (an advertisement), its trim filling ``rect`` and cut off there.

    ``source`` is the key of the file, ``page`` the number of the page in it, from 1, ``plates`` what it prints on.
    """

    rect: Rect
    source: str
    page: int = 1
    plates: tuple[str, ...] = ("Cyan", "Magenta", "Yellow", "Black")
    tag: str = ""


Item: TypeAlias = GlyphRun | Fill | Stroke | Curve | Picture | Foreign
"""Whatever can stand on a page. Items paint in the order in which they are listed."""
