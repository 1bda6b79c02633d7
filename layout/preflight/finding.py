"""A finding: what is wrong, by which rule, where on the page, and what to do."""

from msgspec import Struct

from layout.core import Diagnostic, Severity, Span
from layout.preflight.model import Place


class Finding(Struct, frozen=True):
    """One finding. ``source`` is where the rule stands, ``rationale`` why it is there; ``place`` is in millimetres."""

    severity: Severity
    code: str
    message: str
    source: str
    hint: str = ""
    rationale: str = ""
    page: int | None = None
    place: Place | None = None

    @property
    def where(self) -> str:
        """Page and place in words; empty for the file as a whole."""
        if self.page is None:
            return ""
        at = f" at {self.place.x:g}, {self.place.y:g} mm" if self.place else ""
        return f"page {self.page}{at}"

    def diagnostic(self, path: str) -> Diagnostic:
        """The finding as the diagnostic of a file."""
        where = f" ({self.where})" if self.where else ""
        return Diagnostic(
            self.severity,
            self.code,
            # Names from the file may hold bytes that are not UTF-8: what is printed must be.
            f"{self.message}{where} [{self.source}]".encode("utf-8", "backslashreplace").decode(),
            Span(path),
            self.hint,
            self.page,
        )
