"""Type and lines that the press can hold: not too small, not out of too many inks."""

from collections.abc import Callable, Iterator, Set
from math import inf
from typing import Final

from layout.preflight.checks.case import Case, Found
from layout.preflight.model import Colour, Kind, Paint

_TEXT: Final = frozenset([Kind.TEXT])
_LINES: Final = frozenset([Kind.STROKE, Kind.FILL])


def rich_black(case: Case) -> Iterator[Found]:
    """Black type out of four inks is as sharp as the register is good, and lies wet on the sheet."""
    limits = case.limits

    def rich(ink: Colour) -> bool:
        return ink.black >= limits.rich_black and ink.total > limits.rich_total + 1e-6

    return _small(case, _TEXT, rich, "black text out of several inks")


def white_text(case: Case) -> Iterator[Found]:
    """Ink runs into small white type from all sides."""
    limits = case.limits
    return _small(case, _TEXT, _white, "small white text", limits.white_text, limits.white_text_least)


def white_text_tiny(case: Case) -> Iterator[Found]:
    """White type of this size closes up on newsprint."""
    return _small(case, _TEXT, _white, "tiny white text", case.limits.white_text_least)


def ink_text(case: Case) -> Iterator[Found]:
    """Small type out of several inks is blurred by the smallest misregister."""
    limits = case.limits
    return _small(case, _TEXT, _several, "small text out of several inks", limits.ink_text, limits.ink_text_least)


def ink_text_tiny(case: Case) -> Iterator[Found]:
    """Type of this size out of several inks cannot be read where the register is off by a hair."""
    return _small(case, _TEXT, _several, "tiny text out of several inks", case.limits.ink_text_least)


def tiny_text(case: Case) -> Iterator[Found]:
    """Type of this size fills in on newsprint, whatever its colour."""
    return _small(case, _TEXT, _one, "tiny text", case.limits.text_least)


def white_lines(case: Case) -> Iterator[Found]:
    """A fine white line in ink closes up."""
    return _small(case, _LINES, _white, "a thin white line", case.limits.white_line)


def ink_lines(case: Case) -> Iterator[Found]:
    """A fine line out of several inks falls apart where the register is off."""
    return _small(case, _LINES, _several, "a thin line out of several inks", case.limits.ink_line)


def thin_lines(case: Case) -> Iterator[Found]:
    """A line thinner than the press can hold breaks up; one of no width is as thin as the plate-setter can make it."""
    return _small(case, _LINES, _one, "a thin line", case.limits.line_least)


def invisible_text(case: Case) -> Iterator[Found]:
    """Invisible text is not printed, but it is found and copied: it should say what the page says."""
    for one in case.facts.paints:
        if one.printed and one.kind is Kind.INVISIBLE:
            yield Found(f"invisible text{_times(one)}", one.page, one.place)


def _small(
    case: Case, kinds: Set[Kind], inks: Callable[[Colour], bool], fault: str, below: float = inf, least: float = 0.0
) -> Iterator[Found]:
    """What is painted in such inks, smaller than ``below`` and not smaller than ``least``."""
    for one in case.facts.paints:
        if one.printed and one.kind in kinds and least <= one.size < below and inks(one.colour):
            yield Found(f"{fault}: {one.size:g} pt, {one.colour}{_times(one)}", one.page, one.place)


def _white(ink: Colour) -> bool:
    return ink.white


def _several(ink: Colour) -> bool:
    return ink.colourants > 1


def _one(ink: Colour) -> bool:
    return ink.colourants < 2 and not ink.white


def _times(one: Paint) -> str:
    return f", {one.count} times" if one.count > 1 else ""
