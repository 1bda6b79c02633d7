"""Lines of heads judged by their edges (rules H-1, H-3, H-4, Q-10).

What takes a lexicon to see (方向 ends with a word that may end a line, 面向 does not) is left to the one that breaks.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from layout.text import Line
from layout.text.classes import CLOSE, CONNECTOR, INTERPUNCT, OPEN, POSTFIX, SOLIDUS, STOP_END, STOP_MID
from layout.text.headline.places import DROPPED

_NEVER_FIRST: Final = re.compile("[们吗呢吧]|的(?![确士哥])")
_BARRED_FIRST: Final = CLOSE | STOP_END | STOP_MID | INTERPUNCT | CONNECTOR | SOLIDUS | POSTFIX
_TORN: Final = re.compile("(?<=[0-9A-Za-z])\n(?=[0-9A-Za-z%‰万亿年月日])|(?<=第)\n(?=[0-9])")


def head_flaws(lines: Sequence[Line]) -> Iterator[str]:
    """The code of each fault at the edges of a head's lines."""
    texts = [line.text for line in lines if line.text]
    yield from ("head-mark" for text in texts if text[-1] in DROPPED)
    for before, after in pairwise(texts):
        if _NEVER_FIRST.match(after) or after[0] in _BARRED_FIRST:
            yield "head-start"
        if before[-1] in OPEN:
            yield "head-end"
        if _TORN.search(f"{before}\n{after}"):
            yield "head-torn"
