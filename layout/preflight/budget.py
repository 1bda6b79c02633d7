"""How much work one file may ask for. What is not ours may be hostile: every loop over its content spends from here."""

from time import perf_counter
from typing import Final

from msgspec import Struct

STREAM_MAX: Final = 64 << 20
"""Bytes that one content stream, profile or metadata packet may have when it is decoded."""

_OPERATIONS_A_LOOK: Final = 1024
"""The clock is read once in so many operators."""


class OverBudget(Exception):  # noqa: N818 - the trade's word; it ends the reading of one part and becomes a finding
    """The file asks for more than a page of print can need. ``what`` is for the report."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)


class Budget(Struct):
    """What is left: operators, decoded bytes, objects, distinct facts, and the time at which reading ends."""

    operators: int = 1_000_000
    decoded: int = 256 << 20
    objects: int = 400_000
    facts: int = 100_000
    seconds: float = 20.0
    _deadline: float = 0.0
    _look: int = _OPERATIONS_A_LOOK

    def __post_init__(self) -> None:
        self._deadline = perf_counter() + self.seconds

    def spend_operator(self) -> None:
        """One operator of a content stream."""
        self.operators -= 1
        if self.operators < 0:
            raise OverBudget("more drawing operators than any page needs")
        self._look -= 1
        if self._look < 0:
            self._look = _OPERATIONS_A_LOOK
            self.look_at_clock()

    def spend_decoded(self, count: int) -> None:
        """Bytes that came out of a filter."""
        self.decoded -= count
        if self.decoded < 0:
            raise OverBudget("streams that unpack to hundreds of megabytes")
        self.look_at_clock()

    def spend_object(self) -> None:
        """One object of the file's graph."""
        self.objects -= 1
        if self.objects < 0:
            raise OverBudget("more objects than any page needs")

    def spend_fact(self) -> None:
        """One fact that differs from all before."""
        self.facts -= 1
        if self.facts < 0:
            raise OverBudget("more different colours, sizes and pictures than any page needs")

    def look_at_clock(self) -> None:
        """Raise OverBudget when time is up."""
        if perf_counter() > self._deadline:
            raise OverBudget(f"more than {self.seconds:g} seconds of reading")
