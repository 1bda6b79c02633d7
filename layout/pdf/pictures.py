"""Pictures: brought to press resolution and inks, then embedded as the JPEG data that they are.

Gray pictures stay DeviceGray. PDF turns gray into ink as k = 1 - gray on any CMYK device (ISO 32000-1, 10.3.3), so they
print on the black plate alone; a Separation would be taken for a spot colour by preflights (GWG 2022, R0020). They
never overprint, which DeviceGray must not (R0013).
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any, TypeAlias, TypeVar

from layout.core import Rect
from layout.display import Document, Picture
from layout.house.model import Press
from layout.images import ImageFacts, PressPicture
from layout.images.picture import kept, prepare
from layout.images.wanted import ENOUGH, PictureSettings, Unsharp

_K = TypeVar("_K")
_V = TypeVar("_V")
_Request: TypeAlias = tuple[str, Rect, tuple[int, int], bool, Unsharp | None]
"""Source, crop, size in pixels, gray, sharpening."""


def prepare_pictures(
    document: Document,
    *,
    facts: Mapping[str, ImageFacts],
    press: Press,
    cache: Path | None = None,
    jobs: int = 1,
    meanwhile: Callable[[], object] = lambda: None,
) -> Mapping[Picture, PressPicture]:
    """Every picture of a document, cropped, in press inks and at the press's resolution, on ``jobs`` threads.

    ``facts`` are those of the sources by their keys. A picture is never given more pixels than its source has in the
    crop. The same part of a source at the same size is converted once, wherever it stands. ``meanwhile`` is done while
    other threads are at work, and not at all without them. Raises ImageFault for the first unusable source in the
    document's order.
    """
    items = dict.fromkeys(item for page in document.pages for item in page.items if isinstance(item, Picture))

    def convert(request: _Request) -> PressPicture:
        return prepare(facts[request[0]].path, request[1], request[2], _settings(request, press), cache)

    requests = {item: _request(item, facts[item.source], press) for item in items}
    made = {}
    for request in dict.fromkeys(requests.values()):
        found = kept(facts[request[0]].sha256, request[1], request[2], _settings(request, press), cache)
        if found is not None:
            made[request] = found
    made |= _each(convert, (one for one in requests.values() if one not in made), jobs, meanwhile)
    return {item: made[request] for item, request in requests.items()}


def _settings(request: _Request, press: Press) -> PictureSettings:
    return PictureSettings(press.profile, press.intent, press.ink_limit, press.jpeg_quality, request[3], request[4])


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


def _each(
    task: Callable[[_K], _V], keys: Iterable[_K], jobs: int, meanwhile: Callable[[], object] = lambda: None
) -> dict[_K, _V]:
    """The task's result for every key, each key once, in the order in which the keys come.

    Plain threads: ``concurrent.futures`` takes as long to load as half a photograph takes to convert.
    """
    distinct = list(dict.fromkeys(keys))
    if jobs <= 1 or len(distinct) <= 1:
        return {key: task(key) for key in distinct}
    from layout.images import making  # noqa: F401 - loaded before there are several threads that need it

    waiting, made = deque(distinct), dict[_K, _V | Exception]()
    threads = [Thread(target=_work, args=(task, waiting, made)) for _ in range(min(jobs, len(distinct)))]
    for thread in threads:
        thread.start()
    try:
        meanwhile()
    finally:
        for thread in threads:
            thread.join()
    return {key: _result(made[key]) for key in distinct}


def _work(task: Callable[[_K], _V], waiting: deque[_K], made: dict[_K, _V | Exception]) -> None:
    """Do what is waiting until nothing is."""
    with suppress(IndexError):
        while True:
            key = waiting.popleft()
            made[key] = _tried(task, key)


def _tried(task: Callable[[_K], _V], key: _K) -> _V | Exception:
    try:
        return task(key)
    except Exception as fault:  # noqa: BLE001 - it is raised where the results are collected
        return fault


def _result(made: _V | Exception) -> _V:
    if isinstance(made, Exception):
        raise made
    return made


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
