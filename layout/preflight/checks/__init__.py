"""The checks: one function each, whose docstring is the rationale that the report shows."""

from layout.preflight.checks.case import STANDARDS, Case, Check, Found, Limits, Standard
from layout.preflight.checks.table import CHECKS

__all__ = ["CHECKS", "STANDARDS", "Case", "Check", "Found", "Limits", "Standard"]
