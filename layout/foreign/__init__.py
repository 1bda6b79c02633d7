"""L1: pages of other PDFs (advertisements) as press files take them in. With preflight the home of pikepdf.

What comes here has been preflighted: how much it holds and unpacks to has been measured there.
"""

from layout.foreign.model import ForeignFacts, ForeignFault, ForeignKey, ForeignPage, ForeignPages, Lifted

__all__ = ["ForeignFacts", "ForeignFault", "ForeignKey", "ForeignPage", "ForeignPages", "Lifted"]
