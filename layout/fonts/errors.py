"""What can be wrong with a font file."""

from typing import Literal, TypeAlias

FontFault: TypeAlias = Literal["font-missing", "font-broken", "font-embedding", "font-unsupported", "font-index"]


class FontError(Exception):
    """A face that cannot be used. ``code`` is stable and goes into a diagnostic; ``message`` is for the desk."""

    def __init__(self, code: FontFault, message: str) -> None:
        super().__init__(message)
        self.code: FontFault = code
        self.message = message
