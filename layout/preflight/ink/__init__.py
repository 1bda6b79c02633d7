"""Total ink inside the trim: from Ghostscript's plates where it is installed, else estimated from the marks."""

from layout.preflight.ink.coverage import read_coverage

__all__ = ["read_coverage"]
