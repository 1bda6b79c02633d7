"""L6: the stages wired together: load, compose, write. What a command does is a call of one of these functions."""

from layout.pipeline.build import build
from layout.pipeline.check import check
from layout.pipeline.report import Report

__all__ = ["Report", "build", "check"]
