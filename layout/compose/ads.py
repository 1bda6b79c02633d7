"""Advertisements (广告): each in its area, at its size, with the mark that the law asks for."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from msgspec import Struct

from layout.compose.blocks.photo import crop_to
from layout.compose.grid import EM_TOP, area_rect
from layout.compose.rules import frame_rule
from layout.compose.setting import Setter
from layout.core import MM, WHITE, Diagnostic, Pt, Rect, Size, error
from layout.display import Fill, Foreign, Item, Picture
from layout.foreign import ForeignFacts
from layout.house.model import Ads
from layout.images import ImageFacts
from layout.issue.model import Ad
from layout.text import Line

AdFacts: TypeAlias = ForeignFacts | ImageFacts
"""What is known of an ad: a page of a PDF, or a picture."""

TAG: Final = "ad"
_PADDING: Final = 0.25
"""Em of white round the mark, so that it reads on any artwork."""


class PlacedAd(Struct, frozen=True):
    """An ad on its page: ``scale`` is how much larger than its own size it prints, 1.0 for a picture.

    ``name`` tells it from the page's other ads.
    """

    ad: Ad
    name: str
    rect: Rect
    items: tuple[Item, ...]
    scale: float
    diagnostics: tuple[Diagnostic, ...]


def place_ad(ad: Ad, name: str, setter: Setter, facts: AdFacts | None, *, folio: int) -> PlacedAd:
    """Place one ad, called ``name``. What does not fit is told and brought to its area even so, for the proof.

    An ad that could not be read (no facts) stands there as a foreign page. Code: ad-size.
    """
    rect = area_rect(setter.house.grid, ad.area)
    found: tuple[Diagnostic, ...] = ()
    scale = 1.0
    picture = facts if isinstance(facts, ImageFacts) else None
    if picture:
        found = tuple(_shape_findings(ad, rect, picture, setter.house.ads, folio))
    elif isinstance(facts, ForeignFacts):
        found = tuple(_size_findings(ad, rect, facts.size, setter.house.ads, folio))
        scale = rect.width / facts.size.width
    return PlacedAd(ad, name, rect, tuple(_items(ad, rect, setter, facts)), scale, found)


def _shape_findings(ad: Ad, rect: Rect, picture: ImageFacts, limits: Ads, folio: int) -> Iterator[Diagnostic]:
    """A picture has no size of its own, only proportions."""
    if abs(rect.width * picture.height / picture.width - rect.height) <= limits.tolerance:
        return
    message = (
        f"ad {ad.file.name} has {picture.width} x {picture.height} pixels, its area is {_mm(rect.width, rect.height)}: "
        "the proportions differ"
    )
    hint = f"at this width it needs {round(picture.width * rect.height / rect.width)} pixels of height"
    yield error("ad-size", message, ad.span, hint, folio)


def _size_findings(ad: Ad, rect: Rect, size: Size, limits: Ads, folio: int) -> Iterator[Diagnostic]:
    across, down = rect.width / size.width, rect.height / size.height
    factor = across if ad.fit == "scale" and limits.scale_min <= across <= limits.scale_max else 1.0
    if max(abs(size.width * factor - rect.width), abs(size.height * factor - rect.height)) <= limits.tolerance:
        return
    message = (
        f"ad {ad.file.name} is {_mm(size.width, size.height)}, its area {_mm(rect.width, rect.height)}: it would have "
        f"to be scaled to {across * 100:.1f} % across and {down * 100:.1f} % down"
    )
    yield error("ad-size", message, ad.span, _size_hint(rect, size, limits), folio)


def _size_hint(rect: Rect, size: Size, limits: Ads) -> str:
    across = rect.width / size.width
    allowed = f"{limits.scale_min * 100:g} to {limits.scale_max * 100:g} %"
    another = f"ask for one of {_mm(rect.width, rect.height)}, or give it another area"
    if abs(size.height * across - rect.height) > limits.tolerance:
        return f"{another}: its proportions are not those of the area"
    if not limits.scale_min <= across <= limits.scale_max:
        return f"{another}: the house scales ads to {allowed}"
    return f"fit: scale brings it to its area (the house scales ads to {allowed}); or {another}"


def _items(ad: Ad, rect: Rect, setter: Setter, facts: AdFacts | None) -> Iterator[Item]:
    house = setter.house
    if isinstance(facts, ForeignFacts):
        yield Foreign(rect, str(ad.file), ad.page, facts.plates, TAG)
    elif facts is None:
        yield Foreign(rect, str(ad.file), ad.page, tag=TAG)
    else:
        crop = crop_to(rect.width, rect.height, facts, (0.5, 0.5))
        yield Picture(rect, str(ad.file), crop, house.press.grey, TAG)
    if house.ads.frame is not None:
        yield from frame_rule(house, house.ads.frame, rect, tag=TAG)
    label = house.ads.label if ad.label is None else ad.label
    if label:
        yield from _label(label, rect, setter)


def _label(label: str, rect: Rect, setter: Setter) -> Iterator[Item]:
    """The mark in its corner, on white, so that it can be read on any artwork."""
    size = setter.style("ad-label").size
    line = setter.line(label, "ad-label")
    ground = _corner(setter.house.ads.corner, rect, _ground(line, size))
    yield Fill(ground, WHITE, tag="ad-label")
    padding = _PADDING * size
    yield from setter.runs(line, "ad-label", x=ground.x + padding, baseline=ground.y + padding + EM_TOP * size)


def _ground(line: Line, size: Pt) -> Size:
    return Size((line.width + 2 * _PADDING) * size, (1 + 2 * _PADDING) * size)


def _corner(corner: str, rect: Rect, size: Size) -> Rect:
    x = rect.x if corner.endswith("left") else rect.right - size.width
    y = rect.y if corner.startswith("top") else rect.bottom - size.height
    return Rect(x, y, size.width, size.height)


def ad_names(ads: Sequence[Ad]) -> tuple[str, ...]:
    """What the ads of a page are called where stories have slugs: by their files, a second one of a file by number."""
    seen: Counter[str] = Counter()
    names = []
    for ad in ads:
        name = ad.file.name if ad.page == 1 else f"{ad.file.name} page {ad.page}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)


def _mm(width: Pt, height: Pt) -> str:
    return f"{width / MM:.1f} x {height / MM:.1f} mm"
