"""The long random run: ``nice python tests/bench/random_run.py [--count 100000] [--seed 1] [--jobs 1]``.

Sets random paragraphs at 8 to 30 em and judges every line by its characters. Exit status 1 when a hard rule is broken.
"""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "text"))

from random_copy import Tally, run

PORTION = 1000


def main() -> None:
    """Run, print what was counted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    arguments = parser.parse_args()
    seeds = range(arguments.seed * 1_000_000, arguments.seed * 1_000_000 + arguments.count // PORTION)
    total = Tally()
    with ProcessPoolExecutor(arguments.jobs) as pool:
        for tally in pool.map(run, repeat(PORTION), seeds):
            total.add(tally)
    print_out(total)
    sys.exit(bool(total.breaches))


def print_out(total: Tally) -> None:
    """The tally as text."""
    print(f"{total.paragraphs:,} paragraphs, {total.characters:,} characters, {total.lines:,} lines")
    for number, count in sorted(total.passes.items()):
        print(f"pass {number}: {count:,} paragraphs, {count / total.paragraphs:.2%}")
    for (code, number), count in sorted(total.flaws.items()):
        print(f"pass {number}: {code} {count:,}")
    for code, count in sorted(total.forced.items()):
        print(f"not to be had otherwise: {code} {count:,}")
    print(f"hard rules broken: {len(total.breaches)}")
    for breach in total.breaches[:20]:
        print(f"  {breach}")


if __name__ == "__main__":
    main()
