"""YAML's syntax errors in words that help: both parsers' messages end in the same diagnostics."""

import re
from typing import Final, NamedTuple

import yaml

from layout.core import Diagnostic, Span, error
from layout.source.text import Source

_MOST_TABS: Final = 10
_TAB: Final = re.compile(r"[ ]*\t")
_FULL_WIDTH_COLON: Final = re.compile(r"\s*(?:- +)*[^\s:#\"']+：")
_LEADING_MARK: Final = re.compile(r"\s*(?:- +)*[^\s:]+:\s+([\[{\"'])")
_TWO_COLONS: Final = re.compile(r"[^:]*:\s+[^\"'\s].*:(?:\s|$)")


class _Case(NamedTuple):
    """A kind of syntax error: what the parser says, what we say, and whether it is to be seen at its beginning."""

    says: re.Pattern[str]
    message: str
    hint: str
    at_context: bool = False


def _case(says: str, message: str, hint: str, *, at_context: bool = False) -> _Case:
    return _Case(re.compile(says), message, hint, at_context)


_QUOTE_IT: Final = 'put the text in quotes: "..."'
_DEPTH: Final = "lines of one mapping or list begin in the same column; the text of a `|` block is indented deeper"
_CASES: Final = (
    _case(
        "unexpected end of stream|found unexpected document indicator",
        "the quotation mark opened here is never closed",
        "close it, or write the text as a `|` block",
        at_context=True,
    ),
    _case(
        "escape|hexadecimal|chr\\(\\)", "unknown escape after the backslash", r"write \\ for a backslash, or use '...'"
    ),
    _case("cannot start any token", "a text cannot begin with this character", _QUOTE_IT),
    _case(
        "alphabetic or numeric",
        "this is no name of an anchor or alias",
        "a text that begins with & or * must stand in quotes",
    ),
    _case("mapping values are not allowed", "a second key stands where a value was expected", _DEPTH),
    _case(
        "could not find expected ':'|expected ':'",
        "the colon after this key is missing",
        "write `key: value`, with a space after the colon",
    ),
    _case(
        "',' or '[\\]}]'",
        "the bracket opened here is not closed",
        f"close it; if it belongs to the text, {_QUOTE_IT}",
        at_context=True,
    ),
    _case(
        "expected node content|expected the node content",
        "a value is missing here",
        f"a bracket may be open; if it belongs to the text, {_QUOTE_IT}",
    ),
    _case(
        "expected (?:key|'-' indicator|<block end>)|did not find expected <document start>|expected '<document start>'",
        "this line does not continue what stands above",
        _DEPTH,
    ),
    _case("tag handle|tag", "this is no tag", "a text that begins with ! must stand in quotes"),
    _case(
        "incompatible YAML document|directive",
        "a line that begins with % is a directive",
        "delete it, or put the text in quotes",
    ),
    _case(
        "block scalar|chomping|indentation indicator|comment or line break",
        "nothing but a comment may follow | or > on its line",
        "begin the text on the next line, indented",
    ),
)


def syntax_faults(source: Source, fault: Exception) -> list[Diagnostic]:
    """What a parser's exception means. Codes: yaml-tab (one for every line indented with a tab), yaml-syntax."""
    says = str(getattr(fault, "problem", None) or fault)
    problem = _offset(fault, "problem_mark", len(source.text))
    span = source.span(problem)
    if _TAB.match(source.line(span.line)):
        return _tabs(source)
    case = next((case for case in _CASES if case.says.search(says)), None)
    if case is None:
        return [error("yaml-syntax", says, span)]
    if case.at_context:
        span = source.span(_offset(fault, "context_mark", problem))
    return [error("yaml-syntax", case.message, span, _hint(source, span, case))]


def _offset(fault: Exception, mark: str, default: int) -> int:
    found: yaml.Mark | None = getattr(fault, mark, None)
    return default if found is None else found.index


def _hint(source: Source, span: Span, case: _Case) -> str:
    """The case's hint, or what the lines at the error suggest: a Chinese keyboard's and plain prose's mistakes."""
    if case.hint != _DEPTH:
        return case.hint
    for number in range(max(1, span.line - 1), span.line + 1):
        if _FULL_WIDTH_COLON.match(source.line(number)) and ": " not in source.line(number):
            return f"line {number} has a full-width colon; write `key: value` with a half-width colon and a space"
    if _TWO_COLONS.match(source.line(span.line)):
        return f"the text holds a colon and a space; {_QUOTE_IT}"
    if (mark := _LEADING_MARK.match(source.line(span.line))) and span.column > mark.end():
        other = '"' if mark[1] == "'" else "'"
        return f"the text begins with {mark[1]} and goes on behind its partner; put all of it in {other}...{other}"
    return case.hint


def _tabs(source: Source) -> list[Diagnostic]:
    """Every line with a tab in its indentation, up to a few."""
    lines = [number for number in range(1, len(source.starts) + 1) if _TAB.match(source.line(number))]
    hint = "indent with spaces, two for each level; set the editor to insert spaces for Tab"
    return [
        error(
            "yaml-tab", "a tab in the indentation", Span(source.path, number, source.line(number).index("\t") + 1), hint
        )
        for number in lines[:_MOST_TABS]
    ]
