from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from font_samples import make_font
from fontTools.ttLib import TTFont


@pytest.fixture
def font_file(tmp_path: Path) -> Callable[..., Path]:
    """Save a font made by ``make_font`` and return its path."""

    def save(**options: object) -> Path:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.{'otf' if options.get('cff') else 'ttf'}"
        make_font(**options).save(path)
        return path

    return save


@pytest.fixture
def opened() -> Iterator[Callable[[TTFont], TTFont]]:
    """Close a font's file after the test."""
    with ExitStack() as stack:

        def enter(font: TTFont) -> TTFont:
            return stack.enter_context(font)

        yield enter
