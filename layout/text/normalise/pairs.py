"""What is open at a place in a paragraph: the stack behind quotation marks, title marks and lone halves."""

from typing import Generic, TypeVar

T = TypeVar("T")


class OpenMarks(Generic[T]):
    """Opening marks that wait for their closing ones, innermost last.

    A mark answers to one or several keys. Closing is linear over a whole paragraph: what is passed over is dropped, and
    a key that nothing open answers to is not searched for.
    """

    def __init__(self) -> None:
        self._waiting: list[tuple[frozenset[str], T]] = []
        self._answering: dict[str, int] = {}

    def push(self, item: T, *keys: str) -> None:
        """Open ``item``; any of ``keys`` will close it."""
        answers = frozenset(keys)
        self._waiting.append((answers, item))
        for key in answers:
            self._answering[key] = self._answering.get(key, 0) + 1

    def close(self, key: str) -> tuple[T, ...]:
        """Close the innermost item that answers to ``key``: it, then what was still open inside it; () if none does."""
        closed: list[T] = []
        while self._answering.get(key):
            answers, item = self._waiting.pop()
            for each in answers:
                self._answering[each] -= 1
            closed.append(item)
            if key in answers:
                break
        return tuple(reversed(closed))

    def innermost(self) -> T | None:
        """The item opened last, None when nothing is open."""
        return self._waiting[-1][1] if self._waiting else None

    def all(self) -> tuple[T, ...]:
        """What is still open, outermost first."""
        return tuple(item for _, item in self._waiting)
