"""L5: proofs of finished pages: tiles, plates, ink, galleys, comparison. The only home of pdfium; never sees copy.

What draws (``page``, ``pairs``, ``sheets``) is imported where it is used: it loads pdfium.
"""

from layout.proof.codes import NAMES
from layout.proof.folder import is_complete, page_key
from layout.proof.galley import galley_lines
from layout.proof.model import Advert, Edit, Fault, Fit, GridLines, Line, Photo, Printed, ProofPage, Story
from layout.proof.record import Record, compared, fault_record, page_record
from layout.proof.site import Site

__all__ = [
    "NAMES",
    "Advert",
    "Edit",
    "Fault",
    "Fit",
    "GridLines",
    "Line",
    "Photo",
    "Printed",
    "ProofPage",
    "Record",
    "Site",
    "Story",
    "compared",
    "fault_record",
    "galley_lines",
    "is_complete",
    "page_key",
    "page_record",
]
