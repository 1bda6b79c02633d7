import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import hashlib, sys
sys.path[:0] = [{tests!r}, {root!r}]
from pdf_samples import ALL_MARKS, busy_page, document_of, written
page, pictures = busy_page()
print(hashlib.sha256(written(document_of(page, page), pictures=pictures, marks=ALL_MARKS)).hexdigest())
"""

SURROUNDINGS = (
    {"PYTHONHASHSEED": "1", "TZ": "America/New_York", "LC_ALL": "de_DE.UTF-8"},
    {"PYTHONHASHSEED": "2", "TZ": "Asia/Shanghai", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1700000000"},
    {"PYTHONHASHSEED": "3", "RL_useA85": "1", "RL_pageCompression": "0", "RL_invariant": "0"},
)


def digest(root: Path, surroundings: dict[str, str]) -> str:
    script = SCRIPT.format(tests=str(Path(__file__).parent), root=str(root))
    run = subprocess.run(
        [sys.executable, "-c", script], env=os.environ | surroundings, capture_output=True, text=True, check=True
    )
    return run.stdout.strip()


@pytest.fixture(scope="module")
def here() -> str:
    from pdf_samples import ALL_MARKS, busy_page, document_of, written

    page, pictures = busy_page()
    return hashlib.sha256(written(document_of(page, page), pictures=pictures, marks=ALL_MARKS)).hexdigest()


@pytest.mark.parametrize("surroundings", SURROUNDINGS, ids=lambda env: env["PYTHONHASHSEED"])
def test_same_bytes_in_any_process(root: Path, here: str, surroundings: dict[str, str]) -> None:
    assert digest(root, surroundings) == here
