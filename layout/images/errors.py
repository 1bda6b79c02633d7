"""What can be wrong with a picture file."""

from pathlib import Path
from typing import Literal, TypeAlias

FaultCode: TypeAlias = Literal[
    "image-missing", "image-broken", "image-truncated", "image-too-large", "image-unsupported", "profile-broken"
]


class ImageFault(Exception):  # noqa: N818 - the trade says fault; it is a finding about a file
    """A picture that cannot be printed. ``code`` is stable and goes into a diagnostic; ``message`` is for the desk.

    profile-broken is the press profile's fault, not the picture's.
    """

    def __init__(self, code: FaultCode, path: Path, message: str) -> None:
        self.code: FaultCode = code
        self.message = f"{path}: {message}"
        super().__init__(self.message)
