"""The profile of a press condition, and what can keep a press file from being written."""

from pathlib import Path
from typing import Final, Literal, TypeAlias

PressErrorCode: TypeAlias = Literal["profile-missing", "profile-broken", "standard-unknown"]

_HEADER: Final = 128


class PressError(Exception):
    """A press condition that cannot be met.

    ``code`` is stable and goes into a diagnostic; ``message`` is for the desk.
    """

    def __init__(self, code: PressErrorCode, message: str) -> None:
        super().__init__(message)
        self.code: PressErrorCode = code
        self.message = message


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
