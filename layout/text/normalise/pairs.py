"""What is open at a place in a paragraph: the stack behind quotation marks, title marks and lone halves."""

from collections import Counter
from typing import Generic, TypeVar

T = TypeVar("T")


class OpenMarks(Generic[T]):
    """Opening marks that wait for their closing ones, innermost last.

    A mark answers to one or several keys. Closing is linear over a whole paragraph: what is passed over is dropped, and
    a key that nothing open answers to is not searched for.
    """

    def __init__(self) -> None:
        self._waiting: list[tuple[frozenset[str], T]] = []
        self._answering: Counter[str] = Counter()

    def push(self, item: T, *keys: str) -> None:
        """Open ``item``; any of ``keys`` will close it."""
        self._waiting.append((frozenset(keys), item))
        self._answering.update(set(keys))

    def close(self, key: str) -> tuple[T, ...]:
        """Close the innermost item that answers to ``key``: it, then what was still open inside it; () if none does."""
        closed: list[T] = []
        while self._answering[key]:
            keys, item = self._waiting.pop()
            self._answering.subtract(keys)
            closed.append(item)
            if key in keys:
                break
        return tuple(reversed(closed))

    def innermost(self) -> T | None:
        """The item opened last, None when nothing is open."""
        return self._waiting[-1][1] if self._waiting else None

    def all(self) -> tuple[T, ...]:
        """What is still open, outermost first."""
        return tuple(item for _, item in self._waiting)
