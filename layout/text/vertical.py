"""Vertical setting: which way a cluster stands (rules V-1 to V-5)."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from layout.core.patterns import late
from layout.text.kinds import FIXED_STOPS, Kind

PROFILES: Final = ("news", "gb")
"""How digits stand (rule V-4): ``news`` sets up to three of them across the column, ``gb`` rotates all."""

QUOTES: Final = ("double-first", "corner-first")
"""What “ ” and ‘ ’ become (rule V-3): ``double-first`` ﹃﹄ and ﹁﹂, ``corner-first`` ﹁﹂ and ﹃﹄."""

PRESENTATION: Final = {
    "，": 0xFE10,
    "、": 0xFE11,
    "。": 0xFE12,
    "：": 0xFE13,
    "；": 0xFE14,
    "！": 0xFE15,
    "？": 0xFE16,
    "〖": 0xFE17,
    "〗": 0xFE18,
    "（": 0xFE35,
    "）": 0xFE36,
    "｛": 0xFE37,
    "｝": 0xFE38,
    "〔": 0xFE39,
    "〕": 0xFE3A,
    "【": 0xFE3B,
    "】": 0xFE3C,
    "《": 0xFE3D,
    "》": 0xFE3E,
    "〈": 0xFE3F,
    "〉": 0xFE40,
    "「": 0xFE41,
    "」": 0xFE42,
    "『": 0xFE43,
    "』": 0xFE44,
    "‘": 0xFE41,
    "’": 0xFE42,
    "“": 0xFE43,
    "”": 0xFE44,
    "［": 0xFE47,
    "］": 0xFE48,
}
"""The vertical form that a mark takes through ``vert`` (rules V-2, V-3)."""

_PARTNERS: Final = {"“": "‘", "”": "’", "‘": "“", "’": "”"}
"""The quotes whose vertical forms change places in ``corner-first``."""

_UPRIGHT_BLOCKS: Final = (
    (0x00A7, 0x00A7),
    (0x00A9, 0x00A9),
    (0x00AE, 0x00AE),
    (0x00B1, 0x00B1),
    (0x00BC, 0x00BE),
    (0x00D7, 0x00D7),
    (0x00F7, 0x00F7),
    (0x02EA, 0x02EB),
    (0x2016, 0x2016),
    (0x2020, 0x2021),
    (0x2030, 0x2031),
    (0x203B, 0x203C),
    (0x2042, 0x2042),
    (0x2047, 0x2049),
    (0x2051, 0x2051),
    (0x20DD, 0x20E4),
    (0x2100, 0x2101),
    (0x2103, 0x2109),
    (0x210F, 0x210F),
    (0x2113, 0x2114),
    (0x2116, 0x2117),
    (0x211E, 0x2123),
    (0x2125, 0x2125),
    (0x2127, 0x2127),
    (0x2129, 0x2129),
    (0x212E, 0x212E),
    (0x2135, 0x213F),
    (0x2145, 0x214A),
    (0x214C, 0x214D),
    (0x214F, 0x2189),
    (0x218C, 0x218F),
    (0x221E, 0x221E),
    (0x2234, 0x2235),
    (0x2300, 0x2307),
    (0x230C, 0x231F),
    (0x2324, 0x2328),
    (0x232B, 0x232B),
    (0x237D, 0x239A),
    (0x23BE, 0x23CD),
    (0x23CF, 0x23CF),
    (0x23D1, 0x23DB),
    (0x23E2, 0x23FF),
    (0x2400, 0x2422),
    (0x2424, 0x24FF),
    (0x25A0, 0x2619),
    (0x2620, 0x2767),
    (0x2776, 0x2793),
    (0x2B12, 0x2B2F),
    (0x2B50, 0x2B59),
    (0x2B97, 0x2B97),
    (0x2BB8, 0x2BD1),
    (0x2BD3, 0x2BEB),
    (0x2BF0, 0x2BFF),
    (0x2E50, 0x2E51),
    (0x2E80, 0x3007),
    (0x3012, 0x3013),
    (0x3020, 0x302F),
    (0x3031, 0x309F),
    (0x30A1, 0x30FB),
    (0x30FD, 0xA4CF),
    (0xA960, 0xA97F),
    (0xAC00, 0xD7FF),
    (0xE000, 0xFAFF),
    (0xFE10, 0xFE1F),
    (0xFE30, 0xFE48),
    (0xFE50, 0xFE57),
    (0xFE5F, 0xFE62),
    (0xFE67, 0xFE6F),
    (0xFF01, 0xFF07),
    (0xFF0A, 0xFF0C),
    (0xFF0E, 0xFF0E),
    (0xFF0F, 0xFF19),
    (0xFF1F, 0xFF3A),
    (0xFF3C, 0xFF3C),
    (0xFF3E, 0xFF3E),
    (0xFF40, 0xFF5A),
    (0xFFE0, 0xFFE2),
    (0xFFE4, 0xFFE7),
    (0x16FE0, 0x1B2FF),
    (0x1F000, 0x1F7FF),
    (0x1F900, 0x1FAFF),
    (0x20000, 0x3FFFD),
)
"""Upright characters (U, Tu) of the vertical orientation property (UAX #50), where clusters of Chinese copy fall."""

_STARTS: Final = tuple(first for first, _ in _UPRIGHT_BLOCKS)

_ACRONYM: Final = late("[A-Z]{2,3}")
_ACROSS: Final = late("[0-9]{2,3}")


def stands_upright(char: str) -> bool:
    """Whether a character that has no vertical form stands upright (UAX #50, rule V-1)."""
    block = bisect_right(_STARTS, ord(char)) - 1
    return block >= 0 and ord(char) <= _UPRIGHT_BLOCKS[block][1]


def form_of(cluster: str, kind: Kind, quotes: str = "double-first") -> str:
    """The form of a cluster that stands by itself: ``upright``, ``rotated`` or ``substitute:U+FE35``."""
    if kind in {Kind.HAN, Kind.ITERATION, Kind.INTERPUNCT}:
        return "upright"
    mark = _PARTNERS.get(cluster[0], cluster[0]) if quotes == "corner-first" else cluster[0]
    code = PRESENTATION.get(mark)
    if code is not None and kind not in {Kind.MARK, Kind.MARK_OPEN, Kind.MARK_CLOSE}:
        return f"substitute:U+{code:04X}"
    if kind in {Kind.TWO_EM, Kind.CONNECTOR, Kind.SOLIDUS}:
        return "rotated"  # they run down the centre (rule V-7)
    return "upright" if stands_upright(cluster[0]) else "rotated"


def drawn_as(cluster: str, form: str) -> str:
    """The mark whose vertical glyph a cluster of a ``substitute`` form takes: its own, or its partner's (rule V-3)."""
    return cluster if form.endswith(f"{PRESENTATION[cluster[0]]:04X}") else _PARTNERS[cluster[0]]


def vertical_kind(cluster: str, kind: Kind) -> Kind:
    """The kind in vertical setting: ：；？！ no longer give way (rule V-6)."""
    return Kind.STOP_FIXED if cluster[0] in FIXED_STOPS else kind


def run_forms(clusters: list[str], profile: str) -> Iterator[tuple[str, str]]:
    """The clusters of one Latin run and their forms, one direction for the whole run (rules V-4, V-5)."""
    run = "".join(clusters)
    if run.isdigit() and profile == "gb":
        form = "rotated"
    elif len(run) == 1 and run.isalnum():
        form = "upright"
    elif _ACROSS.fullmatch(run):
        yield run, "tcy"
        return
    else:
        form = "upright-stack" if _ACRONYM.fullmatch(run) else "rotated"
    yield from ((cluster, form) for cluster in clusters)
