"""Profiles of checks as data: what is asked beyond the standard, how bad it is, and the limits."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from layout.core import MM, Severity
from layout.preflight.checks import CHECKS, Check, Limits

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


class Profile(Struct, frozen=True):
    """A kind of print. ``severities`` are those of checks by code; what is not there is asked by the standard only."""

    name: str
    title: str
    limits: Limits
    severities: Mapping[str, Severity]
    excused: frozenset[str] = frozenset()
    """Codes of which not even the standard makes an error."""

    def severity(self, check: Check, standard: str) -> Severity | None:
        """How bad it is when ``check`` finds something under a standard; None when it is not asked."""
        asked = standard in check.standards and check.code not in self.excused
        return Severity.ERROR if asked else self.severities.get(check.code)

    def without(self, *codes: str) -> "Profile":
        """The profile with some checks asked by the standard only."""
        kept = {code: severity for code, severity in self.severities.items() if code not in codes}
        return replace(self, severities=MappingProxyType(kept))


_NEWSPAPER: Final[Mapping[str, Severity]] = MappingProxyType(
    {
        "crop-box": _ERROR,
        "user-unit": _ERROR,
        "page-turned": _WARNING,
        "page-empty": _ERROR,
        "page-count": _WARNING,
        "page-size": _WARNING,
        "attachment": _WARNING,
        "filter-slow": _WARNING,
        "xmp-compressed": _WARNING,
        "profile-space": _ERROR,
        "font-courier": _WARNING,
        "colour-managed": _ERROR,
        "spot-colour": _ERROR,
        "colour-all": _WARNING,
        "blend-space": _ERROR,
        "page-group": _WARNING,
        "layer-alternatives": _ERROR,
        "layer-hidden": _WARNING,
        "overprint-white-text": _ERROR,
        "overprint-white": _WARNING,
        "overprint-gray": _WARNING,
        "overprint-gray-picture": _WARNING,
        "knockout-black-text": _WARNING,
        "knockout-black-line": _WARNING,
        "gray-text": _WARNING,
        "gray-line": _WARNING,
        "text-rich-black": _WARNING,
        "text-white-small": _WARNING,
        "text-white-tiny": _WARNING,
        "text-inks-small": _WARNING,
        "text-inks-tiny": _WARNING,
        "text-tiny": _WARNING,
        "text-invisible": _NOTE,
        "line-white-thin": _WARNING,
        "line-inks-thin": _WARNING,
        "line-thin": _WARNING,
        "image-coarse": _ERROR,
        "image-low": _WARNING,
        "image-fine": _NOTE,
        "bitmap-coarse": _ERROR,
        "bitmap-low": _WARNING,
        "picture-page-coarse": _ERROR,
        "picture-page": _WARNING,
        "ink-limit": _ERROR,
        "ink-high": _NOTE,
        "ink-square": _WARNING,
    }
)

PROFILES: Final[Mapping[str, Profile]] = MappingProxyType(
    {
        # GWG 2022, Newspaper Ads CMYK, with the limit of a single pixel's ink that plants ask for.
        "newspaper": Profile("newspaper", "coldset newsprint", Limits(), _NEWSPAPER),
        # Our own pages: what a careful desk can avoid is an error.
        "house": Profile(
            "house",
            "coldset newsprint, our own pages",
            Limits(),
            MappingProxyType(
                {
                    **_NEWSPAPER,
                    "text-rich-black": _ERROR,
                    "text-white-tiny": _ERROR,
                    "text-inks-tiny": _ERROR,
                    "overprint-white": _ERROR,
                    "page-count": _NOTE,
                }
            ),
        ),
        # Offset on coated paper after FOGRA39: finer screens, more ink, cut on all sides.
        "coated": Profile(
            "coated",
            "offset on coated paper",
            replace(
                Limits(),
                early_binding=False,
                rich_total=2.8,
                white_text=8.0,
                white_text_least=5.0,
                ink_text=8.0,
                ink_text_least=5.0,
                text_least=4.0,
                image_coarse=149.0,
                image_low=224.0,
                ink_pixel=3.0,
                ink_high=2.8,
                ink_square=3.05,
                bleed=3 * MM,
            ),
            MappingProxyType(
                {
                    **{code: severity for code, severity in _NEWSPAPER.items() if code != "colour-managed"},
                    "spot-colour": _WARNING,
                    "page-count": _NOTE,
                    "bleed-small": _WARNING,
                }
            ),
        ),
    }
)
"""Profiles by name."""

_FILE: Final = frozenset(
    [
        "pdfx-version",
        "intent-count",
        "pdf-version",
        "object-streams",
        "file-id",
        "info-missing",
        "info-not-text",
        "trapped",
        "info-disagrees",
        "xmp-missing",
        "xmp-broken",
        "xmp-incomplete",
        "xmp-compressed",
        "intent-condition",
        "intent-profile",
        "intent-info",
        "profile-broken",
        "profile-kind",
        "profile-space",
        "profile-components",
        "intent-differs",
        "crop-box",
        "page-turned",
        "page-count",
        "page-size",
        "page-group",
        "bleed-small",
        "action",
        "form-field",
        "attachment",
        "view-area",
        "layer",
        "ink-high",
    ]
)
"""What belongs to a file or a page as a whole and stays behind when the page's content is placed on another page."""

_PLACED: Final[Mapping[str, Severity]] = MappingProxyType(
    {
        "trim-box": _WARNING,
        "annotation-on-page": _WARNING,  # links, mostly; what paints is an error of its own
        "annotation-lost": _ERROR,
        "ink-limit": _WARNING,  # an estimate may be wrong: the page's own plates decide
        "layer-hidden": _ERROR,  # without its layers the page would show everything
        "layer-alternatives": _ERROR,
    }
)


def placed(profile: Profile) -> Profile:
    """What a page must satisfy that is placed on another: all that the profile asks of what is painted."""
    kept = {code: severity for code, severity in profile.severities.items() if code not in _FILE}
    return replace(profile, severities=MappingProxyType({**kept, **_PLACED}), excused=_FILE | _PLACED.keys())


_CODES: Final = frozenset(check.code for check in CHECKS)
assert all(_CODES.issuperset(profile.severities) for profile in PROFILES.values())
