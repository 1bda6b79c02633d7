"""The operators of content streams, a module for each kind, and the table of them all (ISO 32000-1, table 51)."""

from types import MappingProxyType
from typing import Final

from layout.preflight.content.operators.colour import COLOUR
from layout.preflight.content.operators.graphics import GRAPHICS
from layout.preflight.content.operators.objects import OBJECTS
from layout.preflight.content.operators.paths import PATHS
from layout.preflight.content.operators.text import TEXT
from layout.preflight.content.run import Table

OPERATORS: Final[Table] = MappingProxyType({**GRAPHICS, **COLOUR, **PATHS, **TEXT, **OBJECTS})
"""All operators by name. What is not here is unknown to ISO 32000."""
