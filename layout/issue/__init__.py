"""L2: what the desk wrote."""

from layout.issue.load import load_issue
from layout.issue.schema import issue_schema

__all__ = ["issue_schema", "load_issue"]
