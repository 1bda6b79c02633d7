"""What can keep a press file from being written."""

from typing import Literal, TypeAlias

PressErrorCode: TypeAlias = Literal["profile-missing", "profile-broken", "standard-unknown"]


class PressError(Exception):
    """A press condition that cannot be met.

    ``code`` is stable and goes into a diagnostic; ``message`` is for the desk.
    """

    def __init__(self, code: PressErrorCode, message: str) -> None:
        super().__init__(message)
        self.code: PressErrorCode = code
        self.message = message
