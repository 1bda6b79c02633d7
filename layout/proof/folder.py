"""What a page's folder holds, and under which name: known without the libraries that draw.

``<resolution>/<row>-<column>.jpg`` are tiles, ``thumb.jpg`` stands in the page list, ``soft.jpg`` is the soft proof,
``plate-<n>.jpg`` are the plates, ``ink.png`` is the ink map, ``inks.js`` holds the inks under the pointer.
"""

import hashlib
import json
from pathlib import Path
from typing import Any, Final, TypeAlias

from msgspec import Struct

from layout.core import Rect
from layout.proof.model import Printed

Facts: TypeAlias = dict[str, Any]

FINE: Final = 300
"""The highest resolution, in pixels an inch."""
BASE: Final = 100
"""The resolution that is shown first, and compared: a third of the fine one. The browser scales what lies between."""
TILE: Final = 1008
"""Edge of a tile in pixels, whole at both resolutions and in blocks of JPEG; those at right and foot are smaller."""
PLATES: Final = 72
"""Pixels an inch of the plates, about the size of a densitometer's finest aperture."""
_VERSION: Final = 3  # of what a folder holds
_FACTS: Final = "facts.json"
"""What the pictures tell. It is written last: a folder that has it is complete."""
_SHEET: Final = "sheet.json"
"""How the pictures lie: written with the first of them."""


class Medium(Struct, frozen=True):
    """The PDF page's medium in points, and where the trim lies on it (from its top left)."""

    width: float
    height: float
    trim: Rect


def page_key(page: Printed) -> str:
    """The name of the page's folder: another page, press or version of the proof has another."""
    recipe = repr((_VERSION, page.ink_limit, page.press, page.standard, FINE, BASE, TILE, PLATES)).encode()
    return f"{page.folio:02d}-{hashlib.sha256(recipe + page.pdf).hexdigest()[:12]}"


def is_complete(folder: Path) -> bool:
    """Whether a page's folder holds everything."""
    return (folder / _FACTS).is_file()


def page_facts(folder: Path) -> Facts:
    """What the pictures tell; empty as long as not all of them are made."""
    return _read(folder / _FACTS) if is_complete(folder) else {}


def write_facts(folder: Path, facts: Facts) -> None:
    """Complete a folder. Raises OSError."""
    _write(folder / _FACTS, facts)


def sheet_facts(folder: Path) -> Facts:
    """The medium in points, the trim on it, tiles and resolutions."""
    return _read(folder / _SHEET)


def write_sheet_facts(folder: Path, at: Medium) -> None:
    """Write the medium's size and the place of the trim's top left on it, in points. Raises OSError."""
    lie = {"medium": (at.width, at.height), "origin": (at.trim.x, at.trim.y)}
    _write(folder / _SHEET, {**lie, "levels": [BASE, FINE], "base": BASE, "tile": TILE})


def _read(path: Path) -> Facts:
    facts: Facts = json.loads(path.read_text(encoding="utf-8"))
    return facts


def _write(path: Path, facts: Facts) -> None:
    path.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
