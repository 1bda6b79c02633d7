"""Rules N-9 and N-10: interpuncts, the ideographic zero, title marks; ranges, minus, times and unit signs."""

import re
from typing import Final

from layout.core.patterns import late
from layout.text.normalise.outline import HAN, NUMERAL, outline, rewrite
from layout.text.normalise.pairs import OpenMarks
from layout.text.normalise.words import DESIGNATIONS, HAN_NUMERALS, YEAR_LETTERS

# --- N-9

_TITLE: Final = late("<<|>>|[《》〈〉]")
_INTERPUNCT: Final = late(
    r"(?<=[\x01\x02”’》）〉])\s*[•・･‧∙⋅．·]\s*(?=[\x01\x02“‘《（〈])|(?<=[0-9])[•・･‧∙⋅](?=[0-9])"
)
_LIST_NUMBER: Final = 3
"""Han numerals that a list number at the head of a paragraph has at most."""

_INITIAL: Final = late("(?<=[A-Za-z])．")
_NUMERALS: Final = late(f"(?<!{NUMERAL}){NUMERAL}+[○◯O][{NUMERAL}○◯O]*")
_LEADING: Final = late(f"(?<={HAN})[○◯O]+(?={NUMERAL})")
_NUMBERED: Final = frozenset("年月第点时分")
"""Before these a ring that a Han numeral follows is a digit (八月○九日, 七点○五分)."""

_RINGS: Final = str.maketrans("○◯O", "〇〇〇")


def titles(text: str) -> str:
    """<<x>> to 《x》, and 《》 directly inside 《》 to 〈〉; marks without a partner stay as they are."""
    if "<<" not in text and ">>" not in text and "《" not in text:
        return text
    tokens = list(_TITLE.finditer(text))
    printed: dict[int, str] = {}
    waiting: OpenMarks[int] = OpenMarks()
    for index, token in enumerate(tokens):
        kind = {"<<": "《", ">>": "》"}.get(token[0], token[0])
        if kind in "《〈":
            waiting.push(index, kind)
            continue
        opening = "《" if kind == "》" else "〈"
        closed = waiting.close(opening)
        if closed:
            printed[closed[0]], printed[index] = opening, kind
    return _alternate(text, tokens, printed)


def _alternate(text: str, tokens: list[re.Match[str]], printed: dict[int, str]) -> str:
    """The text with its paired title marks printed, outer and inner ones alternating."""
    pieces: list[str] = []
    open_marks: list[str] = []
    at = 0
    for index, token in enumerate(tokens):
        mark = printed.get(index)
        if mark is None:
            continue
        if mark in "《〈":
            mark = "〈" if mark == "《" and open_marks and open_marks[-1] == "《" else mark
            open_marks.append(mark)
        else:
            mark = "》" if open_marks.pop() == "《" else "〉"
        pieces += text[at : token.start()], mark
        at = token.end()
    pieces.append(text[at:])
    return "".join(pieces)


def interpuncts(text: str) -> str:
    """The dot between the parts of a name to U+00B7; a Latin initial keeps a period, a list number (一．) its dot."""
    text = _INITIAL.sub(".", text)

    def written(match: re.Match[str]) -> str:
        listed = "．" in match[0] and match.start() <= _LIST_NUMBER and set(text[: match.start()]) <= HAN_NUMERALS
        return text[match.start() : match.end()] if listed else "·"

    return rewrite(_INTERPUNCT, text, written)


def zeros(text: str) -> str:
    """Rings and the letter O inside a run of Han numerals to 〇; a ring at the head of a paragraph is a bullet."""

    def written(match: re.Match[str]) -> str:
        run, following = text[match.start() : match.end()], text[match.end() : match.end() + 1]
        if following.isascii() and following.isalnum():
            core = run.rstrip("O")
            return _letters(core, "") + run[len(core) :]
        return _letters(run, following)

    def leading(match: re.Match[str]) -> str:
        return match[0].translate(_RINGS) if text[match.start() - 1] in _NUMBERED else match[0]

    text = rewrite(_LEADING, text, leading)
    return rewrite(_NUMERALS, text, written)


def _letters(run: str, following: str) -> str:
    """A short run that ends in a letter O is a number only before a word of time (九O年代, not 统一O型血)."""
    doubtful = len(run) == 2 and run[1] == "O" and following not in YEAR_LETTERS
    return run if doubtful else run.translate(_RINGS)


# --- N-10

_TILDE: Final = late("(?<!~)~(?!~)")
_QUANTITY: Final = late(rf"(?:[0-9][%‰°℃℉″′㎡㎞㎏]?|[0-9](?:[A-Za-z]{{1,3}}|{HAN}{{1,3}})|{NUMERAL})\s*$")
_NUMBER: Final = late(rf"\s*(?:[-−+¥￥$]?[0-9]|{HAN}?{NUMERAL})")
_YEARS: Final = late(r"(?<![0-9-])([0-9]{4}年?) *[-–－−]{1,2} *(?=[0-9]{4}年)")
_HYPHEN: Final = late(r"(?<=[\x01\x02，、：；（～“‘])\s*[-－](?=[0-9])")
_FIGURES: Final = HAN_NUMERALS | frozenset("0123456789")
_TIMES: Final = late(r"(?<![A-Za-z0-9.])[0-9][0-9.]*(?:\s?x\s?[0-9][0-9.]*)+|(?<=[0-9])\s?\*\s?(?=[0-9])")
_CROSS: Final = late(r"\s*[x*]\s*")
_MEASURED: Final = late(r"(?<=[0-9][\x01\x02a-z])\*(?=[0-9])")
_CELSIUS: Final = late("°C(?![A-Za-z])")
_UNITS: Final = frozenset("年月日号时点分天周届期层楼室栋座元组班级排")
"""After a number and one of these a hyphen tells a range or a part (5月-6月, 3号楼-2单元)."""


def ranges(text: str) -> str:
    """``~`` between quantities to ～, the hyphen between two years to a one-em —."""

    def written(match: re.Match[str]) -> str:
        at = match.start()
        between = _QUANTITY.search(shape[max(0, at - 8) : at]) and _NUMBER.match(shape, at + 1)
        return "～" if between else "~"

    shape = outline(text)
    return _YEARS.sub(r"\1—", _TILDE.sub(written, text))


def minus(text: str) -> str:
    """The hyphen before a number, after Han or an opening mark, to U+2212; not in names such as 歼-20."""

    def written(match: re.Match[str]) -> str:
        left = text[max(0, match.start() - 8) : match.start()]
        return text[match.start() : match.end()] if _keeps_hyphen(left) else "−"

    return rewrite(_HYPHEN, text, written)


def _keeps_hyphen(left: str) -> bool:
    """Whether what stands before a hyphen makes it part of a name (歼-20) or of a range (5月-6月)."""
    number = left[:-1].removesuffix("号")
    counted = left[-1:] in _UNITS and number[-1:] in _FIGURES
    return counted or left[-1:] in HAN_NUMERALS or left.endswith(DESIGNATIONS)


def times(text: str) -> str:
    """``x`` and ``*`` between two numbers to ×."""
    if "x" not in text and "*" not in text:
        return text
    return rewrite(_MEASURED, _TIMES.sub(lambda match: _CROSS.sub("×", match[0]), text), lambda _: "×")


def signs(text: str) -> str:
    """°C to ℃, ￥ to ¥."""
    return _CELSIUS.sub("℃", text).replace("￥", "¥")
