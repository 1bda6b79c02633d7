"""What all tests share."""

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests name the outside programs that they need: ``@pytest.mark.tools("qpdf")``. CI has all and skips none."""
    for item in items:
        for mark in item.iter_markers("tools"):
            missing = [name for name in mark.args if shutil.which(name) is None]
            if missing and not os.environ.get("CI"):
                item.add_marker(pytest.mark.skip(reason=f"not installed: {', '.join(missing)}"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT
