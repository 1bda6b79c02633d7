"""Where the files that travel with the program lie: faces, press profiles, starter photographs."""

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).parent
_INSTALLED: Final = _PACKAGE / "_shipped"

ROOT: Final = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent
"""Holds ``fonts/`` and ``assets/``: inside an installed package, else the checkout."""

FONTS: Final = ROOT / "fonts"
PRESS: Final = ROOT / "assets" / "press"
