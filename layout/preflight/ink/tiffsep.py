"""Plates as Ghostscript makes them: what the page really prints, overprint and blending done.

Ghostscript is a program of its own, asked only when it is installed, in its safe mode and for a bounded time.
"""

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from msgspec import Struct

from layout.images import ImageFault
from layout.images.plates import InkTotals, add_up, read_plates

_SECONDS: Final = 120
_PLATE: Final = re.compile(r"(\d+)\((.+)\)\.tif")


class Separated(Struct, frozen=True):
    """The plates of one page."""

    plates: Sequence[Any]

    def totals(self, *, limit: float, side: float) -> InkTotals:
        """Total ink of the plates; ``side`` in pixels."""
        return add_up(self.plates, limit=limit, side=side)


def ghostscript() -> str | None:
    """The path of Ghostscript; None when it is not installed."""
    return shutil.which("gs")


def separate(data: bytes, pages: Sequence[int], dpi: float) -> dict[int, Separated]:
    """The plates of the pages, cut to their trim, by number. A page that Ghostscript cannot make is not there."""
    program = ghostscript()
    if program is None or not pages:
        return {}
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "page.pdf").write_bytes(data)
        command = [
            program,
            *("-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-dUseTrimBox", "-dNumRenderingThreads=2"),
            *("-sDEVICE=tiffsep", f"-r{dpi:g}", f"-sPageList={','.join(map(str, pages))}"),
            *("-sOutputFile=%d.tif", "page.pdf"),
        ]
        try:
            subprocess.run(command, cwd=folder, capture_output=True, timeout=_SECONDS, check=True)  # noqa: S603
            return _read(folder, pages)
        except (OSError, subprocess.SubprocessError, ImageFault):
            return {}


def _read(folder: Path, pages: Sequence[int]) -> dict[int, Separated]:
    """The files of each page; the composite picture, which names no plate, is left out."""
    found: dict[int, list[Path]] = {}
    for path in sorted(folder.glob("*.tif")):
        named = _PLATE.fullmatch(path.name)
        if named:
            found.setdefault(pages[int(named[1]) - 1], []).append(path)
    return {page: Separated(read_plates(paths)) for page, paths in found.items()}
