"""Values that know where they were written."""

from msgspec import Struct

from layout.core.diagnostics import NOWHERE, Span


class Placed(Struct, frozen=True, kw_only=True):
    """A value with the place it was written at, for messages: two are equal, and look alike, whatever their places.

    So a face named twice is one face, and a line more above it makes no other press.
    """

    span: Span = NOWHERE

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._compared() == other._compared()

    def __hash__(self) -> int:
        return hash(self._compared())

    def __repr__(self) -> str:
        return f"{type(self).__name__}{self._compared()!r}"

    def _compared(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.__struct_fields__ if name != "span")
