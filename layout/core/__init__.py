"""L0: units, geometry, ink and diagnostics. Knows nothing of newspapers, fonts or files."""

from layout.core.diagnostics import NOWHERE, Checked, Diagnostic, Severity, Span, error, has_errors, warning
from layout.core.geometry import Insets, Point, Rect, Size
from layout.core.ink import BLACK, WHITE, Ink, Spot, Tints
from layout.core.units import EPSILON, MM, Pt, fits, parse_length, same

__all__ = [
    "BLACK",
    "EPSILON",
    "MM",
    "NOWHERE",
    "WHITE",
    "Checked",
    "Diagnostic",
    "Ink",
    "Insets",
    "Point",
    "Pt",
    "Rect",
    "Severity",
    "Size",
    "Span",
    "Spot",
    "Tints",
    "error",
    "fits",
    "has_errors",
    "parse_length",
    "same",
    "warning",
]
