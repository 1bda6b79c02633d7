"""Operators that build and paint paths (ISO 32000-1, 8.5)."""

from collections.abc import Callable
from typing import Final

from layout.preflight.content.matrix import apply, thinnest
from layout.preflight.content.path import Path, thickness
from layout.preflight.content.run import Operator, Run, Table
from layout.preflight.model import Kind


def move(run: Run, x: float, y: float) -> None:
    """The operator m."""
    run.path.move(apply(run.state.ctm, x, y))


def line(run: Run, x: float, y: float) -> None:
    """The operator l."""
    run.path.add(apply(run.state.ctm, x, y))


def curve(run: Run, *coordinates: float) -> None:
    """The operators c, v and y: the points that control the curve."""
    ctm = run.state.ctm
    run.path.add(*(apply(ctm, x, y) for x, y in zip(coordinates[::2], coordinates[1::2], strict=True)))


def close(run: Run) -> None:
    """The operator h."""
    run.path.close()


def rectangle(run: Run, x: float, y: float, width: float, height: float) -> None:
    """The operator re."""
    ctm = run.state.ctm
    run.path.move(apply(ctm, x, y))
    run.path.add(apply(ctm, x + width, y), apply(ctm, x + width, y + height), apply(ctm, x, y + height))
    run.path.close()


def clip(run: Run) -> None:
    """The operators W and W*: the path will clip once it is painted."""
    run.clips = True


def _paint(*, fills: bool = False, strokes: bool = False, closes: bool = False) -> Callable[[Run], None]:
    """An operator that paints the path and ends it."""

    def act(run: Run) -> None:
        if closes:
            run.path.close()
        subpaths = [subpath for subpath in run.path.subpaths if len(subpath) > 1]
        for subpath in subpaths if fills else ():
            run.paint(Kind.FILL, run.state.fill, subpath, size=thickness(subpath))
        width = run.state.width * thinnest(run.state.ctm)
        for subpath in subpaths if strokes else ():
            run.paint(Kind.STROKE, run.state.stroke, subpath, size=width, margin=width / 2)
        if run.clips:
            run.clip_to(run.path.bounds())
        run.path, run.clips = Path(), False

    return act


PATHS: Final[Table] = {
    "m": Operator((float,) * 2, move),
    "l": Operator((float,) * 2, line),
    "c": Operator((float,) * 6, curve),
    "v": Operator((float,) * 4, curve),
    "y": Operator((float,) * 4, curve),
    "h": Operator((), close),
    "re": Operator((float,) * 4, rectangle),
    "W": Operator((), clip),
    "W*": Operator((), clip),
    "n": Operator((), _paint()),
    "S": Operator((), _paint(strokes=True)),
    "s": Operator((), _paint(strokes=True, closes=True)),
    "f": Operator((), _paint(fills=True)),
    "F": Operator((), _paint(fills=True)),
    "f*": Operator((), _paint(fills=True)),
    "B": Operator((), _paint(fills=True, strokes=True)),
    "B*": Operator((), _paint(fills=True, strokes=True)),
    "b": Operator((), _paint(fills=True, strokes=True, closes=True)),
    "b*": Operator((), _paint(fills=True, strokes=True, closes=True)),
}
