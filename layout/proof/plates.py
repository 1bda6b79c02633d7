"""The page's separations as a press would get them: plates by a program that overprints as the file says.

MuPDF's ``mutool`` makes them in a quarter of Ghostscript's time, but as it is often installed it knows no colour
profiles: a page that has some goes to Ghostscript, which also serves where there is no MuPDF. Both are outside
programs, looked for on the path. Without them there are no plates, and the soft proof is pdfium's picture sent through
the press profile: no overprint, approximate colour.
"""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from layout.proof.folder import PLATES

if TYPE_CHECKING:  # who only waits for the program needs no pixels
    from layout.proof.separations import Plate

_TIME: Final = 300  # seconds; a page takes two
_MANAGED: Final = re.compile(rb"/(?:ICCBased|CalRGB|CalGray|Lab|DefaultRGB|DefaultGray|DefaultCMYK|ObjStm)\b")
"""Colour that is no ink yet, or might stand where it cannot be seen: compressed objects."""


class _Program(Struct, frozen=True):
    """An outside program: its name on the path, how it is called.

    ``managed`` is what more it is told for a page with managed colour; nothing where it knows no profiles.
    """

    name: str
    arguments: tuple[str, ...]
    managed: tuple[str, ...] = ()

    def call(self, source: Path, made: Path, profile: Path | None) -> list[str]:
        """The command; ``made`` is a picture of the inks in Photoshop's format, which keeps spot inks apart.

        ``profile`` is the press's if the page has managed colour.
        """
        told = (each.replace("{profile}", str(profile)) for each in self.managed) if profile else ()
        places = {"{source}": str(source), "{made}": str(made)}
        return [self.name, *told, *(places.get(each, each) for each in self.arguments)]


PROGRAMS: Final = (
    # -N: inks stay as they are; -O 2: overprint and spot inks as on a press.
    _Program(
        "mutool",
        ("draw", "-q", "-N", "-O", "2", "-c", "cmyk", "-r", f"{PLATES}", "-F", "psd", "-o", "{made}", "{source}"),
    ),
    # Type gives a pixel the ink of its share. Without the alpha bits every pixel that a stroke touches is solid: a page
    # of text would come out with a sixth more black than it has.
    _Program(
        "gs",
        (
            *("-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=psdcmyk", "-dTextAlphaBits=4", f"-r{PLATES}"),
            *("-o", "{made}", "{source}"),
        ),
        # Managed colour becomes the press's inks. What is in inks already has the same profile and stays as it is.
        managed=(
            "--permit-file-read={profile}",
            "-sOutputICCProfile={profile}",
            "-sDefaultCMYKProfile={profile}",
        ),
    ),
)
"""In the order in which they are asked."""


class Separated(Struct, frozen=True):
    """A page's separations as the program ``by`` made them; ``made`` is None where it failed or there is no program."""

    by: str
    made: Path | None

    def plates(self) -> "tuple[Plate, ...]":
        """The plates: the four of the process first, then spot inks; empty when there are none."""
        from layout.proof.separations import read_separations

        return () if self.made is None else read_separations(self.made.read_bytes())


class Separation:
    """A run of the program ``by`` over one page, begun at once and waited for by ``done``; none where it is ""."""

    def __init__(self, by: str, made: Path, process: "subprocess.Popen[bytes] | None") -> None:
        self._by = by
        self._made = made
        self._process = process

    def done(self) -> Separated:
        """Wait for it. What it made is there as long as the block of ``separating`` runs."""
        return Separated(self._by, self._made if self._worked() and self._made.is_file() else None)

    def _worked(self) -> bool:
        if self._process is None:
            return False
        try:
            return self._process.wait(_TIME) == 0
        except subprocess.TimeoutExpired:
            return False


@contextmanager
def separating(pdf: bytes, profile: Path) -> Iterator[Separation]:
    """Separate a PDF of one page while the block runs, in a folder that is gone afterwards.

    ``profile`` is that of the press, into whose inks managed colour goes.
    """
    with tempfile.TemporaryDirectory(prefix="layout-plates-") as name:
        folder = Path(name)
        program = _program(pdf)
        process = _start(program, pdf, folder, profile if _is_managed(pdf) else None) if program else None
        try:
            yield Separation(program.name if program else "", folder / "page.psd", process)
        finally:
            if process is not None:
                process.kill()
                process.wait()


def _program(pdf: bytes) -> _Program | None:
    managed = _is_managed(pdf)
    fit = (each for each in PROGRAMS if each.managed or not managed)
    return next((each for each in fit if shutil.which(each.name)), None)


def _is_managed(pdf: bytes) -> bool:
    return _MANAGED.search(pdf) is not None


def _start(program: _Program, pdf: bytes, folder: Path, profile: Path | None) -> "subprocess.Popen[bytes]":
    source = folder / "page.pdf"
    source.write_bytes(pdf)
    return subprocess.Popen(  # noqa: S603 - fixed arguments, our own file
        program.call(source, folder / "page.psd", profile and profile.absolute()),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
