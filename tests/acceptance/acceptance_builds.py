"""The acceptance pages as they were built, and as they were meant."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from layout.display import DisplayPage
from layout.house.model import House

STANDARDS = ("x4", "x1a")
PAGES = ("01", "02", "03", "04", "05", "06-07", "08", "09", "10", "11", "12", "13")
"""The page files of ``issue.yaml``, in the order of the sheets of issue.pdf."""


@dataclass(frozen=True)
class Built:
    """One build: its folder, and its sheets as they were meant by the names of their files."""

    out: Path
    sheets: Mapping[str, DisplayPage]
    house: House

    def page(self, name: str) -> Path:
        """A page's own file."""
        return self.out / "pages" / f"{name}.pdf"

    @property
    def issue(self) -> Path:
        """All sheets in one file."""
        return self.out / "issue.pdf"
