"""How the cost of composition grows with the text: ``python tests/bench/growth.py [--pages 1,10,100]``.

Sets and breaks the paragraphs of the specimen page, over and over for more pages, and single paragraphs of growing
length, with a line more and a line fewer as copyfitting asks for. Counted are the lines that the search tries, which no
busy machine changes; CPU time is the best of three.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from layout.text import ReferenceMetrics, Setting, break_lines, breaking, set_paragraph  # noqa: E402

SETTING = Setting(ReferenceMetrics(), indent=2.0)
MEASURE = 17.0
SEED = (ROOT / "tests" / "cases" / "seed_page.txt").read_text("utf-8")


def seed_copy() -> list[str]:
    """The paragraphs of the specimen page in press orthography."""
    from layout.text.normalise import normalise

    return [copy for line in SEED.splitlines() if (copy := normalise(line, "body"))]


def compose(copies: list[str], looseness: tuple[int, ...] = (0,)) -> None:
    """Set every paragraph and break it."""
    for copy in copies:
        paragraph = set_paragraph(copy, SETTING)
        for each in looseness:
            break_lines(paragraph, (MEASURE,), looseness=each)


def cost(work: Callable[[], None]) -> tuple[int, float]:
    """The lines tried, and the CPU seconds."""
    tried, ratio_of = [0], breaking.ratio_of

    def counted(*arguments: object, **more: object) -> float:
        tried[0] += 1
        return ratio_of(*arguments, **more)  # type: ignore[arg-type]

    breaking.ratio_of = counted  # type: ignore[assignment]
    work()
    breaking.ratio_of = ratio_of  # type: ignore[assignment]
    best = min(_seconds(work) for _ in range(3))
    return tried[0], best


def _seconds(work: Callable[[], None]) -> float:
    start = process_time()
    work()
    return process_time() - start


def row(name: str, copies: list[str], looseness: tuple[int, ...] = (0,)) -> str:
    """One row of the table."""
    characters = sum(map(len, copies))
    tried, seconds = cost(lambda: compose(copies, looseness))
    return f"| {name} | {characters:,} | {tried / characters:.2f} | {seconds:.3f} | {seconds / characters * 1e6:.1f} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", default="1,10,100")
    arguments = parser.parse_args()
    page = seed_copy()
    print("| text | characters | lines tried a character | CPU s | µs a character |\n|---|---|---|---|---|")
    for count in map(int, arguments.pages.split(",")):
        print(row(f"{count} page{'s' * (count > 1)}", page * count), flush=True)
    whole = "".join(page)
    for length in (500, 1_250, 2_500, 5_000, 10_000):
        copy = (whole * (length // len(whole) + 1))[:length]
        print(row(f"one paragraph of {length:,}", [copy]), flush=True)
        print(row("the same, ± a line", [copy], (0, 1, -1)), flush=True)


if __name__ == "__main__":
    main()
