"""The plates that Ghostscript makes of a press file, as ink 0..1."""

import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pikepdf
from PIL import Image

Sheet: TypeAlias = Mapping[str, np.ndarray]
"""The plates of one sheet by name, rows downwards."""

INKS = ("Cyan", "Magenta", "Yellow", "Black")
DPI = 50
_PAINTING = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s"}
_PICTURES = {"Do", "sh", "BI", "ID", "EI", "INLINE IMAGE"}


def run(*command: str | Path) -> str:
    """All that a program says; it must be content."""
    done = subprocess.run(command, capture_output=True, check=False)
    output = (done.stdout + done.stderr).decode(errors="replace")
    assert done.returncode == 0, output
    return output


def plates(pdf: Path, profile: Path, folder: Path, *, box: str = "BleedBox") -> list[Sheet]:
    """The plates of every sheet, inside one of its boxes. Ghostscript may not say a word.

    The press profile is source and target at once; else Ghostscript would convert the inks.
    """
    folder.mkdir()
    said = run(
        "gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-dPDFSTOPONERROR", "-sDEVICE=tiffsep", f"-r{DPI}",
        f"-sDefaultCMYKProfile={profile}", f"-sOutputICCProfile={profile}", f"--permit-file-read={profile}",
        f"-sOutputFile={folder / 'page%02d.tif'}", pdf,
    )  # fmt: skip
    assert said == ""
    with pikepdf.open(pdf) as document:
        return [_sheet(page, folder, nth, box) for nth, page in enumerate(document.pages, 1)]


def _sheet(page: pikepdf.Page, folder: Path, nth: int, name: str) -> Sheet:
    left, low, right, high = map(float, page.obj[f"/{name}"])
    edge, floor, _, ceiling = map(float, page.mediabox)
    sides = (ceiling - high, ceiling - low, left - edge, right - edge)
    if page.obj.get("/Rotate") == 90:
        sides = (left - edge, right - edge, low - floor, high - floor)
    box = [round(side / 72 * DPI) for side in sides]
    found = {}
    for file in folder.glob(f"page{nth:02d}(*).tif"):
        with Image.open(file) as image:
            ink = 1 - np.asarray(image.convert("L"), dtype=np.float32) / 255
        found[file.stem.partition("(")[2].rstrip(")")] = ink[box[0] : box[1], box[2] : box[3]]
    return found


def type_alone(pdf: Path, target: Path) -> Path:
    """A copy of the file in which nothing but type is painted."""
    with pikepdf.open(pdf) as document:
        for page in document.pages:
            kept = []
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) in _PAINTING:
                    kept.append(([], pikepdf.Operator("n")))
                elif str(operator) not in _PICTURES:
                    kept.append((operands, operator))
            page.Contents = document.make_stream(pikepdf.unparse_content_stream(kept))
        document.save(target)
    return target
