"""What went wrong, where, and what to do: the user's mistakes are values, not exceptions."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Generic, TypeVar

from msgspec import Struct, field

T = TypeVar("T")


class Severity(StrEnum):
    """How bad it is. Errors keep the press files from being replaced; warnings do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Span(Struct, frozen=True, order=True):
    """A place in a file: path as the user gave it, line and column from 1 (0: the whole file)."""

    path: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join([self.path, *(str(n) for n in (self.line, self.column) if n)])


NOWHERE = Span()


class Diagnostic(Struct, frozen=True):
    """One finding.

    ``code`` is stable and kebab-case: programs and tests rely on it, never on the message. ``page`` is the
    folio that it concerns, None when it concerns none.
    """

    severity: Severity
    code: str
    message: str
    span: Span = field(default_factory=Span)
    hint: str = ""
    page: int | None = None

    def __str__(self) -> str:
        head = f"{self.span}: " if self.span.path else ""
        tail = f"\n  hint: {self.hint}" if self.hint else ""
        return f"{head}{self.severity}[{self.code}]: {self.message}{tail}"


def error(code: str, message: str, span: Span = NOWHERE, hint: str = "", page: int | None = None) -> Diagnostic:
    """A diagnostic that stops the press files."""
    return Diagnostic(Severity.ERROR, code, message, span, hint, page)


def warning(code: str, message: str, span: Span = NOWHERE, hint: str = "", page: int | None = None) -> Diagnostic:
    """A diagnostic that the desk should read but that stops nothing."""
    return Diagnostic(Severity.WARNING, code, message, span, hint, page)


class Checked(Struct, Generic[T], frozen=True):
    """A result with what was found on the way. ``value`` is None only when there are errors."""

    value: T | None
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether there is a value and no error."""
        return self.value is not None and not has_errors(self.diagnostics)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether one of them is an error."""
    return any(d.severity is Severity.ERROR for d in diagnostics)
