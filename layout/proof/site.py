"""The proof's folder: pages' pictures, each in a folder named by its content, and the page that shows them.

The folders are never changed once they are complete; ``data.js`` names those that belong together and is replaced
as a whole. A proof that is interrupted leaves the last one as it was.
"""

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeAlias

ASSETS: Final = Path(__file__).parent / "assets"
_DATA: Final = "data.js"
_BEFORE, _AFTER = "PROOF_DATA(", ");\n"

Data: TypeAlias = dict[str, Any]


class Site:
    """The proof in ``folder``. Every method raises OSError when the disk refuses."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pages = folder / "pages"

    def page_folder(self, key: str) -> Path:
        """Where a page's pictures lie."""
        return self.pages / key

    def last(self) -> Data | None:
        """What was published last; None when there is none that can be read."""
        try:
            text = (self.folder / _DATA).read_text(encoding="utf-8")
            data: Data = json.loads(text.removeprefix(_BEFORE).removesuffix(_AFTER))
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return None
        return data

    def publish(self, data: Data, sheets: Mapping[str, bytes] = MappingProxyType({})) -> Path:
        """Replace what is shown and return the page to open. ``sheets`` are PDFs for the printer by name."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for asset in sorted(ASSETS.iterdir()):
            shutil.copyfile(asset, self.folder / asset.name)
        for old in self.folder.glob("sheets-*.pdf"):
            old.unlink()
        for name, pdf in sheets.items():
            (self.folder / name).write_bytes(pdf)
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        beside = self.folder / f".{_DATA}.{os.getpid()}"
        beside.write_text(f"{_BEFORE}{text}{_AFTER}", encoding="utf-8")
        beside.replace(self.folder / _DATA)
        return self.folder / "index.html"

    def tidy(self, *kept: Data) -> None:
        """Remove the pictures of pages that none of these data name."""
        pages = [page for data in kept for page in data["pages"]]
        named = {page["key"] for page in pages} | {page["changes"]["key"] for page in pages if page["changes"]}
        for folder in self.pages.glob("*"):
            if folder.name not in named:
                shutil.rmtree(folder, ignore_errors=True)
