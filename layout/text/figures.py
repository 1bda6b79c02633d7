"""Figures in the columns of a table: what counts as one, and where it is aligned (rule B-7)."""

from typing import Final

from layout.core.patterns import late

_SIGNS: Final = "[-+−±~～约近超≈≥≤<>▲▼△▽↑↓]?"
_NUMBER: Final = r"[0-9]+(?:[,\u202f][0-9]{3})*"
_UNIT: Final = r"(?:[%‰℃°′″]|[^\W\d_]{1,4}|[A-Za-z/²³]{1,6})?"
_FIGURE: Final = late(rf"{_SIGNS}[¥$€£]?(?P<whole>{_NUMBER})(?P<part>\.[0-9]+)?{_UNIT}")
_NOTHING: Final = late(r"[-—–…/·.\s]+|无|缺|暂无")


def aligned_at(text: str) -> int | None:
    """The offset of what the figures of a column share: the decimal point, else the place behind the last digit.

    None for what is no single figure with its sign and unit: words, ranges, times, scores.
    """
    found = _FIGURE.fullmatch(text)
    return found.end("whole") if found else None


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is no figure."""
    return _NOTHING.fullmatch(text) is not None


def holds_figures(texts: list[str]) -> bool:
    """Whether a column is one of figures: more than half of its cells that say something."""
    said = [text for text in texts if not is_nothing(text)]
    return 2 * sum(aligned_at(text) is not None for text in said) > len(said)
