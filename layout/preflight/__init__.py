"""L5: preflight of finished files, ours or anybody's. The home of pikepdf; knows nothing of what wrote a file."""

from layout.preflight.finding import Finding
from layout.preflight.model import Coverage, Place
from layout.preflight.profiles import PROFILES, Profile
from layout.preflight.report import as_html, as_json
from layout.preflight.run import Preflight, preflight

__all__ = ["PROFILES", "Coverage", "Finding", "Place", "Preflight", "Profile", "as_html", "as_json", "preflight"]
