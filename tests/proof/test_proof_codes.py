"""Every code that a proof can show has its Chinese name: the codes are read from the program's own source."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import layout
from layout.preflight.checks.table import CHECKS
from layout.proof.codes import NAMES, RULES
from layout.text.normalise.lints import PATTERNS

SOURCE = Path(layout.__file__).parent
ELSEWHERE = ("delivery", "cli")
"""What these tell is told on the command line, never on a page."""
MAKERS = {
    "error": 0,
    "warning": 0,
    "Diagnostic": 1,
    "Lint": 1,
    "Fault": 1,
    "_Fault": 1,
    "_Told": 0,
    "_report": 0,
    "_report_at": 0,
    "Finding": 0,
    "InkFlaw": 0,
    "FontError": 0,
    "ImageFault": 0,
    "PressError": 0,
    "Unreadable": 0,
}
"""What makes a finding, and which of its arguments is the code."""


def called(source: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "attr", getattr(node.func, "id", "")), node


def codes() -> set[str]:
    found = {check.code for check in CHECKS} | {code for code, *_ in PATTERNS}
    for source in SOURCE.rglob("*.py"):
        if source.relative_to(SOURCE).parts[0] in ELSEWHERE:
            continue
        for name, call in called(source):
            if len(call.args) > MAKERS.get(name, 99):
                code = call.args[MAKERS[name]]
                words = (part.value for part in ast.walk(code) if isinstance(part, ast.Constant))
                found |= {word for word in words if isinstance(word, str) and re.fullmatch("[a-z][a-z0-9-]+", word)}
    return found


def rules() -> set[str]:
    sources = "".join(source.read_text("utf-8") for source in (SOURCE / "text" / "normalise").glob("*.py"))
    return {*re.findall(r'"(N-[0-9]+)"', sources)}


def test_every_code_has_a_name():
    found = codes()
    assert {"overset", "image-missing", "month-day-period", "ink-limit", "yaml-syntax", "markup-unclosed"} <= found
    assert found - {*NAMES} == set()


def test_no_name_is_left_of_a_code_that_is_gone():
    assert {*NAMES} - codes() == set()


def test_every_rule_of_normalising_has_a_name():
    assert rules() == {*RULES}


def test_names_are_short_and_chinese():
    for name in (*NAMES.values(), *RULES.values()):
        assert len(name) <= 14
        assert re.search("[\u4e00-\u9fff]", name)
