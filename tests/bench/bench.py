"""Whole processes against a peer, in turns: ``python tests/bench/bench.py [--runs 5] [--pages 1,16,64]``."""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psutil
from pages import ROOT, write_issue

HERE = Path(__file__).parent
MIB = 1024 * 1024


@dataclass(frozen=True)
class Run:
    """One process: wall and CPU seconds of its tree, peak resident MiB of the tree."""

    wall: float
    cpu: float
    peak: float


def measure(command: list[str], environment: dict[str, str]) -> Run:
    """Run a command to its end and measure its whole process tree."""
    start = time.perf_counter()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, env={**os.environ, **environment}, **quiet)
    peak = [0.0]
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(process.pid, peak, done))
    watcher.start()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    done.set()
    watcher.join()
    if status:
        sys.exit(f"{' '.join(command)}: exit status {status}")
    return Run(wall, usage.ru_utime + usage.ru_stime, peak[0])


def _watch(pid: int, peak: list[float], done: threading.Event) -> None:
    while not done.wait(0.01):
        try:
            root = psutil.Process(pid)
            total = sum(each.memory_info().rss for each in (root, *root.children(recursive=True)))
        except psutil.Error:
            continue
        peak[0] = max(peak[0], total / MIB)


@dataclass(frozen=True)
class Contestant:
    """A command, and what is done before each of its runs, unmeasured."""

    command: list[str]
    before: Callable[[], None] = lambda: None


def contestants(issue: Path, work: Path) -> dict[str, Contestant]:
    """The contestants by name."""
    layout = [sys.executable, "-m", "layout", "build", str(issue), "-o", str(work / "out")]
    return {
        "Typst": Contestant([sys.executable, str(HERE / "peer_typst.py"), str(issue), str(work / "typst.pdf")]),
        "layout, cold": Contestant([*layout, "--no-cache"]),
        "layout, one process": Contestant([*layout, "--no-cache", "--jobs", "1"]),
        "layout, photographs kept": Contestant(layout, partial(forget_pages, work / "cache")),
        "layout, one character changed": Contestant(layout, partial(change, issue)),
        "layout, nothing changed": Contestant(layout),
    }


def forget_pages(cache: Path) -> None:
    """Leave the converted photographs only."""
    for kept in (*cache.rglob("*.page"), *cache.rglob("*.issue")):
        kept.unlink()


def change(issue: Path) -> None:
    """Change one character of the last page: another one each time, as an editor would."""
    head, mark, tail = issue.read_text(encoding="utf-8").rpartition("的")
    issue.write_text(head + mark + chr(ord(tail[0]) + 1) + tail[1:], encoding="utf-8")


def main() -> None:
    """Print one table a page count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--pages", default="1,16,64")
    arguments = parser.parse_args()
    for count in map(int, arguments.pages.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            work = Path(folder)
            print(table(count, contestants(write_issue(count, work), work), work, arguments.runs), flush=True)


def table(count: int, contestants: dict[str, Contestant], work: Path, runs: int) -> str:
    """Medians and ratios to Typst, from interleaved runs after one warm-up each."""
    environment = {"XDG_CACHE_HOME": str(work / "cache"), "PYTHONPATH": str(ROOT)}
    taken: dict[str, list[Run]] = {name: [] for name in contestants}
    for turn in range(runs + 1):
        for name, each in contestants.items():
            each.before()
            run = measure(each.command, environment)
            taken[name] += [run] if turn else []
    median = {
        name: Run(*(statistics.median(getattr(run, field) for run in each) for field in ("wall", "cpu", "peak")))
        for name, each in taken.items()
    }
    base = median["Typst"]
    rows = [
        f"\n| {count} page{'s' * (count > 1)} | wall s | ratio | CPU s | ratio | peak MiB | ratio |",
        "|---" * 7 + "|",
    ]
    for name, run in median.items():
        cells = [f"{getattr(run, f):.2f} | {getattr(run, f) / getattr(base, f):.2f}" for f in ("wall", "cpu")]
        rows.append(f"| {name} | {' | '.join(cells)} | {run.peak:.0f} | {run.peak / base.peak:.2f} |")
    return "\n".join(rows)


if __name__ == "__main__":
    main()
