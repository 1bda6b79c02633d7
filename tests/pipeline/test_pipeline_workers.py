"""Work shared out between processes."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from layout.pipeline.workers import share_out

ROOT = Path(__file__).parents[2]


def square(number: int) -> int:
    return number * number


def process(number: int) -> int:
    return os.getpid()


def lost(number: int) -> int:
    os._exit(9)


def late(number: int) -> int:
    if number == 1:
        raise ValueError(number)
    return number


@pytest.mark.parametrize("jobs", [1, 2, 8])
def test_results_come_in_order_and_progress_is_told(jobs: int) -> None:
    told: list[tuple[int, int]] = []
    done = share_out(square, 5, jobs=jobs, progress=lambda done, total: told.append((done, total)))
    assert list(done) == [0, 1, 4, 9, 16]
    assert told == [(n, 5) for n in range(1, 6)]


def test_one_part_or_one_job_needs_no_process() -> None:
    here = os.getpid()
    assert list(share_out(process, 1, jobs=4)) == [here]
    assert set(share_out(process, 3, jobs=1)) == {here}
    assert here not in set(share_out(process, 3, jobs=2))


def test_nothing_to_do() -> None:
    assert list(share_out(square, 0, jobs=4)) == []


def test_a_process_that_is_lost() -> None:
    with pytest.raises(ChildProcessError, match="--jobs 1"):
        list(share_out(lost, 2, jobs=2))


def test_an_exception_comes_through() -> None:
    with pytest.raises(ValueError, match="1"):
        list(share_out(late, 3, jobs=2))


ORPHANS = """
import os, sys, time
from pathlib import Path
from layout.pipeline.workers import share_out

def wait(number):
    Path(sys.argv[1], str(os.getpid())).touch()
    time.sleep(30)

if __name__ == "__main__":
    list(share_out(wait, 2, jobs=2))
"""


def alive(process: int) -> bool:
    """Whether a process runs; one that has ended and waits to be asked for does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc")
def test_workers_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "orphans.py"
    script.write_text(ORPHANS)
    noted = tmp_path / "noted"
    noted.mkdir()
    with subprocess.Popen([sys.executable, script, noted], env={**os.environ, "PYTHONPATH": str(ROOT)}) as parent:
        workers = wait_for(
            lambda: (found := [int(path.name) for path in noted.iterdir()]) and len(found) == 2 and found
        )
        assert all(map(alive, workers))
        parent.kill()
    assert wait_for(lambda: not any(map(alive, workers)))


def wait_for(condition):
    """The condition's value once it holds; its last value after ten seconds."""
    until = time.monotonic() + 10
    while not (value := condition()) and time.monotonic() < until:
        time.sleep(0.02)
    return value
