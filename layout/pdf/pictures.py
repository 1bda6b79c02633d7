"""Pictures: brought to press resolution and inks, then embedded as the JPEG data that they are.

Gray pictures stay DeviceGray. PDF turns gray into ink as k = 1 - gray on any CMYK device (ISO 32000-1, 10.3.3), so they
print on the black plate alone; a Separation would be taken for a spot colour by preflights (GWG 2022, R0020). They
never overprint, which DeviceGray must not (R0013).
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from layout.core import Rect
from layout.display import Document, Picture
from layout.house.model import Press
from layout.images import ENOUGH, ImageFacts, PictureSettings, PressPicture, Unsharp, prepare

_K = TypeVar("_K")
_V = TypeVar("_V")
_Request: TypeAlias = tuple[str, Rect, tuple[int, int], bool, Unsharp | None]
"""Source, crop, size in pixels, gray, sharpening."""


def prepare_pictures(
    document: Document, *, facts: Mapping[str, ImageFacts], press: Press, cache: Path | None = None, jobs: int = 1
) -> Mapping[Picture, PressPicture]:
    """Every picture of a document, cropped, in press inks and at the press's resolution, on ``jobs`` threads.

    ``facts`` are those of the sources by their keys. A picture is never given more pixels than its source has in the
    crop. The same part of a source at the same size is converted once, wherever it stands. Raises ImageFault for the
    first unusable source in the document's order.
    """
    items = dict.fromkeys(item for page in document.pages for item in page.items if isinstance(item, Picture))

    def convert(request: _Request) -> PressPicture:
        source, crop, size, grey, sharpen = request
        settings = PictureSettings(press.profile, press.intent, press.ink_limit, press.jpeg_quality, grey, sharpen)
        return prepare(facts[source].path, crop, size, settings, cache)

    requests = {item: _request(item, facts[item.source], press) for item in items}
    made = _each(convert, requests.values(), jobs)
    return {item: made[request] for item, request in requests.items()}


def _request(item: Picture, facts: ImageFacts, press: Press) -> _Request:
    size = pixels(item, facts, max(press.resolution, press.resolution_warn / ENOUGH))
    return (item.source, item.crop, size, item.grey or press.grey, _unsharp(press, size[0] / item.rect.width))


def _unsharp(press: Press, scale: float) -> Unsharp | None:
    """The press's sharpening for a picture of ``scale`` pixels a point."""
    wanted = press.sharpen
    if not wanted.amount:
        return None
    radius = wanted.radius or 72 / press.screen / 2
    return Unsharp(round(radius * scale, 3), wanted.amount, wanted.threshold)


def pixels(item: Picture, facts: ImageFacts, resolution: float) -> tuple[int, int]:
    """The size to ask for: ``resolution`` ppi over the rectangle, but no more than the crop has of its own.

    What has nearly that size keeps it: a picture comes with ``ENOUGH`` of it at least.
    """
    asked = (max(1.0, item.rect.width / 72 * resolution), max(1.0, item.rect.height / 72 * resolution))
    own = (item.crop.width * facts.width, item.crop.height * facts.height)
    share = min(1.0, own[0] / asked[0], own[1] / asked[1])
    return max(1, round(asked[0] * share)), max(1, round(asked[1] * share))


def _each(task: Callable[[_K], _V], keys: Iterable[_K], jobs: int) -> dict[_K, _V]:
    """The task's result for every key, each key once, in the order in which the keys come."""
    distinct = list(dict.fromkeys(keys))
    if jobs <= 1 or len(distinct) <= 1:
        return {key: task(key) for key in distinct}
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(max_workers=jobs) as pool:
        return dict(zip(distinct, pool.map(task, distinct), strict=True))


def picture_entries(picture: PressPicture) -> Mapping[str, Any]:
    """The image dictionary of a prepared picture.

    DeviceCMYK samples are ink, DeviceGray samples are light; Decode turns those round that are stored the other way.
    """
    light = picture.components == 1
    turned = {"Decode": f"[{' '.join(['1 0'] * picture.components)}]"} if picture.inverted is not light else {}
    return turned | {
        "Type": "/XObject",
        "Subtype": "/Image",
        "Width": picture.width,
        "Height": picture.height,
        "BitsPerComponent": 8,
        "ColorSpace": "/DeviceGray" if light else "/DeviceCMYK",
        "Filter": "/DCTDecode",
    }
