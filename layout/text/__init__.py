"""L3: copy to lines. Knows no page: characters, measures and rules only.

``set_paragraph`` shapes, ``break_lines`` breaks and justifies, ``line_runs`` hands a line to the display list;
``set_line`` sets what is never broken. ``layout.text.normalise`` brings copy into press orthography first.
"""

from layout.text.breaking import Broken, break_lines, breakings
from layout.text.faces import FaceMetrics, Measures
from layout.text.justify import Line, Placed, set_line
from layout.text.metrics import Cell, Metrics, ReferenceMetrics
from layout.text.paragraph import Paragraph, Setting, set_paragraph
from layout.text.prohibition import LEVELS
from layout.text.runs import column_runs, line_runs
from layout.text.spans import Span
from layout.text.vertical import PROFILES
from layout.text.widths import STYLES

__all__ = [
    "LEVELS",
    "PROFILES",
    "STYLES",
    "Broken",
    "Cell",
    "FaceMetrics",
    "Line",
    "Measures",
    "Metrics",
    "Paragraph",
    "Placed",
    "ReferenceMetrics",
    "Setting",
    "Span",
    "break_lines",
    "breakings",
    "column_runs",
    "line_runs",
    "set_line",
    "set_paragraph",
]
