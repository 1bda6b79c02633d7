"""The output intent: the press condition for which the inks of the file are meant, with its ICC profile."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from layout.house.model import Press
from layout.pdf.errors import PressError
from layout.pdf.objects import array, dictionary, string

_HEADER: Final = 128
_INKS: Final = 4


def read_profile(path: Path) -> bytes:
    """An ICC output profile for CMYK.

    Raises PressError: profile-missing, or profile-broken when the file is no CMYK output profile (ICC.1, 7.2).
    """
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise PressError("profile-missing", f"{path}: the press profile cannot be read ({problem.strerror})") from None
    size, kind, space = int.from_bytes(data[:4], "big"), data[12:16], data[16:20]
    if len(data) < _HEADER or data[36:40] != b"acsp" or size != len(data):
        raise PressError("profile-broken", f"{path}: is not a whole ICC profile")
    if (kind, space) != (b"prtr", b"CMYK"):
        raise PressError("profile-broken", f"{path}: is not an output profile for CMYK")
    return data


def output_intents(press: Press, profile: bytes, stream: Callable[..., Any]) -> Any:
    """The catalog's OutputIntents; ``stream`` makes a stream object from entries and bytes.

    A condition that is registered names its registry; of any other the Info must tell what it is.
    """
    entries = {
        "Type": "/OutputIntent",
        "S": "/GTS_PDFX",
        "OutputConditionIdentifier": string(press.condition),
        "Info": string(press.info or press.condition),
        "DestOutputProfile": stream({"N": _INKS}, profile),
    }
    return array([dictionary(entries | ({"RegistryName": string(press.registry)} if press.registry else {}))])
