"""The page's separations as the press would get them: Ghostscript's plates, which overprint as the file says.

Ghostscript is an outside program, looked for on the path. Without it there are no plates, and the soft proof is
pdfium's picture sent through the press profile: no overprint, approximate colour.
"""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PIL import Image, ImageOps

RESOLUTION: Final = 72
"""Pixels an inch of the plates, about the size of a densitometer's finest aperture."""
_SMOOTH: Final = "-dTextAlphaBits=4"
"""Type gives a pixel the ink of its share. Without it every pixel that a stroke touches is solid: a page of text would
come out with a sixth more black than it has."""
PROCESS: Final = ("Cyan", "Magenta", "Yellow", "Black")
_TIME: Final = 300  # seconds; a page takes two
_PLATE: Final = re.compile(r"page\((.+)\)\.tif")


class Separation:
    """A run of Ghostscript over one page, begun at once and waited for by ``plates``; no run where there is none."""

    def __init__(self, folder: Path, process: "subprocess.Popen[bytes] | None") -> None:
        self._folder = folder
        self._process = process

    def plates(self) -> dict[str, Image.Image]:
        """The plates by ink: the four of the process first, then spot inks. Mode L, 255 is solid.

        Empty when there is no Ghostscript or it failed on the file.
        """
        if self._process is None:
            return {}
        try:
            failed = self._process.wait(_TIME) != 0
        except subprocess.TimeoutExpired:
            return {}
        return {} if failed else _read(self._folder)


@contextmanager
def separating(pdf: bytes) -> Iterator[Separation]:
    """Separate a PDF of one page while the block runs, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="layout-plates-") as name:
        folder = Path(name)
        process = _start(pdf, folder) if shutil.which("gs") else None
        try:
            yield Separation(folder, process)
        finally:
            if process is not None:
                process.kill()
                process.wait()


def _start(pdf: bytes, folder: Path) -> "subprocess.Popen[bytes]":
    source = folder / "page.pdf"
    source.write_bytes(pdf)
    call = (
        *(
            "gs",
            "-q",
            "-dBATCH",
            "-dNOPAUSE",
            "-dSAFER",
            "-sDEVICE=tiffsep",
            "-sCompression=none",
            _SMOOTH,
            f"-r{RESOLUTION}",
        ),
        *(f"-sOutputFile={folder / 'page.tif'}", str(source)),
    )
    return subprocess.Popen(  # noqa: S603 - fixed arguments, our own file
        call, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _read(folder: Path) -> dict[str, Image.Image]:
    found = {}
    for path in sorted(folder.glob("page(*).tif")):
        match = _PLATE.fullmatch(path.name)
        assert match is not None  # the pattern is the glob's
        with Image.open(path) as image:
            found[match[1]] = ImageOps.invert(image.convert("L"))  # Ghostscript writes paper as 255
    spots = {name: plate for name, plate in found.items() if name not in PROCESS}
    process = {name: found[name] for name in PROCESS if name in found}
    return {**process, **spots} if len(process) == len(PROCESS) else {}


def process_image(plates: Mapping[str, Image.Image]) -> Image.Image:
    """The four process plates as one CMYK image."""
    return Image.merge("CMYK", [plates[name] for name in PROCESS])
