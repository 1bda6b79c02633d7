"""Whole processes against a peer, in turns: ``python tests/bench/bench.py [--runs 5] [--pages 1,16,64]``."""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
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
    process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL)
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


def commands(issue: Path, work: Path) -> dict[str, list[str]]:
    """The contestants by name."""
    layout = [sys.executable, "-m", "layout", "build", str(issue), "-o", str(work / "out")]
    return {
        "Typst": [sys.executable, str(HERE / "peer_typst.py"), str(issue), str(work / "typst.pdf")],
        "layout, cold": [*layout, "--no-cache"],
        "layout, one process": [*layout, "--no-cache", "--jobs", "1"],
        "layout, rebuild": layout,
    }


def main() -> None:
    """Print one table a page count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--pages", default="1,16,64")
    arguments = parser.parse_args()
    for count in map(int, arguments.pages.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            work = Path(folder)
            issue = ROOT / "issue.yaml" if count == 1 else write_issue(count, work)
            print(table(count, commands(issue, work), work, arguments.runs), flush=True)


def table(count: int, contestants: dict[str, list[str]], work: Path, runs: int) -> str:
    """Medians and ratios to Typst, from interleaved runs after one warm-up each."""
    environment = {"XDG_CACHE_HOME": str(work / "cache"), "PYTHONPATH": str(ROOT)}
    for command in contestants.values():
        measure(command, environment)
    taken: dict[str, list[Run]] = {name: [] for name in contestants}
    for _ in range(runs):
        for name, command in contestants.items():
            taken[name].append(measure(command, environment))
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
