"""Type and lines that the press can hold: not too small, not out of too many inks."""

from collections.abc import Callable, Iterator

from layout.preflight.checks.case import Case, Found
from layout.preflight.model import Kind, Paint


def rich_black(case: Case) -> Iterator[Found]:
    """Black type out of four inks is as sharp as the register is good, and lies wet on the sheet."""
    limits = case.limits

    def rich(one: Paint) -> bool:
        return one.colour.black >= limits.rich_black and one.colour.total > limits.rich_total + 1e-6

    yield from _text(case, rich, "black text out of several inks")


def white_text(case: Case) -> Iterator[Found]:
    """Ink runs into small white type from all sides."""
    least, below = case.limits.white_text_least, case.limits.white_text
    yield from _text(case, lambda one: one.colour.white and least <= one.size < below, "small white text")


def white_text_tiny(case: Case) -> Iterator[Found]:
    """White type of this size closes up on newsprint."""
    yield from _text(case, lambda one: one.colour.white and one.size < case.limits.white_text_least, "tiny white text")


def ink_text(case: Case) -> Iterator[Found]:
    """Small type out of several inks is blurred by the smallest misregister."""
    least, below = case.limits.ink_text_least, case.limits.ink_text
    yield from _text(
        case, lambda one: one.colour.colourants > 1 and least <= one.size < below, "small text out of several inks"
    )


def ink_text_tiny(case: Case) -> Iterator[Found]:
    """Type of this size out of several inks cannot be read where the register is off by a hair."""
    yield from _text(
        case,
        lambda one: one.colour.colourants > 1 and one.size < case.limits.ink_text_least,
        "tiny text out of several inks",
    )


def tiny_text(case: Case) -> Iterator[Found]:
    """Type of this size fills in on newsprint, whatever its colour."""
    yield from _text(
        case,
        lambda one: one.size < case.limits.text_least and one.colour.colourants < 2 and not one.colour.white,
        "tiny text",
    )


def white_lines(case: Case) -> Iterator[Found]:
    """A fine white line in ink closes up."""
    yield from _lines(case, lambda one: one.colour.white and one.size < case.limits.white_line, "a thin white line")


def ink_lines(case: Case) -> Iterator[Found]:
    """A fine line out of several inks falls apart where the register is off."""
    yield from _lines(
        case,
        lambda one: one.colour.colourants > 1 and one.size < case.limits.ink_line,
        "a thin line out of several inks",
    )


def thin_lines(case: Case) -> Iterator[Found]:
    """A line thinner than the press can hold breaks up; one of no width is as thin as the plate-setter can make it."""
    yield from _lines(
        case,
        lambda one: one.size < case.limits.line_least and one.colour.colourants < 2 and not one.colour.white,
        "a thin line",
    )


def invisible_text(case: Case) -> Iterator[Found]:
    """Invisible text is not printed, but it is found and copied: it should say what the page says."""
    for one in case.facts.paints:
        if one.printed and one.kind is Kind.INVISIBLE:
            yield Found(f"invisible text{_times(one)}", one.page, one.place)


def _text(case: Case, wanted: Callable[[Paint], bool], fault: str) -> Iterator[Found]:
    for one in case.facts.paints:
        if one.printed and one.kind is Kind.TEXT and wanted(one):
            yield Found(f"{fault}: {one.size:g} pt, {one.colour}{_times(one)}", one.page, one.place)


def _lines(case: Case, wanted: Callable[[Paint], bool], fault: str) -> Iterator[Found]:
    for one in case.facts.paints:
        if one.printed and one.kind in {Kind.STROKE, Kind.FILL} and wanted(one):
            yield Found(f"{fault}: {one.size:g} pt, {one.colour}{_times(one)}", one.page, one.place)


def _times(one: Paint) -> str:
    return f", {one.count} times" if one.count > 1 else ""
