"""What a build makes of a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from layout.core import Diagnostic
from layout.display import DisplayPage, Picture
from layout.foreign import ForeignPages
from layout.images import PressPicture
from layout.pipeline.report import Share

Pictures: TypeAlias = Mapping[Picture, PressPicture]
"""Every picture of a page, converted."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it goes into a file of several: what is drawn, its pictures converted, its ads taken out of theirs."""

    display: DisplayPage
    pictures: Pictures
    foreign: ForeignPages


@dataclass(frozen=True, slots=True)
class PressPage:
    """One page made for the press.

    ``data`` is its own file, empty when it has errors; ``found`` what was found, ``share`` what it adds to the report.
    A page that was kept from an earlier build comes without its ``sheet``.
    """

    number: int
    data: bytes
    found: tuple[Diagnostic, ...]
    share: Share
    sheet: Sheet | None = None
