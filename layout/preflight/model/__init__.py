"""What was read from a file: small frozen facts. Checks see these and nothing else.

Boxes are in default user space (points, y up) as the file has them; a ``Place`` is where a reader finds something:
millimetres from the trim's top left corner, x right, y down.
"""

from layout.preflight.model.colour import PROCESS, Colour, Profile, Space
from layout.preflight.model.content import Coverage, Defect, Flaw, Font, FontUse, Group, Image, Kind, Paint, Trait, Use
from layout.preflight.model.document import Document, Facts, Feature, Info, Intent, Layers, Metadata, Shortfall, Trace
from layout.preflight.model.page import Annotation, Box, Boxes, Page, Place

__all__ = [
    "PROCESS",
    "Annotation",
    "Box",
    "Boxes",
    "Colour",
    "Coverage",
    "Defect",
    "Document",
    "Facts",
    "Feature",
    "Flaw",
    "Font",
    "FontUse",
    "Group",
    "Image",
    "Info",
    "Intent",
    "Kind",
    "Layers",
    "Metadata",
    "Page",
    "Paint",
    "Place",
    "Profile",
    "Shortfall",
    "Space",
    "Trace",
    "Trait",
    "Use",
]
