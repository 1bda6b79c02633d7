"""The PDF/X standards as data: whatever differs between them is a column here, never an ``if`` in the writer."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from layout.house.press import PressError


class Standard(Struct, frozen=True):
    """One PDF/X level.

    ``info`` and ``xmp`` are the keys that claim conformance, in the Info dictionary and in the ``pdfxid`` name space
    of the XMP packet. ``blend_space``: transparency is legal, so each page names the space in which a RIP blends.
    """

    title: str
    version: tuple[int, int]
    info: tuple[tuple[str, str], ...]
    xmp: tuple[tuple[str, str], ...]
    blend_space: str | None


STANDARDS: Final[Mapping[str, Standard]] = MappingProxyType(
    {
        # ISO 15930-7:2010. The Info key is optional there, but must agree with the XMP.
        "x4": Standard(
            title="PDF/X-4",
            version=(1, 6),
            info=(("GTS_PDFXVersion", "PDF/X-4"),),
            xmp=(("GTS_PDFXVersion", "PDF/X-4"),),
            blend_space="DeviceCMYK",
        ),
        # ISO 15930-4:2003, for old RIPs: no transparency at all, so not even a page group.
        "x1a": Standard(
            title="PDF/X-1a:2003",
            version=(1, 4),
            info=(("GTS_PDFXConformance", "PDF/X-1a:2003"), ("GTS_PDFXVersion", "PDF/X-1a:2003")),
            xmp=(),
            blend_space=None,
        ),
    }
)
"""Level by the name that a house style gives it."""


def standard_named(name: str) -> Standard:
    """The level called ``name``; raises PressError (standard-unknown)."""
    if name not in STANDARDS:
        raise PressError(
            "standard-unknown", f"{name!r} is no PDF/X level that is written; there are: {', '.join(STANDARDS)}"
        )
    return STANDARDS[name]
