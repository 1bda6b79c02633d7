"""Work shared out between processes that end with the program, however the program ends.

What makes processes is imported where there are several: a page by itself needs none of it.
"""

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

T = TypeVar("T")

_ENDED: Final = "a worker process was ended from outside, perhaps for want of memory; --jobs 1 needs the least"

Progress: TypeAlias = Callable[[int, int], None]
"""Is told how many parts of how many are done."""


def share_out(work: Callable[[int], T], count: int, *, jobs: int, progress: Progress | None = None) -> Iterator[T]:
    """``work(0)`` to ``work(count - 1)`` in order, done by up to ``jobs`` processes.

    ``work`` must be something that can be pickled when there are several; what it imports should be imported before,
    for the processes then have it from the start. Raises OSError when the system ends one of the processes.
    """
    processes = min(jobs, count)
    if processes < 2:
        yield from _counted(map(work, range(count)), count, progress)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    try:
        with ProcessPoolExecutor(processes, initializer=_take_up, initargs=(work,)) as pool:
            yield from _counted(pool.map(_part, range(count)), count, progress)
    except BrokenProcessPool:
        raise ChildProcessError(_ENDED) from None


def helper() -> "ProcessPoolExecutor":
    """One process for work beside the program's own; it ends with the program."""
    from concurrent.futures import ProcessPoolExecutor

    return ProcessPoolExecutor(1, initializer=_follow_parent)


def outcome(work: "Future[T]") -> T:
    """What a helper's work comes to. Raises OSError when the system ended the helper."""
    from concurrent.futures.process import BrokenProcessPool

    try:
        return work.result()
    except BrokenProcessPool:
        raise ChildProcessError(_ENDED) from None


def _counted(results: Iterator[T], total: int, progress: Progress | None) -> Iterator[T]:
    for done, result in enumerate(results, 1):
        if progress is not None:
            progress(done, total)
        yield result


_taken_up: Final[list[Callable[[int], Any]]] = []
"""In a worker, what it works at: handed over once, for it may hold the whole issue."""


def _take_up(work: Callable[[int], Any]) -> None:
    _follow_parent()
    _taken_up.append(work)


def _part(number: int) -> Any:
    return _taken_up[0](number)


def _follow_parent() -> None:
    """Leave Ctrl-C to the parent, and end when it ends: a parent that is killed cannot tell its workers."""
    import signal
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import connection, parent_process

    parent = parent_process()
    assert parent is not None  # only workers come here
    connection.wait([parent.sentinel])
    os._exit(1)
