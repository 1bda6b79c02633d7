"""Copy to clusters: what counts as one unit of setting, and of which kind it is."""

import re
from itertools import accumulate, repeat
from typing import Final, NamedTuple

from layout.text.kinds import RUN_KINDS, Kind, kind_of, latin_kind
from layout.text.quotes import latin_quotes
from layout.text.vertical import form_of, run_forms, vertical_kind

_EXTENDERS: Final = (
    "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u2060-\u2064\u20d0-\u20ff\u3099\u309a"
    "\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef"
)
_CLUSTER: Final = re.compile(f"——|[…⋯]{{1,2}}|.(?:\u200d.|[{_EXTENDERS}])*", re.DOTALL)
"""A two-em dash or ellipsis (rule K-6), else a character with its marks, variation selectors and joiners."""

_JOINING: Final = re.compile(f"[—…⋯\u200d{_EXTENDERS}]")
"""What takes more than a character into one cluster."""


def kind_pattern(kinds: frozenset[Kind], least: int) -> re.Pattern[bytes]:
    """A pattern for ``least`` or more neighbours of some kinds, to be used on ``bytes(kinds)``."""
    return re.compile(b"[%b]{%d,}" % (re.escape(bytes(sorted(kinds))), least))


_RUN: Final = kind_pattern(RUN_KINDS, 1)
_EM_SIGNS: Final = frozenset("℃℉№￥％")
"""Members of Latin runs that stand by themselves in vertical setting."""


class Items(NamedTuple):
    """The clusters of a paragraph, the kind of each, and its form ("" all over in horizontal setting)."""

    clusters: list[str]
    kinds: list[Kind]
    forms: list[str]


class Offsets:
    """From offsets in the text to clusters: ``offsets[at]`` is the cluster that starts there, -1 when none does."""

    def __init__(self, clusters: list[str], length: int) -> None:
        starts = accumulate(map(len, clusters[:-1]), initial=0)
        self._index = None if len(clusters) == length else {start: number for number, start in enumerate(starts)}

    def __getitem__(self, at: int) -> int:
        return at if self._index is None else self._index.get(at, -1)


def clusters_of(text: str) -> list[str]:
    """The clusters of ``text``, in order and complete: joined they give it back."""
    return _CLUSTER.findall(text) if _JOINING.search(text) else list(text)


def split(text: str, *, vertical: bool = False, profile: str = "news", quotes: str = "double-first") -> Items:
    """The clusters of ``text`` with their kinds and forms."""
    clusters = clusters_of(text)
    kinds = list(map(kind_of, clusters))
    latin = latin_quotes(text, vertical=vertical)
    if latin:
        index = Offsets(clusters, len(text))
        for at in latin:
            kinds[index[at]] = latin_kind(text[at])
    if vertical:
        return _stand(clusters, kinds, profile, quotes)
    return Items(clusters, kinds, [""] * len(clusters))


def _stand(clusters: list[str], kinds: list[Kind], profile: str, quotes: str) -> Items:
    """The clusters as they stand in a column: numbers set across become one cluster (rules V-4, V-5)."""
    items = Items([], [], [])
    done = 0
    signature = bytes(Kind.SIGN if c in _EM_SIGNS else k for c, k in zip(clusters, kinds, strict=True))
    for match in _RUN.finditer(signature):
        _add_single(items, clusters[done : match.start()], kinds[done : match.start()], quotes)
        _add_run(items, clusters[match.start() : match.end()], kinds[match.start() : match.end()], profile)
        done = match.end()
    _add_single(items, clusters[done:], kinds[done:], quotes)
    return items


def _add_single(items: Items, clusters: list[str], kinds: list[Kind], quotes: str = "double-first") -> None:
    items.clusters.extend(clusters)
    items.kinds.extend(map(vertical_kind, clusters, kinds))
    items.forms.extend(map(form_of, clusters, kinds, repeat(quotes)))


def _add_run(items: Items, clusters: list[str], kinds: list[Kind], profile: str) -> None:
    if len(clusters) == 1 and kinds[0] not in {Kind.DIGIT, Kind.LETTER}:
        _add_single(items, clusters, kinds)
        return
    formed = list(run_forms(clusters, profile))
    items.clusters.extend(cluster for cluster, _ in formed)
    items.forms.extend(form for _, form in formed)
    items.kinds.extend(kinds if formed[0][1] == "rotated" else [Kind.UPRIGHT] * len(formed))
