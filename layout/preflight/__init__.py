"""L5: preflight of finished files, ours or anybody's. The home of pikepdf; knows nothing of what wrote a file.

Its reports are in ``layout.preflight.report``, which a build does not need.
"""

from layout.preflight.finding import Finding
from layout.preflight.model import Coverage, Place
from layout.preflight.profiles import PROFILES, Profile
from layout.preflight.run import Preflight, preflight

__all__ = ["PROFILES", "Coverage", "Finding", "Place", "Preflight", "Profile", "preflight"]
