"""Random paragraphs as no desk would write them, and what their lines may and may not do.

The copy is dense with marks, figures, Latin, quotations and dashes, at measures of 8 to 30 em: far worse than news.
"""

from collections import Counter
from dataclasses import dataclass, field
from random import Random

from layout.text import Broken, Paragraph, ReferenceMetrics, Setting, break_lines, set_paragraph
from layout.text.inspection import Flaw, flaws
from layout.text.prohibition import Break

METRICS = ReferenceMetrics()
MEASURES = (8, 30)
TRACKING = {1: 0.10, 2: 0.25, 3: 0.50}
"""What each pass may open a line by, em (rule J-9)."""

HAN = "国人民大会堂前广场上天气晴朗我们一起走过春夏秋冬的在有是了和发展经济群众服务"
STOPS = "，，，。。、、；：？！"
OPENS, CLOSES = "“‘（《〈【", "”’）》〉】"
OTHERS = ("——", "……", "～", "—", "·", "/", "？！", "》《", "。”", "：“", "）、", "！！！")
NUMBERS = (
    *("5", "7", "1949", "12.48", "3,000", "400余人次", "2024年", "第3届", "50%", "25℃", "¥99", "12月31日", "100km"),
    *("3.5万吨", "19:30", "010-12345678", "−3℃", "15%～20%", "3:2", "1.2亿元", "No.1"),
)
LATIN = (
    *("GDP", "iPhone", "COVID-19", "the", "Li", "Wi-Fi", "It’s", "transformation", "www.example.cn/news", "A", "G20"),
    *("World Trade Organization", "C919", "UNESCO", "li@example.cn"),
)


def random_copy(random: Random) -> str:
    """One paragraph. Two tokens never touch: side by side they would make one that no editor could mean."""
    pieces: list[str] = []
    for _ in range(random.randint(1, 60)):
        piece = _piece(random)
        if pieces and pieces[-1][-1].isascii() and piece[0].isascii():
            pieces.append(random.choice(HAN))
        pieces.append(piece)
    return "".join(pieces).strip()


def _piece(random: Random) -> str:
    dice = random.random()
    if dice < 0.56:
        return "".join(random.choices(HAN, k=random.randint(1, 9)))
    if dice < 0.72:
        return random.choice(STOPS)
    if dice < 0.77:
        return random.choice(OPENS + CLOSES)
    if dice < 0.85:
        pair = random.randrange(len(OPENS))
        return OPENS[pair] + "".join(random.choices(HAN, k=random.randint(1, 6))) + CLOSES[pair]
    if dice < 0.90:
        return random.choice(OTHERS)
    return random.choice(NUMBERS if dice < 0.96 else LATIN)


@dataclass
class Tally:
    """What was counted: paragraphs and lines, passes, flaws by (code, pass), breaches of hard rules in words."""

    paragraphs: int = 0
    characters: int = 0
    lines: int = 0
    passes: Counter[int] = field(default_factory=Counter)
    flaws: Counter[tuple[str, int]] = field(default_factory=Counter)
    forced: Counter[str] = field(default_factory=Counter)
    breaches: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Take in what another one counted."""
        self.paragraphs += other.paragraphs
        self.characters += other.characters
        self.lines += other.lines
        self.passes += other.passes
        self.flaws += other.flaws
        self.forced += other.forced
        self.breaches += other.breaches


def run(count: int, seed: int) -> Tally:
    """Set ``count`` paragraphs and judge every line."""
    random, tally = Random(seed), Tally()
    for _ in range(count):
        judge(random_copy(random), float(random.randint(*MEASURES)), tally)
    return tally


def judge(copy: str, measure: float, tally: Tally) -> None:
    """Set one paragraph and count what is to be seen on its lines."""
    setting = Setting(METRICS, indent=2.0)
    paragraph = set_paragraph(copy, setting)
    broken = break_lines(paragraph, (measure,))
    assert broken is not None
    tally.paragraphs += 1
    tally.characters += len(copy)
    tally.lines += len(broken.lines)
    tally.passes[broken.passed] += 1
    if "".join(line.text for line in broken.lines) != copy:
        tally.breaches.append(f"copy lost or added at {measure:g} em: {copy}")
    widest = max(line.tracking for line in broken.lines)
    if widest > TRACKING.get(broken.passed, measure) + 1e-6:
        tally.breaches.append(f"pass {broken.passed} opened by {widest:.2f} em at {measure:g} em: {copy}")
    for flaw in flaws(broken.lines, setting):
        tally.flaws[flaw.code, broken.passed] += 1
        _judge_flaw(flaw, paragraph, broken, measure, tally)


RELEASED = {"quantity-torn": 3, "lone-character": 3, "word-parted": 4, "closing-run": 4, "gap": 4}
"""What the emergency order lets go, and from which pass on (rules J-8, J-9, L-7, L-10)."""


def _judge_flaw(flaw: Flaw, paragraph: Paragraph, broken: Broken, measure: float, tally: Tally) -> None:
    if broken.passed >= RELEASED.get(flaw.code, 9):
        return
    line = broken.lines[flaw.line]
    if _is_forced(flaw, paragraph, measure):
        tally.forced[flaw.code] += 1
        return
    tally.breaches.append(
        f"{flaw.code} in pass {broken.passed} at {measure:g} em, line “{line.text}”: {paragraph.text}"
    )


def _is_forced(flaw: Flaw, paragraph: Paragraph, measure: float) -> bool:
    """Whether nothing else was possible: what parts is wider than its line, or nothing in the line can be opened."""
    return flaw.code == "unfilled" or (
        flaw.code in {"token-torn", "line-start", "line-end"} and _is_wider(paragraph, flaw.at, measure)
    )


def _is_wider(paragraph: Paragraph, at: int, measure: float) -> bool:
    """Whether the stretch round an offset that no rule lets part is wider than a line, squeezed as far as it goes."""
    offset, number = 0, 0
    while offset < at:
        offset += len(paragraph.clusters[number])
        number += 1
    start = end = number
    while start and paragraph.breaks[start - 1] >= Break.IN_TOKEN:
        start -= 1
    while end < len(paragraph.clusters) and paragraph.breaks[end - 1] >= Break.IN_TOKEN:
        end += 1
    cells = sum(cell.advance for cell in paragraph.cells[start:end])
    room = measure - (paragraph.setting.indent if start == 0 else 0.0)
    return cells + sum(glue.natural - glue.shrink for glue in paragraph.glue[start : end - 1]) > room
