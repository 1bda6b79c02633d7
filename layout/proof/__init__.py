"""L5: proofs of finished pages: tiles, plates, ink, galleys, comparison. The only home of pdfium; never sees copy."""

from layout.proof.galley import galley_lines
from layout.proof.model import Advert, Edit, Fault, Fit, GridLines, Line, Photo, ProofPage, Story
from layout.proof.page import is_complete, make_pictures, make_quick, page_key
from layout.proof.record import Record, compared, page_record
from layout.proof.site import Site

__all__ = [
    "Advert",
    "Edit",
    "Fault",
    "Fit",
    "GridLines",
    "Line",
    "Photo",
    "ProofPage",
    "Record",
    "Site",
    "Story",
    "compared",
    "galley_lines",
    "is_complete",
    "make_pictures",
    "make_quick",
    "page_key",
    "page_record",
]
