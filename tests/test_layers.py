"""The architecture holds: imports go down only, and packages of one level do not know each other."""

import ast
from pathlib import Path

import pytest

from layout import __file__ as package

LEVELS = {
    "core": 0,
    "resources": 0,
    "keeping": 0,
    "source": 1,
    "fonts": 1,
    "images": 1,
    "foreign": 1,
    "display": 1,
    "issue": 2,
    "house": 2,
    "text": 3,
    "compose": 4,
    "pdf": 5,
    "preflight": 5,
    "proof": 5,
    "delivery": 5,
    "pipeline": 6,
    "cli": 7,
}
FORBIDDEN = {
    ("delivery", "text"),
    ("delivery", "compose"),
    ("delivery", "issue"),
    ("pdf", "text"),
    ("pdf", "compose"),
    ("pdf", "issue"),
    ("preflight", "text"),
    ("preflight", "compose"),
    ("preflight", "issue"),
    ("preflight", "house"),
    ("proof", "text"),
    ("proof", "compose"),
    ("proof", "issue"),
    ("text", "issue"),
}
HOMES = {
    "yaml": "source",
    "jsonschema_rs": "source",
    "uharfbuzz": "fonts",
    "fontTools": "fonts",
    "PIL": "images proof",  # photographs for the press; the pixels of finished pages
    "pypdfium2": "proof",
    "watchfiles": "pipeline",
    "reportlab": "pdf",
    "pikepdf": "preflight foreign",  # files judged; pages lifted out of them
    "asyncssh": "delivery",
    "cryptography": "delivery",
    "click": "cli",
    "rjieba": "text",
}
PACKAGE = Path(package).parent
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "_shipped" not in path.parts)


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module or "")
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down(path: Path) -> None:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    own = parts[0]
    if own not in LEVELS:
        return  # the package root and __main__
    for name in imports(path):
        top, *rest = name.split(".")
        if top == "layout" and rest and rest[0] != own:
            assert LEVELS[rest[0]] < LEVELS[own], f"{own} imports {rest[0]}"
            assert (own, rest[0]) not in FORBIDDEN
        if top in HOMES:
            assert own in HOMES[top].split(), f"{top} does not live in {own}"


def test_every_package_has_a_level() -> None:
    packages = {
        path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name not in {"__pycache__", "_shipped"}
    }
    assert packages <= set(LEVELS)
