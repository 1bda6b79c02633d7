"""Facts of a finished file, read back from its bytes: nothing that wrote it is asked or trusted."""

from layout.preflight.facts.gate import Unreadable
from layout.preflight.facts.reading import Opened, open_file, read_facts

__all__ = ["Opened", "Unreadable", "open_file", "read_facts"]
