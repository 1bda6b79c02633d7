"""Copy with its markup read: what is marked, and what cannot be read."""

from typing import Literal, TypeAlias

from msgspec import Struct

MarkKind: TypeAlias = Literal["hei", "kai", "ink", "dots", "name", "title", "keep", "ruby", "note", "break", "typed"]


class Mark(Struct, frozen=True):
    """What is marked: ``text[start:end]``. ``values`` is the ink's name, or the readings of ruby.

    One reading stands over the whole, several over one cluster each. A break is empty and stands where the line ends.
    """

    kind: MarkKind
    start: int
    end: int
    values: tuple[str, ...] = ()


class Fault(Struct, frozen=True):
    """Markup that cannot be read: offset into the copy as typed, stable kebab-case code, message."""

    offset: int
    code: str
    message: str


class Marked(Struct, frozen=True):
    """Copy without its markup, and the marks, the outer before the inner.

    ``origin`` holds for each character of ``text``, and for its end, the offset in the copy as typed.
    """

    text: str
    marks: tuple[Mark, ...]
    origin: tuple[int, ...]
    faults: tuple[Fault, ...] = ()

    @property
    def kept(self) -> tuple[tuple[int, int], ...]:
        """The parts that stay as typed: first offset and the one behind the last, the outermost of them."""
        parts: list[tuple[int, int]] = []
        for mark in self.marks:
            if mark.kind == "typed" and mark.start < mark.end and not (parts and mark.start < parts[-1][1]):
                parts.append((mark.start, mark.end))
        return tuple(parts)
