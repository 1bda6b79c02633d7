"""What makes up the size of a file: the streams by what they hold, by the lengths that they state."""

from collections.abc import Iterable
from itertools import islice
from typing import Final

from layout.preflight.objects import (
    Array,
    File,
    Identity,
    Stream,
    Value,
    elements,
    get,
    identity,
    name,
    number,
    one_or_many,
)

_OBJECTS_MAX: Final = 200_000
_FONT_PARTS: Final = ("/FontFile", "/FontFile2", "/FontFile3", "/CIDToGIDMap", "/ToUnicode")
KINDS: Final = ("pictures", "fonts", "content", "profiles", "other")


def weigh(file: File, size: int) -> tuple[tuple[str, int], ...]:
    """Bytes by kind, in the order of ``KINDS``; what no stream accounts for is ``other``, so they add up to ``size``.

    A file that lies about its lengths is weighed by its lies.
    """
    objects = list(islice(file.objects, _OBJECTS_MAX))
    kinds = _kinds([*objects, *elements(get(file.trailer, "/Root", "/OutputIntents"))])
    sums = dict.fromkeys(KINDS, 0)
    for each in objects:
        if isinstance(each, Stream):
            picture = name(get(each, "/Subtype")) == "Image"
            form = name(get(each, "/Subtype")) == "Form"
            kind = "pictures" if picture else "content" if form else kinds.get(identity(each), "other")
            sums[kind] += int(number(get(each, "/Length")) or 0)
    rest = size - sum(sums[kind] for kind in KINDS if kind != "other")
    return tuple((kind, sums[kind] if kind != "other" else max(0, rest)) for kind in KINDS)


def _kinds(objects: Iterable[Value]) -> dict[Identity, str]:
    """What the streams are that others point to: a stream itself does not say."""
    kinds: dict[Identity, str] = {}
    for each in objects:
        for key in _FONT_PARTS:
            kinds |= {identity(part): "fonts" for part in one_or_many(get(each, key))}
        profile = get(each, "/DestOutputProfile")
        if profile is not None:
            kinds[identity(profile)] = "profiles"
        if isinstance(each, Array):
            space = list(islice(elements(each), 2))
            if len(space) == 2 and name(space[0]) == "ICCBased":
                kinds[identity(space[1])] = "profiles"
        if name(get(each, "/Type")) == "Page":
            kinds |= {identity(part): "content" for part in one_or_many(get(each, "/Contents"))}
    return kinds
