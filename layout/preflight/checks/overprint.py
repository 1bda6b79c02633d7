"""Overprint: black lies over colours, white never does."""

from collections.abc import Callable, Iterator

from layout.preflight.checks.case import Case, Found
from layout.preflight.model import Kind, Paint

_LINES = (Kind.STROKE, Kind.FILL)


def white_text(case: Case) -> Iterator[Found]:
    """White type that overprints prints nothing: it vanishes in what lies below."""
    yield from _text(case, lambda one: one.colour.white and one.asks, "white text overprints")


def white_paths(case: Case) -> Iterator[Found]:
    """A white area or line that overprints does not cover what lies below."""
    for one in case.facts.paints:
        if one.printed and one.kind in _LINES and one.colour.white and one.asks:
            yield Found(f"a white {one.kind} overprints{_times(one)}", one.page, one.place)


def gray(case: Case) -> Iterator[Found]:
    """Whether DeviceGray overprints depends on the RIP; black is written as CMYK (0 0 0 1)."""
    for one in case.facts.paints:
        if one.printed and one.asks and one.colour.space.family == "DeviceGray" and not one.colour.white:
            yield Found(f"{one.kind} in DeviceGray overprints{_times(one)}", one.page, one.place)


def black_text(case: Case) -> Iterator[Found]:
    """Small black type that knocks out shows white rims where the plates do not meet."""
    below = case.limits.black_text
    yield from _text(
        case,
        lambda one: one.colour.black_only and one.size < below and not one.overprints,
        "black text does not overprint (a DeviceCMYK black needs OPM 1)",
    )


def black_lines(case: Case) -> Iterator[Found]:
    """Thin black lines that knock out show white rims where the plates do not meet."""
    for one in _lines(case):
        if one.colour.black_only and one.size < case.limits.black_line and not one.overprints:
            yield Found(f"a black line of {one.size:g} pt does not overprint{_times(one)}", one.page, one.place)


def gray_text(case: Case) -> Iterator[Found]:
    """Small black type in DeviceGray cannot be relied on to overprint."""
    below = case.limits.black_text
    yield from _text(
        case,
        lambda one: _gray_black(one) and one.size < below,
        "black text is in DeviceGray",
    )


def gray_lines(case: Case) -> Iterator[Found]:
    """Thin black lines in DeviceGray cannot be relied on to overprint."""
    for one in _lines(case):
        if _gray_black(one) and one.size < case.limits.black_line:
            yield Found(f"a black line of {one.size:g} pt is in DeviceGray{_times(one)}", one.page, one.place)


def _gray_black(one: Paint) -> bool:
    return one.colour.space.family == "DeviceGray" and one.colour.black_only


def _text(case: Case, wanted: Callable[[Paint], bool], fault: str) -> Iterator[Found]:
    for one in case.facts.paints:
        if one.printed and one.kind is Kind.TEXT and wanted(one):
            yield Found(f"{fault}: {one.size:g} pt {one.font}{_times(one)}", one.page, one.place)


def _lines(case: Case) -> Iterator[Paint]:
    """Strokes, and filled rectangles so thin that they are lines."""
    for one in case.facts.paints:
        if one.printed and one.kind in _LINES:
            yield one


def _times(one: Paint) -> str:
    return f", {one.count} times" if one.count > 1 else ""
